"""Counts that a document's text states, found again in its tables."""

from __future__ import annotations

from typing import Any

import polars as pl

from ojmf.declarations import Check
from ojmf.findings import finding_id
from ojmf.ingest.reading import Read, states
from ojmf.model import Answer

CHECK = "stated-count"

_COUNTED = {"red": Answer.NO, "yellow": Answer.PARTLY, "green": Answer.YES}
_WORDS = {"rows": "rader", "red": "röda (NEJ)", "yellow": "gula (DELVIS)", "green": "gröna (JA)"}


def stated_counts(read: Read, cells: pl.DataFrame) -> pl.DataFrame:
    """Judge every declared count, in the schema ``JUDGEMENTS``; ``cells`` are the document's."""
    return pl.DataFrame(
        [_judgement(read, check, cells) for check in read.source.stated_count],
        schema=JUDGEMENTS,
        orient="row",
    )


def _judgement(read: Read, check: Check, cells: pl.DataFrame) -> dict[str, Any]:
    own = cells.filter(pl.col("table_id") == check.table)
    if check.what == "rows":
        found = own.select("line", "row_label").n_unique()
    else:
        answers = own.filter(pl.col("geo") == read.source.geo)["answer"]
        found = answers.to_list().count(str(_COUNTED[check.what]))
    holds = found == int(check.raw)
    text = read.document.line(check.line)
    unknown = read.document.sha256 is not None and not states(text, check.raw)
    title = read.source.table_by_id(check.table).title
    return {
        "source_id": read.source.id,
        "check": CHECK,
        "instance": check.id,
        "verdict": NOT_TESTABLE if unknown else EXACT if holds else VIOLATED,
        "reason": f"rad {check.line} anger inte {check.raw} i det här dokumentet"
        if unknown
        else None,
        "residual": float(found - int(check.raw)),
        "tolerance": 0.0,
        "cells": [f"texten: {check.raw} (rad {check.line})", f"{title}: {found}"],
        "line": check.line,
        "table": title,
        "raw": check.raw,
        "expected": None if holds else str(found),
        "severity": None if holds else str(check.severity),
        "message": None
        if holds
        else f"texten på rad {check.line} anger {check.raw} {_WORDS[check.what]}, men tabellen "
        f"”{title}” har {found}",
        "finding_id": finding_id(CHECK, read.source.id, check.id),
    }


EXACT = "exact"


WITHIN_ROUNDING = "within_rounding"


VIOLATED = "violated"


NOT_TESTABLE = "not_testable"


JUDGEMENTS = pl.Schema(
    {
        "source_id": pl.String(),
        "check": pl.String(),
        "instance": pl.String(),
        "verdict": pl.String(),
        "reason": pl.String(),
        "residual": pl.Float64(),
        "tolerance": pl.Float64(),
        "cells": pl.List(pl.String()),
        "line": pl.Int32(),
        "table": pl.String(),
        "row_label": pl.String(),
        "column_label": pl.String(),
        "raw": pl.String(),
        "expected": pl.String(),
        "severity": pl.String(),
        "message": pl.String(),
        "finding_id": pl.String(),
    }
)
"""One row per instance of a check.

``cells`` are the figures involved, each with label and line; ``line`` to ``raw`` those of the
result; ``residual`` and ``tolerance`` are in the unit of the terms (null for other checks than
sums). ``severity``, ``expected`` and ``message`` (Swedish) are set where the instance is violated,
``reason`` where it can't be tested. ``finding_id`` stays the same while the instance does.
"""
