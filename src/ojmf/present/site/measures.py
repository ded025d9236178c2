"""Areas of figures: each measure's latest figure, and the monthly series with their limits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import altair as alt
import polars as pl

from ojmf.compare.figures import KEY
from ojmf.compare.over_time import traced_points, traced_trends
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.errors import SelectionError
from ojmf.model import PeriodKind, ReferenceKind
from ojmf.present import charts
from ojmf.present.formats import period, period_in_words
from ojmf.present.marks import all_marks, mark_of, place_columns
from ojmf.present.reasons import with_reasons, withheld
from ojmf.present.series_words import since_last_year_sentence, variation_sentence
from ojmf.present.site.pages import Picture, draw
from ojmf.present.site.provenance import Place, Provenance
from ojmf.present.views import Names
from ojmf.present.words import (
    NO_COMPARISON,
    UNIT_WORDS,
    VERDICT_LABELS,
    VERDICT_TERMS,
)
from ojmf.printed import number
from ojmf.workspace import Workspace

_FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """The latest figure of a measure, as texts, with numbers for sorting."""

    anchor: str
    label: str
    unit: str
    period: str
    own: str
    mark: str
    reference: str
    reference_mark: str
    gap: str
    verdict: str
    verdict_label: str
    reason: str
    sort_own: float | None
    sort_gap: float | None
    place: Place | None

    @property
    def marked(self) -> bool:
        """Whether a figure of the row is corrected or unconfirmed."""
        return bool(self.mark or self.reference_mark)


@dataclass(frozen=True, slots=True)
class Monthly:
    """The points of a monthly series, and what ``compare.trends`` says of it."""

    points: pl.DataFrame
    area_id: str
    indicator_id: str
    unit: str
    variation: str
    side: int | None
    latest: float
    mean: float
    since_last_year: str | None
    this_year: float | None
    last_year: float | None
    last: date
    reason: str | None

    def summary(self) -> str:
        """What the series shows, which way and by how much, in sentences."""
        unit = UNIT_WORDS.get(self.unit, self.unit)
        own = variation_sentence(self.variation, self.side, self.latest, self.mean, unit)
        since = None
        if self.this_year is not None and self.last_year is not None:
            since = since_last_year_sentence(
                self.since_last_year, (self.this_year, self.last_year), self.last, unit
            )
        reason = f"{self.reason[0].upper()}{self.reason[1:]}." if self.reason else None
        return " ".join(filter(None, [own, since, reason]))


@dataclass(frozen=True, slots=True)
class Series:
    """A monthly series on its page: its chart, what it shows, and where its points were printed."""

    name: str
    label: str
    unit: str
    summary: str
    picture: Picture
    places: list[Place]


def judged(workspace: Workspace, compared: pl.DataFrame) -> pl.DataFrame:
    """Every measure that isn't a question beside county or target, with its marks; maybe none.

    ``compared`` is ``compare.frame.TRACED`` of one municipality.
    """
    rows = compared.filter(
        pl.col("method") != ANSWER_METHOD,
        pl.col("reference_kind") != ReferenceKind.COUNTRY.value,
    )
    if rows.is_empty():
        return pl.DataFrame()
    names = workspace.indicators.select(*KEY, pl.col("name"))
    places = Names(workspace.indicators, workspace.geography).places
    return (
        with_reasons(rows, places)
        .with_columns(mark_of().alias("mark"), mark_of("reference_").alias("reference_mark"))
        .join(names, on=KEY, how="left", maintain_order="left")
    )


def measure_rows(rows: pl.DataFrame, provenance: Provenance) -> list[MeasureRow]:
    """The rows of one area of :func:`judged`."""
    decimals = pl.col("decimals")
    texts = rows.with_row_index("number", offset=1).select(
        pl.format("{}-{}", "indicator_id", "number").alias("anchor"),
        pl.col("name").alias("label"),
        pl.col("unit").replace(UNIT_WORDS).alias("unit"),
        period_in_words().alias("period"),
        pl.coalesce(number(pl.col("own"), decimals), withheld()).fill_null("–").alias("own"),
        pl.col("mark").fill_null(""),
        number(pl.col("reference"), decimals).fill_null("–").alias("reference"),
        pl.col("reference_mark").fill_null(""),
        number(pl.col("gap"), decimals, signed=True).fill_null("–").alias("gap"),
        pl.col("verdict").fill_null("none").alias("verdict"),
        pl.col("verdict").replace(VERDICT_LABELS).fill_null(NO_COMPARISON).alias("verdict_label"),
        pl.col("reason").fill_null(""),
        pl.col("own").alias("sort_own"),
        pl.col("gap").alias("sort_gap"),
    )
    places = rows.select("document", "line", "indicator_id").iter_rows()
    return [
        MeasureRow(**row, place=provenance.at(*place))
        for row, place in zip(texts.to_dicts(), places, strict=True)
    ]


def measure_download(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with numbers, under the headings of the page."""
    words = {key: word.capitalize() for key, (_, word) in VERDICT_TERMS.items()}
    marked = all_marks(rows.columns).alias("Märkning")
    return rows.select(
        pl.col("name").alias("Mått"),
        pl.col("unit").replace(UNIT_WORDS).alias("Enhet"),
        period().alias("Period"),
        pl.col("own").alias("Värde"),
        pl.col("reference").alias("Jämfört med"),
        pl.col("gap").alias("Skillnad"),
        pl.col("verdict").replace(words).alias("Bedömning"),
        pl.col("reason").alias("Förklaring"),
        pl.col("document").alias("Dokument"),
        *place_columns(rows),
        *([marked] if rows.select(marked.is_not_null().any()).item() else []),
    )


def monthly_series(workspace: Workspace, observations: pl.DataFrame, geo: str) -> list[Monthly]:
    """Every monthly series of a municipality, in the order of the catalogue; maybe none."""
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


def drawn_series(
    name: str, label: str, monthly: Monthly, provenance: Provenance, files: dict[str, bytes]
) -> Series:
    """One series for its page; its pictures go into ``files`` as ``name``."""

    def chart(width: int) -> alt.LayerChart:
        return charts.trend_chart(monthly.points, title=label, width=width)

    lines = monthly.points.select("document", "line", "indicator_id").unique(maintain_order=True)
    places = [provenance.at(*line) for line in lines.iter_rows()]
    return Series(
        name,
        label,
        UNIT_WORDS.get(monthly.unit, monthly.unit),
        monthly.summary(),
        draw(name, chart, files),
        [place for place in places if place],
    )
