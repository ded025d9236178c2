"""Arithmetic relations between printed figures, judged by the intervals their rounding implies.

A printed figure stands for itself plus or minus half a unit of its last printed decimal; counts
are exact. A relation holds where the intervals of its terms can meet: the residual of the printed
figures is smaller than the sum of their half units. (The idea of XBRL Calculations 1.1, with open
intervals: figures rounded half up or half away from zero can't all lie at the far end.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from ojmf.declarations import Identity, Source
from ojmf.model import EXACT_UNITS
from ojmf.printed import decimals, figure, half_unit

TERMS = pl.Schema(
    {
        "identity_id": pl.String,
        "form": pl.String,
        "instance": pl.String,
        "role": pl.String,
        "factor": pl.Float64,
        "cell": pl.UInt32,
        "stated_raw": pl.String,
        "stated_line": pl.Int32,
    }
)
"""One row per term of an instance of an identity: a cell or a figure that the text states.

``role`` is ``term`` in a sum, else ``over`` and ``under`` (of a quotient) and ``result``.
"""

VERDICTS = pl.Schema(
    {
        "identity_id": pl.String(),
        "form": pl.String(),
        "instance": pl.String(),
        "verdict": pl.String(),
        "residual": pl.Float64(),
        "tolerance": pl.Float64(),
        "cells": pl.List(pl.UInt32()),
    }
)
"""One row per instance: ``exact``, ``within_rounding``, ``violated`` or ``not_testable``.

``residual`` is what the terms leave over (for quotients: the distance between the intervals, 0
where they meet), ``tolerance`` the sum of the half units, in the unit of the terms.
"""

_EPSILON = 1e-9

_Key = tuple[str, str, str]
"""A cell by its table's id, its row's label and its column's."""
_Roles = list[tuple[str, float, _Key]]


