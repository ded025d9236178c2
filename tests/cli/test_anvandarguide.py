"""The user guide: its commands are run on files made here, and say what the guide shows."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.ingest.readers import read_file
from tests.cli.guide_files import FOLDER, write_files

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "anvandarguide.md").read_text(encoding="utf-8")


def steps() -> list[tuple[str, list[str]]]:
    """Every command of the guide with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for part in re.findall(r"```console\n.*?```", GUIDE, re.DOTALL):
        for line in part.splitlines()[1:-1]:
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


def test_the_guide_leads_from_files_to_a_comparison(tmp_path, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    for command, shown in steps():
        program, *arguments = shlex.split(command)
        if program == "cd":
            monkeypatch.chdir(Path.cwd() / arguments[0])
            continue
        assert program == "ojmf"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (command, result.output)
        for line in shown:
            assert line in result.output, (command, result.output)


def test_the_shipped_files_are_the_written_ones(tmp_path):
    write_files(tmp_path)
    written = {path.name: read_file(path).lines for path in tmp_path.iterdir()}
    assert written == {path.name: read_file(path).lines for path in FOLDER.iterdir()}


def test_the_guide_asks_and_runs_something():
    assert sum("source answer" in command for command, _ in steps()) == 3
    assert sum(command.startswith("ojmf ") for command, _ in steps()) >= 16


@pytest.mark.parametrize("name", re.findall(r"\]\(([a-z-]+\.md)\)", GUIDE))
def test_the_pages_that_the_guide_points_to_exist(name):
    assert (ROOT / "docs" / name).is_file()
