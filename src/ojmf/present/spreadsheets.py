"""Frames as CSV, Excel, Parquet and JSON; formulas made harmless in one place.

A frame keeps its own column names and types in every format but Markdown, which is for people.
Among ``WRITERS`` CSV holds texts exactly as they are, for programs: one that begins with =, +, - or
@ is a formula to a spreadsheet that opens the file. ``to_csv`` is for people.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping

import polars as pl

from ojmf.present.sheets import SHEET, flat, to_workbook
from ojmf.present.tables import View, to_markdown

_NOISE_DECIMALS = 9
_ROUNDED = 1e-6, 1e6
"""Between these sizes a figure has more digits than nine decimals only by arithmetic."""


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as its figures are written: 1.4, not the 1.3999999999999986 of 64 − 62.6.

    They are the same in every format, so that each reads back as the others do.
    A figure that is smaller or larger stays, for it would lose what it says or gain what it isn't.
    """
    figures = [pl.col(name) for name, kind in frame.schema.items() if kind == pl.Float64]
    return frame.with_columns(
        pl.when(one.abs().is_between(*_ROUNDED)).then(one.round(_NOISE_DECIMALS)).otherwise(one)
        for one in figures
    )


def _parquet(frame: pl.DataFrame, _: View) -> bytes:
    buffer = io.BytesIO()
    _written(frame).write_parquet(buffer)
    return buffer.getvalue()


def _xlsx(frame: pl.DataFrame, _: View) -> bytes:
    return to_workbook({SHEET: [_written(frame)]})


WRITERS: Mapping[str, Callable[[pl.DataFrame, View], bytes]] = {
    ".csv": lambda frame, _: _written(flat(frame)).write_csv().encode(),
    ".json": lambda frame, _: f"{_written(frame).write_json()}\n".encode(),
    ".md": lambda frame, view: to_markdown(frame, view).encode(),
    ".ndjson": lambda frame, _: _written(frame).write_ndjson().encode(),
    ".parquet": _parquet,
    ".tsv": lambda frame, _: _written(flat(frame)).write_csv(separator="\t").encode(),
    ".xlsx": _xlsx,
}
"""By suffix: the bytes of a file that holds a frame; the view is what people would see of it."""


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def to_csv(frame: pl.DataFrame, figures: Iterable[str] = ()) -> bytes:
    """CSV that a Swedish spreadsheet opens as it is: semicolons, decimal comma, UTF-8 with BOM.

    A text or a heading that begins as a formula does is given an apostrophe first. ``figures`` are
    columns of figures as texts, which may begin with a minus sign and are numbers all the same.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    harmless = frame.with_columns(
        pl.col([name for name in texts if name not in set(figures)]).str.replace(
            f"^([{re.escape(''.join(FORMULA_STARTS))}])", "'$1"
        )
    ).rename(lambda name: f"'{name}" if name.startswith(FORMULA_STARTS) else name)
    text = _written(harmless).write_csv(separator=";", decimal_comma=True, include_bom=True)
    return text.encode()


def downloads(name: str, frame: pl.DataFrame) -> dict[str, bytes]:
    """A table to download, as CSV and as a workbook, by file name."""
    return {f"{name}.csv": to_csv(frame), f"{name}.xlsx": _xlsx(frame, ())}
