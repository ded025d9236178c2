"""Change over time told from chance: statistical process control of regular series."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from ojmf.compare.figures import (
    COUNT_UNITS,
    KEY,
    NUMERIC_METHODS,
    PERIOD,
    Frame,
    figures,
    one_per_key,
    subgroups,
)
from ojmf.compare.selection import resolve_municipality
from ojmf.errors import SelectionError
from ojmf.model import PeriodKind, Polarity

SHORTEST = 12
"""With fewer points the limits say too little, and no verdict is given."""
RUN_LENGTH = 7
LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
SMALL_COUNT = 10.0
"""A series of counts with a lower mean than this is drawn as a c-chart."""
REGULAR = (PeriodKind.MONTH.value, PeriodKind.YEAR.value)


class Signal(StrEnum):
    """What breaks the pattern of chance, the strongest first."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    OUTER_THIRD = "outer_third"


class Variation(StrEnum):
    """What a series shows at its latest signal."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    CHANGE = "change"
    COMMON_CAUSE = "common_cause"
    TOO_SHORT = "too_short"


def control_charts(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every point of every regular series (months or years) of a municipality, with its limits.

    Amounts, indices, days and large counts have an XmR chart: limits ``mean ± 2.66·m``, where
    ``m`` is the mean moving range after the ranges above ``3.267·m`` of the first pass are left
    out. Counts with a mean under 10 have a c-chart: ``mean ± 3·√mean``. The lower limit of a
    count is never below 0. A month that is missing breaks the series: no moving range and no
    run reaches over it. Signals: a point outside the limits; 7 in a row on one side of the mean;
    7 in a row rising or falling; 2 of 3 in a row in the outer third on the same side. Fewer than
    12 points have a mean but neither limits nor signals. Source: Provost and Murray (2011), The
    Health Care Data Guide, with the rules of NHS England's Making Data Count.

    Columns: area_id, indicator_id, the sub-groups, label, geo, unit, polarity, period_start,
    period_end, period_kind, value, mean, lower, upper, chart (xmr or c), points, signal (a
    ``Signal`` or null), side (1 above the mean, -1 below, for a trend 1 rising and -1 falling),
    document, line. Sorted by area, indicator and time.

    Raises ``SelectionError`` where the municipality has no such series.
    """
    own_geo = resolve_municipality(geo, geography)
    cells = (
        figures(observations, indicators, NUMERIC_METHODS, area=area, scenarios=["outcome"])
        .filter(pl.col("geo") == own_geo, pl.col("period_kind").is_in(REGULAR))
        .collect()
    )
    groups = subgroups(cells)
    series = [*KEY, *groups, "unit", "period_kind"]
    known = one_per_key(cells, [*series, "geo", "period_start", "period_end"])
    known = known.filter(pl.col("value").is_not_null())
    if known.is_empty():
        raise SelectionError(f"Det finns inga tidsserier för {own_geo}.")
    known = known.sort(*series, "period_start", nulls_last=True).with_columns(
        pl.coalesce("name", "label").alias("label")
    )
    charted = _limits(_stretches(known, series), series)
    return _signals(charted, series).select(
        *KEY,
        *groups,
        "label",
        "geo",
        "unit",
        "polarity",
        *PERIOD,
        "value",
        "mean",
        "lower",
        "upper",
        "chart",
        "points",
        "signal",
        "side",
        "document",
        "line",
    )


