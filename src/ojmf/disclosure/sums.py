"""The sums that figures stand in: women and men, parts, months, places, and declared identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from ojmf.declarations import Source
from ojmf.disclosure.figures import FIGURE
from ojmf.ingest.identities import terms
from ojmf.model import COUNTRY, Sex, Statistic

Sum = list[tuple[int | None, float]]
"""Figures with their factors, that come to nothing together; None for one that nobody prints."""

_Key = tuple[Any, ...]


def of_women_and_men(known: pl.DataFrame) -> Iterator[Sum]:
    """Both sexes are women and men, of whom one may not be printed."""
    by = [name for name in FIGURE if name != "sex"]
    for sexes in _grouped(known.filter("summed"), by, "sex"):
        if len(sexes) > 1 and Sex.TOTAL.value in sexes:
            women, men = (sexes.get(sex.value) for sex in (Sex.FEMALE, Sex.MALE))
            yield [(sexes[Sex.TOTAL.value], 1.0), (women, -1.0), (men, -1.0)]


def of_parts(known: pl.DataFrame) -> Iterator[Sum]:
    """An indicator is the sum of its declared parts, of which some may not be printed."""
    declared = known.filter(pl.col("parts").list.len() > 0).select("indicator_id", "parts")
    for whole, parts in declared.unique().iter_rows():
        concerned = known.filter(pl.col("indicator_id").is_in([whole, *parts]))
        for found in _grouped(concerned, FIGURE[1:], "indicator_id"):
            if whole in found and len(found) > 1:
                yield [(found[whole], 1.0), *((found.get(part), -1.0) for part in parts)]


def over_time(known: pl.DataFrame) -> Iterator[Sum]:
    """The figure of a period is the sum of those of the shorter periods in it, and of the rest."""
    by = FIGURE[:4]
    summed = known.filter(over_time="sum")
    for rows in summed.partition_by(by, maintain_order=True):
        at = {(start, end): n for n, start, end in rows.select("figure", *FIGURE[4:]).iter_rows()}
        for (start, end), whole in at.items():
            parts = _filling(start, end, at)
            if any(part is not None for part in parts):
                yield [(whole, 1.0), *((part, -1.0) for part in parts)]


def _filling(
    start: date, end: date, at: Mapping[tuple[date, date], int], day: timedelta = timedelta(days=1)
) -> list[int | None]:
    """The figures of the longest shorter periods that follow each other from start to end.

    None stands for what is between them.
    """
    found: list[int | None] = []
    since = start
    while since <= end:
        inside = [
            (first, last)
            for first, last in at
            if since <= first and last <= end and (first, last) != (start, end)
        ]
        if not inside:
            return [*found, None]
        first = min(first for first, _ in inside)
        last = max(last for other, last in inside if other == first)
        if first > since:
            found.append(None)
        found.append(at[first, last])
        since = last + day
    return found


def of_places(known: pl.DataFrame, geography: pl.DataFrame) -> Iterator[Sum]:
    """A county's count is that of its municipalities, the country's that of the counties.

    A county without a figure counts by its municipalities. What is less than its parts is no sum:
    it may be a mean, whatever the catalogue leaves unsaid.
    """
    levels = geography.filter(level="municipality").select("code", "county_code").unique("code")
    county_of = dict(levels.iter_rows())
    members: dict[str, list[str]] = defaultdict(list)
    for code, county in county_of.items():
        members[county].append(code)
    counts = known.filter(
        "persons", pl.col("statistic").is_null() | (pl.col("statistic") == Statistic.SUM.value)
    )
    values = dict(counts.select("figure", "value").iter_rows())
    by = [name for name in FIGURE if name != "geo"]
    for places in _grouped(counts, by, "geo"):
        for place, whole in places.items():
            parts = list[int | None]()
            if place == COUNTRY:
                for county, codes in members.items():
                    own = [county] if county in places else codes
                    parts += [places.get(code) for code in own]
            elif place in members:
                parts = [places.get(code) for code in members[place]]
            there = [values[part] or 0.0 for part in parts if part is not None]
            if there and (values[whole] is None or values[whole] >= sum(there)):
                yield [(whole, 1.0), *((part, -1.0) for part in parts)]


def declared(
    rows: pl.DataFrame, sources: Iterable[Source]
) -> tuple[list[Sum], list[tuple[int, set[int]]]]:
    """The sums that sources declare of their tables, and what is a change between figures.

    Of each change: its figure, and those that it is reckoned from.
    """
    sums: list[Sum] = []
    changes: list[tuple[int, set[int]]] = []
    for source in sources:
        if not source.identity:
            continue
        tables = {(table.heading, table.title): table.id for table in source.table}
        own = rows.filter(source_id=source.id)
        named = [
            tables.get((heading, title))
            for heading, title in own.select("heading", "table").iter_rows()
        ]
        cells = own.select(
            "row_label",
            "column_label",
            pl.Series("table_id", named, dtype=pl.String),
            cell=pl.col("figure").cast(pl.UInt32),
            content=pl.lit("figure"),
        )
        found, _ = terms(source, cells)
        for group in found.partition_by("instance", maintain_order=True):
            figures = list(group.select("cell", "factor", "stated_raw").iter_rows())
            form, roles = group["form"][0], group["role"].to_list()
            if form in {"sum", "equal"} and all(raw is None for _, _, raw in figures):
                sums.append([(cell, factor) for cell, factor, _ in figures])
            elif "result" in roles:
                at = roles.index("result")
                rest = {cell for n, (cell, *_) in enumerate(figures) if n != at}
                changes.append((figures[at][0], rest))
    return sums, changes


def _grouped(known: pl.DataFrame, by: Sequence[str], name: str) -> Iterator[dict[str, int]]:
    """The figures of each group by what they differ in."""
    grouped = known.group_by(by, maintain_order=True).agg(name, "figure")
    for names, figures in grouped.select(name, "figure").iter_rows():
        yield dict(zip(names, figures, strict=True))
