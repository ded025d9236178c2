"""The tables that a municipality's table begins with, in every format."""

from __future__ import annotations

import polars as pl

from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import COUNTRY_HEADING, COUNTY_HEADING
from ojmf.present.area_views import figure_areas_view
from ojmf.present.difference_views import (
    CHANGES_CAPTION,
    SEXES_CAPTION,
    changes_view,
    women_and_men_view,
)
from ojmf.present.tables import Column, View
from ojmf.present.words import STATUS_LABELS
from ojmf.printed import number

_SHARE_DECIMALS = 1


def summaries(comparison: Comparison) -> list[tuple[str, pl.DataFrame, View]]:
    """The tables of a summary, each with its caption.

    Of answers, of figures, of women and men, and of what has changed.
    """
    found: list[tuple[str, pl.DataFrame, View]] = []
    if not comparison.areas.is_empty():
        caption = "Antal frågor av varje färg, och medelvärden, per område."
        found.append((caption, comparison.areas, summary_view(comparison)))
    if not comparison.figure_areas.is_empty():
        caption = "Antal mått av varje färg och bedömning, och den största skillnaden, per område."
        found.append((caption, comparison.figure_areas, figure_areas_view()))
    if not comparison.sexes.is_empty():
        found.append((SEXES_CAPTION, comparison.sexes, women_and_men_view()))
    if not comparison.changes.is_empty():
        found.append((CHANGES_CAPTION, comparison.changes, changes_view()))
    return found


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
