"""Whether what has changed since the period before is more than chance."""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import denominator_of
from ojmf.compare.chance import beyond_chance
from ojmf.compare.figures import KEY
from ojmf.model import COUNT_UNITS, Polarity, Variation


def with_trend(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None
) -> pl.DataFrame:
    """Add ``trend`` (a ``Variation``) to rows with ``own``, ``since`` and ``_before*``.

    Null where the denominator of either period is not known. A change is an improvement or a
    deterioration by the polarity.
    """
    own, before = pl.col("own"), pl.col("_before")
    known = rows.with_columns(
        denominator_of(rows, denominators).alias("_n"),
        denominator_of(
            rows.with_columns(pl.col("geo").alias("_before_geo")), denominators, "_before_"
        ).alias("_m"),
    ).join(
        indicators.select(*KEY, pl.col("polarity").alias("_direction")),
        on=KEY,
        how="left",
        maintain_order="left",
    )
    n, m = pl.col("_n"), pl.col("_m")
    beyond = beyond_chance(own, n, before, m)
    counted = pl.col("unit").is_in(COUNT_UNITS)
    rising = pl.when(counted).then(own / n - before / m).otherwise(own - before)
    better = (
        pl.when(pl.col("_direction") == Polarity.HIGHER.value)
        .then(rising > 0)
        .when(pl.col("_direction") == Polarity.LOWER.value)
        .then(rising < 0)
    )
    return known.with_columns(
        pl.when(~beyond)
        .then(pl.lit(Variation.COMMON_CAUSE.value))
        .when(beyond & better)
        .then(pl.lit(Variation.IMPROVEMENT.value))
        .when(beyond & ~better)
        .then(pl.lit(Variation.DETERIORATION.value))
        .when(beyond)
        .then(pl.lit(Variation.CHANGE.value))
        .alias("trend")
    ).drop("_n", "_m", "_direction")
