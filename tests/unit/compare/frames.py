"""Small frames for the comparison tests, built from readable rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from ojmf.declarations.catalogue import INDICATORS
from ojmf.schema import OBSERVATIONS

GEOGRAPHY = pl.DataFrame(
    [
        ("00", "Riket", "country", None),
        ("01", "Stockholms län", "county", "01"),
        ("03", "Uppsala län", "county", "03"),
        ("0180", "Stockholms stad", "municipality", "01"),
        ("0184", "Solna stad", "municipality", "01"),
        ("0117", "Österåkers kommun", "municipality", "01"),
        ("0381", "Enköpings kommun", "municipality", "03"),
    ],
    schema=["code", "name", "level", "county_code"],
    orient="row",
)
DEFAULTS = {
    "source_id": "test",
    "document": "rapport.txt",
    "period_start": date(2024, 1, 1),
    "period_end": date(2024, 12, 31),
    "period_kind": "year",
    "scenario": "outcome",
    "obs_status": "A",
}


def observations(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """OBSERVATIONS, the columns that a row does not name filled from ``DEFAULTS``."""
    return pl.DataFrame([{**DEFAULTS, **row} for row in rows], schema=OBSERVATIONS)


def indicators(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """The catalogue, an indicator being a yes/no question unless the row says otherwise."""
    question = {"unit": "answer", "polarity": "higher", "kind": "answer", "method": "answer"}
    filled = [{**question, "area_name": row["area_id"].title(), **row} for row in rows]
    return pl.DataFrame(filled, schema=INDICATORS)


def question(
    area_id: str, indicator_id: str, line: int, shares: Mapping[str, float | None], **answers: str
) -> list[dict[str, Any]]:
    """The printed cells of one question: answers by municipality, shares by reference area.

    Municipalities are written ``g0184="JA"``; an empty answer is an empty cell.
    """
    cells: list[dict[str, Any]] = [
        {"geo": geo.removeprefix("g"), "answer": text or None, "unit": "answer"}
        for geo, text in answers.items()
    ]
    cells += [
        {"geo": geo, "value": value, "unit": "percent", "scenario": "share"}
        for geo, value in shares.items()
    ]
    place = {"area_id": area_id, "indicator_id": indicator_id, "line": line}
    return [{**place, "row_label": f"Fråga {indicator_id}", **cell} for cell in cells]
