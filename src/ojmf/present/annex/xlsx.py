"""A municipality's table as a workbook: a summary, a sheet per area, and the sources."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.present.annex.cell_numbers import PLAIN, SIGNED, as_numbers
from ojmf.present.annex.named_sources import area_source, provenance
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.summaries import differences, over_areas, summary_view
from ojmf.present.annex.views import (
    BESIDE_FIGURE,
    BESIDE_HEADING,
    COUNTRY_HEADING,
    COUNTY_HEADING,
    FILLS,
    GAP_BESIDE,
    GAP_COUNTRY,
    GAP_COUNTY,
    MARK_HEADING,
    PERIOD_HEADING,
    REASON_HEADING,
    UNIT_HEADING,
    Part,
    comment,
    explanation,
    label_heading,
    marks,
    parts,
    period_text,
    reason_text,
    row_view,
    status_label,
    title,
    unit_text,
)
from ojmf.present.annex.worse import worse_gaps
from ojmf.present.area_views import LARGEST_HEADING, WORST_HEADING
from ojmf.present.files import MAKER, NO_SEAL, SEAL, sealed
from ojmf.present.marks import line_or_place
from ojmf.present.sheets import sheet_name
from ojmf.present.spreadsheets import FORMULA_STARTS
from ojmf.present.tables import Column, filled
from ojmf.present.view_columns import LINE_HEADING, shown_decimals
from ojmf.present.words import STATUS_LABELS

_A4 = 9
_BARS = ("#1F4E79", "#9DC3E6", "#D9D9D9")
"""The shares of the municipality, the county and the country: told apart in grey too."""
_UNDATED = date(2000, 1, 1)
_LINE_HEIGHT = 15  # points
_PADDING = 2  # characters of a column's width that its indent and border take
_WORSE = {"font_color": "#9C0006", "bold": True}


class _Sheets:
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

    def sheet(self, name: str, heading: str, lines: Sequence[str]) -> _Sheet:
        """A sheet with its heading and the lines above the table, ready to be printed."""
        sheet = self.book.add_worksheet(sheet_name(name, self.names))
        sheet.write_string(0, 0, heading, self.style(bold=True, font_size=14))
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L{heading.replace('&', '&&')}&RSida &P av &N")
        return _Sheet(self, sheet, len(lines) + 1, lines)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a sheet: its heading, values, width in characters and number format.

    The format is that of the column or of each row. ``instead`` are texts that stand where there
    is no number, ``worse`` says of which rows the number is a worse one.
    """

    heading: str
    values: pl.Series
    width: float
    number: str | Sequence[str] = "General"
    instead: pl.Series | None = None
    worse: pl.Series | None = None

    def cells(self) -> list[Any]:
        """The value of each row, or what stands instead of it."""
        if self.instead is None:
            return self.values.to_list()
        both = zip(self.values, self.instead, strict=True)
        return [text if value is None else value for value, text in both]

    def style(self, row: int) -> dict[str, Any]:
        """The properties of the number in a row."""
        form = self.number if isinstance(self.number, str) else self.number[row]
        worse = self.worse is not None and self.worse[row]
        return {"num_format": form, **(_WORSE if worse else {})}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet whose table begins with the headings in row ``header``."""

    sheets: _Sheets
    sheet: Worksheet
    header: int
    lines: Sequence[str]

    def table(self, columns: Sequence[_Column], height: int, printed: int | None = None) -> None:
        """Write the columns from the header row on, with filters and frozen headings.

        Only the first ``printed`` columns are printed; all where left out.
        """
        sheet, top, style = self.sheet, self.header, self.sheets.style
        headed = style(bold=True, bg_color="#E9EDF1", border=1, text_wrap=True)
        blank = style(border=1)
        lines = [1] * height
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(top, place, column.heading, headed)
            room = int(column.width) - _PADDING
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
        self._wrap(columns[: printed or len(columns)])
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, top + height, (printed or len(columns)) - 1)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, top + max(height, 1), len(columns) - 1)

    def _wrap(self, columns: Sequence[_Column]) -> None:
        """Break the lines above that are longer than the columns that are printed are wide."""
        wide = int(sum(column.width for column in columns))
        for row, line in enumerate(self.lines, start=1):
            if len(line) > wide and len(columns) > 1:
                text = self.sheets.style(text_wrap=True)
                self.sheet.merge_range(row, 0, row, len(columns) - 1, line, text)
                self.sheet.set_row(row, _LINE_HEIGHT * len(textwrap.wrap(line, wide)))


def to_xlsx(comparison: Comparison) -> bytes:
    """The workbook; texts are texts, whatever they begin with, and figures are numbers."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_custom_property(SEAL, NO_SEAL)
        newest = max((source.date for source in comparison.sources), default=_UNDATED)
        book.set_properties(
            {
                "title": title(comparison),
                "author": MAKER,
                "created": datetime.combine(newest, time()),
            }
        )
        sheets = _Sheets(book)
        _all_rows(sheets, comparison)
        _summary(sheets, comparison)
        for part in parts(comparison):
            _area(sheets, comparison, part)
        _differences(sheets, comparison)
        _sources(sheets, comparison)
    return sealed(buffer.getvalue())


