"""A figure printed with any mark, hidden or struck run and invisible character reads as itself.

Or it is refused; never as another figure. The cells of one example are one table.
"""

import xml.sax.saxutils as sax
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import polars as pl
import pytest
import xlwt
from docx.shared import Pt, RGBColor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ojmf.declarations.notation import Notation
from ojmf.ingest.readers import docx as word
from ojmf.ingest.readers import ods, xls, xlsx
from ojmf.printed import figure
from tests.unit.readers.writers import write_ods_tables

Piece = tuple[str, str]
"""A text and its look: plain, raised, lowered, struck, hidden or white."""
INVISIBLE = ["", "\u200b", "\ufeff", "\u200e", "\u2060"]
STYLES = {
    "raised": 'style:text-position="super 58%"',
    "lowered": 'style:text-position="sub 58%"',
    "struck": 'style:text-line-through-style="solid"',
    "hidden": 'text:display="none"',
    "white": 'fo:color="#ffffff"',
    "plain": 'fo:font-style="italic"',
}


@st.composite
def printed_figures(draw) -> tuple[str, float]:
    """A figure as Swedish text, and its value."""
    whole = draw(st.integers(0, 9_999_999))
    decimals = draw(st.sampled_from(["", "5", "05", "50"]))
    space = draw(st.sampled_from([" ", "\u00a0", ""]))
    minus = draw(st.sampled_from(["", "-", "−", "–"]))
    percent = draw(st.sampled_from(["", " %", "%"]))
    digits = f"{whole:,}".replace(",", space)
    value = float(f"{whole}.{decimals or 0}") * (-1 if minus else 1)
    return minus + digits + ("," + decimals if decimals else "") + percent, value or 0.0


@st.composite
def cells(draw) -> tuple[list[Piece], float | None]:
    """The runs of a cell, and the figure that its reader sees; None where that can't be told."""
    text, value = draw(printed_figures())
    at = draw(st.integers(0, len(text)))
    text = text[:at] + draw(st.sampled_from(INVISIBLE)) + text[at:]
    look = draw(st.sampled_from(["plain", "raised", "lowered", "struck", "hidden", "white"]))
    other = draw(st.sampled_from(["1", "2", "12", "*", "a", "1)", "10", "3,5", "−", "0"]))
    place = draw(st.integers(0, len(text)))
    if look == "plain":
        return [(text, "plain")], value
    if look in {"hidden", "white"}:
        pieces = [(text[:place], "plain"), (other, look), (text[place:], "plain")]
        return [(said, seen) for said, seen in pieces if said], value
    if look == "struck" and draw(st.booleans()):
        return [(text, "struck")], None
    if draw(st.booleans()):
        return [(text, "plain"), (other, look)], value if look == "raised" else None
    pieces = [(text[:place], "plain"), (other, look), (text[place:], "plain")]
    beside = look == "raised" and place in {0, len(text)}
    return [(said, seen) for said, seen in pieces if said], value if beside else None


def write_word(path: Path, rows: Sequence[list[Piece]]) -> None:
    document = docx.Document()
    table = document.add_table(len(rows) + 1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Post", "2024"
    for number, pieces in enumerate(rows, start=1):
        table.cell(number, 0).text = f"Rad {number}"
        for text, look in pieces:
            font = table.cell(number, 1).paragraphs[0].add_run(text).font
            if look in {"raised", "lowered", "struck"}:
                names = {"raised": "superscript", "lowered": "subscript", "struck": "strike"}
                setattr(font, names[look], True)
            elif look == "white":
                font.color.rgb = RGBColor(255, 255, 255)
            elif look == "hidden" and number % 2:
                font.size = Pt(1)
            elif look == "hidden":
                font.hidden = True
    document.save(str(path))


def write_excel(path: Path, rows: Sequence[list[Piece]]) -> None:
    looks = {
        "raised": InlineFont(vertAlign="superscript"),
        "lowered": InlineFont(vertAlign="subscript"),
        "struck": InlineFont(strike=True),
        "hidden": InlineFont(sz=1),
        "white": InlineFont(color="FFFFFF"),
        "plain": InlineFont(b=True),
    }
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Post", "2024"])
    for number, pieces in enumerate(rows, start=1):
        runs = (TextBlock(looks[look], text) for text, look in pieces)
        sheet.append([f"Rad {number}", CellRichText(*runs)])
    book.save(path)


def write_old_excel(path: Path, rows: Sequence[list[Piece]]) -> None:
    looks = {look: xlwt.easyfont("") for look in STYLES}
    looks["raised"].escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    looks["lowered"].escapement = xlwt.Font.ESCAPEMENT_SUBSCRIPT
    looks["struck"].struck_out = True
    looks["hidden"].height = 20
    looks["white"].colour_index = 9
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    for column, text in enumerate(["Post", "2024"]):
        sheet.write(0, column, text)
    for number, pieces in enumerate(rows, start=1):
        sheet.write(number, 0, f"Rad {number}")
        sheet.write_rich_text(number, 1, [(text, looks[look]) for text, look in pieces])
    book.save(str(path))


def write_open(path: Path, rows: Sequence[list[Piece]]) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {what}/>'
        "</style:style>"
        for name, what in STYLES.items()
    )
    written = [["Post", "2024"]] + [
        [
            f"Rad {number}",
            "".join(
                f'<text:span text:style-name="{look}">{sax.escape(text)}</text:span>'
                for text, look in pieces
            ),
        ]
        for number, pieces in enumerate(rows, start=1)
    ]
    table = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in written
    )
    write_ods_tables(path, f'<table:table table:name="Blad">{table}</table:table>', styles)


FORMATS: dict[str, tuple[Callable, Callable]] = {
    "docx": (write_word, word.read),
    "xlsx": (write_excel, xlsx.read),
    "xls": (write_old_excel, xls.read),
    "ods": (write_open, ods.read),
}


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(cells(), min_size=8, max_size=40))
def test_a_figure_in_any_look_reads_as_itself_or_is_refused(tmp_path, suffix, rows):
    write, read = FORMATS[suffix]
    path = tmp_path / f"fil.{suffix}"
    write(path, [pieces for pieces, _ in rows])
    document = read(path)
    lines = {text.split("\t")[0]: n for n, text in enumerate(document.lines, 1) if text}
    plain = read_plain = 0
    for number, (pieces, seen) in enumerate(rows, start=1):
        line = lines[f"Rad {number}"]
        text = document.line(line).partition("\t")[2]
        fact = document.facts.get((line, 1))
        if fact is not None and fact.refused:
            continue
        meant = pl.DataFrame({"raw": [Notation().read(text).text]}).select(figure(pl.col("raw")))
        got = meant.item()
        plain += pieces[0][1] == "plain" and len(pieces) == 1
        read_plain += pieces[0][1] == "plain" and len(pieces) == 1 and got is not None
        assert got is None or got == seen, (pieces, text, seen)
    assert read_plain == plain
