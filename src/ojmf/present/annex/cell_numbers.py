"""Figures in the cells of a workbook: numbers with the decimals and the sign that a text has."""

from __future__ import annotations

import re

import polars as pl

from ojmf.printed import as_float

_BY_DECIMALS = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000")
PLAIN = tuple(f'{form};"−"{form}' for form in _BY_DECIMALS)
"""Number formats by decimals, with the minus of every other output."""
SIGNED = tuple(f'+{form};"−"{form};{form}' for form in _BY_DECIMALS)
_FIGURE = re.compile(r"([+−-]?)(\d{1,3}(?:[ \u00a0\u202f]\d{3})*|\d+)(?:,(\d{1,3}))?")


def as_numbers(texts: pl.Series) -> tuple[pl.Series, pl.Series, list[str]]:
    """The figures of texts as numbers, the other texts, and the number format of each figure."""
    found = [_FIGURE.fullmatch(text) if text else None for text in texts]
    numbers = [None if match is None else as_float(match[0]) for match in found]
    others = [text if match is None else None for text, match in zip(texts, found, strict=True)]
    forms = [
        "General" if match is None else (SIGNED if match[1] else PLAIN)[len(match[3] or "")]
        for match in found
    ]
    return pl.Series(numbers, dtype=pl.Float64), pl.Series(others, dtype=pl.String), forms
