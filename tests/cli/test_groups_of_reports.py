"""A group of municipalities in a report is a place of its own, to be compared with when asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.declarations.base import GROUP_ID
from ojmf.frames import as_given
from ojmf.frames.kinds import DENOMINATED
from ojmf.workspace import Workspace

GROUP = "G-1715-medel-alla-kommuner"
REPORT = (
    "Kommunens kvalitet i korthet, Kils kommun {year}\n\nMått\tKil {year}\t"
    "Medel alla kommuner {year}\tRiket {year}\nElever som klarat proven, andel (%)\t66\t70\t72\n"
    "Nöjda brukare, andel (%)\t84\t80\t81\n"
)
Run = Callable[..., str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("grupper") / "arbetsyta"


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    def _run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--root", str(home), "--quiet"])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert CliRunner().invoke(app, ["init", str(home)]).exit_code == 0
    for year in ("2024", "2025"):
        path = home.parent / f"korthet-{year}.txt"
        path.write_text(REPORT.format(year=year), encoding="utf-8")
        _run("import", str(path), "--yes", "--accept-all")
    return _run


def test_its_figures_are_its_own_in_each_years_report(run: Run, home: Path) -> None:
    assert run("check")
    found = Workspace.open(home).observations()
    assert found["geo"].value_counts().sort("geo").rows() == [
        ("00", 4),
        ("1715", 4),
        (GROUP, 4),
    ]
    assert found.filter(geo=GROUP)["value"].to_list() == [70, 80, 70, 80]
    printed = json.loads(run("validate", "--format", "json", "--fail-on", "never"))
    assert not [one for one in printed if one["check"] in {"geo-unknown", "place-level"}]


def test_it_is_compared_with_by_its_name_when_asked_for(run: Run) -> None:
    asked = ("gaps", "--kommun", "Kil", "--format", "json", "--against")
    (first, second) = json.loads(run(*asked, "medel alla kommuner"))
    assert {first["reference_geo"], second["reference_geo"]} == {GROUP}
    assert {first["reference_kind"], second["reference_kind"]} == {"group"}
    assert sorted([first["reference"], second["reference"]]) == [70, 80]
    assert {row["reference_geo"] for row in json.loads(run(*asked, "riket"))} == {"00"}
    shown = run("gaps", "--kommun", "Kil", "--against", GROUP)
    assert "Medel alla" in shown
    assert GROUP not in shown


def test_it_is_no_municipality_among_others(run: Run, home: Path) -> None:
    run("site", "--output", str(home.parent / "webb"))
    pages = {path.parent.name for path in (home.parent / "webb").rglob("index.html")}
    assert pages == {"webb", "kil-1715"}
    run("export", "--output", str(home.parent / "paket"))
    places = pl.read_csv(home.parent / "paket" / "data" / "geography.csv", infer_schema=False)
    assert places.filter(level="group").rows() == [(GROUP, "Medel alla kommuner", "group", None)]
    status = pl.read_csv(home.parent / "paket" / "data" / "status.csv", infer_schema=False)
    assert set(status["geo"]) == {"1715"}
    assert GROUP not in set(status["reference_geo"])


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--kommun", "Kil", "--output", "rapport.docx"),
        ("table", "--kommun", "Kil", "--all-methods", "--output", "tabell.xlsx"),
        ("chart", "gaps", "--kommun", "Kil", "--all-methods", "--output", "bild.svg"),
        ("export", "--format", "json-stat2", "--output", "kub.json"),
    ],
)
def test_figures_of_it_are_read_wherever_figures_are_shown(
    run: Run, home: Path, words: tuple[str, ...]
) -> None:
    *asked, name = words
    run(*asked, str(home.parent / name))
    assert (home.parent / name).exists()


def test_denominators_may_be_of_it() -> None:
    given = {"indicator_id": ["a"], "geo": [GROUP], "period_end": [date(2025, 12, 31)]}
    assert as_given(pl.DataFrame({**given, "denominator": [40.0]}), DENOMINATED).height == 1


def test_its_id_is_longer_than_the_code_of_a_municipality() -> None:
    assert re.fullmatch(GROUP_ID, GROUP)
    assert re.fullmatch(GROUP_ID, "G-ab") is None
