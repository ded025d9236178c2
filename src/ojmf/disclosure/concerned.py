"""Which indicators there can be something to hold back of; all others pass as they are, unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import polars as pl

from ojmf.disclosure.figures import PERSON_UNITS, RATES
from ojmf.model import IndicatorKind, Sex

_SEXES = [(pl.col("sex").fill_null(Sex.TOTAL.value) == sex.value).sum() for sex in Sex]
DIFFERS = (
    (pl.max_horizontal(_SEXES) > pl.min_horizontal(_SEXES)) & (pl.max_horizontal(_SEXES[1:]) > 0)
) | (pl.col("geo").str.len_chars().n_unique() > 1)
"""Whether figures of an indicator may lack one that the others tell: a sex, or a place of several
levels."""

_MADE_OF = ("numerator", "denominator", "days_of", "parts")


def concerned(
    rows: pl.LazyFrame,
    composition: pl.DataFrame,
    limit: int,
    named: Collection[str] = (),
    public: Collection[str] = (),
) -> list[str]:
    """The indicators with a small number and those ``named``, and what the catalogue ties to them.

    ``rows`` are observations, of which a few columns are read; those of ``public`` sources can have
    no small number. An indicator is taken rather than left where only its figures could tell: one
    with a share of something declared is, and one that counts those in a share, is a sum or has
    figures that another can be told from as a difference. What no declared identity, part, quotient
    or days tie to these is in no sum with a small number.
    """
    counted = pl.col("kind").fill_null(IndicatorKind.COUNT.value) == IndicatorKind.COUNT.value
    by_unit = pl.col("counts").is_null() & pl.col("persons")
    few = (pl.col("least") < limit) | pl.col("differs")
    few |= (pl.col("parts").list.len() > 0) | pl.col("over_time").eq_missing("sum")
    small = counted & ((pl.col("counts") == "persons") | by_unit) & few
    made = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    counts = composition.filter(made, kind=IndicatorKind.SHARE.value)["numerator"].to_list()
    told = (pl.col("denominator").is_not_null() & pl.col("rate")) | (
        pl.col("indicator_id").is_in(counts)
    )
    told_of = (pl.col("counts") == "persons") | pl.col("denominator").is_not_null()
    declared = composition.filter(told_of)["indicator_id"].to_list()
    rows = rows.filter(~pl.col("source_id").is_in(list(public)))
    # All others are left by one look at a column or two, which is what most of a country is.
    by_unit_too = rows.filter(pl.col("unit").is_in(PERSON_UNITS)).select("indicator_id").unique()
    possible = {*declared, *counts, *by_unit_too.collect()["indicator_id"]}
    first = (
        rows.filter(pl.col("indicator_id").is_in(list(possible)))
        .group_by("indicator_id")
        .agg(
            pl.col("value").filter(pl.col("value").is_finite()).min().alias("least"),
            pl.col("unit").is_in(PERSON_UNITS).any().alias("persons"),
            pl.col("unit").is_in([*RATES]).any().alias("rate"),
            DIFFERS.alias("differs"),
        )
        .join(composition.lazy(), "indicator_id", "left")
        .filter(small.fill_null(value=False) | told)
        .select("indicator_id")
        .drop_nulls()
        .collect()
    )
    return sorted(_tied({*named, *first["indicator_id"]}, composition))


def _tied(first: set[str], composition: pl.DataFrame) -> set[str]:
    """Some indicators and all that hang together with them by what they are made of."""
    beside: dict[str, set[str]] = defaultdict(set)
    for own, *made_of in composition.select("indicator_id", *_MADE_OF).iter_rows():
        for part in made_of:
            for other in [part] if isinstance(part, str) else part or []:
                beside[own].add(other)
                beside[other].add(own)
    found, waiting = set(first), [*first]
    while waiting:
        more = beside[waiting.pop()] - found
        found |= more
        waiting += more
    return found
