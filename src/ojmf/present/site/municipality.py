"""The pages of one municipality: an overview, one page per area, and its row of the start page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import altair as alt
import polars as pl

from ojmf.compare.questions import ANSWER_METHOD, POINTS
from ojmf.geography import county_of
from ojmf.model import COUNTRY, Status
from ojmf.present import charts
from ojmf.present.annex.rows import Comparison, comparison_of
from ojmf.present.site import measures, pages
from ojmf.present.site.answer_table import AnswerRow, answer_download, answer_rows
from ojmf.present.site.provenance import Provenance
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.present.words import NO_COMPARISON, VERDICT_LABELS, answered_sentence, counted
from ojmf.printed import swedish
from ojmf.workspace import Workspace

BASE = "../"
_POINTS = pl.col("answer").replace_strict(POINTS, default=None, return_dtype=pl.Float64)


@dataclass(frozen=True, slots=True)
class Given:
    """What every page is made from.

    ``compared`` is ``compare.frame.TRACED`` of every municipality against county and country.
    """

    workspace: Workspace
    observations: pl.DataFrame
    compared: pl.DataFrame
    names: Names
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality on the start page."""

    slug: str
    name: str
    county: str
    county_name: str
    indicators: int
    counts: Mapping[str, int]
    share: str
    sort_share: float | None
    measures: int


@dataclass(frozen=True, slots=True)
class Area:
    """An area on its page and in the overview; ``counts`` are its indicators by status."""

    area_id: str
    area_name: str
    sentence: str
    indicators: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one municipality, and the areas that it gets a page for."""

    given: Given
    name: str
    comparison: Comparison | None
    judged: pl.DataFrame
    series: Sequence[measures.Monthly]
    answer_areas: Sequence[Area]
    measure_areas: Sequence[Area]

    @property
    def links(self) -> list[pages.Link]:
        """The id and the name of every area with a page."""
        return [(a.area_id, a.area_name) for a in (*self.answer_areas, *self.measure_areas)]

    def crumbs(self, here: str) -> pages.Crumbs:
        """The way down to the page of an area."""
        return [("Start", f"{BASE}index.html"), (self.name, "index.html"), (here, None)]


def slug(geo: str, name: str) -> str:
    """The folder of a municipality: its name in plain letters, and its code."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', letters).strip('-')}-{geo}".lstrip("-")


def municipality(
    given: Given, geo: str, pairs: Sequence[pages.Link]
) -> tuple[Place, dict[str, bytes]]:
    """A municipality's files by name in its folder; ``pairs`` are links seen from there."""
    compared = given.compared.filter(pl.col("geo") == geo)
    answers = compared.filter(pl.col("method") == ANSWER_METHOD)
    comparison = None
    if not answers.is_empty():
        comparison = comparison_of(given.workspace, geo, answers)
    judged = measures.judged(given.workspace, compared)
    own_cells = given.observations.filter(pl.col("geo") == geo)
    series = measures.monthly_series(given.workspace, own_cells, geo)
    own = Own(
        given,
        given.names.place(geo),
        comparison,
        judged,
        series,
        _answer_areas(comparison) if comparison else [],
        _measure_areas(given.names, judged, series),
    )
    files: dict[str, bytes] = {}
    rows: list[AnswerRow] = []
    if comparison is not None:
        rows = answer_rows(comparison, given.provenance)
        files |= downloads("indikatorer", answer_download(comparison.rows, comparison))
        for area in own.answer_areas:
            files |= _answer_page(own, comparison, area, rows)
    for area in own.measure_areas:
        files |= _measure_page(own, area)
    files |= _overview(own, rows, pairs)
    return _place(given.names, geo, comparison, judged), files


