"""The words for where a figure stands when no colour is given."""

from __future__ import annotations

import polars as pl

from ojmf.model import Polarity, Verdict


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
