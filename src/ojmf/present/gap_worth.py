"""What gaps are worth, as people read it: with the formula, and the interval from low to high."""

from __future__ import annotations

import polars as pl

from ojmf.model import RATE_BASES, SHARE_BASES
from ojmf.present.formats import period, period_in_words, with_unit
from ojmf.present.marks import line_or_place
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.views import Names
from ojmf.present.words import UNIT_WORDS
from ojmf.printed import needed_decimals, number

_MOST = 3


def worth(names: Names) -> View:
    """The columns of ``schema.WORTH``."""
    return (
        Column("Kommun", pl.col("geo").replace(names.places)),
        Column("Indikator", pl.col("label")),
        Column("Period", period()),
        Column("Eget", _exact("own"), figures=True),
        Column("Jämfört med", pl.col("reference_geo").replace(names.places)),
        Column("Referens", _exact("reference"), figures=True),
        Column("Skillnaden motsvarar", number(pl.col("worth"), signed=True), figures=True),
        Column("Enhet", pl.col("worth_unit").replace(UNIT_WORDS)),
        Column("Lägst", number(pl.col("low"), signed=True), figures=True),
        Column("Högst", number(pl.col("high"), signed=True), figures=True),
        Column("Så räknat", _formula()),
        Column("Dokument", pl.col("document")),
        Column("Rad", line_or_place(), figures=True),
    )


def sentences(rows: pl.DataFrame, names: Names) -> list[str]:
    """What gaps of ``schema.WORTH`` stand for, in their order, each with its formula."""
    limits = [number(pl.col(end), signed=True) for end in ("low", "high")]
    chance = pl.format(" (mellan {} och {} med slumpen inräknad)", *limits).fill_null("")
    told = pl.format(
        "”{}” ({}): {} jämfört med {} motsvarar {}{}. Så räknat: {}.",
        "label",
        period_in_words(),
        with_unit(_exact("gap", signed=True), unit_word(gap=True)),
        pl.col("reference_geo").replace(names.places),
        with_unit(number(pl.col("worth"), signed=True), pl.col("worth_unit").replace(UNIT_WORDS)),
        chance,
        _formula(),
    )
    return rows.select(told).to_series().to_list()


def _formula() -> pl.Expr:
    gap, people = _exact("gap", signed=True), number(pl.col("denominator"))
    unit = pl.col("unit")
    return (
        pl.when(unit == "percent")
        .then(pl.format("{} procentenheter av {}", gap, people))
        .when(unit.is_in([*SHARE_BASES, *RATE_BASES]))
        .then(pl.format("{} {} · {}", gap, unit_word(), people))
        .otherwise(pl.format("{} kr · {}", gap, people))
    )


def _exact(column: str, *, signed: bool = False) -> pl.Expr:
    """A figure with a decimal, or the more that it needs for a gap not to be told as none."""
    value = pl.col(column)
    return number(value, pl.max_horizontal(1, needed_decimals(value, _MOST)), signed=signed)
