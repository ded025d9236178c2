"""A new edition whose sums no longer hold, where those of the edition before did."""

import openpyxl
import pytest


def workbook(path, total, other, more="1250"):
    """Costs of two years, each with its sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Utgifter 2025"
    sheet.append(["Solna, utgifter 2025"])
    sheet.append(["Verksamhet", "Utfall 2025, tkr", "Utfall 2024, tkr"])
    rows = (("Hemtjänst", int(more), 1200), ("Särskilt boende", 3475, 3300), ("Stöd", 870, 900))
    for row in (*rows, ("Summa", total, other)):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("first", "then", "stops"),
    [
        ((5595, 5400), (5600, 5400), True),
        ((5595, 5400), (5605, 5400, "1260"), False),
        ((5600, 5400), (5600, 5400, "1240"), False),
        ((5600, 5400), (5600, 5300), True),
    ],
)
def test_a_sum_that_held_and_is_broken_keeps_an_edition_out(run, root, first, then, stops):
    options = ("--kommun", "Solna", "--period", "2025", "--date", "2026-01-31", "--accept-all")
    taken = run("import", workbook(root / "utgifter.xlsx", *first), *options, "--yes")
    assert taken.exit_code == 0, taken.output
    edition = run("import", workbook(root / "utgifter.xlsx", *then), "--yes")
    assert "en ny utgåva av dess dokument" in edition.stdout
    assert (edition.exit_code == 1) is stops, edition.output
    assert ("Det stämde i den förra utgåvan" in edition.stdout) is stops
