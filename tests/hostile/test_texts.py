"""What a terminal, a browser or a chart obeys is refused where it is declared, and never shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.present.tables import Column, to_markdown, to_text
from ojmf.printed import decimals, figure, number

ROOT = Path(__file__).resolve().parents[2]
CONTROLS = ["\x1b[2J", "\x07", "\u202e", "\u2066", "\x9b"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data", "expectations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def check(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", "--root", str(root)])
    assert set("".join(CONTROLS)) & set(result.stderr) <= set("[2J")
    return result.exit_code, result.stderr


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("data/indicators/oj-vald.toml", 'name = "', 'name = "{}'),
        ("data/geography.csv", "Solna", "{}Solna"),
        ("data/geography.csv", "municipality", "{}municipality"),
        ("data/peers.csv", "Liknande", "{}Liknande"),
        ("data/population.csv", "SCB", "{}SCB"),
        ("expectations/measures.json", '"notes": "', '"notes": "{}'),
    ],
)
def test_a_control_character_in_a_workspace_is_a_fault_of_its_file(
    root: Path, name: str, before: str, after: str, control: str
) -> None:
    path = root / name
    written = control
    if path.suffix in {".toml", ".json"}:
        written = "".join(f"\\u{ord(letter):04x}" for letter in control)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after.format(written), 1), encoding="utf-8")
    code, told = check(root)
    assert code == 6
    assert f"{path}" in told
    assert f"U+{ord(control[0]):04X}" in told


@pytest.mark.parametrize("control", CONTROLS)
def test_a_table_shows_what_it_must_not_obey(control: str) -> None:
    frame = pl.DataFrame({"a": [f"före{control}efter"]})
    view = [Column("Mått", pl.col("a"))]
    for text in (to_text(frame, view, width=80), to_markdown(frame, view)):
        assert control[0] not in text
        assert "före\\" in text.replace("\\\\", "\\")


WRONG: list[Any] = [0, True, "x", [], [["x"]], {"x": {"y": 1}}, 1.5]


@pytest.mark.parametrize("thing", WRONG, ids=range(len(WRONG)))
@pytest.mark.parametrize("key", ["type", "severity", "notes", "kwargs", "meta", "check", "message"])
def test_a_suite_of_any_shape_is_read_or_told(root: Path, key: str, thing: Any) -> None:
    path = root / "expectations/measures.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    rule = suite["expectations"][0]
    (rule["meta"] if key in {"check", "message"} else rule)[key] = thing
    path.write_text(json.dumps(suite), encoding="utf-8")
    code, told = check(root)
    assert code in {0, 6}
    assert code == 0 or str(path) in told


@pytest.mark.parametrize(
    "message", ["{}", "{0}", "{a.b}", "{a[0]}", "{a:>999999999}", "{a!r}", "{", "{a:{b}}"]
)
def test_a_message_that_could_not_be_filled_in_is_a_fault(root: Path, message: str) -> None:
    path = root / "expectations/measures.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    suite["expectations"][0]["meta"]["message"] = message
    path.write_text(json.dumps(suite), encoding="utf-8")
    code, told = check(root)
    assert (code, "går inte att fylla i" in told) == (6, True)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": ' + "9" * 5000 + "}", "", "\x00", "[]"])
def test_a_file_that_is_no_suite_is_told(root: Path, text: str) -> None:
    (root / "expectations/measures.json").write_text(text, encoding="utf-8")
    code, told = check(root)
    assert (code, "measures.json: " in told) == (6, True)


def test_a_suite_with_an_unknown_entry_is_told(root: Path) -> None:
    path = root / "expectations/measures.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(suite | {"nyckel": 1}), encoding="utf-8")
    code, told = check(root)
    assert (code, "nyckel" in told, str(path) in told) == (6, True, True)


@pytest.mark.parametrize("text", ["9" * 300, "0," + "1" * 200, "1" * 16])
def test_a_figure_of_more_digits_than_a_number_holds_is_none(text: str) -> None:
    read = pl.select(value=figure(pl.lit(text)), decimals=decimals(pl.lit(text)))
    assert read.row(0) == (None, None)
    assert pl.select(figure(pl.lit("9" * 15))).item() == 999_999_999_999_999


def test_a_number_too_large_to_be_printed_is_told_with_a_power() -> None:
    assert float(pl.select(number(pl.lit(1e300), 1)).item()) == 1e300
    assert pl.select(number(pl.lit(None, dtype=pl.Float64))).item() is None
