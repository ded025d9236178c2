"""Sheets that are named for the time of their tables, and files named for a part of a year."""

from __future__ import annotations

import pytest

from ojmf.authoring import draft_source
from tests.unit.authoring.forms import Rows, workbook
from tests.unit.authoring.reports import WORKSPACE
from tests.unit.authoring.test_forms import read_with_proposals

FIRST, HALVES = ("2024-01-01", "2024-03-31"), ("2024-01-01", "2024-06-30")
LATER = ("2024-07-01", "2024-12-31")


def drafted(tmp_path, sheets, name="besok.xlsx", period=None):
    path = tmp_path / name
    rows: Rows = [["Kils kommun"], [], ["Mått", "Antal"], ["Antal besök", 10], ["Antal samtal", 5]]
    workbook(dict.fromkeys(sheets, rows))(path)
    draft = draft_source(WORKSPACE, path, "prov", None, period=period)
    found, _ = read_with_proposals(path, draft)
    asked = {q.key: q.options for q in draft.questions if q.key.startswith(("period", "report"))}
    days = (
        set() if found is None else {tuple(map(str, r)) for r in found.select("^period_.*$").rows()}
    )
    return asked, {(first, last) for first, last, _ in days}, draft


@pytest.mark.parametrize(
    ("sheets", "later", "days"),
    [
        (["Kv 1 2024", "Kv 2 2024"], "period.kv-2-2024", {FIRST}),
        (["2024Q1", "2024Q2"], "period.2024-q2", {FIRST}),
        (["Q1-24", "Q2-24"], "period.q2-2024", {FIRST}),
        (["Kvartal 1", "Kvartal 2"], "period.kvartal-2", {FIRST}),
        (["tredje kvartalet 2024"], "period.kvartal-3-2024", set()),
        (["H1 2024", "H2 2024"], None, {HALVES, LATER}),
        (["Halvår 1", "Halvår 2"], None, {HALVES, LATER}),
    ],
)
def test_no_sheet_is_read_for_the_time_of_another(tmp_path, sheets, later, days):
    asked, read, _ = drafted(tmp_path, sheets, period="2024")
    assert read == days
    assert set(asked) == ({later} if later else set())


def test_a_later_quarter_is_of_itself_or_counted_from_january(tmp_path):
    asked, *_ = drafted(tmp_path, ["Kv 1 2024", "Kv 2 2024"])
    assert asked["period.kv-2-2024"] == ("2024-01/2024-06", "2024-04/2024-06")


def test_sheets_of_parts_of_an_unknown_year_are_asked_about_one_by_one(tmp_path):
    asked, read, _ = drafted(tmp_path, ["Kvartal 1", "Kvartal 2"])
    assert read == set()
    assert set(asked) == {"reporting-period", "period.kvartal-1", "period.kvartal-2"}


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("besok 2024.xlsx", "2024"),
        ("besok_H1_2024.xlsx", None),
        ("besok T2-2024.xlsx", None),
        ("besok tredje kvartalet 2024.xlsx", None),
        ("besok augusti 2024.xlsx", None),
    ],
)
def test_the_name_of_a_file_for_a_part_of_a_year_is_no_year(tmp_path, name, proposal):
    *_, draft = drafted(tmp_path, ["Blad1"], name)
    (asked,) = (q for q in draft.questions if q.key == "reporting-period")
    assert asked.proposal == proposal
