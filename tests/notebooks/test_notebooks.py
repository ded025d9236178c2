"""The notebooks define nothing, run from start to end, and become HTML."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_there_are_two() -> None:
    assert [path.name for path in NOTEBOOKS] == ["compare.py", "gaps.py"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing_but_cells(notebook: Path) -> None:
    tree = ast.parse(notebook.read_text(encoding="utf-8"))
    named = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.name != "_"
    ]
    assert named == []
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
    assert any(
        isinstance(node, ast.ImportFrom) and node.module == "ojmf" for node in ast.walk(tree)
    )


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_as_a_script(notebook: Path) -> None:
    result = run(notebook)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [("gaps", r"25 fr\u00e5gor: 16 gr"), ("compare", "Mest under ")],
)
def test_a_notebook_becomes_html_with_its_results(name: str, told: str, tmp_path: Path) -> None:
    page = tmp_path / f"{name}.html"
    result = run("-m", "marimo", "export", "html", ROOT / "notebooks" / f"{name}.py", "-o", page)
    assert result.returncode == 0, result.stderr
    assert told in page.read_text(encoding="utf-8")
