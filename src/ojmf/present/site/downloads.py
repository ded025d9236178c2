"""The tables of the site as files for spreadsheets, under the headings that the page has."""

from __future__ import annotations

import re

import polars as pl

from ojmf.present.annex.markdown import FORMULA_STARTS
from ojmf.present.files import WRITERS


def to_csv(frame: pl.DataFrame) -> bytes:
    """CSV that a Swedish spreadsheet opens as it is: semicolons, decimal comma, UTF-8 with BOM.

    A text that begins as a formula does is given an apostrophe first.
    """
    harmless = frame.with_columns(
        pl.col(pl.String).str.replace(f"^([{re.escape(''.join(FORMULA_STARTS))}])", "'$1")
    )
    text = harmless.write_csv(separator=";", decimal_comma=True, include_bom=True)
    return text.encode()


def to_xlsx(frame: pl.DataFrame) -> bytes:
    """A workbook with the table; texts are stored as texts."""
    return WRITERS[".xlsx"](frame, ())
