"""The gap between women and men, with its uncertainty where those who were asked are counted."""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import denominator_of
from ojmf.compare.figures import KEY, PERIOD
from ojmf.compare.reference import newcombe
from ojmf.model import Sex
from ojmf.schema import WOMEN_AND_MEN


def women_and_men(
    rows: pl.DataFrame, indicators: pl.DataFrame, denominators: pl.DataFrame | None
) -> pl.DataFrame:
    """The women's figures beside the men's of rows of ``frame.TRACED``, the widest gap first.

    Shares are told apart by :func:`~ojmf.compare.reference.newcombe`. The gaps are ordered by their
    size in percent of the men's figure.
    """
    key = [*KEY, *PERIOD, "unit", "geo"]
    own = rows.unique([*key, "sex"], keep="first", maintain_order=True)
    known = own.with_columns(denominator_of(own, denominators).alias("_n"))
    sides = [
        known.filter(pl.col("sex") == sex.value).select(
            *key,
            *(["document"] if sex is Sex.FEMALE else []),
            pl.col("own").alias(name),
            pl.col("place").alias(f"{name}_place"),
            pl.col("_n").alias(f"_{name}_n"),
        )
        for sex, name in ((Sex.FEMALE, "women"), (Sex.MALE, "men"))
    ]
    both = sides[0].join(sides[1], on=key, nulls_equal=True, maintain_order="left")
    share = pl.col("unit") == "percent"
    gap = pl.col("women") - pl.col("men")
    women, men = pl.col("women") / 100, pl.col("men") / 100
    lower, upper = newcombe(women, pl.col("_women_n"), men, pl.col("_men_n"))
    base = pl.when(pl.col("men") != 0).then(pl.col("men").abs())
    return (
        both.filter(gap.is_not_null())
        .with_columns(
            gap.alias("gap"),
            pl.when(share).then(lower * 100).alias("lower"),
            pl.when(share).then(upper * 100).alias("upper"),
        )
        .with_columns(((pl.col("lower") > 0) | (pl.col("upper") < 0)).alias("beyond_chance"))
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
