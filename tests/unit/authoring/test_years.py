"""The years of a declaration are moved where the new document bears it out."""

import pytest

from ojmf.authoring.labels import reworded
from ojmf.authoring.years import ASKED, Years, moved_period, moved_years
from ojmf.ingest.document import Document


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Utfall 2024", "Utfall 2025"),
        ("2024 jämfört med 2023", "2025 jämfört med 2024"),
        ("% 25/24", "% 26/25"),
        ("Läsåret 2023/24", "Läsåret 2024/25"),
        ("Läsåret 2023–24", "Läsåret 2024–25"),
        ("2024-08-31", "2025-08-31"),
        ("jan-aug 2024", "jan-aug 2025"),
        ("SN/2024:81", "SN/2024:81"),
        ("SFS 2001:453", "SFS 2001:453"),
        ("Andel 24/7", "Andel 24/7"),
        ("120244", "120244"),
        ("Har rutin", "Har rutin"),
    ],
)
def test_years_in_texts(text, moved):
    assert moved_years(text, 1) == moved


@pytest.mark.parametrize(
    ("period", "years", "moved"),
    [
        ("2024", 1, "2025"),
        ("2024-01/2024-08", 1, "2025-01/2025-08"),
        ("2023-09/2024-08", 2, "2025-09/2026-08"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-Q3", 1, "2025-Q3"),
        ("2023/24", 1, "2024/25"),
        ("2010-11", 1, "2011-11"),
    ],
)
def test_periods(period, years, moved):
    assert moved_period(period, years) == moved


@pytest.fixture
def years():
    lines = ["Redovisning 2025", "Fråga\tUtfall 2025\tUtfall 2024\tBokslut 2019", "* skattat 2024"]
    return Years(Document("d", lines, None), 1)


def test_what_the_document_still_prints_is_kept_with_its_period(years):
    columns = [
        {"label": "Utfall 2024", "period": "2024"},
        {"label": "Utfall 2023", "period": "2023"},
        {"label": "Bokslut 2019", "period": "2019"},
        {"label": "Länet", "period": "2024"},
    ]
    assert years.table({"columns": columns})["columns"] == [
        {"label": "Utfall 2025", "period": "2025"},
        {"label": "Utfall 2024", "period": "2024"},
        {"label": "Bokslut 2019", "period": "2019"},
        {"label": "Länet", "period": "2025"},
    ]


def test_what_was_true_of_one_document_is_left_out(years):
    overrides = [
        {"rows": ["a"], "note": "tryckt fel"},
        {"rows": ["b"], "unit": "MSEK", "note": "tryckt fel"},
        {"columns": ["Utfall 2024"], "period": "2024-04/2024-12", "note": "infördes i april"},
        {"footnote": "* skattat 2023", "rows": ["c"], "note": "skattat"},
        {"footnote": "† borta", "rows": ["c"]},
    ]
    moved = years.table({"id": "t", "rows": 3, "cells": [1], "override": overrides})
    assert moved == {
        "id": "t",
        "override": [
            {"rows": ["b"], "unit": "MSEK"},
            {"columns": ["Utfall 2025"], "period": "2025-04/2025-12", ASKED: True},
            {"footnote": "* skattat 2024", "rows": ["c"]},
        ],
    }


def test_rows_that_may_be_the_same_in_other_words():
    new = ["Har en aktuell rutin för våld", "Har plan 2025", "Erbjuder inte stöd", "Ny fråga"]
    lost = ["Har aktuell rutin för våld", "Har plan 2024", "Erbjuder stöd", "Helt annat ämne"]
    assert [(label, was) for label, was, _ in reworded(new, lost)] == [(new[0], lost[0])]
