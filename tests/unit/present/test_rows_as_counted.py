"""What an area counts of its figures is what their rows say, in tables, workbooks and on sites."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from ojmf.compare.areas_of_figures import BETTER_OR_WORSE, nearest
from ojmf.compare.figures import NUMERIC_METHODS
from ojmf.compare.frame import Selection
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import ReferenceKind, Status
from ojmf.present.annex.rows import Asked, compare_rows
from ojmf.present.annex.views import status_label
from ojmf.present.report.figure_text import figure_gaps
from ojmf.present.site.measures import judged
from ojmf.present.views import Names
from ojmf.present.words import NO_VERDICT_LABEL, STATUS_LABELS, VERDICT_LABELS
from ojmf.workspace import Workspace

COUNTED = {status.value: STATUS_LABELS[status.value] for status in Status} | {
    name: VERDICT_LABELS[verdict] for name, verdict in BETTER_OR_WORSE.items()
}


@pytest.fixture(scope="module")
def land(made_up_country: Path) -> Workspace:
    return Workspace.open(made_up_country)


def own(workspace: Workspace) -> str:
    return str(min(filter(None, workspace.groups["of"])))


@pytest.mark.parametrize("against", [None, "fjolaret", "liknande", "mal"])
@pytest.mark.parametrize("embedded", [False, True])
def test_rows_say_what_their_area_counts(
    land: Workspace, against: str | None, *, embedded: bool
) -> None:
    workspace = Workspace.open() if embedded else land
    if embedded and against in ("liknande", "mal"):
        pytest.skip("the embedded reports have neither")
    geo = "0184" if embedded else own(workspace)
    table = compare_rows(workspace, geo, asked=Asked(methods=(), against=against))
    figures = table.rows.filter(pl.col("method") != ANSWER_METHOD)
    for area in table.figure_areas.to_dicts():
        rows = figures.filter(area_id=area["area_id"])
        said = Counter(rows.select(status_label()).to_series())
        told = {label: area[name] for name, label in COUNTED.items() if area.get(name)}
        assert {label: n for label, n in said.items() if label != NO_VERDICT_LABEL} == told
        assert sum(told.values()) + area["unjudged"] == area["with_gap"]
        gaps = rows.select(
            pl.any_horizontal(
                pl.col(f"gap_{side}").is_not_null() for side in ("county", "country", "beside")
            ).alias("there"),
            status_label().alias("said"),
        )
        assert gaps["there"].sum() == area["with_gap"]
        assert gaps.filter("there", said=NO_VERDICT_LABEL).height == area["unjudged"]


def test_the_site_says_of_as_many_that_they_can_be_compared(land: Workspace) -> None:
    geo = own(land)
    compared = land.compared(geo, ["lan", "riket"], Selection())
    figures = compared.filter(pl.col("method") != ANSWER_METHOD)
    # As where no county is known, and the country stands in for it.
    alone = pl.col("reference_kind") == ReferenceKind.COUNTY.value
    lacking = figures.with_columns(
        pl.when(~alone).then(name).alias(name)
        for name in ("reference", "gap", "gap_better", "gap_relative", "verdict")
    )
    for rows in (figures, lacking):
        shown = judged(land, Names(land.indicators, land.geography), rows)
        gaps = shown.filter(pl.col("gap").is_not_null())
        series = ["area_id", "indicator_id", "sex", "unit", "period_kind"]
        there = nearest(rows).filter(pl.col("gap").is_not_null())
        assert gaps.select(series).unique().height == there.height


def test_tables_reports_and_sites_name_the_same_largest_difference() -> None:
    """An area of one unit is ranked by it, whatever the units of the municipality's other areas."""
    workspace = Workspace.open()
    table = compare_rows(workspace, "0381")
    areas = {row["area_id"]: row for row in table.figure_areas.to_dicts()}
    names = Names(workspace.indicators, workspace.geography)
    compared = workspace.compared("0381", ["lan", "riket"], Selection(methods=NUMERIC_METHODS))
    told = judged(workspace, names, compared)
    for area_id in ("ekonomi", "volymer"):
        (worst, *_) = figure_gaps(table.area(area_id, answers=False)).rows
        assert areas[area_id]["largest_label"] == worst["label"]
        worse = told.filter(pl.col("area_id") == area_id, pl.col("verdict") == "worse")
        assert worse.sort("gap")["label"][0] == worst["label"]
