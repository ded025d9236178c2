"""CSV and TSV: records as lines set off by tabs, each on the line of the file where it begins."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ojmf.errors import InputError
from ojmf.ingest.document import Document, read_text
from ojmf.ingest.readers.lines import MAX_LINES, CellText, blocks, facts_of, row_texts
from ojmf.ingest.readers.runs import Run, cell_text

_DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE = 500
# Csv's own limit is the process's, and libraries raise it; what is read must not hang on them.
_FIELD = 131_072


def read(path: Path) -> Document:
    """Read a delimited file, decoded as any text is.

    The delimiter is the one that gives the most records of one width. Raises ``InputError``, also
    where a quotation mark is never closed.
    """
    text, data, remarks = read_text(path)
    delimiter = _delimiter(text)
    raw: dict[int, list[str]] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for record in reader:
            if max(map(len, record), default=0) > _FIELD:
                raise _too_long(path, begins)
            raw[begins] = record
            begins = reader.line_num + 1
            if begins > MAX_LINES:
                raise InputError(
                    f"{path}: mer än {MAX_LINES} rader. Dela filen, eller spara bara raderna som "
                    "ska läsas."
                )
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_long(path, begins) from error
        raise InputError(
            f"{path} rad {reader.line_num}: citattecknen går inte ihop. Spara filen på "
            "nytt från kalkylprogrammet."
        ) from error
    if delimiter == ",":
        _join_header(raw)
    records = {number: list(map(_cell, record)) for number, record in raw.items()}
    lines = [""] * max(records, default=0)
    for block in blocks(list(records.items()), lambda record: record[1]):
        for (number, _), line in zip(block, row_texts([c for _, c in block]), strict=True):
            lines[number - 1] = line
    seen = {
        (number, index): cell
        for number, record in records.items()
        for index, cell in enumerate(record)
        if isinstance(cell, CellText)
    }
    digest = hashlib.sha256(data).hexdigest()
    return Document(str(path), lines, digest, {}, remarks, facts=facts_of(seen, lines, {}))


@lru_cache(maxsize=65_536)  # columns repeat their texts
def _cell(text: str) -> str:
    return cell_text([Run(text)])


def _join_header(records: dict[int, list[str]]) -> None:
    """Join the cells of a header that a comma within an unquoted text has set apart.

    It has more cells than any other record, the surplus beginning with the space behind the comma.
    """
    first, *others = [number for number, record in records.items() if any(record)] or [0]
    widths = {len(records[number]) for number in others}
    header = records.get(first, [])
    if len(widths) != 1 or len(header) <= min(widths):
        return
    joined: list[str] = []
    for cell in header:
        if joined and cell.startswith(" "):
            joined[-1] += f",{cell}"
        else:
            joined.append(cell)
    if {len(joined)} == widths:
        records[first] = joined


def _too_long(path: Path, line: int) -> InputError:
    return InputError(
        f"{path} rad {line}: ett fält är längre än {_FIELD} tecken. "
        "Spara bara kolumnerna som ska läsas, eller korta texten."
    )


def _delimiter(text: str) -> str:
    """The delimiter that gives most records the same width; of two that do, the rarer in prose."""
    sample = "".join(islice(io.StringIO(text, newline=""), _SAMPLE))

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(record) for record in reader if len(record) > 1)
        except csv.Error:
            return 0, 0
        if not widths:
            return 0, 0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        return count, width

    return max(_DELIMITERS, key=lambda delimiter: score(delimiter)[0])
