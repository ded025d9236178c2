"""The sources of a workspace as a frame: reports, fetched figures and reference values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

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


def sources(workspace: Workspace) -> pl.DataFrame:
    """Every source of the workspace, in the schema ``SOURCES``: reports first."""
    printed = [
        source.model_dump(include=set(SOURCES))
        | {
            "source_id": source.id,
            "tables": len(source.table),
            "corrections": len(source.correction),
        }
        for source in workspace.sources.values()
    ]
    fetched = [
        source.declaration.model_dump(include=set(SOURCES)) | {"source_id": source.declaration.id}
        for source in workspace.fetched.values()
    ]
    references = [
        {
            "source_id": name,
            "title": f"Värden för alla kommuner: {file.declaration.indicator}",
            "reporting_period": file.declaration.period,
            "document": file.declaration.source,
        }
        for name, file in workspace.references.items()
    ]
    rows = [dict.fromkeys(SOURCES) | row for row in (*printed, *fetched, *references)]
    return pl.DataFrame(rows, schema=SOURCES, orient="row")
