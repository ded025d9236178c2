"""Counts that a document's text states, found again in its tables."""

from __future__ import annotations

from typing import Any

import polars as pl

from ojmf.declarations import Check
from ojmf.findings import finding_id
from ojmf.ingest.source import Read, states
from ojmf.model import Answer
from ojmf.validate.judgements import EXACT, JUDGEMENTS, NOT_TESTABLE, VIOLATED

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
