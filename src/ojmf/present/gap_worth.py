"""What gaps are worth, as people read it: with the formula, and the interval from low to high."""

from __future__ import annotations

import polars as pl

from ojmf.compare.valuing import RATES, SHARES
from ojmf.present.formats import period
from ojmf.present.marks import line_or_place
from ojmf.present.tables import Column, View
from ojmf.present.views import Names
from ojmf.present.words import UNIT_WORDS
from ojmf.printed import number


def worth(names: Names) -> View:
    """The columns of ``schema.WORTH``."""
    gap, people = number(pl.col("gap"), 1, signed=True), number(pl.col("denominator"))
    unit = pl.col("unit")
    formula = (
        pl.when(unit == "percent")
        .then(pl.format("{} procentenheter av {}", gap, people))
        .when(unit.is_in([*SHARES, *RATES]))
        .then(pl.format("{} {} · {}", gap, unit.replace(UNIT_WORDS), people))
        .otherwise(pl.format("{} kr · {}", gap, people))
    )
    return (
        Column("Kommun", pl.col("geo").replace(names.places)),
        Column("Indikator", pl.col("label")),
        Column("Period", period()),
        Column("Eget", number(pl.col("own"), 1), figures=True),
        Column("Jämfört med", pl.col("reference_geo").replace(names.places)),
        Column("Referens", number(pl.col("reference"), 1), figures=True),
        Column("Gapet motsvarar", number(pl.col("worth"), signed=True), figures=True),
        Column("Enhet", pl.col("worth_unit").replace(UNIT_WORDS)),
        Column("Lägst", number(pl.col("low"), signed=True), figures=True),
        Column("Högst", number(pl.col("high"), signed=True), figures=True),
        Column("Så räknat", formula),
        Column("Rad", line_or_place(), figures=True),
    )
