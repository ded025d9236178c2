"""Many municipalities and periods at once: each is what it is alone, long or side by side."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app

COUNTY = "61"


@pytest.fixture
def run(made_up_country: Path):
    def _run(*words: str):
        return CliRunner().invoke(app, [*words, "--root", str(made_up_country), "--quiet"])

    return _run


@pytest.fixture
def rows(run):
    def _rows(*words: str) -> pl.DataFrame:
        result = run(*words, "--format", "json")
        assert result.exit_code == 0, result.stderr
        return pl.DataFrame(json.loads(result.stdout), infer_schema_length=None)

    return _rows


@pytest.mark.parametrize("against", ["lan", "fjolaret"])
def test_every_period_is_what_each_is_alone(rows, against: str) -> None:
    asked = ("status", "--kommun", "Sagoköping", "--all-methods", "--against", against)
    kinds = pl.col("period_kind") == "year"
    told = pl.exclude("document", "line")
    together = rows(*asked, "--every-period").filter(kinds)
    key = ["area_id", "indicator_id", "sex", "unit", "reference_kind", "label"]
    for year in ("2023", "2024", "2025"):
        alone = rows(*asked, "--period", year).filter(kinds).select(told).sort(key)
        same = together.filter(pl.col("period_end") == f"{year}-12-31").select(told).sort(key)
        assert same.height > 100
        known = [name for name in alone.columns if name in same.columns]
        assert same.select(known).cast(dict(alone.select(known).schema)).equals(alone.select(known))


def test_the_periods_of_an_indicator_stand_together(rows) -> None:
    found = rows("status", "--kommun", "Sagoköping", "--every-period", "--area", "oj-missbruk")
    changes = (pl.col("indicator_id") != pl.col("indicator_id").shift()).sum()
    assert found.select(changes).item() == found["indicator_id"].n_unique() - 1
    assert found.filter(indicator_id=found["indicator_id"][0])["period_end"].is_sorted()


def test_the_areas_of_every_period_cancel_out_over_the_country(rows) -> None:
    found = rows("areas", "--kommun", "alla", "--every-period")
    computed = found.filter(pl.col("period_end") < "2025")  # a report prints the shares of 2025
    means = computed.group_by("area_id", "period_end").agg(pl.col("gap_national").mean())
    assert means.height == 10
    assert means["gap_national"].abs().max() < 1e-9


def test_areas_of_figures_have_their_periods(rows) -> None:
    found = rows("areas", "--kommun", COUNTY, "--every-period", "--area", "pahittade-matt")
    assert found.select("geo", "area_id", "period_start", "period_end").is_unique().all()
    assert found["period_end"].n_unique() > 1


def test_an_area_now_and_then_is_over_the_questions_answered_both_times(rows, run) -> None:
    found = rows("areas", "--kommun", "Sagoköping", "--against", "fjolaret")
    answers = rows("status", "--kommun", "Sagoköping", "--against", "fjolaret")
    for area in found.iter_rows(named=True):
        both = answers.filter(pl.col("gap").is_not_null(), area_id=area["area_id"])
        now, then = both["own_answer"].to_list(), both["reference_answer"].to_list()
        assert area["both"] == len(now)
        assert area["share_yes"] == pytest.approx(100 * now.count("JA") / len(now))
        assert area["share_yes_before"] == pytest.approx(100 * then.count("JA") / len(then))
        assert area["gap"] == pytest.approx(area["share_yes"] - area["share_yes_before"])
    assert found["retired"].sum() == 5
    first = run("areas", "--kommun", "Sagoköping", "--against", "fjolaret", "--period", "2023")
    assert first.exit_code == 9
    assert "besvarad både nu och tidigare" in first.stderr


def test_an_earlier_year_than_the_one_before_is_named(run) -> None:
    two_back = run("status", "--kommun", "Sagoköping", "--against", "fjolaret", "--since", "2023")
    assert "Sagoköping mot tidigare period: 2023, skillnad" in two_back.stdout
    before = run("status", "--kommun", "Sagoköping", "--against", "fjolaret")
    assert "Sagoköping mot fjolåret, skillnad" in before.stdout
    several = run("status", "--kommun", COUNTY, "--against", "fjolaret", "--area", "oj-missbruk")
    assert "Fjolåret" in several.stdout
    assert "Länet" not in several.stdout


def test_the_trends_of_several_are_what_each_is_alone(rows) -> None:
    together = rows("trends", "--kommun", COUNTY, "--short")
    alone = rows("trends", "--kommun", "Sagoköping", "--short")
    same = together.filter(geo=alone["geo"][0]).select(alone.columns)
    assert same.cast(dict(alone.schema)).equals(alone)
    assert together["geo"].n_unique() > 20


@pytest.mark.parametrize(
    ("words", "column"),
    [
        (("status", "--every-period", "--all-methods"), "own"),
        (("gaps", "--area", "oj-missbruk"), "gap"),
        (("areas",), "share_yes"),
        (("trends", "--short"), "latest"),
        (("trends", "--short", "--points"), "value"),
    ],
)
def test_side_by_side_every_figure_is_in_the_cell_of_its_municipality(
    rows, words: tuple[str, ...], column: str
) -> None:
    long = rows(*words, "--kommun", COUNTY)
    wide = rows(*words, "--kommun", COUNTY, "--wide", column)
    municipalities = [name for name in wide.columns if name[:4].isdigit()]
    index = [name for name in wide.columns if name not in municipalities]
    assert municipalities == sorted(municipalities)
    assert "6101 Sagoköping" in municipalities
    again = (
        wide.unpivot(municipalities, index=index, variable_name="geo", value_name=column)
        .with_columns(pl.col("geo").str.head(4))
        .drop_nulls(column)
    )
    key = [name for name in index if name not in ("label", "area_name")]
    there = long.drop_nulls(column)
    both = again.join(there, on=[*key, "geo"], nulls_equal=True, suffix="_long")
    assert again.height == both.height == there.height
    assert both[column].equals(both[f"{column}_long"].cast(both[column].dtype))


def test_a_column_that_is_not_there_is_told_with_those_that_are(run) -> None:
    result = run("gaps", "--kommun", COUNTY, "--wide", "gapp")
    assert result.exit_code == 9
    assert "Menade du gap" in result.stderr


def test_the_table_of_several_has_the_rows_of_each(run, tmp_path: Path) -> None:
    for name, words in (
        ("alla", ("--kommun", COUNTY, "--every-period")),
        ("en", ("--kommun", "Sagoköping", "--every-period")),
    ):
        file = tmp_path / f"{name}.parquet"
        result = run("table", *words, "--all-methods", "--output", str(file))
        assert result.exit_code == 0, result.stderr
    together, alone = (pl.read_parquet(tmp_path / f"{name}.parquet") for name in ("alla", "en"))
    assert together.filter(municipality="Sagoköping").equals(alone)
    assert together["municipality"].n_unique() == 26
    cited = together.drop_nulls("citation")
    assert cited.filter(method="answer")["period_end"].unique().dt.year().to_list() == [2025]
    long = str(tmp_path / "bred.csv")
    assert run("table", "--kommun", COUNTY, "--wide", "answer", "--output", long).exit_code == 0
    assert "6102 Poesiköping;" in Path(long).read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("gaps", "--by", "priority", "--every-period"),
            "Utelämna --every-period: --by priority visar",
        ),
        (("areas", "--carriers", "--wide", "gap"), "utelämna --by, --every-period och --wide"),
        (("table", "--wide", "own", "--comments", "k.csv", "-o", "x.csv"), "--comments och"),
        (("table", "--every-period", "-o", "x.docx"), "kan sluta på .csv"),
    ],
)
def test_what_several_periods_are_no_part_of_is_refused(
    run, words: tuple[str, ...], message: str
) -> None:
    result = run(words[0], "--kommun", "Sagoköping", *words[1:])
    assert result.exit_code == 2
    assert message in result.stderr
