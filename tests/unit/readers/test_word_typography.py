"""Word cells as their page shows them: marks, struck and hidden runs, symbols, fields, lists."""

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from ojmf.ingest.readers import read_file

W = nsdecls("w")
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text):
    return run(text, '<w:vertAlign w:val="superscript"/>')


def paragraph(*inner, properties=""):
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def read_cell(tmp_path, *paragraphs, footer="", prepare=None, label="Hyror"):
    """The text of one cell and what is known of it, in a document that python-docx wrote."""
    path = tmp_path / "fil.docx"
    document = docx.Document()
    if prepare:
        prepare(document)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Post", "2024", label], strict=False):
        cell.text = text
    cell = table.cell(1, 1)._tc
    for old in cell.p_lst:
        cell.remove(old)
    for written in paragraphs:
        cell.append(parse_xml(written))
    if footer:
        document.add_paragraph(footer)
    document.save(str(path))
    read = read_file(path)
    line = next(n for n, text in enumerate(read.lines, 1) if text.startswith(label))
    fact = read.facts.get((line, 1))
    return read.line(line).split("\t")[-1], fact


def refused(tmp_path, *paragraphs, **more):
    _, fact = read_cell(tmp_path, *paragraphs, **more)
    assert fact is not None
    assert fact.refused is not None
    return fact.refused


@pytest.mark.parametrize("mark", ["1", "12", "a", "*", "**", "1)", "(2)", "†"])
def test_a_raised_mark_is_a_note_and_no_digit(tmp_path, mark):
    text, fact = read_cell(tmp_path, paragraph(run("125"), raised(mark)))
    assert text == "125"
    assert fact.notes == (f"fotnot {mark.strip('()')}",)


def test_several_raised_marks_are_several_notes(tmp_path):
    text, fact = read_cell(tmp_path, paragraph(run("43,5"), raised("1,"), raised(" 2")))
    assert text == "43,5"
    assert fact.notes == ("fotnot 1", "fotnot 2")


def test_a_mark_is_told_with_its_footnote(tmp_path):
    _, fact = read_cell(tmp_path, paragraph(run("5"), raised("1")), footer="1 Preliminär uppgift")
    assert fact.notes == ("fotnot 1 (stycke 1): ”1 Preliminär uppgift”",)


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (run("10", "<w:strike/>") + run("7"), "”10” i cellen är struket"),
        (run("1") + run("0", "<w:dstrike/>") + run("7"), "”0” i cellen är struket"),
        (run("5") + run("3", '<w:vertAlign w:val="subscript"/>'), "”3” i cellen är nedsänkt"),
        (run("5") + run("3", '<w:position w:val="-6"/>'), "”3” i cellen är nedsänkt"),
        (run("125") + run("1", '<w:sz w:val="12"/>'), "siffrorna är olika stora"),
        (run("10") + raised("6"), "”6” i cellen är upphöjt"),
        (run("5") + raised("50"), "”50” i cellen är upphöjt"),
        (run("1") + raised("2") + run("5"), "”2” i cellen är upphöjt"),
        (raised("−") + run("5"), "”−” i cellen är upphöjt"),
        (raised("125"), "”125” är upphöjt"),
        (run("5") + "<w:r><w:tab/></w:r>" + run("123"), "brett mellanrum"),
        (run("5   123"), "brett mellanrum"),
        (run("5") + "<w:r><w:br/></w:r>" + run("123"), "2 rader: ”5”, ”123”"),
        (f"<m:oMath {MATH}><m:r><m:t>5</m:t></m:r></m:oMath>", "formel"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("5"), "Wingdings U+F0FC"),
        (run("5", '<w:rFonts w:ascii="Wingdings"/>'), "Wingdings U+0035"),
    ],
)
def test_what_can_not_be_told_is_refused(tmp_path, inner, why):
    assert why in refused(tmp_path, paragraph(inner))


