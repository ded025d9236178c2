"""A municipality's answers in an area, as the report and the site put them into words."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import polars as pl

MOST = 50.0
"""Percent: what at least half of the municipalities have is what most have."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """A row of ``compare.areas``: counts by status, means in percent, gaps in percentage points."""

    area_id: str
    area_name: str
    indicators: int
    green: int
    yellow: int
    red: int
    grey: int
    share_yes: float | None
    county_mean: float | None
    national_mean: float | None
    gap_county: float | None
    gap_national: float | None

    def of(self, status: str) -> int:
        """The number of indicators with a status."""
        return int(getattr(self, status))


def area_figures(areas: pl.DataFrame) -> list[AreaFigures]:
    """The rows of ``compare.areas``."""
    names = [field.name for field in fields(AreaFigures)]
    return [AreaFigures(*row) for row in areas.select(names).iter_rows()]


def shown_share(share: float) -> float:
    """A share with the one decimal that it is shown with, halves upwards."""
    return math.floor(share * 10 + 0.5) / 10
