"""Periods as ISO 8601 texts, for systems that read them."""

from __future__ import annotations

import polars as pl

from ojmf.model import PeriodKind


def iso_period() -> pl.Expr:
    """``2024``, ``2024-08``, ``2024-08-31`` or ``2024-01/2024-08``, from the period's columns."""
    start, end, kind = (pl.col(f"period_{part}") for part in ("start", "end", "kind"))
    month = "%Y-%m"
    return (
        pl.when(kind == PeriodKind.YEAR.value)
        .then(start.dt.to_string("%Y"))
        .when(kind == PeriodKind.MONTH.value)
        .then(start.dt.to_string(month))
        .when(start == end)
        .then(start.dt.to_string("%Y-%m-%d"))
        .otherwise(pl.format("{}/{}", start.dt.to_string(month), end.dt.to_string(month)))
    )