@pytest.mark.parametrize(
    "properties", ['<w:color w:val="auto" w:themeColor="background1"/>', '<w:w w:val="1"/>']
)
def test_digits_in_the_theme_s_white_or_without_width_are_not_read(tmp_path, properties):
    text, fact = read_cell(tmp_path, paragraph(run("99", properties), run("5")))
    assert (text, fact.notes) == ("5", ("dold text i cellen läses inte",))


def test_two_paragraphs_are_not_one_figure(tmp_path):
    assert "2 rader" in refused(tmp_path, paragraph(run("5")), paragraph(run("123")))


def test_a_figure_that_is_struck_altogether_is_no_figure(tmp_path):
    text, fact = read_cell(tmp_path, paragraph(run("9", "<w:strike/>")))
    assert text == ""
    assert fact.notes == ("struket i källan: ”9”",)


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
        '<w:shd w:val="clear" w:fill="FF0000"/><w:color w:val="FF0000"/>',
        '<w:color w:val="FEFEFE" w:themeColor="background1"/>',
    ],
)
def test_what_is_not_seen_is_not_read(tmp_path, properties):
    text, fact = read_cell(tmp_path, paragraph(run("4"), run("2", properties)))
    assert text == "4"
    assert fact.notes == ("dold text i cellen läses inte",)
    text, fact = read_cell(tmp_path, paragraph(run("42", properties)))
    assert text == ""


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:strike w:val="false"/>',
        '<w:color w:val="auto"/>',
        '<w:shd w:val="clear" w:fill="000080"/><w:color w:val="FFFFFF"/>',
        '<w:vertAlign w:val="baseline"/>',
    ],
)
def test_what_is_seen_is_read(tmp_path, properties):
    assert read_cell(tmp_path, paragraph(run("42", properties))) == ("42", None)


