"""Workbooks of one's own: what they become when they are taken in, and what is said of it."""

import json

import openpyxl


def test_ratios_of_a_workbook_keep_their_unit(run, root):
    book = openpyxl.Workbook()
    for row in (
        ("Mått", "2024"),
        ("Frånvaro (promille)", 43),
        ("Orosanmälningar per 1 000 barn", 31),
        ("Nettokostnad, kr/inv", 5120),
        ("Kostnad per plats, tkr", 901),
    ):
        book.active.append(row)
    path = root / "egna.xlsx"
    book.save(path)
    options = ("--kommun", "Solna", "--id", "egna-2024", "--period", "2024", "--date", "2025-01-31")
    result = run("import", path, *options, "--accept-all", "--yes")
    assert result.exit_code == 0, result.stdout + result.stderr
    rows = json.loads(run("ingest", "egna-2024", "--format", "json").stdout)
    assert [(row["value"], row["unit"]) for row in rows] == [
        (43, "permille"),
        (31, "per_1000"),
        (5120, "SEK_per_inhabitant"),
        (901_000, "SEK_per_unit"),
    ]
    assert run("check").exit_code == 0
