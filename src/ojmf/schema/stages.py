"""The schemas that every stage reads and writes: observations, findings, comparisons."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from ojmf.errors import ArgumentError, FrameError

OBSERVATIONS = pl.Schema(
    {
        "source_id": pl.String,
        "document": pl.String,
        "line": pl.Int32,
        "table": pl.String,
        "heading": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "raw": pl.String,
        "value": pl.Float64,
        "decimals": pl.Int8,
        "answer": pl.String,
        "unit": pl.String,
        "indicator_id": pl.String,
        "area_id": pl.String,
        "geo": pl.String,
        "scenario": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "obs_status": pl.String,
        "correction_id": pl.String,
        "note": pl.String,
        "place": pl.String,
        "sex": pl.String,
    }
)
"""One row per printed cell.

``line`` is 1-based in the whole document; ``raw`` is the printed text without markup; ``value``
carries the sign that the table means, in ``unit``; ``decimals`` is the number of printed decimals
(a correction has those of the corrected figure). ``obs_status`` is an SDMX CL_OBS_STATUS code and
``note`` its reason, in Swedish, several joined by ``"; "``.

``place`` is where a person finds the figure in the file, in the file's own terms: ``rad 86``,
``blad Bilaga 1, cell C12``, ``sida 3, tabell 1, rad 2``. ``sex`` is an SDMX CL_SEX code (``model.
Sex``). Both stand last, because files that were written before them lack them: ``complete`` fills
them in.
"""


Rows = TypeVar("Rows", pl.DataFrame, pl.LazyFrame)


def complete(frame: Rows) -> Rows:
    """Fill ``place`` (from ``line``) and ``sex`` (both sexes) where observations lack them.

    Raises ``ArgumentError`` for what is no Polars frame, and ``FrameError`` without ``line``.
    """
    if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
        raise ArgumentError(f"väntade en DataFrame eller LazyFrame ur Polars, inte {type(frame)}")
    known = frame.lazy().collect_schema().names()
    if "line" not in known:
        raise FrameError("kolumnen line saknas")
    lacking = [name for name in ("place", "sex") if name not in known]
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking).with_columns(
        pl.col("place").fill_null(pl.format("rad {}", "line")),
        pl.col("sex").fill_null("_T"),
    )


FINDINGS = pl.Schema(
    {
        "severity": pl.String,
        "check": pl.String,
        "message": pl.String,
        "source_id": pl.String,
        "document": pl.String,
        "line": pl.Int32,
        "table": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "raw": pl.String,
        "expected": pl.String,
        "finding_id": pl.String,
    }
)
"""Something a person should look at; ``message`` in Swedish, ``severity`` a ``model.Severity``."""

COMPARISONS = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "geo": pl.String,
        "own": pl.Float64,
        "status": pl.String,
        "method": pl.String,
        "reference_geo": pl.String,
        "reference": pl.Float64,
        "gap": pl.Float64,
        "document": pl.String,
        "line": pl.Int32,
    }
)
"""One indicator of one municipality against one reference area.

``own`` is 100, 50 or 0 for JA, DELVIS, NEJ (null when unanswered) or the indicator's own figure;
``gap`` is ``own - reference``, in percentage points for answers and in the indicator's unit
otherwise; ``document`` and ``line`` lead to the municipality's own figure.
"""
