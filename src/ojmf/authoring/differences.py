"""The time of a column that is the difference of two others, told by its figures."""

from __future__ import annotations

import re
from collections import Counter

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import ColumnDraft
from ojmf.authoring.months_apart import numbers
from ojmf.authoring.over_years import OVER_YEARS
from ojmf.authoring.said_periods import OF_THE_YEAR, ONE_MONTH, Said

_MOST, _FEWEST = 0.8, 2
SAYS_WHEN = re.compile(
    rf"\b(?:19|20)\d\d\b|\b(?:hel)?år(?:et|ets)?\b|helår|{OF_THE_YEAR}|bokslut|"
    r"period|\back|hittills|t\.?o\.?m|total\w* budget|"
    r"\bkf|prognos|\b(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|tertial|kvartal",
    re.I,
)
"""Headers that say whether they are of a year or of a part of one."""


def _is(difference: float, first: float, second: float, slack: float) -> bool:
    """Whether it is the difference of two figures, whatever their signs."""
    unsigned = abs(abs(difference) - abs(abs(first) - abs(second)))
    return unsigned <= slack or abs(abs(difference) - abs(first - second)) <= slack


def _grows(percent: float, first: float, second: float, slack: float) -> bool:
    """Whether one figure is so many percent more or less than the other."""
    pairs = ((second, first), (first, second)) if first and second else ()
    return any(abs(percent - 100 * (a / b - 1)) <= slack / 2 for a, b in pairs)


def difference_of(block: Block, index: int, columns: list[ColumnDraft]) -> ColumnDraft | None:
    """The column of what a column without a measure of its own is the difference of.

    It is the difference of it and of another one of the same measure, in every row.
    """
    own = numbers(block, index)
    slack = 0.11 if any(value != round(value) for value in own.values()) else 1.01
    before = [i for i in range(index) if isinstance(columns[i].indicator, str)]
    for j in reversed(before):
        for i in (i for i in before if i < j and columns[i].indicator == columns[j].indicator):
            first, second = numbers(block, i), numbers(block, j)
            rows = own.keys() & first.keys() & second.keys()
            if len(rows) >= _FEWEST and all(_is(own[r], first[r], second[r], slack) for r in rows):
                return columns[j]
    return None


def of_difference(
    block: Block, index: int, columns: list[ColumnDraft], said: dict[int, Said], here: Said
) -> Said:
    """The period of a deviation by arithmetic, where its own header names no other month."""
    found = by_arithmetic(block, index, columns, said, here)
    own = {*here.options} if ONE_MONTH.search(block.said[index]) else set()
    told = not own or found is OVER_YEARS or own & {found.period, *found.options}
    return found if told else here


def by_arithmetic(
    block: Block, index: int, columns: list[ColumnDraft], said: dict[int, Said], here: Said
) -> Said:
    """The period of a deviation: that of the two columns that it is the difference of."""
    own = numbers(block, index)
    others = {i: numbers(block, i) for i in said if i != index}
    found: Counter[str] = Counter()
    for i, first in others.items():
        for j, second in others.items():
            if i >= j:
                continue
            rows = own.keys() & first.keys() & second.keys()
            slack = 0.11 if any(v != round(v) for v in own.values()) else 1.01
            fits = _grows if "%" in block.said[index] or columns[index].unit == "percent" else _is
            fit = sum(fits(own[r], first[r], second[r], slack) for r in rows)
            telling = sum(own[r] != 0 for r in rows)
            if telling and len(rows) >= 2 and fit >= _MOST * len(rows):
                if said[i] is OVER_YEARS or said[j] is OVER_YEARS:
                    return OVER_YEARS
                ends = {p for k in (i, j) if (p := said[k].period)}
                kinds = {columns[k].scenario for k in (i, j)}
                if not ends and len(kinds) == 2 and said[i].options == said[j].options:
                    return said[i]  # of the same time as theirs, which is asked about
                if columns[index].scenario == "change":
                    found[max(ends, default="")] += 1
                elif len(ends) == 1 and len(kinds) == 2:
                    found[ends.pop()] += 1
    found.pop("", None)
    forms = {theirs.period: theirs.kind for theirs in said.values()}
    if len(found) == 1:
        of_all = next(iter(found))
        return Said(of_all, forms.get(of_all))
    lone = [
        i for i in others if columns[i].scenario != "deviation" or SAYS_WHEN.search(block.said[i])
    ]
    periods = {period for i in lone if (period := said[i].period)}
    years_too = any(said[i] is OVER_YEARS for i in others)
    asked = any(said[i].options and not said[i].period for i in others)  # it may be of theirs
    if len(periods) == 1 and not found and not years_too and not asked:
        only = periods.pop()
        return Said(only, forms.get(only))
    if not periods:
        return here
    before = {said[i].period for i in (index - 1, index - 2) if i in said}
    return Said(options=tuple(sorted(periods)), likely=before.pop() if len(before) == 1 else None)
