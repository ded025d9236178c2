"""What came of a check of a document's figures against each other."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

EXACT, WITHIN_ROUNDING = "exact", "within_rounding"
VIOLATED, NOT_TESTABLE = "violated", "not_testable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What came of one instance of a check.

    ``cells`` are the figures involved, each with label and line; ``line`` to ``raw`` those of the
    result; ``residual`` and ``tolerance`` are in the unit of the terms (null for other checks than
    sums). ``severity``, ``expected`` and ``message`` (Swedish) are set where the instance is
    violated, ``reason`` where it can't be tested. ``finding_id`` stays the same while the instance
    and its printed texts do.
    """

    source_id: str
    check: str
    instance: str
    verdict: str
    reason: str | None = None
    residual: float | None = None
    tolerance: float | None = None
    cells: list[str]
    line: int
    table: str
    row_label: str | None = None
    column_label: str | None = None
    raw: str
    expected: str | None = None
    severity: str | None = None
    message: str | None = None
    finding_id: str


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
"""One row per ``Judgement``."""
