"""Columns of the same months: each month alone, or counted from January, as their figures tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block
from ojmf.authoring.evidence import names_time
from ojmf.authoring.forms import ColumnDraft
from ojmf.authoring.over_years import TOTAL
from ojmf.authoring.said_periods import SO_FAR, Said, iso
from ojmf.model import DIFFERENCES
from ojmf.printed import as_float

_MONTH = re.compile(r"\d{4}-(\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WHOLE = 12
_FEWEST_MONTHS, _FEWEST_ROWS, _MOST = 3, 2, 0.8
_LEVEL, _GROWN = 0.25, 0.35
"""How far figures of months alone may grow, and counted ones stray, of what counting would give."""


def numbers(block: Block, index: int) -> dict[int, float]:
    """The plain numbers of a column by line."""
    found = {}
    for number, cells in block.rows.items():
        text = cells[index] if index < len(cells) else ""
        plain = re.sub(r"[\s%]", "", text)
        if re.fullmatch(r"[-−–]?\d+([.,]\d+)?", plain):
            found[number] = as_float(plain)
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
    forecasts = forecasts_of_months(columns, said)
    of = {i: "outcome" if i in forecasts else str(columns[i].scenario) for i in alone}
    for scenario in {*of.values()}:
        series = [i for i in alone if of[i] == scenario]
        way = _way(block, {int(alone[i]): i for i in series})
        if way is not None:
            found |= {i: replace(said[i], likely=said[i].options[way]) for i in series}
    return found


def forecasts_of_months(columns: list[ColumnDraft], said: Mapping[int, Said]) -> dict[int, Said]:
    """What forecasts of months are that go on where outcomes of months end: not of the year.

    ``Utfall mars`` and ``Prognos april`` alone tell nothing: the second may be made in April.
    """
    months: dict[str, dict[int, str]] = {"outcome": {}, "forecast": {}}
    for i, here in said.items():
        one = next((way for way in (here.period, *here.options) if _alone(way)), None)
        if one is not None and columns[i].scenario in months:
            months[str(columns[i].scenario)][i] = one
    known, to_come = months.values()
    few = min(len({*known.values()}), len({*to_come.values()})) < _FEWEST_ROWS
    if few or max(known.values()) >= min(to_come.values()):
        return {}
    return {
        i: Said(options=tuple(way for way in said[i].options if way != month[:4]))
        for i, month in to_come.items()
        if said[i].period is None
    }


def _alone(way: str | None) -> bool:
    return _MONTH.fullmatch(way or "") is not None


def so_far_by_title(said: Mapping[int, Said], title: str) -> dict[int, Said]:
    """What months are of in a table whose title says that it counts from January: either way."""
    months = {i: m for i, one in said.items() if (m := _YEAR_MONTH.fullmatch(one.period or ""))}
    if not SO_FAR.search(title):
        return {}
    return {i: Said(options=(iso(m[1], 1, int(m[2])), m[0])) for i, m in months.items()}


def counted_so_far(
    block: Block, columns: list[ColumnDraft], said: Mapping[int, Said]
) -> dict[int, Said]:
    """When sums of the months beside them are of: ``Jan``, ``Feb``, ``Mar``, ``Ack``.

    A column of a total is told by its figures; what a header calls counted so far is of the months
    from January to the last one that the table has.
    """
    months = {i: m for i, one in said.items() if (m := _YEAR_MONTH.fullmatch(one.period or ""))}
    if len(months) < _FEWEST_ROWS or len({m[1] for m in months.values()}) > 1:
        return {}
    outcomes = [i for i in months if columns[i].scenario == "outcome"] or [*months]
    year, first, last = (
        months[outcomes[0]][1],
        *(take(int(months[i][2]) for i in outcomes) for take in (min, max)),
    )
    until = iso(year, 1, last)
    found: dict[int, Said] = {}
    for index in said.keys() - months.keys():
        text = block.said[index]
        own = [i for i in months if columns[i].scenario == columns[index].scenario]
        if names_time(text) or columns[index].scenario in DIFFERENCES:
            continue
        if SO_FAR.search(text):
            found[index] = Said(until) if first == 1 else Said(options=(until, year))
        elif TOTAL.fullmatch(text) and last < _WHOLE:
            whole = first == 1 and _adds_up(block, index, own)
            found[index] = Said(until) if whole else Said(options=(until, year))
    return found


def _adds_up(block: Block, index: int, months: Sequence[int]) -> bool:
    total, parts = numbers(block, index), [numbers(block, i) for i in months]
    rows = [n for n in total if all(n in part for part in parts)]
    sums = [abs(sum(part[n] for part in parts) - total[n]) for n in rows]
    return bool(rows) and sum(off <= len(parts) / 2 for off in sums) >= _MOST * len(rows)


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
