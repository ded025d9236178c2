"""What has become of each indicator since an earlier period."""

from __future__ import annotations

import polars as pl

from ojmf.compare.frame import with_lacking
from ojmf.compare.weighing import goodness
from ojmf.model import Answer, Change, Reason, ReferenceKind, Status, Variation, Verdict
from ojmf.schema import AREA_CHANGES

_UNREMARKABLE = [Change.CHANGED.value, Change.SIMILAR.value, Change.UNCHANGED.value]
ORDER = {change.value: place for place, change in enumerate(Change)}


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` against an earlier period with ``change``, the worst first.

    What has another colour than before turns green, yellow or red; a figure that stays red and is
    worse is told as that; any other is better or worse by its polarity, or changed where it has
    none. What is no more than chance is neither: by the verdict or, where a figure with a direction
    got no better or worse, by the trend. Questions that are new or no longer asked are told; rows
    without either figure are left out.
    """
    now, then = pl.col("status"), pl.col("reference_status")
    turned = then.is_not_null() & (now != then) & pl.col("gap").is_not_null()
    better = pl.col("gap_better")
    by_trend = (pl.col("trend") == Variation.COMMON_CAUSE.value) & (pl.col("gap") != 0)
    told = pl.col("verdict").is_in([Verdict.BETTER.value, Verdict.WORSE.value]) | better.is_null()
    judged = pl.col("verdict").is_not_null() & told
    similar = pl.col("verdict") == Verdict.SIMILAR.value
    chance = similar.fill_null(value=False) | (by_trend & ~judged)
    change = (
        pl.when(pl.col("reason_code") == Reason.QUESTION_ADDED.value)
        .then(pl.lit(Change.ADDED.value))
        .when(pl.col("reason_code") == Reason.QUESTION_RETIRED.value)
        .then(pl.lit(Change.RETIRED.value))
        .when(chance)
        .then(pl.lit(Change.SIMILAR.value))
        .when(turned & (now == Status.GREEN.value))
        .then(pl.lit(Change.TURNED_GREEN.value))
        .when(turned & (now == Status.YELLOW.value))
        .then(pl.lit(Change.TURNED_YELLOW.value))
        .when(turned & (now == Status.RED.value))
        .then(pl.lit(Change.TURNED_RED.value))
        .when((now == Status.RED.value) & (better < 0))
        .then(pl.lit(Change.RED_AND_WORSE.value))
        .when(better < 0)
        .then(pl.lit(Change.WORSE.value))
        .when(better > 0)
        .then(pl.lit(Change.BETTER.value))
        .when(pl.col("gap") == 0)
        .then(pl.lit(Change.UNCHANGED.value))
        .when(pl.col("gap").is_not_null())
        .then(pl.lit(Change.CHANGED.value))
    )
    order = pl.col("change").replace_strict(ORDER, return_dtype=pl.Int8)
    return (
        rows.with_columns(change.alias("change"))
        .filter(pl.col("change").is_not_null())
        .sort(order, goodness(rows), maintain_order=True, nulls_last=True)
    )


def notable(rows: pl.DataFrame) -> pl.DataFrame:
    """The changes that have a direction or are of what is asked, in the order of :func:`changes`.

    None of what is held against something else than an earlier period.
    """
    earlier = rows.filter(pl.col("reference_kind") == ReferenceKind.EARLIER.value)
    return changes(earlier).filter(~pl.col("change").is_in(_UNREMARKABLE))


def area_changes(rows: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """The areas of answers of ``frame.TRACED`` against an earlier period, in ``AREA_CHANGES``.

    An area that was not answered in an earlier period has no shares.
    """
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    both = pl.col("gap").is_not_null()
    now, then = (
        ((pl.col(name) == Answer.YES.value).cast(pl.Float64) * 100).filter(both).mean()
        for name in ("answer", "reference_answer")
    )
    reason = pl.col("reason_code")
    counts = {
        "both": both,
        "improved": pl.col("gap") > 0,
        "worsened": pl.col("gap") < 0,
        "added": reason == Reason.QUESTION_ADDED.value,
        "retired": reason == Reason.QUESTION_RETIRED.value,
    }
    dates = ("period_start", "period_kind", "reference_period_start", "reference_period_end")
    return (
        rows.group_by("geo", "area_id", "period_end", maintain_order=True)
        .agg(
            now.alias("share_yes"),
            then.alias("share_yes_before"),
            *(what.sum().alias(name) for name, what in counts.items()),
            *(pl.col(name).drop_nulls().first() for name in dates),
            pl.col("document").drop_nulls().unique().sort().str.join("; ").alias("document"),
        )
        .with_columns((pl.col("share_yes") - pl.col("share_yes_before")).alias("gap"))
        .join(names, on="area_id", how="left", maintain_order="left")
        .pipe(with_lacking, rows, ["geo", "area_id", "period_end"])
        .select(AREA_CHANGES.names())
        .cast(AREA_CHANGES)
    )
