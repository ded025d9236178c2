"""A long result with the municipalities side by side: one column each, one figure a cell."""

from __future__ import annotations

import polars as pl

from ojmf.errors import SelectionError
from ojmf.present.formats import period
from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word
from ojmf.present.view_columns import measured, plain, word
from ojmf.present.views import Names
from ojmf.present.words import (
    GAP_UNIT_WORDS,
    STATUS_LABELS,
    UNIT_WORDS,
    VARIATION_WORDS,
    VERDICT_WORDS,
)
from ojmf.printed import number
from ojmf.suggestions import did_you_mean

_OF_INDICATOR = ("area_id", "indicator_id", "sex", "age")
_ROW = (
    *_OF_INDICATOR,
    *("area_name", "label", "unit", "period", "period_kind", "period_start", "period_end"),
    *("reference_kind", "method"),
)
"""What the figures beside each other have in common, as far as a result has it."""
_WORDS = {**STATUS_LABELS, **VERDICT_WORDS, **VARIATION_WORDS}
_SHARE_DECIMALS = 1


def side_by_side(frame: pl.DataFrame, column: str, names: Names) -> tuple[pl.DataFrame, View]:
    """A result with ``geo`` as one row per indicator and period, and what people see of it.

    The columns are those of ``_ROW`` that the result has, then one per municipality in the order of
    their codes, named by code and name, with the values of ``column``. A row's label is the first
    municipality's. The periods of an indicator stand together.

    Raises ``SelectionError`` for a column that the result has not.
    """
    known = [name for name in frame.columns if name not in (*_ROW, "geo")]
    if column not in known:
        likely = did_you_mean(column, known, briefly=True)
        raise SelectionError(
            f"Resultatet har ingen kolumn ”{column}” att ställa kommunerna bredvid varandra med. "
            f"Kolumnerna är {', '.join(known)}. {likely}".rstrip()
        )
    series = [name for name in _OF_INDICATOR if name in frame.columns]
    index = [name for name in _ROW if name in frame.columns]
    named = pl.format("{} {}", "geo", pl.col("geo").replace(dict(names.places)))
    rows = frame.with_columns(
        *(pl.col(name).first().over(series) for name in ("label",) if name in index),
        named.alias("_municipality"),
    )
    wide = rows.pivot("_municipality", index=index, values=column, maintain_order=True)
    municipalities = sorted(name for name in wide.columns if name not in index)
    wide = wide.select(*index, *municipalities).with_row_index("_place")
    first = [pl.col("_place").min().over(series[:n]) for n in (1, len(series))]
    times = [name for name in ("period_end", "period_start") if name in index]
    wide = wide.sort(*first, *times, "_place").drop("_place")
    gap = column.startswith("gap") and column != "gap_relative"
    words = GAP_UNIT_WORDS if gap else UNIT_WORDS
    unit = unit_word(gap=gap) if "label" in index else word("unit", words)
    told = (
        Column("Område", word("area_id", names.areas)),
        *([plain("Indikator", "label")] if "label" in index else []),
        *([Column("Enhet", unit)] if "unit" in index else []),
        *([Column("Period", period())] if "period_start" in index else []),
        *([plain("Period", "period")] if "period" in index else []),
    )
    return wide, (*told, *(_cell(name, wide.schema) for name in municipalities))


def _cell(name: str, schema: pl.Schema) -> Column:
    kind = schema[name]
    if kind.is_float() and "unit" in schema:
        return measured(name, name, _SHARE_DECIMALS)
    if kind.is_float():
        return Column(name, number(pl.col(name), _SHARE_DECIMALS), figures=True)
    if kind.is_numeric():
        return Column(name, pl.col(name).cast(pl.String), figures=True)
    return Column(name, pl.col(name).cast(pl.String).replace(_WORDS))
