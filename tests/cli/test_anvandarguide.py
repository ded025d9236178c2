"""The user guide: its commands are run on a PDF made here, and say what the guide shows."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from tests.unit.readers.writers import write_pdf

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "anvandarguide.md").read_text(encoding="utf-8")
OTHER_WORDS = {
    "Aktuell överenskommelse om samverkan med kvinnojourer": (
        "Aktuella överenskommelser om samverkan med kvinnojourer"
    )
}


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


def write_report(path: Path) -> None:
    catalogue = ROOT / "data" / "indicators" / "oj-vald.toml"
    names = [i["name"] for i in tomllib.loads(catalogue.read_text(encoding="utf-8"))["indicator"]]
    rows = [["Indikator", "Enköping", "Länet", "Riket"]]
    for number, name in enumerate(names):
        answer = ("JA", "NEJ", "JA", "DELVIS")[number % 4]
        rows.append([OTHER_WORDS.get(name, name), answer, str(20 + number), str(15 + number)])
    write_pdf(path, ["Öppna jämförelser 2024", "Våld i nära relation", rows])


def test_the_guide_leads_from_a_pdf_to_a_comparison(tmp_path, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    write_report(tmp_path / "rapport.pdf")
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


def test_the_guide_asks_and_runs_something():
    assert sum("source answer" in command for command, _ in steps()) == 2
    assert sum(command.startswith("ojmf ") for command, _ in steps()) >= 10


@pytest.mark.parametrize("name", re.findall(r"\]\(([a-z-]+\.md)\)", GUIDE))
def test_the_pages_that_the_guide_points_to_exist(name):
    assert (ROOT / "docs" / name).is_file()
