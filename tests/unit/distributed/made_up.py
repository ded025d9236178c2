"""Made-up countries with all that may differ between two engines that compare them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

# Figures that tie, that are no figures, and that differ in the last bit alone.
_PALETTES = (
    [0.0, -0.0, 1.0, 2.0, 2.0, 3.0, None],
    [0.1 + 0.2, 0.3, 0.3, 0.25, None, float("nan")],
    [float("inf"), -float("inf"), float("nan"), 5.0, -5.0, 7.5],
    [None],
    [4.0],
)
_COUNTIES = {"01": 26, "03": 8, "09": 1, "13": 6, "25": 14}
_CATALOGUE = (
    # indicator, polarity, statistic, fewest
    ("a", "higher", None, None),
    ("b", "lower", "median", None),
    ("c", "neutral", "mean", None),
    ("d", None, "mean", 1),
    ("e", "higher", "weighted", None),
    ("f", "lower", "weighted", 8),
    ("g", "higher", "sum", None),
    ("h", "lower", "sum", 0),
)
UNKNOWN = "z"
"""An indicator that the catalogue does not have."""


@dataclass(frozen=True)
class Country:
    """What ``national_gaps`` is given."""

    values: pl.DataFrame
    indicators: pl.DataFrame
    geography: pl.DataFrame | None = None
    asked: dict[str, Any] = field(default_factory=dict)


def catalogue() -> pl.DataFrame:
    return pl.DataFrame(
        _CATALOGUE,
        schema={
            "indicator_id": pl.String,
            "polarity": pl.String,
            "statistic": pl.String,
            "fewest": pl.Int64,
        },
        orient="row",
    )


def geography(*counties: str) -> pl.DataFrame:
    """All municipalities of the counties, two more in each than any figure is about."""
    codes = [f"{code}{n:02d}" for code in counties for n in range(1, _COUNTIES[code] + 3)]
    return pl.DataFrame({"code": codes, "name": codes, "level": "municipality"})


def country(seed: int) -> Country:
    """A country with holes; what is asked of it depends on the seed too."""
    random = np.random.default_rng(seed)
    geos = [f"{code}{n:02d}" for code, many in _COUNTIES.items() for n in range(1, many + 1)]
    keys = [
        (indicator, sex, year)
        for indicator in (*(row[0] for row in _CATALOGUE), UNKNOWN)
        for sex in ("F", None)
        for year in (2023, 2024)
    ]
    rows: list[tuple[Any, ...]] = []
    for key in keys:
        kind = int(random.integers(0, len(_PALETTES) + 4))
        kept = random.choice([1.0, 0.9, 0.4, 0.15])
        for geo in geos:
            if kind < len(_PALETTES):
                value = _PALETTES[kind][int(random.integers(0, len(_PALETTES[kind])))]
            else:
                value = float(np.round(random.normal(50, 15 * 10 ** (kind % 4)), kind % 3))
            weight = [None, 0.0, -1.0, float("nan"), 2.0, 2.5, 1000.0][int(random.integers(0, 7))]
            if random.random() < kept:
                rows.append((*key, geo, value, weight))
    random.shuffle(rows)
    values = pl.DataFrame(
        rows,
        schema={
            "indicator_id": pl.String,
            "sex": pl.String,
            "year": pl.Int32,
            "geo": pl.String,
            "value": pl.Float64,
            "weight": pl.Float64,
        },
        orient="row",
    ).with_row_index("row")
    asked: dict[str, Any] = {"by": ["indicator_id", "sex"], "partition": "year"}
    if seed % 2:
        asked = {"by": ["indicator_id", "sex", "year"]}
        # Names that the comparison uses for its own, one that it adds, and one with a full stop.
        values = values.rename({"row": "members"}).with_columns(
            status=pl.lit("x"), size=pl.lit(1), direction=pl.lit(2)
        )
        values = values.with_columns(pl.col("members").alias("a.b`c"))
    places = (None, geography(*_COUNTIES), geography("01", "09", "25"))[seed % 3]
    return Country(values, catalogue(), places, asked)


def written(given: Country, folder: Path) -> None:
    """Write a country as files that any engine reads."""
    folder.mkdir(parents=True)
    given.values.write_parquet(folder / "values.parquet")
    given.indicators.write_parquet(folder / "indicators.parquet")
    if given.geography is not None:
        given.geography.write_parquet(folder / "geography.parquet")
    (folder / "asked.json").write_text(json.dumps(given.asked), encoding="utf-8")
