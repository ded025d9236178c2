"""Care days beside the persons in care: no one has more days than the month, nor days without care.

The pairs are the catalogue's ``days_of``. Both are whole counts, so nothing is rounded.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from ojmf.findings import finding_id
from ojmf.ingest.reading import Read
from ojmf.model import PeriodKind, Severity
from ojmf.printed import swedish
from ojmf.validate.stated_counts import EXACT, JUDGEMENTS, NOT_TESTABLE, VIOLATED

CHECK = "care-days"

_KEY = ("period_start", "period_end", "geo", "scenario")
_PAIR = ("line", "table", "row_label", "column_label", "raw", "value")


def care_days(read: Read, cells: pl.DataFrame) -> pl.DataFrame:
    """Judge every month of every pair, in the schema ``JUDGEMENTS``.

    ``cells`` are the document's cells with their corrected values.
    """
    pairs = read.catalogue.frame().drop_nulls("days_of").select("indicator_id", "days_of")
    months = cells.filter(pl.col("period_kind") == str(PeriodKind.MONTH))
    persons = months.select(
        *_KEY, days_of="indicator_id", **{f"persons_{name}": name for name in _PAIR}
    )
    judged = (
        months.select(*_KEY, "indicator_id", *_PAIR)
        .join(pairs, on="indicator_id", maintain_order="left")
        .join(persons, on=[*_KEY, "days_of"], maintain_order="left")
        .with_columns(
            length=(pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1,
            month=pl.col("period_start").dt.strftime("%Y-%m"),
        )
        .with_columns(most=pl.col("persons_value") * pl.col("length"))
    )
    return pl.DataFrame(
        [_judgement(read, row) for row in judged.to_dicts()], schema=JUDGEMENTS, orient="row"
    )


def _judgement(read: Read, row: dict[str, Any]) -> dict[str, Any]:
    days, persons, most = row["value"], row["persons_value"], row["most"]
    message = None
    if days is not None and persons is not None:
        own = f"{swedish(days, 0)} vårddygn {row['month']} (rad {row['line']})"
        noun = "person" if persons == 1 else "personer"
        others = f"{swedish(persons, 0)} {noun} (rad {row['persons_line']})"
        if (days == 0) != (persons == 0):
            message = f"{own} men {others}: noll dygn och noll personer följs åt"
        elif days > most:
            room = f"{others} × {row['length']} dygn i månaden"
            message = f"{own} men högst {swedish(most, 0)} ryms: {room}"
    testable = days is not None and persons is not None
    return {
        "source_id": read.source.id,
        "check": CHECK,
        "instance": f"{row['indicator_id']} | {row['month']}",
        "verdict": (VIOLATED if message else EXACT) if testable else NOT_TESTABLE,
        "reason": None if testable else "dygn eller personer saknas",
        "cells": [
            f"{row[f'{who}table']}, {row[f'{who}row_label']} {row[f'{who}column_label']}: "
            f"{row[f'{who}raw'] or 'tom'} (rad {row[f'{who}line']})"
            for who in ("", "persons_")
        ],
        **{name: row[name] for name in ("line", "table", "row_label", "column_label", "raw")},
        "expected": f"högst {swedish(most, 0)}" if message and most else None,
        "severity": str(Severity.WARNING) if message else None,
        "message": message,
        "finding_id": finding_id(CHECK, read.source.id, row["indicator_id"], row["month"]),
    }
