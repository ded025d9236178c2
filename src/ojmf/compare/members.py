"""The figure of a county, the country or a group, computed from those of its municipalities."""

from __future__ import annotations

import polars as pl

from ojmf.compare.against import Against, of_places
from ojmf.model import ReferenceKind, Statistic

FEWEST = 3
"""Of fewer no figure is computed, unless the place has no more municipalities; nor is one of fewer
than half of them. An indicator may declare another number (``fewest``)."""


def computed(values: pl.DataFrame, by: list[str], against: Against) -> pl.DataFrame:
    """What the municipalities of each reference together give, group by group of ``by``.

    ``values`` has ``by``, geo (municipalities), value, statistic and fewest (both may be null) and
    maybe weight and ``left_out``, one row per municipality and group. The statistic is the median
    where none is declared. A weighted mean counts those that have a weight, and a sum takes all of
    them.

    Returns ``by``, reference_geo, ``computed`` (null of too few, and where a count of any is
    ``left_out`` for being small), ``counted``, ``members`` (null where not known) and ``left_out``.
    """
    value, weight = pl.col("value"), pl.lit(None, pl.Float64)
    if "weight" in values.columns:
        weight = pl.col("weight")
    out = pl.col("left_out") if "left_out" in values.columns else pl.lit(value=False)
    weighted = pl.col("statistic") == Statistic.WEIGHTED.value
    taken = values.with_columns(
        pl.when(~weighted.fill_null(value=False) | (weight > 0)).then(value).alias("value"),
        weight.alias("weight"),
        out.alias("left_out"),
    )
    found = (
        members_of(taken, against)
        .group_by(*by, "reference_geo")
        .agg(
            value.median().alias("_median"),
            value.mean().alias("_mean"),
            value.sum().alias("_sum"),
            ((value * pl.col("weight")).sum() / pl.col("weight").filter(value.is_not_null()).sum())
            .cast(pl.Float64)
            .alias("_weighted"),
            value.count().cast(pl.Int64).alias("counted"),
            pl.col("statistic", "fewest").first(),
            pl.col("left_out").any(),
        )
        .join(against.sizes, on="reference_geo", how="left")
    )
    statistic = pl.col("statistic")
    whole = statistic == Statistic.SUM.value
    chosen = (
        pl.when(statistic == Statistic.MEAN.value)
        .then("_mean")
        .when(statistic == Statistic.WEIGHTED.value)
        .then("_weighted")
        .when(whole & (pl.col("counted") == pl.col("members")))
        .then("_sum")
        .when(~whole.fill_null(value=False))
        .then("_median")
    )
    return found.select(
        *(*by, "reference_geo", "counted", "members", "left_out"),
        pl.when(enough() & ~pl.col("left_out")).then(chosen).alias("computed"),
    )


def members_of(rows: pl.DataFrame, against: Against) -> pl.DataFrame:
    """The rows of municipalities once for each asked reference that they are part of."""
    asked = against.kinds(ReferenceKind.COUNTY, ReferenceKind.COUNTRY)
    places = asked.select("reference_geo").unique()
    parts = [of_places(rows).join(places, on="reference_geo", how="semi")]
    if not against.groups.is_empty():
        parts.append(rows.join(against.groups, on="geo").select(parts[0].columns))
    return pl.concat(parts)


def enough() -> pl.Expr:
    """Whether ``counted`` of ``members`` municipalities speak for all; with ``fewest`` declared."""
    counted, members = pl.col("counted"), pl.col("members")
    declared = pl.col("fewest")
    few = counted < pl.min_horizontal(declared.fill_null(FEWEST), members)
    half = declared.is_not_null() | (counted * 2 >= members.fill_null(0))
    return (~few & half).fill_null(value=False)
