"""Which questions of the catalogue a report should answer, and which of them it does."""

from __future__ import annotations

import polars as pl

from ojmf.errors import OjmfError
from ojmf.periods import parse_period
from ojmf.validate.context import ANSWERS
from ojmf.workspace import Workspace

_AREA = ["source_id", "area_id"]


def coverage(workspace: Workspace, frame: pl.DataFrame) -> pl.DataFrame:
    """One row per source and indicator that it should have of an area of questions.

    ``frame`` is as ``with_context`` returns it. ``printed_rows`` counts the rows of the indicator
    in the source. An area is expected of a source that declares a table of questions in it, or
    that has rows in it, and of it the questions that were asked in the year reported on. Of a
    source that has less than half of them, which is no report on the area, only those are that an
    earlier source of the place has; one row for the area says in ``some_of`` how many it has.
    """
    asked = _asked(workspace, frame)
    there = pl.col("printed_rows") > 0
    some = there.any().over(_AREA) & (2 * there.sum().over(_AREA) < pl.len().over(_AREA))
    partial = asked.filter(some)
    if partial.is_empty():
        expected = asked.with_columns(some_of=pl.lit(None, pl.String))
    else:
        had = _had_before(workspace, partial)
        due = partial.join(had, [*_AREA, "indicator_id"], "semi", maintain_order="left")
        areas = partial.group_by(*_AREA, "document", "area_name", maintain_order=True).agg(
            pl.col("table").drop_nulls().first(),
            row_label=pl.col("area_name").first(),
            some_of=pl.format("{} av {}", there.sum(), pl.len()),
        )
        expected = pl.concat([asked.filter(~some), due, areas], how="diagonal")
    return expected.with_row_index("row")


def _asked(workspace: Workspace, frame: pl.DataFrame) -> pl.DataFrame:
    """One row per source and question of its areas that was asked in the year reported on."""
    names = set(frame["source_id"].unique())
    declared = pl.DataFrame(
        [
            (source.id, source.document, table.area, table.title)
            for source in workspace.sources.values()
            if source.id in names
            for table in source.table
            if table.kind == ANSWERS
        ],
        schema=dict.fromkeys(["source_id", "document", "area_id", "table"], pl.String),
        orient="row",
    )
    met = (
        frame.filter(pl.col("kind") == ANSWERS)
        .select("source_id", "document", "area_id", "table")
        .drop_nulls(_AREA)
    )
    expected = pl.concat([declared, met]).unique(_AREA, maintain_order=True)
    years = pl.DataFrame(
        [(s.id, parse_period(s.reporting_period).end.year) for s in workspace.sources.values()],
        schema={"source_id": pl.String, "year": pl.Int32},
        orient="row",
    )
    counts = frame.group_by(*_AREA, "indicator_id").agg(printed_rows=pl.len())
    return (
        expected.join(
            workspace.indicators.select("area_id", "area_name", "indicator_id", row_label="name"),
            "area_id",
            maintain_order="left_right",
        )
        .join(workspace.catalogue.asked(), "indicator_id", "left", maintain_order="left")
        .join(years, "source_id", "left", maintain_order="left")
        .filter(
            (pl.col("asked_from") <= pl.col("year")).fill_null(value=True),
            (pl.col("asked_to") >= pl.col("year")).fill_null(value=True),
        )
        .drop("asked_from", "asked_to", "year")
        .join(counts, [*_AREA, "indicator_id"], "left", maintain_order="left")
        .with_columns(pl.col("printed_rows").fill_null(0).cast(pl.Int64))
    )


def _had_before(workspace: Workspace, partial: pl.DataFrame) -> pl.DataFrame:
    """The questions that earlier sources of the same places have of areas, by source and area.

    All of the area's where the earlier sources cannot be read.
    """
    earlier = pl.DataFrame(
        [
            (source_id, area_id, other.id)
            for source_id, area_id in partial.select(_AREA).unique(maintain_order=True).iter_rows()
            if (source := workspace.sources.get(source_id)) is not None
            for other in workspace.sources.values()
            if other.geo == source.geo
            and parse_period(other.reporting_period).end < parse_period(source.reporting_period).end
            and any(table.area == area_id and table.kind == ANSWERS for table in other.table)
        ],
        schema=dict.fromkeys([*_AREA, "earlier_id"], pl.String),
        orient="row",
    )
    if earlier.is_empty():
        return partial.select(*_AREA, "indicator_id").clear()
    try:
        observed = (
            workspace.scan_recorded()
            .filter(pl.col("source_id").is_in(earlier["earlier_id"].unique().to_list()))
            .select("indicator_id", "area_id", earlier_id="source_id")
            .unique()
            .collect()
        )
    except OjmfError:
        return partial.select(*_AREA, "indicator_id")
    return earlier.join(observed, ["area_id", "earlier_id"]).select(*_AREA, "indicator_id")
