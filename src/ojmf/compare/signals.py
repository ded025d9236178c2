"""The points of a control chart that chance does not explain, and what its limits are made of."""

from __future__ import annotations

import polars as pl

from ojmf.compare.limits import with_limits
from ojmf.declarations.registers import BASELINE, CHARTS, REBASE
from ojmf.model import Signal

SHORTEST = 12
"""With fewer points the limits say too little, and no verdict is given."""
RUN_LENGTH = 7
_FEW = 0.25
"""The largest part of the points that can be spikes beside a process of the others."""
_ROW = "_row"


def charted(
    points: pl.DataFrame,
    series: list[str],
    charts: pl.DataFrame | None = None,
    *,
    screened: bool = True,
) -> pl.DataFrame:
    """Add limits and signals to the points of each series, in order of time within it.

    ``charts`` (``registers.CHARTS``) has the declared rebases and baselines: limits and runs begin
    anew at a rebase, and with a baseline they are computed of the points up to its date. Where
    spikes, at most two points between screened ranges, pull the mean so far that more than half
    of the points would be signals, or leave limits of no width, the mean is taken without them.

    Adds the columns of ``limits.with_limits`` (``points`` in the whole series), ``rebased`` and
    ``rebase_reason``, ``baseline`` and ``baseline_reason`` (null where none is declared),
    ``based_on`` (how many points the part or its baseline has), ``counted`` (whether the limits
    are computed of this one), ``signal`` and ``side``.
    """
    part = [*series, "rebased"]
    declared = CHARTS.to_frame() if charts is None else charts
    parted = _parts(points.with_row_index(_ROW), declared, part)
    drawn = _judged(with_limits(parted, part, screened=screened), part)
    spikes = pl.col("spike") & pl.col("counted")
    few = spikes.any() & (spikes.sum() <= _FEW * pl.col("counted").sum())
    crowded = (pl.col("signal").is_not_null().mean() > 1 / 2) | (pl.col("width").first() == 0)
    pulled = drawn.filter((few & crowded).over(part))
    if not pulled.is_empty():
        rest = pulled.select(*parted.columns).with_columns(
            counted=pl.col("counted") & ~pulled["spike"]
        )
        # The ranges to the spikes are not counted, which is what screening is for.
        anew = _judged(with_limits(rest, part, screened=False), part)
        drawn = pl.concat([drawn.join(anew, on=_ROW, how="anti"), anew]).sort(_ROW)
    return drawn.with_columns(pl.len().over(series).cast(pl.Int32).alias("points")).drop(
        _ROW, "spike"
    )


def _parts(points: pl.DataFrame, charts: pl.DataFrame, part: list[str]) -> pl.DataFrame:
    """Add what is declared of the part of its series that each point lies in."""
    of = ["indicator_id", "geo"]
    declared = charts.select(*of, "kind", "date", "reason").sort("date")
    rebases = declared.filter(kind=REBASE).select(*of, rebased="date", rebase_reason="reason")
    baselines = (
        declared.filter(kind=BASELINE)
        .select(*of, baseline="date", baseline_reason="reason")
        .join_asof(
            rebases.drop("rebase_reason"),
            left_on="baseline",
            right_on="rebased",
            by=of,
            coalesce=False,
            check_sortedness=False,
        )
        .unique([*of, "rebased"], keep="last", maintain_order=True)
    )
    placed = points.sort("period_start").join_asof(
        rebases,
        left_on="period_start",
        right_on="rebased",
        by=of,
        coalesce=False,
        check_sortedness=False,
    )
    known = placed.join(baselines, on=[*of, "rebased"], how="left", nulls_equal=True).sort(_ROW)
    within = (pl.col("period_end") <= pl.col("baseline")).fill_null(value=True)
    return known.with_columns(counted=within).with_columns(
        pl.col("counted").sum().over(part).cast(pl.Int32).alias("based_on")
    )


