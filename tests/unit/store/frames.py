"""Small imports for stores."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl

from ojmf.schema import OBSERVATIONS
from ojmf.store.commits import Import
from ojmf.store.publishing import content_of


def figures(source_id: str, values: dict[int, float | None], geo: str = "0184") -> pl.DataFrame:
    """A figure for each year."""
    rows = [
        dict.fromkeys(OBSERVATIONS)
        | {
            "source_id": source_id,
            "document": f"Rapport {source_id}",
            "line": number,
            "raw": str(value),
            "value": value,
            "unit": "persons",
            "indicator_id": "prov.antal",
            "area_id": "prov",
            "geo": geo,
            "scenario": "outcome",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "period_kind": "year",
            "place": f"rad {number}",
            "sex": "_T",
        }
        for number, (year, value) in enumerate(values.items(), start=1)
    ]
    return pl.DataFrame(rows, schema=OBSERVATIONS, orient="row")


def imported(rows: pl.DataFrame, source_id: str, by: str = "") -> Import:
    """What is told of the figures of a source."""
    return Import(
        source_id=source_id,
        publisher="Provkommunen",
        title="Prov",
        document=f"Rapport {source_id}",
        date=date(2025, 1, 1),
        reporting_period="2024",
        sha256="0" * 64,
        diary_number=None,
        public=False,
        suites="1" * 64,
        content=content_of(rows),
        figures=rows.height,
        geos=tuple(rows["geo"].unique().sort()),
        by=by,
        published=datetime(2025, 1, 2, tzinfo=UTC),
    )
