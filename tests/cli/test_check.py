"""``ojmf check``: whatever it passes can be used, and all that is wrong is told at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "data/sources/solna-oj-2024"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "arbetsyta"
    for name in ("data", "expectations"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("references"))
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def check(root: Path):
    return CliRunner().invoke(app, ["check", "--root", str(root)])


def test_a_sound_workspace_passes(workspace: Path) -> None:
    result = check(workspace)
    assert (result.exit_code, result.stdout[:7]) == (0, "Inga fe")


def test_faults_of_every_kind_of_file_are_told_at_once(workspace: Path) -> None:
    data = workspace / "data"
    (workspace / SOURCE / "extract.txt").write_text("ett\tFrågor\n", encoding="utf-8")
    edit(data / "language" / "sv.toml", "\n[", "\nokänd = 1\n[")
    edit(workspace / "expectations" / "observations.json", '"severity": "', '"severity": "x')
    result = check(workspace)
    assert result.exit_code == 6
    told = {
        Path(line.split(".toml")[0].split(".json")[0].split(".txt")[0]).name
        for line in result.stderr.splitlines()
        if str(workspace) in line
    }
    assert told == {"extract", "sv", "observations"}


def test_an_extract_that_is_not_as_declared_is_told_as_ingest_tells_it(workspace: Path) -> None:
    extract = workspace / SOURCE / "extract.txt"
    edit(extract, "\tJA\t", "\tKANSKE\t")
    result = check(workspace)
    assert result.exit_code == 6
    assert str(extract) in result.stderr
    assert "KANSKE" in result.stderr
    ingested = CliRunner().invoke(app, ["ingest", "solna-oj-2024", "--root", str(workspace)])
    assert ingested.exit_code == 5
    assert ingested.stderr.strip().removeprefix("fel: ").splitlines()[0] in result.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("geography.csv", "code,name\n00,Riket\n"),
        ("population.csv", "geo,date,population,source\n0184,2024-12-31,-1,x\n"),
        ("peers.csv", "group\n1\n"),
        ("targets.csv", "indicator_id,geo,period,target,source\nsaknas,0184,2024,1,x\n"),
        ("concepts/nytt.toml", "id = 3\n"),
        ("references/nytt.toml", "indicator = 3\n"),
    ],
)
def test_a_fault_of_declarations_is_told_beside_one_of_the_suites(
    workspace: Path, name: str, text: str
) -> None:
    path = workspace / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    suite = workspace / "expectations" / "observations.json"
    suite.write_text("{", encoding="utf-8")
    result = check(workspace)
    assert result.exit_code == 6
    assert str(path) in result.stderr
    assert str(suite) in result.stderr


def test_a_report_without_its_extract_is_told(workspace: Path) -> None:
    (workspace / SOURCE / "extract.txt").unlink()
    result = check(workspace)
    assert result.exit_code == 0
    assert f"{workspace / SOURCE / 'extract.txt'} saknas; källans tal läses" in result.stderr


def test_checks_that_came_after_the_workspace_are_told_and_added(workspace: Path) -> None:
    path = workspace / "expectations" / "observations.json"
    shipped = json.loads(path.read_text("utf-8"))
    without = [r for r in shipped["expectations"] if r["meta"]["check"] != "figure-elsewhere"]
    (units,) = (r for r in without if r["meta"]["check"] == "unit-unknown")
    units |= {"type": "expect_column_values_to_be_in_set"}
    units["kwargs"] = {"column": "unit", "value_set": ["answer", "percent"]}
    own = {**shipped, "expectations": without, "notes": "Våra egna."}
    path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")

    def of_suites() -> list[dict]:
        words = ["validate", "--root", str(workspace), "--format", "json"]
        rows = json.loads(CliRunner().invoke(app, words).stdout)
        return [row for row in rows if row["check"].startswith("checks-")]

    told, earlier = sorted(of_suites(), key=lambda row: row["check"])
    assert told["severity"] == "info"
    assert "observations.json" in told["message"]
    assert "figure-elsewhere. ojmf check --add-checks" in told["message"]
    assert earlier["severity"] == "info"
    assert "observations.json har kontroller" in earlier["message"]
    assert "annat sätt: unit-unknown. Är ändringen inte er egen: ta bort" in earlier["message"]
    words = ["check", "--add-checks", "--root", str(workspace)]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "Lade till kontroller" in done.stderr) == (0, True)
    after = json.loads(path.read_text("utf-8"))
    assert after["notes"] == "Våra egna."
    assert after["expectations"][: len(without)] == without
    assert {r["meta"]["check"] for r in after["expectations"]} == {
        r["meta"]["check"] for r in shipped["expectations"]
    }
    assert [row["check"] for row in of_suites()] == ["checks-outdated"]
    assert "Inga kontroller saknas" in CliRunner().invoke(app, words).stderr


def test_a_unit_that_nothing_knows_is_a_fault_with_what_it_may_mean(workspace: Path) -> None:
    source = workspace / "data/sources/enkoping-delarsrapport-2024-08/source.toml"
    edit(source, 'unit = "MSEK"', 'unit = "MSKE"')
    result = check(workspace)
    assert result.exit_code == 6
    assert "enheten ”MSKE” är okänd. Menade du MSEK?" in result.stderr
