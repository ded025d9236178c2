"""What people see of a shared store: its versions, its imports, and the values of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from ojmf.present.tables import Column, View

if TYPE_CHECKING:
    from ojmf.store.publishing import Published

_SHORT = 12  # characters of a checksum
_EVENTS = {"new": "ny", "changed": "ändrad", "removed": "borttagen"}

_WHEN = pl.col("at").dt.strftime("%Y-%m-%d %H:%M UTC")
_VERSION = Column("Version", pl.col("version").cast(pl.String), figures=True)
_SOURCE = Column("Källa", pl.col("source_id"))
_DOCUMENT = Column("Dokument", pl.col("document"))
_BY = Column("Av", pl.col("by").replace("", None), optional=True)
_COUNTS = (
    Column("Uppgifter", pl.col("figures").cast(pl.String), figures=True),
    Column("Platser", pl.col("places").cast(pl.String), figures=True),
)

LOG: View = (
    _VERSION,
    Column("När", _WHEN),
    # What other programs and the cleaning do has no source.
    Column("Källa", pl.coalesce("source_id", pl.col("operation").str.to_lowercase())),
    _DOCUMENT,
    *_COUNTS,
    _BY,
    Column("Dokumentets SHA-256", pl.col("sha256").str.head(_SHORT)),
    Column("Kontrollernas SHA-256", pl.col("suites").str.head(_SHORT)),
)
"""Of ``store.commits.LOG``."""

IMPORTS: View = (
    _SOURCE,
    _DOCUMENT,
    *_COUNTS,
    Column("Från", pl.col("first").cast(pl.String)),
    Column("Till", pl.col("last").cast(pl.String)),
    _VERSION,
    Column("När", _WHEN),
    _BY,
)
"""Of ``store.table.IMPORTS``."""

HISTORY: View = (
    _VERSION,
    Column("När", _WHEN),
    Column("Ändring", pl.col("event").replace(_EVENTS)),
    Column("Period", pl.format("{}–{}", "period_start", "period_end")),
    Column("Kön", pl.col("sex")),
    Column("Utfall eller plan", pl.col("scenario")),
    Column("Värde", pl.col("raw"), figures=True),
    Column("Enhet", pl.col("unit")),
    _SOURCE,
    _DOCUMENT,
    Column("Plats", pl.col("place")),
    _BY,
)
"""Of ``store.history.HISTORY``."""

PUBLISHED: View = (
    _SOURCE,
    Column("Uppgifter", pl.col("figures").cast(pl.String), figures=True),
    Column("Vad", pl.col("what")),
    _VERSION,
)
"""Of :func:`published`."""


def published(done: Sequence[Published]) -> pl.DataFrame:
    """What became of each import: ``source_id``, ``figures``, ``what`` and ``version``."""
    rows = [
        (
            one.imported.source_id,
            one.imported.figures,
            "finns redan"
            if one.version is None
            else "ny"
            if one.replaced is None
            else f"ersätter version {one.replaced}",
            one.version,
        )
        for one in done
    ]
    schema = {
        "source_id": pl.String,
        "figures": pl.Int64,
        "what": pl.String,
        "version": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
