"""The same figure given otherwise by another source: which it is, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import OjmfError
from ojmf.model import Scenario
from ojmf.schema import OBSERVATIONS

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_FIGURE = [
    *("area_id", "indicator_id", "geo", "sex", "scenario", "unit"),
    *("period_start", "period_end", "period_kind"),
]
_GIVEN = ["source_id", "document", "place", "raw", "value", "answer"]
_HELD = pl.col("scenario").is_in([Scenario.OUTCOME.value, Scenario.SHARE.value]) & (
    pl.col("value").is_not_null() | pl.col("answer").is_not_null()
)
"""What has happened is one figure; budgets, forecasts and targets are changed on the way."""


def elsewhere(observations: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """For each row, the other figure that another source gives for the same, or null.

    It is given with its document and place. A comparison leaves such a figure out, since nothing
    says which one holds. Both are ``OBSERVATIONS``; of ``known`` the sources in ``observations``
    are not looked at.
    """
    own = observations.with_row_index("at").filter(_HELD).select("at", *_GIVEN, *_FIGURE)
    before = known.filter(_HELD, ~pl.col("source_id").is_in(own["source_id"].unique().to_list()))
    everything = pl.concat([own.drop("at"), before.select(*_GIVEN, *_FIGURE)])
    several = everything.group_by(_FIGURE).agg(sources=pl.col("source_id").n_unique())
    twice = several.filter(pl.col("sources") > 1).drop("sources")
    value, other = pl.col("value"), pl.col("value_other")
    differs = (value - other).abs() > 1e-9 * pl.max_horizontal(value.abs(), other.abs())
    told = (
        own.join(twice, _FIGURE, "semi", nulls_equal=True)
        .join(everything, _FIGURE, suffix="_other", nulls_equal=True)
        .filter(
            pl.col("source_id") != pl.col("source_id_other"),
            differs | (pl.col("answer") != pl.col("answer_other")),
        )
        .group_by("at", maintain_order=True)
        .agg(
            pl.format("”{}” i {} ({})", "raw_other", "document_other", "place_other")
            .unique(maintain_order=True)
            .str.join(", ")
            .alias("elsewhere")
        )
    )
    rows = observations.select("raw").with_row_index("at")
    return rows.join(told, "at", "left", maintain_order="left")["elsewhere"]


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
            workspace.scan()
            .filter(~pl.col("source_id").is_in(names), pl.col("indicator_id").is_in(indicators))
            .collect()
        )
    except OjmfError:
        return OBSERVATIONS.to_frame()
