"""The schemas of what stands beside a reference: status, gaps, areas, a county and worth."""

from __future__ import annotations

import polars as pl

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

WITHOUT_GAP = pl.Schema({"lacking": pl.Int64, "reason": pl.String, "of_reason": pl.Int64})
"""How many of an area's rows have no gap, why most of those have none, in Swedish, and of how many
that is so."""

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
        "lacking": pl.Int64,
        "reason": pl.String,
        "of_reason": pl.Int64,
    }
)
"""One row per area of questions.

The colours count the ``indicators``. Shares, means and gaps are in percent and percentage points;
``share_yes`` is the share of JA among the answered, ``share_in_place`` the mean of 100, 50, 0.
``lacking`` and what follows are ``WITHOUT_GAP`` of what is compared with no share at all.
Of several municipalities each row begins with ``geo``.
"""

AREAS_BESIDE = pl.Schema(
    {
        "geo": pl.String,
        "area_id": pl.String,
        "area_name": pl.String,
        "indicators": pl.Int64,
        "green": pl.Int64,
        "yellow": pl.Int64,
        "red": pl.Int64,
        "grey": pl.Int64,
        "with_gap": pl.Int64,
        "share_yes": pl.Float64,
        "reference_share_yes": pl.Float64,
        "gap": pl.Float64,
        "reference_geo": pl.String,
        "reference_kind": pl.String,
        "document": pl.String,
        "lacking": pl.Int64,
        "reason": pl.String,
        "of_reason": pl.Int64,
    }
)
"""One row per municipality and area of questions, beside one reference.

The colours count the ``indicators``, ``with_gap`` those that both have. ``share_yes`` is the
municipality's share of JA that ``gap`` (percentage points) is counted from, over the questions that
both have, or over all it answered where the reference is a mean of municipalities' own shares.
"""

FIGURE_AREAS = pl.Schema(
    {
        "geo": pl.String,
        "area_id": pl.String,
        "area_name": pl.String,
        "figures": pl.Int64,
        "missing": pl.Int64,
        "unreadable": pl.Int64,
        "withheld": pl.Int64,
        "contradicted": pl.Int64,
        "with_gap": pl.Int64,
        "with_country": pl.Int64,
        "green": pl.Int64,
        "yellow": pl.Int64,
        "red": pl.Int64,
        "better": pl.Int64,
        "similar": pl.Int64,
        "equal": pl.Int64,
        "worse": pl.Int64,
        "above": pl.Int64,
        "below": pl.Int64,
        "unjudged": pl.Int64,
        "largest_label": pl.String,
        "largest_better": pl.Float64,
        "largest_others": pl.Int64,
        "largest_gap": pl.Float64,
        "largest_reference": pl.Float64,
        "largest_reference_origin": pl.String,
        "largest_own_decimals": pl.Int8,
        "unit": pl.String,
        "document": pl.String,
        "lacking": pl.Int64,
        "reason": pl.String,
        "of_reason": pl.Int64,
    }
)
"""One row per municipality and area of figures.

``figures`` and ``with_gap`` count rows of ``frame.TRACED`` that have a figure and a gap,
and those without a figure of the latest period are ``missing``, ``unreadable``, ``withheld`` or
``contradicted`` (the document has several), ``with_country`` those held against the country because
nothing nearer has a figure, the colours those judged by quartile, and the rest those with a
verdict, or without any (``unjudged``); what is ``above`` or ``below`` is no better or worse. The
largest gap is the worst, in ``unit``, and where none is for the worse the largest, in percent of
the reference where units differ; ``largest_better`` is it turned so that positive is better, and
``largest_others`` are as large. It is from ``largest_reference`` (of an ``Origin``); the own figure
is printed with ``largest_own_decimals``.
"""

SIDE = pl.Schema(
    {
        "": pl.Float64,
        "_origin": pl.String,
        "_counted": pl.Int64,
        "_members": pl.Int64,
        "_document": pl.String,
        "_line": pl.Int32,
        "_place": pl.String,
    }
)
"""What a county's figure and that beside it have, by the end of the columns' names."""

