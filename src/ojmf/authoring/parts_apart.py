"""Columns of quarters, tertials and half years: each alone, or counted from January."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from statistics import median

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import ColumnDraft
from ojmf.authoring.months_apart import numbers
from ojmf.authoring.said_periods import SO_FAR, Said, iso
from ojmf.model import DIFFERENCES, PeriodKind
from ojmf.periods import MONTHS_OF

_PARTS = (PeriodKind.QUARTER, PeriodKind.TERTIAL, PeriodKind.HALF_YEAR)
_YEAR = 12
_STRAY = 0.25
"""How far figures may stray from what counting from January, or each part alone, would give."""


def parts_apart(
    block: Block, columns: list[ColumnDraft], said: Mapping[int, Said], *, money: bool
) -> dict[int, Said]:
    """What columns of later parts of a year mean in a table of money, by the figures beside them.

    ``Utfall T2 2024`` is most often counted from January. It is told by the same year's first part,
    or by what is of the whole year; where neither tells, it is asked about.
    """
    found: dict[int, Said] = {}
    for index, here in said.items():
        end = _end(here)
        if not money or end is None or end == _months(here) or SO_FAR.search(block.said[index]):
            continue
        assert here.period is not None
        counted = _is_counted(block, columns, said, index, end)
        if counted is not False:
            until = iso(here.period[:4], 1, end)
            found[index] = Said(options=(until, here.period), likely=until if counted else None)
    return found | _as_another_year(found, columns)


def _as_another_year(found: Mapping[int, Said], columns: list[ColumnDraft]) -> dict[int, Said]:
    """The parts that nothing tells, as the same part of another year is told."""
    keys = {i: (columns[i].scenario, here.options[1][-2:]) for i, here in found.items()}
    told = {keys[i] for i, here in found.items() if here.likely}
    return {i: replace(h, likely=h.options[0]) for i, h in found.items() if keys[i] in told}


def _months(here: Said) -> int:
    return MONTHS_OF[here.kind] if here.kind else 0


def _end(here: Said) -> int | None:
    """The last month of a part of a year."""
    return int(here.period[-2:]) if here.period and here.kind in _PARTS else None


def _is_counted(
    block: Block, columns: list[ColumnDraft], said: Mapping[int, Said], index: int, end: int
) -> bool | None:
    """Whether figures are counted from January; None where the columns beside them do not tell."""
    own, here = numbers(block, index), said[index]
    year = str(here.period)[:4]
    told: set[bool | None] = set()
    for other, theirs in said.items():
        months = _YEAR if theirs.period == year else _months(theirs)
        whole = theirs.period == year or (months > 0 and _end(theirs) == months)
        same = str(theirs.period)[:4] == year and columns[other].scenario not in DIFFERENCES
        if other == index or not (whole and same):
            continue
        beside = numbers(block, other)
        ratios = [own[n] / beside[n] for n in own.keys() & beside.keys() if own[n] and beside[n]]
        if len(ratios) > 1:
            ratio = median(ratios) * months
            counted, alone = (abs(ratio / span - 1) <= _STRAY for span in (end, _months(here)))
            told.add(counted if counted != alone else None)
    return told.pop() if len(told) == 1 else None


def are_of_whole_year(block: Block, index: int, part: int, period: str | None) -> bool:
    """Whether a column is as much larger than one of a part of a year as a whole year would be.

    ``12 500`` in 2023 beside ``8 400`` in January–August 2024, in a third of the rows.
    """
    ends = re.fullmatch(r"(\d{4})-01/\1-(\d\d)", period or "")
    whole, own = numbers(block, index), numbers(block, part)
    rows = [n for n in whole.keys() & own.keys() if whole[n] and own[n]]
    if ends is None or not rows:
        return False
    share = int(ends[2]) / _YEAR
    larger = sum(abs(own[n] / whole[n] / share - 1) <= _STRAY / 2 for n in rows)
    return share <= 1 - _STRAY / 2 and 3 * larger >= len(rows)
