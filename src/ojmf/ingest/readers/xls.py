"""Older Excel workbooks (BIFF8, .xls): what each cell prints."""

from __future__ import annotations

import struct
from pathlib import Path

import xlrd

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.number_format import form, printed
from ojmf.ingest.readers.workbook import Sheet, to_document

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


def read(path: Path) -> Document:
    """Read the visible sheets of a workbook; raises ``InputError``."""
    try:
        with path.open("rb") as file:
            book = xlrd.open_workbook(
                file_contents=file.read(), formatting_info=True, logfile=_Silence()
            )
        sheets = book.sheets()
        visible = [_sheet(path, book, sheet) for sheet in sheets if sheet.visibility == 0]
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise InputError(
                f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara "
                "en kopia."
            ) from error
        raise broken(path, error) from error
    return to_document(path, visible, [sheet.name for sheet in sheets if sheet.visibility != 0])


class _Silence:
    """Takes what xlrd would print."""

    def write(self, _: str) -> None:
        """Drop the text."""


def _sheet(path: Path, book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    out = Sheet(path, sheet.name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            out.put(row + 1, column, _text(book, sheet.cell(row, column)))
    out.merged = [
        (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
    ]
    return out


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        style = book.xf_list[cell.xf_index]
        return printed(cell.value, form(book.format_map[style.format_key].format_str))
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment: str = xlrd.xldate_as_datetime(cell.value, book.datemode).date().isoformat()
        return moment
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "SANT" if cell.value else "FALSKT"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#FEL!"))
    return str(cell.value)
