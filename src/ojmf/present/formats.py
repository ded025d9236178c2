"""Figures and periods as they are written in Swedish, as Polars expressions."""

from __future__ import annotations

import polars as pl

from ojmf.model import PeriodKind
from ojmf.printed import number


def period(side: str = "", kind: pl.Expr | None = None) -> pl.Expr:
    """A period as text: 2025, 2025-08, 2025-08-31, its name, or its first and last month.

    It is read from ``<side>period_start``, ``<side>period_end`` and, unless ``kind`` is given,
    ``<side>period_kind``.
    """
    start, end = (pl.col(f"{side}period_{part}") for part in ("start", "end"))
    kind = pl.col(f"{side}period_kind") if kind is None else kind
    month = "%Y-%m"
    return (
        pl.when(kind == PeriodKind.YEAR.value)
        .then(start.dt.to_string("%Y"))
        .when(kind == PeriodKind.MONTH.value)
        .then(start.dt.to_string(month))
        .when(kind == PeriodKind.QUARTER.value)
        .then(pl.format("{}, kvartal {}", start.dt.year(), start.dt.quarter()))
        .when(kind == PeriodKind.TERTIAL.value)
        .then(pl.format("{}, tertial {}", start.dt.year(), start.dt.month() // 4 + 1))
        .when(kind == PeriodKind.HALF_YEAR.value)
        .then(pl.format("{}, halvår {}", start.dt.year(), start.dt.month() // 6 + 1))
        .when(kind == PeriodKind.SCHOOL_YEAR.value)
        .then(pl.format("läsåret {}/{}", start.dt.year(), end.dt.to_string("%y")))
        .when(start == end)
        .then(start.dt.to_string("%Y-%m-%d"))
        .otherwise(pl.concat_str(start.dt.to_string(month), pl.lit("–"), end.dt.to_string(month)))
    )


def populations() -> pl.Expr:
    """The populations behind the figures per inhabitant of a row of ``comparability.COMPARED``.

    Each with the date that it was counted and how far that is from the end of the period; null
    where no figure is per inhabitant.
    """
    return pl.concat_str(
        *(_population(side) for side in ("own", "reference")), separator=" / ", ignore_nulls=True
    ).replace("", None)


def _population(side: str) -> pl.Expr:
    days = pl.col(f"{side}_population_days")
    distance = (
        pl.when(days < 0)
        .then(pl.format("{} dagar före", days.abs()))
        .when(days > 0)
        .then(pl.format("{} dagar efter", days))
        .otherwise(pl.lit("periodens slut"))
    )
    people, counted = pl.col(f"{side}_population"), pl.col(f"{side}_population_date")
    return pl.when(pl.col(f"{side}_per_inhabitant").is_not_null()).then(
        pl.format("{} ({}, {})", number(people), counted.dt.to_string("%Y-%m-%d"), distance)
    )
