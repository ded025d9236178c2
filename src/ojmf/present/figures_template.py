"""Empty files of figures to fill in: the columns, and in a workbook what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from ojmf.intake.figure_files import COLUMNS
from ojmf.periods import FORMS
from ojmf.present.sheets import to_workbook

_WHAT = {
    "indicator_id": "Indikatorns id, ur bladet Indikatorer.",
    "geo": "Kommun, län eller riket: namn eller SCB:s kod, ur bladet Platser.",
    "period": f"Perioden: {FORMS}.",
    "value": "Talet, med decimalkomma eller decimalpunkt och utan tecken mellan tusental.",
    "answer": "JA, NEJ eller DELVIS, för frågor. Fyll i value eller answer, inte båda.",
    "scenario": "utfall (om inget sägs), budget, prognos, mål eller andel.",
    "sex": "totalt (om inget sägs), kvinnor eller män.",
    "unit": "Behövs inte: enheten är katalogens.",
    "obs_status": "Varför en uppgift saknas: O saknas (om inget sägs), Q sekretess, L mäts inte.",
    "note": "En anmärkning.",
}


def _csv(indicators: pl.DataFrame, geography: pl.DataFrame) -> bytes:  # noqa: ARG001 - as _xlsx
    return (";".join(COLUMNS) + "\r\n").encode("utf-8-sig")


def _xlsx(indicators: pl.DataFrame, geography: pl.DataFrame) -> bytes:
    columns = [{"kolumn": name, "vad": _WHAT[name]} for name in COLUMNS]
    sheets = {
        "Värden": pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String)),
        "Kolumner": pl.DataFrame(columns),
        "Indikatorer": indicators.select("indicator_id", "area_name", "name", "unit"),
        "Platser": geography.select("code", "name", "level"),
    }
    return to_workbook({name: [frame] for name, frame in sheets.items()})


TEMPLATES: Mapping[str, Callable[[pl.DataFrame, pl.DataFrame], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
}
"""By suffix: an empty file of figures for a catalogue and a geography."""
