"""Control charts from the command line: declared parts, screening, and the picture of both."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app

HOUSEHOLDS = "pahittade-manader.hushall"


def run(root: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "--root", str(root)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def declared(made_up_country: Path, tmp_path: Path) -> Path:
    root = tmp_path / "land"
    shutil.copytree(made_up_country, root)
    (root / "data/charts.csv").write_text(
        "indicator_id,geo,kind,date,reason\n"
        f"{HOUSEHOLDS},6101,rebase,2024-01-01,bidragen räknas per hushåll\n"
        f"{HOUSEHOLDS},6101,baseline,2024-12-31,året före höjningen\n",
        encoding="utf-8",
    )
    return root


def points(root: Path, path: Path, *words: str) -> pl.DataFrame:
    run(root, "trends", "--kommun", "Sagoköping", "--points", "--output", str(path), *words)
    return pl.read_parquet(path).filter(indicator_id=HOUSEHOLDS)


def test_a_declared_part_has_limits_of_its_own(declared: Path, tmp_path: Path) -> None:
    found = points(declared, tmp_path / "p.parquet")
    assert found["rebased"].n_unique() == 2
    assert found["mean"].n_unique() == 2
    assert found["counted"].to_list() == [True] * 24 + [False] * 8
    assert found["signal"].tail(8).null_count() == 0
    table = run(declared, "trends", "--kommun", "Sagoköping", "--format", "md")
    assert "ombaserad 2024-01-01: bidragen räknas per hushåll" in table
    assert "baslinje till och med 2024-12-31: året före höjningen" in table


def test_the_declaration_is_drawn_with_its_reason(declared: Path, tmp_path: Path) -> None:
    path = tmp_path / "serie.svg"
    words = ("chart", "trend", "--kommun", "Sagoköping", "--indicator", HOUSEHOLDS)
    alt = run(declared, *words, "--output", str(path))
    drawn = path.read_text(encoding="utf-8")
    for said in ("Ombaserad från 2024-01-01: bidragen", "Baslinje till och med 2024-12-31: året"):
        assert said in alt
        assert said in drawn


def test_screening_can_be_turned_off(made_up_country: Path, tmp_path: Path) -> None:
    with_it = points(made_up_country, tmp_path / "a.parquet")
    without = points(made_up_country, tmp_path / "b.parquet", "--no-screening")
    ranges = without["value"].diff().abs().drop_nulls().to_list()
    assert without["width"][0] == pytest.approx(2.66 * sum(ranges) / len(ranges))
    assert with_it["width"][0] <= without["width"][0]
    said = "lla skillnader ingår i gränserna, också de stora"
    table = ("trends", "--kommun", "Sagoköping", "--format", "md")
    path = tmp_path / "serie.svg"
    drawn = ("chart", "trend", "--kommun", "Sagoköping", "--indicator", HOUSEHOLDS)
    for option, told in (("--screening", False), ("--no-screening", True)):
        assert (f"a{said}" in run(made_up_country, *table, option)) is told
        alt = run(made_up_country, *drawn, option, "--output", str(path), "--force")
        assert (f"A{said}" in alt, f"A{said}" in path.read_text("utf-8")) == (told, told)


def test_a_faulty_declaration_is_a_fault_of_the_workspace(declared: Path) -> None:
    path = declared / "data/charts.csv"
    path.write_text("indicator_id,geo,kind,date,reason\nx,6101,rebase,2024-01-01,a\n", "utf-8")
    assert "charts.csv rad 2" in run(declared, "check", code=6)
