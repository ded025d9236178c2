"""Where the annexes of a report begin: none leaves the page before it nearly empty."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

_LINES = 48
"""Lines of a table on a lying page."""
_HEAD = 9
"""Lines of a heading, of what stands under it and of the row of column names."""
_ALONE, _WIDTHS = 95, (65, 45)
"""Characters of a line of a question without comments, and of a question and its comment."""


def begin_pages(annexes: Sequence[Sequence[tuple[str, str]]]) -> list[bool]:
    """Which annexes begin a page of their own, of the texts of their rows.

    The first does; another does unless it has room on the page, or less than a third of the page is
    taken.
    """
    taken, begins = _LINES, []
    for rows in annexes:
        widths = _WIDTHS if any(comment for _, comment in rows) else (_ALONE, 1)
        height = _HEAD + sum(_lines(row, widths) for row in rows)
        new = height > _LINES - taken and taken > _LINES / 3
        begins.append(new)
        taken = ((0 if new else taken) + height) % _LINES
    return begins


def _lines(row: tuple[str, str], widths: tuple[int, int]) -> int:
    return max(1, *(ceil(len(text) / width) for text, width in zip(row, widths, strict=True)))