def test_white_text_on_the_dark_row_of_a_table_style_is_seen(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    table = document.add_table(2, 2, style="Light List Accent 1")
    for cell, text in zip(table._cells, ["Post", "2024", "Hyror", "17"], strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    document.save(str(path))
    text = "".join(read_file(path).lines)
    assert text.startswith("Post\t2024")
    assert "17" not in text


def test_styles_are_followed(tmp_path):
    def prepare(document):
        base = document.styles.add_style("Not", WD_STYLE_TYPE.CHARACTER)
        base.font.superscript = True
        document.styles.add_style("Fotnot", WD_STYLE_TYPE.CHARACTER).base_style = base
        document.styles.add_style("Dold", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
        document.styles.add_style("Liten", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(1)

    inner = run("125") + run("1", '<w:rStyle w:val="Fotnot"/>')
    assert read_cell(tmp_path, paragraph(inner), prepare=prepare)[0] == "125"
    for style in ("Dold", "Liten"):
        hidden = paragraph(run("42"), properties=f'<w:pStyle w:val="{style}"/>')
        assert read_cell(tmp_path, hidden, prepare=prepare)[0] == ""


def test_a_symbol_is_read_as_the_sign_that_it_shows(tmp_path):
    for char, sign in (("F02D", "−"), ("F0A3", "≤"), ("003C", "<")):
        symbol = f'<w:r><w:sym w:font="Symbol" w:char="{char}"/></w:r>'
        assert read_cell(tmp_path, paragraph(symbol, run("5"))) == (f"{sign}5", None)
    symbol_font = run("\uf02d5", '<w:rFonts w:ascii="Symbol"/>')
    assert read_cell(tmp_path, paragraph(symbol_font)) == ("−5", None)


def field(instruction, result):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{char('begin')}{instruction}{char('separate')}{result}{char('end')}"


def test_a_field_is_its_result_and_not_its_instruction(tmp_path):
    nested = field("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("3"))
    shown = field(f"<w:r><w:instrText>IF</w:instrText></w:r>{nested}", run("7"))
    assert read_cell(tmp_path, paragraph(shown)) == ("7", None)


def test_a_drop_down_field_shows_the_entry_that_is_chosen(tmp_path):
    chosen = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="JA"/><w:listEntry w:val="NEJ"/></w:ddList></w:ffData></w:fldChar>'
        "</w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read_cell(tmp_path, paragraph(chosen))[0] == "NEJ"


def test_a_content_control_and_the_first_of_alternates_are_read(tmp_path):
    control = f"<w:sdt><w:sdtContent>{run('4')}</w:sdtContent></w:sdt>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='w14'>{run('2')}</mc:Choice><mc:Fallback>{run('9')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert read_cell(tmp_path, paragraph(control, alternate)) == ("42", None)


def test_a_text_box_in_a_cell_is_refused(tmp_path):
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('5'))}</w:txbxContent></w:pict></w:r>"
    assert "textruta" in refused(tmp_path, paragraph(run("7"), box))


def test_deleted_text_is_not_shown_and_inserted_is(tmp_path):
    change = 'w:id="1" w:author="x"'
    changed = (
        f"<w:del {change}><w:r><w:delText>9</w:delText></w:r></w:del>"
        f"<w:ins {change}>{run('5')}</w:ins><w:moveFrom {change}>{run('8')}</w:moveFrom>"
    )
    assert read_cell(tmp_path, paragraph(changed)) == ("5", None)


def test_the_sign_of_a_list_is_no_minus(tmp_path):
    def prepare(document):
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:numFmt '
                'w:val="bullet"/><w:lvlText w:val="–"/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )

    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    text, fact = read_cell(tmp_path, paragraph(run("5"), properties=listed), prepare=prepare)
    assert text == "5"
    assert fact.notes == ("listans tecken ”–” hör inte till talet",)


def test_rows_that_are_hidden_or_deleted_are_told(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    table = document.add_table(5, 2)
    for number, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = f"Rad {number}", str(number)
    for number, inner in (
        (1, "<w:hidden/>"),
        (2, '<w:del w:id="1" w:author="x"/>'),
        (3, '<w:trHeight w:val="20" w:hRule="exact"/>'),
    ):
        table.rows[number]._tr.insert(0, parse_xml(f"<w:trPr {W}>{inner}</w:trPr>"))
    document.save(str(path))
    read = read_file(path)
    assert [line for line in read.lines if line] == ["Rad 0\t0", "Rad 4\t4"]
    assert [read.places[n] for n in read.places] == ["tabell 1, rad 1", "tabell 1, rad 5"]
    assert read.remarks[0] == "tabell 1, rad 2 är dold eller borttagen och läses inte"
    assert len(read.remarks) == 3


def test_a_label_keeps_its_units_and_loses_its_mark(tmp_path):
    path = tmp_path / "fil.docx"
    document = docx.Document()
    table = document.add_table(4, 2)
    for row, (label, mark, position) in zip(
        table.rows,
        [
            ("Post", "", ""),
            ("kr/m", "2", "superscript"),
            ("Barn", "1", "superscript"),
            ("CO", "2", "subscript"),
        ],
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = label, "5"
        added = row.cells[0].paragraphs[0].add_run(mark)
        if position:
            setattr(added.font, position, True)
    document.save(str(path))
    read = read_file(path)
    assert [line for line in read.lines if line] == ["Post\t5", "kr/m²\t5", "Barn\t5", "CO2\t5"]
    assert read.facts[4 - 1, 0].notes == ("fotnot 1",)


def test_a_footnote_of_word_is_a_note_with_its_text(tmp_path):
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def prepare(document):
        note = f'<w:footnote w:id="2">{paragraph(run("Preliminär"))}</w:footnote>'
        footnotes = f"<w:footnotes {W}>{note}</w:footnotes>"
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            footnotes.encode(),
            document.part.package,
        )
        document.part.relate_to(
            part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        )

    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text, fact = read_cell(tmp_path, paragraph(run("125"), reference), prepare=prepare)
    assert text == "125"
    assert fact.notes == ("fotnot 1: ”Preliminär”",)