def terms(source: Source, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The terms of all the source's identities over its cells, and a fault per broken reference."""
    figures = cells.filter(pl.col("content") == "figure")
    at: dict[_Key, int] = {
        (table, row, column): cell
        for table, row, column, cell in figures.select(
            "table_id", "row_label", "column_label", "cell"
        ).iter_rows()
    }
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    for identity in source.identity:
        over, sign = ("term", -1.0) if identity.form == "equal" else ("stated_over", 1.0)
        texts = [(over, sign, None, stated.raw, stated.line) for stated in identity.stated]
        texts += [("stated_under", 1.0, None, s.raw, s.line) for s in identity.stated_under]
        for instance, roles in _instances(identity, at):
            missing = next((key for _, _, key in roles if key not in at), None)
            if missing is not None:
                table, row, column = missing
                faults.append(
                    f"räknesambandet {identity.id}: ingen cell {' / '.join(missing)}"
                    if identity.form == "equal"
                    else f"räknesambandet {identity.id}: tabellen {table} har ingen cell på rad "
                    f"”{row}”, kolumn ”{column}”"
                )
                continue
            known = [(role, factor, at[key], None, None) for role, factor, key in roles]
            rows += [(identity.id, identity.form, instance, *term) for term in (*known, *texts)]
    return pl.DataFrame(rows, schema=TERMS, orient="row"), faults


def _instances(identity: Identity, at: Iterable[_Key]) -> Iterator[tuple[str, _Roles]]:
    """Each instance of an identity by its name: the role, factor and cell of every term."""
    if identity.form == "equal":
        yield (
            identity.id,
            [("term", ref.factor, (ref.table, ref.row, ref.column)) for ref in identity.cells],
        )
        return
    if identity.form == "sum":
        named = [("term", 1.0, label) for label in identity.terms]
        named += [("term", -1.0, label) for label in (*identity.minus, identity.equals or "")]
    else:
        named = [("over", 1.0, identity.terms[0]), ("under", 1.0, identity.terms[1])]
        named += [("result", 1.0, identity.equals)] if identity.equals else []
    table, across = identity.table or "", identity.over == "columns"
    declared = identity.rows if across else identity.columns
    lines = declared or dict.fromkeys(key[1 if across else 2] for key in at if key[0] == table)
    for line in lines:
        yield (
            f"{identity.id} | {line}",
            [
                (role, factor, (table, line, label) if across else (table, label, line))
                for role, factor, label in named
            ],
        )


def judge(terms: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Judge every instance; returns ``VERDICTS`` in the order of the terms.

    ``figures``: one row per cell with ``cell``, ``value`` (null where there is none), ``decimals``,
    ``unit``, and optionally ``low`` and ``high``, the bounds of a cell without a value.
    """
    for name in ("low", "high"):
        if name not in figures.columns:
            figures = figures.with_columns(pl.lit(None, pl.Float64).alias(name))
    half = half_unit(pl.col("decimals"), pl.col("unit").is_in(EXACT_UNITS))
    known = figures.select(
        "cell",
        low=pl.coalesce(pl.col("value") - half, "low"),
        high=pl.coalesce(pl.col("value") + half, "high"),
    )
    stated = figure(pl.col("stated_raw"))
    width = half_unit(decimals(pl.col("stated_raw")), pl.lit(value=False))
    joined = terms.join(known, on="cell", how="left", maintain_order="left").with_columns(
        low=pl.coalesce(stated - width, "low"), high=pl.coalesce(stated + width, "high")
    )
    instance = ("identity_id", "form", "instance")
    grouped = joined.group_by(*instance, maintain_order=True)
    sums = grouped.agg(
        residual=(pl.col("factor") * (pl.col("low") + pl.col("high")) / 2)
        .filter(pl.col("role") == "term")
        .sum()
        .round(9),
        tolerance=((pl.col("high") - pl.col("low")) / 2 * pl.col("factor").abs())
        .filter(pl.col("role") == "term")
        .sum(),
        testable=pl.col("low").is_not_null().all(),
        cells=pl.col("cell").drop_nulls(),
        **{
            f"{role}_{end}": pl.col(end).filter(pl.col("role") == role).sum()
            for role in ("over", "under", "result", "stated_over", "stated_under")
            for end in ("low", "high")
        },
    )
    residual = pl.col("residual").abs()
    return (
        _quotients(sums)
        .with_columns(
            verdict=pl.when(~pl.col("testable"))
            .then(pl.lit("not_testable"))
            .when(residual < _EPSILON)
            .then(pl.lit("exact"))
            .when(residual < pl.col("tolerance") - _EPSILON)
            .then(pl.lit("within_rounding"))
            .otherwise(pl.lit("violated"))
        )
        .select(VERDICTS.names())
        .cast(VERDICTS)
    )


def _quotients(sums: pl.DataFrame) -> pl.DataFrame:
    """For quotients: the gap between the two intervals as residual, their half widths together."""
    bounds = []
    for over, under in (("over", "under"), ("stated_over", "stated_under")):
        ends = [
            pl.col(f"{over}_{a}") / pl.col(f"{under}_{b}")
            for a in ("low", "high")
            for b in ("low", "high")
        ]
        # A divisor that spans zero bounds no quotient.
        sound = pl.when(pl.col(f"{under}_low") * pl.col(f"{under}_high") > 0)
        bounds += [sound.then(pl.min_horizontal(ends)), sound.then(pl.max_horizontal(ends))]
    low, high, stated_low, stated_high = bounds
    change = pl.col("form") == "percent_change"
    a_low = pl.when(change).then((low - 1) * 100).otherwise(low)
    a_high = pl.when(change).then((high - 1) * 100).otherwise(high)
    b_low = pl.when(change).then("result_low").otherwise(stated_low)
    b_high = pl.when(change).then("result_high").otherwise(stated_high)
    gap = (pl.max_horizontal(a_low, b_low) - pl.min_horizontal(a_high, b_high)).clip(0).round(9)
    quotient = pl.col("form").is_in(["percent_change", "ratio"])
    return sums.with_columns(
        residual=pl.when(quotient)
        .then((a_low + a_high - b_low - b_high) / 2)
        .otherwise("residual"),
        tolerance=pl.when(quotient)
        .then((a_high - a_low + b_high - b_low) / 2)
        .otherwise("tolerance"),
        testable=pl.col("testable") & pl.when(quotient).then(gap.is_not_null()).otherwise(True),
    )


def confirming(terms: pl.DataFrame, verdicts: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Cells that a relation which holds confirms: it would fail with the figure's sign turned.

    Returns one column ``cell``. Zero has no sign; a relation that holds confirms it.
    """
    holding = verdicts.filter(pl.col("verdict").is_in(["exact", "within_rounding"]))
    values = figures.select("cell", "value")
    turned = pl.col("residual") - 2 * pl.col("factor") * pl.col("value")
    sure = (
        pl.when(pl.col("form") == "ratio")
        .then(True)
        .otherwise(turned.abs() >= pl.col("tolerance") - _EPSILON)
    )
    return (
        terms.drop_nulls("cell")
        .join(holding.select("instance", "residual", "tolerance"), on="instance")
        .join(values.drop_nulls(), on="cell")
        .filter(sure | (pl.col("value") == 0))
        .select("cell")
        .unique(maintain_order=True)
    )
