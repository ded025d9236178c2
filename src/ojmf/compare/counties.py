"""A county as one place: its own figures beside those of the country, another county or a year."""

from __future__ import annotations

import polars as pl

from ojmf.compare.areas_of_figures import ALIKE
from ojmf.compare.figures import KEY, PERIOD
from ojmf.compare.frame import PLACES, Selection
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import (
    RATIO_UNITS,
    IndicatorKind,
    Origin,
    Polarity,
    Reason,
    ReferenceKind,
    Sex,
    Statistic,
)
from ojmf.schema import COUNTY, COUNTY_AREAS
from ojmf.schema.results import SIDE

SCALED_UNITS = (
    "percent",
    "percentage_points",
    "index",
    *RATIO_UNITS,
    "years",
    "months",
    "weeks",
    "minutes",
)
"""Units of figures that are not larger in a larger place."""
_SERIES = ["area_id", "indicator_id", "sex", "unit", "period_kind"]
_KEY = [*_SERIES, "period_start", "period_end"]


def county_rows(
    rows: pl.DataFrame, indicators: pl.DataFrame, county: str, asked: Selection
) -> pl.DataFrame:
    """The figures of a county in ``COUNTY``, of rows of ``frame.TRACED`` of its municipalities.

    ``rows`` are of every period, against the county and one other place; without another place each
    figure stands beside the latest of the same part of an earlier year. Of what is ``asked`` for
    the periods count here: the latest within them that the county has a figure for, for questions
    that of their area, or every one. In the order of ``rows``.
    """
    of_county = pl.col("reference_geo") == county
    own = _sides(rows.filter(of_county), "own")
    places = pl.col("reference_kind").is_in([kind.value for kind in PLACES])
    beside = rows.filter(~of_county, places)
    if beside.is_empty():
        joined = _with_earlier(own, county, asked.before)
    else:
        others = _sides(beside, "reference").select(
            *_KEY,
            "reference_geo",
            "reference_kind",
            *(f"reference{end}" for end in SIDE),
            pl.col("_area").alias("area_reference"),
            pl.col("_reason").alias("_reference_reason"),
            pl.col("period_start").alias("reference_period_start"),
            pl.col("period_end").alias("reference_period_end"),
        )
        alone = own.drop("reference_geo", "reference_kind")
        joined = alone.join(others, on=_KEY, how="left", nulls_equal=True, maintain_order="left")
    polarity = indicators.select(
        *KEY,
        pl.col("polarity").alias("_polarity"),
        (pl.col("kind") == IndicatorKind.INDEX.value).alias("_quotient"),
    )
    answer = pl.col("method") == ANSWER_METHOD
    computed = [pl.col(f"{side}_origin") == Origin.COMPUTED.value for side in ("own", "reference")]
    per_place = computed[0] & (pl.col("statistic") != Statistic.SUM.value)
    alike = answer | (computed[0] == computed[1])
    scaled = answer | pl.col("unit").is_in(SCALED_UNITS) | per_place
    scaled |= pl.col("_quotient").fill_null(value=False)
    gap = pl.col("own") - pl.col("reference")
    direction = (
        pl.when(answer | (pl.col("_polarity") == Polarity.HIGHER.value))
        .then(1.0)
        .when(pl.col("_polarity") == Polarity.LOWER.value)
        .then(-1.0)
    )
    found = (
        joined.join(polarity, on=KEY, how="left", maintain_order="left")
        .with_columns(
            pl.lit(county).alias("geo"),
            pl.when(alike & scaled).then(gap).alias("gap"),
            pl.when(pl.col("own").is_null())
            .then("_reason")
            .when(pl.col("reference").is_null())
            .then("_reference_reason")
            .when(~alike)
            .then(pl.lit(Reason.UNLIKE_ORIGINS.value))
            .when(~scaled)
            .then(pl.lit(Reason.WHOLE_AMOUNTS.value))
            .alias("reason_code"),
            pl.col("_area").alias("area_own"),
        )
        .with_columns(
            pl.when(pl.col("reference") != 0)
            .then(pl.col("gap") / pl.col("reference").abs() * 100)
            .alias("gap_relative"),
            (pl.col("gap") * direction).alias("gap_better"),
        )
        .select(pl.col(name).cast(kind) for name, kind in COUNTY.items())
    )
    within = found.filter(asked.within)
    return within if asked.every else _latest(within)


