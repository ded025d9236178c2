"""A header that names half a year is never read as the whole year."""

from __future__ import annotations

import pytest

from ojmf.authoring.said_periods import Report, column_period, reporting_period
from ojmf.geography import Gazetteer
from ojmf.model import PeriodKind

REPORT = Report("0184", "01", Gazetteer([]), "2025")


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("2024 H1", "2024-01/2024-06"),
        ("2024H2", "2024-07/2024-12"),
        ("H2 2024", "2024-07/2024-12"),
        ("Halvår 1 2024", "2024-01/2024-06"),
        ("Första halvåret 2024", "2024-01/2024-06"),
        ("Utfall 2:a halvåret 2024", "2024-07/2024-12"),
    ],
)
def test_a_half_year(header: str, period: str) -> None:
    said = column_period(header, None, REPORT)
    assert (said.period, said.kind, said.options) == (period, PeriodKind.HALF_YEAR, ())


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Delårsrapport H1 2024", "2024-01/2024-06"),
        ("Halvårsrapport 2024", "2024-01/2024-06"),
        ("Uppföljning andra halvåret 2024", "2024-07/2024-12"),
    ],
)
def test_a_document_on_half_a_year(title: str, period: str) -> None:
    assert reporting_period([title]).period == period


def test_a_title_with_the_last_day_of_a_month_is_asked_about() -> None:
    said = reporting_period(["Personalstatistik 2024-06-30"])
    assert (said.period, said.options, said.likely) == (None, ("2024", "2024-06-30"), None)
    assert reporting_period(["Personalstatistik, uttag 2024-05-13"]).likely == "2024"
