"""The tables that a municipality's table begins with, in every format."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import COUNTRY_HEADING, COUNTY_HEADING
from ojmf.present.area_views import figure_areas_view
from ojmf.present.difference_views import (
    CHANGES_CAPTION,
    CHANGES_HEADING,
    SEXES_CAPTION,
    SEXES_HEADING,
    changes_view,
    women_and_men_view,
)
from ojmf.present.tables import Column, View
from ojmf.present.words import STATUS_LABELS
from ojmf.printed import number

SUMMARY_HEADING = "Sammanfattning"
_SHARE_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """A table that stands before those of the areas: its heading and caption, and what it has."""

    heading: str
    caption: str
    frame: pl.DataFrame
    view: View


def summaries(comparison: Comparison) -> list[Summary]:
    """The tables of a summary, those that have rows: of areas, and of differences."""
    every = (*over_areas(comparison), *differences(comparison))
    return [one for one in every if one.frame.height]


def over_areas(comparison: Comparison) -> tuple[Summary, Summary]:
    """A row per area of answers, and of figures."""
    caption = "Antal mått av varje färg och bedömning, och den största skillnaden, per område."
    apart = "" if comparison.areas.is_empty() else ", mått"
    return (
        Summary(
            SUMMARY_HEADING,
            "Antal frågor av varje färg, och medelvärden, per område.",
            comparison.areas,
            summary_view(comparison),
        ),
        Summary(f"{SUMMARY_HEADING}{apart}", caption, comparison.figure_areas, figure_areas_view()),
    )


def differences(comparison: Comparison) -> tuple[Summary, Summary]:
    """Women beside men, and now beside an earlier period."""
    return (
        Summary(SEXES_HEADING, SEXES_CAPTION, comparison.sexes, women_and_men_view()),
        Summary(CHANGES_HEADING, CHANGES_CAPTION, comparison.changes, changes_view()),
    )


def summary_view(comparison: Comparison) -> View:
    """One row per area: the number of each colour and the means."""
    return (
        Column("Område", pl.col("area_name")),
        Column("Frågor", number(pl.col("indicators")), figures=True),
        *(
            Column(label, number(pl.col(colour)), figures=True)
            for colour, label in STATUS_LABELS.items()
        ),
        *(
            Column(heading, number(pl.col(name), _SHARE_DECIMALS, signed=signed), figures=True)
            for heading, name, signed in (
                (f"{comparison.place}, andel JA (%)", "share_yes", False),
                (f"{COUNTY_HEADING}, andel JA (%)", "county_mean", False),
                (f"{COUNTRY_HEADING}, andel JA (%)", "national_mean", False),
                ("Skillnad mot länet", "gap_county", True),
                ("Skillnad mot riket", "gap_national", True),
                ("Medelvärde av svaren", "share_in_place", False),
            )
        ),
    )
