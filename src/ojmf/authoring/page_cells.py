"""The cells of lines of page text, whose thousands are set off as the cells are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ojmf.authoring.blocks import is_year
from ojmf.authoring.page_answers import is_answer, is_missing
from ojmf.authoring.said_periods import scenario_of
from ojmf.ingest.document import Document

Cells = tuple[str, ...]
_TOKEN = re.compile(r"[-−–+(]?\d[\d.,]*%?\)?|[-−–+]|%|\.\.")
_SIGN = {"-", "−", "–", "+"}
_BEFORE_THOUSANDS = re.compile(r"[-−–+(]?[1-9]\d{0,2}")
_REST = re.compile(r"[-−–+(]?0\d.*")
"""The rest of a figure and none of its own: the end of ``46 010``."""
_THOUSANDS = re.compile(r"\d{3}(?:,\d+)?%?\)?")


def label_and_figures(line: str) -> tuple[str, list[str]]:
    """A line as its label and the figures that it ends in, behind its answers if it has any."""
    words = line.split()
    if (first := _first_answer(words)) is not None:
        return " ".join(words[:first]), words[first:]
    first = len(words)
    while first and _TOKEN.fullmatch(words[first - 1]):
        first -= 1
    while first < len(words) and words[first] == "%":  # the unit of the label
        first += 1
    return " ".join(words[:first]), words[first:]


def _first_answer(words: Sequence[str]) -> int | None:
    """Where the answers of a row begin that figures, or marks for none, stand behind."""
    last = len(words)
    while last and (_TOKEN.fullmatch(words[last - 1]) or is_missing(words[last - 1])):
        last -= 1
    first = last
    while first and is_answer(words[first - 1]):
        first -= 1
    return first if first < last < len(words) else None


def set_off(document: Document, rows: Sequence[int]) -> tuple[int, Cells, dict[int, Cells]] | None:
    """How many lines the header of rows has that wide gaps set off, its cells, and theirs.

    All rows have as many, and a header of one line too; what several lines have over a column is
    joined.
    """
    cells = {number: _gapped(document.line(number)) for number in rows}
    if len(rows) < _FEWEST or not _are_figures(cells.values()):
        return None
    for depth in range(1, _MOST_HEADER + 1):
        above = [document.line(n) for n in range(max(1, rows[0] - depth), rows[0])]
        if len(above) < depth or not above[0].strip():
            break
        header = _one_line(above[0]) if depth == 1 else _over_columns(document, above, rows)
        if header is not None and _fits(header, cells.values()):
            return depth, header, cells
    return None


_FEWEST, _MOST_HEADER = 2, 4


def _are_figures(cells: Iterable[Cells]) -> bool:
    return all(readings(cell.split(), 1) for row in cells for cell in row[1:])


def _one_line(line: str) -> Cells:
    return ("", *_gapped(line)) if line[:1].isspace() else _gapped(line)


def _fits(header: Cells, cells: Iterable[Cells]) -> bool:
    """Whether a header has a text of its own for each column of the rows."""
    heads = header[1:]
    alike = {len(row) for row in cells} == {len(header)} and len({*heads}) == len(heads)
    planned = scenario_of(header[0]) not in {None, "outcome"} and all(map(is_year, heads))
    return len(header) > 1 and alike and all(heads) and not planned


def _over_columns(document: Document, above: Sequence[str], rows: Sequence[int]) -> Cells | None:
    """What stands over each column of rows, by where it stands; None where that is not told."""
    placed = [_spans(document.line(number)) for number in rows]
    if len({len(row) for row in placed}) > 1:
        return None
    ends = [(min(s[0] for s in col), max(s[1] for s in col)) for col in zip(*placed, strict=True)]
    heads: list[list[str]] = [[] for _ in ends]
    for line in above:
        for first, last in _spans(line):
            over = [i for i, (start, end) in enumerate(ends) if first < end and start < last]
            if len(over) != 1:
                return None
            heads[over[0]].append(line[first:last])
    return tuple(map(" ".join, heads))


def _spans(line: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\S+(?: \S+)*", line)]


def _gapped(line: str) -> Cells:
    return tuple(re.split(r"\s{2,}", line.strip()))


def readings(tokens: Sequence[str], width: int) -> list[Cells]:
    """The ways to read all tokens as so many cells."""
    if not width or not tokens:
        return [()] if not width and not tokens else []
    return [
        (cell, *rest)
        for cell, used in _cells(tokens)
        for rest in readings(tokens[used:], width - 1)
    ]


def _cells(tokens: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The cells that tokens may begin with, and how many tokens each takes."""
    if tokens[0] in _SIGN:
        yield tokens[0], 1
        for cell, used in _cells(tokens[1:]) if len(tokens) > 1 and tokens[1] not in _SIGN else ():
            if cell[0].isdigit():
                yield f"{tokens[0]} {cell}", used + 1
        return
    if is_answer(tokens[0]) or is_missing(tokens[0]):
        yield tokens[0], 1
        return
    if tokens[0] == "%" or _REST.fullmatch(tokens[0]):
        return
    used = 1
    while True:
        percent = used < len(tokens) and tokens[used] == "%"
        yield " ".join(tokens[: used + percent]), used + percent
        whole = _BEFORE_THOUSANDS if used == 1 else re.compile(r"\d{3}")
        more = used < len(tokens) and _THOUSANDS.fullmatch(tokens[used])
        if percent or not more or not whole.fullmatch(tokens[used - 1]):
            return
        used += 1


def number_of(text: str) -> float:
    """The number that a cell prints, 0 where it prints none."""
    plain = re.sub(r"[^\d,.-]", "", re.sub("[−–(]", "-", text)).replace(",", ".")
    return float(plain) if any(map(str.isdigit, plain)) else 0.0


def decimals_of(text: str) -> int:
    """How many decimals a cell prints."""
    found = re.search(r"[.,](\d+)", text)
    return len(found[1]) if found else 0
