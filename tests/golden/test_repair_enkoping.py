"""Repairs on the real scanned report, held against the corrections that a person has declared."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.ingest.document import read_extract
from ojmf.ingest.reading import EXTRACT, ReadDocument, read
from ojmf.ingest.source import ingest_source
from ojmf.printed import figure
from ojmf.repair import AMBIGUOUS, LIKELY, NOT_REPAIRABLE, PROVABLE, propose
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "enkoping-delarsrapport-2024-08"
CELL = ["table_id", "row_label", "column_label"]

NOT_UNIQUE = {
    ("Köp av verksamhet", "Budget 2024"): ["-77,0", "-77,1", "-77,2"],
    ("Familjehem BoU konsulentstödda", "Utfall jan-aug 2024"): ["-0,4", "-9,4", "-10,4"],
}
"""Cells that the identities alone do not single out a figure for; the second is declared all the
same, because the bounds of another unreadable cell leave only one."""

SIGN_HIDDEN = {
    ("Kapitaltjänstkostnader", "Utfall jan-aug 2023"): "-0,1",
    ("Ekonomiskt bistånd, flykting", "Bokslut 2023"): "0,3",
}
"""Cells so small that their sums close with the sign turned, and with all that lies between."""
DECIMALS_LOST = {
    ("Institutionsvård vuxna", "Avvikelse prognos mot budget i driftsredovisningen"): "4,0"
}
"""A cell printed without its decimals, of which the sums leave several."""
ONLY_LIKELY = SIGN_HIDDEN | DECIMALS_LOST


@cache
def document() -> ReadDocument:
    workspace = Workspace.open(ROOT)
    extract = workspace.source_folder(SOURCE) / EXTRACT
    source = workspace.source(SOURCE)
    return read(workspace, source, read_extract(extract, source.document))


@cache
def proposals() -> pl.DataFrame:
    """What is proposed for the printed figures, with all that is declared left out."""
    return propose(document(), ignore_corrections=True)


def declared() -> pl.DataFrame:
    return pl.DataFrame(
        [(c.table, c.row, c.column, c.value, c.expect) for c in document().source.correction],
        schema=[*CELL, "text", "expect"],
        orient="row",
    ).with_columns(declared=figure(pl.col("text")))


def test_nearly_all_declared_corrections_are_found_again() -> None:
    found = declared().join(proposals(), on=CELL, how="left")
    again = found.filter(pl.col("verdict") == PROVABLE, pl.col("value") == pl.col("declared"))
    missed = found.filter(pl.col("verdict") != PROVABLE)
    unproved = {*NOT_UNIQUE, *ONLY_LIKELY}
    assert set(missed.select("row_label", "column_label").rows()) <= unproved
    assert again.height >= 0.85 * found.height


def test_what_rounding_hides_is_likely_and_unconfirmed_once_it_is_declared() -> None:
    likely = proposals().filter(pl.col("verdict") == LIKELY)
    readings = {(r["row_label"], r["column_label"]): r["candidates"] for r in likely.to_dicts()}
    assert readings == {cell: [text] for cell, text in ONLY_LIKELY.items()}
    assert likely["value"].null_count() == likely.height
    cells = ingest_source(Workspace.open(ROOT), SOURCE).observations
    unconfirmed = cells.filter(pl.col("obs_status") == "V", pl.col("correction_id").is_not_null())
    assert set(unconfirmed.select("row_label", "column_label").rows()) == set(SIGN_HIDDEN)


def test_nothing_is_proved_that_a_person_has_not_declared() -> None:
    proved = proposals().filter(pl.col("verdict") == PROVABLE)
    beside = proved.join(declared(), on=CELL, how="left")
    assert beside.filter(pl.col("value").ne_missing(pl.col("declared"))).is_empty()


def test_what_rounding_leaves_open_is_ambiguous() -> None:
    open_ = proposals().filter(pl.col("verdict") == AMBIGUOUS)
    readings = {(r["row_label"], r["column_label"]): r["candidates"] for r in open_.to_dicts()}
    for cell, expected in NOT_UNIQUE.items():
        assert readings[cell] == expected
        assert open_.filter(pl.col("row_label") == cell[0])["value"].to_list() == [None]


def test_a_figure_declared_unreadable_is_not_proved() -> None:
    for given in (proposals(), propose(document())):
        for fix in document().source.unreadable:
            own = given.filter(
                pl.col("table_id") == fix.table,
                pl.col("row_label") == fix.row,
                pl.col("column_label") == fix.column,
            )
            assert own["verdict"].to_list() == [AMBIGUOUS]


def test_what_the_report_contradicts_is_not_mended() -> None:
    by_line = {
        r["line"]: r for r in proposals().filter(pl.col("raw").is_in(["-176,8", "-0,3"])).to_dicts()
    }
    assert by_line[393]["verdict"] == NOT_REPAIRABLE
    assert by_line[470]["verdict"] == AMBIGUOUS
    assert by_line[470]["candidates"] == ["0,3", "-0,3"]


def test_declared_corrections_leave_nothing_more_to_prove() -> None:
    assert PROVABLE not in propose(document())["verdict"].to_list()


def test_the_same_document_gives_the_same_proposals() -> None:
    assert propose(document(), ignore_corrections=True).equals(proposals())


# --- on the command line --------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose scanned source has no corrections, as the current folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "sources" / SOURCE / "source.toml"
    blocks = re.split(r"(?m)^(?=\[\[|# )", path.read_text(encoding="utf-8"))
    kept = [
        b for b in blocks if not b.startswith(("[[correction]]", "[[unreadable]]", "[[accepted]]"))
    ]
    path.write_text("".join(kept), encoding="utf-8", newline="\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    return path


def test_proved_repairs_are_added_and_load_again(bare: Path) -> None:
    before = bare.read_text(encoding="utf-8")
    result = CliRunner().invoke(app, ["repair", SOURCE, "--write", "--format", "csv"])
    assert result.exit_code == 0, result.stderr
    after = bare.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert result.stderr.count("→") == after.count("[[correction]]") >= 69
    assert "lades inte till" in result.stderr
    observations = ingest_source(Workspace.open(bare.parents[3]), SOURCE).observations
    fixed = observations.drop_nulls("correction_id")
    reviewed = ingest_source(Workspace.open(ROOT), SOURCE).observations
    beside = fixed.join(reviewed, on=["line", "column_label"], suffix="_reviewed")
    assert beside.height == after.count("[[correction]]")
    assert beside["value"].equals(beside["value_reviewed"], null_equal=True)


def test_a_second_write_adds_nothing(bare: Path) -> None:
    CliRunner().invoke(app, ["repair", SOURCE, "--write", "--quiet"])
    once = bare.read_text(encoding="utf-8")
    result = CliRunner().invoke(app, ["repair", SOURCE, "--write"])
    assert result.exit_code == 0
    assert "Lade till 0 rättelser" in result.stderr
    assert bare.read_text(encoding="utf-8") == once


def test_proposals_are_rows_of_json(bare: Path) -> None:
    result = CliRunner().invoke(app, ["repair", SOURCE, "--format", "json", "--quiet"])
    rows = pl.read_json(result.stdout.encode())
    names = {"line", "row_label", "column_label", "raw", "value", "verdict", "candidates", "proof"}
    assert names <= set(rows.columns)
    assert rows.filter(pl.col("raw") == "27477")["value"].to_list() == [-274.7]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([SOURCE, "--write", "--ignore-corrections"], "går inte ihop"),
        ([SOURCE, "--source", SOURCE], "--source gäller filer"),
    ],
)
def test_options_that_do_not_go_together(bare: Path, arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["repair", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr
    assert "[[correction]]" not in bare.read_text(encoding="utf-8")
