"""What printed Swedish text says, and how figures are printed: both directions in one place."""

from __future__ import annotations

import math
import re
from functools import lru_cache

import polars as pl

from ojmf.typography import canonical

_SPACES = r"[ \u{a0}\u{202f}\u{2009}]"
_THOUSANDS = rf"[1-9][0-9]{{0,2}}(?:{_SPACES}[0-9]{{3}})+"
_FORM = rf"^[-−–]?(?:0|[1-9][0-9]*|{_THOUSANDS})(?:,[0-9]+)?(?:{_SPACES}?%)?$"
_NOT_DIGITS = rf"{_SPACES}|%"
_MOST_DIGITS = 15  # so many a Float64 holds exactly, whatever they are


def figure(raw: pl.Expr) -> pl.Expr:
    """The number that a printed text stands for, as Float64; null where it is no figure.

    A figure is an optional minus sign, digits (thousands set off by spaces), an optional decimal
    comma with digits, and an optional percent sign. Anything else is not guessed at: a decimal
    point, a leading zero, a letter or more than 15 digits gives null. A minus before zero gives
    plain zero.
    """
    text = raw.str.replace(r"^[−–]", "-").str.replace_all(_NOT_DIGITS, "").str.replace(",", ".")
    number = pl.when(_is_figure(raw)).then(text).cast(pl.Float64, strict=False)
    return pl.when(number == 0).then(0.0).otherwise(number)


def decimals(raw: pl.Expr) -> pl.Expr:
    """The number of printed decimals as Int8; null where the text is no figure."""
    printed = raw.str.extract(r",(\d+)").str.len_chars().fill_null(0)
    return pl.when(_is_figure(raw)).then(printed).cast(pl.Int8)


def _is_figure(raw: pl.Expr) -> pl.Expr:
    return raw.str.contains(_FORM) & (raw.str.count_matches("[0-9]") <= _MOST_DIGITS)


def shifted(value: pl.Expr, shift: pl.Expr) -> pl.Expr:
    """The number times ten to the power of ``shift``, rounded once."""
    power = pl.lit(10.0).pow(shift.abs().cast(pl.Float64))
    return (
        pl.when(shift < 0).then(value / power).when(shift > 0).then(value * power).otherwise(value)
    )


def half_unit(decimals: pl.Expr, exact: pl.Expr) -> pl.Expr:
    """Half a unit of the last printed decimal; 0 where the figure is an exact count."""
    return pl.when(exact).then(0.0).otherwise(0.5 * pl.lit(10.0).pow(-decimals.cast(pl.Float64)))


_TOKEN = (
    r"(?:^|[^\p{L}\d])(?:\d+(?:[.,]\d+)*|JA(?:$|[^\p{L}])|NEJ(?:$|[^\p{L}])|DELVIS(?:$|[^\p{L}]))"
)


def tokens(text: pl.Expr) -> pl.Expr:
    """How many figures or answers a text holds, for the account of what was read."""
    return text.str.count_matches(_TOKEN)


_AS_TYPED = str.maketrans("−–,", "--.")


def as_float(text: str) -> float:
    """The number of a text that is known to be a figure, with the signs and spaces of print.

    Raises ``ValueError`` for any other text.

    >>> as_float("−1 234,5")
    -1234.5
    """
    return float(re.sub(r"\s", "", text).translate(_AS_TYPED))


def whole_number(text: str) -> int | None:
    """The number of a text of digits alone; None where it has others, or more than nine."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


_EMPHASIS = re.compile(r"</?(?:b|i|u|em|strong)>", re.IGNORECASE)
_BREAKS = re.compile(r"</?(?:p|br) ?/?>", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as printed: without tags that only emphasise, and outer space.

    Tags that break the line are two spaces, which no figure has. Others may raise, strike or hide
    what they hold, and stay.
    """
    return _BREAKS.sub("  ", _EMPHASIS.sub("", text)).strip() if "<" in text else text.strip()


