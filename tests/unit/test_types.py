"""Scripts of users under ``mypy --strict``: the right ones pass without Any, wrong ones do not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RIGHT = """
# mypy: disallow-any-expr
from datetime import date
from pathlib import Path

import polars as pl

import ojmf

workspace = ojmf.Workspace.open(Path())
status: pl.DataFrame = workspace.status("alla", against=["lan", "riket"], every_period=True)
gaps = workspace.gaps("x", by="priority", top=3)
worst: pl.DataFrame = gaps.filter(pl.col("gap") < 0)
county = workspace.areas(lan="x")
pair = workspace.compare("x", "y", area="a", period="2024")
near = workspace.similar("x", ["a"], weights=[1.0])
points = workspace.trends("x", points=True, wide="mean")
found: pl.DataFrame = workspace.validate(status)
path: Path = workspace.table("x", "out.xlsx")
path = workspace.report("x", Path("out.docx"), day=date(2025, 1, 1))
sentence: str = workspace.cite("a", "x")
observations = ojmf.Observations.validate(pl.scan_parquet("x.parquet"), cast=True)
catalogue = ojmf.Catalogue.from_frame(pl.read_parquet("y.parquet"))
data = ojmf.Data(observations, catalogue, geography=workspace.geography)
same: pl.DataFrame = data.gaps("x")
eager: pl.DataFrame = ojmf.national_gaps(status, catalogue.frame(), by="indicator_id")
lazy: pl.LazyFrame = ojmf.national_gaps(status.lazy(), catalogue.frame())
judged = ojmf.compare.by_method(observations, catalogue.frame(), "x", basis=workspace.basis)
ranked: pl.LazyFrame = ojmf.compare.quartiles(judged, "indicator_id")
columns: list[str] = ojmf.schema.STATUS.names()
try:
    ojmf.status(observations, catalogue.frame(), "x")
except ojmf.FrameError as error:
    faults: tuple[str, ...] = error.faults
    code: str = error.code
"""
WRONG = {
    "ojmf.gasp": 'Module has no attribute "gasp"',
    "ojmf.compare.gasp": 'Module has no attribute "gasp"',
    'workspace.gaps("x", by="worst")': "incompatible type \"Literal['worst']\"",
    'workspace.status("x", agianst="riket")': 'Unexpected keyword argument "agianst"',
    "workspace.status(3)": 'incompatible type "int"',
    "ojmf.Data(1, 2)": 'expected "DataFrame | LazyFrame"',
    'workspace.status("x").nothing': '"Result" has no attribute "nothing"',
    "ojmf.national_gaps(workspace, workspace.indicators)": "No overload variant",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What mypy says of both scripts."""
    folder = tmp_path_factory.mktemp("users")
    (folder / "right.py").write_text(RIGHT, encoding="utf-8")
    wrong = ["import ojmf", "import ojmf.compare", "workspace = ojmf.Workspace.open()", *WRONG]
    (folder / "wrong.py").write_text("\n".join(wrong), encoding="utf-8")
    scripts = ["right.py", "wrong.py"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), *scripts],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
    )
    assert done.returncode == 1, done.stderr
    return done.stdout.splitlines()


def test_a_right_script_has_no_error_and_no_any(told: list[str]) -> None:
    assert [line for line in told if line.startswith("right.py")] == []


@pytest.mark.parametrize("statement", WRONG)
def test_a_wrong_statement_is_an_error(statement: str, told: list[str]) -> None:
    line = 4 + list(WRONG).index(statement)
    found = [text for text in told if text.startswith(f"wrong.py:{line}: error:")]
    assert found
    assert any(WRONG[statement] in text for text in found)
