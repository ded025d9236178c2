"""Groups of municipalities: answers within them, lists of one's own, and the nearest by figures."""

from __future__ import annotations

import csv
import io
import json
import shutil
from math import sqrt
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.compare.nearness import similar
from ojmf.errors import SelectionError
from ojmf.workspace import Workspace

SHARE, COST = "pahittade-matt.bistand-andel", "pahittade-matt.ifo-kostnad"
QUESTION = "oj-vald.samverkan-polisen"


@pytest.fixture(scope="module")
def workspace(made_up_country: Path) -> Workspace:
    return Workspace.open(made_up_country)


def run(root: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "--root", str(root)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output if code else result.stdout


def figures(workspace: Workspace, indicator: str) -> dict[str, float]:
    """The values of all municipalities in the last year."""
    cells = workspace.observations().filter(
        pl.col("geo").str.len_chars() == 4,
        pl.col("period_end").dt.year() == 2025,
        indicator_id=indicator,
        sex="_T",
    )
    points = pl.col("answer").replace_strict(
        {"JA": 100.0, "DELVIS": 50.0, "NEJ": 0.0}, default=None
    )
    known = cells.select("geo", pl.coalesce("value", points)).drop_nulls()
    return dict(known.unique("geo").iter_rows())


def nearest(workspace: Workspace, own: str, weights: dict[str, float]) -> list[tuple[str, float]]:
    """The same in plain arithmetic."""
    values = {name: figures(workspace, name) for name in weights}
    spread = {name: pstdev(known.values()) for name, known in values.items()}
    common = set.intersection(*(set(known) for known in values.values())) - {own}
    distances = {
        geo: sqrt(
            sum(
                weight * ((values[name][geo] - values[name][own]) / spread[name]) ** 2
                for name, weight in weights.items()
            )
            / sum(weights.values())
        )
        for geo in common
    }
    return sorted(distances.items(), key=lambda item: (item[1], item[0]))


@pytest.mark.parametrize(
    "weights",
    [
        {SHARE: 1.0},
        {SHARE: 1.0, COST: 1.0},
        {SHARE: 3.0, COST: 0.5, QUESTION: 1.0},
    ],
)
def test_the_nearest_are_those_that_plain_arithmetic_finds(
    workspace: Workspace, weights: dict[str, float]
) -> None:
    found = similar(
        workspace.observations(),
        workspace.indicators,
        "Drömvik",
        list(weights),
        weights=list(weights.values()),
        nearest=10,
        geography=workspace.geography,
    )
    own = workspace.geography.filter(name="Drömvik")["code"][0]
    expected = nearest(workspace, own, weights)
    shown = found.unique("geo", maintain_order=True)
    assert shown["geo"].to_list() == [geo for geo, _ in expected[:10]]
    assert shown["distance"].to_list() == pytest.approx([size for _, size in expected[:10]])
    assert set(found["of"]) == {len(expected)}
    assert found["indicator_id"].to_list() == list(weights) * 10
    assert mean(found["weight"]) == pytest.approx(mean(weights.values()))


def test_the_command_shows_distances(made_up_country: Path, workspace: Workspace) -> None:
    words = ("peers", "--kommun", "Drömvik", "--similar", "--by", f"{SHARE},{COST}")
    shown = list(csv.DictReader(io.StringIO(run(made_up_country, *words, "--format", "csv"))))
    assert len(shown) == 14
    assert [row["place"] for row in shown[::2]] == list("1234567")
    weighted = run(made_up_country, *words, "--weights", "1,9", "--top", "3", "--format", "json")
    own = workspace.geography.filter(name="Drömvik")["code"][0]
    expected = nearest(workspace, own, {SHARE: 1.0, COST: 9.0})[:3]
    assert [row["geo"] for row in json.loads(weighted)[::2]] == [geo for geo, _ in expected]
    assert "Kommuner som liknar Drömvik, av" in run(made_up_country, *words)


@pytest.mark.parametrize(
    ("by", "more", "said"),
    [
        ("x", {}, "Okänd indikator: ”x”"),
        (SHARE, {"weights": [1.0, 2.0]}, "Ange en ändlig vikt över 0"),
        (SHARE, {"weights": [0.0]}, "Ange en ändlig vikt över 0"),
        (SHARE, {"weights": [float("nan")]}, "Ange en ändlig vikt över 0"),
        (SHARE, {"weights": [float("inf")]}, "Ange en ändlig vikt över 0"),
        ("pahittade-manader.barn", {}, "ingen uppgift om pahittade-manader.barn"),
    ],
)
def test_what_cannot_be_measured_is_told(
    workspace: Workspace, by: str, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(SelectionError, match=said):
        similar(workspace.observations(), workspace.indicators, "6102", by.split(","), **more)


def test_wrong_usage_is_told(made_up_country: Path) -> None:
    peers = ("peers", "--kommun", "Drömvik")
    assert "Ange indikatorerna med --by" in run(made_up_country, *peers, "--similar", code=2)
    assert "tillsammans med --similar" in run(made_up_country, *peers, "--by", SHARE, code=2)
    words = (*peers, "--similar", "--by", SHARE, "--weights", "två")
    assert "är inga tal" in run(made_up_country, *words, code=2)


def test_answers_have_the_share_of_ja_among_the_others_of_a_group_of_ones_own(
    made_up_country: Path, tmp_path: Path, workspace: Workspace
) -> None:
    root = tmp_path / "land"
    shutil.copytree(made_up_country, root)
    members = ["6102", "6103", "6104", "6105", "6106"]
    with (root / "data/peers.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"grannar,Våra grannar,,{code}\n" for code in members)
    words = ("peers", "--kommun", "Sagoköping", "--group", "grannar", "--format", "json")
    rows = {row["indicator_id"]: row for row in json.loads(run(root, *words))}
    answers = figures(workspace, QUESTION)
    others = [answers[code] for code in members if code in answers]
    row = rows[QUESTION]
    assert row["own"] == answers["6101"]
    assert row["median"] == pytest.approx(100 * others.count(100.0) / len(others))
    assert row["gap"] == pytest.approx(row["own"] - row["median"])
    assert (row["compared"], row["members"], row["rank"]) == (len(others) + 1, 6, None)
    assert rows[SHARE]["rank"] is not None
    gaps = run(root, "gaps", "--kommun", "Sagoköping", "--against", "Våra grannar")
    assert "Våra grannar" in gaps or "grannar" in gaps


def test_a_group_is_found_by_its_title_too(made_up_country: Path) -> None:
    words = ["peers", "--kommun", "6101", "--root", str(made_up_country), "--format", "csv"]
    by_id = CliRunner().invoke(app, [*words, "--group", "K2"])
    titles = pl.read_csv(made_up_country / "data" / "peers.csv", infer_schema=False)
    title = titles.filter(group_id="K2")["group_title"][0]
    by_title = CliRunner().invoke(app, [*words, "--group", title])
    assert by_id.exit_code == by_title.exit_code == 0, by_title.stderr
    assert by_title.stdout == by_id.stdout
