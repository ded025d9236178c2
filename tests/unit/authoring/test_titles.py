"""What a document reports on is said by its title, also where that is broken over lines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ojmf.authoring import draft_source
from tests.unit.authoring.reports import WORKSPACE, draft


@pytest.mark.parametrize(
    ("title", "meant", "asked"),
    [
        ("Delårsrapport januari–augusti\n\n2024\n", "2024-01/2024-08", False),
        ("Delårsrapport per den 31\naugusti 2024\n", "2024-01/2024-08", False),
        ("Tertialrapport 2\n2024\n", "2024-01/2024-08", False),
        ("Årsredovisning\n2024\n", "2024", False),
        ("Nämnden januari–juni\nVård och omsorg\nFastställd 2024\n", None, True),
    ],
)
def test_a_title_and_the_year_that_broke_off_it_say_the_period(
    title: str, meant: str | None, asked: bool, tmp_path: Path
) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(f"{title}\nDrift, mkr\tUtfall\tBudget 2024\nSkola\t1,5\t2,5\n", "utf-8")
    draft = draft_source(WORKSPACE, path, "prov", "1715")
    period = tomllib.loads(draft.text)["reporting_period"]
    assert [q.proposal for q in draft.questions if q.key == "reporting-period"] == [None] * asked
    assert asked or period == meant


DATING = [
    "Uttag ur lönesystemet 2025-10-14",
    "Utskriftsdatum: 2025-10-14",
    "Hämtad 14 oktober 2025",
]


@pytest.mark.parametrize("dating", [*DATING, "Uppgifter hämtade 2025-10-14"])
@pytest.mark.parametrize("whole", ["Kommunen totalt", "Hela kommunen", "Samtliga förvaltningar"])
def test_a_column_of_the_whole_measures_what_the_table_is_about(tmp_path, dating, whole):
    header = ["Månad", "Skolförvaltningen", whole]
    months = [[month, "10,1%", "8,2%"] for month in ("jan", "feb", "mar")]
    made = draft(tmp_path, ["Korttidsfrånvaro 2025", dating, [header, *months]], period="2025")
    names = [i["name"] for i in tomllib.loads(made.indicators)["indicator"]]
    assert names == ["Korttidsfrånvaro, Skolförvaltningen", "Korttidsfrånvaro"]


@pytest.mark.parametrize("dating", DATING)
def test_a_line_of_when_it_was_drawn_is_no_title(tmp_path, dating):
    rows = [["jan", "10,1%"], ["feb", "9,4%"], ["mar", "8,3%"]]
    made = draft(tmp_path, [dating, [["Månad", "Kommunen totalt"], *rows]], period="2025")
    assert [i["name"] for i in tomllib.loads(made.indicators)["indicator"]] == ["prov"]


def test_no_piece_of_a_day_is_left_in_a_name(tmp_path):
    title = "Korttidsfrånvaro 2025-10-14"
    rows = [["jan", "10,1%"], ["feb", "9,4%"], ["mar", "8,3%"]]
    made = draft(tmp_path, [title, [["Månad", "Kommunen totalt"], *rows]], period="2025")
    (one,) = tomllib.loads(made.indicators)["indicator"]
    assert one["name"] == "Korttidsfrånvaro"
