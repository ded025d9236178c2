"""The figures of a workspace as a reader sees them: one row per figure, whatever prints it."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from ojmf.compare.basis import WHO, denominators
from ojmf.model import RATIO_UNITS, IndicatorKind, Scenario, Sex
from ojmf.printed import half_unit

FIGURE = ["indicator_id", "geo", "sex", "scenario", "period_start", "period_end"]
"""What a figure is about; the same one may be printed in several documents."""

PERSON_UNITS = ("persons", "households", "cases", "placements")
"""Units whose counts are of persons, where the catalogue does not say otherwise."""

_SENSITIVE = (Scenario.OUTCOME.value, Scenario.FORECAST.value)
"""A forecast is often what there is already, carried on; a budget is of nobody."""

_OF = {"percent": 100.0, "permille": 1e3, "per_1000": 1e3, "per_10000": 1e4, "per_100000": 1e5}
"""How many persons a share or a rate is told of."""

RATES = tuple(_OF)
"""Units that tell a count where what they are a part of is known."""

_SUMMED = (IndicatorKind.COUNT.value, IndicatorKind.AMOUNT.value)


def keyed(observations: pl.DataFrame) -> pl.DataFrame:
    """Figures of observations with ``row``, and with ``figure``, the number of what each prints.

    A row without an indicator is a figure of its own; an answer is none.
    """
    alone = pl.when(pl.col("indicator_id").is_null()).then("row")
    return (
        observations.with_row_index("row")
        .filter(pl.col("unit").is_null() | (pl.col("unit") != "answer"))
        .with_columns(pl.col("sex").fill_null(Sex.TOTAL.value))
        .with_columns(figure=pl.struct(*FIGURE, alone.alias("alone")).rank("dense") - 1)
    )


def figures(
    rows: pl.DataFrame, composition: pl.DataFrame, public: Collection[str], limit: int
) -> pl.DataFrame:
    """One row per figure of :func:`keyed` observations, in the order of ``figure``.

    Columns: figure, those of ``FIGURE``, unit, value, decimals, public (a source in ``public``
    prints it), the columns of ``COMPOSITION``, persons (a count of persons), summed (its parts add
    up to it) and small (fewer persons than ``limit``, and not public).
    """
    value = pl.when(pl.col("value").is_finite()).then("value")
    known = (
        rows.group_by("figure", *FIGURE)
        .agg(
            pl.col("unit").drop_nulls().first(),
            value.drop_nulls().first().alias("value"),
            value.min().alias("least"),
            pl.col("decimals").drop_nulls().first(),
            (pl.col("source_id").is_in(list(public)) & value.is_not_null()).any().alias("public"),
        )
        .sort("figure")
        .join(composition, "indicator_id", "left", maintain_order="left")
    )
    counted = pl.col("kind").fill_null(IndicatorKind.COUNT.value) == IndicatorKind.COUNT.value
    by_unit = pl.col("counts").is_null() & pl.col("unit").is_in(PERSON_UNITS)
    persons = counted & ((pl.col("counts") == "persons") | by_unit).fill_null(value=False)
    summed = pl.col("kind").is_in(_SUMMED) & ~pl.col("unit").is_in(RATIO_UNITS)
    return known.with_columns(
        persons=persons & pl.col("scenario").is_in(_SENSITIVE),
        summed=summed.fill_null(value=False),
    ).with_columns(
        small=(pl.col("persons") & ~pl.col("public") & (pl.col("least") < limit)).fill_null(
            value=False
        )
    )


def implied_counts(
    known: pl.DataFrame, indicators: pl.DataFrame, population: pl.DataFrame, limit: int
) -> pl.DataFrame:
    """The counts that shares and rates tell where nobody prints them: figure, count and small.

    A share times what it is a part of is a count within the rounding of the share. It is small
    where it may be under the limit, and the rounding leaves fewer values than that open.
    """
    counts = known.filter("persons").select(*FIGURE[1:], numerator="indicator_id")
    shares = known.filter(
        pl.col("unit").is_in(list(_OF)),
        pl.col("denominator").is_not_null(),
        pl.col("value").is_not_null(),
        pl.col("scenario").is_in(_SENSITIVE),
    ).join(counts, [*FIGURE[1:], "numerator"], "anti", nulls_equal=True)
    if shares.is_empty():
        return shares.select("figure", count="value", small="public")
    of = denominators(known, indicators, population)
    scale = pl.col("unit").replace_strict(_OF, default=None, return_dtype=pl.Float64)
    part = pl.col("whole") / scale
    half = half_unit(pl.col("decimals"), pl.lit(value=False)) * part
    low, high = pl.col("count") - pl.col("half"), pl.col("count") + pl.col("half")
    told = (low.ceil() < limit) & (high - low < limit) & ~((low <= 0) & (high >= limit - 1))
    return (
        shares.join(of.rename({"denominator": "whole"}), WHO, nulls_equal=True)
        .with_columns(count=pl.col("value") * part, half=half.fill_null(0.0))
        .select("figure", "count", small=~pl.col("public") & told)
    )
