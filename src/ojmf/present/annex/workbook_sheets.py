"""The sheets of a workbook that is read on a screen and on paper: headings, filters and pages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ojmf.present.sheets import sheet_name
from ojmf.present.spreadsheets import FORMULA_STARTS

_A4 = 9
_LINE_HEIGHT = 15  # points
_PADDING = 2  # characters of a column's width that its indent and border take
_ARROW = 3  # and those that the arrow to filter by takes in its heading
_TITLE = {"bold": True, "font_size": 14}
_TITLE_HEIGHT = 20  # points
_ROOM = (770, 495)  # points within the margins of a page
_CHARACTER = 5.5  # points of a column's width for each character
_LITTLE = 0.5  # of a page: so much shrinks to the pages before, and no row stands by itself
_WORSE = {"font_color": "#9C0006", "bold": True}


class Sheets:
    """A workbook with the formats that its sheets share."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.names: set[str] = set()
        self._formats: dict[tuple[Any, ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def sheet(self, name: str, heading: str, lines: Sequence[str]) -> Sheet:
        """A sheet with its heading and the lines above the table, ready to be printed."""
        sheet = self.book.add_worksheet(sheet_name(name, self.names))
        sheet.write_string(0, 0, heading, self.style(**_TITLE))
        sheet.set_row(0, _TITLE_HEIGHT)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L{heading.replace('&', '&&')}&RSida &P av &N")
        return Sheet(self, sheet, len(lines) + 1, lines)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its heading, values, greatest width in characters and number format.

    The format is that of the column or of each row. ``instead`` are texts that stand where there
    is no number, ``worse`` says of which rows the number is a worse one.
    """

    heading: str
    values: pl.Series
    widest: int
    number: str | Sequence[str] = "General"
    instead: pl.Series | None = None
    worse: pl.Series | None = None

    def cells(self) -> list[Any]:
        """The value of each row, or what stands instead of it."""
        if self.instead is None:
            return self.values.to_list()
        both = zip(self.values, self.instead, strict=True)
        return [text if value is None else value for value, text in both]

    @property
    def empty(self) -> bool:
        """Whether no row has anything in the column."""
        return all(cell is None for cell in self.cells())

    @property
    def width(self) -> int:
        """As wide as the texts of the column need, so that a sheet is not smaller on paper.

        No word of the heading breaks, which has two lines.
        """
        texts = [
            line for cell in self.cells() if isinstance(cell, str) for line in cell.split("\n")
        ]
        words = max(map(len, self.heading.split()), default=0)
        heading = max(words, -(-len(self.heading) // 2)) + _ARROW
        numbers = max((len(f"{n:+,.3f}") for n in self._extremes()), default=0)
        needed = max(heading, numbers, max(map(len, texts), default=0) + _PADDING)
        return min(self.widest, needed)

    def _extremes(self) -> list[float]:
        """The least and the greatest number, which may be the longest; none of texts."""
        if not self.values.dtype.is_numeric():
            return []
        known = self.values.cast(pl.Float64).drop_nulls().sort()
        return [known[0], known[-1]] if len(known) else []

    def style(self, row: int) -> dict[str, Any]:
        """The properties of the number in a row."""
        form = self.number if isinstance(self.number, str) else self.number[row]
        worse = self.worse is not None and self.worse[row]
        return {"num_format": form, **(_WORSE if worse else {})}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose table begins with the headings in row ``header``."""

    sheets: Sheets
    sheet: Worksheet
    header: int
    lines: Sequence[str]

    def table(
        self, columns: Sequence[SheetColumn], height: int, printed: int | None = None
    ) -> None:
        """Write the columns from the header row on, with filters and frozen headings.

        Only the first ``printed`` columns are printed; all where left out.
        """
        sheet, top, style = self.sheet, self.header, self.sheets.style
        headed = style(bold=True, bg_color="#E9EDF1", border=1, text_wrap=True)
        blank = style(border=1)
        lines = [1] * height
        widths = [column.width for column in columns]
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(top, place, column.heading, headed)
            room = width - _PADDING
            for row, value in enumerate(column.cells()):
                at = (top + 1 + row, place)
                if value is None:
                    sheet.write_blank(*at, None, blank)
                elif isinstance(value, str):
                    quoted = {"quote_prefix": True} if value.startswith(FORMULA_STARTS) else {}
                    text = style(border=1, text_wrap=True, align="left", indent=1, **quoted)
                    sheet.write_string(*at, value, text)
                    parts = value.splitlines()
                    needed = sum(len(textwrap.wrap(part, room)) or 1 for part in parts)
                    lines[row] = max(lines[row], needed)
                else:
                    sheet.write_number(*at, value, style(border=1, **column.style(row)))
        for row, needed in enumerate(lines, start=top + 1):
            sheet.set_row(row, _LINE_HEIGHT * needed)
        sheet.set_row(top, _LINE_HEIGHT * 2)
        shown = widths[: printed or len(columns)]
        self._wrap(shown)
        wide, high = _ROOM
        scale = min(1, wide / (_CHARACTER * sum(shown)))
        pages = scale * (_LINE_HEIGHT * (sum(lines) + top + 2) + _TITLE_HEIGHT) / high
        sheet.fit_to_pages(1, max(1, ceil(pages - _LITTLE)))
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, top + height, (printed or len(columns)) - 1)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, top + max(height, 1), len(columns) - 1)

    def _wrap(self, widths: Sequence[int]) -> None:
        """Break the lines above that are longer than the columns that are printed are wide."""
        wide = sum(widths)
        for row, line in enumerate(self.lines, start=1):
            if len(line) > wide and len(widths) > 1:
                text = self.sheets.style(text_wrap=True)
                self.sheet.merge_range(row, 0, row, len(widths) - 1, line, text)
                self.sheet.set_row(row, _LINE_HEIGHT * len(textwrap.wrap(line, wide)))
