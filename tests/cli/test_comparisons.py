"""The comparison commands on the embedded reports, through the real command line."""

import io
import json
import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.schema import COMPARISONS
from tests.golden.test_sources import ROOT


def run(*arguments: str):
    return CliRunner().invoke(app, [*arguments, "--root", str(ROOT)])


def rows(*arguments: str) -> list[dict]:
    result = run(*arguments, "--format", "json", "--quiet")
    assert result.exit_code == 0, result.stderr
    found: list[dict] = json.loads(result.stdout)
    return found


def by_concept() -> dict[str, dict]:
    return {row["indicator_id"]: row for row in rows("compare", "Solna", "0381")}


def test_like_periods_meet_and_lead_to_their_lines():
    income = by_concept()["summa-intakter"]
    assert (income["own"], income["reference"]) == (26.1, 11.2)
    assert (income["own_period_start"], income["own_period_end"]) == ("2024-01-01", "2024-08-31")
    assert (income["line"], income["reference_line"]) == (378, 385)


def test_rows_are_added_and_every_line_is_named():
    other = by_concept()["ovriga-kostnader"]
    assert other["reference"] == pytest.approx(-59.8)
    assert other["reference_inputs"].endswith("rad 387, 390")


def test_unlike_years_are_refused_with_the_reason():
    budget = by_concept()["arsbudget"]
    assert (budget["own"], budget["reference"]) == (None, None)
    assert "perioderna är olika: Solna 2025, Enköping 2024" in budget["reason"]


def test_what_is_not_comparable_has_a_reason_and_no_figure():
    for row in by_concept().values():
        assert row["reason"]
        if row["grade"] == "not_comparable":
            assert row["gap"] is None


def test_the_pair_may_be_named_by_options():
    assert rows("compare", "--kommun", "Solna", "--against", "0381") == rows(
        "compare", "Solna", "0381"
    )


def test_a_municipality_is_not_compared_with_itself():
    result = run("compare", "Solna", "Solna")
    assert result.exit_code == 9
    assert "sig självt" in result.stderr


def test_an_area_without_answers_is_judged_by_its_methods():
    forecast = [
        row
        for row in rows("status", "--kommun", "Solna", "--area", "ekonomi", "--against", "riket")
        if row["indicator_id"] == "ekonomi.nettokostnad" and row["period_kind"] == "year"
    ]
    assert [(r["own"], r["reference"], r["verdict"], r["method"]) for r in forecast] == [
        (-227.1, -232.1, "better", "target")
    ]


def test_explain_adds_one_column():
    plain = run("gaps", "--kommun", "Solna", "--top", "1", "-f", "csv").stdout
    told = run("gaps", "--kommun", "Solna", "--top", "1", "-f", "csv", "--explain").stdout
    columns = pl.read_csv(io.StringIO(plain)).columns
    assert columns[: len(COMPARISONS)] == COMPARISONS.names()
    explained = pl.read_csv(io.StringIO(told))
    assert set(explained.columns) - set(columns) == {"explanation"}
    text = explained["explanation"].item()
    assert "NEJ = 0" in text
    assert "skillnad = 0,0 − 89,0 = −89,0 procentenheter" in text
    assert text.count("rad 129") == 2


def test_every_reference_of_all_methods_is_cited():
    for row in rows("status", "--kommun", "Solna", "--all-methods", "--explain"):
        reference = row["explanation"].split("referens ")[1]
        assert (" rad " in reference.split(";")[0]) == (row["reference"] is not None)


def test_a_printed_deviation_is_not_told_as_a_difference():
    net = [
        row
        for row in rows("status", "--kommun", "Solna", "--area", "ekonomi", "--explain")
        if row["indicator_id"] == "ekonomi.nettokostnad" and row["period_kind"] == "year_to_date"
    ]
    assert (
        "skillnad = +8,5 mnkr, avvikelsen mot budget som den står i dokumentet"
        in net[0]["explanation"]
    )


def test_a_corrected_figure_is_told_to_be_one():
    told = rows("status", "--kommun", "Enköping", "--area", "ekonomi", "--explain")
    printed = "eget 9,3 (Enköping, delårsrapport augusti 2024 rad 383, rättad från ”93”)"
    assert printed in {part for row in told for part in row["explanation"].split("; ")}
    assert "rättad från ”93”" in {row["mark"] for row in told}


