"""The limits within which chance alone moves a series: XmR and c-charts."""

from __future__ import annotations

import polars as pl

from ojmf.model import COUNT_UNITS, PeriodKind

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
SMALL_COUNT = 10.0
"""A series of counts with a lower mean than this is drawn as a c-chart."""


def step(start: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The number of a month or a year, so that neighbours differ by one."""
    year = start.dt.year().cast(pl.Int32)
    month = year * 12 + start.dt.month().cast(pl.Int32)
    return pl.when(kind == PeriodKind.MONTH.value).then(month).otherwise(year)


def with_limits(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """Add the limits of chance to the points of each series, however short it is.

    ``points`` are sorted by time within each series and have ``series`` (unit and period_kind
    among them), period_start and value. Amounts, indices, days and large counts have an XmR chart:
    limits ``mean ± 2.66·m``, where ``m`` is the mean moving range after the ranges above
    ``3.267·m`` of the first pass are left out. Counts with a mean under 10 have a c-chart:
    ``mean ± 3·√mean``. The lower limit of a count and of days is never below 0. A period that is
    missing breaks the series into stretches, and no moving range reaches over it. Source: Provost
    and Murray (2011), The Health Care Data Guide.

    Adds ``stretch`` (its number), ``points`` (in the series), ``mean``, ``mean_range`` (the ``m``
    of the limits), ``chart`` (xmr or c), ``width`` (of the limits on one side), ``lower`` and
    ``upper``; what a single point cannot tell is null.
    """
    steps = step(pl.col("period_start"), pl.col("period_kind"))
    breaks = (steps.diff() != 1).fill_null(True)
    ranges = points.with_columns(breaks.cum_sum().over(series).alias("stretch")).with_columns(
        pl.col("value").diff().abs().over([*series, "stretch"]).alias("_range"),
        pl.len().over(series).cast(pl.Int32).alias("points"),
        # The mean of equal figures is that figure, not one a hair beside it.
        pl.when(pl.col("value").min() == pl.col("value").max())
        .then(pl.col("value").min())
        .otherwise(pl.col("value").mean())
        .over(series)
        .alias("mean"),
    )
    first_pass = pl.col("_range").mean().over(series)
    kept = pl.when(pl.col("_range") <= SCREEN_FACTOR * first_pass).then(pl.col("_range"))
    count = pl.col("unit").is_in(COUNT_UNITS)
    positive = pl.col("value").min().over(series) >= 0
    small = count & positive & (pl.col("mean") < SMALL_COUNT)
    by_ranges = LIMIT_FACTOR * pl.col("mean_range")
    floor = pl.when((count | (pl.col("unit") == "days")) & positive).then(0.0)
    lower = pl.col("mean") - pl.col("width")
    return (
        ranges.with_columns(kept.alias("_kept"))
        .with_columns(pl.col("_kept").mean().over(series).alias("mean_range"))
        .with_columns(
            pl.when(small).then(pl.lit("c")).otherwise(pl.lit("xmr")).alias("chart"),
            pl.when(small).then(3 * pl.col("mean").sqrt()).otherwise(by_ranges).alias("width"),
        )
        .with_columns(
            pl.when(lower.is_not_null()).then(pl.max_horizontal(lower, floor)).alias("lower"),
            (pl.col("mean") + pl.col("width")).alias("upper"),
        )
        .drop("_range", "_kept")
    )
