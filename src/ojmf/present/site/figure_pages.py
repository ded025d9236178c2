"""The pages and the downloads of the areas of figures of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from ojmf.model import Status
from ojmf.present.formats import period
from ojmf.present.marks import all_marks, computed, computed_together, place_columns
from ojmf.present.site import pages
from ojmf.present.site.measures import Measured
from ojmf.present.site.series import month_of, series_page, years_of
from ojmf.present.spreadsheets import downloads
from ojmf.present.tables import where_filled
from ojmf.present.units import unit_word
from ojmf.present.view_columns import gap_unit
from ojmf.present.words import STATUS_LABELS, VERDICT_LABELS


def measure_download(rows: pl.DataFrame) -> pl.DataFrame:
    """The judged figures of an area with numbers and all that the page leaves out."""
    told = (computed().alias("Jämförelsens tal"), all_marks(rows.columns).alias("Märkning"))
    found, marked = ([one] if rows.select(one.is_not_null().any()).item() else [] for one in told)
    coloured = pl.col("status") != Status.GREY.value
    words = pl.when(coloured).then(pl.col("status").replace(STATUS_LABELS))
    return rows.select(
        pl.col("name").alias("Mått"),
        unit_word(name="name").alias("Enhet"),
        period().alias("Period"),
        pl.col("own").alias("Värde"),
        pl.col("_with").alias("Jämfört med"),
        pl.col("reference").alias("Referens"),
        pl.col("gap").alias("Skillnad"),
        *where_filled(rows, gap_unit("name")),
        pl.coalesce(words, pl.col("verdict").replace(VERDICT_LABELS)).alias("Bedömning"),
        pl.col("reason").alias("Förklaring"),
        pl.col("document").alias("Dokument"),
        *found,
        *place_columns(rows),
        *marked,
    )


def _computed(rows: pl.DataFrame) -> str:
    """How the references of an area's figures were found, where they were; else empty."""
    known = rows.drop_nulls("reference").partition_by("_with", maintain_order=True)
    told = [f"{part['_with'][0]}{how}" for part in known if (how := computed_together(part))]
    return f"Jämförelsens tal: {'; '.join(told)}." if told else ""


def measure_pages(
    measured_here: Measured, crumbs: Callable[[str], pages.Crumbs], links: Sequence[pages.Link]
) -> dict[str, bytes]:
    """The pages of the areas of figures and of their series, with pictures and downloads."""
    files: dict[str, bytes] = {}
    for area in measured_here.areas:
        if not area.judged.is_empty():
            files |= downloads(area.area_id, measure_download(area.judged))
        files[f"{area.area_id}.html"] = pages.page(
            "measures",
            f"{area.area_name} i {measured_here.name}",
            crumbs(area.area_name),
            "../",
            name=measured_here.name,
            about=area.about,
            area=area,
            rows=[row for table in area.tables for row in table.rows],
            computed=_computed(area.judged),
            years=years_of(area.series),
            month=month_of(area.series),
            all_areas=links,
            here=area.area_id,
        )
        for one in area.series:
            files |= series_page(
                one,
                measured_here.name,
                (area.area_id, area.area_name),
                area.about,
                measured_here.provenance,
                crumbs,
            )
    return files
