"""One municipality's table beside the county and the country, with each row's source.

The rows are those of the printed annexes: indicator, own answer, county, country and comment.
Status and gaps come from ``compare``; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from ojmf import compare
from ojmf.declarations import Source
from ojmf.geography import county_of, resolve_municipality
from ojmf.model import COUNTRY
from ojmf.present.citation import Citation, Figures
from ojmf.present.views import Names

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

KEY = ["area_id", "indicator_id"]
ROWS = pl.Schema(
    {
        "area_id": pl.String,
        "area_name": pl.String,
        "indicator_id": pl.String,
        "label": pl.String,
        "answer": pl.String,
        "status": pl.String,
        "county": pl.Float64,
        "county_decimals": pl.Int8,
        "country": pl.Float64,
        "country_decimals": pl.Int8,
        "gap_county": pl.Float64,
        "gap_country": pl.Float64,
        "comment": pl.String,
        "source_id": pl.String,
        "table": pl.String,
        "line": pl.Int32,
        "period_end": pl.Date,
        "citation": pl.String,
    }
)
"""One row per indicator, as printed. ``county`` and ``country`` are shares (%) with the printed
number of decimals, the gaps percentage points. ``comment`` is null where there is none.
``citation`` is the id against the county."""

Comments = Mapping[tuple[str, str], str]
"""Comments by area and indicator."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A municipality's table: ``rows`` is ``ROWS``, ``areas`` what ``compare.areas`` returns."""

    geo: str
    place: str
    county: str
    country: str
    rows: pl.DataFrame
    areas: pl.DataFrame
    sources: tuple[Source, ...]

    def area(self, area_id: str) -> pl.DataFrame:
        """The rows of one area."""
        return self.rows.filter(pl.col("area_id") == area_id)


def compare_rows(
    workspace: Workspace,
    kommun: str,
    *,
    area: str | None = None,
    comments: Comments | None = None,
    observations: pl.DataFrame | None = None,
) -> Comparison:
    """The table of a municipality, in printed order.

    A comment comes from ``comments``; without it the row says on which line the document has
    one. ``observations`` are those of the workspace unless given. Raises as ``compare.status``.
    """
    cells = workspace.observations() if observations is None else observations
    indicators, geography = workspace.indicators, workspace.geography
    geo = resolve_municipality(kommun, geography)
    given = (cells, indicators, geo)
    county = compare.status(*given, area=area, geography=geography)
    country = compare.status(*given, against=COUNTRY, area=area, geography=geography)
    rows = (
        county.rename({"reference": "county", "gap": "gap_county"})
        .join(
            country.select(
                *KEY, pl.col("reference").alias("country"), pl.col("gap").alias("gap_country")
            ),
            on=KEY,
            maintain_order="left",
        )
        .join(
            _printed(cells, geo), on=[*KEY, "document", "line"], how="left", maintain_order="left"
        )
        .join(indicators.select(*KEY, "area_name"), on=KEY, how="left", maintain_order="left")
    )
    for name, place in (("county_decimals", county_of(geo)), ("country_decimals", COUNTRY)):
        rows = rows.join(
            _decimals(cells, place, name),
            on=[*KEY, "period_end"],
            how="left",
            maintain_order="left",
            nulls_equal=True,
        )
    rows = _with_comments(rows, comments or {})
    rows = rows.with_columns(citation=_citations(rows, geo)).select(ROWS.names()).cast(ROWS)
    names = Names(indicators, geography)
    used = rows["source_id"].drop_nulls().unique(maintain_order=True)
    return Comparison(
        geo,
        names.place(geo),
        names.place(county_of(geo)),
        names.place(COUNTRY),
        rows,
        compare.areas(*given, area=area, geography=geography),
        tuple(workspace.sources[source_id] for source_id in used if source_id in workspace.sources),
    )


def _printed(cells: pl.DataFrame, geo: str) -> pl.DataFrame:
    """The municipality's own cell: its answer, note, table, source and period."""
    return (
        cells.filter(pl.col("geo") == geo)
        .select(*KEY, "document", "line", "answer", "note", "source_id", "table", "period_end")
        .unique(subset=[*KEY, "document", "line"], keep="first", maintain_order=True)
    )


def _decimals(cells: pl.DataFrame, geo: str, name: str) -> pl.DataFrame:
    return (
        cells.filter(pl.col("geo") == geo)
        .group_by([*KEY, "period_end"])
        .agg(pl.col("decimals").max().alias(name))
    )


def _with_comments(rows: pl.DataFrame, comments: Comments) -> pl.DataFrame:
    given = pl.DataFrame(
        [(*key, text) for key, text in comments.items()],
        schema={"area_id": pl.String, "indicator_id": pl.String, "given": pl.String},
        orient="row",
    )
    line = pl.col("note").str.extract(r"kommentar på (rad \d+)")
    return rows.join(given, on=KEY, how="left", maintain_order="left").with_columns(
        comment=pl.coalesce("given", pl.lit("se ") + line)
    )


def _citations(rows: pl.DataFrame, geo: str) -> pl.Series:
    """The citation id of each row against the county; null where no source has the row."""
    columns = ("indicator_id", "source_id", "answer", "county")
    return pl.Series(
        [
            str(Citation(geo, indicator, county_of(geo), source, Figures(answer, share).checksum()))
            if source
            else None
            for indicator, source, answer, share in rows.select(columns).iter_rows()
        ],
        dtype=pl.String,
    )
