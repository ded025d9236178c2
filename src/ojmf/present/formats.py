"""Figures and periods as they are written in Swedish, as Polars expressions."""

from __future__ import annotations

import polars as pl

from ojmf.model import PeriodKind

NO_BREAK_SPACE = "\u00a0"
MINUS = "−"
# Enough to undo what a binary product adds to a decimal, too little to move a printed figure.
_NOISE_DECIMALS = 6


def number(value: pl.Expr, decimals: int | pl.Expr = 0, *, signed: bool = False) -> pl.Expr:
    """A figure as Swedish text: decimal comma, no-break space between thousands, − for minus.

    ``decimals`` (not negative) is one number for all rows or an expression; halves are rounded
    away from zero. ``signed`` writes + before positive figures; what rounds to zero has no sign.
    Null and figures that are not finite stay null.
    """
    places = pl.lit(decimals) if isinstance(decimals, int) else decimals
    places = places.fill_null(0).cast(pl.Int64)
    scale = pl.lit(10, dtype=pl.Int64).pow(places)
    finite = pl.when(value.is_finite()).then(value.cast(pl.Float64))
    units = (
        (finite.abs() * scale)
        .round(_NOISE_DECIMALS)
        .round(0, mode="half_away_from_zero")
        .cast(pl.Int64)
    )
    whole = _grouped((units // scale).cast(pl.String))
    fraction = (units % scale).cast(pl.String).str.zfill(places)
    text = pl.when(places > 0).then(pl.concat_str(whole, pl.lit(","), fraction)).otherwise(whole)
    sign = (
        pl.when((value < 0) & (units > 0))
        .then(pl.lit(MINUS))
        .when((value > 0) & (units > 0) & signed)
        .then(pl.lit("+"))
        .otherwise(pl.lit(""))
    )
    return pl.when(units.is_not_null()).then(sign + text)


def _grouped(digits: pl.Expr) -> pl.Expr:
    """Digits with a no-break space before every group of three."""
    return (
        digits.str.reverse()
        .str.replace_all(r"(\d{3})", f"$1{NO_BREAK_SPACE}")
        .str.reverse()
        .str.strip_chars_start(NO_BREAK_SPACE)
    )


def period(start: pl.Expr, end: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """A period as text: 2025, 2025-08, 2025-08-31, or its first and last month."""
    month = "%Y-%m"
    return (
        pl.when(kind == PeriodKind.YEAR.value)
        .then(start.dt.to_string("%Y"))
        .when(kind == PeriodKind.MONTH.value)
        .then(start.dt.to_string(month))
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
