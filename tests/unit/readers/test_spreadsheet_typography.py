"""OpenDocument and older Excel cells as their page shows them."""

import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule
from openpyxl.styles import Font

from ojmf.errors import InputError
from ojmf.ingest.readers import ods, xls, xlsx
from tests.unit.readers.writers import write_ods_tables

STYLES = """
<style:style style:name="upp" style:family="text"><style:text-properties
  style:text-position="super 58%"/></style:style>
<style:style style:name="liten" style:family="text"><style:text-properties
  fo:font-size="6pt"/></style:style>
<style:style style:name="ned" style:family="text"><style:text-properties
  style:text-position="-33% 58%"/></style:style>
<style:style style:name="strukna" style:family="text"><style:text-properties
  style:text-line-through-style="solid"/></style:style>
<style:style style:name="dold" style:family="text"><style:text-properties
  text:display="none"/></style:style>
<style:style style:name="smal" style:family="table-column"><style:table-column-properties
  style:column-width="0.83in"/></style:style>
<style:style style:name="vit" style:family="table-cell"><style:text-properties
  fo:color="#ffffff"/></style:style>
<style:style style:name="barn" style:family="table-cell" style:parent-style-name="vit"/>
<style:style style:name="mork" style:family="table-cell" style:parent-style-name="vit">
  <style:table-cell-properties fo:background-color="#000080"/></style:style>
<style:style style:name="villkor" style:family="table-cell">
  <style:map style:condition="cell-content()&lt;5" style:apply-style-name="vit"/></style:style>
<number:number-style style:name="N1P0"><number:text>&lt;5</number:text></number:number-style>
<number:number-style style:name="N1"><number:number number:decimal-places="1"
  number:min-integer-digits="1"/><style:map style:condition="value()&lt;5"
  style:apply-style-name="N1P0"/></number:number-style>
<style:style style:name="mask" style:family="table-cell" style:data-style-name="N1"/>
<number:number-style style:name="N2"/>
<style:style style:name="tom" style:family="table-cell" style:data-style-name="N2"/>
<number:number-style style:name="N3"><number:number number:decimal-places="0"
  number:min-integer-digits="1"><number:embedded-text number:position="1">,</number:embedded-text>
  </number:number></number:number-style>
<style:style style:name="inbakad" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="fylld" style:family="table-cell"><style:table-cell-properties
  style:repeat-content="true"/></style:style>
"""


def paragraph(text):
    return f"<text:p>{text}</text:p>"


def span(style, text):
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def cell(inner, style="", value=None):
    kind = 'office:value-type="string"'
    if value is not None:
        kind = f'office:value-type="float" office:value="{value}"'
    named = f' table:style-name="{style}"' if style else ""
    return f"<table:table-cell {kind}{named}>{inner}</table:table-cell>"


def read_cell(tmp_path, written, row="", columns=""):
    path = tmp_path / "fil.ods"
    rows = (
        f"<table:table-row>{cell(paragraph('Post'))}{cell(paragraph('2024'))}</table:table-row>"
        f"<table:table-row {row}>{cell(paragraph('Hyror'))}{written}</table:table-row>"
        f"<table:table-row>{cell(paragraph('El'))}{cell(paragraph('7'))}</table:table-row>"
    )
    write_ods_tables(path, f'<table:table table:name="Blad">{columns}{rows}</table:table>', STYLES)
    document = ods.read(path)
    line = next(n for n, text in enumerate(document.lines, 1) if text.startswith("Hyror"))
    return document.line(line).partition("\t")[2], document.facts.get((line, 1)), document


