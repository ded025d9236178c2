"""The same figure given otherwise by another source or later: which it is, and where it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations.vintages import FIGURE, fetched_at
from ojmf.errors import OjmfError
from ojmf.model import Scenario
from ojmf.schema import OBSERVATIONS

if TYPE_CHECKING:
    from ojmf.declarations.fetched import FetchedSource
    from ojmf.workspace import Workspace

_SHOWN = 3
_GIVEN = ["source_id", "document", "place", "raw", "value", "answer"]
_HELD = pl.col("scenario").is_in([Scenario.OUTCOME.value, Scenario.SHARE.value]) & (
    pl.col("value").is_not_null() | pl.col("answer").is_not_null()
)
"""What has happened is one figure; budgets, forecasts and targets are changed on the way."""


def elsewhere(
    observations: pl.DataFrame, known: pl.DataFrame, fetched: Collection[FetchedSource] = ()
) -> pl.DataFrame:
    """For each row, the other figure that another source gives for the same, or null.

    It is given with its document and place: ``elsewhere`` where nothing says which one holds, so
    that a comparison leaves the figure out, and ``newer`` where one publisher has given the other
    one later, which counts. What most of the sources say is told of those that say otherwise, once
    for each however many print the figure; of the most it is ``disputed``, and only where those
    few are not looked at themselves. Both frames are ``OBSERVATIONS``; of ``known`` the sources in
    ``observations`` are not looked at. ``fetched`` are the sources that have a time.
    """
    own = observations.with_row_index("at").filter(_HELD).select("at", *_GIVEN, *FIGURE)
    before = known.filter(_HELD, ~pl.col("source_id").is_in(own["source_id"].unique().to_list()))
    beside_own = before.select(pl.lit(None, pl.UInt32).alias("at"), *_GIVEN, *FIGURE)
    everything = pl.concat([own, beside_own])
    twice = everything.group_by(FIGURE).agg(pl.col("source_id").n_unique().alias("sources"))
    # What a later vintage has replaced stands against nobody.
    last = pl.col("fetched_at").max().over([*FIGURE, "publisher"])
    everything = (
        everything.join(twice.filter(pl.col("sources") > 1), FIGURE, "semi", nulls_equal=True)
        .join(_times(fetched), "source_id", "left", maintain_order="left")
        .with_columns(counts=(pl.col("fetched_at") >= last).fill_null(value=True))
    )
    several = (
        everything.filter("counts")
        .group_by(FIGURE)
        .agg(pl.col("source_id").n_unique().alias("sources"))
    )
    mine = everything.filter(pl.col("at").is_not_null()).sort("at")
    value, other = pl.col("value"), pl.col("value_other")
    differs = (value - other).abs() > 1e-9 * pl.max_horizontal(value.abs(), other.abs())
    at, at_other = pl.col("fetched_at"), pl.col("fetched_at_other")
    vintages = (pl.col("publisher") == pl.col("publisher_other")) & (at != at_other)
    pairs = (
        mine.join(several, FIGURE, nulls_equal=True, maintain_order="left")
        .join(everything.drop("at"), FIGURE, suffix="_other", nulls_equal=True)
        .filter(
            pl.col("source_id") != pl.col("source_id_other"),
            differs | (pl.col("answer") != pl.col("answer_other")),
        )
        .with_columns(vintages=vintages.fill_null(value=False))
    )
    unsettled = ~pl.col("vintages") & pl.col("counts") & pl.col("counts_other")
    # Those that say otherwise are so few that the rest, this one among them, are most of them.
    others = pl.col("source_id_other").filter(unsettled).n_unique()
    of_most = 2 * others < pl.col("sources").first()
    beyond = ~pl.col("source_id_other").is_in(own["source_id"].unique().to_list())
    where = pl.format("”{}” i {} ({})", "raw_other", "document_other", "place_other")
    told = pairs.group_by("at", maintain_order=True).agg(
        where.filter(condition).unique(maintain_order=True).alias(name)
        for name, condition in (
            ("elsewhere", unsettled & ~of_most),
            ("disputed", unsettled & of_most & beyond),
            ("newer", pl.col("vintages") & (at < at_other)),
        )
    )
    rows = observations.select("raw").with_row_index("at")
    return rows.join(told, "at", "left", maintain_order="left").select(
        _named("elsewhere"), _named("disputed"), _named("newer")
    )


def _named(column: str) -> pl.Expr:
    """The first places of a list, and how many more there are; null where there are none."""
    places = pl.col(column)
    more = places.list.len().cast(pl.Int64) - _SHOWN
    first = places.list.head(_SHOWN).list.join(", ").replace("", None)
    rest = pl.when(more > 0).then(pl.format(" och {} till", more)).otherwise(pl.lit(""))
    return (first + rest).alias(column)


_TIMES = pl.Schema(
    {
        "source_id": pl.String(),
        "publisher": pl.String(),
        "fetched_at": pl.Datetime("us"),
    }
)


def _times(fetched: Collection[FetchedSource]) -> pl.DataFrame:
    """When each source was fetched, and from whom."""
    given = [(one.declaration, at) for one in fetched if (at := fetched_at(one)) is not None]
    return pl.DataFrame(
        [(one.id, one.publisher, at) for one, at in given],
        schema=_TIMES,
        orient="row",
    )


def beside(workspace: Workspace, observations: pl.DataFrame) -> pl.DataFrame:
    """What the other sources of a workspace say of the indicators of these observations.

    Nothing where they can't be read, which is told where they are validated themselves.
    """
    there = {*workspace.sources, *workspace.fetched, *workspace.references}
    names = observations["source_id"].unique().to_list()
    if there <= {*names}:
        return OBSERVATIONS.to_frame()
    indicators = observations["indicator_id"].unique().to_list()
    try:
        return (
            workspace.scan_recorded()
            .filter(~pl.col("source_id").is_in(names), pl.col("indicator_id").is_in(indicators))
            .collect()
        )
    except OjmfError:
        return OBSERVATIONS.to_frame()
