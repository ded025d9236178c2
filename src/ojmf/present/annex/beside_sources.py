"""Where the figures come from that stand beside those of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.figures import KEY, PERIOD
from ojmf.geography import COUNTY_CODE_LENGTH, MUNICIPALITY_CODE_LENGTH
from ojmf.model import (
    Origin,
    ReferenceKind,
    Scenario,
)
from ojmf.present.annex.documents import Document, document_of

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


def documents_beside(
    workspace: Workspace,
    rows: pl.DataFrame,
    own: list[str],
    observations: pl.DataFrame | None = None,
) -> tuple[Document, ...]:
    """The documents that references of rows of ``compared`` come from, but those of ``own`` ids.

    Of a computed reference they are those of the municipalities that it is computed of.
    """
    shown = rows.filter(pl.col("reference").is_not_null())
    printed = shown["reference_source_id"].drop_nulls().unique(maintain_order=True).to_list()
    of_members = _of_members(workspace, shown, observations)
    ids = dict.fromkeys(one for one in (*printed, *of_members) if one not in own)
    return tuple(found for one in ids if (found := document_of(workspace, one)))


def decided_targets(rows: pl.DataFrame) -> tuple[str, ...]:
    """Where the targets that rows of ``compared`` are held against were decided."""
    declared = pl.col("reference_origin") == Origin.DECLARED.value
    target = pl.col("reference_kind") == ReferenceKind.TARGET.value
    return tuple(rows.filter(declared, target)["detail"].drop_nulls().unique(maintain_order=True))


def _of_members(
    workspace: Workspace, shown: pl.DataFrame, observations: pl.DataFrame | None
) -> list[str]:
    """The sources of the figures that computed references are computed of."""
    computed = (
        shown.filter(pl.col("reference_origin") == Origin.COMPUTED.value)
        .select(*KEY, *PERIOD, "reference_geo", "reference_kind")
        .unique()
    )
    if computed.is_empty():
        return []
    cells = workspace.scan() if observations is None else observations.lazy()
    there = pl.any_horizontal(pl.col("value", "answer").is_not_null())
    kind = pl.col("reference_kind")
    within = (
        pl.when(kind == ReferenceKind.COUNTRY.value)
        .then(pl.lit(value=True))
        .when(kind == ReferenceKind.COUNTY.value)
        .then(pl.col("geo").str.head(COUNTY_CODE_LENGTH) == pl.col("reference_geo"))
        .otherwise("_member")
    )
    members = workspace.groups.lazy().select(
        pl.col("group_id").alias("reference_geo"),
        pl.col("member_id").alias("geo"),
        pl.lit(value=True).alias("_member"),
    )
    return (
        cells.filter(
            there,
            pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH,
            pl.col("scenario") == Scenario.OUTCOME.value,
        )
        .select("geo", *KEY, *PERIOD, "source_id")
        .join(computed.lazy(), on=[*KEY, *PERIOD], how="inner", nulls_equal=True)
        .join(members.unique(), on=["reference_geo", "geo"], how="left")
        .filter(within.fill_null(value=False))
        .select(pl.col("source_id").drop_nulls().unique().sort())
        .collect()
        .to_series()
        .to_list()
    )
