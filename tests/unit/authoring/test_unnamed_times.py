"""Whose and when a column is, where its header names a day without a year, or compares."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ojmf.authoring import draft_source
from tests.unit.authoring.reports import WORKSPACE, by_label, declared, draft, only_table

TITLE = "Skellefteå kommun"


def periods(made) -> dict[str, str]:
    return {label: c["period"] for label, c in by_label(only_table(made)).items() if "period" in c}


@pytest.mark.parametrize(
    ("title", "corner", "rows"),
    [
        ("Antal invånare 31 december", "Ort", [["Bureå", "210", "214"], ["Boliden", "98", "91"]]),
        ("Verksamhet", "Inskrivna barn den 31/12", [["Bureå", "21", "24"], ["Lövånger", "9", "8"]]),
    ],
)
def test_a_day_without_its_year_is_of_the_year_in_the_header(tmp_path, title, corner, rows):
    made = draft(tmp_path, [TITLE, title, [[corner, "2023", "2024"], *rows]])
    assert periods(made) == {"2023": "2023-12-31", "2024": "2024-12-31"}


def test_what_may_be_counted_up_to_such_a_day_is_asked(tmp_path):
    rows = [["Vägar", "31", "35"], ["Parker", "12", "14"]]
    made = draft(tmp_path, [TITLE, "Åtgärder 30 april", [["Slag", "2023", "2024"], *rows]])
    (question, *_) = [q for q in made.questions if q.key == "period.2023"]
    assert (question.proposal, question.options) == (
        None,
        ("2023-01/2023-04", "2023-04-30", "2023"),
    )


def test_a_row_of_a_day_is_of_that_day_and_the_others_of_the_year(tmp_path):
    rows = [["Antal invånare 31/12", "74 100", "74 400"], ["Antal lån", "310", "298"]]
    made = draft(tmp_path, [TITLE, "Nyckeltal", [["Mått", "2023", "2024"], *rows]])
    found = only_table(made)
    assert periods(made) == {"2023": "2023", "2024": "2024"}
    days = [(o["rows"], o["columns"], o["period"]) for o in found["override"] if "period" in o]
    assert days == [
        (["Antal invånare 31/12"], ["2023"], "2023-12-31"),
        (["Antal invånare 31/12"], ["2024"], "2024-12-31"),
    ]


@pytest.mark.parametrize(
    "header", ["Senaste riket", "Föregående mätning", "Startvärde", "Tidigare", "Utgångsläge"]
)
def test_a_time_without_a_name_is_asked_without_a_proposal(tmp_path, header):
    rows = [["Antal klagomål", "12", "15"], ["Antal besök", "310", "298"]]
    made = draft(tmp_path, [TITLE, "Mål 2024", [["Mått", "Utfall 2024", header], *rows]])
    asked = [q for q in made.questions if header in q.question and q.kind == "period"]
    assert [q.proposal for q in asked] == [None]


@pytest.mark.parametrize(
    "header",
    [
        "Har haft utbildning om våld under det senaste året",
        "Hembesök de senaste tolv månaderna",
        "Saknar tidigare placering",
        "Aktuella med tidigare insats",
    ],
)
def test_what_is_counted_over_a_time_is_of_the_year_of_the_document(tmp_path, header):
    rows = [["Norra", "12", "15"], ["Södra", "310", "298"]]
    made = draft(tmp_path, [TITLE, "År 2024", [["Enhet", "Antal besök", header], *rows]])
    assert [q.key for q in made.questions if q.kind == "period"] == []


@pytest.mark.parametrize("header", ["Skillnad mot riket", "Avvikelse från länet"])
def test_a_difference_from_a_place_is_the_municipalitys_own(tmp_path, header):
    rows = [["Antal besök", "12", "15", "-3"], ["Antal lån", "40", "30", "10"]]
    head = ["Mått", "Skellefteå 2024", "Riket 2024", header]
    column = by_label(only_table(draft(tmp_path, [TITLE, "Jämförelse", [head, *rows]])))[header]
    assert (column["scenario"], column.get("geo")) == ("deviation", None)


def test_what_is_set_in_proportion_to_a_place_is_asked(tmp_path):
    rows = [["Besök per invånare", "1,2", "1,5", "80"], ["Lån per invånare", "4,1", "3,2", "128"]]
    head = ["Mått", "Skellefteå 2024", "Riket 2024", "I relation till riket"]
    made = draft(tmp_path, [TITLE, "Jämförelse", [head, *rows]])
    assert "place.i-relation-till-riket" in {q.key for q in made.questions}


@pytest.mark.parametrize("form", ["{place} {measure}", "{measure}, {place}"])
def test_places_beside_measures_are_whose_the_columns_are(tmp_path, form):
    head = [
        form.format(place=place, measure=measure)
        for place in ("Skellefteå", "Umeå")
        for measure in ("Nöjda (%)", "Antal svar")
    ]
    rows = [["Maten", "81", "210", "79", "330"], ["Bemötandet", "92", "205", "93", "327"]]
    made = draft(tmp_path, [TITLE, "Enkät 2024", [["Fråga", *head], *rows]])
    columns = [c for c in only_table(made)["columns"] if c.get("content") != "label"]
    assert [c.get("geo") for c in columns] == [None, None, "2480", "2480"]
    assert columns[0].get("suffix") == columns[2].get("suffix")


def test_a_place_before_a_unit_in_brackets_is_whose_the_column_is(tmp_path):
    rows = [["Museum", "81", "79"], ["Bibliotek", "92", "93"]]
    head = ["Verksamhet", "Kostnad Skellefteå (tkr)", "Kostnad Umeå (tkr)"]
    made = draft(tmp_path, [TITLE, "Kultur 2024", [head, *rows]])
    assert by_label(only_table(made))["Kostnad Umeå (tkr)"]["geo"] == "2480"


def test_a_word_that_happens_to_be_a_name_is_no_place(tmp_path):
    rows = [["Antal beslut", "12", "15"], ["Antal besök", "310", "298"]]
    head = ["Mått", "Mark tillstånd", "Bygglov tillstånd"]
    made = draft(tmp_path, [TITLE, "Ärenden 2024", [head, *rows]])
    assert {c.get("geo") for c in only_table(made)["columns"]} == {None}


def test_a_difference_has_the_unit_of_what_it_is_between(tmp_path):
    head = ["Område", "Index 2023", "Index 2024", "Skillnad mot 2023", "Svarsfrekvens (%)"]
    head.append("Förändring 2023-2024 (procentenheter)")
    rows = [["Ledning", "71", "74", "3", "80", "2"], ["Trivsel", "66", "61", "-5", "81", "-1"]]
    made = draft(tmp_path, [TITLE, "Enkät 2024", [head, *rows]])
    units = {i["id"]: i["unit"] for i in tomllib.loads(made.indicators)["indicator"]}
    assert by_label(only_table(made))["Skillnad mot 2023"]["scenario"] == "change"
    assert units["prov.ledning-skillnad"] == units["prov.ledning-index"] == "index"


def test_answers_in_rows_of_one_year_are_of_that_year(tmp_path):
    rows = [["2024", "Umeå", "Finns rutin?", "Ja"], ["2024", "Robertsfors", "Finns rutin?", "Nej"]]
    made = draft(tmp_path, [[["År", "Kommun", "Fråga", "Svar"], *rows]])
    assert by_label(only_table(made))["År"]["content"] == "period"


def test_a_follow_up_per_a_month_reports_up_to_it(tmp_path):
    rows = [["Skola", "12 100", "12 400", "18 000"], ["Omsorg", "9 310", "9 298", "14 000"]]
    head = ["Ansvar", "Ack utfall", "Ack budget", "Årsbudget"]
    made = draft(tmp_path, [TITLE, "Uppföljning per 2024-08 (tkr)", [head, *rows]])
    part = "2024-01/2024-08"
    assert declared(made)["reporting_period"] == part
    assert periods(made) == {"Ack utfall": part, "Ack budget": part, "Årsbudget": "2024"}


def asked(content: str, folder: Path) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    path = folder / "rapport.txt"
    path.write_text(f"Delårsrapport januari–augusti 2025\n\n{content}", encoding="utf-8")
    questions = draft_source(WORKSPACE, path, "prov", "1715").questions
    return {q.key: (q.proposal, q.options) for q in questions if q.kind == "period"}


@pytest.mark.parametrize(
    ("latest", "proposal"),
    [
        ("Utfall jan-aug 2025", "2024"),
        ("Utfall T2 2025", "2024"),
        ("Utfall 2025", "2024-01/2024-08"),
    ],
)
def test_an_earlier_year_is_whole_beside_an_outcome_that_names_its_part(
    latest: str, proposal: str | None, tmp_path: Path
) -> None:
    rows = "Hushåll\t312\t298\nÄrenden\t24\t21\n"
    found = asked(f"Antal\tUtfall 2024\t{latest}\n{rows}", tmp_path)
    assert found["period.utfall-2024"] == (proposal, ("2024-01/2024-08", "2024"))


def test_a_balance_sheet_titled_by_its_unit_is_of_its_days(tmp_path: Path) -> None:
    rows = "Eget kapital\t40,1\t38,2\nSumma\t90,5\t88,1\n"
    content = f"Balansräkning\n\nMkr\n\nPost\t2025-08-31\t2024-12-31\n{rows}"
    assert "period.2025-08-31" not in asked(content, tmp_path)


def test_a_forecast_for_december_beside_months_has_no_proposal(tmp_path: Path) -> None:
    rows = "Brukare\t312\t298\t300\nPlatser\t24\t21\t22\n"
    found = asked(f"Antal\t2024-08\t2025-08\tPrognos 2025-12\n{rows}", tmp_path)
    assert found == {"period.prognos-2025-12": (None, ("2025", "2025-12"))}


def test_a_table_of_the_second_tertial_may_be_counted_from_january(tmp_path: Path) -> None:
    content = (
        "Uppföljning tertial 2 2025\n\nAntal\tInkomna\tBeslutade\nBygglov\t41\t38\nÄrenden\t3\t6\n"
    )
    found = asked(content, tmp_path)
    assert found == {
        "period.uppfoljning-tertial-2-2025": (None, ("2025-01/2025-08", "2025-05/2025-08"))
    }


def test_months_down_and_years_across_are_each_month_of_its_year(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    rows = "".join(f"{m}\t{n},5\t{n},1\n" for n, m in enumerate(("Januari", "Februari", "Mars"), 6))
    title = "Sjukfrånvaro per månad, procent"
    path.write_text(f"Delårsrapport januari–augusti 2025\n\n{title}\n\nMånad\t2025\t2024\n{rows}")
    made = draft_source(WORKSPACE, path, "prov", "1715")
    columns = by_label(only_table(made))
    assert [columns[year]["period"] for year in ("2025", "2024")] == ["2025", "2024"]
    assert "withheld" not in only_table(made)


@pytest.mark.parametrize("corner", ["Månad", "Vägtyp"])
def test_years_below_headers_that_are_alike_are_headers(corner: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.csv"
    rows = "".join(f"{m};{n};{n + 9};3{n};4{n}\n" for n, m in enumerate(("Mars", "April"), 6))
    over = ";Antal skyltar;Antal skyltar;Antal lyktor;Antal lyktor"
    path.write_text(f"Skötsel i Kils kommun\n\n{over}\n{corner};2023;2024;2023;2024\n{rows}")
    table = only_table(draft_source(WORKSPACE, path, "prov", "1715"))
    assert table["header"][1:3] == ["Antal skyltar 2023", "Antal skyltar 2024"]
    assert table["header_rows"] == 2


def test_current_assets_are_of_a_day_as_the_rest_of_a_balance_sheet(tmp_path: Path) -> None:
    rows = "Omsättningstillgångar\t40,1\t38,2\nEget kapital\t90,5\t88,1\nAvsättningar\t7,5\t6,1\n"
    found = asked(f"Kils kommun, mkr\n\nPost\t2024-12-31\t2023-12-31\n{rows}", tmp_path)
    assert found["period.2024-12-31"] == ("2024-12-31", ("2024", "2024-12-31"))
