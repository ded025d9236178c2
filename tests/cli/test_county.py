"""A county as one place: its figures are those that its municipalities are compared with."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.workspace import Workspace
from tests.golden.test_sources import ROOT

COUNTY = "62"


@pytest.fixture
def run(made_up_country: Path):
    def _run(*words: str):
        return CliRunner().invoke(app, [*words, "--root", str(made_up_country)])

    return _run


@pytest.fixture
def rows(run):
    def _rows(*words: str) -> pl.DataFrame:
        result = run(*words, "--format", "json", "--quiet")
        assert result.exit_code == 0, result.stderr
        return pl.DataFrame(json.loads(result.stdout), infer_schema_length=None)

    return _rows


@pytest.fixture(scope="module")
def answers(made_up_country: Path) -> pl.DataFrame:
    """The answers of every municipality, by question and year, as the source has them."""
    known = Workspace.open(made_up_country).observations()
    return known.filter(pl.col("answer").is_not_null(), source_id="pahittade-svar")


def share(answers: pl.DataFrame, indicator: str, day: str, county: str) -> float:
    of = answers.filter(
        pl.col("geo").str.starts_with(county),
        pl.col("period_end") == pl.lit(day).str.to_date(),
        indicator_id=indicator,
    )
    return 100 * of["answer"].to_list().count("JA") / of.height


def test_the_share_of_ja_of_a_county_stands_beside_that_of_another(rows, answers) -> None:
    found = rows("status", "--lan", COUNTY, "--against", "63", "--area", "oj-missbruk")
    assert found.height == 13
    for row in found.iter_rows(named=True):
        sides = [share(answers, row["indicator_id"], row["period_end"], c) for c in (COUNTY, "63")]
        assert [row["own"], row["reference"]] == pytest.approx(sides)
        assert row["gap"] == pytest.approx(sides[0] - sides[1])
        assert (row["geo"], row["reference_geo"]) == (COUNTY, "63")
    assert set(found["own_members"]) == {8}


def test_a_county_stands_beside_itself_of_an_earlier_year(rows, answers) -> None:
    found = rows("gaps", "--lan", COUNTY, "--against", "fjolaret", "--since", "2023")
    assert found["gap"].is_sorted()
    for row in found.head(20).iter_rows(named=True):
        then = share(answers, row["indicator_id"], row["reference_period_end"], COUNTY)
        assert row["reference_period_end"] == "2023-12-31"
        assert row["reference"] == pytest.approx(then)


def test_an_area_of_a_county_is_the_mean_that_its_municipalities_are_held_against(rows) -> None:
    asked = ("--period", "2024")  # no report prints a share of that year
    county = rows("areas", "--lan", COUNTY, *asked)
    each = rows("areas", "--kommun", COUNTY, *asked).unique("area_id").sort("area_id")
    county = county.sort("area_id")
    for ours, theirs in (("share_yes", "county_mean"), ("reference_share_yes", "national_mean")):
        assert county[ours].to_list() == pytest.approx(each[theirs].to_list())
    assert county["indicators"].sum() == 106


def test_figures_are_those_of_the_members_and_amounts_have_no_gap(rows, run) -> None:
    found = rows("status", "--lan", COUNTY, "--area", "pahittade-matt", "--every-period")
    each = rows("status", "--kommun", COUNTY, "--area", "pahittade-matt", "--every-period")
    key = ["indicator_id", "sex", "unit", "period_end"]
    county = each.filter(reference_geo=COUNTY).drop_nulls("reference").unique(key)
    both = found.join(county, on=key, suffix="_each")
    assert both.height == county.height > 50
    told = pl.col("method") != "reference"  # those are converted to the municipality's denominator
    assert both.filter(told)["own"].equals(both.filter(told)["reference_each"], check_names=False)


def test_each_municipality_of_a_county_is_told_apart_from_the_county(run) -> None:
    each = run("areas", "--kommun", COUNTY, "--area", "oj-missbruk")
    assert f"länet som helhet visas med --lan {COUNTY}" in each.stderr
    assert "som helhet" in run("areas", "--lan", COUNTY).stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("status",), 2, "--kommun saknas. Ange --kommun"),
        (("status", "--lan", COUNTY, "--kommun", "Sagoköping"), 2, "--kommun och --lan går"),
        (("status", "--lan", "Sagoköping"), 9, "är inget län"),
        (("gaps", "--lan", COUNTY, "--against", "mal"), 2, "Ett län har inget mål"),
        (("gaps", "--lan", COUNTY, "--against", COUNTY), 9, "sig självt"),
        (("gaps", "--lan", COUNTY, "--by", "priority"), 2, "--by gäller kommuner"),
        (("areas", "--lan", COUNTY, "--wide", "gap"), 2, "--wide gäller kommuner"),
        (("areas", "--lan", COUNTY, "--period", "1999"), 9, "inga uppgifter för den perioden"),
    ],
)
def test_what_a_county_cannot_be_asked_is_told(
    run, words: tuple[str, ...], code: int, message: str
) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert message in result.stderr


def test_a_county_without_figures_of_its_own_says_why() -> None:
    asked = ["--lan", "Uppsala län", "--all-methods", "--root", str(ROOT)]
    for command in ("gaps", "areas"):
        result = CliRunner().invoke(app, [command, *asked])
        assert result.exit_code == 9
        assert "Uppsala län har inga egna uppgifter" in result.stderr
    shown = CliRunner().invoke(app, ["status", *asked, "--format", "json"]).stdout
    reasons = {row["reason"] for row in json.loads(shown)}
    assert any("Uppsala län" in reason for reason in reasons)
    assert not any("Riket" in reason for reason in reasons)


def test_the_printed_shares_of_a_county_are_its_own() -> None:
    asked = ["status", "--lan", "01", "--root", str(ROOT), "--format", "json"]
    rows = json.loads(CliRunner().invoke(app, asked).stdout)
    county = ["status", "--kommun", "Solna", "--root", str(ROOT), "--format", "json"]
    solna = json.loads(CliRunner().invoke(app, county).stdout)
    printed = {row["indicator_id"]: row["reference"] for row in solna}
    assert {row["indicator_id"]: row["own"] for row in rows} == printed
    assert {row["own_origin"] for row in rows if row["own"] is not None} == {"printed"}
