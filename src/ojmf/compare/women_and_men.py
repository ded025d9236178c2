"""The gap between women and men, with its uncertainty where its denominators are known."""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import denominator_of
from ojmf.compare.chance import beyond_chance, limits_of_difference
from ojmf.compare.figures import KEY, PERIOD
from ojmf.model import Sex
from ojmf.schema import WOMEN_AND_MEN


def women_and_men(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None
) -> pl.DataFrame:
    """The women's figures beside the men's of rows of ``frame.TRACED``, the widest gap first.

    They are told apart by :func:`~ojmf.compare.chance.beyond_chance`. The gaps are ordered by their
    size in percent of the men's figure.
    """
    of_one = rows.filter(pl.col("sex").is_in([Sex.FEMALE.value, Sex.MALE.value]))
    if of_one.is_empty():
        return WOMEN_AND_MEN.to_frame()
    key = [*KEY, *PERIOD, "unit", "geo"]
    own = of_one.unique([*key, "sex"], keep="first", maintain_order=True)
    known = own.with_columns(denominator_of(own, denominators).alias("_n"))
    sides = [
        known.filter(pl.col("sex") == sex.value).select(
            *key,
            pl.col("own").alias(name),
            pl.col("document").alias(f"_{name}_document"),
            pl.col("place").alias(f"{name}_place"),
            pl.col("_n").alias(f"_{name}_n"),
        )
        for sex, name in ((Sex.FEMALE, "women"), (Sex.MALE, "men"))
    ]
    both = sides[0].join(sides[1], on=key, nulls_equal=True, maintain_order="left")
    gap = pl.col("women") - pl.col("men")
    sides_n = (pl.col("women"), pl.col("_women_n"), pl.col("men"), pl.col("_men_n"))
    lower, upper = limits_of_difference(*sides_n)
    base = pl.when(pl.col("men") != 0).then(pl.col("men").abs())
    return (
        both.filter(gap.is_not_null())
        .with_columns(
            pl.concat_list("_women_document", "_men_document")
            .list.unique(maintain_order=True)
            .list.join("; ")
            .alias("document"),
            gap.alias("gap"),
            lower.alias("lower"),
            upper.alias("upper"),
            beyond_chance(*sides_n).alias("beyond_chance"),
        )
        .join(
            indicators.select(*KEY, pl.col("name").alias("label")),
            on=KEY,
            how="left",
            maintain_order="left",
        )
        .sort((gap / base).abs(), descending=True, nulls_last=True, maintain_order=True)
        .select(WOMEN_AND_MEN.names())
        .cast(WOMEN_AND_MEN)
    )
