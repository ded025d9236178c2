"""Denominators, tolerances and decided targets, from the workspace's files to the verdict."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.errors import DeclarationError
from ojmf.workspace import Workspace

AREA = """\
[area]
id = "prov"
name = "Prov"

[defaults]
polarity = "higher"
polarity_reason = "Fler får stöd."
unit = "percent"
kind = "share"
method = "reference"

[[indicator]]
id = "prov.andel"
name = "Andel med stöd"
denominator = "prov.tillfragade"

[[indicator]]
id = "prov.utan"
name = "Andel utan nämnare"
tolerance = 5

[[indicator]]
id = "prov.hushall"
name = "Hushåll med bistånd"
unit = "households"
kind = "count"
polarity = "lower"
denominator = "population"

[[indicator]]
id = "prov.tillfragade"
name = "Tillfrågade"
unit = "persons"
kind = "count"
method = "neutral"

[[indicator]]
id = "prov.mal"
name = "Andel mot mål"
method = "target"
"""
FIGURES = {
    "prov.andel": ("percent", {"0184": 60, "01": 50}),
    "prov.tillfragade": ("persons", {"0184": 200, "01": 9000}),
    "prov.utan": ("percent", {"0184": 52, "01": 50}),
    "prov.hushall": ("households", {"0184": 20, "01": 1000}),
    "prov.mal": ("percent", {"0184": 70}),
}
POPULATION = """\
geo,date,population,source
0184,2023-01-01,5000,x
0184,2024-12-01,1000,x
01,2024-12-31,200000,x
"""
TARGETS = "indicator_id,geo,period,target,source\nprov.mal,0184,2024,75,SN § 12\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("sources", "indicators", "references"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data/indicators/prov.toml").write_text(AREA, encoding="utf-8")
    (tmp_path / "data/geography.csv").write_text(
        "code,name,level,county_code\n01,Länet,county,01\n0184,Solna stad,municipality,01\n",
        encoding="utf-8",
    )
    for name, (unit, values) in FIGURES.items():
        rows = [f"{code},{value}" for code, value in values.items()]
        stem = tmp_path / "data/references" / name.removeprefix("prov.")
        stem.with_suffix(".csv").write_text("\n".join(["code,value", *rows]), encoding="utf-8")
        stem.with_suffix(".toml").write_text(
            f'indicator = "{name}"\nunit = "{unit}"\nsource = "x"\nperiod = "2024"\n',
            encoding="utf-8",
        )
    (tmp_path / "data/population.csv").write_text(POPULATION, encoding="utf-8")
    (tmp_path / "data/targets.csv").write_text(TARGETS, encoding="utf-8")
    return tmp_path


def judged(root: Path) -> dict[str, dict[str, object]]:
    words = ["status", "--kommun", "0184", "--format", "csv", "--root", str(root)]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    rows = pl.read_csv(io.StringIO(result.stdout))
    return {row["indicator_id"].removeprefix("prov."): row for row in rows.iter_rows(named=True)}


def test_a_share_is_judged_by_those_who_were_asked(root: Path) -> None:
    share = judged(root)["andel"]
    assert (share["verdict"], share["confidence"], share["needed"]) == ("better", 95.0, 0.0)
    assert share["lower"] == pytest.approx(53.08, abs=0.01)


def test_a_count_is_judged_by_the_population_nearest_in_time(root: Path) -> None:
    count = judged(root)["hushall"]
    assert (count["reference"], count["verdict"], count["confidence"]) == (5.0, "worse", 99.8)
    assert count["needed"] == 15.0


def test_without_a_denominator_the_declared_tolerance_decides(root: Path) -> None:
    share = judged(root)["utan"]
    assert share["verdict"] == "similar"
    assert "toleransen ±5," in str(share["reason"])


def test_a_decided_target_is_met_or_not_and_says_where_it_was_decided(root: Path) -> None:
    share = judged(root)["mal"]
    assert (share["reference"], share["gap"], share["verdict"]) == (75.0, -5.0, "worse")
    assert share["reason"] == "utfall mot beslutat mål (SN § 12)"


def test_a_workspace_needs_none_of_the_files(root: Path) -> None:
    for name in ("population.csv", "targets.csv"):
        (root / "data" / name).unlink()
    rows = judged(root)
    assert rows["andel"]["verdict"] == "better"
    assert rows["hushall"]["verdict"] is None
    assert rows["mal"]["verdict"] is None


def test_two_different_denominators_are_none(root: Path) -> None:
    again = root / "data/references/tillfragade"
    for suffix in (".toml", ".csv"):
        text = again.with_suffix(suffix).read_text(encoding="utf-8").replace("0184,200", "0184,300")
        (root / "data/references/igen").with_suffix(suffix).write_text(text, encoding="utf-8")
    assert judged(root)["andel"]["verdict"] is None


def test_a_denominator_is_of_the_same_period(root: Path) -> None:
    path = root / "data/references/tillfragade.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2024", "2024-12"), encoding="utf-8")
    row = judged(root)["andel"]
    assert (row["verdict"], row["reason"]) == (None, "nämnare saknas och ingen tolerans är angiven")


def test_an_explanation_tells_how_a_reference_was_converted(root: Path) -> None:
    words = ["status", "--kommun", "0184", "--explain", "-f", "json", "--root", str(root)]
    rows = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    told = {row["indicator_id"].removeprefix("prov."): row["explanation"] for row in rows}
    assert "referens 5,0, omräknat med nämnarna från 1\u00a0000,0 (x rad 3)" in told["hushall"]
    assert "referens 75,0; skillnad = 70,0 − 75,0" in told["mal"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("prov.okand,0184,2024,75,x", "rad 2: indikatorn ”prov.okand” finns inte i katalogen"),
        ("prov.mal,0184,i fjol,75,x", "rad 2: "),
        ("prov.mal,0184,2024,,x", "rad 2: target saknas"),
        ("prov.mal,0184,2024,inf,x", "rad 2: target saknas"),
        ("prov.mal,184,2024,75,x", "rad 2: ”184” är ingen kommun"),
        ("prov.andel,0184,2024,75,x", "rad 2: prov.andel har metoden reference"),
        ("\nprov.mal,0184,2024,75,x\nprov.mal,0184,2024-01/2024-12,80,x", "rad 4: målet för"),
        (
            "prov.mal,0184,2024,75,x\nprov.mal,0184,2024,80,x",
            "rad 3: målet för prov.mal i 0184 2024 står redan på rad 2",
        ),
        ("prov.mal,0184,2024,sju,x", "target är ”sju”, väntade ett tal"),
    ],
)
def test_a_faulty_target_is_refused_with_its_line(root: Path, row: str, expected: str) -> None:
    path = root / "data/targets.csv"
    path.write_text(TARGETS.splitlines()[0] + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        Workspace.open(root)
    assert expected in str(error.value)
    assert "targets.csv" in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tolerance = 5", "tolerance = -1", "tolerance"),
        ("tolerance = 5", "tolerance = inf", "tolerance"),
        ("tolerance = 5", 'denominator = "prov.utan"', "nämnaren ”prov.utan”"),
        ('"prov.tillfragade"\n\n[[', '"prov.okand"\n\n[[', "nämnaren ”prov.okand”"),
    ],
)
def test_a_faulty_declaration_is_refused(root: Path, old: str, new: str, expected: str) -> None:
    path = root / "data/indicators/prov.toml"
    path.write_text(AREA.replace(old, new), encoding="utf-8")
    with pytest.raises(DeclarationError, match=expected):
        Workspace.open(root)
