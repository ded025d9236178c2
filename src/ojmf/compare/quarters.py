"""Quartile colours: where a municipality stands among all municipalities."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.arguments import as_annotated, as_list
from ojmf.compare.figures import Frame, number
from ojmf.errors import SelectionError
from ojmf.frames import as_given
from ojmf.frames.kinds import ranked
from ojmf.model import Polarity, Reason, Status

FEWEST_FOR_COLOUR = 20
"""With fewer municipalities a quarter is less than five, and no colour is given."""


@as_annotated
def quartiles(values: Frame, by: str | Sequence[str]) -> pl.LazyFrame:
    """Colour, rank and limits of every municipality within each group of ``by``.

    ``values`` has ``by``, ``geo``, ``value`` and ``polarity``, one row per municipality and
    group. The limits ``lower`` and ``upper`` are the first and third quartile with linear
    interpolation (Hyndman and Fan's type 7: position ``1 + (n − 1)·p`` in sorted order). With
    ``higher`` as polarity, a value at or above ``upper`` is green and one at or below ``lower``
    red; with ``lower`` the other way round; the rest are yellow. Where both limits are the same
    figure, that figure is yellow: equal values never differ in colour.

    Adds ``status``, ``rank`` (1 is best, equal values share the better rank), ``quarter`` (1 to
    4, 1 is best), ``compared`` (municipalities with a figure), ``lower``, ``upper``, ``median``
    and ``reason_code`` (a ``Reason`` why there is no colour). A missing figure, fewer than
    ``FEWEST_FOR_COLOUR`` municipalities and a neutral polarity give grey. Source of the method:
    Kolada's and Öppna jämförelsers colouring (best 25 %, middle 50 %, worst 25 %).

    Raises ``FrameError`` with every fault: a missing column, a geo that is no municipality, two
    rows of one in a group, and a polarity that is none or not the same in all of a group.

    >>> import polars as pl
    >>> import ojmf
    >>> places = [str(code) for code in range(2900, 2940)]
    >>> values = pl.DataFrame({"indicator_id": "x", "geo": places, "value": range(40)})
    >>> values = values.with_columns(pl.lit("higher").alias("polarity"))
    >>> judged = ojmf.compare.quartiles(values, "indicator_id").collect()
    >>> judged.select("value", "status", "rank", "lower", "upper").row(-1)
    (39.0, 'green', 1, 9.75, 29.25)
    """
    groups = as_list(by)
    if not groups:
        raise SelectionError("by är tom; ange de kolumner som håller uppgifterna isär.")
    return placed(as_given(values, ranked(groups)).lazy(), groups)


def placed(values: Frame, by: Sequence[str]) -> pl.LazyFrame:
    """:func:`quartiles` of frames that have been made here.

    Where any figure of a group is ``left_out`` (a column that it may have) for being small, none
    has a colour, rank or limits: they would be those of the larger ones.
    """
    value = number()
    names = values.lazy().collect_schema().names()
    whole = ~(pl.col("left_out").any().over(by) if "left_out" in names else pl.lit(value=False))
    higher = pl.col("polarity") == Polarity.HIGHER.value
    goodness = pl.when(higher).then(pl.col("value")).otherwise(-pl.col("value"))
    at_top = (pl.col("value") >= pl.col("upper")) & (pl.col("value") > pl.col("lower"))
    at_bottom = (pl.col("value") <= pl.col("lower")) & (pl.col("value") < pl.col("upper"))
    best = pl.when(higher).then(at_top).otherwise(at_bottom)
    worst = pl.when(higher).then(at_bottom).otherwise(at_top)
    directed = pl.col("polarity") != Polarity.NEUTRAL.value
    return (
        values.lazy()
        .with_columns(value)
        .with_columns(
            pl.col("value").count().over(by).cast(pl.Int32).alias("compared"),
            pl.when(whole).then(pl.col("value").quantile(0.25, "linear").over(by)).alias("lower"),
            pl.when(whole).then(pl.col("value").quantile(0.75, "linear").over(by)).alias("upper"),
            pl.when(whole).then(pl.col("value").median().over(by)).alias("median"),
            pl.when(directed & whole)
            .then(goodness.rank("min", descending=True).over(by))
            .cast(pl.Int32)
            .alias("rank"),
        )
        .with_columns(
            (1 + (pl.col("rank") - 1) * 4 // pl.col("compared")).cast(pl.Int32).alias("quarter"),
            pl.when(pl.col("value").is_null())
            .then(pl.lit(Reason.MISSING.value))
            .when(~directed)
            .then(pl.lit(Reason.NO_DIRECTION.value))
            .when(~whole)
            .then(pl.lit(Reason.SMALL_LEFT_OUT.value))
            .when(pl.col("compared") < FEWEST_FOR_COLOUR)
            .then(pl.lit(Reason.TOO_FEW_FOR_COLOUR.value))
            .alias("reason_code"),
        )
        .with_columns(
            pl.when(pl.col("reason_code").is_not_null())
            .then(pl.lit(Status.GREY.value))
            .when(best)
            .then(pl.lit(Status.GREEN.value))
            .when(worst)
            .then(pl.lit(Status.RED.value))
            .otherwise(pl.lit(Status.YELLOW.value))
            .alias("status")
        )
    )
