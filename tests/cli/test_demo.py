"""The made-up country: nothing in it is real, its parts agree, and the commands work in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.authoring.demo import demo
from ojmf.authoring.demo.made_figures import AREA
from ojmf.cli import app
from ojmf.declarations.loading import embedded_root
from ojmf.geography import Gazetteer
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.annex.views import gap, share
from ojmf.workspace import Workspace

WORD = "påhitta"


@pytest.fixture(scope="module")
def workspace(made_up_country: Path) -> Workspace:
    return Workspace.open(made_up_country)


@pytest.fixture(scope="module")
def answers(workspace: Workspace) -> pl.DataFrame:
    return workspace.observations().filter(source_id="pahittade-svar")


@pytest.fixture(scope="module")
def figures(workspace: Workspace) -> pl.DataFrame:
    return workspace.observations().filter(source_id="pahittade-nyckeltal")


def test_the_same_bytes_come_every_time(made_up_country: Path) -> None:
    again = demo()
    assert {
        path: content
        for path, content in again.items()
        if (made_up_country / path).read_bytes() != content
    } == {}
    publish = demo(0)["data/publish.toml"].decode()
    assert "# smallest = 5" in publish


def test_it_is_as_large_as_the_country(workspace: Workspace, answers: pl.DataFrame) -> None:
    counts = dict(workspace.geography.group_by("level").len().iter_rows())
    assert counts == {"country": 1, "county": 21, "municipality": 290}
    assert answers["indicator_id"].n_unique() == 106
    assert answers["geo"].n_unique() == 290
    asked = answers.group_by("period_end").agg(pl.col("indicator_id").n_unique())
    assert dict(asked.iter_rows()) == {
        date(2023, 12, 31): 101,
        date(2024, 12, 31): 106,
        date(2025, 12, 31): 101,
    }


def test_questions_are_asked_in_the_years_that_the_catalogue_says(
    workspace: Workspace, answers: pl.DataFrame
) -> None:
    year = pl.col("period_end").dt.year()
    outside = answers.join(workspace.catalogue.asked(), on="indicator_id").filter(
        (year < pl.col("asked_from")) | (year > pl.col("asked_to"))
    )
    assert outside.is_empty()


def test_no_place_is_real(workspace: Workspace) -> None:
    real = Workspace.open(embedded_root()).geography
    known = Gazetteer.of(real)
    places = workspace.geography.filter(pl.col("level") != "country")
    assert set(places["code"]) & set(real["code"]) == set()
    assert [name for name in places["name"] if known.by_name(name)] == []
    assert places["name"].is_unique().all()


def test_every_document_area_group_and_the_country_say_that_they_are_made_up(
    workspace: Workspace,
) -> None:
    for names in (
        workspace.observations()["document"].unique(),
        workspace.indicators["area_name"].unique(),
        workspace.indicators.filter(pl.col("method") != "answer")["name"],
        workspace.groups["group_title"].unique(),
        workspace.geography.filter(level="country")["name"],
    ):
        assert [name for name in names if WORD not in name] == []


def test_women_and_men_add_up_and_nothing_suppressed_can_be_told(figures: pl.DataFrame) -> None:
    counts = figures.filter(unit="persons").pivot(
        on="sex", index=["indicator_id", "geo", "period_end"], values=["value", "obs_status"]
    )
    known = counts.drop_nulls(["value_F", "value_M", "value__T"])
    assert known.height > 5000
    assert known.filter(pl.col("value_F") + pl.col("value_M") != pl.col("value__T")).is_empty()
    secret = (pl.col("obs_status_F") == "Q", pl.col("obs_status_M") == "Q")
    assert counts.filter(secret[0]).height > 100
    # Women and both tell the men: where one is held back, another is.
    alone = counts.filter(secret[0] != secret[1], pl.col("obs_status__T") != "Q")
    assert alone.is_empty()


def test_a_share_is_what_its_counts_make(figures: pl.DataFrame) -> None:
    key = ["geo", "period_end", "sex"]
    values = {
        name: figures.filter(indicator_id=f"{AREA}.{name}").select(*key, name=pl.col("value"))
        for name in ("langvarigt-andel", "langvarigt", "bistand")
    }
    share, count, whole = values.values()
    both = share.join(count, on=key, suffix="_count").join(whole, on=key, suffix="_whole")
    known = both.drop_nulls()
    assert known.height > 1000
    made = 100 * pl.col("name_count") / pl.col("name_whole")
    assert known.filter((pl.col("name") - made).abs() > 0.05 + 1e-9).is_empty()


def test_the_shares_of_the_report_are_those_of_the_answers(
    workspace: Workspace, answers: pl.DataFrame
) -> None:
    printed = workspace.observations().filter(source_id="sagokoping-oj-2025", unit="percent")
    answered = answers.filter(
        pl.col("answer").is_not_null(), pl.col("period_end") == date(2025, 12, 31)
    )
    yes = (pl.col("answer") == "JA").mean() * 100
    computed = pl.concat(
        [
            answered.group_by("indicator_id")
            .agg(yes.alias("share"))
            .with_columns(geo=pl.lit("00")),
            answered.filter(pl.col("geo").str.starts_with("61"))
            .group_by("indicator_id")
            .agg(yes.alias("share"))
            .with_columns(geo=pl.lit("61")),
        ]
    )
    both = printed.join(computed, on=["indicator_id", "geo"])
    assert both.height == printed.height == 202
    assert both.filter((pl.col("value") - pl.col("share")).abs() > 0.5 + 1e-9).is_empty()


def run(root: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "--root", str(root)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_the_command_makes_it(tmp_path: Path) -> None:
    root = tmp_path / "land"
    made = CliRunner().invoke(app, ["init", "--demo", str(root)])
    assert made.exit_code == 0
    assert "påhittat land" in made.output
    assert {path for path in root.rglob("*") if path.is_file()} == {root / path for path in demo()}


def test_a_municipality_of_a_made_up_country_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", "--demo", str(tmp_path / "x"), "--kommun", "0184"])
    assert result.exit_code == 2
    assert "utelämna --kommun" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check", "Inga fel i 5 källor,"),
        ("areas --kommun Drömvik --format md", "påhittade uppgifter"),
        ("gaps --kommun Drömvik --against riket --top 3 --format md", "påhittade riket"),
        ("gaps --kommun Drömvik --against lan --top 3 --format csv", ",61,"),
        ("status --kommun Drömvik --all-methods --format csv", "bistand-andel"),
        ("peers --kommun Drömvik", "Liknande kommuner, Drömvik (påhittade"),
        ("peers --kommun Drömvik --against K1", "Mindre kommuner"),
        ("compare Sagoköping Drömköping", "familjehem"),
        ("trends --kommun Sagoköping --format csv", "outside"),
        ("validate --fail-on critical", "5 källor med"),
        ("cite oj-vald.samverkan-polisen --kommun Sagoköping", "påhittade uppgifter"),
        ("sources", "Sagoköping"),
        ("repair dromkoping-delarsrapport-2025-08", "0 skadade"),
    ],
)
def test_commands_work_in_it(made_up_country: Path, words: str, said: str) -> None:
    assert said in run(made_up_country, *words.split())


def test_the_documents_are_read_and_the_false_sentence_is_found(made_up_country: Path) -> None:
    for path in sorted((made_up_country / "rapporter").iterdir()):
        extract = (made_up_country / "data/sources" / path.stem / "extract.txt").read_text("utf-8")
        assert run(made_up_country, "extract", str(path), "--quiet") == extract
    path = made_up_country / "rapporter/dromkoping-delarsrapport-2025-08.txt"
    assert "stämmer inte med tabellen: 1," in run(made_up_country, "claims", str(path), code=1)


def test_the_annex_is_printed_in_it(made_up_country: Path, tmp_path: Path) -> None:
    path = tmp_path / "bilaga.md"
    run(
        made_up_country,
        *["table", "--kommun", "Sagoköping", "--area", "oj-vald", "--output"],
        str(path),
    )
    assert path.read_text("utf-8").count("| JA |") == 16


def test_what_an_area_compares_is_counted_once(made_up_country: Path) -> None:
    said = run(
        made_up_country, "areas", "--kommun", "6101", "--all-methods", "--format", "csv", "--quiet"
    )
    kinds = ("green", "yellow", "red", "better", "similar", "equal", "worse", "above", "below")
    areas = pl.read_csv(said.encode())
    counted = areas.select(pl.sum_horizontal(kinds)).to_series()
    assert counted.to_list() == areas["with_gap"].to_list()
    assert areas.select(pl.sum_horizontal("above", "below").sum()).item() > 0


def test_no_difference_is_shown_as_none(workspace: Workspace) -> None:
    """A median that is computed has more decimals than the own figure where they would hide it."""
    geos = workspace.observations()["geo"].unique().sort().to_list()
    rows = workspace.compared([geo for geo in geos if len(geo) == 4], ["lan"])
    hidden = rows.filter(pl.col("gap").abs().is_between(0.04, 0.06), decimals=1)
    table = compare_rows(workspace, hidden["geo"][0], asked=Asked(methods=()))
    (row,) = (
        table.rows.filter(indicator_id=hidden["indicator_id"][0], sex=hidden["sex"][0])
        .select(gap("county"), share("county").alias("county"))
        .iter_rows()
    )
    assert row[0][1:] == "0,05"
    assert row[1].endswith("5")
