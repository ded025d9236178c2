"""What is read beside what the workspace has of it: reviewed observations, an earlier edition."""

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
CHECK, EDITION = "reviewed", "edition"

_REMEDY = "rätta utdraget eller deklarationen, eller läs om och spara expected.csv på nytt"
_ANOTHER = "är det en ny utgåva, läs in den med ojmf import FIL; annars har filen ändrats på vägen"
_BESIDE = {
    CHECK: (
        "”{}” läses, men finns inte bland de granskade uppgifterna",
        "”{}” är granskad, men läses inte längre",
        "{} ”{}”, granskad ”{}”",
    ),
    EDITION: (
        "”{}” finns inte i den utgåva som är inläst",
        "”{}” finns i den utgåva som är inläst, men inte här",
        "{} ”{}”, i den utgåva som är inläst ”{}”",
    ),
}
"""What is said of an observation that is added, removed or changed."""


def against_review(source: Source, observations: pl.DataFrame, path: Path) -> pl.DataFrame:
    """``LOCATED``: a critical finding for every observation that is not as reviewed.

    Raises ``InputError`` where the file can't be read; what its columns and cells lack is told.
    """
    file = read_file(path)
    if file.frame is None or file.findings:
        return located(file.findings)
    changes = diff.compare(file.frame, observations)
    return located(_told(source, changes, Severity.CRITICAL, CHECK, _REMEDY))


def against_edition(source: Source, observations: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """``LOCATED``: a warning for every observation that another edition of a document gives anew.

    ``held`` are those of the edition that the workspace has read.
    """
    changes = diff.compare(held, observations, lines=False)
    # What is printed otherwise is told as printed; its value and status follow.
    key = [name for name in changes.columns if name not in {"field", "old", "new"}]
    changes = changes.unique(key, keep="first", maintain_order=True)
    return located(_told(source, changes, Severity.WARNING, EDITION, _ANOTHER))


def _told(
    source: Source, changes: pl.DataFrame, severity: Severity, check: str, remedy: str
) -> Iterator[Finding]:
    """One finding per observation, whatever of it has changed."""
    of_one = ["change", "table", "row_label", "column_label", "old_line", "new_line"]
    added, removed, changed = _BESIDE[check]
    told = (
        changes.with_columns(pl.col("old", "new").fill_null("tomt"))
        .group_by(of_one, maintain_order=True)
        .agg(
            pl.col("new").first(),
            pl.col("old").first(),
            fields=pl.format(changed, pl.col("field").replace(diff.FIELDS), "new", "old").str.join(
                "; "
            ),
        )
    )
    for row in told.head(MOST_TOLD).iter_rows(named=True):
        cell = f"{row['row_label']}, {row['column_label']}"
        said = {
            diff.ADDED: added.format(row["new"]),
            diff.REMOVED: removed.format(row["old"]),
            diff.CHANGED: row["fields"],
        }[row["change"]]
        yield finding(
            severity,
            check,
            f"{cell}: {said}; {remedy}",
            source,
            key=f"{cell}|{row['table']}|{said}",
            line=row["old_line"] if row["new_line"] is None else row["new_line"],
            table=row["table"],
            row_label=row["row_label"],
            column_label=row["column_label"],
            raw=row["new"],
            expected=row["old"],
        )
    if told.height > MOST_TOLD:
        yield remaining(severity, check, told.height - MOST_TOLD, source_id=source.id)
