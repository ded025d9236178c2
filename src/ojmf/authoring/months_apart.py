"""Columns of the same months: each month alone, or counted from January, as their figures tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import ColumnDraft
from ojmf.authoring.said_periods import Said

_MONTH = re.compile(r"\d{4}-(\d{2})")
_FEWEST_MONTHS, _FEWEST_ROWS, _MOST = 3, 2, 0.8
_LEVEL, _GROWN = 0.25, 0.35
"""How far figures of months alone may grow, and counted ones stray, of what counting would give."""


def numbers(block: Block, index: int) -> dict[int, float]:
    """The plain numbers of a column by line."""
    found = {}
    for number, cells in block.rows.items():
        text = cells[index] if index < len(cells) else ""
        plain = re.sub(r"[\s\u00a0\u202f%]", "", text).replace("−", "-").replace("–", "-")
        if re.fullmatch(r"-?\d+([.,]\d+)?", plain):
            found[number] = float(plain.replace(",", "."))
    return found


def months_apart(
    block: Block, columns: list[ColumnDraft], said: Mapping[int, Said]
) -> dict[int, Said]:
    """What columns that may be of a month or counted from January likely are, to be confirmed.

    What is counted from January grows with each month in nearly all rows, and what is of a month
    alone stays about as large. Of fewer than three months, and of other rows, nothing is told.
    """
    alone = {
        i: way[1]
        for i, here in said.items()
        if here.period is None and not here.likely
        for way in [_MONTH.fullmatch(here.options[-1]) if len(here.options) > 1 else None]
        if way is not None
    }
    found: dict[int, Said] = {}
    for scenario in {str(columns[i].scenario) for i in alone}:
        series = [i for i in alone if str(columns[i].scenario) == scenario]
        way = _way(block, {int(alone[i]): i for i in series})
        if way is not None:
            found |= {i: replace(said[i], likely=said[i].options[way]) for i in series}
    return found


def _way(block: Block, by_month: dict[int, int]) -> int | None:
    """Which way the figures of months in order are told: 0 counted, -1 alone, None unknown."""
    months = sorted(by_month)
    if len(months) < _FEWEST_MONTHS or months[-1] < 2 * months[0]:
        return None
    printed = [numbers(block, by_month[month]) for month in months]
    rows = [n for n in printed[0] if all(column.get(n) for column in printed)]
    if len(rows) < _FEWEST_ROWS:
        return None
    expected = months[-1] / months[0] - 1
    grown = [printed[-1][n] / printed[0][n] - 1 for n in rows]
    level = sum(abs(growth) <= _LEVEL * expected for growth in grown)
    counted = sum(abs(growth / expected - 1) <= _GROWN for growth in grown)
    if level >= _MOST * len(rows):
        return -1
    return 0 if counted >= _MOST * len(rows) else None
