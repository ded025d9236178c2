"""Findings: one row per thing that a person should look at, with a stable id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

import polars as pl

from ojmf.declarations import Source
from ojmf.model import Severity
from ojmf.schema import FINDINGS


def finding_id(check: str, *place: str | None) -> str:
    """A short id that stays the same while check, source and place do; lines may move."""
    text = "\x1f".join([check, *(part or "" for part in place)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Place(TypedDict, total=False):
    """Where a finding is, and what was found and expected there."""

    line: int | None
    table: str | None
    row_label: str | None
    column_label: str | None
    raw: str | None
    expected: str | None


def finding(
    severity: Severity, check: str, message: str, source: Source, **place: Unpack[Place]
) -> dict[str, Any]:
    """One row of ``FINDINGS`` about a source."""
    cell = [place.get("table"), place.get("row_label"), place.get("column_label")]
    key = cell if any(cell) else [place.get("raw") or message]
    return {
        **dict.fromkeys(FINDINGS),
        "severity": severity,
        "check": check,
        "message": message,
        "source_id": source.id,
        "document": source.document,
        "finding_id": finding_id(check, source.id, *key),
        **place,
    }


def findings_frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """The findings as a frame in the schema ``FINDINGS``."""
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")
