"""Every value that a figure has had in a store, and the cleaning of what is old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
from deltalake.exceptions import DeltaError

from ojmf.errors import InputError, OutputError
from ojmf.schema import OBSERVATIONS
from ojmf.store.commits import Commit
from ojmf.store.table import Store, explained

NEW, CHANGED, REMOVED = "new", "changed", "removed"
"""What a version did to a figure of an import."""

HISTORY = pl.Schema(
    {
        "version": pl.Int64(),
        "at": pl.Datetime("ms", "UTC"),
        "by": pl.String(),
        "event": pl.String(),
        **OBSERVATIONS,
    }
)
"""One row per value that a figure has had: since which version, and the observation.

Of a removed figure the observation is the one that was taken away.
"""

_FIGURE = [
    *("source_id", "table", "column_label", "sex", "scenario"),
    *("period_start", "period_end", "period_kind"),
]
_SAID = ["raw", "value", "answer", "unit", "obs_status", "document", "place"]
_NTH = "_nth"


def history(store: Store, indicator_id: str, geo: str) -> tuple[pl.DataFrame, list[int]]:
    """Every value of an indicator for a place, up to the store's version, in ``HISTORY``.

    The second is the versions that have been cleaned out, in which there may have been others.
    Raises ``InputError`` where the store can't be read.
    """
    found, cleaned = [HISTORY.to_frame()], list[int]()
    key = [*_FIGURE, _NTH]
    before = _numbered(OBSERVATIONS.to_frame())
    for commit in sorted(store.commits, key=lambda commit: commit.version):
        if commit.version > store.version or not _may_change(commit, geo, before):
            continue
        try:
            now = _numbered(
                store.at(commit.version).read(
                    pl.col("indicator_id") == indicator_id, pl.col("geo") == geo
                )
            )
        except (InputError, DeltaError):
            cleaned.append(commit.version)
            continue
        joined = now.join(before, on=key, how="left", suffix="_old", nulls_equal=True)
        new = now.join(before, on=key, how="anti", nulls_equal=True)
        gone = before.join(now, on=key, how="anti", nulls_equal=True)
        changed = joined.filter(
            pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_old")) for name in _SAID)
        ).join(new, on=key, how="anti", nulls_equal=True)
        by = commit.imported.by if commit.imported else ""
        for event, rows in ((NEW, new), (CHANGED, changed), (REMOVED, gone)):
            found.append(
                rows.select(
                    pl.lit(commit.version, pl.Int64).alias("version"),
                    pl.lit(commit.at).dt.cast_time_unit("ms").alias("at"),
                    pl.lit(by).alias("by"),
                    pl.lit(event).alias("event"),
                    *OBSERVATIONS,
                )
            )
        before = now
    return pl.concat(found), cleaned


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the number of each among those that are the same figure of a source."""
    return rows.sort("source_id", "line", "place", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(_FIGURE).alias(_NTH)
    )


def _may_change(commit: Commit, geo: str, before: pl.DataFrame) -> bool:
    """Whether a commit may have changed a figure of a place: an import says which places it has."""
    if commit.imported is None:
        return commit.operation in {"WRITE", "DELETE", "UPDATE", "MERGE", "RESTORE"}
    had = commit.imported.source_id in before["source_id"]
    return geo in commit.imported.geos or had


def clean(store: Store, days: int, *, write: bool) -> tuple[list[str], list[int]]:
    """The files that no version of the last days needs, and the versions that need them.

    They are taken away with ``write``; the newest version is always whole. Raises ``OutputError``
    where the store can't be written.
    """
    since = datetime.now(UTC) - timedelta(days=days)
    kept = [commit.version for commit in store.commits if commit.at >= since]
    # What stood at the beginning of those days was read in them too.
    older = [commit.version for commit in store.commits if commit.at < since]
    kept += [max(older)] if older else []
    gone = sorted(set(older) - set(kept))
    with explained(store.uri, OutputError):
        files = store.table.vacuum(
            retention_hours=days * 24,
            dry_run=not write,
            enforce_retention_duration=False,
            keep_versions=kept,
        )
    return files, gone if files else []
