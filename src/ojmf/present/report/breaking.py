"""Where the annexes of a report begin: none leaves the page before it nearly empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from ojmf.present.report.annex_columns import Cell
from ojmf.present.report.values import ShownRow

_LINES = 48
"""Lines of a table on a lying page."""
_HEAD = 9
"""Lines of a heading, of what stands under it and of the row of column names."""
_CHARACTERS = 7.4
"""Characters to a cm of a column."""


def begin_pages(annexes: Iterable[tuple[Sequence[Cell], Sequence[ShownRow]]]) -> list[bool]:
    """Which annexes begin a page of their own, of the columns and the rows of each.

    The first does; another does unless it has room on the page, or less than a third of the page is
    taken. After one of several pages none does, for where on a page it ends is not known: a page
    with its last rows alone would be nearly empty.
    """
    taken, begins, known = _LINES, [], True
    for columns, rows in annexes:
        height = _HEAD + sum(_lines(columns, row) for row in rows)
        new = known and height > _LINES - taken and taken > _LINES / 3
        begins.append(new)
        known &= height <= _LINES
        taken = ((0 if new else taken) + height) % _LINES
    return begins


def _lines(columns: Sequence[Cell], row: ShownRow) -> int:
    """How many lines a row takes: as many as the longest text in its columns."""
    texts = (
        (getattr(row, cell.text.strip("{} ").partition(".")[2], ""), cell.width) for cell in columns
    )
    return max(1, *(ceil(len(text) / (width * _CHARACTERS)) for text, width in texts))
