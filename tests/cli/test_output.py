"""Files of a result: their formats, and what happens when they cannot be written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer

from ojmf.cli import app
from ojmf.compare.frame import FRAME
from ojmf.schema import COMPARISONS, OBSERVATIONS

RESULTS = {
    "account.csv",
    "areas.csv",
    "areas.parquet",
    "findings.csv",
    "gaps.csv",
    "gaps.parquet",
    "observations.csv",
    "observations.parquet",
    "status.csv",
    "status.parquet",
}
WRITTEN = pl.Schema(
    [
        *COMPARISONS.items(),
        *((name, pl.String) for name in ("reason", "place", "reference_place", "reference_origin")),
        ("reference_counted", pl.Int64),
        ("reference_members", pl.Int64),
        *((name, pl.String) for name in ("mark", "reference_mark", "deviation_mark")),
    ]
)
WRITTEN |= {name: kind for name, kind in FRAME.items() if name not in WRITTEN}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_run_writes_all_results_and_shows_areas_and_gaps(run, root: Path) -> None:
    result = run("run")
    assert result.exit_code == 0
    written = contents(root / "output")
    assert set(written) == RESULTS
    observations = pl.read_parquet(root / "output/observations.parquet")
    assert observations.schema == OBSERVATIONS
    assert observations.height == 14
    gaps = pl.read_parquet(root / "output/gaps.parquet")
    assert gaps.select(COMPARISONS.names()).schema == COMPARISONS
    assert gaps["place"].to_list() == [f"rad {line}" for line in gaps["line"]]
    assert gaps["reference_geo"].to_list() == ["01"] * 3 + ["00"] * 3
    assert result.stdout.startswith("Solna jämfört med Stockholms län och riket")
    assert "−89" in result.stdout
    assert "Skrev 10 filer i output" in result.stdout.splitlines()[-1]


def test_a_second_run_writes_the_same_bytes(run, root: Path) -> None:
    run("run")
    first = contents(root / "output")
    run("run", "--kommun", "0184", "--output", "again/and/again")
    assert contents(root / "again/and/again") == first


def test_a_run_without_answers_leaves_the_old_results(run, root: Path) -> None:
    run("run")
    before = contents(root / "output")
    result = run("run", "--kommun", "Stockholm")
    assert result.exit_code == 9
    assert contents(root / "output") == before


def test_run_chooses_a_municipality_by_its_figures_where_none_has_answers(run, root: Path) -> None:
    folder = root / "data/sources/prov-2024"
    for path, old, new in (
        (folder / "extract.txt", "\tJA\t", "\t\t"),
        (folder / "extract.txt", "\tDELVIS\t", "\t\t"),
        (folder / "extract.txt", "\tNEJ\t", "\t\t"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert run("run").exit_code == 0
    status = pl.read_parquet(root / "output/status.parquet")
    assert status["geo"].unique().to_list() == ["0184"]
    assert status["own_answer"].is_null().all()


def test_an_interrupted_run_leaves_the_old_results(run, root: Path, monkeypatch) -> None:
    """The disk is full at the last file: nothing is replaced, nothing is left behind."""
    run("run")
    before = contents(root / "output")
    report = root / "data/sources/prov-2024/extract.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("DELVIS", "JA"), encoding="utf-8")
    real = Path.write_bytes

    def full_disk(path: Path, data: bytes) -> int:
        if "account" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    result = run("run")
    monkeypatch.undo()
    assert result.exit_code == 8
    assert "output: disken är full" in result.stderr
    assert contents(root / "output") == before


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("out.csv", lambda path: pl.read_csv(path, schema=WRITTEN)),
        ("out.parquet", pl.read_parquet),
        ("out.json", lambda path: pl.read_json(path, schema=WRITTEN)),
        ("out.ndjson", lambda path: pl.read_ndjson(path, schema=WRITTEN)),
        ("OUT.XLSX", lambda path: pl.read_excel(path).cast(WRITTEN)),
    ],
)
def test_every_format_reads_back_as_the_same_frame(run, root: Path, name: str, read) -> None:
    result = run("status", "--kommun", "Solna", "--output", f"new/{name}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"Skrev new{os.sep}{name}" in result.stderr
    frame = read(root / "new" / name)
    assert frame.schema == WRITTEN
    dates = pl.selectors.date().cast(pl.String)
    rows = json.loads(run("status", "--kommun", "Solna", "-f", "json").stdout)
    assert frame.with_columns(dates).to_dicts() == rows


def test_markdown_goes_to_a_file_too(run, root: Path) -> None:
    run("areas", "--kommun", "Solna", "-o", "areas.md")
    assert (root / "areas.md").read_bytes().startswith("| Område |".encode())


def test_texts_stay_texts_in_a_workbook(run, root: Path) -> None:
    run("observations", "--area", "kostnader", "-o", "costs.xlsx")
    frame = pl.read_excel(root / "costs.xlsx")
    assert frame["row_label"].to_list() == ["=SUM(A1)", "Hyror"]
    assert frame["value"].to_list() == [1234.5, -17.25]
    assert frame["geo"].to_list() == ["0184", "0184"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--output", "out.docx"], "okänd filändelse ”.docx”"),
        (["--output", "out"], "okänd filändelse ””"),
        (["--output", "out.csv", "--format", "json"], "säger olika"),
        (["--format", "xml"], "”xml”"),
        (["--top", "0"], "--top"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_ends_with_2_before_any_work(
    run, root: Path, options: list[str], message: str
) -> None:
    (root / "data/geography.csv").unlink()
    result = run("gaps", "--kommun", "Solna", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_folder_in_the_way_is_told(run, root: Path) -> None:
    (root / "taken.csv").mkdir()
    result = run("sources", "-o", "taken.csv")
    assert result.exit_code == 8
    assert "är en mapp" in result.stderr
    assert (root / "taken.csv").is_dir()


def test_a_file_where_a_folder_should_be_is_told(run, root: Path) -> None:
    result = run("run", "--output", "report.txt")
    assert result.exit_code == 8
    assert "är en fil, inte en mapp" in result.stderr
    assert (root / "report.txt").read_text(encoding="utf-8").startswith("Prov")


def test_a_folder_that_has_to_be_made_is_told(run, root):
    result = run("sources", "--output", root / "ut" / "i" / "kallor.csv")
    assert result.exit_code == 0
    assert f"Mappen {root / 'ut'} fanns inte och är gjord." in result.stderr
    assert (root / "ut/i/kallor.csv").is_file()
    assert "fanns inte" not in run("sources", "--output", root / "ut" / "igen.csv").stderr


REPLACING = (
    ("status", "svar.csv"),
    ("gaps", "gap.json"),
    ("areas", "områden.md"),
    ("observations", "uppgifter.tsv"),
    ("sources", "källor.xlsx"),
    ("table", "bilaga.csv"),
    ("table", "bilaga.html"),
    ("table", "bilaga.md"),
    ("chart gaps", "gap.svg"),
    ("validate", "fynd.txt"),
    ("run", "allt"),
)


@pytest.mark.parametrize(("command", "name"), REPLACING)
def test_a_file_is_replaced_as_it_was_made_and_never_as_it_was_edited(
    run, tmp_path: Path, command: str, name: str
) -> None:
    place = () if command in {"sources", "observations", "validate"} else ("--kommun", "Solna")
    words = (*command.split(), *place, "--output", str(tmp_path / "ut" / name))
    assert run(*words).exit_code == 0
    assert run(*words).exit_code == 0
    files = sorted(path for path in (tmp_path / "ut").rglob("*") if path.is_file())
    edited = files[0].read_bytes() + b"\n"
    files[0].write_bytes(edited)
    refused = run(*words)
    assert refused.exit_code == 8
    assert "ändrad utanför det" in refused.stderr
    assert files[0].read_bytes() == edited
    assert run(*words, "--force").exit_code == 0
    assert run(*words).exit_code == 0


def test_a_file_that_ojmf_made_is_known_where_it_has_been_moved(run, tmp_path: Path) -> None:
    assert run("sources", "-o", str(tmp_path / "källor.csv")).exit_code == 0
    (tmp_path / "källor.csv").rename(tmp_path / "flyttad.csv")
    assert run("sources", "-o", str(tmp_path / "flyttad.csv")).exit_code == 0
    (tmp_path / "tom.csv").touch()
    assert run("sources", "-o", str(tmp_path / "tom.csv")).exit_code == 0
    (tmp_path / "egen.csv").write_text("egna anteckningar")
    assert run("sources", "-o", str(tmp_path / "egen.csv")).exit_code == 8


def test_every_command_that_writes_a_result_can_be_forced() -> None:
    def commands(command: Any, words: str = ""):
        for name in getattr(command, "commands", {}):
            yield from commands(command.get_command(None, name), f"{words} {name}")
        if not hasattr(command, "commands"):
            yield words.strip(), {option for one in command.params for option in one.opts}

    writing = {
        words: options
        for words, options in commands(typer.main.get_command(app))
        if "--output" in options
    }
    assert len(writing) > 20
    without = {words for words, options in writing.items() if "--force" not in options}
    assert without == {"source new"}  # which refuses a source that is there
