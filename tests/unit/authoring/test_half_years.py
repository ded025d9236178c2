"""A header that names half a year is never read as the whole year."""

from __future__ import annotations

import pytest

from ojmf.authoring.said_periods import Report, column_period
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
