"""Excel workbooks (Office Open XML): what each cell shows, read by openpyxl.

Three things openpyxl 3.1 does not give, measured on files of our own, are asked of the parts
themselves: whether a formula was ever computed (``CalcProperties`` says ``fullCalcOnLoad`` of every
file), conditional formatting of Excel 2010 (dropped as an extension), and the colours of the theme.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from posixpath import normpath
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import MultiCellRange

from ojmf.ingest.addresses import address
from ojmf.ingest.document import Document
from ojmf.ingest.readers.cell_style import Style, fitted, shown
from ojmf.ingest.readers.conditional_format import Rules
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.excel_colours import Palette
from ojmf.ingest.readers.lines import CellText
from ojmf.ingest.readers.number_format import SWEDISH_BUILT_IN, form
from ojmf.ingest.readers.runs import Run
from ojmf.ingest.readers.workbook import SHOWS_FORMULAS, Sheet, to_document

_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    ParseError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
"""What openpyxl lets through from a damaged file."""
_RECOMPUTE = re.compile(rb'<(?:\w+:)?calcPr[^>]*fullCalcOnLoad="(?:1|true)"')
_UNVALUED = re.compile(
    rb'showFormulas="(?:1|true)"|'
    rb"</(?:\w+:)?f>\s*</(?:\w+:)?c>|<(?:\w+:)?f[^>]*/>\s*</(?:\w+:)?c>|<v\s*/>|<v></v>"
)
_EXTENDED = re.compile(rb"<x14:conditionalFormatting\b.*?</x14:conditionalFormatting>", re.DOTALL)
_EXTENDED_RANGE = re.compile(rb"<xm:sqref>([^<]+)</xm:sqref>")
_MASKS = re.compile(rb'showValue="0"|<(?:x14:)?(?:numFmt|font|strike)\b')
_REFERENCE = re.compile(rb"<Relationship\s[^>]*>")
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    _STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    _STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    _STRICT + b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


def read(path: Path) -> Document:
    """Read the visible sheets of a workbook; raises ``InputError``."""
    try:
        with zipfile.ZipFile(path) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Workbook(path, archive).document()
    except _BROKEN as error:
        raise broken(path, error) from error


class _Workbook:
    """A workbook with its stored values; its formulas are loaded where a value may be missing."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.archive = archive
        self.names = archive.namelist()
        self.content = _mended(archive) or path.read_bytes()
        self.book = self._load(data_only=True)
        self.recompute = _RECOMPUTE.search(archive.read("xl/workbook.xml")) is not None
        sheets = self._parts("xl/worksheets/")
        formulas = any(b"<f" in part for part in sheets)
        missing = formulas and (self.recompute or any(_UNVALUED.search(part) for part in sheets))
        self.formulas = self._load(data_only=False) if missing else None
        self.extended = [found[0] for part in sheets for found in _EXTENDED.finditer(part)]
        self.palette = Palette(self.book.loaded_theme)
        self.styles: dict[bytes, Style] = {}

    def _load(self, *, data_only: bool) -> Any:
        return openpyxl.load_workbook(BytesIO(self.content), data_only=data_only, rich_text=True)

    def _parts(self, folder: str) -> list[bytes]:
        return [
            self.archive.read(n) for n in self.names if n.startswith(folder) and "_rels" not in n
        ]

    def document(self) -> Document:
        """The visible sheets, with remarks on what is left out or taken from elsewhere."""
        remarks = []
        if any(name.startswith("xl/externalLinks/") for name in self.names):
            remarks.append(
                "arbetsboken hämtar värden ur andra filer; de senast sparade värdena har lästs"
            )
        if any(b"txBody>" in part for part in self._parts("xl/drawings/")):
            remarks.append("textrutor och figurer läses inte")
        sheets = self.book.worksheets
        visible = (self._sheet(sheet) for sheet in sheets if sheet.sheet_state == "visible")
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        return to_document(self.path, visible, hidden, remarks)

    def _sheet(self, sheet: Any) -> Sheet:
        out = Sheet(self.path, sheet.title)
        out.hidden_rows = {n for n, row in sheet.row_dimensions.items() if _unseen(row, row.height)}
        for column in list(sheet.column_dimensions.values()):
            if _unseen(column, column.width if column.customWidth else None):
                out.hidden_columns |= set(range(column.min - 1, column.max))
        out.merged = [
            (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1)
            for r in sheet.merged_cells.ranges
        ]
        covers = {(top + 1, left): right for top, left, _, right in out.merged}
        widths = _Widths(sheet)
        rules = Rules(
            list(sheet.conditional_formatting),
            self.palette,
            tables=[table.ref for table in sheet.tables.values()],
            extended=self._extended_ranges(sheet),
        )
        formulas = None if self.formulas is None else self.formulas[sheet.title]
        # The public rows of a sheet make a cell for every gap, up to 17 billion of them.
        for (row, number), cell in sheet._cells.items():
            column = number - 1
            if formulas is not None and self._uncomputed(cell, formulas._cells.get((row, number))):
                out.uncomputed.append(address(row, column))
                continue
            if cell.value is None:
                continue
            width = widths.between(column, covers.get((row, column), column))
            zeros = sheet.sheet_view.showZeros
            text = self._text(cell, rules, width, zeros=zeros)
            written = None if formulas is None else formulas._cells.get((row, number))
            if sheet.sheet_view.showFormulas and written and written.data_type == "f":
                text = CellText(text, refused=SHOWS_FORMULAS)
            out.put(row, column, text)
        return out

    def _extended_ranges(self, sheet: Any) -> list[MultiCellRange]:
        """The ranges of rules that openpyxl drops and that may hide a value."""
        del sheet  # the rules are few: those of any sheet count for all
        found = (_EXTENDED_RANGE.search(rule) for rule in self.extended if _MASKS.search(rule))
        return [MultiCellRange(match[1].decode()) for match in found if match]

    def _uncomputed(self, cell: Any, written: Any) -> bool:
        """Whether a formula lacks a value; programs that compute nothing store 0 and say so."""
        if written is None or written.data_type != "f" or cell.data_type in {"str", "s"}:
            return False
        return cell.value is None or (self.recompute and cell.value == 0)

    def _style(self, cell: Any) -> Style:
        key = cell._style.tobytes()
        if key not in self.styles:
            code = SWEDISH_BUILT_IN.get(cell._style.numFmtId, cell.number_format)
            solid = cell.fill.fill_type == "solid"
            ground = self.palette.colour(cell.fill.fgColor) if solid else None
            align, font = cell.alignment, cell.font
            self.styles[key] = Style(
                form(code),
                self.palette.look(font, ground),
                font.name,
                ground,
                fills=align.horizontal == "fill",
                size=0.0 if align.shrinkToFit else (font.sz or 11) / 11,
            )
        return self.styles[key]

    def _text(self, cell: Any, rules: Rules, width: float, *, zeros: bool | None) -> str:
        """What a cell shows; ``width`` is that of its column, in digits."""
        style, value = self._style(cell), cell.value
        if zeros is False and value == 0 and not isinstance(value, bool):
            return CellText("", notes=["noll visas inte i bladet"])
        style, masked = rules.at(cell.coordinate, value, style)
        if isinstance(value, CellRichText):
            return shown(list(self._runs(value, style)), style, masked)
        if isinstance(value, datetime | date | time | timedelta):
            value = to_excel(value, self.book.epoch)
        elif isinstance(value, bool):
            value = "SANT" if value else "FALSKT"
        from_1904 = self.book.epoch == CALENDAR_MAC_1904
        text = shown(value, style, masked, from_1904=from_1904)
        return text if isinstance(value, str) else fitted(text, style, width)

    def _runs(self, value: CellRichText, style: Style) -> Iterator[Run]:
        for part in value:
            if isinstance(part, str):
                yield Run(part, style.look, 11 * style.size)
            else:
                look = self.palette.look(part.font, style.ground)
                yield Run(part.text, look, float(part.font.sz or 0))