def test_a_figure_of_which_only_the_decimal_mark_differs_is_not_told_as_corrected():
    told = rows("status", "--kommun", "Enköping", "--area", "externa-utforare", "--explain")
    parts = {part for row in told for part in row["explanation"].split("; ")}
    assert "eget 7,3 (Enköping, delårsrapport augusti 2024 rad 612)" in parts


def test_two_municipalities_side_by_side_show_which_figures_are_corrected_or_unconfirmed():
    marked = {row["label"]: row for row in rows("compare", "Solna", "Enköping")}
    for label, mark in (
        ("Nämndens intäkter", "rad 385 rättad från ”1,2”"),
        ("Taxor och avgifter", "rad 382 rättad från ”13”"),
        ("Barn och unga på institution, placerade i snitt", "rad 492 rättad från ”n”"),
        ("Investeringar", "rad 631 obekräftad"),
    ):
        assert marked[label]["reference_marks"] == mark
        assert marked[label]["own_marks"] is None
    table = run("compare", "Solna", "Enköping", "--area", "ekonomi").stdout
    assert "Märkning" in table
    assert "”1,2”" in table
    assert "obekräftad" in table


def test_a_table_without_marked_figures_has_no_column_for_marks():
    assert "Märkning" not in run("status", "--kommun", "Solna").stdout


def test_the_share_of_an_area_is_explained():
    areas = rows("areas", "--kommun", "Solna", "--area", "oj-ekonomiskt-bistand", "--explain")
    assert "andel JA = 14 / 23 = 60,9 %" in areas[0]["explanation"]
    assert "länet: andel JA 60,9 − 45,7 = +15,2" in areas[0]["explanation"]
    assert "(14 · 100 + 3 · 50 + 6 · 0) / 23 = 67,4" in areas[0]["explanation"]


def test_a_period_without_figures_says_so():
    result = run("status", "--kommun", "Solna", "--period", "1999")
    assert result.exit_code == 9
    assert "fel:" in result.stderr


def test_trends_leave_out_short_series_and_say_so():
    result = run("trends", "--kommun", "Solna", "-f", "csv")
    assert "för korta" in result.stderr
    judged = pl.read_csv(io.StringIO(result.stdout))
    assert "too_short" not in judged["variation"].to_list()
    everything = pl.read_csv(
        io.StringIO(run("trends", "--kommun", "Solna", "-f", "csv", "--short").stdout)
    )
    assert everything.height > judged.height


def test_a_verdict_that_is_not_of_the_latest_period_says_which_it_is_of():
    words = ("trends", "--kommun", "Solna")
    judged = pl.read_csv(io.StringIO(run(*words, "-f", "csv").stdout), try_parse_dates=True)
    shown = [line.split(" | ") for line in run(*words, "-f", "md").stdout.splitlines()[2:]]
    told = [one for row in shown for one in re.findall(r"\(signal (.+?)\)", " ".join(row))]
    past = judged.filter(
        pl.col("last_signal") < pl.col("last"), ~pl.col("variation").is_in(["common_cause"])
    )
    assert told == past["last_signal"].dt.to_string("%Y-%m").to_list() != []
    assert judged["last_signal"].drop_nulls().len() > past.height  # those of the latest say none


def test_months_that_are_missing_are_told_together():
    per_household = next(
        row
        for row in rows("compare", "Solna", "Enköping", "--period", "2025")
        if row["indicator_id"] == "bidrag-per-hushall"
    )
    lacking = "utfall för 2025 saknas för Solna: januari 2024, februari 2024, mars 2024,"
    assert per_household["reason"].count(lacking) == 1
    assert per_household["reason"].count("saknas för Solna") == 1
    assert per_household["own_inputs"] is None


def test_a_population_is_shown_with_its_date_and_distance():
    shown = run("compare", "Solna", "Enköping", "--area", "ekonomi", "--format", "md").stdout
    told = "Solna 85 789 (31 december 2024), Enköping 48 201 (30 september 2023)"
    assert told in " ".join(re.split(r"\s", shown))


