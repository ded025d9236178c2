"""The Polars schemas that every stage reads and writes.

One frame per stage: ``OBSERVATIONS`` leave ingest, ``FINDINGS`` leave any stage that has something
to say, ``COMPARISONS`` leave compare. What the surface for Python gives has one schema each:
``STATUS`` (status and gaps), ``AREAS`` or ``FIGURE_AREAS``, ``SIDE_BY_SIDE`` (compare),
``PEER_GROUPS`` and ``PEER_PLACES`` (peers), ``TRENDS`` and ``POINTS`` (trends), ``VALIDATED``.
Codes are strings everywhere (SCB geography codes keep their leading zero).
"""

from __future__ import annotations

from typing import TypeVar

import polars as pl

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
    """Fill ``place`` (from ``line``) and ``sex`` (both sexes) where observations lack them."""
    known = frame.lazy().collect_schema().names()
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

STATUS = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "unit": pl.String,
        "sex": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "geo": pl.String,
        "own": pl.Float64,
        "own_answer": pl.String,
        "own_status": pl.String,
        "own_decimals": pl.Int8,
        "own_source": pl.String,
        "own_line": pl.Int32,
        "own_place": pl.String,
        "own_correction": pl.String,
        "reference_geo": pl.String,
        "reference": pl.Float64,
        "reference_kind": pl.String,
        "reference_origin": pl.String,
        "reference_period_start": pl.Date,
        "reference_period_end": pl.Date,
        "reference_counted": pl.Int64,
        "reference_members": pl.Int64,
        "statistic": pl.String,
        "reference_source": pl.String,
        "reference_line": pl.Int32,
        "reference_place": pl.String,
        "reference_answer": pl.String,
        "reference_status": pl.String,
        "gap": pl.Float64,
        "gap_relative": pl.Float64,
        "gap_better": pl.Float64,
        "method": pl.String,
        "status": pl.String,
        "rank": pl.Int32,
        "of": pl.Int32,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "interval": pl.String,
        "since": pl.Float64,
        "trend": pl.String,
        "reason_code": pl.String,
        "note": pl.String,
        "verdict": pl.String,
        "reason": pl.String,
    }
)
"""One row per indicator, sex, period, municipality and reference: status and gaps of the surface.

``own``, ``reference`` and ``gap`` are in ``unit``, but for answers: 100, 50 or 0 for JA, DELVIS
and NEJ, the reference in percent and the gap in percentage points. ``gap_relative`` is in percent
of the reference, ``gap_better`` turned so that positive is better, ``since`` the change since the
period before. ``rank`` is among ``of`` municipalities, ``lower`` and ``upper`` end ``interval``.
``verdict`` and ``reason`` are said in Swedish; the vocabularies of the codes stand in ``model``.
"""

AREAS = pl.Schema(
    {
        "area_id": pl.String,
        "area_name": pl.String,
        "indicators": pl.Int64,
        "green": pl.Int64,
        "yellow": pl.Int64,
        "red": pl.Int64,
        "grey": pl.Int64,
        "share_in_place": pl.Float64,
        "county_mean": pl.Float64,
        "national_mean": pl.Float64,
        "gap_county": pl.Float64,
        "gap_national": pl.Float64,
        "document": pl.String,
        "share_yes": pl.Float64,
    }
)
"""One row per area of questions.

The colours count the ``indicators``. Shares, means and gaps are in percent and percentage points;
``share_yes`` is the share of JA among the answered, ``share_in_place`` the mean of 100, 50, 0.
Of several municipalities each row begins with ``geo``.
"""

FIGURE_AREAS = pl.Schema(
    {
        "geo": pl.String,
        "area_id": pl.String,
        "area_name": pl.String,
        "figures": pl.Int64,
        "with_gap": pl.Int64,
        "with_country": pl.Int64,
        "green": pl.Int64,
        "yellow": pl.Int64,
        "red": pl.Int64,
        "better": pl.Int64,
        "similar": pl.Int64,
        "worse": pl.Int64,
        "undirected": pl.Int64,
        "largest_label": pl.String,
        "largest_gap": pl.Float64,
        "largest_reference": pl.Float64,
        "largest_own_decimals": pl.Int8,
        "unit": pl.String,
        "document": pl.String,
    }
)
"""One row per municipality and area of figures.

``figures`` and ``with_gap`` count rows of ``frame.TRACED`` that have a figure and a gap,
``with_country`` those held against the country because nothing nearer has a figure, the
colours those judged by quartile, and the rest those with a verdict: ``undirected`` has no good
direction. The largest gap is the worst, in ``unit``; without any direction the
largest in percent of the reference, which is ``largest_reference``; the own figure is printed with
``largest_own_decimals``.
"""

