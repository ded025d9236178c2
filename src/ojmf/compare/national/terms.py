"""What national_gaps is asked for: its columns, and what is declared of the indicators."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from ojmf.arguments import as_list, columns_of
from ojmf.errors import SelectionError, columns_lacking
from ojmf.frames import as_given
from ojmf.frames.kinds import NATIONAL_RULES
from ojmf.geography import COUNTY_CODE_LENGTH
from ojmf.model import Polarity, Statistic, Status

GROUP = ("indicator_id", "sex")
COLOURS = (Status.GREY, Status.GREEN, Status.YELLOW, Status.RED)
ADDED = pl.Schema(
    {
        "county_reference": pl.Float64(),
        "national_reference": pl.Float64(),
        "gap_county": pl.Float64(),
        "gap_national": pl.Float64(),
        "status": pl.Enum([colour.value for colour in COLOURS]),
    }
)
"""What is added to every figure, all but the colour in the indicator's unit."""
STATISTICS = (
    Statistic.MEDIAN.value,
    Statistic.MEAN.value,
    Statistic.WEIGHTED.value,
    Statistic.SUM.value,
)
WEIGHT = "weight"
TWICE = (
    "Samma kommun har flera uppgifter för samma indikator och grupp. "
    "Läs in en period och en källa i taget."
)
NO_PLACE = "En rad saknar kommun. Varje rad har en kommunkod i kolumnen geo."
NO_INDICATOR = "En rad saknar indikator. Varje rad har en i kolumnen indicator_id."
_DIRECTIONS = {Polarity.HIGHER.value: 1, Polarity.LOWER.value: -1, Polarity.NEUTRAL.value: 0}


def no_municipality(geo: str) -> str:
    """What to say of a code that is no municipality's."""
    return (
        f"”{geo}” är ingen kommun. Ta bort rader som inte gäller en kommun (kod med fyra "
        "siffror) innan kommunerna jämförs."
    )


def rules_of(indicators: pl.DataFrame) -> pl.DataFrame:
    """What is declared of each indicator.

    ``direction`` is 1 where higher is better, -1 where lower is, 0 where neither; ``statistic`` a
    place in ``STATISTICS``, and ``fewest`` 0 where it is not declared. Raises ``FrameError`` for an
    unsound catalogue.
    """
    indicators = as_given(indicators, NATIONAL_RULES)
    lacking = [name for name in ("statistic", "fewest") if name not in indicators.columns]
    statistic = {name: place for place, name in enumerate(STATISTICS)}
    return (
        indicators.with_columns(pl.lit(None).alias(name) for name in lacking)
        .select(
            pl.col("indicator_id").cast(pl.String),
            pl.col("polarity")
            .replace_strict(_DIRECTIONS, default=0, return_dtype=pl.Int8)
            .alias("direction"),
            pl.col("statistic")
            .cast(pl.String)
            .replace_strict(statistic, default=0, return_dtype=pl.Int8)
            .alias("statistic"),
            pl.col("fewest").cast(pl.Int64).fill_null(0).alias("fewest"),
        )
        .unique("indicator_id")
    )


def any_weighted(rules: pl.DataFrame) -> bool:
    """Whether the reference of any indicator is a weighted mean."""
    return bool((rules["statistic"] == STATISTICS.index(Statistic.WEIGHTED.value)).any())


def keys_of(
    by: str | Sequence[str], partition: str | None, given: Collection[str], *, weighted: bool
) -> list[str]:
    """The columns ``by`` of a frame that has the columns ``given``.

    Raises ``SelectionError`` where indicator_id is not one of them or a needed column is missing.
    """
    keys = as_list(by)
    if "indicator_id" not in keys:
        raise SelectionError("Kolumnen indicator_id saknas i by, som håller uppgifterna isär.")
    more = [*([WEIGHT] if weighted else []), *([partition] if partition is not None else [])]
    needed = dict.fromkeys([*keys, "geo", "value", *more])
    if lacking := [name for name in needed if name not in given]:
        raise SelectionError(
            f"I uppgifterna: {columns_lacking(lacking)}, väntade {', '.join(needed)}. Ange med by "
            "vilka kolumner som håller uppgifterna isär."
        )
    return keys


def sizes_of(geography: pl.DataFrame) -> dict[str, int]:
    """How many municipalities each county has."""
    codes = columns_of(geography, "code", "level").filter(level="municipality")["code"]
    return dict(codes.str.head(COUNTY_CODE_LENGTH).value_counts().iter_rows())