def test_a_change_since_last_year_is_told_from_chance():
    series = {
        row["indicator_id"].removeprefix("verksamhetsmatt."): row
        for row in rows("trends", "--kommun", "Solna", "--area", "verksamhetsmatt")
    }
    days = series["barn-familjehem-dygn"]
    assert (days["this_year"], days["last_year"]) == (888.625, 1054.375)
    assert days["since_last_year"] == "change"
    households = series["ekonomiskt-bistand-hushall"]
    assert (households["this_year"], households["last_year"]) == (111.875, 105.625)
    assert households["since_last_year"] == "common_cause"
    late = series["barn-gangkriminalitet"]
    assert (late["last_year"], late["since_last_year"]) == (None, None)
    assert "samma månader året före" in late["reason"]


def test_points_of_a_chart_have_limits():
    points = rows("trends", "--kommun", "Solna", "--area", "verksamhetsmatt", "--points")
    payments = [p for p in points if p["indicator_id"].endswith("ekonomiskt-bistand-hushall")]
    assert len(payments) == 32
    assert payments[0]["lower"] < payments[0]["mean"] < payments[0]["upper"]
    assert all(point["upper"] is None or point["lower"] < point["upper"] for point in points)
    every = rows("trends", "--kommun", "Solna", "--points", "--short")
    assert any(point["upper"] is None for point in every)


def test_the_first_group_is_that_of_similar_municipalities():
    groups = rows("peers", "--kommun", "Solna")
    assert groups[0]["group_title"] == "Liknande kommuner IFO, Solna, 2024"
    assert any(group["group_id"] == "G92793" for group in groups)


def test_what_most_others_have_weighs_most():
    red = rows("gaps", "--kommun", "Solna", "--by", "priority")
    assert {row["status"] for row in red} == {"red"}
    assert len(red) == 32
    assert [row["priority"] for row in red[:2]] == [89.0, 86.0]
    bisam = [row for row in red if "BISAM" in row["label"]]
    assert red.index(bisam[0]) == len(red) - 1


def test_priorities_weigh_against_nothing_but_county_and_country():
    county = rows("gaps", "--kommun", "Solna", "--by", "priority", "--against", "01")
    assert county[0]["reference_geo"] == "01"
    refused = run("gaps", "--kommun", "Solna", "--by", "priority", "--against", "riket")
    assert refused.exit_code == 2
    assert "Utelämna --against: --by priority" in refused.stderr


def test_gaps_against_a_municipality_without_answers_say_so():
    result = run("gaps", "--kommun", "Solna", "--against", "Enköping")
    assert result.exit_code == 9
    assert "Ingen fråga har uppgifter för både Solna och Enköping" in result.stderr
    assert result.stdout == ""


def test_a_question_printed_in_different_ways_is_one_question():
    shared = rows("gaps", "--kommun", "Solna", "--by", "label")
    results = [row for row in shared if row["indicator_id"].endswith(".uppfoljning-resultat")]
    assert [row["line"] for row in results] == [88, 140, 163, 194, 222]
    assert {(row["areas"], row["same_status"]) for row in results} == {(5, False)}


def test_the_same_question_in_several_areas_stands_side_by_side():
    shared = rows("gaps", "--kommun", "Solna", "--by", "label")
    asked = [row for row in shared if row["label"].startswith("Använder AUDIT/DUDIT")]
    assert [row["reference"] for row in asked] == [23.0, 20.0, 26.0]


def test_the_carriers_of_an_area_add_up_to_its_gap():
    carried = rows("areas", "--kommun", "Solna", "--area", "oj-barn-unga", "--carriers")
    assert sum(row["contribution"] for row in carried) == pytest.approx(carried[0]["area_gap"])
    assert carried[0]["area_gap"] == pytest.approx(64.0 - 62.6)
    words = ("--kommun", "Solna", "--area", "oj-barn-unga", "-f", "md")
    shown = run("areas", *words, "--carriers").stdout
    assert "samverkan med primärvård | ■\u00a0Röd | −57 | −2,3 |" in shown


def test_a_carrier_that_is_delvis_says_that_it_does_not_count():
    carried = rows("areas", "--kommun", "Solna", "--area", "oj-ekonomiskt-bistand", "--carriers")
    partly = [row for row in carried if row["own"] == 50]
    assert [row["counted_as"] for row in partly] == [0, 0, 0]
    assert all(row["counted_as"] == row["own"] for row in carried if row not in partly)


