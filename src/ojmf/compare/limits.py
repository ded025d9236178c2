"""The limits within which chance alone moves a series: XmR and c-charts."""

from __future__ import annotations

import polars as pl

from ojmf.model import COUNT_UNITS, EXACT_UNITS, RATE_BASES, SHARE_BASES, TIME_UNITS, PeriodKind

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
SMALL_COUNT = 10.0
"""A series of counts with a lower mean than this is drawn as a c-chart."""
SPIKE = 2
"""So many points, at most, between two ranges that are screened are a spike and no new level."""
NEVER_NEGATIVE = (*EXACT_UNITS, *TIME_UNITS, *RATE_BASES, "fte")
"""Units of what is counted or takes time, whose lower limit is not below 0."""


def step(start: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The number of a month or a year, so that neighbours differ by one."""
    year = start.dt.year().cast(pl.Int32)
    month = year * 12 + start.dt.month().cast(pl.Int32)
    return pl.when(kind == PeriodKind.MONTH.value).then(month).otherwise(year)


def with_limits(points: pl.DataFrame, series: list[str], *, screened: bool = True) -> pl.DataFrame:
    """Add the limits of chance to the points of each series, however short it is.

    ``points`` are sorted by time within each series and have ``series`` (unit and period_kind
    among them), period_start and value, and maybe ``counted``: whether the limits are computed of
    the point (all of them where the column is not there, the first ones for a baseline that is
    fixed). Amounts, indices, days and large counts have an XmR chart: limits ``mean ± 2.66·m``,
    where ``m`` is the mean moving range after the ranges above ``3.267·m`` of the first pass are
    left out, unless ``screened`` is false. Counts with a mean under 10 have a c-chart:
    ``mean ± 3·√mean``. The lower limit in ``NEVER_NEGATIVE`` units is never below 0, and those of
    a share never outside 0–100 percent. Limits that all varying ranges were screened from would
    have no width, and are null. A period that is missing breaks the series into stretches, and no
    moving range reaches over it. Source: Provost and Murray (2011), The Health Care Data Guide;
    the same limits as NHSRplotthedots, and without screening as qicharts2.

    Adds ``stretch`` (its number), ``points`` (in the series), ``mean``, ``mean_range`` (the ``m``
    of the limits), ``chart`` (xmr or c), ``width`` (of the limits on one side, before they are
    held back by 0 or the whole), ``lower``, ``upper`` and ``spike`` (whether the point is one of at
    most two between ranges that were screened, and as far from the median); what cannot be told is
    null.
    """
    counted = pl.col("counted") if "counted" in points.columns else pl.lit(value=True)
    steps = step(pl.col("period_start"), pl.col("period_kind"))
    breaks = (steps.diff() != 1).fill_null(True)
    value = pl.when(counted).then("value")
    # The mean of equal figures is that figure, not one a hair beside it.
    mean = pl.when(value.min() == value.max()).then(value.min()).otherwise(value.mean())
    ranges = points.with_columns(breaks.cum_sum().over(series).alias("stretch")).with_columns(
        value.diff().abs().over([*series, "stretch"]).alias("_range"),
        pl.len().over(series).cast(pl.Int32).alias("points"),
        mean.over(series).alias("mean"),
    )
    first_pass = pl.col("_range").mean().over(series)
    calm = (pl.col("_range") <= SCREEN_FACTOR * first_pass) | (not screened)
    count = pl.col("unit").is_in(COUNT_UNITS)
    positive = pl.col("value").min().over(series) >= 0
    small = count & positive & (pl.col("mean") < SMALL_COUNT)
    whole = pl.col("unit").replace_strict(SHARE_BASES, default=None, return_dtype=pl.Float64)
    share = positive & (pl.col("value").max().over(series) <= whole)
    by_ranges = LIMIT_FACTOR * pl.col("mean_range")
    counted_or_timed = pl.col("unit").is_in(NEVER_NEGATIVE) & positive
    floor = pl.when(counted_or_timed | share).then(0.0)
    # Varying figures whose limits have no width: what varied was screened.
    varied = (value.min() < value.max()).over(series)
    told = ~(varied & (pl.col("width") == 0))
    lower, upper = pl.col("mean") - pl.col("width"), pl.col("mean") + pl.col("width")
    return (
        ranges.with_columns(calm.alias("_calm"))
        .with_columns(
            pl.when("_calm").then("_range").mean().over(series).alias("mean_range"),
            _spikes(first_pass, series).alias("spike"),
        )
        .with_columns(
            pl.when(small).then(pl.lit("c")).otherwise(pl.lit("xmr")).alias("chart"),
            pl.when(small).then(3 * pl.col("mean").sqrt()).otherwise(by_ranges).alias("width"),
        )
        .with_columns(
            pl.when(told & lower.is_not_null())
            .then(pl.max_horizontal(lower, floor))
            .alias("lower"),
            pl.when(told & upper.is_not_null())
            .then(pl.min_horizontal(upper, pl.when(share).then(whole)))
            .alias("upper"),
        )
        .drop("_range", "_calm")
    )


def _spikes(first_pass: pl.Expr, series: list[str]) -> pl.Expr:
    """Whether a point is among few between screened ranges, and far from the middle too."""
    stretch = [*series, "stretch"]
    level = (~pl.col("_calm")).fill_null(value=False).cum_sum().over(stretch)
    alike = pl.len().over([*stretch, level])
    far = (pl.col("value") - pl.col("value").median().over(series)).abs()
    return (alike <= SPIKE) & (far > SCREEN_FACTOR * first_pass)