def test_a_raised_run_is_a_mark(tmp_path):
    text, fact, _ = read_cell(tmp_path, cell(paragraph("125" + span("upp", "1"))))
    assert text == "125"
    assert fact.notes == ("fotnot 1",)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (cell(paragraph(span("strukna", "10") + "7")), "”10” i cellen är struket"),
        (cell(paragraph("5" + span("ned", "3"))), "nedsänkt"),
        (cell(paragraph("125" + span("liten", "1"))), "siffrorna är olika stora"),
        (cell(paragraph("5") + paragraph("123")), "2 rader"),
        (cell(paragraph("5<text:line-break/>123")), "2 rader"),
        (cell(paragraph("5<text:tab/>123")), "mellanrum"),
        (cell(paragraph("5<text:s text:c='3'/>123")), "mellanrum"),
        (cell(paragraph("5"), value=7), "visar ”5” men värdet är 7"),
        (cell(paragraph("7,0"), "mask", value=8), "visar ”7,0” men värdet är 8"),
        (cell(paragraph("4"), "villkor", value=4), "dölja eller byta"),
        (cell(paragraph("1,2"), "inbakad", value=12), "mellan siffrorna"),
        (cell(paragraph("5"), "fylld"), "upprepas"),
    ],
)
def test_what_can_not_be_told_is_refused(tmp_path, written, why):
    assert why in read_cell(tmp_path, written)[1].refused


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell(paragraph("4" + span("dold", "2"))), "4"),
        (cell(paragraph("7"), "villkor", value=7), "7"),
        (cell(paragraph("42"), "vit"), ""),
        (cell(paragraph("42"), "barn", value=42), ""),
        (cell(paragraph(""), "tom", value=42), ""),
        (cell(paragraph("42"), "mork", value=42), "42"),
        (cell(paragraph("&lt;5"), "mask", value=3), "<5"),
        (cell(paragraph("7.0"), "mask", value=7), "7,0"),
        (cell("", "mask", value=7), "7,0"),
        (cell(paragraph(span("strukna", "9"))), ""),
        (cell(paragraph("5<office:annotation><text:p>9</text:p></office:annotation>")), "5"),
    ],
)
def test_what_is_shown_is_read(tmp_path, written, text):
    got, fact, _ = read_cell(tmp_path, written)
    assert got == text
    assert fact is None or fact.refused is None


@pytest.mark.parametrize("why", ["collapse", "filter"])
def test_hidden_rows_and_columns_are_read_with_a_remark(tmp_path, why):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    text, fact, document = read_cell(
        tmp_path, cell(paragraph("5")), f'table:visibility="{why}"', columns
    )
    assert text == "5"
    assert fact.notes == ("raden är dold i bladet", "kolumnen är dold i bladet")
    assert document.remarks == (
        "blad Blad: dolda rader har lästs: 2",
        "blad Blad: dolda kolumner har lästs: B",
    )


@pytest.mark.parametrize(("digits", "fits"), [("1234567", True), ("123456789012", False)])
def test_a_number_that_its_column_has_no_room_for_is_refused(tmp_path, digits, fits):
    columns = '<table:table-column table:number-columns-repeated="2" table:style-name="smal"/>'
    _, fact, _ = read_cell(tmp_path, cell(paragraph(digits), value=digits), columns=columns)
    assert (fact is None) is fits


def test_cells_under_merged_ones_are_not_shown(tmp_path):
    merged = '<table:table-cell table:number-columns-spanned="2"/>'
    covered = f"<table:covered-table-cell>{paragraph('9')}</table:covered-table-cell>"
    assert read_cell(tmp_path, merged + covered)[0] == ""


def test_older_excel_shows_runs_and_hidden_rows(tmp_path):
    path = tmp_path / "fil.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    mark, strike = (xlwt.easyfont(given) for given in ("", "struck_out true"))
    mark.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    usual = xlwt.easyfont("")
    sheet.write(0, 0, "Post")
    sheet.write(0, 1, "2024")
    for row, label in enumerate("ABCDE", start=1):
        sheet.write(row, 0, f"Rad {label}")
    sheet.write_rich_text(1, 1, (("125", usual), ("1", mark)))
    sheet.write_rich_text(2, 1, (("10", strike), ("5", usual)))
    sheet.write(3, 1, 7, xlwt.easyxf("font: colour white", num_format_str="0"))
    sheet.write(4, 1, 3, xlwt.easyxf(num_format_str='[<5]"<5";0'))
    sheet.write(5, 1, 9)
    sheet.row(5).hidden = True
    book.save(str(path))
    document = xls.read(path)
    texts = [line.partition("\t")[2] for line in document.lines if line.startswith("Rad")]
    assert texts == ["125", "5", "", "<5", "9"]
    facts = [document.facts.get((n, 1)) for n, t in enumerate(document.lines, 1) if t[:3] == "Rad"]
    assert facts[0]
    assert facts[1]
    assert facts[4]
    assert facts[0].notes == ("fotnot 1",)
    assert facts[1].refused == "”10” i cellen är struket"
    assert facts[4].notes == ("raden är dold i bladet",)
    assert document.remarks[0] == "blad Blad: dolda rader har lästs: 6"


