"""Tables of one document that print the same words for different things."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ojmf.authoring import Draft, draft_source
from tests.unit.authoring.reports import WORKSPACE


def drafted(content: str, folder: Path) -> Draft:
    path = folder / "rapport.txt"
    path.write_text(content, encoding="utf-8")
    return draft_source(WORKSPACE, path, "prov", "1715")


def rows(draft: Draft) -> list[dict[str, str]]:
    return [table["indicators"] for table in tomllib.loads(draft.text)["table"]]


def table(title: str, columns: str, school: str, total: str) -> str:
    return f"{title} (tkr)\n\nVerksamhet\t{columns}\nSkola\t{school}\nSumma\t{total}\n\n"


DRIFT = table("Driftredovisning", "Utfall 2024\tBudget 2024", "100\t110", "300\t310")


def test_a_sum_and_a_row_of_another_table_are_indicators_of_their_own(tmp_path: Path) -> None:
    second = (
        "Investeringar (tkr)\n\nProjekt\tUtfall 2024\tBudget 2024\nSkola\t10\t12\nSumma\t30\t42\n"
    )
    draft = drafted(f"Årsredovisning 2024\n\n{DRIFT}{second}", tmp_path)
    assert rows(draft) == [
        {"Skola": "prov.skola", "Summa": "prov.summa"},
        {"Skola": "prov.skola-investeringar", "Summa": "prov.summa-investeringar"},
    ]
    names = [i["name"] for i in tomllib.loads(draft.indicators)["indicator"]]
    assert names == ["Skola", "Summa", "Skola, Investeringar", "Summa, Investeringar"]


@pytest.mark.parametrize(
    "second",
    [
        table("Driftredovisning 2023", "Utfall 2023\tBudget 2023", "90\t95", "280\t290"),
        table("Sammandrag", "Utfall 2024\tUtfall 2023", "100\t90", "300\t280"),
    ],
    ids=["of another year", "with equal figures"],
)
def test_rows_of_the_same_measure_are_one_indicator(second: str, tmp_path: Path) -> None:
    draft = drafted(f"Årsredovisning 2024\n\n{DRIFT}{second}", tmp_path)
    assert rows(draft) == [{"Skola": "prov.skola", "Summa": "prov.summa"}] * 2


def test_rows_of_tables_with_one_title_are_told_apart_by_their_figures(tmp_path: Path) -> None:
    second = DRIFT.replace("Budget", "Prognos").replace("100", "200")
    draft = drafted(f"Årsredovisning 2024\n\n{DRIFT}{second}", tmp_path)
    named = [names["Skola"] for names in rows(draft)]
    assert named == ["prov.skola", "prov.skola-driftredovisning"]
    assert [names["Summa"] for names in rows(draft)] == ["prov.summa"] * 2


def test_sums_in_other_units_are_named_by_their_tables(tmp_path: Path) -> None:
    staff = "Tabell 2. Årsarbetare\n\nForm\tUtfall 2024\tUtfall 2023\nFast\t81\t79\nSumma\t81\t79\n"
    draft = drafted(f"Årsredovisning 2024\n\n{DRIFT}{staff}", tmp_path)
    names = [i["name"] for i in tomllib.loads(draft.indicators)["indicator"]]
    assert names == ["Skola", "Summa", "Fast", "Summa, Årsarbetare"]


def test_what_is_likely_in_one_table_is_asked_apart_of_another(tmp_path: Path) -> None:
    content = (
        "Uppföljning januari–april 2025\n\nAntal barn\n\nAntal barn\t2023\t2024\t2025\n"
        "Förskola\t10\t20\t30\nFritidshem\t11\t21\t31\n\n"
        "Måluppfyllelse\n\nMål\tMål 2025\t2023\t2024\nBehöriga, %\t88,0\t83,0\t85,4\n"
        "Trygga elever, %\t90,0\t86,0\t84,0\n"
    )
    draft = drafted(content, tmp_path)
    asked = [(q.key, q.proposal, q.where) for q in draft.questions if q.kind == "period"]
    assert asked == [
        ("period.2023", "2023-01/2023-04", "rad 5–7"),
        ("period.2024", "2024-01/2024-04", "rad 5–7"),
        ("period.2023-2", None, "rad 11–13"),
        ("period.2024-2", None, "rad 11–13"),
    ]


def test_a_question_that_counts_for_two_tables_names_both(tmp_path: Path) -> None:
    content = (
        "Delårsrapport januari–augusti 2025\n\nBarn\n\nAntal\tUtfall 2024\tUtfall 2025\n"
        "Förskola\t10\t20\nFritidshem\t11\t21\n\nElever\n\nAntal\tUtfall 2024\tUtfall 2025\n"
        "Grundskola\t88\t83\nGymnasieskola\t90\t86\n"
    )
    asked = [q.where for q in drafted(content, tmp_path).questions if q.kind == "period"]
    assert asked == ["rad 5–7; rad 11–13"]
