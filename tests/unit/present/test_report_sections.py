"""A report of a municipality that has both answers and figures, and an area with both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from ojmf import Workspace
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.views import parts
from ojmf.present.report.notes import Notes
from ojmf.present.report.placeholders import report_values
from ojmf.present.report.values import Head, ReportValues
from ojmf.surface.handed_on import reported

OWN, ASKED, MEASURED = "0184", "oj-ekonomiskt-bistand", "ekonomi"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open()


@pytest.fixture(scope="module")
def comparison(workspace: Workspace) -> Comparison:
    return reported(workspace, OWN, None, None, None)


@pytest.fixture(scope="module")
def values(workspace: Workspace, comparison: Comparison) -> ReportValues:
    return report_values(workspace, comparison, Head(date(2025, 10, 6)), Notes())


def test_measures_stand_beside_the_answers(values: ReportValues) -> None:
    assert values.svarsomraden
    assert values.mattomraden
    assert [*values.svarsomraden, *values.mattomraden] == list(values.omraden)
    assert "Öppna jämförelser 2024 och av mått för 2023–2025" in values.forslag
    assert "Öppna jämförelser 2024 omfattar" in values.sammanfattning[0]
    for text in (values.bra, values.mindre_bra):
        assert "Bland måtten är skillnaden till det " in text
    # Nothing but answers is held against the account before, so no question is told as dropped.
    assert not values.utgangna
    assert {change.nu_period for change in values.forandringar}.isdisjoint({""})
    ways = [change.riktning for change in values.forandringar]
    assert ways == sorted(ways, key=["till det sämre", "till det bättre", "–"].index)


def test_areas_are_ordered_by_the_rule_that_is_told(values: ReportValues) -> None:
    weighed = [area.namn for area in values.efter_vikt]
    asked = [area for area in values.efter_vikt if area in values.svarsomraden]
    gaps = [float(area.gap_lan.replace(",", ".").replace("−", "-")) for area in asked]
    assert gaps == sorted(gaps)
    assert values.ordning.startswith("Först står områdena med frågor")
    alone = [area for area in values.omraden if area.namn not in weighed]
    assert alone
    assert not any(area.kan_jamforas for area in alone)
    assert all(f"{area.namn} ({area.antal} uppgifter)" in values.ej_jamforda for area in alone)


def test_figures_that_stand_alone_say_once_why(values: ReportValues) -> None:
    for area in values.mattomraden:
        if not area.kan_jamforas:
            reason = area.antal_text.partition("Kan inte jämföras: ")[2].rstrip(".")
            assert reason
            assert not any(reason in row.kommentar for row in area.rader)
            assert not area.jamfort_med


def test_an_area_with_both_is_two_parts_next_to_each_other(
    workspace: Workspace, comparison: Comparison
) -> None:
    moved = pl.col("area_id").replace(MEASURED, ASKED)
    both = replace(
        comparison,
        rows=comparison.rows.with_columns(moved),
        figure_areas=comparison.figure_areas.with_columns(moved),
    )
    names = {part.name: part for part in parts(both) if part.area_id == ASKED}
    (questions, measures) = names
    assert measures.endswith(", mått")
    heights = [names[name].rows.height for name in (questions, measures)]
    assert heights == [
        comparison.area(area, answers=answers).height
        for area, answers in ((ASKED, True), (MEASURED, False))
    ]
    weighed = [
        area.namn
        for area in report_values(workspace, both, Head(date(2025, 10, 6)), Notes()).efter_vikt
    ]
    assert weighed.index(measures) == weighed.index(questions) + 1
