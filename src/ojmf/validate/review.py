"""What a source gives beside what a person has reviewed of it (``expected.csv`` in its folder)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ojmf.declarations import Source
from ojmf.findings import MOST_TOLD, Finding, finding, located
from ojmf.model import Severity
from ojmf.validate import diff
from ojmf.validate.observation_files import read_file
from ojmf.validate.outcomes import remaining

REVIEWED = "expected.csv"
CHECK = "reviewed"

_REMEDY = "rätta utdraget eller deklarationen, eller läs om och spara expected.csv på nytt"


def against_review(source: Source, observations: pl.DataFrame, path: Path) -> pl.DataFrame:
    """``LOCATED``: a critical finding for every observation that is not as reviewed.

    Raises ``InputError`` where the file can't be read; what its columns and cells lack is told.
    """
    file = read_file(path)
    if file.frame is None or file.findings:
        return located(file.findings)
    changes = diff.compare(file.frame, observations)
    # One finding per observation, whatever of it has changed.
    of_one = ["change", "table", "row_label", "column_label", "old_line", "new_line"]
    told = (
        changes.with_columns(pl.col("old", "new").fill_null("tomt"))
        .group_by(of_one, maintain_order=True)
        .agg(
            pl.col("new").first(),
            pl.col("old").first(),
            fields=pl.format(
                "{} ”{}”, granskad ”{}”", pl.col("field").replace(diff.FIELDS), "new", "old"
            ).str.join("; "),
        )
    )
    return located(_told(source, told))


def _told(source: Source, changes: pl.DataFrame) -> Iterator[Finding]:
    for row in changes.head(MOST_TOLD).iter_rows(named=True):
        cell = f"{row['row_label']}, {row['column_label']}"
        said = {
            diff.ADDED: f"”{row['new']}” läses, men finns inte bland de granskade uppgifterna",
            diff.REMOVED: f"”{row['old']}” är granskad, men läses inte längre",
            diff.CHANGED: row["fields"],
        }[row["change"]]
        yield finding(
            Severity.CRITICAL,
            CHECK,
            f"{cell}: {said}; {_REMEDY}",
            source,
            key=f"{cell}|{row['table']}|{said}",
            line=row["old_line"] if row["new_line"] is None else row["new_line"],
            table=row["table"],
            row_label=row["row_label"],
            column_label=row["column_label"],
            raw=row["new"],
            expected=row["old"],
        )
    if changes.height > MOST_TOLD:
        rest = changes.height - MOST_TOLD
        yield remaining(Severity.CRITICAL, CHECK, rest, source_id=source.id)
