"""A municipality's table as a workbook: a summary, a sheet per area, and the sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

import polars as pl
import xlsxwriter

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
    gap_decimals,
    gap_unit_text,
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
from ojmf.present.annex.workbook_sheets import Sheet, SheetColumn, Sheets
from ojmf.present.annex.worse import worse_gaps
from ojmf.present.area_views import LARGEST_HEADING, WORST_HEADING
from ojmf.present.files import MAKER, NO_SEAL, SEAL, sealed
from ojmf.present.marks import line_or_place
from ojmf.present.tables import Column, filled
from ojmf.present.view_columns import GAP_UNIT_HEADING, LINE_HEADING, shown_decimals
from ojmf.present.words import STATUS_LABELS

_BARS = ("#1F4E79", "#9DC3E6", "#D9D9D9")
"""The shares of the municipality, the county and the country: told apart in grey too."""
_UNDATED = date(2000, 1, 1)

_REFERENCES = ("county", "country", "beside")


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
        sheets = Sheets(book)
        _all_rows(sheets, comparison)
        _summary(sheets, comparison)
        for part in parts(comparison):
            _area(sheets, comparison, part)
        _differences(sheets, comparison)
        _sources(sheets, comparison)
    return sealed(buffer.getvalue())


def _all_rows(sheets: Sheets, comparison: Comparison) -> None:
    """Every row of every area in one table, to filter and sort."""
    lines = ["Alla rader. Filtrera och sortera med pilarna i rubrikraden."]
    sheet = sheets.sheet("Alla rader", title(comparison), lines)
    areas = SheetColumn("Område", comparison.rows["area_name"], 30)
    _rows(sheet, comparison, comparison.rows, [areas])


def _summary(sheets: Sheets, comparison: Comparison) -> None:
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
            SheetColumn(
                column.heading,
                _values(figures.frame, column),
                texts.get(column.heading, 12),
                signed if column.number == "largest_gap" else "General",
            )
            for column in filled(figures.frame, figures.view)
        ]
        sheet.table(columns, figures.frame.height)


def _differences(sheets: Sheets, comparison: Comparison) -> None:
    """Women beside men, and now beside an earlier period, each on a sheet where there is any."""
    texts = {"Indikator": 48, "Område": 30, "Ändring": 24, "Dokument": 36}
    for one in differences(comparison):
        if one.frame.is_empty():
            continue
        columns = [
            _mixed(one.frame, column, texts.get(column.heading, 16))
            for column in filled(one.frame, one.view)
        ]
        sheets.sheet(one.heading, one.heading, [one.caption]).table(columns, one.frame.height)


def _mixed(frame: pl.DataFrame, column: Column, width: int) -> SheetColumn:
    """A column of a view; in one of figures what is a number stands as one, as it is shown."""
    if not column.figures:
        return SheetColumn(column.heading, _text(frame, column.text), width)
    numbers, instead, forms = as_numbers(_text(frame, column.text))
    values = frame[column.number] if column.number else numbers
    form = "0" if column.heading == LINE_HEADING else forms
    return SheetColumn(column.heading, values, width, form, instead)


def _values(frame: pl.DataFrame, column: Column) -> pl.Series:
    """The numbers of a column of figures, and the texts of another."""
    return frame[column.number] if column.number else _text(frame, column.text)


def _answer_summary(sheet: Sheet, comparison: Comparison) -> None:
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
        SheetColumn(column.heading, frame[name], 48 if name == "area_name" else 12, number)
        for column, name, number in zip(summary_view(comparison), names, formats, strict=True)
    ]
    sheet.table(columns, frame.height)
    first = names.index("share_yes")
    _chart(sheet, frame.height, range(first, first + len(_BARS)))


def _chart(filled: Sheet, height: int, columns: Sequence[int]) -> None:
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


def _area(sheets: Sheets, comparison: Comparison, part: Part) -> None:
    lines = [part.counts, f"Källa: {area_source(comparison, part.rows)}"]
    _rows(sheets.sheet(part.name, part.name, lines), comparison, part.rows)


def _rows(
    sheet: Sheet, comparison: Comparison, frame: pl.DataFrame, before: Sequence[SheetColumn] = ()
) -> None:
    """Some rows of the table, with more columns before theirs."""
    own, county, country, beside, *gaps = (
        decimals.fill_null(1).clip(0, len(PLAIN) - 1)
        for decimals in frame.select(
            "decimals",
            *(f"{name}_decimals" for name in _REFERENCES),
            *(gap_decimals(name).alias(name) for name in _REFERENCES),
        )
    )
    worse = frame.select(worse_gaps())
    answers = frame["method"].eq(ANSWER_METHOD).all()
    # Where every row is printed on a line of a text, the line is a number.
    lined = frame["place"].str.contains(r"^rad \d+$").all()
    known = (
        SheetColumn(label_heading(comparison), frame["label"], 60 if answers else 48),
        SheetColumn(comparison.place, frame["answer"], 10)
        if answers
        else SheetColumn(
            comparison.place,
            _text(frame, pl.when(pl.col("answer").is_null()).then("own")),
            12,
            [PLAIN[n] for n in own],
            _text(frame, pl.coalesce("answer", "withheld")),
        ),
        SheetColumn(UNIT_HEADING, _text(frame, unit_text()), 12),
        SheetColumn(PERIOD_HEADING, _text(frame, period_text()), 18),
        SheetColumn(COUNTY_HEADING, frame["county"], 8, [PLAIN[n] for n in county]),
        SheetColumn(COUNTRY_HEADING, frame["country"], 8, [PLAIN[n] for n in country]),
        SheetColumn(BESIDE_HEADING, frame["beside_name"], 12),
        SheetColumn(
            BESIDE_FIGURE,
            _text(frame, pl.when(pl.col("beside_answer").is_null()).then("beside")),
            10,
            [PLAIN[n] for n in beside],
            frame["beside_answer"],
        ),
        SheetColumn("Kommentar", _text(frame, comment()), 40),
        SheetColumn("Status", _text(frame, status_label()), 12 if answers else 20),
        *(
            SheetColumn(heading, frame[name], 10, [SIGNED[n] for n in decimals], worse=worse[name])
            for heading, name, decimals in zip(
                (GAP_COUNTY, GAP_COUNTRY, GAP_BESIDE),
                (f"gap_{name}" for name in _REFERENCES),
                gaps,
                strict=True,
            )
        ),
        SheetColumn(GAP_UNIT_HEADING, _text(frame, gap_unit_text()), 16),
        SheetColumn(REASON_HEADING, _text(frame, reason_text(comparison)), 30),
        SheetColumn("Rad", frame["line"], 7, "0")
        if lined
        else SheetColumn("Rad", _text(frame, line_or_place()), 30),
        SheetColumn(MARK_HEADING, _text(frame, marks()), 40),
    )
    # The columns of the table, but for those of which no row of this sheet has anything.
    shown = {column.heading for column in row_view(comparison)}
    kept = (column for column in known if column.heading in shown)
    columns = [
        *before,
        *(one for one in kept if one.heading == comparison.place or not one.empty),
    ]
    columns.append(SheetColumn("Hänvisning", frame["citation"], 75))
    sheet.table(columns, frame.height, len(columns) - 1)
    _colour(sheet, [column.heading for column in columns], comparison.place, frame.height)


def _text(frame: pl.DataFrame, text: pl.Expr) -> pl.Series:
    return frame.select(text.alias("text")).to_series()


def _colour(filled: Sheet, headings: list[str], place: str, height: int) -> None:
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


def _sources(sheets: Sheets, comparison: Comparison) -> None:
    sheet = sheets.sheet("Källor", "Källor", ["Dokumenten som uppgifterna är hämtade ur."])
    frame = provenance(comparison)
    widths = {"Källa": 22, "Dokument": 32, "Titel": 26, "Utgivare": 26, "SHA-256": 70}
    columns = [SheetColumn(name, frame[name], widths.get(name, 13)) for name in frame.columns]
    # The fingerprint is for programs, and so wide that the rest would be too small to read.
    sheet.table(columns, frame.height, len(columns) - 1)
