"""What a municipality's pages and the start page say of it and of each of its areas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ojmf.geography import county_of
from ojmf.model import Status
from ojmf.present.annex.rows import Comparison
from ojmf.present.site.measures import Monthly
from ojmf.present.site.pages import counts_of
from ojmf.present.views import Names
from ojmf.printed import number

POINTS = {Status.GREEN.value: 100.0, Status.YELLOW.value: 50.0, Status.RED.value: 0.0}


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality on the start page."""

    slug: str
    name: str
    county: str
    county_name: str
    indicators: int
    counts: dict[str, int]
    share: str
    sort_share: float | None
    measures: int


def slug(geo: str, name: str) -> str:
    """The folder of a municipality: its name in plain letters, and its code."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', letters).strip('-')}-{geo}".lstrip("-")


def answer_areas(comparison: Comparison) -> list[dict[str, Any]]:
    """The areas with answers: id, name, counts, and a sentence about them."""
    figures = ("share_in_place", "county_mean", "national_mean")
    texts = comparison.areas.with_columns(number(pl.col(name), 1).alias(name) for name in figures)
    return [
        {
            "area_id": row["area_id"],
            "area_name": row["area_name"],
            "indicators": row["indicators"],
            "counts": counts_of(row),
            "sentence": _sentence(row),
        }
        for row in texts.to_dicts()
    ]


def _sentence(row: dict[str, Any]) -> str:
    of_all = f"{row['indicators']} {_plural(row['indicators'], 'indikator', 'indikatorer')}"
    if row["share_in_place"] is None:
        return f"{of_all}, {_plural(row['indicators'], 'utan', 'alla utan')} svar."
    means = [
        f"{name} {row[column]} %"
        for name, column in (("länet", "county_mean"), ("riket", "national_mean"))
        if row[column] is not None
    ]
    beside = f" ({', '.join(means)})" if means else ""
    return f"{of_all}. Andel på plats {row['share_in_place']} %{beside}."


def measure_areas(
    names: Names, judged: pl.DataFrame, series: Sequence[Monthly]
) -> list[dict[str, Any]]:
    """The areas with figures, in the order of the catalogue."""
    counts: dict[str, list[int]] = {}
    for area_id in judged["area_id"] if "area_id" in judged.columns else ():
        counts.setdefault(area_id, [0, 0])[0] += 1
    for _, said in series:
        counts.setdefault(said["area_id"], [0, 0])[1] += 1
    return [
        {
            "area_id": area_id,
            "area_name": area_name,
            "sentence": ", ".join(
                f"{count} {_plural(count, one, many)}"
                for count, one, many in (
                    (counts[area_id][0], "uppgift", "uppgifter"),
                    (counts[area_id][1], "månadsserie", "månadsserier"),
                )
                if count
            )
            + ".",
        }
        for area_id, area_name in names.areas.items()
        if area_id in counts
    ]


def place_of(names: Names, geo: str, comparison: Comparison | None, judged: pl.DataFrame) -> Place:
    """What the start page says of a municipality."""
    name, county = names.place(geo), county_of(geo)
    counts = dict.fromkeys((status.value for status in Status), 0)
    share = None
    if comparison is not None:
        totals = comparison.areas.select(pl.col(list(counts)).sum()).row(0, named=True)
        counts = {key: int(value) for key, value in totals.items()}
        share = comparison.rows.select(
            pl.col("status").replace_strict(POINTS, default=None, return_dtype=pl.Float64).mean()
        )[0, 0]
    text = pl.select(number(pl.lit(share, pl.Float64), 1).fill_null("–"))[0, 0]
    return Place(
        slug(geo, name),
        name,
        county,
        names.place(county),
        sum(counts.values()),
        counts,
        text,
        share,
        judged.height,
    )


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
