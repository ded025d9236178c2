"""CSV and TSV: records as lines set off by tabs, each on the line of the file where it begins."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from pathlib import Path

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.lines import MAX_LINES, blocks, clean, row_texts

_DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE = 500
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path) -> Document:
    """Read a delimited file.

    The encoding is UTF-8 (with or without mark), UTF-16 with a mark, or Windows-1252; the delimiter
    is the one that gives the most records of one width. Raises ``InputError``, also where a file
    mixes encodings or a quotation mark is never closed.
    """
    data = path.read_bytes()
    if not data.strip():
        raise InputError(f"{path}: filen är tom. Hämta eller spara den på nytt.")
    text, remarks = _decode(path, data)
    delimiter = _delimiter(text)
    records: dict[int, list[str]] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for record in reader:
            records[begins] = [clean(cell) for cell in record]
            begins = reader.line_num + 1
            if begins > MAX_LINES:
                raise InputError(
                    f"{path}: mer än {MAX_LINES} rader. Dela filen, eller spara bara raderna som "
                    "ska läsas."
                )
    except csv.Error as error:
        raise InputError(
            f"{path} rad {reader.line_num}: citattecknen går inte ihop ({error}). Spara filen på "
            "nytt från kalkylprogrammet."
        ) from error
    lines = [""] * max(records, default=0)
    for block in blocks(list(records.items()), lambda record: record[1]):
        for (number, _), line in zip(block, row_texts([c for _, c in block]), strict=True):
            lines[number - 1] = line
    return Document(str(path), lines, hashlib.sha256(data).hexdigest(), {}, tuple(remarks))


def _decode(path: Path, data: bytes) -> tuple[str, list[str]]:
    if data.startswith(_UTF16_BOMS):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: filen är inte hel UTF-16. Spara den som UTF-8.") from error
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise InputError(f"{path} rad {line}: filen är binär, inte text. Spara den som CSV UTF-8.")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        wrong = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
    for number, row in enumerate(data.split(b"\n"), start=1):
        if _is_utf8(row) and not row.isascii() and not row.startswith(_UTF8_BOM):
            raise InputError(
                f"{path}: teckenkodningen är blandad: rad {number} är UTF-8 men rad {wrong} har "
                f"byte 0x{byte:02x}. Spara filen på nytt med en enda teckenkodning, helst UTF-8."
            )
    text = data.decode("cp1252", errors="replace")
    if data.startswith(_UTF8_BOM) or "\ufffd" in text:
        raise InputError(
            f"{path} rad {wrong}: byte 0x{byte:02x} är varken UTF-8 eller Windows-1252. Spara "
            "filen på nytt med teckenkodningen UTF-8."
        )
    return text, ["teckenkodningen är inte UTF-8; filen har lästs som Windows-1252"]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The delimiter that gives most records the same width; of two that do, the rarer in prose."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])

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