COMPARED = pl.Schema(
    [
        *COMPARISONS.items(),
        ("unit", pl.String),
        ("grade", pl.String),
        ("reason", pl.String),
        ("reference_document", pl.String),
        ("reference_line", pl.Int32),
        ("per_inhabitant_unit", pl.String),
        *(
            column
            for side in ("own", "reference")
            for column in (
                (f"{side}_inputs", pl.String),
                (f"{side}_period_start", pl.Date),
                (f"{side}_period_end", pl.Date),
                (f"{side}_period_kind", pl.String),
                (f"{side}_per_inhabitant", pl.Float64),
                (f"{side}_population", pl.Int64),
                (f"{side}_population_date", pl.Date),
                (f"{side}_population_days", pl.Int32),
            )
        ),
    ]
)
"""COMPARISONS with the concept as indicator, and how the two figures were made comparable.

``grade`` is a ``concepts.Grade`` and ``reason`` says, in Swedish, what the grade rests on and
what was missing or refused. ``*_inputs`` names document and lines of every figure used.
``*_per_inhabitant`` is in ``per_inhabitant_unit`` (SEK per inhabitant, or units per 1 000
inhabitants) with the population counted ``*_population_days`` days from the end of the period
(negative before it).
"""

SIDE_BY_SIDE = pl.Schema(
    [*COMPARED.items(), ("own_marks", pl.String), ("reference_marks", pl.String)]
)
"""COMPARED, and what is uncertain or corrected in each side's figures, in Swedish."""

PEER_GROUPS = pl.Schema(
    {
        "group_id": pl.String,
        "group_title": pl.String,
        "members": pl.UInt32,
    }
)
"""One row per group of a municipality, with the number of its members."""

PEER_PLACES = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "geo": pl.String,
        "own": pl.Float64,
        "group_id": pl.String,
        "group_title": pl.String,
        "members": pl.Int32,
        "compared": pl.Int32,
        "rank": pl.Int32,
        "quarter": pl.Int32,
        "median": pl.Float64,
        "gap": pl.Float64,
        "unit": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "document": pl.String,
        "line": pl.Int32,
        "reason": pl.String,
    }
)
"""One indicator of one municipality within one group.

``members`` is the group with the municipality itself, ``compared`` those of them that have a
figure. ``rank`` 1 is best and ``quarter`` 1 the best fourth, null for a neutral polarity.
``median`` is the peers' (without the municipality) and ``gap = own - median``, in ``unit``. Of an
answer (100, 50 or 0) ``median`` is the share of JA among the others that answered (%), and there is
no rank.
``reason`` says in Swedish why there is no median or no rank.
"""

TRENDS = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "sex": pl.String,
        "unit": pl.String,
        "period_kind": pl.String,
        "label": pl.String,
        "geo": pl.String,
        "polarity": pl.String,
        "mean": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "width": pl.Float64,
        "chart": pl.String,
        "points": pl.Int32,
        "based_on": pl.Int32,
        "rebased": pl.Date,
        "rebase_reason": pl.String,
        "baseline": pl.Date,
        "baseline_reason": pl.String,
        "gaps": pl.Int32,
        "first": pl.Date,
        "last": pl.Date,
        "latest": pl.Float64,
        "signal": pl.String,
        "side": pl.Int8,
        "last_signal": pl.Date,
        "document": pl.String,
        "line": pl.Int32,
        "compared_points": pl.Int32,
        "this_year": pl.Float64,
        "last_year": pl.Float64,
        "change": pl.Float64,
        "change_limit": pl.Float64,
        "inputs": pl.String,
        "variation": pl.String,
        "since_last_year": pl.String,
        "reason": pl.String,
    }
)
"""One row per series of months or years: what it shows.

``latest``, ``mean`` and the limits are in ``unit``, ``first`` and ``last`` the ends of periods.
``signal`` is a ``model.Signal`` and ``variation`` a ``model.Variation``; ``change`` is this year
minus last year over ``compared_points`` like periods, more than chance beyond ``change_limit``.
"""

POINTS = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "sex": pl.String,
        "label": pl.String,
        "geo": pl.String,
        "unit": pl.String,
        "polarity": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "value": pl.Float64,
        "mean": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "width": pl.Float64,
        "chart": pl.String,
        "points": pl.Int32,
        "based_on": pl.Int32,
        "counted": pl.Boolean,
        "rebased": pl.Date,
        "rebase_reason": pl.String,
        "baseline": pl.Date,
        "baseline_reason": pl.String,
        "signal": pl.String,
        "side": pl.Int8,
        "document": pl.String,
        "line": pl.Int32,
    }
)
"""One row per point of such a series, with its limits and the signal that it is part of."""

VALIDATED = pl.Schema([*FINDINGS.items(), ("row", pl.UInt32)])
"""FINDINGS, and of a frame of one's own the row that each is about, from 0; null otherwise."""
