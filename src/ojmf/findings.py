"""Findings: one row per thing that a person should look at, with a stable id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import polars as pl

from ojmf.declarations import Source
from ojmf.model import Severity
from ojmf.schema import FINDINGS


def finding_id(check: str, *place: str | None) -> str:
    """A short id that stays the same while check, source and place do; lines may move."""
    text = "\x1f".join([check, *(part or "" for part in place)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def finding(
    severity: Severity,
    check: str,
    message: str,
    source: Source,
    *,
    line: int | None = None,
    table: str | None = None,
    row: str | None = None,
    column: str | None = None,
    raw: str | None = None,
    expected: str | None = None,
) -> dict[str, Any]:
    """One row of ``FINDINGS`` about a source."""
    place = [table, row, column] if table or row or column else [raw or message]
    return {
        "severity": severity,
        "check": check,
        "message": message,
        "source_id": source.id,
        "document": source.document,
        "line": line,
        "table": table,
        "row_label": row,
        "column_label": column,
        "raw": raw,
        "expected": expected,
        "finding_id": finding_id(check, source.id, *place),
    }


def findings_frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """The findings as a frame in the schema ``FINDINGS``."""
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")