def _all_rows(sheets: _Sheets, comparison: Comparison) -> None:
    """Every row of every area in one table, to filter and sort."""
    lines = ["Alla rader. Filtrera och sortera med pilarna i rubrikraden."]
    sheet = sheets.sheet("Alla rader", title(comparison), lines)
    areas = _Column("Område", comparison.rows["area_name"], 30)
    _rows(sheet, comparison, comparison.rows, [areas])


def _summary(sheets: _Sheets, comparison: Comparison) -> None:
    heading, how = title(comparison), explanation(comparison)
    answers, figures = over_areas(comparison)
    if answers.frame.height:
        _answer_summary(sheets.sheet(answers.heading, heading, how), comparison)
    if figures.frame.height:
        sheet = sheets.sheet(figures.heading, heading, how)
        texts = {"Område": 30, WORST_HEADING: 36, LARGEST_HEADING: 36, "Enhet": 16, "Skäl": 44}
        decimals = figures.frame.select(shown_decimals(0, "largest_").fill_null(0)).to_series()
        signed = [SIGNED[places] for places in decimals]
        columns = [
            _Column(
                column.heading,
                _values(figures.frame, column),
                texts.get(column.heading, 12),
                signed if column.number == "largest_gap" else "General",
            )
            for column in filled(figures.frame, figures.view)
        ]
        sheet.table(columns, figures.frame.height)


def _differences(sheets: _Sheets, comparison: Comparison) -> None:
    """Women beside men, and now beside an earlier period, each on a sheet where there is any."""
    texts = {"Indikator": 48, "Område": 30, "Ändring": 24}
    for one in differences(comparison):
        if one.frame.is_empty():
            continue
        columns = [
            _mixed(one.frame, column, texts.get(column.heading, 16))
            for column in filled(one.frame, one.view)
        ]
        sheets.sheet(one.heading, one.heading, [one.caption]).table(columns, one.frame.height)


def _mixed(frame: pl.DataFrame, column: Column, width: float) -> _Column:
    """A column of a view; in one of figures what is a number stands as one, as it is shown."""
    if not column.figures:
        return _Column(column.heading, _text(frame, column.text), width)
    numbers, instead, forms = as_numbers(_text(frame, column.text))
    values = frame[column.number] if column.number else numbers
    form = "0" if column.heading == LINE_HEADING else forms
    return _Column(column.heading, values, width, form, instead)


def _values(frame: pl.DataFrame, column: Column) -> pl.Series:
    """The numbers of a column of figures, and the texts of another."""
    return frame[column.number] if column.number else _text(frame, column.text)


def _answer_summary(sheet: _Sheet, comparison: Comparison) -> None:
    frame = comparison.areas
    names = ["area_name", "indicators", *STATUS_LABELS, "share_yes", "county_mean"]
    names += ["national_mean", "gap_county", "gap_national", "share_in_place"]
    formats = [
        "General",
        *["0"] * (1 + len(STATUS_LABELS)),
        *[PLAIN[1]] * 3,
        *[SIGNED[1]] * 2,
        PLAIN[1],
    ]
    columns = [
        _Column(column.heading, frame[name], 48 if name == "area_name" else 12, number)
        for column, name, number in zip(summary_view(comparison), names, formats, strict=True)
    ]
    sheet.table(columns, frame.height)
    first = names.index("share_yes")
    _chart(sheet, frame.height, range(first, first + len(_BARS)))


def _chart(filled: _Sheet, height: int, columns: Sequence[int]) -> None:
    """Bars of some columns for every area, below the table and on a page of their own."""
    sheet, book, top = filled.sheet, filled.sheets.book, filled.header
    chart = book.add_chart({"type": "bar"})
    for column, fill in zip(columns, _BARS, strict=True):
        chart.add_series(
            {
                "name": [sheet.name, top, column],
                "categories": [sheet.name, top + 1, 0, top + height, 0],
                "values": [sheet.name, top + 1, column, top + height, column],
                "fill": {"color": fill},
                "border": {"color": "#333333"},
                "data_labels": {"value": True, "num_format": "0"},
            }
        )
    chart.set_title({"name": "Andel JA per område (%)", "name_font": {"size": 12}})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    below = top + height + 2
    rows = 6 + 5 * height
    chart.set_size({"width": 1000, "height": 20 * rows})
    text = "Kommunens, länets och rikets andel JA i varje område; talen står i tabellen."
    sheet.insert_chart(below, 0, chart, {"description": text})
    sheet.print_area(0, 0, below + rows, columns[-1] + 3)