def _judged(points: pl.DataFrame, part: list[str]) -> pl.DataFrame:
    """Add ``signal`` and ``side``; limits of too few points are null.

    Every rule looks within an unbroken stretch. A point on the mean neither makes nor breaks a
    run, and one that is as the one before neither makes nor breaks a trend.
    """
    stretch = [*part, "stretch"]
    value, mean = pl.col("value"), pl.col("mean")
    based = points.with_columns(
        pl.when(pl.col("based_on") >= SHORTEST).then(name).alias(name)
        for name in ("lower", "upper")
    )
    away = (value - mean).sign().cast(pl.Int8)
    direction = value.diff().over(stretch).sign().cast(pl.Int8)
    outside = (value > pl.col("upper")) | (value < pl.col("lower"))
    outer = ~outside & ((value - mean).abs() > pl.col("width") * 2 / 3)
    marked = based.with_columns(
        away.alias("_away"),
        direction.alias("_step"),
        outside.alias("_outside"),
        outer.alias("_outer"),
    )
    shift = _runs(marked.filter(pl.col("_away") != 0), "_away", stretch, RUN_LENGTH, RUN_LENGTH)
    moved = marked.filter((pl.col("_step") != 0).fill_null(value=True))
    trend = _runs(moved, "_step", stretch, RUN_LENGTH - 1, RUN_LENGTH)
    for name, found in (("_shift", shift), ("_trend", trend)):
        marked = marked.join(
            found.rename({"_run": name}), on=_ROW, how="left", maintain_order="left"
        )
    signal = (
        pl.when(pl.col("upper").is_null())
        .then(None)
        .when("_outside")
        .then(pl.lit(Signal.OUTSIDE.value))
        .when(pl.col("_shift") != 0)
        .then(pl.lit(Signal.SHIFT.value))
        .when(pl.col("_trend") != 0)
        .then(pl.lit(Signal.TREND.value))
        .when(_two_of_three(stretch))
        .then(pl.lit(Signal.OUTER_THIRD.value))
    )
    side = (
        pl.when(pl.col("signal") == Signal.TREND.value)
        .then("_trend")
        .when(pl.col("signal").is_not_null())
        .then("_away")
    )
    return (
        marked.with_columns(signal.alias("signal"))
        .with_columns(side.cast(pl.Int8).alias("side"))
        .drop("_away", "_step", "_outside", "_outer", "_shift", "_trend")
    )


def _runs(
    rows: pl.DataFrame, sign: str, stretch: list[str], length: int, spans: int
) -> pl.DataFrame:
    """The rows that belong to a run of ``length`` equal signs, and its sign as ``_run``.

    A run holds the ``spans`` rows up to its last; a row that two runs share is the later one's,
    unless its own sign is the earlier's.
    """
    total = pl.col(sign).fill_null(0).cast(pl.Int32).rolling_sum(length, min_samples=length)
    ends = rows.with_columns(total.over(stretch).fill_null(0).alias("_total"))

    def held(by: int) -> pl.Expr:
        last = pl.col("_total") == by * length
        ahead = (last.shift(-back).over(stretch) for back in range(spans))
        return pl.any_horizontal(column.fill_null(value=False) for column in ahead)

    up, down = held(1), held(-1)
    run = pl.when(up & ~(down & (pl.col(sign).fill_null(0) < 0))).then(1).when(down).then(-1)
    return ends.select(_ROW, run.otherwise(0).cast(pl.Int8).alias("_run"))


def _two_of_three(stretch: list[str]) -> pl.Expr:
    """Whether a point in the outer third is one of two such in three in a row on one side."""
    outer = pl.col("_outer").cast(pl.Int8)
    windows = []
    for first in (-2, -1, 0):
        near, away = (
            pl.sum_horizontal(
                column.shift(-(first + at)).over(stretch).fill_null(0) for at in range(3)
            )
            for column in (outer, pl.col("_away").cast(pl.Int32))
        )
        windows.append((near >= 2) & (away.abs() == 3))
    return pl.col("_outer") & pl.any_horizontal(windows)
