"""The schemas of what is compared otherwise: pairs, peers, time, and what checks find."""

from __future__ import annotations

import polars as pl

from ojmf.schema.stages import COMPARISONS, FINDINGS

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

SIMILAR = pl.Schema(
    {
        "place": pl.Int32,
        "geo": pl.String,
        "distance": pl.Float64,
        "of": pl.Int32,
        "indicator_id": pl.String,
        "label": pl.String,
        "unit": pl.String,
        "period_end": pl.Date,
        "weight": pl.Float64,
        "own": pl.Float64,
        "value": pl.Float64,
        "steps": pl.Float64,
    }
)
"""One indicator of one of the nearest municipalities.

``place`` 1 is the nearest of the ``of`` that have all the indicators, ``distance`` the root of the
weighted mean of ``steps²``. ``steps`` is ``value - own`` in standard deviations of all
municipalities with a figure of the same period.
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
