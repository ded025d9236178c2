"""The cells of lines of page text, whose thousands are set off as the cells are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ojmf.authoring.blocks import is_year
from ojmf.authoring.said_periods import scenario_of
from ojmf.ingest.document import Document

Cells = tuple[str, ...]
_TOKEN = re.compile(r"[-−–+(]?\d[\d.,]*%?\)?|[-−–]|%")
_SIGN = {"-", "−", "–"}
_BEFORE_THOUSANDS = re.compile(r"[-−–+(]?[1-9]\d{0,2}")
_REST = re.compile(r"[-−–+(]?0\d.*")
"""The rest of a figure and none of its own: the end of ``46 010``."""
_THOUSANDS = re.compile(r"\d{3}(?:,\d+)?%?\)?")


def label_and_figures(line: str) -> tuple[str, list[str]]:
    """A line as its label and the figures that it ends in."""
    words = line.split()
    first = len(words)
    while first and _TOKEN.fullmatch(words[first - 1]):
        first -= 1
    while first < len(words) and words[first] == "%":  # the unit of the label
        first += 1
    return " ".join(words[:first]), words[first:]


def set_off(document: Document, rows: Sequence[int]) -> tuple[Cells, dict[int, Cells]] | None:
    """The header and the cells of rows that wide gaps set off, the same number in every line."""
    above = document.line(rows[0] - 1) if rows[0] > 1 else ""
    header = ("", *_gapped(above)) if above[:1].isspace() else _gapped(above)
    cells = {number: _gapped(document.line(number)) for number in rows}
    heads = header[1:]
    figures = all(readings(cell.split(), 1) for row in cells.values() for cell in row[1:])
    alike = {len(row) for row in cells.values()} == {len(header)} and len({*heads}) == len(heads)
    planned = scenario_of(header[0]) not in {None, "outcome"} and all(map(is_year, heads))
    return (
        (header, cells)
        if len(rows) > 1 < len(header) and alike and figures and not planned
        else None
    )


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
