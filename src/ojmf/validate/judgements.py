"""What every check of a document's own figures says: one row per instance, held or not."""

from __future__ import annotations

import polars as pl

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


def number(value: float, decimals: int) -> str:
    """A number in Swedish print: decimal comma, plain minus, no negative zero."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace(".", ",")
