"""Older Excel workbooks (BIFF8, .xls): what each cell shows, read by xlrd."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import xlrd

from ojmf.errors import InputError
from ojmf.ingest.addresses import address
from ojmf.ingest.document import Document
from ojmf.ingest.readers.cell_style import Style, fitted, shown
from ojmf.ingest.readers.colours import alike
from ojmf.ingest.readers.conditional_format import Rules
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.excel_colours import Palette
from ojmf.ingest.readers.lines import CellText
from ojmf.ingest.readers.number_format import SWEDISH_BUILT_IN, form
from ojmf.ingest.readers.runs import SMALLEST, Look, Run
from ojmf.ingest.readers.workbook import SHOWS_FORMULAS, Sheet, to_document
from ojmf.ingest.readers.xls_records import Passed, passed_over

_BROKEN = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    UnicodeError,
    ValueError,
)
"""What xlrd lets through from a damaged file."""
_FILLS = 4
"""The alignment that repeats a text over the whole cell."""


def read(path: Path) -> Document:
    """Read the visible sheets of a workbook; raises ``InputError``."""
    try:
        content = path.read_bytes()
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=_Silence())
        looks = _Book(book)
        sheets = list(zip(book.sheets(), passed_over(content, looks.colour), strict=True))
        shown_sheets = [(sheet, passed) for sheet, passed in sheets if sheet.visibility == 0]
        visible = [_sheet(path, looks, sheet, passed) for sheet, passed in shown_sheets]
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise InputError(
                f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara "
                "en kopia."
            ) from error
        raise broken(path, error) from error
    boxes = any(passed.text_boxes for _, passed in shown_sheets)
    hidden = [sheet.name for sheet, _ in sheets if sheet.visibility != 0]
    return to_document(path, visible, hidden, ["textrutor och figurer läses inte"] * boxes)


class _Silence:
    """Takes what xlrd would print."""

    def write(self, _: str) -> None:
        """Drop the text."""


class _Book:
    """The looks of a workbook's fonts and the styles of its cells."""

    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self.style = lru_cache(maxsize=None)(self._style)

    def look(self, font: xlrd.formatting.Font, ground: str | None) -> Look:
        """How text of a font looks on a ground (hex, None: white)."""
        colour = self.colour(font.colour_index)
        if (colour and alike(colour, ground or "FFFFFF")) or font.height / 20 < SMALLEST:
            return Look.UNSEEN
        if font.struck_out:
            return Look.STRUCK
        return {1: Look.RAISED, 2: Look.LOWERED}.get(font.escapement, Look.SHOWN)

    def colour(self, index: int) -> str | None:
        """A colour of the workbook as hex."""
        channels = self.book.colour_map.get(index)
        return None if channels is None else "{:02X}{:02X}{:02X}".format(*channels)

    def _style(self, index: int) -> Style:
        given = self.book.xf_list[index]
        code = self.book.format_map[given.format_key].format_str
        fill, font = given.background, self.book.font_list[given.font_index]
        ground = self.colour(fill.pattern_colour_index) if fill.fill_pattern == 1 else None
        return Style(
            form(SWEDISH_BUILT_IN.get(given.format_key, code)),
            self.look(font, ground),
            font.name,
            ground,
            fills=given.alignment.hor_align == _FILLS,
            size=0.0 if given.alignment.shrink_to_fit else font.height / 220,
        )

    def text(self, sheet: xlrd.sheet.Sheet, row: int, column: int, rules: Rules) -> str:
        """What a cell shows."""
        cell = sheet.cell(row, column)
        value, spans = cell.value, sheet.merged_cells
        style, masked = rules.at(address(row + 1, column), value, self.style(cell.xf_index))
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#FEL!"))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return shown("SANT" if value else "FALSKT", style, masked)
        if cell.ctype not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            runs = sheet.rich_text_runlist_map.get((row, column))
            said = self._runs(value, runs, style) if runs else str(value)
            return shown(said, style, masked)
        if value == 0 and not sheet.show_zero_values:
            return CellText("", notes=["noll visas inte i bladet"])
        width = sheet.computed_column_width(column) / 256
        text = shown(value, style, masked, from_1904=bool(self.book.datemode))
        merged = any(top <= row < end and left <= column < right for top, end, left, right in spans)
        return text if merged else fitted(text, style, width)

    def _runs(self, text: str, runs: Sequence[tuple[int, int]], style: Style) -> list[Run]:
        """The runs of a text; the first piece has the look of the cell."""
        starts = [(0, style.look, 11 * style.size)] if runs[0][0] else []
        for at, number in runs:
            font = self.book.font_list[number]
            starts.append((at, self.look(font, style.ground), font.height / 20))
        ends = [at for at, _, _ in starts[1:]] + [len(text)]
        return [
            Run(text[at:end], look, size)
            for (at, look, size), end in zip(starts, ends, strict=True)
        ]


def _sheet(path: Path, book: _Book, sheet: xlrd.sheet.Sheet, passed: Passed) -> Sheet:
    out = Sheet(path, sheet.name)
    out.uncomputed = passed.uncomputed
    rules = Rules(passed.formats, Palette(None), extended=passed.unknown)
    out.hidden_rows = {n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden}
    out.hidden_columns = {
        n for n, column in sheet.colinfo_map.items() if column.hidden or not column.width
    }
    out.merged = [
        (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
    ]
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = book.text(sheet, row, column, rules)
            if passed.shows_formulas and (row, column) in passed.formulas:
                text = CellText(text, refused=SHOWS_FORMULAS)
            out.put(row + 1, column, text)
    return out
