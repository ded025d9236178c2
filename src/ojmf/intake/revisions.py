"""Figures that a source has given otherwise before, and what was built on them.

``revisions.csv`` stands beside a source and keeps every figure that a later fetch or import of it
has changed or left out. ``data/citations.csv`` keeps the citations that were made in a workspace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from ojmf.declarations.fetched import in_folder
from ojmf.declarations.registers import CITATIONS, CITATIONS_FILE, load_citations, read_csv
from ojmf.ingest.source import IngestedDocument
from ojmf.model import Severity
from ojmf.schema import OBSERVATIONS
from ojmf.validate import consistency, diff
from ojmf.validate.judgements import EXACT, WITHIN_ROUNDING
from ojmf.validate.parts import Part

REVISIONS_FILE = "revisions.csv"

REVISIONS = pl.Schema(
    {
        "indicator_id": pl.String(),
        "geo": pl.String(),
        "scenario": pl.String(),
        "period_start": pl.Date(),
        "period_end": pl.Date(),
        "row_label": pl.String(),
        "column_label": pl.String(),
        "old": pl.String(),
        "new": pl.String(),
        "when": pl.Date(),
        "why": pl.String(),
    }
)
"""One row per figure that is another than before: its text before and now (null where it is gone),
the day that it came, and why. The first are the oldest."""

_TOLD = ("value", "answer", "obs_status", "unit", "raw")


def today() -> date:
    """The day that a revision is noted on, by the clock of the machine and UTC."""
    return datetime.now(UTC).date()


def revised(
    old: pl.DataFrame, new: pl.DataFrame, when: date, why: str, *, tables: bool = True
) -> pl.DataFrame:
    """What ``new`` says otherwise than ``old`` (both ``OBSERVATIONS``), as ``REVISIONS``.

    What is only added is no revision. Without ``tables`` a figure is the same whatever its table
    is called, as where a service has given its measure another title.
    """
    sides = [old, new] if tables else [_untitled(old), _untitled(new)]
    changes = diff.compare(*sides, lines=False).filter(
        pl.col("change") != diff.ADDED, pl.col("field").is_in(_TOLD)
    )
    weight = pl.col("field").replace_strict(
        {name: n for n, name in enumerate(_TOLD)}, return_dtype=pl.Int64
    )
    figure = [name for name in changes.columns if name not in {"field", "old", "new"}]
    return (
        changes.with_row_index("order")
        .sort(weight, "order")
        .unique(figure, keep="first", maintain_order=True)
        .sort("order")
        .with_columns(when=pl.lit(when), why=pl.lit(why))
        .select(pl.col(name).cast(kind) for name, kind in REVISIONS.items())
    )


def with_broken_sums(part: Part, before: IngestedDocument) -> Part:
    """A part whose relations that held in the edition before, and are broken now, are critical.

    One that never held keeps the severity that its declaration gives it.
    """
    if part.ingested is None:
        return part
    held = before.verdicts.filter(pl.col("verdict").is_in([EXACT, WITHIN_ROUNDING]))
    broken = consistency.findings(part.ingested, held["instance"])["finding_id"]
    known = pl.col("finding_id").is_in(broken.implode())
    told = part.findings.with_columns(
        severity=pl.when(known).then(pl.lit(str(Severity.CRITICAL))).otherwise("severity"),
        message=pl.when(known)
        .then(pl.format("{}. Det stämde i den förra utgåvan", "message"))
        .otherwise("message"),
    )
    return replace(part, findings=told)


def _untitled(observations: pl.DataFrame) -> pl.DataFrame:
    return observations.with_columns(table=pl.lit(""), heading=pl.lit(""))


def refetched(folder: Path, new: pl.DataFrame, when: date, why: str) -> pl.DataFrame:
    """What figures (``OBSERVATIONS``) say otherwise than those that a source's folder has."""
    before = in_folder(folder)
    try:
        old = OBSERVATIONS.to_frame() if before is None else before.observations()
    except (OSError, pl.exceptions.PolarsError):  # half-written: there is nothing to keep
        old = OBSERVATIONS.to_frame()
    return revised(old, new, when, why, tables=False)


def kept(folder: Path, more: pl.DataFrame) -> dict[Path, bytes]:
    """The file of revisions of a source's folder with more of them; none where there are none."""
    if more.is_empty():
        return {}
    path = folder / REVISIONS_FILE
    return {path: pl.concat([revisions(folder), more]).write_csv().encode()}


def revisions(folder: Path) -> pl.DataFrame:
    """The revisions of a source, as ``REVISIONS``; none where it has no file of them."""
    path = folder / REVISIONS_FILE
    return read_csv(path, REVISIONS) if path.is_file() else REVISIONS.to_frame()


def register_rows(cited: Iterable[tuple[str, str, str, str, str]], used_in: str) -> pl.DataFrame:
    """Citations (the first five columns of ``CITATIONS``) made today, for a report or for none."""
    return pl.DataFrame([(*one, used_in, today()) for one in cited], schema=CITATIONS, orient="row")


def registered(data: Path, rows: pl.DataFrame) -> dict[Path, bytes]:
    """The register with more citations; none where it has them all."""
    before = load_citations(data)
    key = ["citation", "used_in"]
    more = rows.join(before, on=key, how="anti", nulls_equal=True).unique(key, maintain_order=True)
    if more.is_empty():
        return {}
    return {data / CITATIONS_FILE: pl.concat([before, more]).write_csv().encode()}


def resting_on(cited: pl.DataFrame, source_id: str, figures: pl.DataFrame) -> pl.DataFrame:
    """The citations of a register that rest on revised figures of a source."""
    places = figures.select("indicator_id", place="geo").unique()
    return (
        cited.filter(pl.col("source_id") == source_id)
        .join(places, "indicator_id", maintain_order="left")
        .filter((pl.col("place") == pl.col("geo")) | (pl.col("place") == pl.col("reference_geo")))
        .drop("place")
        .unique(maintain_order=True)
    )
