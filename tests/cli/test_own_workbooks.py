"""Workbooks of one's own: what they become when they are taken in, and what is said of it."""

import json

import openpyxl
import pytest


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


def workbook(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def take_in(run, path, source_id, year, *options):
    said = ("--kommun", "Solna", "--id", source_id, "--period", year, "--date", f"{year}-12-31")
    return run("import", path, *said, "--accept-all", "--yes", *options)


def test_a_figure_that_two_workbooks_give_differently_is_kept_out_and_told(run, root):
    last = workbook(root / "fjol.xlsx", ("Mått", "2022", "2023"), ("Antal hembesök", 29, 31))
    this = workbook(root / "nu.xlsx", ("Mått", "2023", "2024"), ("Antal hembesök", 33, 40))
    assert take_in(run, last, "egna-2023", "2023").exit_code == 0
    result = take_in(run, this, "egna-2024", "2024")
    assert result.exit_code == 1
    assert "”33”, men ”31” i Solna, Fjol (blad Sheet, cell C2)" in result.stdout
    assert not (root / "data/sources/egna-2024").exists()

    assert take_in(run, this, "egna-2024", "2024", "--fail-on", "never").exit_code == 0
    for names, told in (((), 2), (("egna-2023",), 1), (("egna-2024",), 1)):
        found = json.loads(run("validate", *names, "--format", "json").stdout)
        assert sum(one["check"] == "figure-elsewhere" for one in found) == told


def test_the_same_figure_in_two_workbooks_is_no_finding(run, root):
    last = workbook(root / "fjol.xlsx", ("Mått", "2022", "2023"), ("Antal hembesök", 29, 31))
    this = workbook(root / "nu.xlsx", ("Mått", "2023", "2024"), ("Antal hembesök", 31, 40))
    assert take_in(run, last, "egna-2023", "2023").exit_code == 0
    result = take_in(run, this, "egna-2024", "2024")
    assert (result.exit_code, "för samma indikator" in result.stdout) == (0, False)


def test_a_title_that_stands_once_over_its_places_is_that_of_all(run, root):
    path = workbook(
        root / "export.xlsx",
        ("Nyckeltal", "Kommun", "2023", "2024"),
        ("Nöjda brukare, andel (%)", "Solna", 81, 83),
        (None, "Stockholm", 77, 78),
        ("Kostnad hemtjänst, kr/inv", "Solna", 5120, 5230),
        (None, "Stockholm", 4900, 5010),
        (None, "Riket", 4800, 4950),
    )
    result = take_in(run, path, "export-2024", "2024")
    assert result.exit_code == 0, result.stdout + result.stderr
    rows = json.loads(run("ingest", "export-2024", "--format", "json").stdout)
    assert [
        (row["geo"], row["unit"], row["value"]) for row in rows if "2024" in row["period_end"]
    ] == [
        ("0184", "percent", 83),
        ("0180", "percent", 78),
        ("0184", "SEK_per_inhabitant", 5230),
        ("0180", "SEK_per_inhabitant", 5010),
        ("00", "SEK_per_inhabitant", 4950),
    ]


def test_an_unweighted_mean_is_a_place_of_its_own(run, root):
    title, mean = "Nöjda brukare, andel (%)", "Alla kommuner (ovägt medel)"
    path = workbook(
        root / "export.xlsx",
        ("Nyckeltal", "Kommun", "2023", "2024"),
        (title, "Solna", 81, 83),
        (title, "Riket", 77, 78),
        (title, mean, 75, 76),
        ("Trygga brukare, andel (%)", "Solna", 61, 63),
        ("Trygga brukare, andel (%)", mean, 65, 66),
    )
    result = take_in(run, path, "export-2024", "2024")
    assert result.exit_code == 0, result.stdout + result.stderr
    rows = json.loads(run("ingest", "export-2024", "--format", "json").stdout)
    of_mean = "G-0184-alla-kommuner-ovagt-medel"
    assert {row["geo"] for row in rows} == {"0184", "00", of_mean}
    assert [row["value"] for row in rows if row["geo"] == of_mean] == [75, 76, 65, 66]


def test_columns_that_are_not_read_and_new_measures_are_named(run, root):
    head = ("Nyckeltal", "2023", "2024", "Kostnad alla kommuner 2024")
    measures = [(f"Kostnad {n}, kr/inv", 100 + n, 200 + n, 300 + n) for n in range(12)]
    path = workbook(root / "korthet.xlsx", head, *measures)
    result = take_in(run, path, "korthet-2024", "2024")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "Läses inte: kolumnen ”Kostnad alla kommuner 2024” (12 tal; ett medel" in result.stdout
    assert "12 nya mått utan riktning får ingen färg." in result.stdout
    assert "  ”Kostnad 0, kr/inv”\n" in result.stdout
    assert "”Kostnad 9, kr/inv”\n  … och 2 till" in result.stdout


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--kommun", "Stockholm"), "--kommun 0180: dokumentet är redan deklarerat för 0184"),
        (("--id", "annan"), "--id annan: dokumentet är redan deklarerat som källan egna-2024"),
        (("--source", "prov-2024"), "--source prov-2024: dokumentet är redan deklarerat"),
        (("--separate",), "--separate: dokumentet är redan deklarerat som källan egna-2024"),
    ],
)
def test_what_contradicts_a_declared_document_is_refused(run, root, said, told):
    path = workbook(root / "nu.xlsx", ("Mått", "2023", "2024"), ("Antal hembesök", 33, 40))
    assert take_in(run, path, "egna-2024", "2024").exit_code == 0
    refused = run("import", path, *said, "--yes")
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert "Så gör du: ta bort" in refused.stderr
    again = take_in(run, path, "egna-2024", "2024")
    assert "Inget att skriva" in again.stderr
