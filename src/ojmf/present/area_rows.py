"""A municipality's answers in an area, as the report and the site put them into words."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import polars as pl

from ojmf.printed import swedish

ALL_QUESTIONS, FEWER_QUESTIONS = "samma frågor", "de av frågorna som har en andel"
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

    def asked(self) -> str:
        """The questions that the means are over, beside all that are answered."""
        return FEWER_QUESTIONS if self.fewer() else ALL_QUESTIONS

    def fewer(self) -> str:
        """The share of JA that a gap is counted from, where it is not ``share_yes``; else nothing.

        A question without a share of the reference counts in ``share_yes`` and in no gap.
        """
        said = []
        for side, mean, gap in (
            ("länet", self.county_mean, self.gap_county),
            ("riket", self.national_mean, self.gap_national),
        ):
            if self.share_yes is None or mean is None or gap is None:
                continue
            counted_from = swedish(mean + gap, 1)
            if counted_from != swedish(self.share_yes, 1):
                said.append(
                    f"Skillnaden mot {side} räknas bara på de besvarade frågor som har en andel "
                    f"för {side}: av dem har kommunen svarat JA på {counted_from} procent."
                )
        return " ".join(said)


def area_figures(areas: pl.DataFrame) -> list[AreaFigures]:
    """The rows of ``compare.areas``."""
    names = [field.name for field in fields(AreaFigures)]
    return [AreaFigures(*row) for row in areas.select(names).iter_rows()]


def gaps_of_fewer(areas: pl.DataFrame) -> list[str]:
    """A sentence for each area whose gap is over fewer questions than were answered."""
    if not {field.name for field in fields(AreaFigures)} <= {*areas.columns}:
        return []  # areas of figures, or beside one reference alone
    return [f"{one.area_name}: {said}" for one in area_figures(areas) if (said := one.fewer())]


def shown_share(share: float) -> float:
    """A share with the one decimal that it is shown with, halves upwards."""
    return math.floor(share * 10 + 0.5) / 10
