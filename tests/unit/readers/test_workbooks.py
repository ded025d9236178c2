"""What a workbook prints: number formats, merged cells, several header rows, sheets."""

import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt

from ojmf.ingest.readers import read_file
from ojmf.ingest.readers.number_format import form, printed
from tests.unit.readers.writers import write_ods_tables


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (1093, "General", "1093"),
        (-17.25, "General", "-17,25"),
        (0.1 + 0.2, "General", "0,3"),
        (12345678901, "General", "12345678901"),
        (0.43, "0%", "43 %"),
        (0.4325, "0.0%", "43,3 %"),
        (1093, "#,##0", "1 093"),
        (-1234567.891, "#,##0.00", "-1 234 567,89"),
        (77, "0.0", "77,0"),
        (2.5, "0", "3"),
        (184, "0000", "0184"),
        (1234567, "#,##0,", "1 235"),
        (-5.5, "#,##0.0;[Red]-#,##0.0", "-5,5"),
        (26.1, '0.0" mkr"', "26,1"),
        (0, "#,##0", "0"),
        (-0.01, "0.0", "0,0"),
        (184, "@", "184"),
        (1.5, "# ?/?", "1 1/2"),
    ],
)
def test_a_number_is_read_as_it_is_printed(number, code, expected):
    assert printed(number, form(code)) == expected


def workbook(path, rows, *, merged=(), formats=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Blad 1"
    for row in rows:
        sheet.append(row)
    for region in merged:
        sheet.merge_cells(region)
    for address, code in formats:
        sheet[address].number_format = code
    book.save(path)
    return book


def lines(path):
    return [line for line in read_file(path).lines if line]


def test_shares_and_dates_are_read_as_printed(tmp_path):
    path = tmp_path / "fil.xlsx"
    workbook(
        path,
        [["Fråga", "Länet", "Dag"], ["Har rutin", 0.43, date(2024, 5, 31)], ["Har plan", 1, True]],
        formats=[("B2", "0%"), ("B3", "0%")],
    )
    assert lines(path)[2:] == ["Har rutin\t43 %\t2024-05-31", "Har plan\t100 %\tSANT"]


def test_an_older_workbook_prints_the_same(tmp_path):
    path = tmp_path / "fil.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad 1")
    sheet.write(0, 0, "Fråga")
    sheet.write_merge(0, 0, 1, 2, "Andel")
    sheet.write(1, 0, "Har rutin")
    sheet.write(1, 1, 0.43, xlwt.easyxf(num_format_str="0%"))
    sheet.write(1, 2, 1093, xlwt.easyxf(num_format_str="#,##0"))
    book.save(str(path))
    assert lines(path)[1:] == ["Fråga\tAndel\tAndel", "Har rutin\t43 %\t1 093"]


def test_a_spreadsheet_gives_the_text_that_it_displays(tmp_path):
    path = tmp_path / "fil.ods"
    cells = (
        '<table:table-cell office:value-type="string"><text:p>Har</text:p><text:p>rutin</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="percentage" office:value="0.43">'
        "<text:p>43.0%</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="1093">'
        "<text:p>1,093</text:p></table:table-cell>"
    )
    hidden = (
        '<style:style style:name="dold" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    tables = (
        f'<table:table table:name="Synlig"><table:table-row>{cells}</table:table-row></table:table>'
        '<table:table table:name="Arbete" table:style-name="dold"><table:table-row>'
        f"{cells}</table:table-row></table:table>"
    )
    write_ods_tables(path, tables, hidden)
    document = read_file(path)
    assert [line for line in document.lines if line] == ["Synlig", "Har rutin\t43,0%\t1 093"]
    assert document.remarks == ("det dolda bladet ”Arbete” läses inte",)


def test_a_merged_header_stands_in_all_its_columns_but_a_merged_figure_only_once(tmp_path):
    path = tmp_path / "fil.xlsx"
    workbook(
        path,
        [
            ["Volymer 2024"],
            ["Verksamhet", 2024, None, "Not"],
            [None, "Utfall", "Budget", None],
            ["Hushåll", 104, 110, "a"],
            ["Placerade", 55, None, None],
        ],
        merged=["A1:D1", "A2:A3", "B2:C2", "B5:C5"],
    )
    assert lines(path)[1:] == [
        "Volymer 2024",
        "Verksamhet\t2024\t2024\tNot",
        "Verksamhet\tUtfall\tBudget\t",
        "Hushåll\t104\t110\ta",
        "Placerade\t55\t\t",
    ]


def test_cells_have_their_addresses_wherever_the_table_begins(tmp_path):
    path = tmp_path / "fil.xlsx"
    rows = [["Titel"], [], [None, None, "Post", "2024"], [None, None, "Hyror", 17]]
    workbook(path, rows)
    document = read_file(path)
    assert document.lines[-1] == "Hyror\t17"
    assert document.place(len(document.lines), 1) == "blad Blad 1, cell D4"
    assert document.place(3) == "blad Blad 1, cell A1"


def test_hidden_sheets_are_passed_over_and_told(tmp_path):
    path = tmp_path / "fil.xlsx"
    book = workbook(path, [["Post", "2024"], ["Hyror", 17]])
    hidden = book.create_sheet("Underlag")
    hidden.sheet_state = "veryHidden"
    hidden.append(["hemligt", 1])
    book.save(path)
    document = read_file(path)
    assert not any("hemligt" in line for line in document.lines)
    assert document.remarks == ("det dolda bladet ”Underlag” läses inte",)
    assert document.sheets() == [("Blad 1", 1, len(document.lines))]


def test_a_workbook_is_read_whose_sheet_names_a_drawing_that_was_left_out(tmp_path):
    path, whole = tmp_path / "fil.xlsx", tmp_path / "hel.xlsx"
    workbook(whole, [["Mått", "2024"], ["Antal", 12]])
    drawing = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/_rels/sheet1.xml.rels", drawing)
    assert lines(path) == lines(whole)
