"""Between what sizes the figures of a printed table lie, year by year."""

from __future__ import annotations

import polars as pl

FAMILY = [
    "source_id",
    "heading",
    "table",
    "indicator_id",
    "sex",
    "unit",
    "scenario",
    "period_kind",
]
"""Figures that differ in place and time alone."""

_LEAST_FIGURES = 3


def year_sizes() -> dict[str, pl.Expr]:
    """The smallest and largest size of a year's figures, beside its first one; null for few.

    A year is a row of a table of months, and a column of one of places.
    """
    year = [*FAMILY, pl.col("period_start").dt.year()]
    size = pl.col("value").abs()
    told = (pl.int_range(pl.len()).over(year) == 0) & (size.count().over(year) >= _LEAST_FIGURES)
    sizes = {"year_least": size.min(), "year_most": size.max()}
    return {name: pl.when(told).then(bound.over(year)) for name, bound in sizes.items()}
