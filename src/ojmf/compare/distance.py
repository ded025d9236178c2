"""How far a figure is from its reference and from the best quarter, and what it would take."""

from __future__ import annotations

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.figures import KEY
from ojmf.frames import as_given
from ojmf.frames.kinds import DENOMINATED, DIRECTIONS, JUDGED
from ojmf.model import COUNT_UNITS, Polarity, Verdict

WHOLE_UNITS = (*COUNT_UNITS, "days")


@as_annotated
def distances(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Add the distances to rows of ``by_method``.

    - ``gap_relative``: ``gap / |reference|`` in percent; null where the reference is 0.
    - ``gap_adjusted``: the gap turned so that positive is better; null for a neutral polarity.
      An answer and a target already have positive as better (a target with the polarity
      ``lower`` is turned).
    - ``to_best_quarter``: how far ``own`` is from the limit of the best quarter, in the
      indicator's unit, 0 when there already; only for the method quartile.
    - ``needed``: the least whole number of units (persons, households, answers …) that must
      change to reach the best quarter, or what the method reference judged by. A count is
      counted as it is; a share needs its denominator (indicator_id, geo, period_end,
      denominator), else null.

    ``rows`` keeps its columns and order; ``indicators`` gives the polarity. Raises ``FrameError``
    for unsound frames.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> judged = ojmf.compare.by_method(rows, asked, geo, against="riket")
    >>> further = ojmf.compare.distances(judged, asked).sort("gap", nulls_last=True)
    >>> further.select("own", "reference", "gap", "gap_relative").row(0)
    (0.0, 85.0, -85.0, -100.0)
    """
    from ojmf.compare.basis import denominator_of

    if denominators is not None:
        denominators = as_given(denominators, DENOMINATED)
    rows, indicators = as_given(rows, JUDGED), as_given(indicators, DIRECTIONS)
    polarity = indicators.select(*KEY, "polarity")
    known = rows.join(polarity, on=KEY, how="left", maintain_order="left").with_columns(
        denominator_of(rows, denominators)
    )
    higher = pl.col("polarity") == Polarity.HIGHER.value
    lower = pl.col("polarity") == Polarity.LOWER.value
    signed = pl.col("method").is_in(["answer", "target"])
    direction = pl.when(lower).then(-1.0).when(higher | signed).then(1.0)
    limit = pl.when(higher).then(pl.col("upper")).when(lower).then(pl.col("lower"))
    best = pl.when(pl.col("method") == "quartile").then(limit)
    told = [Verdict.BETTER.value, Verdict.SIMILAR.value, Verdict.WORSE.value]
    judged = (pl.col("method") == "reference") & pl.col("verdict").is_in(told)
    towards = pl.when(judged).then(pl.col("reference")).otherwise(best)
    return known.with_columns(
        pl.when(pl.col("reference") != 0)
        .then(pl.col("gap") / pl.col("reference").abs() * 100)
        .alias("gap_relative"),
        (pl.col("gap") * direction).alias("gap_adjusted"),
        _shortfall(best, higher).alias("to_best_quarter"),
        _units(_shortfall(towards, higher)).alias("needed"),
    ).drop("polarity", "denominator")


def _shortfall(limit: pl.Expr, higher: pl.Expr) -> pl.Expr:
    own = pl.col("own")
    return pl.when(higher).then(limit - own).otherwise(own - limit).clip(lower_bound=0.0)


def _units(shortfall: pl.Expr) -> pl.Expr:
    """A shortfall in whole units; a hair above a whole number is that number."""
    counted = pl.col("unit").is_in(WHOLE_UNITS)
    of_all = shortfall / 100 * pl.col("denominator")
    share = (pl.col("unit") == "percent") & (pl.col("denominator") > 0)
    return (
        (pl.when(counted).then(shortfall).when(share).then(of_all) - 1e-9)
        .ceil()
        .clip(lower_bound=0)
        .cast(pl.Int64)
    )
