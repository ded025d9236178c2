"""Answers that spaces set off: in cells of their own, or asked about; never a measure's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from ojmf.authoring import Draft, draft_source
from ojmf.authoring.page_cells import label_and_figures
from tests.unit.authoring.reports import WORKSPACE


def _draft(folder: Path, *lines: str) -> Draft:
    path = folder / "svar.txt"
    path.write_text("\n".join(["Svar 2023", "", *lines, ""]), encoding="utf-8")
    return draft_source(WORKSPACE, path, "prov", "1715")


@pytest.mark.parametrize(
    ("line", "label", "cells"),
    [
        ("Erbjuder Bostad först JA 46 43", "Erbjuder Bostad först", ["JA", "46", "43"]),
        ("Steg 2 Nej .. X", "Steg 2", ["Nej", "..", "X"]),
        ("JA NEJ 46 43", "", ["JA", "NEJ", "46", "43"]),
        ("Andel som svarat ja 46 43", "Andel som svarat ja", ["46", "43"]),
        ("Erbjuder Bostad först JA", "Erbjuder Bostad först JA", []),
    ],
)
def test_the_answers_of_a_row_are_its_first_cells(line: str, label: str, cells: list[str]) -> None:
    assert label_and_figures(line) == (label, cells)


def test_labels_that_end_in_their_answers_are_asked_about(tmp_path: Path) -> None:
    draft = _draft(
        tmp_path,
        "Indikator\tLänet\tRiket",
        "Aktuell överenskommelse med regionen JA\t20\t18",
        "Erbjuder Bostad först NEJ\t44\t36",
    )
    asked = [question.question for question in draft.questions if question.kind == "table"]
    assert len(asked) == 1
    assert "överenskommelse med regionen JA" in asked[0]


@pytest.mark.parametrize("labels", [("Antal JA", "Antal NEJ"), ("Vet: Ja", "Vet: Nej")])
def test_what_counts_answers_is_a_measure(tmp_path: Path, labels: tuple[str, str]) -> None:
    rows = (f"{label}\t20\t18" for label in labels)
    draft = _draft(tmp_path, "Indikator\tLänet\tRiket", *rows)
    assert not [question for question in draft.questions if question.kind == "table"]