class _Widths:
    """The widths of a sheet's columns, in digits of its usual letters."""

    def __init__(self, sheet: Any) -> None:
        self.usual = float(sheet.sheet_format.defaultColWidth or 8.43)
        self.given = {
            number: float(column.width)
            for column in list(sheet.column_dimensions.values())
            if column.customWidth and not column.hidden
            for number in range(column.min - 1, column.max)
        }

    def between(self, first: int, last: int) -> float:
        """The width of columns together, 0-based."""
        if first == last:
            return self.given.get(first, self.usual)
        return sum(self.given.get(column, self.usual) for column in range(first, last + 1))


def _unseen(dimension: Any, size: float | None) -> bool:
    return bool(dimension.hidden) or (size is not None and size < 0.5)


def _mended(archive: zipfile.ZipFile) -> bytes | None:
    """A workbook in a form that openpyxl reads, where it is in another; else None.

    The names of a Strict workbook are changed to those it knows, and references to parts that the
    writer left out (drawings, as R's openxlsx does) are taken away.
    """
    strict = _STRICT in archive.read("xl/workbook.xml")
    names = set(archive.namelist())
    references = {
        name: archive.read(name) for name in names if re.fullmatch(r"xl/worksheets/_rels/.+", name)
    }
    kept = {name: _without_missing(data, names) for name, data in references.items()}
    if not strict and kept == references:
        return None
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = kept.get(name) or archive.read(name)
            for other, transitional in _TRANSITIONAL.items() if strict else ():
                data = data.replace(other, transitional)
            copy.writestr(name, data)
    return out.getvalue()


def _without_missing(references: bytes, names: set[str]) -> bytes:
    """The references of a sheet to parts that are there, or outside the workbook."""

    def there(reference: re.Match[bytes]) -> bytes:
        target = re.search(rb'Target="([^"]*)"', reference[0])
        outside = target is None or b'TargetMode="External"' in reference[0]
        path = target[1].decode("utf-8", "replace") if target else ""
        whole = path[1:] if path.startswith("/") else normpath(f"xl/worksheets/{path}")
        return reference[0] if outside or whole in names else b""

    return _REFERENCE.sub(there, references)
