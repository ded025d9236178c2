"""Excel cells as their page shows them: runs, colours, formats, hidden rows, conditional masks."""

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.table import Table, TableStyleInfo

from ojmf.ingest.readers import xlsx


def read_cell(tmp_path, value, prepare=None, *, code=None, **style):
    """The text of B2 and what is known of it, and the document, written by openpyxl."""
    path = tmp_path / "fil.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Post", 2024, "Not"], ["Hyror", value, "x"], ["El", 7, "y"]):
        sheet.append(row)
    cell = sheet["B2"]
    for name, given in style.items():
        setattr(cell, name, given)
    if code:
        cell.number_format = code
    if prepare:
        prepare(sheet)
    book.save(path)
    document = xlsx.read(path)
    line = next(n for n, text in enumerate(document.lines, 1) if text.startswith("Hyror"))
    return document.line(line).split("\t")[1], document.facts.get((line, 1)), document


def rich(*runs):
    return CellRichText(
        *(run if isinstance(run, str) else TextBlock(InlineFont(**run[1]), run[0]) for run in runs)
    )


RAISED = {"vertAlign": "superscript"}


@pytest.mark.parametrize("mark", ["1", "a", "*", "2)"])
def test_a_raised_mark_is_a_note(tmp_path, mark):
    text, fact, _ = read_cell(tmp_path, rich("125", (mark, RAISED)))
    assert text == "125"
    assert fact.notes == (f"fotnot {mark.strip(')')}",)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (rich(("10", {"strike": True}), "5"), "”10” i cellen är struket"),
        (rich("5", ("3", {"vertAlign": "subscript"})), "nedsänkt"),
        (rich("125", ("1", {"sz": 6})), "siffrorna är olika stora"),
        (rich("10", ("6", RAISED)), "upphöjt"),
        ("5\n123", "2 rader"),
        (rich("5\n", ("123", {"b": True})), "2 rader"),
        ("5    123", "mellanrum"),
    ],
)
def test_what_can_not_be_told_is_refused(tmp_path, value, why):
    assert why in read_cell(tmp_path, value)[1].refused


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ({"font": Font(vertAlign="superscript")}, "upphöjt"),
        ({"font": Font(name="Wingdings")}, "Wingdings U+0034"),
        ({"alignment": Alignment(horizontal="fill")}, "upprepas"),
        ({"code": "# ?/?"}, "visas som ”42 1/2”"),
        ({"code": "0.0E+00"}, "visas som ”4,3E+01”"),
        ({"code": "[<5]0"}, "säger inte"),
        ({"code": "[White]0.0"}, "vitt"),
    ],
)
def test_a_style_that_hides_the_figure_refuses_it(tmp_path, style, why):
    assert why in read_cell(tmp_path, 42.5, **style)[1].refused


@pytest.mark.parametrize(
    "style",
    [
        {"font": Font(color="FFFFFF")},
        {"font": Font(color=Color(theme=0))},
        {"font": Font(color=Color(indexed=9))},
        {"font": Font(color="0000FF"), "fill": PatternFill("solid", fgColor="0000FF")},
        {"font": Font(color=Color(theme=0, tint=-0.05))},
        {"font": Font(sz=1)},
        {"font": Font(strike=True)},
        {"code": ";;;"},
        {"code": '[<100]"";0'},
    ],
)
def test_what_is_not_shown_is_not_read_and_told(tmp_path, style):
    text, fact, document = read_cell(tmp_path, 42, **style)
    assert text == ""
    assert len(fact.notes) == 1
    assert fact.refused is None
    assert document.remarks == ("blad Sheet: celler som inte visar sitt innehåll läses inte: B2",)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ({"font": Font(color="FFFFFF"), "fill": PatternFill("solid", fgColor="1F4E78")}, "42"),
        ({"font": Font(color=Color(theme=1))}, "42"),
        ({"font": Font(strike=False, color=Color(indexed=64))}, "42"),
        ({"code": '[<5]"<5"'}, "42"),
        ({"code": "-0"}, "-42"),
        ({"code": "(0)"}, "(42)"),
        ({"code": '0" 000"'}, "42 000"),
        ({"code": '"ca "0'}, "ca 42"),
        ({"code": ">0"}, ">42"),
        ({"code": '0.0,,"M"'}, "0,0M"),
    ],
)
def test_the_format_decides_what_is_shown(tmp_path, style, text):
    if style.get("code") == '[<5]"<5"':
        style = {"code": '[<50]"<50"'}
        text = "<50"
    assert read_cell(tmp_path, 42, **style)[:2] == (text, None)


def test_a_unit_of_the_format_is_a_note(tmp_path):
    text, fact, _ = read_cell(tmp_path, 26.1, code='0.0" mkr"')
    assert text == "26,1"
    assert fact.notes == ("visas med ”mkr”",)


def test_zeros_that_the_sheet_does_not_show_are_not_read(tmp_path):
    def prepare(sheet):
        sheet.sheet_view.showZeros = False

    text, fact, _ = read_cell(tmp_path, 0, prepare)
    assert text == ""
    assert fact.notes == ("noll visas inte i bladet",)


