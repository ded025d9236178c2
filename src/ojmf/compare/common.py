"""What two municipalities have in common: the same indicators of the same period."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import KEY, SUBGROUPS
from ojmf.model import ReferenceKind


def in_common(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` of which both municipalities have the answer or the figure.

    ``rows`` are those of every period of one municipality against another; the latest period that
    both have of each series counts. A count stands as it is printed, not converted to the other's
    denominator, and ``gap`` is ``own - reference``.
    """
    groups = [name for name in SUBGROUPS if name in rows.columns]
    series = [*KEY, *groups, "unit", "period_kind"]
    other = pl.col("reference_kind") == ReferenceKind.MUNICIPALITY.value
    both = rows.filter(other, pl.all_horizontal(pl.col("own", "reference").is_not_null()))
    latest = pl.col("period_end").eq_missing(pl.col("period_end").max().over(series))
    return (
        both.filter(latest)
        .with_columns(pl.coalesce("reference_value", "reference").alias("reference"))
        .with_columns((pl.col("own") - pl.col("reference")).alias("gap"))
    )