def _sides(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    """The references of rows as ``<side>…``: what stands beside one municipality is of them all."""
    there = pl.col("reference").is_not_null()
    ends = {"": pl.coalesce("reference_value", "reference")}
    ends |= {end: pl.col(f"reference{end}") for end in SIDE if end}
    return (
        rows.with_row_index("_at")
        # Where there is none, the reason is that of a municipality that has a figure itself.
        .sort(~there, pl.col("own").is_null(), "_at")
        .unique(_KEY, keep="first", maintain_order=True)
        .sort("_at")
        .select(
            *_KEY,
            "label",
            "method",
            "statistic",
            "reference_geo",
            "reference_kind",
            *(text.alias(f"{side}{end}") for end, text in ends.items()),
            pl.col("area_reference").alias("_area"),
            pl.col("reason_code").alias("_reason"),
        )
    )


def _with_earlier(own: pl.DataFrame, county: str, before: pl.Expr) -> pl.DataFrame:
    """Each figure beside the latest of the same part of an earlier year."""
    months = [pl.col(f"period_{end}").dt.month().alias(f"_{end}") for end in ("start", "end")]
    part = [*_SERIES, "_start", "_end"]
    earlier = own.filter(pl.col("own").is_not_null(), before).select(
        *_SERIES,
        *months,
        *(pl.col(f"own{end}").alias(f"reference{end}") for end in SIDE),
        pl.col("_area").alias("area_reference"),
        *(pl.col(name).alias(f"reference_{name}") for name in PERIOD[:2]),
    )
    pairs = (
        own.select(*_KEY, *months)
        .join(earlier, on=part, nulls_equal=True)
        .filter(pl.col("reference_period_end") < pl.col("period_end"))
        .sort("reference_period_end")
        .unique(_KEY, keep="last", maintain_order=True)
        .select(pl.exclude("_start", "_end"))
    )
    return (
        own.drop("reference_geo", "reference_kind")
        .join(pairs, on=_KEY, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            pl.lit(county).alias("reference_geo"),
            pl.lit(ReferenceKind.EARLIER.value).alias("reference_kind"),
            pl.lit(Reason.NO_EARLIER.value).alias("_reference_reason"),
        )
    )


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the latest period with a figure: of each series, and of an area of questions."""
    answer = pl.col("method") == ANSWER_METHOD
    of_series = pl.when(answer).then(pl.lit("")).otherwise("indicator_id")
    series = ["area_id", of_series.alias("_indicator"), "sex", "unit", "period_kind"]
    there = pl.when(pl.col("own").is_not_null()).then("period_end")
    last = pl.coalesce(there.max().over(series), pl.col("period_end").max().over(series))
    return rows.filter(pl.col("period_end").eq_missing(last))


def county_areas(rows: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """The areas of rows of ``COUNTY``, in ``COUNTY_AREAS``; rows of both sexes together count."""
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    answer = pl.col("method") == ANSWER_METHOD
    both = answer & pl.col("gap").is_not_null()
    sourced = pl.any_horizontal(
        pl.col(f"{side}_origin") != Origin.COMPUTED.value for side in ("own", "reference")
    )
    earlier = pl.col("reference_kind") == ReferenceKind.EARLIER.value
    by_question = (both & (sourced | earlier)).any()
    shares = [
        pl.when(by_question)
        .then(pl.col(side).filter(both).mean())
        .otherwise(pl.col(f"area_{side}").filter(answer).first())
        .alias(name)
        for side, name in (("own", "share_yes"), ("reference", "reference_share_yes"))
    ]
    worst = pl.col("gap_relative").abs() * pl.col("gap_better").sign()
    size = pl.when(answer).then("gap_better").otherwise(worst)
    worse = pl.col("gap_better") < 0
    least = pl.col("_size").filter(worse).min()
    kept = rows.filter(pl.col("sex").fill_null(Sex.TOTAL.value) == Sex.TOTAL.value)
    return (
        kept.with_columns(size.alias("_size"))
        .group_by("geo", "area_id", "period_end", maintain_order=True)
        .agg(
            pl.col("own").is_not_null().sum().alias("indicators"),
            pl.col("gap").is_not_null().sum().alias("with_gap"),
            *shares,
            (pl.col("gap_better") > 0).sum().alias("better"),
            worse.sum().alias("worse"),
            *(
                pl.col(name).filter(worse).sort_by(pl.col("_size").filter(worse)).first().alias(to)
                for name, to in (
                    ("label", "largest_label"),
                    ("gap", "largest_gap"),
                    ("unit", "unit"),
                )
            ),
            ((pl.col("_size") - least).abs() < ALIKE)
            .filter(worse)
            .fill_null(value=False)
            .sum()
            .cast(pl.Int64)
            .sub(1)
            .clip(lower_bound=0)
            .alias("largest_others"),
            *(
                pl.col(name).drop_nulls().first()
                for name in (
                    "reference_geo",
                    "reference_kind",
                    "period_start",
                    "period_kind",
                    "reference_period_end",
                )
            ),
        )
        .with_columns((pl.col("share_yes") - pl.col("reference_share_yes")).alias("gap"))
        .join(names, on="area_id", how="left", maintain_order="left")
        .select(COUNTY_AREAS.names())
        .cast(COUNTY_AREAS)
    )
