"""The pages of one municipality: an overview and one page per area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from ojmf.compare.answers import ANSWER_METHOD
from ojmf.compare.figures import FACTS
from ojmf.geography import county_of
from ojmf.model import COUNTRY, Status
from ojmf.present import charts
from ojmf.present.annex.rows import Comparison, compare_rows
from ojmf.present.charts.areas import counted
from ojmf.present.site import answers, measures, pages
from ojmf.present.site.overview import POINTS, Place, answer_areas, measure_areas, place_of
from ojmf.present.site.pictures import draw
from ojmf.present.site.provenance import Provenance
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.present.words import NO_COMPARISON, VERDICT_LABELS
from ojmf.workspace import Workspace

BASE = "../"


@dataclass(frozen=True, slots=True)
class Given:
    """What every page is made from."""

    workspace: Workspace
    observations: pl.DataFrame
    names: Names
    provenance: Provenance


def municipality(
    given: Given, geo: str, pairs: Sequence[pages.Link]
) -> tuple[Place, dict[str, bytes]]:
    """A municipality's files by name in its folder; ``pairs`` are links seen from there."""
    name = given.names.place(geo)
    near = given.observations.filter(pl.col("geo").is_in([geo, county_of(geo), COUNTRY]))
    comparison = (
        compare_rows(given.workspace, geo, observations=near)
        if _asked(near, given.workspace.indicators, geo)
        else None
    )
    judged = measures.judged(given.workspace, given.observations, geo)
    series = measures.monthly_series(given.workspace, near, geo)
    areas = [] if comparison is None else answer_areas(comparison)
    figure_areas = measure_areas(given.names, judged, series)
    files: dict[str, bytes] = {}
    links = [(area["area_id"], area["area_name"]) for area in (*areas, *figure_areas)]
    common = {"name": name, "all_areas": links}
    crumbs: pages.Crumbs = [("Start", f"{BASE}index.html"), (name, "index.html")]
    rows: list[answers.AnswerRow] = []
    if comparison is not None:
        documents = {source.id: source.document for source in comparison.sources}
        rows = answers.answer_rows(comparison.rows, documents, given.provenance)
        files |= downloads("indikatorer", answers.answer_download(comparison.rows, comparison))
        for area in areas:
            files[f"{area['area_id']}.html"] = _answers(
                area, rows, comparison, crumbs, common, files
            )
    for area in figure_areas:
        files[f"{area['area_id']}.html"] = _measures(
            area, judged, series, given, crumbs, common, files
        )
    files["index.html"] = pages.page(
        "municipality",
        name,
        [crumbs[0], (name, None)],
        BASE,
        **_overview(comparison, rows, areas, files),
        **common,
        measure_areas=figure_areas,
        pairs=pairs,
    )
    return place_of(given.names, geo, comparison, judged), files


def _asked(near: pl.DataFrame, indicators: pl.DataFrame, geo: str) -> bool:
    """Whether the municipality stands among the questions of Öppna jämförelser at all."""
    questions = indicators.filter(pl.col("method") == ANSWER_METHOD)
    own = near.filter(pl.col("geo") == geo, pl.col("scenario").is_in(FACTS))
    return not own.join(questions, on=["area_id", "indicator_id"], how="semi").is_empty()


def _overview(
    comparison: Comparison | None,
    rows: list[answers.AnswerRow],
    areas: list[dict[str, Any]],
    files: dict[str, bytes],
) -> dict[str, Any]:
    if comparison is None:
        return {"rows": [], "areas": []}

    def chart(width: int) -> alt.LayerChart:
        return charts.area_chart(
            comparison.areas,
            title=f"{comparison.place}: andel på plats per område",
            own_name=comparison.place,
            county_name=comparison.county,
            width=width,
        )

    totals = comparison.areas.select(pl.col(status.value for status in Status).sum())
    return {
        "rows": rows,
        "areas": areas,
        "picture": draw("omraden", chart, files),
        "answered": sum(row.status != Status.GREY for row in rows),
        "counted": totals.select(counted())[0, 0],
        "status_options": pages.status_options({row.status for row in rows}),
        "area_options": [(area["area_id"], area["area_name"]) for area in areas],
    }


def _answers(
    area: dict[str, Any],
    rows: list[answers.AnswerRow],
    comparison: Comparison,
    crumbs: pages.Crumbs,
    common: dict[str, Any],
    files: dict[str, bytes],
) -> bytes:
    area_id, title = area["area_id"], f"{comparison.place}: {area['area_name']}"
    own = [row for row in rows if row.area_id == area_id]
    frame = comparison.area(area_id)
    files |= downloads(area_id, answers.answer_download(frame, comparison))

    def chart(width: int) -> alt.LayerChart:
        return charts.gap_chart(
            _stacked(frame, comparison.geo),
            title=f"{title}, gap mot länet och riket",
            own_name=comparison.place,
            width=width,
        )

    return pages.page(
        "answers",
        title,
        [*crumbs, (area["area_name"], None)],
        BASE,
        **common,
        here=area_id,
        area=area,
        rows=own,
        picture=draw(f"{area_id}-gap", chart, files),
        status_options=pages.status_options({row.status for row in own}),
    )


def _stacked(rows: pl.DataFrame, geo: str) -> pl.DataFrame:
    """The rows of the table as comparisons against the county and then the country."""
    own = pl.col("status").replace_strict(POINTS, default=None, return_dtype=pl.Float64)
    return pl.concat(
        rows.select(
            "area_id",
            "indicator_id",
            "label",
            own.alias("own"),
            "status",
            pl.lit(code).alias("reference_geo"),
            pl.col(name).alias("reference"),
            pl.col(f"gap_{name}").alias("gap"),
        )
        for name, code in (("county", county_of(geo)), ("country", COUNTRY))
    )


def _measures(
    area: dict[str, Any],
    judged: pl.DataFrame,
    series: Sequence[measures.Monthly],
    given: Given,
    crumbs: pages.Crumbs,
    common: dict[str, Any],
    files: dict[str, bytes],
) -> bytes:
    area_id = area["area_id"]
    frame = judged.filter(pl.col("area_id") == area_id)
    if not frame.is_empty():
        files |= downloads(area_id, measures.measure_download(frame))
    rows = measures.measure_rows(frame, given.provenance)
    labels = _labels(given.workspace, area_id)
    drawn = [
        measures.series(
            f"{area_id}-serie-{place}",
            labels[said["indicator_id"]],
            points,
            said,
            given.provenance,
            files,
        )
        for place, (points, said) in enumerate(series, start=1)
        if said["area_id"] == area_id
    ]
    present = {row.verdict for row in rows}
    options = [(value, text) for value, text in VERDICT_LABELS.items() if value in present]
    return pages.page(
        "measures",
        f"{common['name']}: {area['area_name']}",
        [*crumbs, (area["area_name"], None)],
        BASE,
        **common,
        here=area_id,
        area=area,
        rows=rows,
        compared=bool(options),
        verdict_options=[*options, ("none", NO_COMPARISON)] if "none" in present else options,
        series=drawn,
    )


def _labels(workspace: Workspace, area_id: str) -> dict[str, str]:
    known = workspace.indicators
    own = known.filter(known["area_id"] == area_id)
    return dict(own.select("indicator_id", "name").iter_rows())