NUMBERS = [0, 3, 12, -7, 0.25, 1234.5, 1234567, -0.5, 99.95]
CODES = [
    "General", "0", "0.0", "#,##0", "0%", '[<5]"<5";0', ";;;", "0.0,", '0" 000"', "(0)", '"ca "0',
    '0;-0;"-"', "0;;", '#,##0_ ;-#,##0\\ ', '0.0" mkr"', '"Ja";"Nej";"Noll"', "0000",
]  # fmt: skip
RUNS = [("125", "1", InlineFont(vertAlign="superscript")), ("7", "10", InlineFont(strike=True))]


def converted(path, suffix):
    """The document that LibreOffice makes of a workbook in another format."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{path.parent}/profil", "--headless",
         "--convert-to", suffix, "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"ods": ods, "xls": xls}[suffix].read(path.with_suffix(f".{suffix}"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_conditions_hide_and_strike_in_older_excel_and_opendocument_too(tmp_path, suffix):
    path = tmp_path / "fil.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Post", 2024], ["vit", 3], ["ej vit", 7], ["röd", 3], ["struken", 9],
                ["vet ej", 4], ["delvis", 4.5], ["ikon", 6]):  # fmt: skip
        sheet.append(row)
    white, add = Font(color="FFFFFF"), sheet.conditional_formatting.add
    add("B2:B3", CellIsRule(operator="lessThan", formula=["5"], font=white))
    add("B4", CellIsRule(operator="lessThan", formula=["5"], font=Font(color="9C0006")))
    add("B5", CellIsRule(operator="greaterThan", formula=["5"], font=Font(strike=True)))
    add("B6", FormulaRule(formula=["B6<5"], font=white))
    add("B7", CellIsRule(operator="between", formula=["4.25", "5"], font=white))
    add("B8", IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False))
    book.save(path)
    made = converted(path, suffix)
    read = {
        text.split("\t")[0]
        for number, text in enumerate(made.lines, 1)
        if "\t" in text
        and text.split("\t")[1]
        and not ((fact := made.facts.get((number, 1))) and fact.refused)
    }
    # LibreOffice leaves sets of icons out of the older format, and shows the number there.
    assert read == {"Post", "ej vit", "röd"} | ({"ikon"} if suffix == "xls" else set())


def test_a_formula_of_older_excel_that_was_never_computed_is_no_blank_cell(tmp_path):
    path = tmp_path / "fil.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    for row, cells in enumerate((["Post", "2024"], ["Summa", xlwt.Formula("2+3")])):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.save(str(path))
    with pytest.raises(InputError, match="B2: formler utan uträknat värde"):
        xls.read(path)


def test_formulas_that_are_shown_in_place_of_values_are_refused(tmp_path):
    path = tmp_path / "fil.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Blad")
    sheet.write_row(0, 0, ["Post", "2024"])
    sheet.write_row(1, 0, ["El", 7])
    sheet.write_string(2, 0, "Summa")
    sheet.write_formula(2, 1, "=B2", value=7)
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"<sheetView ", b'<sheetView showFormulas="1" '))
    found = xlsx.read(path)
    line = next(n for n, text in enumerate(found.lines, 1) if text.startswith("Summa"))
    assert found.facts[line, 1].refused == "bladet visar formler i stället för värden"
    assert (line - 1, 1) not in found.facts


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_what_libreoffice_makes_of_a_workbook_reads_the_same(tmp_path, suffix):
    path = tmp_path / "fil.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for number, code in enumerate(CODES, start=1):
        sheet.cell(number, 1, f"Rad {number}")
        for column, value in enumerate(NUMBERS, start=2):
            sheet.cell(number, column, value).number_format = code
    for number, (text, run, font) in enumerate(RUNS, start=len(CODES) + 1):
        sheet.cell(number, 1, f"Rad {number}")
        sheet.cell(number, 2, CellRichText(text, TextBlock(font, run)))
        sheet.cell(number, 3, 5).font = Font(color="FFFFFF")
    sheet.row_dimensions[2].hidden = True
    for letter in "BCDEFGHIJ":
        sheet.column_dimensions[letter].width = 20
    book.save(path)
    made = converted(path, suffix)
    written = xlsx.read(path)
    assert list(made.lines) == list(written.lines)
    assert made.places == written.places
    refused = {key for key, fact in written.facts.items() if fact.refused}
    assert {key for key, fact in made.facts.items() if fact.refused} == refused
