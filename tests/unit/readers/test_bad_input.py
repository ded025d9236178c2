"""Files that cannot be read, or not as they are: a clear message, and nothing guessed."""

import io
import zipfile
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ojmf.errors import InputError
from ojmf.ingest.readers import content, pdf, read_file
from ojmf.ingest.readers import workbook as workbook_reader
from tests.unit.readers.writers import (
    WRITERS,
    Part,
    delimited,
    write_docx,
    write_ods_tables,
    write_pdf,
    write_xls,
    write_xlsx,
)

TABLE = [["Post", "2024"], ["Intäkter", "26"], ["Kostnader", "164"]]
PARTS: list[Part] = ["Resultat", TABLE]


def fault(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_file(path)
    message = str(caught.value)
    assert path.name in message
    return message


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "docx", "pdf", "csv", "txt", "md"])
def test_an_empty_file_is_told(tmp_path, suffix):
    path = tmp_path / f"tom.{suffix}"
    path.write_bytes(b"")
    assert "tom" in fault(path)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "docx", "pdf"])
def test_a_damaged_file_is_told(tmp_path, suffix):
    path = tmp_path / f"fil.{suffix}"
    writer = {"xlsx": write_xlsx, "xls": write_xls, "docx": write_docx, "pdf": write_pdf}[suffix]
    writer(path, PARTS)
    path.write_bytes(path.read_bytes()[:700])
    assert "skadad" in fault(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_a_damaged_part_is_told(tmp_path, part):
    path = tmp_path / "fil.xlsx"
    write_xlsx(path, PARTS)
    replace_part(path, part, b"<worksheet><sheetData><row>")
    assert "skadad" in fault(path)


def replace_part(path: Path, part: str, data: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content_ in (parts | {part: data}).items():
            archive.writestr(name, content_)


@pytest.mark.parametrize(
    ("written", "named", "wanted"),
    [
        ("xlsx", "xls", "innehåller en Excelfil (.xlsx)"),
        ("xls", "xlsx", "innehåller en äldre Excelfil (.xls)"),
        ("pdf", "docx", "Byt filändelsen till .pdf"),
        ("docx", "txt", "Byt filändelsen till .docx"),
        ("docx", "xlsx", "innehåller ett Worddokument"),
        ("xlsx", "csv", "Byt filändelsen till .xlsx"),
    ],
)
def test_a_wrong_suffix_is_seen_by_the_content(tmp_path, written, named, wanted):
    path = tmp_path / f"fil.{named}"
    writer = {"xlsx": write_xlsx, "xls": write_xls, "docx": write_docx, "pdf": write_pdf}[written]
    writer(path, PARTS)
    assert wanted in fault(path)


def test_text_under_a_binary_suffix_is_told(tmp_path):
    path = tmp_path / "fil.xlsx"
    path.write_text("Post;2024", encoding="utf-8")
    assert "innehåller text" in fault(path)


def test_a_folder_is_told(tmp_path):
    assert "mapp" in fault(tmp_path)


def test_a_locked_workbook_is_told(tmp_path):
    path = tmp_path / "fil.xlsx"
    names = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names)
    assert "lösenord" in fault(path)


def test_a_locked_spreadsheet_is_told(tmp_path):
    path = tmp_path / "fil.ods"
    write_ods_tables(path, "")
    replace_part(path, "META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>")
    assert "lösenord" in fault(path)


def test_a_locked_pdf_is_told(tmp_path):
    plain, path = tmp_path / "öppen.pdf", tmp_path / "fil.pdf"
    write_pdf(plain, PARTS)
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt("hemligt")
    writer.write(path)
    assert "lösenord" in fault(path)


@pytest.mark.parametrize(
    ("name", "held", "expected"),
    [
        ("utkast.odt", "text", "spara det som .docx eller .pdf"),
        ("utkast.docx", "text", "innehåller ett textdokument (.odt)"),
        ("bilder.odp", "presentation", "Spara tabellerna i en fil som läses"),
        ("tabell.xlsx", "spreadsheet", "Byt filändelsen till .ods"),
    ],
)
def test_an_open_document_is_told_by_what_it_holds(tmp_path, name, held, expected):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{held}")
        archive.writestr("content.xml", "<office:document-content/>")
    assert expected in fault(path)


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    path = tmp_path / "fil.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (content._SMALL + 1))
    assert "packas upp till" in fault(path)


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "fil.pdf"
    canvas = Canvas(str(path))
    for _ in range(4):
        canvas.drawString(72, 500, "Sida")
        canvas.showPage()
    canvas.save()
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    with pytest.raises(InputError, match="4 sidor, högst 3 läses"):
        pdf.read(path)


def test_two_thousand_pages_are_refused_without_reading_them(tmp_path):
    path = tmp_path / "fil.pdf"
    canvas = Canvas(str(path))
    for _ in range(2000):
        canvas.showPage()
    canvas.save()
    assert "2000 sidor" in fault(path)


def test_a_scan_without_text_is_refused_with_advice(tmp_path):
    path = tmp_path / "fil.pdf"
    bitmap = io.BytesIO(b"P5 4 4 255 " + bytes(16))
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(bitmap), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    message = fault(path)
    assert "ingen text" in message
    assert "OCR" in message


def workbook(path: Path, **cells: object) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    for address, value in cells.items():
        book.active[address] = value
    book.save(path)
    return book


def test_formulas_that_were_never_computed_are_refused_by_cell(tmp_path):
    path = tmp_path / "fil.xlsx"
    workbook(path, B2="=1+1", B3="=B2*2")
    message = fault(path)
    assert "blad Sheet, cell B2, B3" in message
    assert "räkna om" in message


def test_a_zero_that_a_program_left_for_a_formula_is_not_taken_for_a_figure(tmp_path):
    path = tmp_path / "fil.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        sheet.write_row(0, 0, ["Post", "2024"])
        sheet.write(1, 0, "Summa")
        sheet.write_formula(1, 1, "=1+1")
    assert "cell B2" in fault(path)


def test_external_links_are_read_as_stored_and_told(tmp_path):
    path = tmp_path / "fil.xlsx"
    workbook(path)
    replace_part(path, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    document = read_file(path)
    assert any("andra filer" in remark for remark in document.remarks)


def test_a_million_empty_rows_give_no_lines(tmp_path):
    path = tmp_path / "fil.xlsx"
    workbook(path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    empty = b"".join(b'<row r="%d"/>' % number for number in range(4, 1_048_577))
    replace_part(
        path, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", empty + b"</sheetData>")
    )
    assert len(read_file(path).lines) == 5


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_more_cells_than_can_be_read_are_refused(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"fil.{suffix}"
    WRITERS[suffix](path, PARTS)
    monkeypatch.setattr(workbook_reader, "MAX_CELLS", 6)
    reader = import_module(f"ojmf.ingest.readers.{suffix}")
    with pytest.raises(InputError, match="blad Sida 1: mer än 6 celler"):
        reader.read(path)


def test_a_cell_that_a_spreadsheet_repeats_without_end_is_refused(tmp_path):
    path = tmp_path / "fil.ods"
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    write_ods_tables(path, f'<table:table table:name="Blad">{row}</table:table>')
    assert "celler" in fault(path)


def test_an_error_value_is_kept_as_it_is_printed(tmp_path):
    path = tmp_path / "fil.xlsx"
    book = workbook(path)
    book.active["B2"] = "#DIV/0!"
    book.active["B2"].data_type = "e"
    book.save(path)
    assert "Intäkter\t#DIV/0!" in read_file(path).lines


def test_mixed_encodings_are_told_with_both_lines(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes("Län;1\n".encode() + "Kön;2\n".encode("cp1252"))
    message = fault(path)
    assert "rad 1 är UTF-8 men rad 2" in message


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_text('a;b\n"c;d\n', encoding="utf-8")
    assert "citattecknen" in fault(path)


def test_windows_1252_is_read_and_told(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(delimited(PARTS, ";").encode("cp1252"))
    document = read_file(path)
    assert "Intäkter\t26" in document.lines
    assert "Windows-1252" in document.remarks[0]
