"""Whether a series has changed since last year by more than chance."""

from __future__ import annotations

import polars as pl

from ojmf.model import PeriodKind

_NOISE = 9
"""Decimals beyond which a difference of means is only what floats add to it."""


def since_last_year(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """This year so far against the same months of last year, one row per series.

    ``points`` are those of ``control_charts``, in order of time within each series. The months
    from January to the latest are averaged in both years; of a series of years the latest year
    meets the one before. The ``change`` is more than chance where it is larger than
    ``change_limit``, three standard errors of the difference of two means of ``n`` points:
    ``(upper − mean)·√(2/n)``, since the limits of a chart lie three standard deviations from its
    mean. That takes the points to be independent of each other, as the limits do.

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
            (pl.col("upper") - pl.col("mean")).first().alias("_width"),
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