def trends(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """What each regular series shows: one row per series, from :func:`control_charts`.

    ``signal``, ``side`` and ``since`` are of the latest point that carries a signal. Where that
    point is among the last 7, ``variation`` (a ``Variation``) is an improvement or a
    deterioration by the polarity, or a change where it is neutral; else it is common cause.
    ``gaps`` is the number of missing periods inside the series, and ``reason`` says in Swedish
    what limits the verdict.

    Columns: area_id, indicator_id, the sub-groups, label, geo, unit, polarity, period_kind,
    points, gaps, first, last (period ends), latest (value), mean, lower, upper, chart, variation,
    signal, side, since, reason, document, line (of the latest point).

    Raises as :func:`control_charts`.
    """
    points = control_charts(observations, indicators, geo, area=area, geography=geography)
    series = [*KEY, *subgroups(points), "unit", "period_kind"]
    signalled = pl.col("signal").is_not_null()
    steps = _step(pl.col("period_start"), pl.col("period_kind"))
    summary = points.group_by(series, maintain_order=True).agg(
        pl.col("label", "geo", "polarity", "mean", "lower", "upper", "chart", "points").last(),
        (steps.max() - steps.min() + 1 - pl.len()).cast(pl.Int32).alias("gaps"),
        pl.col("period_end").min().alias("first"),
        pl.col("period_end").max().alias("last"),
        pl.col("value").last().alias("latest"),
        pl.col("signal").filter(signalled).last(),
        pl.col("side").filter(signalled).last(),
        pl.col("period_end").filter(signalled).last().alias("since"),
        signalled.tail(RUN_LENGTH).any().alias("_recent"),
        pl.col("document", "line").last(),
    )
    towards = pl.col("side") * (
        pl.when(pl.col("polarity") == Polarity.HIGHER.value)
        .then(1)
        .when(pl.col("polarity") == Polarity.LOWER.value)
        .then(-1)
        .otherwise(0)
    )
    short = pl.col("points") < SHORTEST
    variation = (
        pl.when(short)
        .then(pl.lit(Variation.TOO_SHORT.value))
        .when(~pl.col("_recent"))
        .then(pl.lit(Variation.COMMON_CAUSE.value))
        .when(towards > 0)
        .then(pl.lit(Variation.IMPROVEMENT.value))
        .when(towards < 0)
        .then(pl.lit(Variation.DETERIORATION.value))
        .otherwise(pl.lit(Variation.CHANGE.value))
    )
    return summary.with_columns(
        variation.alias("variation"),
        pl.concat_str(
            pl.when(short).then(
                pl.format(f"för kort serie: {{}} punkter, minst {SHORTEST} behövs", "points")
            ),
            pl.when(pl.col("gaps") > 0).then(pl.format("{} perioder saknas inom serien", "gaps")),
            separator="; ",
            ignore_nulls=True,
        )
        .replace("", None)
        .alias("reason"),
    ).drop("_recent")


def _step(start: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The number of a month or a year, so that neighbours differ by one."""
    year = start.dt.year().cast(pl.Int32)
    month = year * 12 + start.dt.month().cast(pl.Int32)
    return pl.when(kind == PeriodKind.MONTH.value).then(month).otherwise(year)


def _stretches(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """Number the unbroken stretches of each series, and add the moving range within them."""
    step = _step(pl.col("period_start"), pl.col("period_kind"))
    breaks = (step.diff() != 1).fill_null(True)
    return points.with_columns(breaks.cum_sum().over(series).alias("_stretch")).with_columns(
        pl.col("value").diff().abs().over([*series, "_stretch"]).alias("_range"),
        pl.len().over(series).cast(pl.Int32).alias("points"),
        pl.col("value").mean().over(series).alias("mean"),
    )


def _limits(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    first_pass = pl.col("_range").mean().over(series)
    kept = pl.when(pl.col("_range") <= SCREEN_FACTOR * first_pass).then(pl.col("_range"))
    count = pl.col("unit").is_in(COUNT_UNITS)
    small = count & (pl.col("mean") < SMALL_COUNT)
    width = pl.when(small).then(3 * pl.col("mean").sqrt()).otherwise(LIMIT_FACTOR * pl.col("_kept"))
    floor = pl.when(count | (pl.col("unit") == "days")).then(0.0)
    long_enough = pl.col("points") >= SHORTEST
    lower = pl.col("mean") - pl.col("_width")
    return (
        points.with_columns(kept.alias("_kept"))
        .with_columns(pl.col("_kept").mean().over(series))
        .with_columns(width.alias("_width"))
        .with_columns(
            pl.when(small).then(pl.lit("c")).otherwise(pl.lit("xmr")).alias("chart"),
            pl.when(long_enough).then(pl.max_horizontal(lower, floor)).alias("lower"),
            pl.when(long_enough).then(pl.col("mean") + pl.col("_width")).alias("upper"),
        )
    )


def _signals(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """Add ``signal`` and ``side``; every rule looks back within an unbroken stretch."""
    stretch = [*series, "_stretch"]
    value, mean = pl.col("value"), pl.col("mean")
    away = (value - mean).sign().cast(pl.Int8)
    step = value.diff().over(stretch).sign().cast(pl.Int8)
    outer = (value - mean).abs() > pl.col("_width") * 2 / 3
    marked = points.with_columns(
        away.alias("_away"),
        step.alias("_step"),
        pl.when(outer).then(away).otherwise(0).cast(pl.Int8).alias("_outer"),
    ).with_columns(
        pl.col("_away").rolling_sum(RUN_LENGTH).over(stretch).alias("_run"),
        pl.col("_step").rolling_sum(RUN_LENGTH - 1).over(stretch).alias("_climb"),
        pl.sum_horizontal(
            (pl.col("_outer").shift(back).over(stretch) == pl.col("_outer")).cast(pl.Int8)
            for back in range(3)
        ).alias("_near"),
    )
    judged = pl.col("upper").is_not_null()
    outside = (value > pl.col("upper")) | (value < pl.col("lower"))
    shift = pl.col("_run").abs() == RUN_LENGTH
    climb = pl.col("_climb").abs() == RUN_LENGTH - 1
    near = (pl.col("_outer") != 0) & (pl.col("_near") >= 2)
    signal = (
        pl.when(~judged)
        .then(None)
        .when(outside)
        .then(pl.lit(Signal.OUTSIDE.value))
        .when(shift)
        .then(pl.lit(Signal.SHIFT.value))
        .when(climb)
        .then(pl.lit(Signal.TREND.value))
        .when(near)
        .then(pl.lit(Signal.OUTER_THIRD.value))
    )
    return marked.with_columns(signal.alias("signal")).with_columns(
        pl.when(pl.col("signal") == Signal.TREND.value)
        .then(pl.col("_climb").sign())
        .when(pl.col("signal").is_not_null())
        .then(pl.col("_away"))
        .cast(pl.Int8)
        .alias("side")
    )
