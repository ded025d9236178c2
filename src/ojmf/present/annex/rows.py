"""One municipality's table beside the county and the country, with each row's source.

The rows are those of the printed annexes: indicator, own answer, county, country and comment.
Status and gaps come from ``compare``; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from ojmf.compare.answers import areas_of, traced_status
from ojmf.compare.figures import KEY
from ojmf.declarations import Source
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, county_of, resolve_municipality
from ojmf.model import COUNTRY
from ojmf.present.citation import Citation, Figures
from ojmf.present.marks import mark_of
from ojmf.present.views import Names

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

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
        "place": pl.String,
        "mark": pl.String,
        "county_mark": pl.String,
        "country_mark": pl.String,
        "period_end": pl.Date,
        "citation": pl.String,
    }
)
"""One row per indicator, as printed. ``county`` and ``country`` are shares (%) with the printed
number of decimals, the gaps percentage points. ``comment`` is null where there is none.
``place`` is where the answer is printed; the marks say which figures are corrected or unconfirmed.
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
    rows = traced_status(
        *given, against=[COUNTY_OF_OWN, COUNTRY_WORD], area=area, geography=geography
    )
    country = pl.col("reference_geo") == COUNTRY
    beside = rows.filter(country).select(*KEY, *_reference("country"))
    given_comments = pl.DataFrame(
        [(*key, text) for key, text in (comments or {}).items()],
        schema={"area_id": pl.String, "indicator_id": pl.String, "given": pl.String},
        orient="row",
    )
    table = (
        rows.filter(~country)
        .with_columns(*_reference("county"), mark_of().alias("mark"))
        .join(beside, on=KEY, maintain_order="left")
        .join(indicators.select(*KEY, "area_name"), on=KEY, how="left", maintain_order="left")
        .join(given_comments, on=KEY, how="left", maintain_order="left")
        .join(workspace.comments(), on=("source_id", "line"), how="left", maintain_order="left")
        .with_columns(comment=pl.coalesce("given", pl.format("se rad {}", "comment_line")))
    )
    table = table.with_columns(citation=_citations(table, geo)).select(ROWS.names()).cast(ROWS)
    names = Names(indicators, geography)
    used = table["source_id"].drop_nulls().unique(maintain_order=True)
    return Comparison(
        geo,
        names.place(geo),
        names.place(county_of(geo)),
        names.place(COUNTRY),
        table,
        areas_of(rows, indicators),
        tuple(workspace.sources[source_id] for source_id in used if source_id in workspace.sources),
    )


def _reference(name: str) -> list[pl.Expr]:
    """The reference of a row as ``county`` or ``country``, with its decimals, gap and mark."""
    return [
        pl.col("reference").alias(name),
        pl.col("reference_decimals").alias(f"{name}_decimals"),
        pl.col("gap").alias(f"gap_{name}"),
        mark_of("reference_").alias(f"{name}_mark"),
    ]


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