@lru_cache(maxsize=50_000)  # the same labels are compared many times for each document
def squeeze(text: str) -> str:
    """``plain`` in canonical form with inner white space folded, for labels."""
    return " ".join(canonical(plain(text)).split())


def folded(text: str) -> str:
    """``squeeze`` without regard to case: two labels with the same folded text are the same."""
    return squeeze(text).casefold()


NO_BREAK_SPACE = "\u00a0"


MINUS = "−"


def with_minus(text: pl.Expr) -> pl.Expr:
    """A printed figure with the minus of all that is said, where it begins with a hyphen.

    Within quotation marks a figure stays as it is printed.
    """
    return text.str.replace(r"^[-–]\s?(\d)", f"{MINUS}$1")


# Enough to undo what a binary product adds to a decimal, too little to move a printed figure.
_NEARLY = 1e-6
_NOISE_DECIMALS = 6


def needed_decimals(value: pl.Expr, most: int) -> pl.Expr:
    """How many decimals a figure needs to be written as it is, ``most`` at the most."""
    scaled = ((n, value * 10**n) for n in range(most))
    enough = (pl.when((at - at.round()).abs() < _NEARLY).then(n) for n, at in scaled)
    return pl.coalesce(*enough, most)


def number(value: pl.Expr, decimals: int | pl.Expr = 0, *, signed: bool = False) -> pl.Expr:
    """A figure as Swedish text: decimal comma, no-break space between thousands, − for minus.

    ``decimals`` is one number for all rows or an expression (negative as none); halves are rounded
    away from zero. ``signed`` writes + before positive figures; what rounds to zero has no sign.
    Null and figures that are not finite stay null; one of over 18 digits is written with a power.
    """
    places = pl.lit(decimals) if isinstance(decimals, int) else decimals
    places = places.fill_null(0).cast(pl.Int64).clip(lower_bound=0)
    scale = pl.lit(10, dtype=pl.Int64).pow(places)
    finite = pl.when(value.is_finite()).then(value.cast(pl.Float64))
    units = (
        (finite.abs() * scale)
        .round(_NOISE_DECIMALS)
        .round(0, mode="half_away_from_zero")
        .cast(pl.Int64, strict=False)
    )
    # From the right, a no-break space before every group of three digits.
    whole = (
        (units // scale)
        .cast(pl.String)
        .str.reverse()
        .str.replace_all(r"(\d{3})", f"$1{NO_BREAK_SPACE}")
        .str.reverse()
        .str.strip_chars_start(NO_BREAK_SPACE)
    )
    fraction = (units % scale).cast(pl.String).str.zfill(places)
    text = pl.when(places > 0).then(pl.concat_str(whole, pl.lit(","), fraction)).otherwise(whole)
    sign = (
        pl.when((value < 0) & (units > 0))
        .then(pl.lit(MINUS))
        .when((value > 0) & (units > 0) & signed)
        .then(pl.lit("+"))
        .otherwise(pl.lit(""))
    )
    return pl.when(units.is_not_null()).then(sign + text).otherwise(finite.cast(pl.String))


def swedish(
    value: float, decimals: int | None = None, *, signed: bool = False, most: int = 2
) -> str:
    """One finite figure, as ``number`` writes a column of them.

    Without ``decimals`` it has as many as it needs, ``most`` at most.
    """
    if decimals is None:
        # A sum of decimals may end in noise that is no decimal of the figure.
        fits = (d for d in range(most) if abs(value - round(value, d)) < 1e-9)
        decimals = next(fits, most)
    decimals = max(decimals, 0)
    # Halves go away from zero, which neither round() nor a format specification does.
    units = math.floor(round(abs(value) * 10**decimals, _NOISE_DECIMALS) + 0.5)
    whole, fraction = divmod(units, 10**decimals)
    text = f"{whole:,}".replace(",", NO_BREAK_SPACE)
    text += f",{fraction:0{decimals}}" if decimals else ""
    sign = MINUS if value < 0 else "+" if signed else ""
    return f"{sign}{text}" if units else text