def test_other_methods_tell_the_distance():
    judged = rows("status", "--kommun", "Solna", "--area", "ekonomi", "--against", "riket")
    net = [r for r in judged if r["indicator_id"] == "ekonomi.nettokostnad"]
    assert net[0]["gap_relative"] == pytest.approx(5.0 / 232.1 * 100)


def test_a_trend_is_explained_by_its_chart():
    told = rows("trends", "--kommun", "Solna", "--area", "verksamhetsmatt", "--explain")
    payments = next(r for r in told if r["indicator_id"].endswith("ekonomiskt-bistand-hushall"))
    assert payments["explanation"].startswith("XmR-diagram: medelvärdet ± 2,66")
    assert payments["inputs"] == "SN/2024:1 Delårsrapport per augusti 2025 rad 575, 576, 577"
    assert f"({payments['inputs']})" in payments["explanation"]
    assert "32 punkter" in payments["explanation"]


def test_a_place_among_peers_is_explained():
    told = rows("peers", "--kommun", "Solna", "--group", "G92793", "--area", "personal")
    explained = rows(
        "peers", "--kommun", "Solna", "--group", "G92793", "--area", "personal", "--explain"
    )
    assert "explanation" not in told[0]
    assert "1 av 43 kommuner i gruppen har uppgift" in explained[0]["explanation"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gaps", "--kommun", "Solna", "--by", "label", "--area", "bogus"], 9, "Okänt område"),
        (["peers", "--kommun", "Solna", "--area", "personal"], 2, "--group"),
        (["peers", "--kommun", "01"], 9, "ingen kommun"),
        (["compare", "Solna"], 2, "jämför två kommuner, inte 1"),
        (["compare", "Solna", "Enköping", "--against", "Malmö"], 2, "inte 3"),
        (["status", "--kommun", "184"], 9, "Menade du Solna (0184)?"),
        (["status", "--kommun", "0184x"], 9, "Menade du Solna (0184)"),
        (["gaps", "--kommun", "Solna", "--area", "våldet"], 9, "Våld i nära relation (oj-vald)?"),
        (["gaps", "--kommun", "Solna", "--area", "xyz"], 9, "Kända: Ekonomi (ekonomi), Externa"),
        (["peers", "--kommun", "Solna", "--group", "K99"], 9, "IFO, Ale, 2024; Liknande"),
        (
            ["gaps", "--kommun", "Enköping", "--by", "priority"],
            9,
            "har inga svar i Öppna jämförelser",
        ),
        (["status", "--kommun", "Solna", "--period", "2024-01/"], 2, "ingen period"),
    ],
)
def test_what_cannot_be_done_is_told_once(words: list[str], code: int, message: str):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_the_questions_of_one_area_stand_beside_the_same_in_others():
    shared = rows("gaps", "--kommun", "Solna", "--by", "label", "--area", "oj-missbruk")
    areas = {row["area_id"] for row in shared}
    assert "oj-missbruk" in areas
    assert len(areas) > 1


def test_a_municipality_outside_the_group_is_said_to_be_counted_in():
    result = run("peers", "--kommun", "Solna", "--group", "G36449", "--area", "personal")
    assert "Solna är inte med i gruppen men räknas in" in result.stderr


def test_check_reads_what_only_comparisons_read(tmp_path: Path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data/concepts/trasig.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "data/targets.csv").write_text(
        "indicator_id,geo,period,target,source\nokand,0184,2024,1,x\n", encoding="utf-8"
    )
    for name in ("population.csv", "peers.csv"):
        (tmp_path / "data" / name).unlink()
    result = CliRunner().invoke(app, ["check", "--root", str(tmp_path)])
    assert result.exit_code == 6
    assert "trasig.toml rad 1, tecken 6: inte giltig TOML" in result.stderr
    assert "targets.csv rad 2: indikatorn ”okand”" in result.stderr
    for path in ("concepts/trasig.toml", "targets.csv"):
        (tmp_path / "data" / path).unlink()
    sound = CliRunner().invoke(app, ["check", "--root", str(tmp_path)])
    assert sound.exit_code == 0
    assert "upplysning: data/population.csv saknas" in sound.stderr
    assert "upplysning: data/peers.csv saknas" in sound.stderr
