"""Printed figures of counties and the country that their municipalities' own figures rule out."""

from __future__ import annotations

import polars as pl

from ojmf.compare.against import municipal, of_places
from ojmf.compare.figures import FACTS, KEY, PERIOD
from ojmf.compare.members import enough
from ojmf.compare.questions import POINTS
from ojmf.model import Answer, Statistic
from ojmf.printed import half_unit, number

_FIGURE = [*KEY, "sex", *PERIOD, "unit"]
_OF = "reference_geo"
_STATISTICS = (Statistic.MEAN.value, Statistic.MEDIAN.value, Statistic.SUM.value)
_ROUNDING = 1e-9


def ruled_out(
    observations: pl.DataFrame,
    others: pl.DataFrame,
    indicators: pl.DataFrame,
    geography: pl.DataFrame,
) -> pl.Series:
    """For each row, what its municipalities say where its figure cannot be theirs, or null.

    A share of JA is held against every share that is possible: of those that answered, and any of
    those whose answer is not known. A figure is held against the declared statistic (mean, median
    or sum; a weighted mean rests on weights of other dates) where all municipalities have one. A
    figure that several sources print is told of once, of the first of them. Both ``observations``
    and ``others`` are ``OBSERVATIONS``; of the latter the sources in the former are not looked at.
    """
    rows = observations.with_row_index("at").filter(
        pl.col("geo").str.len_chars() == 2, pl.col("value").is_not_null(), _fact()
    )
    if rows.is_empty():
        return pl.Series("of_members", [None] * observations.height, dtype=pl.String)
    own = observations["source_id"].unique().to_list()
    every = pl.concat([observations, others.filter(~pl.col("source_id").is_in(own))])
    members = every.filter(
        municipal(), pl.col("geo").is_in(_municipalities(geography)["geo"].implode()), _fact()
    )
    sizes = of_places(_municipalities(geography)).group_by(_OF).len("members")
    told = pl.concat(
        [
            _shares(rows, members, indicators, sizes),
            _statistics(rows, members, indicators, sizes),
        ]
    )
    told = _once(told, rows, every)
    at = observations.select("raw").with_row_index("at")
    return at.join(told, "at", "left", maintain_order="left")["of_members"]


