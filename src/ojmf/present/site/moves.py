"""Which measures of a municipality have become worse or better since the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.changes import notable
from ojmf.compare.figures import KEY
from ojmf.model import Change, PeriodKind, Sex
from ojmf.present.formats import period_in_words, with_unit
from ojmf.present.units import unit_word
from ojmf.printed import number

MOST_MOVED = 3
"""So many measures of a side are told."""
_TURNED = [Change.TURNED_RED.value, Change.TURNED_GREEN.value]
_SIDES = {-1: "Mått som har blivit sämre", 1: "Mått som har blivit bättre"}


@dataclass(frozen=True, slots=True)
class Move:
    """A measure that is another than before, and from what to what."""

    area_id: str
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Side:
    """The measures that have become worse, or better; ``more`` are not told."""

    heading: str
    moves: Sequence[Move]
    more: int


def sides(earlier: pl.DataFrame, indicators: pl.DataFrame) -> list[Side]:
    """What has become worse and what better, by more than chance, of women and men together.

    ``earlier`` are rows of ``compare.frame.TRACED`` of one municipality against an earlier period.
    What has turned red or green is told first, and the rest in the order of the catalogue, for
    changes in unlike units have no order. Months are told by their series.
    """
    decimals = pl.max_horizontal("decimals", "reference_decimals")
    unit = unit_word(name="name")
    moved = (
        notable(earlier.with_row_index("_place"))
        .filter(pl.col("sex") == Sex.TOTAL.value, pl.col("period_kind") != PeriodKind.MONTH.value)
        .with_columns(reference_period_kind="period_kind")
        .join(indicators.select(*KEY, "name"), on=KEY, how="left", maintain_order="left")
        .select(
            *("area_id", "name"),
            pl.format("från {}", number(pl.col("reference"), decimals)).alias("from"),
            period_in_words("reference_").alias("before"),
            pl.format("till {}", with_unit(number(pl.col("own"), decimals), unit)).alias("to"),
            period_in_words().alias("now"),
            pl.col("gap_better").sign().alias("way"),
            pl.col("change").is_in(_TURNED).alias("turned"),
            "_place",
        )
    )
    known = moved["before"].unique().to_list()
    since = f" sedan {known[0]}" if len(known) == 1 else ""
    told: list[str | pl.Expr] = ["from", "to"]
    if not since:
        told = ["from", _bracketed("before"), "to", _bracketed("now")]
    moved = moved.with_columns(pl.concat_str(told, separator=" ").alias("told"))
    found = []
    for way, heading in _SIDES.items():
        rows = moved.filter(pl.col("way") == way)
        if not rows.is_empty():
            ranked = rows.sort(~pl.col("turned"), "_place")
            first = ranked.head(MOST_MOVED).select("area_id", "name", "told")
            moves = [Move(*one) for one in first.iter_rows()]
            found.append(Side(f"{heading}{since}", moves, rows.height - len(moves)))
    return found


def _bracketed(name: str) -> pl.Expr:
    return pl.format("({})", name)
