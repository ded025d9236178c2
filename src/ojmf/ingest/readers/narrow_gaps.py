"""Columns of figures on a page that stand too close for white space alone to part them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ojmf.ingest.readers.whitespace import Word

Cells = list["list[Word]"]
IsWide = Callable[["Word", "Word"], bool]
_FIGURE = re.compile(r"[-−–+(<>]?\d[\d.,]*[%)-]?|[-−–.%]{1,2}")
_FEWEST = 2
_NEAR = 2.0
"""So many points apart, words still end or begin together."""


def parted(rows: list[Cells], is_wide: IsWide) -> list[Cells]:
    """The cells of lines, with each column parted that has two figures in all of its rows.

    It is parted where no word of it stands; ``is_wide`` says of two words that more is between them
    than between thousands. Of a header that stands there each word goes with the figures that it
    ends or begins with; what is told by neither stands over both columns.
    """
    index = 0
    while rows and index < len(rows[0]):
        gap = _gap([row[index] for row in rows], is_wide)
        if gap is not None:
            rows = [[*row[:index], *_sides(row[index], *gap), *row[index + 1 :]] for row in rows]
        index += 1
    return rows


def _gap(column: Sequence[list[Word]], is_wide: IsWide) -> tuple[float, float] | None:
    """The white space that parts a column; None where its rows of figures are not parted alike."""
    figures = [words for words in column if words and all(_FIGURE.fullmatch(w.text) for w in words)]
    gaps = [
        next(((a.x1, b.x0) for a, b in pairwise(words) if is_wide(a, b)), None) for words in figures
    ]
    wide = [gap for gap in gaps if gap is not None]
    if len(wide) < _FEWEST or len(wide) < len(gaps):
        return None
    left, right = max(gap[0] for gap in wide), min(gap[1] for gap in wide)
    return (left, right) if left < right else None


def _sides(words: list[Word], left: float, right: float) -> Cells:
    """The words of a line on both sides of a gap, or all on both where that is not told."""
    for number in range(len(words) + 1):
        before, behind = words[:number], words[number:]
        ends = not before or before[-1].x1 <= left + _NEAR
        begins = not behind or behind[0].x0 >= right - _NEAR
        aligned = before and behind and abs(before[-1].x1 - left) <= _NEAR
        if (ends and begins) or aligned:
            return [before, behind]
    return [words, words]
