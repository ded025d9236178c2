"""What a gap is worth: the kronor or persons that it stands for, with its interval."""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import Basis, denominator_of
from ojmf.compare.figures import Frame
from ojmf.compare.frame import Known, Selection
from ojmf.compare.methods import compared
from ojmf.compare.reference import CONFIDENCE_LEVELS, wilson
from ojmf.frames import entered

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
kronor per inhabitant or case
``worth = gap · denominator`` kronor, which no interval is known for. Worths are of different people
and money that overlap: they are never added up.
"""


_OF = {"percent": 100.0, "permille": 1000.0}
_KRONOR = ("SEK", "SEK_per_inhabitant", "SEK_per_unit")


def worth(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    basis: Basis | None = None,
) -> pl.DataFrame:
    """What the gaps of a municipality to a reference are worth, in ``WORTH``, lowest worth first.

    ``basis`` has the denominators; without it, and where no gap has one, there are no rows. Raises
    as :func:`~ojmf.compare.methods.by_method`.
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    basis = basis or Basis()
    known, selection = Known(geography, basis=basis), Selection(area)
    rows = compared(observations, indicators, geo, [against], selection=selection, known=known)
    return worth_of(rows, basis.denominators)


def worth_of(rows: pl.DataFrame, denominators: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` whose gap has a denominator in ``WORTH``, lowest worth first.

    Shares and kronor alone: of counts and indices a gap stands for nothing else.
    """
    counted = rows.filter(pl.col("gap").is_not_null(), pl.col("unit").is_in([*_OF, *_KRONOR]))
    counted = counted.with_columns(
        denominator_of(counted, denominators).alias("denominator")
    ).filter(pl.col("denominator") > 0)
    of, n = pl.col("unit").replace_strict(_OF, default=None), pl.col("denominator")
    share = of.is_not_null()
    limits = wilson(pl.col("own") / of * n, n, CONFIDENCE_LEVELS[0])
    low, high = (pl.when(share).then((limit - pl.col("reference") / of) * n) for limit in limits)
    return (
        counted.with_columns(
            worth=pl.when(share).then(pl.col("gap") / of * n).otherwise(pl.col("gap") * n),
            worth_unit=pl.when(share).then(pl.lit("persons")).otherwise(pl.lit("SEK")),
            low=low,
            high=high,
        )
        .select(WORTH.names())
        .cast(WORTH)
        .sort("geo", "worth_unit", "worth", maintain_order=True)
    )
