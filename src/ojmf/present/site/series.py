"""The monthly series of a municipality: a row in their area's table, and a page each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import altair as alt
import polars as pl
from markupsafe import Markup

from ojmf.compare.over_time import traced_points, traced_trends
from ojmf.errors import SelectionError
from ojmf.model import MONTHS, PeriodKind, Variation
from ojmf.present import charts
from ojmf.present.formats import period_in_words
from ojmf.present.series_words import (
    BETTER,
    signal_words,
    since_last_year_sentence,
    variation_sentence,
)
from ojmf.present.site import drawing, pages
from ojmf.present.site.provenance import Cited, Provenance
from ojmf.present.units import figure_with, unit_word_of
from ojmf.present.words import capital
from ojmf.printed import swedish
from ojmf.workspace import Workspace

_FEWEST_POINTS = 3
_MOVED = 2
"""The last order of a series that has changed."""
_SIGNALLED = (
    Variation.IMPROVEMENT.value,
    Variation.DETERIORATION.value,
    Variation.CHANGE.value,
)


@dataclass(frozen=True, slots=True)
class Monthly:
    """The points of a monthly series, and what ``compare.trends`` says of it."""

    points: pl.DataFrame
    area_id: str
    indicator_id: str
    unit: str
    variation: str
    latest: float
    mean: float
    since_last_year: str | None
    this_year: float | None
    last_year: float | None
    last: date
    reason: str | None

    def summary(self) -> str:
        """What the series shows, which way and by how much, in sentences."""
        said = [variation_sentence(self.variation, self._signalled)]
        if self._signalled and self.variation in _SIGNALLED:
            said.append(f"Senaste värdet är {self._figure(self.latest)}.")
        if self.this_year is not None and self.last_year is not None:
            said.append(
                since_last_year_sentence(
                    self.since_last_year,
                    (self.this_year, self.last_year),
                    self.last,
                    self.unit_word,
                )
                or ""
            )
        said.append(f"{capital(self.reason)}." if self.reason else "")
        return " ".join(filter(None, said))

    def brief(self) -> str:
        """The same beside the figures, which are not said again."""
        said = [variation_sentence(self.variation, self._signalled)]
        if self.since_last_year in _SIGNALLED and self.this_year is not None:
            higher = self.this_year > (self.last_year or 0.0)
            way = BETTER.get(self.since_last_year, "högre" if higher else "lägre")
            said.append(f"{capital(way)} än samma månader året före.")
        return " ".join(said)

    @property
    def _signalled(self) -> str:
        return signal_words(self.points, self._figure(self.mean))

    def _figure(self, value: float) -> str:
        return figure_with(swedish(value, most=1), self.unit_word)

    @property
    def unit_word(self) -> str:
        """The word of the unit."""
        return unit_word_of(self.unit, self.points["label"][0])

    @property
    def moved(self) -> bool:
        """Whether the series has changed more than its months use to vary."""
        return self.order <= _MOVED

    @property
    def worse(self) -> bool:
        """Whether it has become worse, by its latest months or since last year."""
        return Variation.DETERIORATION.value in (self.variation, self.since_last_year)

    @property
    def better(self) -> bool:
        """Whether it has become better, and in nothing worse."""
        told = (self.variation, self.since_last_year)
        return Variation.IMPROVEMENT.value in told and not self.worse

    @property
    def order(self) -> int:
        """What has become worse first, then what has moved, then what has not."""
        order = (
            Variation.DETERIORATION.value,
            Variation.CHANGE.value,
            Variation.IMPROVEMENT.value,
            Variation.COMMON_CAUSE.value,
        )
        told = [self.variation, self.since_last_year]
        return min((order.index(one) for one in told if one in order), default=len(order))


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A monthly series in its area's table, and on its own page."""

    name: str
    label: str
    unit: str
    latest: str
    month: str
    this_year: str
    last_year: str
    spark: Markup
    monthly: Monthly
    cited: Cited


def monthly_series(workspace: Workspace, observations: pl.DataFrame, geo: str) -> list[Monthly]:
    """Every monthly series of a municipality, in the order of the catalogue; maybe none."""
    if not (observations["period_kind"] == PeriodKind.MONTH.value).any():
        return []
    given = (observations, workspace.indicators, geo)
    try:
        points = traced_points(*given, charts=workspace.charts)
        said = traced_trends(*given, charts=workspace.charts)
    except SelectionError:  # no regular series
        return []
    monthly = (pl.col("period_kind") == PeriodKind.MONTH.value, pl.col("points") >= _FEWEST_POINTS)
    known = workspace.indicators["indicator_id"].to_list()
    columns = [field.name for field in fields(Monthly)[1:]]
    found = zip(
        charts.series_of(points.filter(monthly)),
        said.filter(monthly).select(columns).iter_rows(),
        strict=True,
    )
    series = [Monthly(points, *row) for points, row in found]
    return sorted(series, key=lambda one: known.index(one.indicator_id))


def series_row(name: str, label: str, monthly: Monthly, provenance: Provenance) -> SeriesRow:
    """A series as a row of its area's table; its page is called ``name``."""
    points = monthly.points
    values = points["value"].to_list()
    document, line = points.select(pl.col("document", "line").drop_nulls().last()).row(0)
    this_year, last_year = (
        "–" if mean is None else swedish(mean, 1) for mean in (monthly.this_year, monthly.last_year)
    )
    return SeriesRow(
        name,
        label,
        monthly.unit_word,
        swedish(monthly.latest, most=1),
        f"{MONTHS[monthly.last.month - 1]} {monthly.last.year}",
        this_year,
        last_year,
        spark=drawing.spark(values, [monthly.mean]),
        monthly=monthly,
        cited=provenance.cited(None, document, line, monthly.indicator_id),
    )


def month_of(series: Sequence[SeriesRow]) -> str:
    """The latest month of most series; empty without any."""
    return max(months, key=months.count) if (months := [one.month for one in series]) else ""


def years_of(series: Sequence[SeriesRow]) -> tuple[int, int] | None:
    """The year of the latest month of every series and the year before; None where they differ."""
    years = {one.monthly.last.year for one in series}
    return (year, year - 1) if len(years) == 1 and (year := next(iter(years))) else None


def series_page(
    one: SeriesRow,
    place: str,
    area: tuple[str, str],
    about: str,
    provenance: Provenance,
    crumbs: Callable[[str], pages.Crumbs],
) -> dict[str, bytes]:
    """The page of a series of ``place`` in an area (id and name): its chart and every month."""
    files: dict[str, bytes] = {}

    def chart(width: int) -> alt.LayerChart:
        return charts.trend_chart(one.monthly.points, title=one.label, width=width)

    points = one.monthly.points
    lines = points.select("document", "line", "indicator_id").unique(maintain_order=True)
    places = [provenance.at(*line) for line in lines.iter_rows()]
    steps = crumbs(one.label)
    steps[-1:] = [(area[1], f"{area[0]}.html"), (one.label, None)]
    picture = pages.draw(one.name, chart, files)
    files[f"{one.name}.html"] = pages.page(
        "series",
        f"{one.label} i {place}",
        steps,
        "../",
        about=about,
        series=one,
        picture=picture,
        months=points.select(period_in_words()).to_series().to_list(),
        places=[place for place in places if place],
    )
    return files
