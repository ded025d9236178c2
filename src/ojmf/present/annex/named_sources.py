"""The sources of a municipality's table, as they are named under it and beside each area."""

from __future__ import annotations

import polars as pl

from ojmf.present.annex.documents import dated_name, document_name
from ojmf.present.annex.rows import Comparison
from ojmf.present.marks import extent

_MOST_TABLES = 5


def area_source(comparison: Comparison, rows: pl.DataFrame) -> str:
    """The documents, tables and lines that an area's rows are from; empty where none is known.

    Of a document with many tables, as one of an API has, only the first and last place is said.
    """
    said = []
    for source in comparison.sources:
        tables = _extent(rows.filter(source_id=source.id), ["table"])
        places = [f"{table}, {extent(*where)}" for table, *where in tables.iter_rows()]
        if len(places) > _MOST_TABLES:
            _, *whole = _extent(rows.filter(source_id=source.id), ["source_id"]).row(0)
            places = [extent(*whole)]
        if places:
            said.append(f"{document_name(source)}, {'; '.join(places)}")
    return "; ".join(said)


def source_places(comparison: Comparison) -> dict[str, str]:
    """Where in each document a municipality's own figures stand."""
    spans = dict(provenance(comparison).select("Källa", "Rader").iter_rows())
    # A span of lines is bare figures, for it stands under the heading Rader elsewhere.
    return {
        source_id: f"Rad {span} i dokumentets textversion"
        if span.partition("–")[0].isdigit()
        else f"{span[:1].upper()}{span[1:]}"
        for source_id, span in spans.items()
    }


def named_beside(comparison: Comparison) -> list[str]:
    """The sources of what a municipality is compared with, where they are others than its own."""
    documents = [f"{dated_name(source)} (det som jämförs med)" for source in comparison.beside]
    return [*documents, *(f"{target} (mål)" for target in comparison.targets)]


def _extent(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The first and the last place of each group, by line, and its number of rows."""
    ordered = pl.col("place").sort_by("line")
    return rows.group_by(by, maintain_order=True).agg(
        ordered.first().alias("first"), ordered.last().alias("last"), pl.len()
    )


def provenance(comparison: Comparison) -> pl.DataFrame:
    """One row per source: where the figures come from, under Swedish headings.

    Those that only have what a municipality is compared with have no rows of its own.
    """
    extents = {
        source_id: (extent(*where).removeprefix("rad "), where[-1])
        for source_id, *where in _extent(comparison.rows, ["source_id"]).iter_rows()
    }
    return pl.DataFrame(
        [
            (
                source.id,
                source.title,
                source.publisher,
                source.diary_number or "",
                source.date.isoformat(),
                source.called,
                *extents.get(source.id, ("", None)),
                source.sha256,
            )
            for source in (*comparison.sources, *comparison.beside)
        ]
        + [
            ("", target, "", "", "", "beslut om mål", "", None, "") for target in comparison.targets
        ],
        schema=[
            "Källa",
            "Titel",
            "Utgivare",
            "Diarienummer",
            "Datum",
            "Dokument",
            "Rader",
            "Indikatorer",
            "SHA-256",
        ],
        orient="row",
    )
