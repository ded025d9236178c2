"""What a workspace's sources are, a row each."""

from __future__ import annotations

import polars as pl

from ojmf.declarations.loading import Declarations

SOURCES = pl.Schema(
    {
        "source_id": pl.String,
        "title": pl.String,
        "publisher": pl.String,
        "geo": pl.String,
        "date": pl.Date,
        "reporting_period": pl.String,
        "diary_number": pl.String,
        "document": pl.String,
        "sha256": pl.String,
        "licence": pl.String,
        "tables": pl.Int64,
        "corrections": pl.Int64,
    }
)
"""One row per source; ``tables`` and ``corrections`` are counts, null for what is no report."""


def sources(declarations: Declarations) -> pl.DataFrame:
    """Every source of the workspace, in the schema ``SOURCES``: reports first."""
    printed = [
        source.model_dump(include=set(SOURCES))
        | {
            "source_id": source.id,
            "tables": len(source.table),
            "corrections": len(source.correction),
        }
        for source in declarations.sources.values()
    ]
    fetched = [
        source.declaration.model_dump(include=set(SOURCES)) | {"source_id": source.declaration.id}
        for source in declarations.fetched.values()
    ]
    references = [
        {
            "source_id": name,
            "title": f"Värden för alla kommuner: {file.declaration.indicator}",
            "reporting_period": file.declaration.period,
            "document": file.declaration.source,
        }
        for name, file in declarations.references.items()
    ]
    rows = [dict.fromkeys(SOURCES) | row for row in (*printed, *fetched, *references)]
    return pl.DataFrame(rows, schema=SOURCES, orient="row")
