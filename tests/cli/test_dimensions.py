"""The six areas of quality: every question is in one, and the shares are those of its questions."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf import compare
from ojmf.cli import app
from ojmf.compare.areas_of_figures import KINDS
from ojmf.declarations.loading import embedded_root
from ojmf.model import DIMENSION_WORDS, Dimension, IndicatorType
from ojmf.workspace import Workspace

SOLNA = "0184"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open(embedded_root())


def areas(root: Path, kommun: str, *words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(
        app, ["areas", "--kommun", kommun, "--by", "dimension", "--root", str(root), *words]
    )
    assert result.exit_code == 0, result.output
    rows: list[dict[str, object]] = json.loads(result.stdout)
    return rows


def test_every_question_has_a_dimension_and_a_type(workspace: Workspace) -> None:
    questions = workspace.indicators.filter(unit="answer")
    assert questions.height == 106
    assert set(questions["dimension"]) <= set(Dimension)
    assert set(questions["type"]) <= set(IndicatorType)
    # The same question is in one dimension, in whichever area it is asked.
    same = questions.group_by("name").agg(pl.col("dimension").n_unique())
    assert same["dimension"].unique().to_list() == [1]
    text = (embedded_root() / "data/indicators/oj-vald.toml").read_text("utf-8")
    assert "är vår läsning av frågorna" in text
    assert set(DIMENSION_WORDS) == set(Dimension)


def test_the_shares_are_those_of_the_questions_of_the_dimension(workspace: Workspace) -> None:
    shown = areas(workspace.root, SOLNA, "--format", "json")
    status = compare.status(workspace.observations(), workspace.indicators, SOLNA).join(
        workspace.indicators.select("indicator_id", "dimension"), on="indicator_id"
    )
    assert [row["area_id"] for row in shown] == [
        name for name in DIMENSION_WORDS if name in status["dimension"]
    ]
    for row in shown:
        of = status.filter(dimension=row["area_id"])
        known = of.drop_nulls(["own", "reference"])
        yes = (known["own"] == 100).mean()
        assert row["indicators"] == of.height
        assert row["green"] == (of["status"] == "green").sum()
        assert row["county_mean"] == pytest.approx(known["reference"].mean())
        assert isinstance(yes, float)
        assert row["gap_county"] == pytest.approx(100 * yes - row["county_mean"])  # type: ignore[operator]
    assert sum(int(str(row["indicators"])) for row in shown) == 106


def test_computed_shares_meet_question_by_question(made_up_country: Path) -> None:
    rows = areas(made_up_country, "Drömvik", "--format", "json")
    assert len(rows) == 5
    assert all(isinstance(row["gap_national"], float) for row in rows)


def test_the_reading_is_said_to_be_ours(workspace: Workspace) -> None:
    words = ["areas", "--kommun", "Solna", "--by", "dimension", "--root", str(workspace.root)]
    shown = CliRunner().invoke(app, words)
    assert "vår läsning av frågorna, ingen officiell indelning" in shown.stdout
    assert "Helhetssyn och samordning" in shown.stdout
    refused = CliRunner().invoke(app, [*words, "--carriers"])
    assert refused.exit_code == 2


def test_figures_stand_by_dimension_too(made_up_country: Path) -> None:
    words = ["areas", "--kommun", "Drömvik", "--area", "pahittade-matt", "--by", "dimension"]
    shown = CliRunner().invoke(app, [*words, "--root", str(made_up_country)])
    assert shown.exit_code == 0
    assert "Utan kvalitetsområde" in shown.stdout


def test_the_gaps_stand_dimension_by_dimension(workspace: Workspace) -> None:
    words = ["gaps", "--kommun", SOLNA, "--by", "dimension", "--format", "json"]
    result = CliRunner().invoke(app, [*words, "--root", str(workspace.root)])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    placed = dict(workspace.indicators.select("indicator_id", "dimension").iter_rows())
    assert [row["dimension"] for row in rows] == [placed[row["indicator_id"]] for row in rows]
    order = [list(DIMENSION_WORDS).index(row["dimension"]) for row in rows]
    assert order == sorted(order)
    for dimension in DIMENSION_WORDS:
        gaps = [row["gap"] for row in rows if row["dimension"] == dimension]
        assert gaps == sorted(gaps)
    every = compare.gaps(workspace.observations(), workspace.indicators, SOLNA)
    assert {row["indicator_id"] for row in rows} == set(every["indicator_id"])
    words[-1] = "md"
    shown = CliRunner().invoke(app, [*words, "--root", str(workspace.root)]).stdout
    assert f"| {DIMENSION_WORDS[rows[0]['dimension']]} |" in shown


@pytest.mark.parametrize("kind", ["dimension", "type"])
def test_every_command_can_place_its_rows(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    root = ("--kommun", SOLNA, "--by", kind, "--root", str(workspace.root))
    placed = dict(workspace.indicators.select("indicator_id", kind).iter_rows())
    order = [name for name in KINDS[kind] if name in placed.values()]
    table = tmp_path / "t.csv"
    for words in (
        ("status", "--format", "csv"),
        ("gaps", "--format", "csv"),
        ("table", "-o", table),
    ):
        result = CliRunner().invoke(app, [*map(str, words), *root])
        assert result.exit_code == 0, result.output
        text = table.read_text("utf-8-sig") if words[0] == "table" else result.stdout
        separator = ";" if words[0] == "table" else ","
        shown = pl.read_csv(io.StringIO(text), separator=separator, infer_schema=False)
        assert shown[kind].to_list() == [placed[name] for name in shown["indicator_id"]]
        assert shown[kind].unique(maintain_order=True).to_list() == order
    result = CliRunner().invoke(app, ["areas", *root, "--format", "json"])
    rows = json.loads(result.stdout)
    assert [row["area_id"] for row in rows] == order
    assert sum(row["indicators"] for row in rows) == 106
