"""Figures and periods as they are written in Swedish, as Polars expressions."""

from __future__ import annotations

import polars as pl

from ojmf.model import MONTHS, PeriodKind
from ojmf.periods import parse_period
from ojmf.present.words import BARE_UNITS, ONE_UNIT_WORDS, listed
from ojmf.printed import MINUS, number

_MOST_PERIODS = 3
EARLIER_YEAR = "fjolåret"
_EARLIER = "tidigare period"


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
        .when(kind == PeriodKind.SEVERAL_YEARS.value)
        .then(pl.format("{}–{}", start.dt.year(), end.dt.year()))
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


def period_in_words(side: str = "") -> pl.Expr:
    """A period as it is read out: 2024, augusti 2024, januari–augusti 2024, 31 augusti 2024.

    It is read as :func:`period` reads it; a period of another kind has its name.
    """
    start, end, kind = (pl.col(f"{side}period_{part}") for part in ("start", "end", "kind"))
    first, last = _month(start), _month(end)
    whole_year = (start.dt.year() == end.dt.year()) & (start.dt.month() == 1)
    named = [k.value for k in (PeriodKind.QUARTER, PeriodKind.TERTIAL, PeriodKind.HALF_YEAR)]
    return (
        pl.when(kind.is_in([*named, PeriodKind.SCHOOL_YEAR.value, PeriodKind.SEVERAL_YEARS.value]))
        .then(period(side))
        .when(start == end)
        .then(pl.format("{} {} {}", start.dt.day(), first, start.dt.year()))
        .when(whole_year & (end.dt.month() == 12))
        .then(start.dt.to_string("%Y"))
        .when((start.dt.month() == end.dt.month()) & (start.dt.year() == end.dt.year()))
        .then(pl.format("{} {}", first, start.dt.year()))
        .when(start.dt.year() == end.dt.year())
        .then(pl.format("{}–{} {}", first, last, start.dt.year()))
        .otherwise(pl.format("{} {}–{} {}", first, start.dt.year(), last, end.dt.year()))
    )


def earlier_period() -> pl.Expr:
    """The earlier period that a row of ``compare.frame.TRACED`` is held against.

    Where years lie between, it says so in words.
    """
    earlier = period("reference_", kind=pl.col("period_kind"))
    between = pl.col("period_end").dt.year() - pl.col("reference_period_end").dt.year() > 1
    return pl.when(between).then(pl.format(f"{_EARLIER}: {{}}", earlier)).otherwise(earlier)


def earlier_in_words(rows: pl.DataFrame) -> str:
    """What rows of ``compare.frame.TRACED`` against an earlier period are held against.

    ``fjolåret`` where it is the year before throughout, otherwise the periods; of one alone it is
    said that it is an earlier one.
    """
    start, end = "reference_period_start", "reference_period_end"
    known = rows.drop_nulls(end)
    year_before = pl.col(end).dt.year() == pl.col("period_end").dt.year() - 1
    if known.select(year_before.all()).item():
        return EARLIER_YEAR
    earlier = known.select(period_start=start, period_end=end, period_kind="period_kind").unique()
    periods = earlier.sort("period_end", "period_start").select(period_in_words()).to_series()
    if len(periods) > _MOST_PERIODS:
        return "den senaste tidigare perioden"
    return listed(periods.to_list()) if len(periods) > 1 else f"{_EARLIER}: {periods[0]}"


def _month(day: pl.Expr) -> pl.Expr:
    names = dict(enumerate(MONTHS, start=1))
    return day.dt.month().replace_strict(names, default=None, return_dtype=pl.String)


def iso_in_words(text: str) -> str:
    """An ISO 8601 period as :func:`period_in_words` says it; raises as ``parse_period``."""
    read = parse_period(text)
    row = {"period_start": read.start, "period_end": read.end, "period_kind": read.kind.value}
    return str(pl.DataFrame(row).select(period_in_words())[0, 0])


def shares_in_a_column(share: str, decimals: str) -> pl.Expr:
    """The shares (%) of a column of rows, all with the decimals of the one that has the fewest.

    ``decimals`` is the column of how many each is printed with; one that is computed has one.
    """
    fewest = pl.when(pl.col(share).is_not_null()).then(pl.col(decimals).fill_null(1)).min()
    return number(pl.col(share), fewest)


def with_unit(figure: pl.Expr, unit: pl.Expr) -> pl.Expr:
    """A figure as text with the word of its unit, in the singular beside one: ``−1 person``.

    The name of a scale is no word to read out: an index of 77 is ``77``.
    """
    one = figure.str.strip_chars_start(f"+{MINUS}") == "1"
    word = pl.when(one).then(unit.replace(ONE_UNIT_WORDS)).otherwise(unit)
    bare = unit.is_null() | unit.str.contains(f"^$|(?:{'|'.join(BARE_UNITS)})$")
    return pl.when(bare).then(figure).otherwise(pl.format("{} {}", figure, word))


def populations(own: str, other: str) -> pl.Expr:
    """The populations behind the figures per inhabitant of a row of ``comparability.COMPARED``.

    Each with its municipality and the day that it was counted; null where no figure is per
    inhabitant.
    """
    return pl.concat_str(
        _population("own", own), _population("reference", other), separator=", ", ignore_nulls=True
    ).replace("", None)


def _population(side: str, name: str) -> pl.Expr:
    people, day = pl.col(f"{side}_population"), pl.col(f"{side}_population_date")
    counted = pl.format("{} {} {}", day.dt.day(), _month(day), day.dt.year())
    return pl.when(pl.col(f"{side}_per_inhabitant").is_not_null()).then(
        pl.format("{} {} ({})", pl.lit(name), number(people), counted)
    )
