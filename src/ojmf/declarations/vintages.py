"""Vintages: what a service has said of the same figure at different times. The newest counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import groupby

import polars as pl

from ojmf.declarations.fetched import Fetched, FetchedSource

FIGURE = [
    *("area_id", "indicator_id", "geo", "sex", "scenario", "unit"),
    *("period_start", "period_end", "period_kind"),
]
"""What makes two rows the same figure."""
_SAID = ["value", "answer", "obs_status"]
REPLACED = pl.Schema({"source_id": pl.String, "line": pl.Int32, "replaced": pl.String})
"""The figures that stand in the place of an older vintage that says otherwise, with its text,
document and place."""


def fetched_at(source: FetchedSource) -> datetime | None:
    """When the service gave its last answer (UTC); none for figures that no service gave."""
    declared = source.declaration
    if not isinstance(declared, Fetched):
        return None
    times = (answer.date for answer in declared.answer)
    return max(at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at for at in times)


def newest(sources: Collection[FetchedSource]) -> list[pl.LazyFrame]:
    """The figures of every source, without those that a later fetch has given anew.

    Only sources with indicators in common, from one publisher and of different times, are looked
    at; figures of the same time contradict each other.
    """
    return [_current(source, sources) for source in sources]


def replaced(sources: Collection[FetchedSource]) -> pl.DataFrame:
    """The figures that a later fetch has changed, in ``REPLACED``: each beside the one before."""
    found = [REPLACED.to_frame()]
    for older, newer in _pairs(sources):
        differs = pl.any_horizontal(
            pl.col(name).ne_missing(pl.col(f"{name}_old")) for name in _SAID
        )
        text = pl.coalesce(pl.col("raw_old").replace("", None), pl.lit("ingen uppgift"))
        found.append(
            newer.scan()
            .join(older.scan(), on=FIGURE, suffix="_old", nulls_equal=True)
            .filter(differs)
            .select(
                "source_id",
                "line",
                pl.format("”{}” i {} ({})", text, "document_old", "place_old").alias("replaced"),
            )
            .collect()
        )
    # Of three vintages the newest is beside both; the one nearest before it is told.
    return pl.concat(found).unique(["source_id", "line"], keep="first", maintain_order=True)


def _current(source: FetchedSource, sources: Collection[FetchedSource]) -> pl.LazyFrame:
    rows = source.scan()
    for older, newer in _pairs(sources):
        if older is source:
            given = newer.scan().select(FIGURE)
            rows = rows.join(given, on=FIGURE, how="anti", nulls_equal=True)
    return rows


def _pairs(
    sources: Collection[FetchedSource],
) -> Iterator[tuple[FetchedSource, FetchedSource]]:
    """Each source that may have older vintages with those before it, the latest of them first."""
    dated = sorted(
        ((at, source) for source in sources if (at := fetched_at(source)) is not None),
        key=lambda pair: (pair[1].declaration.publisher, pair[0], pair[1].declaration.id),
        reverse=True,
    )
    for _, group in groupby(dated, key=lambda pair: pair[1].declaration.publisher):
        same = list(group)
        for number, (at, newer) in enumerate(same):
            for before, older in same[number + 1 :]:
                common = {*newer.declaration.indicators} & {*older.declaration.indicators}
                if before < at and common:
                    yield older, newer
