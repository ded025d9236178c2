"""What people see of a county as one place."""

from __future__ import annotations

import polars as pl

from ojmf.model import Origin, ReferenceKind
from ojmf.present.area_views import WORST_HEADING, largest
from ojmf.present.formats import period
from ojmf.present.marks import STATISTIC_WORDS
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.view_columns import compared_with, figure, gap_unit, measured, plain, word
from ojmf.present.views import Names

_SHARE_DECIMALS = 1


def county_rows(names: Names) -> View:
    """A county's figures beside what they are held against."""
    answer = pl.col("unit") == "answer"
    unit = pl.when(answer).then(pl.lit("% JA")).otherwise(unit_word())
    return (
        Column("Område", word("area_id", names.areas)),
        plain("Indikator", "label"),
        Column("Period", period()),
        measured("Länet", "own"),
        Column("Enhet", unit),
        Column("Underlag", _basis("own")),
        Column("Jämfört med", compared_with(names.places)),
        measured("Referens", "reference"),
        Column("Referensens underlag", _basis("reference")),
        measured("Skillnad", "gap", signed=True),
        gap_unit(answers=True),
        Column("Skäl", pl.col("reason"), optional=True),
    )


def _basis(side: str) -> pl.Expr:
    """Where a figure comes from: a place in a document, or how it was worked out of how many."""
    how = (
        pl.when(pl.col("unit") == "answer")
        .then(pl.lit("andel JA"))
        .otherwise(pl.col("statistic").replace_strict(STATISTIC_WORDS, default="median"))
    )
    of = pl.concat_str(
        how,
        pl.format(" av {}", f"{side}_counted"),
        pl.format(" av {} kommuner", f"{side}_members").fill_null(" kommuner"),
    )
    printed = pl.concat_str(f"{side}_document", f"{side}_place", separator=" ", ignore_nulls=True)
    return (
        pl.when(pl.col(f"{side}_origin") == Origin.COMPUTED.value)
        .then(of)
        .when(pl.col(side).is_not_null())
        .then(printed)
    )


def county_areas(names: Names) -> View:
    """A county's areas beside what they are held against."""
    return (
        plain("Område", "area_name"),
        Column("Period", period()),
        figure("Indikatorer", "indicators"),
        figure("Kan jämföras", "with_gap"),
        figure("Andel JA (%)", "share_yes", _SHARE_DECIMALS),
        Column("Jämfört med", _reference(names)),
        figure("Andel JA där (%)", "reference_share_yes", _SHARE_DECIMALS),
        figure("Skillnad", "gap", _SHARE_DECIMALS, signed=True),
        figure("▲ bättre", "better"),
        figure("▼ sämre", "worse"),
        Column(WORST_HEADING, largest()),
        figure("Störst skillnad", "largest_gap", _SHARE_DECIMALS, signed=True),
        Column("Enhet", unit_word(name="largest_label", gap=True)),
    )


def _reference(names: Names) -> pl.Expr:
    earlier = pl.col("reference_period_end").dt.year().cast(pl.String)
    there = pl.col("reference_geo").replace(dict(names.places))
    return (
        pl.when(pl.col("reference_kind") == ReferenceKind.EARLIER.value)
        .then(earlier)
        .otherwise(there)
    )
