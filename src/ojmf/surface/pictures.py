"""Charts of what is chosen: gaps, areas and a series over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.errors import SelectionError, UsageError
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, county_of, resolve_municipality
from ojmf.present import charts
from ojmf.present.formats import period_in_words
from ojmf.present.marks import computed_by_place
from ojmf.present.views import Names
from ojmf.surface.chosen import named_reference
from ojmf.surface.orders import no_gap

if TYPE_CHECKING:
    import altair as alt

    from ojmf.surface.chosen import Chosen
    from ojmf.workspace import Workspace

_REFERENCES = (COUNTY_OF_OWN, COUNTRY_WORD)
_ONE = ["area_id", "indicator_id", "sex", "period_start", "period_end", "period_kind", "unit"]
"""What an indicator of one municipality is known by."""


def gap_pictures(
    chosen: Chosen, against: str | None, top: int | None, *, width: int
) -> tuple[dict[str, alt.LayerChart], int]:
    """A chart for each area of answers and each axis of figures, by a name for its file.

    Against the county and the country both where ``against`` is None. Also how many figures have
    nothing to stand beside and are in none. Raises ``UsageError`` for several municipalities, and
    ``SelectionError`` where there is nothing to draw.
    """
    if chosen.several:
        raise UsageError("Ett diagram är av en kommun i taget. Ange en kommun.")
    rows = chosen.compared(_REFERENCES if against is None else [against])
    if top is not None:
        rows = _largest(rows, top)
    own = chosen.names.place(chosen.geos[0])
    answered = rows["method"] == ANSWER_METHOD
    answers, figures = rows.filter(answered), charts.drawable(rows.filter(~answered))
    if figures.is_empty() and answers["gap"].is_null().all():
        raise SelectionError(no_gap(chosen, against or COUNTY_OF_OWN))
    parts = charts.sharing_an_axis(figures, by_area=top is None)
    if not answers.is_empty():
        by_area = answers.partition_by("area_id", maintain_order=True)
        asked = {"svar": answers} if top is not None else {p["area_id"][0]: p for p in by_area}
        parts = {**asked, **parts}
    left = rows.filter(~answered, pl.col("own").is_not_null())
    left = left.join(figures, on=_ONE, how="anti", nulls_equal=True).unique(_ONE)
    drawn = {name: _gap_chart(chosen, part, own, against, width) for name, part in parts.items()}
    return drawn, left.height


def _gap_chart(
    chosen: Chosen, part: pl.DataFrame, own: str, against: str | None, width: int
) -> alt.LayerChart:
    several = part["area_id"].n_unique() != 1
    title = own if several else f"{own}: {chosen.names.areas[part['area_id'][0]]}"
    if part["method"][0] != ANSWER_METHOD:
        called = chosen.names.places
        return charts.figure_chart(part, title=title, own_name=own, names=called, width=width)
    beside = "länet och riket" if against is None else named_reference(chosen, part, "länet")
    called = {} if against is None else {part["reference_geo"][0]: beside}
    title = f"{title}{_when(part)}, jämfört med {beside}"
    return charts.gap_chart(part, title=title, own_name=own, names=called, width=width)


def _when(rows: pl.DataFrame) -> str:
    """The period of answers that all have the same one, as it stands in a title."""
    periods = rows.select(period_in_words()).to_series().drop_nulls().unique()
    return f" {periods[0]}" if len(periods) == 1 else ""


def _largest(rows: pl.DataFrame, top: int) -> pl.DataFrame:
    """The rows of the indicators whose gaps are the most negative, against the first reference."""
    from ojmf.compare.weighing import largest_gaps

    places = rows.filter(rows["reference_geo"] != rows["geo"])["reference_geo"]
    first = places[0] if len(places) else rows["reference_geo"][0]
    chosen = largest_gaps(rows.filter(reference_geo=first)).head(top).select(_ONE)
    return chosen.join(rows, on=_ONE, how="left", nulls_equal=True, maintain_order="left_right")


def area_picture(workspace: Workspace, kommun: str, *, width: int) -> alt.LayerChart:
    """The share of JA of every area beside the county's and the country's.

    Raises ``SelectionError`` for an unknown municipality and for one without answers.
    """
    from ojmf.compare.answers import areas_of
    from ojmf.compare.frame import Selection

    geo = resolve_municipality(kommun, workspace.geography)
    names = Names(workspace.indicators, workspace.places)
    answers = Selection(methods=(ANSWER_METHOD,))
    if not workspace.has_answers([geo], answers):
        raise SelectionError(
            f"{names.place(geo)} har inga svar i Öppna jämförelser, och bara av svar görs en andel "
            f"JA. Mått ritas av ojmf chart gaps --kommun {geo} --output FIL.svg."
        )
    rows = workspace.compared([geo], _REFERENCES, answers)
    return charts.area_chart(
        areas_of(rows, workspace.indicators),
        title=f"{names.place(geo)}: andel JA per område{_when(rows)}",
        own_name=names.place(geo),
        county_name=names.place(county_of(geo)),
        computed=computed_by_place(rows),
        width=width,
    )


def trend_picture(
    workspace: Workspace, kommun: str, indicator: str, *, screening: bool, width: int
) -> alt.LayerChart:
    """A series with its mean and limits, the longest where the indicator has several.

    ``indicator`` is an id, a name or a printed label. Raises ``SelectionError`` where there is no
    such series, and where it may be several indicators.
    """
    from ojmf.compare.over_time import traced_points

    points = traced_points(
        workspace.observations(),
        workspace.indicators,
        kommun,
        geography=workspace.geography,
        charts=workspace.charts,
        screened=screening,
    )
    names = Names(workspace.indicators, workspace.places)
    own = names.place(resolve_municipality(kommun, workspace.geography))
    series = max(_series(points, workspace.indicators, indicator, own), key=len)
    title = f"{own}: {series['label'][0]}"
    by_ranges = "xmr" in series["chart"]
    return charts.trend_chart(series, title=title, screened=screening or not by_ranges, width=width)


def _series(
    points: pl.DataFrame, indicators: pl.DataFrame, wanted: str, own: str
) -> list[pl.DataFrame]:
    """The series of one indicator; ``SelectionError`` where there is none, or where several are."""
    from ojmf.declarations.called import indicators_called
    from ojmf.suggestions import did_you_mean

    named = points.select("indicator_id", "label").unique(maintain_order=True)
    meant = indicators_called(wanted, indicators, named.iter_rows())
    known = [one for one in meant if one in named["indicator_id"]]
    if not known:
        near = did_you_mean(wanted, [*named["label"], *named["indicator_id"]])
        raise SelectionError(f"{own} har ingen tidsserie för ”{wanted}”. {near}")
    if len(known) > 1:
        raise SelectionError(
            f"”{wanted}” är flera tidsserier. Ange id:t för en av dem: {', '.join(known)}."
        )
    return charts.series_of(points.filter(points["indicator_id"] == known[0]))
