"""The workbook as a controller has it: opened, sorted, printed, edited, and made anew."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from ojmf.cli import app

OFFICE = shutil.which("soffice")


def made(path: Path, *options: str) -> Result:
    words = ["table", "--kommun", "Solna", "--output", str(path), *options]
    return CliRunner().invoke(app, words)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "solna.xlsx"
    assert made(path).exit_code == 0
    return path


def convert(path: Path, suffix: str, folder: Path) -> Path:
    """A file as LibreOffice saves it."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [OFFICE, "--headless", profile, "--convert-to", suffix, "--outdir", str(folder)]
    subprocess.run([*words, str(path)], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{suffix}"


def test_the_first_sheet_has_every_row_to_filter_and_sort(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    first, summary, *areas, sources = book.worksheets
    assert (first.title, summary.title, sources.title) == ("Alla rader", "Sammanfattning", "Källor")
    headings = [cell.value for cell in first[3]]
    assert headings[:3] == ["Område", "Fråga", "Solna"]
    assert (
        first.auto_filter.ref == f"A3:{first.cell(3, len(headings)).column_letter}{first.max_row}"
    )
    assert first.freeze_panes == "B4"
    rows = list(first.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 106 == sum(sheet.max_row - 4 for sheet in areas)
    by_area = [row for sheet in areas for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert [row[1:] for row in rows] == by_area


def test_the_head_is_repeated_on_every_page_of_every_sheet(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path).worksheets:
        header = int(sheet.auto_filter.ref.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        assert sheet.print_title_rows == f"${header}:${header}"
        assert sheet.page_setup.orientation == "landscape"


def test_the_summary_has_a_chart_of_its_own_figures(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Sammanfattning"]
    (chart,) = sheet._charts
    names = [series.tx.strRef.f for series in chart.series]
    heads = [sheet[name.rpartition("!")[2].replace("$", "")].value for name in names]
    assert heads == ["Solna, andel JA (%)", "Länet, andel JA (%)", "Riket, andel JA (%)"]


def test_what_nobody_has_touched_is_made_anew(path: Path) -> None:
    before = path.read_bytes()
    assert made(path).exit_code == 0
    assert path.read_bytes() == before


def test_what_somebody_has_edited_is_not_overwritten(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["F4"] = "Utreds till våren"
    book.save(path)
    edited = path.read_bytes()
    result = made(path)
    assert result.exit_code == 8
    assert "ändrad utanför det" in result.stderr
    assert path.read_bytes() == edited
    assert made(path, "--force").exit_code == 0
    assert openpyxl.load_workbook(path).worksheets[0]["F4"].value == "se rad 86"


@pytest.mark.parametrize(
    ("lock", "program"), [("~$solna.xlsx", "Excel"), (".~lock.solna.xlsx#", "LibreOffice")]
)
def test_what_is_open_is_not_overwritten(path: Path, lock: str, program: str) -> None:
    path.with_name(lock).write_text("")
    result = made(path)
    assert result.exit_code == 8
    assert f"filen är öppen i {program}" in result.stderr
    assert made(path, "--force").exit_code == 0


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_libreoffice_has_saved_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    saved = convert(path, "xlsx", tmp_path / "saved")
    assert openpyxl.load_workbook(saved).sheetnames[0] == "Alla rader"
    assert made(saved).exit_code == 8


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_it_prints_with_its_heads_and_its_sources(path: Path, tmp_path: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(convert(path, "pdf", tmp_path)).pages]
    assert 8 <= len(pages) <= 12
    rows = [page for page in pages if "Skillnad mot länet" in " ".join(page.split())]
    assert len(rows) == len(pages) - 1
    assert "SN/2024:81 Öppna jämförelser 2024" in " ".join(pages[-1].split())


def test_a_table_of_measures_has_no_column_without_a_figure(tmp_path: Path) -> None:
    path = tmp_path / "matt.xlsx"
    words = ["table", "--kommun", "Enköping", "--output", str(path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    sheet = openpyxl.load_workbook(path)["Alla rader"]
    head, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    empty = [name for name, *cells in zip(head, *rows, strict=True) if not any(cells)]
    assert "Jämfört med" in head
    assert empty == []
    assert "Länet" not in head


def test_answers_beside_figures_are_words_and_not_their_points(tmp_path: Path) -> None:
    path = tmp_path / "allt.xlsx"
    assert made(path, "--all-methods").exit_code == 0
    first = openpyxl.load_workbook(path).worksheets[0]
    place, status = (
        [cell.value for cell in first[3]].index(heading) for heading in ("Solna", "Status")
    )
    rows = list(first.iter_rows(min_row=4, values_only=True))
    answered = {row[place] for row in rows if row[status] and "Grön" in row[status]}
    assert answered == {"JA"}
    assert any(isinstance(row[place], float | int) for row in rows)


def test_a_summary_of_figures_is_as_wide_as_its_words_and_breaks_the_lines_above(
    tmp_path: Path,
) -> None:
    path = tmp_path / "enkoping.xlsx"
    words = ["table", "--kommun", "Enköping", "--output", str(path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    sheet = openpyxl.load_workbook(path)["Sammanfattning"]
    header = int(sheet.auto_filter.ref.partition(":")[0].removeprefix("A"))
    headings = {cell.value: cell.column_letter for cell in sheet[header]}
    width = sum(sheet.column_dimensions[letter].width for letter in headings.values())
    long = {row for row in range(2, header) if len(sheet.cell(row, 1).value) > width}
    assert long == {merged.min_row for merged in sheet.merged_cells.ranges}
    assert all(sheet.row_dimensions[row].height >= 30 for row in long)
    assert sheet.column_dimensions[headings["Skäl"]].width > 40
    assert sheet[f"{headings['Skillnad']}{header + 1}"].number_format.startswith("+")