def _area(sheets: _Sheets, comparison: Comparison, part: Part) -> None:
    frame = comparison.area(part.area_id)
    lines = [part.counts, f"Källa: {area_source(comparison, part.area_id)}"]
    _rows(sheets.sheet(part.name, part.name, lines), comparison, frame)


def _rows(
    sheet: _Sheet, comparison: Comparison, frame: pl.DataFrame, before: Sequence[_Column] = ()
) -> None:
    """Some rows of the table, with more columns before theirs."""
    own, county, country, beside = (
        frame[name].fill_null(1).clip(0, len(PLAIN) - 1)
        for name in ("decimals", "county_decimals", "country_decimals", "beside_decimals")
    )
    worse = frame.select(worse_gaps())
    answers = frame["method"].eq(ANSWER_METHOD).all()
    # Where every row is printed on a line of a text, the line is a number.
    lined = frame["place"].str.contains(r"^rad \d+$").all()
    known = (
        _Column(label_heading(comparison), frame["label"], 60),
        _Column(comparison.place, frame["answer"], 10)
        if answers
        else _Column(
            comparison.place,
            _text(frame, pl.when(pl.col("answer").is_null()).then("own")),
            12,
            [PLAIN[n] for n in own],
            _text(frame, pl.coalesce("answer", "withheld")),
        ),
        _Column(UNIT_HEADING, _text(frame, unit_text()), 12),
        _Column(PERIOD_HEADING, _text(frame, period_text()), 18),
        _Column(COUNTY_HEADING, frame["county"], 8, [PLAIN[n] for n in county]),
        _Column(COUNTRY_HEADING, frame["country"], 8, [PLAIN[n] for n in country]),
        _Column(BESIDE_HEADING, frame["beside_name"], 12),
        _Column(
            BESIDE_FIGURE,
            _text(frame, pl.when(pl.col("beside_answer").is_null()).then("beside")),
            10,
            [PLAIN[n] for n in beside],
            frame["beside_answer"],
        ),
        _Column("Kommentar", _text(frame, comment()), 40),
        _Column("Status", _text(frame, status_label()), 12 if answers else 20),
        *(
            _Column(heading, frame[name], 10, [SIGNED[n] for n in decimals], worse=worse[name])
            for heading, name, decimals in (
                (GAP_COUNTY, "gap_county", county),
                (GAP_COUNTRY, "gap_country", country),
                (GAP_BESIDE, "gap_beside", beside),
            )
        ),
        _Column(REASON_HEADING, _text(frame, reason_text(comparison)), 30),
        _Column("Rad", frame["line"], 7, "0")
        if lined
        else _Column("Rad", _text(frame, line_or_place()), 30),
        _Column(MARK_HEADING, _text(frame, marks()), 30),
    )
    # The columns of the table, which leaves out those that no row of it has.
    shown = {column.heading for column in row_view(comparison)}
    columns = [*before, *(column for column in known if column.heading in shown)]
    columns.append(_Column("Hänvisning", frame["citation"], 75))
    sheet.table(columns, frame.height, len(columns) - 1)
    _colour(sheet, [column.heading for column in columns], comparison.place, frame.height)


def _text(frame: pl.DataFrame, text: pl.Expr) -> pl.Series:
    return frame.select(text.alias("text")).to_series()


def _colour(filled: _Sheet, headings: list[str], place: str, height: int) -> None:
    """Colour the answer and the status by the word of the status."""
    sheet, book = filled.sheet, filled.sheets.book
    first, last = filled.header + 1, filled.header + max(height, 1)
    status = headings.index("Status")
    letter = xlsxwriter.utility.xl_col_to_name(status)
    own = headings.index(place)
    for name, label in STATUS_LABELS.items():
        rule = {
            "type": "formula",
            "criteria": f'=${letter}{first + 1}="{label}"',
            "format": book.add_format({"bg_color": f"#{FILLS[name]}", "font_color": "#111111"}),
        }
        for column in (own, status):
            sheet.conditional_format(first, column, last, column, rule)


def _sources(sheets: _Sheets, comparison: Comparison) -> None:
    sheet = sheets.sheet("Källor", "Källor", ["Dokumenten som uppgifterna är hämtade ur."])
    frame = provenance(comparison)
    widths = {"Källa": 22, "Dokument": 32, "Titel": 26, "Utgivare": 26, "SHA-256": 70}
    columns = [_Column(name, frame[name], widths.get(name, 13)) for name in frame.columns]
    # The fingerprint is for programs, and so wide that the rest would be too small to read.
    sheet.table(columns, frame.height, len(columns) - 1)
