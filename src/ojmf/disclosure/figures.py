"""The figures of a workspace as a reader sees them: one row per figure, whatever prints it."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from ojmf.model import RATE_BASES, RATIO_UNITS, SHARE_BASES, IndicatorKind, Scenario, Sex

FIGURE = ["indicator_id", "geo", "sex", "scenario", "period_start", "period_end"]
"""What a figure is about; the same one may be printed in several documents."""

PERSON_UNITS = ("persons", "households", "cases", "placements")
"""Units whose counts are of persons, where the catalogue does not say otherwise."""

SENSITIVE = (Scenario.OUTCOME.value, Scenario.FORECAST.value)
"""A forecast is often what there is already, carried on; a budget is of nobody."""

RATES = {**SHARE_BASES, **RATE_BASES}
"""Units that tell a count where what they are a part of is known: of how many they tell it."""

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
        persons=persons & pl.col("scenario").is_in(SENSITIVE),
        summed=summed.fill_null(value=False),
    ).with_columns(
        small=(pl.col("persons") & ~pl.col("public") & (pl.col("least") < limit)).fill_null(
            value=False
        )
    )
