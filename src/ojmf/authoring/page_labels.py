"""Labels of page text that end in a number of their own: ``Väg 27``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.page_cells import Cells, number_of, readings
from ojmf.authoring.said_periods import scenario_of
from ojmf.model import DIFFERENCES

_NUMBER = re.compile(r"[1-9]\d{0,2}")
_FAR = 10.0


def less_of_the_label(
    label: str, tokens: Sequence[str], ways: Sequence[Cells], heads: Sequence[str]
) -> list[Cells]:
    """The ways to read a row without its first number, where the figures are more alike so.

    That number then belongs to the label. Figures of one row are seldom ten times as far from each
    other as they would be without it: ``Väg 27 4 500 4 400``.
    """
    if not label or not ways or len(tokens) <= len(heads) or not _NUMBER.fullmatch(tokens[0]):
        return []
    others = [way for way in readings(tokens[1:], len(heads)) if way not in ways]
    least = min(_spread(way, heads) for way in ways)
    return [way for way in others if least > _FAR * _spread(way, heads)]


def of_the_label(tokens: Sequence[str], cells: Cells) -> str:
    """The first number of a row that its cells do not have, and so its label."""
    return tokens[0] if len(" ".join(cells).split()) < len(tokens) else ""


def _spread(cells: Cells, heads: Sequence[str]) -> float:
    """How many times as large as the least of some figures the largest is, differences aside."""
    sizes = [
        abs(number_of(cell))
        for cell, head in zip(cells, heads, strict=True)
        if scenario_of(head) not in DIFFERENCES and number_of(cell)
    ]
    return max(sizes) / min(sizes) if len(sizes) > 1 else 1.0
