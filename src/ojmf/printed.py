"""Printed Swedish figures as numbers with their printed precision."""

from __future__ import annotations

import polars as pl

_SPACES = r"[ \u{a0}\u{202f}\u{2009}]"
_FORM = rf"^[-−–]?(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:{_SPACES}\d{{3}})+)(?:,\d+)?(?:{_SPACES}?%)?$"
_NOT_DIGITS = rf"{_SPACES}|%"


def figure(raw: pl.Expr) -> pl.Expr:
    """The number that a printed text stands for, as Float64; null where it is no figure.

    A figure is an optional minus sign, digits (thousands set off by spaces), an optional decimal
    comma with digits, and an optional percent sign. Anything else is not guessed at: a decimal
    point, a leading zero or a letter gives null. A minus before zero gives plain zero.
    """
    text = raw.str.replace(r"^[−–]", "-").str.replace_all(_NOT_DIGITS, "").str.replace(",", ".")
    number = pl.when(raw.str.contains(_FORM)).then(text).cast(pl.Float64, strict=False)
    return pl.when(number == 0).then(0.0).otherwise(number)


def decimals(raw: pl.Expr) -> pl.Expr:
    """The number of printed decimals as Int8; null where the text is no figure."""
    printed = raw.str.extract(r",(\d+)").str.len_chars().fill_null(0).cast(pl.Int8)
    return pl.when(raw.str.contains(_FORM)).then(printed)


def shifted(value: pl.Expr, shift: pl.Expr) -> pl.Expr:
    """The number times ten to the power of ``shift``, rounded once."""
    power = pl.lit(10.0).pow(shift.abs().cast(pl.Float64))
    return (
        pl.when(shift < 0).then(value / power).when(shift > 0).then(value * power).otherwise(value)
    )


def half_unit(decimals: pl.Expr, exact: pl.Expr) -> pl.Expr:
    """Half a unit of the last printed decimal; 0 where the figure is an exact count."""
    return pl.when(exact).then(0.0).otherwise(0.5 * pl.lit(10.0).pow(-decimals.cast(pl.Float64)))


_TOKEN = r"(?:^|[^\p{L}\d])(?:\d|JA(?:$|[^\p{L}])|NEJ(?:$|[^\p{L}])|DELVIS(?:$|[^\p{L}]))"


def tokens(text: pl.Expr) -> pl.Expr:
    """How many figures or answers a text holds, for the account of what was read."""
    return text.str.count_matches(_TOKEN)
