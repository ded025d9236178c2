"""What shares tell of counts: those who are in one, those whom it is a part of, and the others.

Of share, count and whole, any two tell the third: 96 percent of 50 persons are 48, and 2 are not.
"""

from __future__ import annotations

import polars as pl

from ojmf.compare.basis import POPULATION_WORD, denominators
from ojmf.disclosure.figures import FIGURE, PERSON_UNITS, RATES, SENSITIVE
from ojmf.model import IndicatorKind
from ojmf.printed import half_unit

_THREE = ("share", "count", "whole")
_PER = pl.col("unit").replace_strict(RATES, default=None, return_dtype=pl.Float64)


def shares(
    known: pl.DataFrame,
    composition: pl.DataFrame,
    indicators: pl.DataFrame,
    population: pl.DataFrame,
    limit: int,
) -> pl.DataFrame:
    """One row per declared share of persons of which two of share, count and whole are known.

    ``known`` is a frame of :func:`ojmf.disclosure.figures.figures`. Columns: ``FIGURE`` (the
    indicator is the share's), ``share``, ``count`` and ``whole`` (the figures that print them, null
    where none does), ``counted`` and ``of`` (how many are in it, and of how many), ``implied``
    (``of`` is reckoned from share and count), ``small`` (a count that nobody prints may be under
    the limit), ``few_others`` (those who are not in it may be) and ``others`` (how many they are).
    Neither is true of what public figures tell, nor where the rounding of the share leaves every
    number under the limit open.
    """
    pairs = _pairs(composition, indicators)
    facts = known.filter(pl.col("scenario").is_in(SENSITIVE), pl.col("value").is_not_null())
    told = (
        facts.filter(pl.col("unit").is_in([*RATES]))
        .join(pairs, "indicator_id", "semi")
        .select(
            *FIGURE,
            share="figure",
            part=pl.col("value") / _PER,
            half=half_unit(pl.col("decimals"), pl.lit(value=False)).fill_null(0.0) / _PER,
            share_public="public",
        )
    )
    counts = _printed(facts, pairs, "numerator", "count", "counted")
    wholes = _printed(facts, pairs, "denominator", "whole", "of")
    people = (
        denominators(known, indicators, population)
        .join(pairs, "indicator_id", "semi")
        .rename({"denominator": "people"})
    )
    who = [name for name in FIGURE if name != "scenario"]
    rows = (
        pl.concat([told.select(FIGURE), counts.select(FIGURE)])
        .unique(maintain_order=True)
        .join(told, FIGURE, "left", nulls_equal=True)
        .join(counts, FIGURE, "left", nulls_equal=True)
        .join(wholes, FIGURE, "left", nulls_equal=True)
        .join(people, who, "left", nulls_equal=True)
        .join(pairs.select("indicator_id", "kind"), "indicator_id", "left")
        .with_columns(
            pl.col("of").fill_null(pl.col("people")),
            pl.col("whole_public").fill_null(pl.col("people").is_not_null()),
        )
    )
    return _reckoned(rows, limit)


def _reckoned(rows: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The rows of :func:`shares` with what two of three tell."""
    count, whole, part, half = (pl.col(name) for name in ("counted", "of", "part", "half"))
    most = pl.when(part > half).then(count / (part - half)).otherwise(float("inf"))
    # Of a share that is rounded a count, or a whole, is known between two ends.
    ends = {
        "counted_low": pl.coalesce(count, whole * (part - half)),
        "counted_high": pl.coalesce(count, whole * (part + half)),
        "of_low": pl.coalesce(whole, count / (part + half)),
        "of_high": pl.coalesce(whole, most),
    }
    low = pl.col("of_low") - pl.col("counted_high")
    high = pl.col("of_high") - pl.col("counted_low")
    public = [pl.col(f"{name}_public").fill_null(value=False) for name in _THREE]
    # A quotient of two counts is no share of them, unless it is told as one.
    apart = (pl.col("kind") == IndicatorKind.SHARE.value) | part.is_not_null()
    return (
        rows.filter((whole.is_not_null() & pl.coalesce(count, part).is_not_null()) | (part > 0))
        .filter(pl.coalesce(count, whole).is_not_null())
        .with_columns(**ends, implied=whole.is_null())
        .with_columns(
            small=count.is_null()
            & ~public[0]
            & _may_be_few(pl.col("counted_low"), pl.col("counted_high"), limit),
            few_others=apart
            & (high >= 0)
            & (pl.sum_horizontal(one.cast(pl.Int8) for one in public) < 2)
            & _may_be_few(low, high, limit),
            counted=pl.coalesce(count, whole * part),
            of=pl.coalesce(whole, count / part),
        )
        .select(
            *FIGURE,
            *_THREE,
            *("counted", "of", "implied", "small", "few_others"),
            others=pl.col("of") - pl.col("counted"),
        )
    )


def _pairs(composition: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """What shares are made of, where that is persons by what is declared."""
    units = indicators.select("indicator_id", "unit").unique("indicator_id")
    persons = (
        composition.join(units, "indicator_id", "left")
        .filter(
            pl.col("kind") == IndicatorKind.COUNT.value,
            (pl.col("counts") == "persons")
            | (pl.col("counts").is_null() & pl.col("unit").is_in(PERSON_UNITS)),
        )["indicator_id"]
        .to_list()
    )
    return composition.filter(
        pl.col("denominator").is_in([*persons, POPULATION_WORD]),
        pl.col("numerator").is_null() | pl.col("numerator").is_in(persons),
    ).select("indicator_id", "kind", "numerator", "denominator")


def _printed(
    facts: pl.DataFrame, pairs: pl.DataFrame, of: str, figure: str, value: str
) -> pl.DataFrame:
    """The counts that are printed of what shares are made of."""
    made = pairs.select(of, share_id="indicator_id").drop_nulls()
    return (
        facts.filter("persons")
        .join(made, left_on="indicator_id", right_on=of)
        .select(
            pl.col("share_id").alias("indicator_id"),
            *FIGURE[1:],
            pl.col("figure").alias(figure),
            pl.col("value").alias(value),
            pl.col("public").alias(f"{figure}_public"),
        )
    )


def _may_be_few(low: pl.Expr, high: pl.Expr, limit: int) -> pl.Expr:
    """Whether a count between two ends may be under the limit, and not all under it may be."""
    open_to_all = (low <= 0) & (high >= limit - 1)
    return (low.ceil() < limit) & (high - low < limit) & ~open_to_all
