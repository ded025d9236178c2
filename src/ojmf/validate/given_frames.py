"""Judge a frame of one's own: rows without a document and maybe without a declared source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ojmf.findings import located
from ojmf.model import COUNT_UNITS, DIFFERENCES, IndicatorKind, Severity
from ojmf.schema import OBSERVATIONS, VALIDATED
from ojmf.validate import context
from ojmf.validate.judging import judge
from ojmf.validate.outcomes import rows
from ojmf.validate.suite_files import FRAME
from ojmf.validate.validation import suites_of

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_GRAVITY = [str(severity) for severity in Severity]
_SO_MANY = 5
"""Fewer shares between 0 and 1 may well be so small."""
_SHARES = [str(IndicatorKind.ANSWER), str(IndicatorKind.SHARE)]


def validate_frame(workspace: Workspace, observations: pl.DataFrame) -> pl.DataFrame:
    """What the suites about frames find in observations, in the schema ``VALIDATED``.

    ``observations`` have passed the checked entrance. Gravest first, then row by row. Raises
    ``DeclarationError`` where a suite is faulty.
    """
    framed = _framed(workspace, observations)
    outcomes = judge(suites_of(workspace), {FRAME: framed}, frozenset())
    return (
        located(rows(outcomes))
        .sort(pl.col("severity").cast(pl.Enum(_GRAVITY)), "row", maintain_order=True)
        .select(VALIDATED.names())
    )


def _first(figure: pl.Expr) -> pl.Expr:
    """The first figure of each indicator."""
    return figure.is_not_null().cum_sum().over("indicator_id") == 1


def _framed(workspace: Workspace, observations: pl.DataFrame) -> pl.DataFrame:
    """The rows with what is declared about them, and their figures by what bounds these."""
    told = context.with_context(workspace, observations.select(OBSERVATIONS.names()))
    measured = ~pl.col("scenario").is_in(DIFFERENCES)
    share = (pl.col("unit") == "percent") & pl.col("indicator_kind").is_in(_SHARES)
    counted = pl.col("unit").is_in([*COUNT_UNITS, "days"])
    figure = pl.when(measured & share).then("value")
    between = figure.is_between(0, 1, closed="none").sum() >= _SO_MANY
    fraction = (between & figure.is_between(0, 1).all()).over("indicator_id")
    named = pl.col("geo").str.contains("^[RG]")
    age = observations["age"].cast(pl.String) if "age" in observations.columns else pl.lit("")
    when = pl.concat_str("period_start", "period_end", separator="–", ignore_nulls=True)
    return told.with_columns(
        subgroup=age,
        share=figure,
        fraction=pl.when(fraction & _first(figure)).then(figure),
        counted=pl.when(measured & counted).then("value"),
        # A region and a group are in no geography.
        geo_level=pl.when(named).then(pl.lit("other")).otherwise("geo_level"),
        code=pl.concat_str("geo", "sex", "scenario", when, separator=" ", ignore_nulls=True),
    )