def _once(told: pl.DataFrame, rows: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    """What is ``told`` of figures that an earlier source has not, with how many more have them."""
    figure = [*_FIGURE, "geo", "value"]
    printed = (
        every.filter(_fact())
        .group_by(figure)
        .agg(
            pl.col("source_id").min().alias("_first"),
            (pl.col("source_id").n_unique() - 1).alias("_more"),
        )
    )
    more = pl.when(pl.col("_more") > 0).then(
        pl.format(
            "; så står det i {} {} till",
            "_more",
            pl.when(pl.col("_more") == 1).then(pl.lit("källa")).otherwise(pl.lit("källor")),
        )
    )
    return (
        told.join(rows.select("at", "source_id", *figure), on="at")
        .join(printed, on=figure, nulls_equal=True)
        .filter(pl.col("source_id") == pl.col("_first"))
        .sort("at")
        .unique(figure, keep="first", maintain_order=True)
        .select("at", pl.concat_str("of_members", more.fill_null("")).alias("of_members"))
    )


def _fact() -> pl.Expr:
    return pl.col("scenario").is_in(FACTS)


def _municipalities(geography: pl.DataFrame) -> pl.DataFrame:
    return geography.filter(pl.col("level") == "municipality").select(pl.col("code").alias("geo"))


def _shares(
    rows: pl.DataFrame, members: pl.DataFrame, indicators: pl.DataFrame, sizes: pl.DataFrame
) -> pl.DataFrame:
    """The shares of JA that no answers of the others make possible, as ``at`` and what is said."""
    question = [*KEY, "period_end"]
    answer = pl.col("answer")
    answered = (
        members.filter(answer.is_in(list(POINTS)))
        .group_by(*question, "geo")
        .agg(answer.n_unique().alias("_said"), (answer.first() == Answer.YES.value).alias("yes"))
        .filter(pl.col("_said") == 1)
    )
    together = (
        of_places(answered)
        .group_by(*question, _OF)
        .agg(pl.len().cast(pl.Int64).alias("counted"), pl.col("yes").sum().cast(pl.Int64))
        .join(sizes.with_columns(pl.col("members").cast(pl.Int64)), on=_OF)
        .join(indicators.select(*KEY, "fewest"), on=KEY, how="left")
        .filter(enough())
    )
    share = pl.col("value")
    possible = (
        rows.filter(pl.col("unit") == "percent")
        .with_columns(half=_half())
        .join(together, left_on=[*question, "geo"], right_on=[*question, _OF])
        .with_columns(of=pl.int_ranges("counted", pl.col("members") + 1))
    )
    # The nearest number of JA for each number of answers.
    nearest = (
        possible.select("at", "value", "half", "counted", "yes", "of")
        .explode("of")
        .with_columns(
            (share * pl.col("of") / 100)
            .round()
            .clip("yes", pl.col("yes") + pl.col("of") - pl.col("counted"))
            .alias("_yes")
        )
        .with_columns((100 * pl.col("_yes") / pl.col("of") - share).abs().alias("_off"))
    )
    fits = nearest.filter(pl.col("_off") <= pl.col("half") + _ROUNDING)
    known, everyone = pl.col("counted"), pl.col("members")
    left = everyone - known
    least, most = 100 * pl.col("yes") / everyone, 100 * (pl.col("yes") + left) / everyone
    ruled = possible.join(fits, on="at", how="anti")
    return ruled.select(
        "at",
        pl.when(left == 0)
        .then(
            pl.format(
                "{} av {} kommuner har svarat JA, {} procent",
                "yes",
                known,
                number(100 * pl.col("yes") / known, 1),
            )
        )
        .otherwise(
            pl.format(
                "av de {} kommuner av {} vars svar finns har {} svarat JA, {} procent, och med de "
                "övriga blir andelen {}–{} procent",
                known,
                everyone,
                "yes",
                number(100 * pl.col("yes") / known, 1),
                number(least, 1),
                number(most, 1),
            )
        )
        .alias("of_members"),
    )


def _statistics(
    rows: pl.DataFrame, members: pl.DataFrame, indicators: pl.DataFrame, sizes: pl.DataFrame
) -> pl.DataFrame:
    """The figures that are not the declared statistic of all municipalities, as :func:`_shares`."""
    ruled = indicators.filter(pl.col("statistic").is_in(_STATISTICS)).select(*KEY, "statistic")
    value = pl.col("value")
    each = (
        members.filter(value.is_finite())
        .join(ruled, on=KEY)
        .with_columns(half=_half())
        .group_by(*_FIGURE, "statistic", "geo")
        .agg(value.n_unique().alias("_said"), value.first(), pl.col("half").max())
        .filter(pl.col("_said") == 1)
    )
    together = (
        of_places(each)
        .group_by(*_FIGURE, _OF, "statistic")
        .agg(
            value.mean().alias(Statistic.MEAN.value),
            value.median().alias(Statistic.MEDIAN.value),
            value.sum().alias(Statistic.SUM.value),
            pl.col("half").max().alias("_widest"),
            pl.col("half").sum().alias("_all"),
            pl.len().alias("counted"),
        )
        .join(sizes, on=_OF)
        .filter(pl.col("counted") == pl.col("members"))
    )
    statistic = pl.col("statistic")
    of_all = pl.coalesce(pl.when(statistic == name).then(name) for name in _STATISTICS)
    rounding = pl.when(statistic == Statistic.SUM.value).then("_all").otherwise("_widest")
    beside = (
        rows.with_columns(half=_half())
        .join(together, left_on=[*_FIGURE, "geo"], right_on=[*_FIGURE, _OF])
        .with_columns(_computed=of_all, _rounding=rounding + pl.col("half"))
    )
    words = {
        Statistic.MEAN.value: "medelvärdet",
        Statistic.MEDIAN.value: "medianen",
        Statistic.SUM.value: "summan",
    }
    scale = _ROUNDING * pl.max_horizontal(value.abs(), pl.col("_computed").abs(), 1.0)
    off = (value - pl.col("_computed")).abs() > pl.col("_rounding") + scale
    return beside.filter(off).select(
        "at",
        pl.format(
            "{} av alla {} kommuners värden är {}",
            statistic.replace_strict(words),
            "counted",
            number(pl.col("_computed"), 2),
        ).alias("of_members"),
    )


def _half() -> pl.Expr:
    return half_unit(pl.col("decimals").fill_null(0), pl.lit(value=False))
