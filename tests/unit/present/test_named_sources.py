"""Every document whose figures a table shows is named among its sources."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ojmf.present.annex import to_file
from ojmf.present.annex.documents import Document, dated_name
from ojmf.present.annex.named_sources import named_beside, provenance
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.surface.handed_on import reported
from ojmf.workspace import Workspace

ANSWERS = "Svar i Öppna jämförelser (påhittade uppgifter)"


@pytest.fixture(scope="module")
def land(made_up_country: Path) -> Workspace:
    return Workspace.open(made_up_country)


@pytest.mark.parametrize("against", ["fjolaret", "liknande"])
def test_the_document_of_what_is_compared_with_is_named(land: Workspace, against: str) -> None:
    table = compare_rows(land, "6101", asked=Asked(methods=(), against=against))
    assert [source.title for source in table.beside] == [ANSWERS]
    assert ANSWERS not in [source.title for source in table.sources]
    page = to_file(table, ".html", land.newest()).decode()
    text = to_file(table, ".md", land.newest()).decode()
    for said in (page, text):
        assert f"{ANSWERS}, 31 december 2025 (det som jämförs med)" in said
    with zipfile.ZipFile(io.BytesIO(to_file(table, ".xlsx", land.newest()))) as book:
        assert any(ANSWERS in book.read(name).decode() for name in book.namelist())
    (row,) = provenance(table).filter(Titel=ANSWERS).to_dicts()
    assert (row["Rader"], row["Indikatorer"]) == ("", None)


def test_a_report_names_it_too(land: Workspace) -> None:
    assert [source.title for source in reported(land, "6101", "fjolaret", None, None).beside] == [
        ANSWERS
    ]


def test_a_document_with_the_county_is_named_where_it_is_another(land: Workspace) -> None:
    # Its answers were fetched, and the shares of the county stand in its neighbour's report.
    table = compare_rows(land, "6102", asked=Asked(methods=(), area="oj-barn-unga"))
    assert [source.title for source in table.sources] == [ANSWERS]
    assert [source.id for source in table.beside] == ["sagokoping-oj-2025"]


def test_where_a_target_was_decided_is_said(land: Workspace) -> None:
    table = compare_rows(land, "6101", asked=Asked(methods=()))
    assert named_beside(table) == ["påhittade uppgifter (mål)"]
    aimed = table.rows.filter(beside_kind="target")
    assert aimed["reason"].unique().to_list() == ["utfall mot beslutat mål (påhittade uppgifter)"]


def test_an_answer_needs_no_reason_for_what_else_it_is_not_held_against(land: Workspace) -> None:
    table = compare_rows(land, "6101", asked=Asked(methods=("answer",), against="fjolaret"))
    there = pl.col("gap_county").is_not_null()
    assert table.rows.filter(there)["reason"].null_count() == table.rows.filter(there).height


def test_a_file_of_values_is_named_by_whom_it_is_from_and_its_period() -> None:
    told = ("Registret, uttag 3", "x.csv", "x.csv", date(2025, 1, 1), "2024", "0" * 64)
    assert dated_name(Document("referens.x", *told)) == "Registret, uttag 3, 2024"
