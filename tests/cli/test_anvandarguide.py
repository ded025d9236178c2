"""The user guide: its commands are run on files made here, and say what the guide shows."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
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


def questions(area: str) -> list[str]:
    catalogue = ROOT / "data" / "indicators" / f"{area}.toml"
    return [i["name"] for i in tomllib.loads(catalogue.read_text(encoding="utf-8"))["indicator"]]


def write_report(path: Path, *, following: bool = False) -> None:
    """The answers about violence; next year's lack the last question, and the first is NEJ.

    The shares of the others move by one.
    """
    names = questions("oj-vald")[: -1 if following else None]
    rows = [["Indikator", "Enköping", "Länet", "Riket"]]
    for number, name in enumerate(names):
        answer = "NEJ" if following and number == 0 else ("JA", "NEJ", "JA", "DELVIS")[number % 4]
        shares = [str(share + number + following) for share in (20, 15)]
        rows.append([OTHER_WORDS.get(name, name), answer, *shares])
    title = ["Öppna jämförelser 2025", "2025-11-05"] if following else ["Öppna jämförelser 2024"]
    write_pdf(path, [*title, "Våld i nära relation", rows])


def write_workbook(path: Path, sheet: str, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def write_files(folder: Path) -> None:
    write_report(folder / "rapport.pdf")
    write_report(folder / "rapport-2025.pdf", following=True)
    rows: list[list[Any]] = [
        ["Enköping, öppna jämförelser 2024, beslutad 2024-11-05"],
        [],
        ["Missbruks- och beroendevård"],
        ["Fråga", "Enköping", "Länet", "Riket"],
    ]
    for number, name in enumerate(questions("oj-missbruk")):
        rows.append([name, ("JA", "NEJ")[number % 2], 30 + number, 25 + number])
    write_workbook(folder / "missbruk.xlsx", "Missbruk", rows)
    rows[4][2] += 1
    write_workbook(folder / "missbruk-rattad.xlsx", "Missbruk", rows)
    cost = "Kostnad individ- och familjeomsorg, kr/inv"
    rows = [
        ["Kolada nyckeltal"],
        ["", "", "2022", "2023", "2024"],
        [cost, "Enköping", "4070.5", "4353", "4401"],
        [cost, "Uppsala län", "4100", "4200", "4300"],
        [cost, "Riket", "4500", "4620", "4700.25"],
    ]
    write_workbook(folder / "kolada.xlsx", "Kolada nyckeltal", rows)


def test_the_guide_leads_from_files_to_a_comparison(tmp_path, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
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
    assert sum("source answer" in command for command, _ in steps()) == 3
    assert sum(command.startswith("ojmf ") for command, _ in steps()) >= 16


@pytest.mark.parametrize("name", re.findall(r"\]\(([a-z-]+\.md)\)", GUIDE))
def test_the_pages_that_the_guide_points_to_exist(name):
    assert (ROOT / "docs" / name).is_file()