COUNTY = pl.Schema(
    [
        ("geo", pl.String),
        ("area_id", pl.String),
        ("indicator_id", pl.String),
        ("label", pl.String),
        ("unit", pl.String),
        ("sex", pl.String),
        ("period_start", pl.Date),
        ("period_end", pl.Date),
        ("period_kind", pl.String),
        ("method", pl.String),
        ("statistic", pl.String),
        *((f"own{end}", kind) for end, kind in SIDE.items()),
        ("reference_geo", pl.String),
        ("reference_kind", pl.String),
        *((f"reference{end}", kind) for end, kind in SIDE.items()),
        ("reference_period_start", pl.Date),
        ("reference_period_end", pl.Date),
        ("gap", pl.Float64),
        ("gap_relative", pl.Float64),
        ("gap_better", pl.Float64),
        ("area_own", pl.Float64),
        ("area_reference", pl.Float64),
        ("reason_code", pl.String),
    ]
)
"""One row per indicator, sex and period of a county.

``own`` is the figure of the county that its municipalities are compared with: as a source has it,
else computed of ``own_counted`` of ``own_members`` of them by ``statistic``; for a question the
share of JA (%). ``reference_*`` is the same of what it is held against. ``gap`` is
``own - reference``, in percentage points for questions and in the unit otherwise; null for amounts
that are larger in a larger place, and for figures of which only one is computed (``reason_code``).
``area_own`` and ``area_reference`` are the means of the municipalities' shares of JA in the area.
"""

COUNTY_AREAS = pl.Schema(
    {
        "geo": pl.String,
        "area_id": pl.String,
        "area_name": pl.String,
        "indicators": pl.Int64,
        "with_gap": pl.Int64,
        "share_yes": pl.Float64,
        "reference_share_yes": pl.Float64,
        "gap": pl.Float64,
        "better": pl.Int64,
        "worse": pl.Int64,
        "largest_label": pl.String,
        "largest_others": pl.Int64,
        "largest_gap": pl.Float64,
        "unit": pl.String,
        "reference_geo": pl.String,
        "reference_kind": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "reference_period_end": pl.Date,
    }
)
"""One row per area and period: how many ``indicators`` have a figure of the county and a gap.

The shares of JA and their gap (percentage points) are of questions: where any share of the area is
in a source, the means over the questions that both have, else the means of the municipalities' own
shares. ``better`` and ``worse`` count gaps by the direction that is good. The largest gap is the
worst, in ``unit``.
"""

AREA_CHANGES = pl.Schema(
    {
        "geo": pl.String,
        "area_id": pl.String,
        "area_name": pl.String,
        "both": pl.Int64,
        "share_yes": pl.Float64,
        "share_yes_before": pl.Float64,
        "gap": pl.Float64,
        "improved": pl.Int64,
        "worsened": pl.Int64,
        "added": pl.Int64,
        "retired": pl.Int64,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "reference_period_start": pl.Date,
        "reference_period_end": pl.Date,
        "document": pl.String,
        "lacking": pl.Int64,
        "reason": pl.String,
        "of_reason": pl.Int64,
    }
)
"""One row per municipality, area and period of answers, beside the period before.

``both`` counts the questions answered both times, over which the shares of JA (%) and their gap
(percentage points) are; of them ``improved`` and ``worsened`` have another answer than before.
``added`` and ``retired`` count the questions that only one of the periods has.
"""

WOMEN_AND_MEN = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "unit": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "geo": pl.String,
        "women": pl.Float64,
        "men": pl.Float64,
        "gap": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "beyond_chance": pl.Boolean,
        "document": pl.String,
        "women_place": pl.String,
        "men_place": pl.String,
    }
)
"""One row per indicator, period and municipality that has a figure for both sexes.

``gap`` is the women's minus the men's, in the unit or percentage points. ``lower`` and ``upper``
are its 95 % limits where it is a share or a rate, and ``beyond_chance`` whether it is more than
chance, also of two counts; null where the denominator of either sex is not known. ``document`` is
both where they are printed in two.
"""

WORTH = pl.Schema(
    {
        "area_id": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "sex": pl.String,
        "geo": pl.String,
        "reference_geo": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "own": pl.Float64,
        "reference": pl.Float64,
        "gap": pl.Float64,
        "unit": pl.String,
        "denominator": pl.Float64,
        "worth": pl.Float64,
        "worth_unit": pl.String,
        "low": pl.Float64,
        "high": pl.Float64,
        "document": pl.String,
        "line": pl.Int32,
        "place": pl.String,
    }
)
"""One gap of one municipality in what it stands for.

Of a share (percent or per mille, ``of`` 100 or 1 000) ``worth = gap / of · denominator`` persons,
and ``low`` to ``high`` is the same of the 95 % Wilson limits of the share minus the reference. Of
what is counted per 1 000, 10 000 or 100 000 inhabitants it is a number of that, such as cases or
staff, and the limits are those of a Poisson count. Of kronor per inhabitant or case
``worth = gap · denominator`` kronor, which no interval is known for. Worths are of different people
and money that overlap: they are never added up.
"""
