"""A year that is written where a place is meant, and the years that there are figures for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.figures import KEY, Frame

if TYPE_CHECKING:
    from ojmf.compare.frame import Selection

_YEAR = re.compile(r"(19|20)\d\d")


def is_year(word: str) -> bool:
    """Whether a word may be meant as a year; some codes of municipalities may too."""
    return _YEAR.fullmatch(word.strip()) is not None


def years_of(
    observations: Frame, indicators: pl.DataFrame, geos: Sequence[str], selection: Selection
) -> list[int]:
    """The years that municipalities have something of what is chosen for, whatever the period."""
    chosen = indicators.filter(
        pl.lit(not selection.methods) | pl.col("method").is_in(list(selection.methods))
    )
    years = (
        observations.lazy()
        .filter(pl.col("geo").is_in(list(geos)))
        .join(chosen.select(*KEY).lazy(), on=KEY, how="semi")
        .select(pl.col("period_end").dt.year().alias("year"))
        .unique()
        .collect()
    )
    return years["year"].drop_nulls().sort().to_list()


def earlier_instead(word: str, years: Iterable[int]) -> str:
    """How an earlier year is compared with, and which there are."""
    known = [str(year) for year in years]
    there = f"; uppgifter finns för {', '.join(known)}" if known else ""
    return f"Ett tidigare år jämförs med --against fjolaret --since {word.strip()}{there}."
