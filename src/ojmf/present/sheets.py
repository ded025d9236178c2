"""Frames as the sheets of a workbook, a part at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import OutputError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""So many rows a sheet has room for, the one with the headings counted."""
SHEET = "Sheet1"
"""What the sheet of a frame that is alone in a workbook is called."""
_LONGEST_TEXT = 32_767  # characters that a cell has room for
_WIDEST_COLUMN = 60  # characters
_ROOM = 3  # characters beside a text, for the arrow of the filter
_ROWS_MEASURED = 1000
_FEW_CELLS = 200_000  # so many are held in memory; more take a temporary file for each sheet
_LIST_SEPARATOR = "; "
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = {"history", "historik"}
_FIXED_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same frame gives the same bytes


def sheet_name(name: str, taken: set[str]) -> str:
    r"""A name that a sheet may have, unlike those in ``taken`` (lower case), where it is added.

    At most 31 characters, none of ``[]:*?/\``, no apostrophe at an end, not reserved.
    """
    base = " ".join(_FORBIDDEN.sub(" ", name).split()).strip("'") or "Blad"
    if base.lower() in _RESERVED:
        base = f"{base} 1"
    number, suffix = 1, ""
    while True:
        room = _LONGEST_NAME - len(suffix)
        short = base if len(base) <= room else f"{base[: room - 1].rstrip()}…"
        if f"{short}{suffix}".lower() not in taken:
            taken.add(f"{short}{suffix}".lower())
            return f"{short}{suffix}"
        number += 1
        suffix = f" ({number})"


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of texts as one text, for formats without lists."""
    lists = [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]
    return frame.with_columns(pl.col(lists).list.join(_LIST_SEPARATOR))


def to_workbook(sheets: Mapping[str, Iterable[pl.DataFrame]]) -> bytes:
    """The rows of frames as the sheets of a workbook, by name; the same give the same bytes.

    The frames of a sheet have the same columns. They are taken one after the other, so that the
    memory it takes does not grow with the rows. A text beyond what a cell has room for is cut.
    Raises ``OutputError`` for more rows than a sheet has room for.
    """
    import xlsxwriter  # no other format needs it

    buffer = io.BytesIO()
    how = "in_memory" if _few(sheets.values()) else "constant_memory"
    options = {how: True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": _FIXED_DATE})
        head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, frames in sheets.items():
            _write_sheet(workbook.add_worksheet(name), frames, head, day)
    return buffer.getvalue()


def _few(sheets: Iterable[Iterable[pl.DataFrame]]) -> bool:
    """Whether all sheets are known to be small: then no file is written beside the workbook."""
    cells = 0
    for frames in sheets:
        if not isinstance(frames, Sequence):
            return False
        cells += sum(frame.height * frame.width for frame in frames)
    return cells <= _FEW_CELLS


def _write_sheet(
    sheet: Worksheet, frames: Iterable[pl.DataFrame], head: Format, day: Format
) -> None:
    """Frames with their names above them; missing and infinite figures are empty cells."""
    written, measured, writers = 0, pl.DataFrame(), []
    for frame in map(flat, frames):
        if not measured.width:
            for column, name in enumerate(frame.columns):
                sheet.write_string(0, column, name, head)
            measured = frame.clear()
            writers = _writers(sheet, frame.schema, day)
        if written + frame.height >= MOST_ROWS:
            raise OutputError(
                "Tabellen har fler rader än de 1\u00a0048\u00a0575 som ett blad i Excel rymmer "
                "under rubrikerna. Välj .csv eller .parquet, eller färre kommuner eller perioder."
            )
        for number, row in enumerate(_fitting(frame).iter_rows(), start=written + 1):
            for column, ((write, form), value) in enumerate(zip(writers, row, strict=True)):
                if value is not None and value != "":  # an empty text is an empty cell
                    write(number, column, value, *form)
        written += frame.height
        measured = pl.concat([measured, frame.head(_ROWS_MEASURED - measured.height)])
    sheet.freeze_panes(1, 0)
    if measured.width:
        sheet.autofilter(0, 0, max(written, 1), measured.width - 1)
    for column, width in enumerate(_widths(measured)):
        sheet.set_column(column, column, width)


def _fitting(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures that are finite and texts that a cell has room for."""
    schema = frame.schema.items()
    figures = [pl.col(name) for name, kind in schema if kind.is_float()]
    texts = [pl.col(name) for name, kind in schema if kind == pl.String]
    cut = _LONGEST_TEXT - 1
    return frame.with_columns(
        *(pl.when(figure.is_finite()).then(figure) for figure in figures),
        *(
            pl.when(text.str.len_chars() > _LONGEST_TEXT)
            .then(pl.concat_str(text.str.head(cut), pl.lit("…")))
            .otherwise(text)
            for text in texts
        ),
    )


def _writers(
    sheet: Worksheet, schema: pl.Schema, day: Format
) -> list[tuple[Callable[..., int], tuple[Format, ...]]]:
    """How each column is written, and in which format."""
    writers: list[tuple[Callable[..., int], tuple[Format, ...]]] = []
    for kind in schema.values():
        if kind.is_numeric():
            writers.append((sheet.write_number, ()))
        elif kind.is_temporal():
            writers.append((sheet.write_datetime, (day,)))
        else:
            text = kind != pl.Boolean
            writers.append((sheet.write_string if text else sheet.write_boolean, ()))
    return writers


def _widths(frame: pl.DataFrame) -> Iterable[float]:
    """The width of each column in characters, from its name and its rows."""
    texts = frame.select(pl.all().cast(pl.String).str.len_chars().max())
    for name, longest in zip(frame.columns, texts.row(0) if frame.width else (), strict=True):
        yield min(max(longest or 0, len(name)) + _ROOM, _WIDEST_COLUMN)
