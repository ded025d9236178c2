"""What has become of each indicator since an earlier period."""

from __future__ import annotations

import polars as pl

from ojmf.model import Change, Reason, Status

ORDER = {change.value: place for place, change in enumerate(Change)}


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` against an earlier period with ``change``, the worst first.

    An answer turns green, yellow or red by its colours; a figure that is red and worse than before
    is told as that; any other is better or worse by its polarity, or changed where it has none.
    Questions that are new or no longer asked are told; rows without either figure are left out.
    """
    now, then = pl.col("status"), pl.col("reference_status")
    turned = then.is_not_null() & (now != then) & pl.col("gap").is_not_null()
    better = pl.col("gap_better")
    change = (
        pl.when(pl.col("reason_code") == Reason.QUESTION_ADDED.value)
        .then(pl.lit(Change.ADDED.value))
        .when(pl.col("reason_code") == Reason.QUESTION_RETIRED.value)
        .then(pl.lit(Change.RETIRED.value))
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
        .sort(order, better, maintain_order=True, nulls_last=True)
    )
