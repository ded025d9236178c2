"""The files of the user guide, all made up: ``python -m tests.cli.guide_files`` writes them."""

import tomllib
from pathlib import Path
from typing import Any

import openpyxl

from tests.unit.readers.writers import write_pdf

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "guide"
OTHER_WORDS = {
    "Aktuell överenskommelse om samverkan med kvinnojourer": (
        "Aktuella överenskommelser om samverkan med kvinnojourer"
    )
}


def questions(area: str) -> list[str]:
    catalogue = ROOT / "data" / "indicators" / f"{area}.toml"
    return [i["name"] for i in tomllib.loads(catalogue.read_text(encoding="utf-8"))["indicator"]]


def write_report(path: Path, *, following: bool = False) -> None:
    """The answers about violence; next year's lack the last question, and the first is NEJ.

    The shares of the others move by two or three, up and down.
    """
    names = questions("oj-vald")[: -1 if following else None]
    rows = [["Indikator", "Enköping", "Länet", "Riket"]]
    for number, name in enumerate(names):
        answer = "NEJ" if following and number == 0 else ("JA", "NEJ", "JA", "DELVIS")[number % 4]
        moved = following * (3 if number % 2 else -2)
        shares = [str(share + number + moved) for share in (20, 15)]
        rows.append([OTHER_WORDS.get(name, name), answer, *shares])
    title = ["Öppna jämförelser 2025", "2025-11-05"] if following else ["Öppna jämförelser 2024"]
    write_pdf(path, [*title, "Våld i nära relation", rows], running="Påhittade uppgifter")


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


if __name__ == "__main__":
    write_files(FOLDER)
