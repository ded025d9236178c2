"""The words for where a figure stands when no colour is given."""

from __future__ import annotations

import polars as pl

from ojmf.model import Polarity, Status, Verdict


def side(gap: pl.Expr, width: pl.Expr, polarity: pl.Expr, *, same: Verdict) -> pl.Expr:
    """The verdict on a gap: ``same`` within ``±width``, else by sign and polarity; null stays."""
    above = gap > width
    higher = polarity == Polarity.HIGHER.value
    lower = polarity == Polarity.LOWER.value
    return (
        pl.when(gap.is_null() | width.is_null())
        .then(None)
        .when(gap.abs() <= width)
        .then(pl.lit(same.value))
        .when((above & higher) | (~above & lower))
        .then(pl.lit(Verdict.BETTER.value))
        .when((above & lower) | (~above & higher))
        .then(pl.lit(Verdict.WORSE.value))
        .when(above)
        .then(pl.lit(Verdict.HIGHER.value))
        .otherwise(pl.lit(Verdict.LOWER.value))
    )


def with_sides(rows: pl.DataFrame) -> pl.DataFrame:
    """Higher, lower or equal where there is a gap and its method gives no colour or verdict.

    So a row says where it stands, and the reason why it is no better or worse. What is judged by
    chance has no side without it: amounts of larger places differ whatever they are.
    """
    verdict = pl.col("verdict") if "verdict" in rows.columns else pl.lit(None, pl.String)
    apart = side(pl.col("gap"), pl.lit(0.0), pl.lit(Polarity.NEUTRAL.value), same=Verdict.EQUAL)
    colourless = (pl.col("status") == Status.GREY.value) & (pl.col("method") != "reference")
    return rows.with_columns(pl.coalesce(verdict, pl.when(colourless).then(apart)).alias("verdict"))
