"""The same months of two years: the change between them, and series that follow the seasons."""

from __future__ import annotations

import polars as pl

from ojmf.model import PeriodKind

_NOISE = 9
"""Decimals beyond which a difference of means is only what floats add to it."""
_FEWEST_PAIRS = 6
"""So many months must have the same month of the year before beside them."""
_SEASONAL = 0.5
"""The part of the distance from the mean that like months may be apart in a seasonal series."""


def since_last_year(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """This year so far against the same months of last year, one row per series.

    ``points`` are those of ``control_charts``, in order of time within each series. The months
    from January to the latest are averaged in both years; of a series of years the latest year
    meets the one before. The ``change`` is more than chance where it is larger than
    ``change_limit``, three standard errors of the difference of two means of ``n`` points:
    ``width·√(2/n)``, since the limits of a chart lie three standard deviations from its mean. That
    takes the points to be independent of each other, as the limits do.

    Columns: ``series``, ``compared_points`` (the ``n`` of each year), ``this_year``,
    ``last_year``, ``change`` (this year minus last year, in the series' unit) and
    ``change_limit``. What is missing from either year makes the figures null, never a mean of
    fewer months; a series without limits has no ``change_limit``.
    """
    monthly = pl.col("period_kind") == PeriodKind.MONTH.value
    start = pl.col("period_start").dt
    month = pl.when(monthly).then(start.month()).otherwise(1).cast(pl.Int32)
    placed = points.with_columns(
        (start.year().last().over(series) - start.year()).alias("_back"),
        month.alias("_month"),
        month.last().over(series).alias("_wanted"),
    ).filter(pl.col("_back") <= 1, pl.col("_month") <= pl.col("_wanted"))
    means = {
        name: pl.when(year.sum() == pl.col("_wanted").first()).then(
            pl.col("value").filter(year).mean()
        )
        for name, year in (
            ("this_year", pl.col("_back") == 0),
            ("last_year", pl.col("_back") == 1),
        )
    }
    error = (2 / pl.col("compared_points")).sqrt()
    return (
        placed.group_by(series, maintain_order=True)
        .agg(
            pl.col("_wanted").first().alias("compared_points"),
            pl.when(pl.col("upper").is_not_null()).then("width").last().alias("_width"),
            **means,
        )
        .with_columns((pl.col("this_year") - pl.col("last_year")).round(_NOISE).alias("change"))
        .with_columns(
            pl.when(pl.col("change").is_not_null())
            .then(pl.col("_width") * error)
            .alias("change_limit")
        )
        .drop("_width")
    )


def follows_seasons(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """Whether each monthly series rises and falls with the seasons, in the column ``seasonal``.

    It does where the same month of the year before foretells a month at least twice as well as the
    series' mean does: the mean absolute difference from like months is at most half of the mean
    absolute distance from the mean, over the months that have both. ``points`` are those of
    ``control_charts``. Source: the seasonal naive forecast set against the mean by mean absolute
    error (Hyndman and Koehler 2006, Another look at measures of forecast accuracy).
    """
    monthly = points.filter(pl.col("period_kind") == PeriodKind.MONTH.value)
    before = monthly.select(
        *series, pl.col("period_start").dt.offset_by("12mo"), pl.col("value").alias("_before")
    )
    pairs = monthly.join(before, on=[*series, "period_start"], nulls_equal=True)
    apart = (pl.col("value") - pl.col("_before")).abs().mean()
    spread = (pl.col("value") - pl.col("mean")).abs().mean()
    told = (pl.len() >= _FEWEST_PAIRS) & (spread > 0) & (apart <= _SEASONAL * spread)
    found = pairs.group_by(series, maintain_order=True).agg(told.alias("seasonal"))
    return (
        points.select(series)
        .unique(maintain_order=True)
        .join(found, on=series, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("seasonal").fill_null(value=False))
    )