def test_hidden_rows_and_columns_are_read_with_a_remark_and_notes(tmp_path):
    def prepare(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[3].height = 0.1
        sheet.column_dimensions["C"].hidden = True

    text, fact, document = read_cell(tmp_path, 42, prepare)
    assert text == "42"
    assert fact.notes == ("raden är dold i bladet",)
    assert document.facts[5, 2].notes == ("raden är dold i bladet", "kolumnen är dold i bladet")
    assert document.remarks == (
        "blad Sheet: dolda rader har lästs: 2–3",
        "blad Sheet: dolda kolumner har lästs: C",
    )


def test_filtered_rows_are_hidden_rows(tmp_path):
    path = tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        for number, row in enumerate((["Post", "2024"], ["Hyror", 1], ["El", 2])):
            sheet.write_row(number, 0, row)
        sheet.autofilter("A1:B3")
        sheet.filter_column(0, "x == Hyror")
        sheet.set_row(2, options={"hidden": True})
    document = xlsx.read(path)
    assert document.lines[-1] == "El\t2"
    assert document.remarks == ("blad Blad: dolda rader har lästs: 3",)


def test_values_under_merged_cells_are_not_shown(tmp_path):
    def prepare(sheet):
        sheet.merge_cells("B2:B3")

    assert read_cell(tmp_path, 42, prepare)[2].lines[-1] == "El\t\ty"


def test_a_value_under_a_merged_cell_that_is_blank_is_not_shown(tmp_path):
    path = tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        sheet.write_row(0, 0, ["Post", "2024", "2025"])
        sheet.merge_range(1, 1, 1, 2, "")
        sheet.write(1, 0, "Hyror")
        sheet.write(1, 2, 9)
    assert xlsx.read(path).lines[-1] == "Hyror"


MASKED = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode='"<5"'))
PALE = DifferentialStyle(font=Font(color="FFFFFF"))
RED = DifferentialStyle(font=Font(color="FF0000"))


def rule(dxf, operator="lessThan", formula="5", kind="cellIs"):
    return Rule(type=kind, operator=operator, formula=[formula], dxf=dxf)


@pytest.mark.parametrize(
    ("value", "given", "shown"),
    [
        (3, rule(MASKED), "<5"),
        (7, rule(MASKED), "7"),
        (3, rule(PALE), ""),
        (3, rule(RED), "3"),
        (3, CellIsRule("between", ["1", "4"], font=Font(strike=True)), ""),
        (3, CellIsRule("between", ["4", "9"], font=Font(strike=True)), "3"),
        (3, IconSetRule("3Arrows", "num", [0, 2, 4]), "3"),
    ],
)
def test_a_rule_that_can_be_judged_is_followed(tmp_path, value, given, shown):
    def prepare(sheet):
        sheet.conditional_formatting.add("B2:B9", given)

    text, fact, _ = read_cell(tmp_path, value, prepare)
    assert text == shown
    assert fact is None or fact.refused is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (IconSetRule("3Arrows", "num", [0, 2, 4], showValue=False), "bara som ikon"),
        (FormulaRule(["$B$3>5"], font=Font(color="FFFFFF")), "dölja eller byta"),
        (rule(MASKED, formula="$B$3"), "dölja eller byta"),
    ],
)
def test_a_rule_that_can_not_be_judged_refuses_its_cells(tmp_path, given, why):
    def prepare(sheet):
        sheet.conditional_formatting.add("B2:B2", given)

    _, fact, document = read_cell(tmp_path, 3, prepare)
    assert why in fact.refused
    assert document.lines[-1] == "El\t7\ty"


def test_white_text_on_the_ground_of_a_table_style_is_refused_not_dropped(tmp_path):
    def prepare(sheet):
        sheet["B1"].value = "2024"
        table = Table(displayName="T", ref="A1:C3")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleDark1", showRowStripes=True)
        sheet.add_table(table)

    text, fact, _ = read_cell(tmp_path, 42, prepare, font=Font(color="FFFFFF"))
    assert text == "42"
    assert fact.refused == "texten har sin bakgrunds färg"


def test_rules_of_newer_excel_that_show_bars_alone_are_seen(tmp_path):
    path = tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        for number, row in enumerate((["Post", "2024"], ["Hyror", 1], ["El", 2])):
            sheet.write_row(number, 0, row)
        options = {"type": "data_bar", "data_bar_2010": True, "bar_only": True}
        sheet.conditional_format("B2:B2", options)
    document = xlsx.read(path)
    assert document.facts[4, 1].refused
    assert (5, 1) not in document.facts


def test_a_strict_workbook_is_read(tmp_path):
    import zipfile

    plain, path = tmp_path / "vanlig.xlsx", tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("Blad")
        sheet.write_row(0, 0, ["Post", "2024"])
        sheet.write_row(1, 0, ["Hyror", 17])
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(path, "w") as strict:
        for name in archive.namelist():
            data = archive.read(name)
            for folder in ("spreadsheetml", "officeDocument"):
                data = data.replace(
                    f"http://schemas.openxmlformats.org/{folder}/2006/".encode(),
                    f"http://purl.oclc.org/ooxml/{folder}/".encode(),
                )
            strict.writestr(name, data)
    assert xlsx.read(path).lines[-1] == "Hyror\t17"


def test_a_text_box_is_told(tmp_path):
    path = tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        sheet.write_row(0, 0, ["Post", "2024"])
        sheet.insert_textbox(1, 1, "99")
    assert "textrutor och figurer läses inte" in xlsx.read(path).remarks


@pytest.mark.parametrize(
    ("value", "code", "fits"),
    [
        (1234567, "#,##0", True),
        (99999.125, "#,##0.00", True),
        (12345678, "#,##0", False),
        (123456789, "0", False),
        (1234567.8, "General", False),
        (1234.567, "General", True),
        (1234567.8, "#,##0.00", False),
    ],
)
def test_a_number_that_its_column_has_no_room_for_is_read_with_a_note(tmp_path, value, code, fits):
    text, fact, _ = read_cell(tmp_path, value, code=code)
    assert (fact is None) is fits
    if not fits:
        assert text.replace(" ", "").startswith(str(value)[:7])
        assert fact.refused is None
        assert fact.notes == ("kolumnen är för smal för att visa hela talet",)

        def widen(sheet):
            sheet.column_dimensions["B"].width = 16

        assert read_cell(tmp_path, value, widen, code=code)[1] is None