def _overview(own: Own, rows: Sequence[AnswerRow], pairs: Sequence[pages.Link]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    comparison = own.comparison
    picture = None
    if comparison is not None:

        def chart(width: int) -> alt.LayerChart:
            return charts.area_chart(
                comparison.areas,
                title=f"{comparison.place}: andel JA per område",
                own_name=comparison.place,
                county_name=comparison.county,
                width=width,
            )

        picture = pages.draw("omraden", chart, files)
    files["index.html"] = pages.page(
        "municipality",
        own.name,
        [("Start", f"{BASE}index.html"), (own.name, None)],
        BASE,
        name=own.name,
        rows=rows,
        areas=own.answer_areas,
        measure_areas=own.measure_areas,
        picture=picture,
        lead=answered_sentence(own.name, Counter(row.status for row in rows)) if rows else "",
        status_options=pages.status_options({row.status for row in rows}),
        area_options=[(area.area_id, area.area_name) for area in own.answer_areas],
        pairs=pairs,
    )
    return files


def _answer_page(
    own: Own, comparison: Comparison, area: Area, rows: Sequence[AnswerRow]
) -> dict[str, bytes]:
    """The page of an area of questions, with its pictures and downloads."""
    frame = comparison.area(area.area_id)
    title = f"{own.name}: {area.area_name}"
    here = [row for row in rows if row.area_id == area.area_id]
    files = downloads(area.area_id, answer_download(frame, comparison))
    stacked = _stacked(frame, comparison.geo)

    def chart(width: int) -> alt.LayerChart:
        return charts.gap_chart(
            stacked, title=f"{title}, jämfört med länet och riket", own_name=own.name, width=width
        )

    picture = pages.draw(f"{area.area_id}-gap", chart, files)
    files[f"{area.area_id}.html"] = pages.page(
        "answers",
        title,
        own.crumbs(area.area_name),
        BASE,
        name=own.name,
        all_areas=own.links,
        here=area.area_id,
        area=area,
        rows=here,
        picture=picture,
        status_options=pages.status_options({row.status for row in here}),
    )
    return files


def _stacked(rows: pl.DataFrame, geo: str) -> pl.DataFrame:
    """The rows of the table as comparisons against the county and then the country."""
    return pl.concat(
        rows.select(
            "area_id",
            "indicator_id",
            "label",
            _POINTS.alias("own"),
            "status",
            pl.lit(code).alias("reference_geo"),
            pl.col(name).alias("reference"),
            pl.col(f"gap_{name}").alias("gap"),
            "mark",
            pl.col(f"{name}_mark").alias("reference_mark"),
        )
        for name, code in (("county", county_of(geo)), ("country", COUNTRY))
    )


def _measure_page(own: Own, area: Area) -> dict[str, bytes]:
    """The page of an area of figures, with the pictures of its series and its downloads."""
    given, area_id = own.given, area.area_id
    frame = own.judged.filter(pl.col("area_id") == area_id)
    files = {} if frame.is_empty() else downloads(area_id, measures.measure_download(frame))
    rows = measures.measure_rows(frame, given.provenance)
    known = given.workspace.indicators.filter(pl.col("area_id") == area_id)
    labels = dict(known.select("indicator_id", "name").iter_rows())
    drawn = [
        measures.drawn_series(
            f"{area_id}-serie-{number}", labels[one.indicator_id], one, given.provenance, files
        )
        for number, one in enumerate(own.series, start=1)
        if one.area_id == area_id
    ]
    present = {row.verdict for row in rows}
    options = [(value, text) for value, text in VERDICT_LABELS.items() if value in present]
    files[f"{area_id}.html"] = pages.page(
        "measures",
        f"{own.name}: {area.area_name}",
        own.crumbs(area.area_name),
        BASE,
        name=own.name,
        all_areas=own.links,
        here=area_id,
        area=area,
        rows=rows,
        compared=bool(options),
        verdict_options=[*options, ("none", NO_COMPARISON)] if "none" in present else options,
        series=drawn,
    )
    return files


def _answer_areas(comparison: Comparison) -> list[Area]:
    """The areas with answers, each with a sentence about its means."""
    areas = []
    for row in comparison.areas.iter_rows(named=True):
        total, share = row["indicators"], row["share_yes"]
        sentence = counted(total, "fråga", "frågor")
        if share is None:
            sentence += f", {'utan' if total == 1 else 'alla utan'} svar."
        else:
            beside = [
                f"{name} {swedish(row[mean], 1)} procent"
                for name, mean in (("länet", "county_mean"), ("riket", "national_mean"))
                if row[mean] is not None
            ]
            sentence += f". Andel JA {swedish(share, 1)} procent"
            sentence += f" ({', '.join(beside)})." if beside else "."
        counts = {status.value: row[status.value] for status in Status}
        areas.append(Area(row["area_id"], row["area_name"], sentence, total, counts))
    return areas


def _measure_areas(
    names: Names, judged: pl.DataFrame, series: Sequence[measures.Monthly]
) -> list[Area]:
    """The areas with figures, in the order of the catalogue."""
    figures = Counter(judged["area_id"] if "area_id" in judged.columns else ())
    monthly = Counter(one.area_id for one in series)
    areas = []
    for area_id, area_name in names.areas.items():
        parts = [
            counted(count, one, many)
            for count, one, many in (
                (figures[area_id], "uppgift", "uppgifter"),
                (monthly[area_id], "månadsserie", "månadsserier"),
            )
            if count
        ]
        if parts:
            areas.append(Area(area_id, area_name, f"{', '.join(parts)}."))
    return areas


def _place(names: Names, geo: str, comparison: Comparison | None, judged: pl.DataFrame) -> Place:
    """What the start page says of a municipality."""
    name, county = names.place(geo), county_of(geo)
    counts = dict.fromkeys((status.value for status in Status), 0)
    share = None
    if comparison is not None:
        statuses = Counter(comparison.rows["status"])
        counts = {status: statuses[status] for status in counts}
        share = comparison.rows.select(_POINTS.mean())[0, 0]
    return Place(
        slug(geo, name),
        name,
        county,
        names.place(county),
        sum(counts.values()),
        counts,
        "–" if share is None else swedish(share, 1),
        share,
        judged.height,
    )
