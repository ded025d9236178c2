"""Whether what has changed since the period before is more than chance."""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import denominator_of
from ojmf.compare.figures import KEY
from ojmf.compare.reference import CONFIDENCE_LEVELS, newcombe, wilson
from ojmf.model import COUNT_UNITS, Polarity, Variation


def with_trend(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None
) -> pl.DataFrame:
    """Add ``trend`` (a ``Variation``) to rows with ``own``, ``since`` and ``_before*``.

    Two shares differ where Newcombe's 95 % limits of their difference leave out 0
    (:func:`~ojmf.compare.reference.newcombe`). Two counts differ where the later one's part of both
    does not have its part of both denominators within Wilson's limits: given their sum a Poisson
    count is binomial (Przyborowski and Wilenski (1940), Biometrika 31:313–323). Null where the
    denominator of either period is not known. A change is an improvement or a deterioration by the
    polarity.
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
    low, high = newcombe(own / 100, n, before / 100, m)
    part_low, part_high = wilson(own, own + before, CONFIDENCE_LEVELS[0])
    expected = n / (n + m)
    beyond = (
        pl.when(pl.col("unit") == "percent")
        .then((low > 0) | (high < 0))
        .when(pl.col("unit").is_in(COUNT_UNITS) & (n > 0) & (m > 0))
        .then((expected < part_low) | (expected > part_high))
    )
    rising = pl.when(pl.col("unit") == "percent").then(own - before).otherwise(own / n - before / m)
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
