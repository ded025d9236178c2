"""What a gap is worth: the kronor or persons that it stands for, with its interval."""

from __future__ import annotations

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.basis import Basis, denominator_of
from ojmf.compare.figures import Frame
from ojmf.compare.frame import Known, Selection
from ojmf.compare.methods import compared
from ojmf.compare.reference import CONFIDENCE_LEVELS, poisson, wilson
from ojmf.errors import SelectionError
from ojmf.frames import entered
from ojmf.model import RATE_BASES, SHARE_BASES, ReferenceKind
from ojmf.schema import WORTH

_KRONOR = ("SEK", "SEK_per_inhabitant", "SEK_per_unit")


@as_annotated
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

    >>> from datetime import date
    >>> import ojmf
    >>> import polars as pl
    >>> unit, until = "SEK_per_inhabitant", date(2024, 12, 31)
    >>> row = {"area_id": "a", "indicator_id": "a.cost", "unit": unit, "period_kind": "year"}
    >>> row |= {"scenario": "outcome", "period_start": date(2024, 1, 1), "period_end": until}
    >>> figures = {"2901": 4100.0, "2902": 4000.0}
    >>> rows = pl.DataFrame([row | {"geo": geo, "value": one} for geo, one in figures.items()])
    >>> asked = pl.DataFrame(
    ...     {"area_id": ["a"], "indicator_id": ["a.cost"], "unit": [unit]}
    ...     | {"kind": ["amount"], "method": ["neutral"], "polarity": ["neutral"]}
    ... )
    >>> people = pl.DataFrame(
    ...     {"indicator_id": "a.cost", "geo": ["2901"], "period_end": until, "denominator": 50_000}
    ... )
    >>> basis = ojmf.compare.Basis(denominators=people)
    >>> gaps = ojmf.compare.worth(rows, asked, "2901", against="2902", basis=basis)
    >>> gaps.select("gap", "worth", "worth_unit").row(0)
    (100.0, 5000000.0, 'SEK')
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    basis = basis or Basis()
    known, selection = Known(geography, basis=basis), Selection(area)
    rows = compared(observations, indicators, geo, [against], selection=selection, known=known)
    return worth_of(rows, basis.denominators)


def valued(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None
) -> pl.DataFrame:
    """:func:`worth_of`; ``SelectionError`` with the reason where no gap is worth anything known."""
    found = worth_of(rows, denominators)
    if not found.is_empty():
        return found
    with_gap = rows.filter(pl.col("gap").is_not_null())
    counted, lacking = without_denominator(rows, indicators, found)
    own = rows["reference_kind"].is_in([ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value])
    if with_gap.is_empty():
        why = "Inget mått har en skillnad till det som det jämförs med."
    elif counted.is_empty():
        why = (
            "Ingen skillnad är i procent, per antal invånare eller i kronor per invånare eller "
            "fall, och andra motsvarar inget annat än sig själva."
        )
    elif lacking.is_empty():
        why = (
            f"Måtten saknar nämnare, till exempel ”{counted['label'][0]}”. Ange denominator för "
            "indikatorerna i data/indicators."
        )
    else:
        why = (
            f"Nämnarens tal saknas för perioden, till exempel för ”{lacking['label'][0]}”. "
            "Folkmängd hämtas med ojmf fetch scb --year ÅR."
        )
    other = " Jämför i stället med lan, riket eller fjolaret." if own.all() else ""
    raise SelectionError(
        f"{why}{other} Skillnaderna och skälen visas av ojmf status --kommun NAMN --all-methods."
    )


def without_denominator(
    rows: pl.DataFrame, indicators: pl.DataFrame, found: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The gaps that a denominator could tell the worth of but that are not in ``found``.

    All of them, and those whose denominator is declared but has no figure.
    """
    same = ["indicator_id", "sex", "geo", "reference_geo", "period_start", "period_end"]
    counted = rows.filter(
        pl.col("gap").is_not_null(), pl.col("unit").is_in([*SHARE_BASES, *RATE_BASES, *_KRONOR])
    ).join(found, on=same, how="anti", nulls_equal=True, maintain_order="left")
    declared = indicators.filter(pl.col("denominator").is_not_null())["indicator_id"]
    return counted, counted.filter(pl.col("indicator_id").is_in(declared.implode()))


def worth_of(rows: pl.DataFrame, denominators: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` whose gap has a denominator in ``WORTH``, lowest worth first.

    Shares, rates and kronor alone: of counts and indices a gap stands for nothing else.
    """
    per = {**SHARE_BASES, **RATE_BASES}
    counted = rows.filter(pl.col("gap").is_not_null(), pl.col("unit").is_in([*per, *_KRONOR]))
    if counted.is_empty():
        return WORTH.to_frame()
    counted = counted.with_columns(
        denominator_of(counted, denominators).alias("denominator")
    ).filter(pl.col("denominator") > 0)
    unit, n = pl.col("unit"), pl.col("denominator")
    of = unit.replace_strict(per, default=None)
    share, rate = unit.is_in(list(SHARE_BASES)), unit.is_in(list(RATE_BASES))
    events, expected = pl.col("own") / of * n, pl.col("reference") / of * n
    low, high = (
        pl.when(share).then(part * n - expected).when(rate).then(count - expected)
        for part, count in zip(
            wilson(events, n, CONFIDENCE_LEVELS[0]),
            poisson(pl.when(rate).then(events), CONFIDENCE_LEVELS[0]),
            strict=True,
        )
    )
    return (
        counted.with_columns(
            worth=pl.when(of.is_not_null()).then(events - expected).otherwise(pl.col("gap") * n),
            worth_unit=pl.when(share)
            .then(pl.lit("persons"))
            .when(rate)
            .then(pl.lit("count"))
            .otherwise(pl.lit("SEK")),
            low=low,
            high=high,
        )
        .select(WORTH.names())
        .cast(WORTH)
        .sort("geo", "worth_unit", "worth", maintain_order=True)
    )
