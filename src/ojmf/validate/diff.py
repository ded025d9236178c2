"""What an import would change: observations added, removed and changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import TableError
from ojmf.ingest.reading import names_file, read_given
from ojmf.ingest.source import resolve
from ojmf.schema import OBSERVATIONS
from ojmf.validate.observation_files import SUFFIXES, read_file

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
COMPARED = ("raw", "value", "answer", "unit", "obs_status", "correction_id", "line")
"""The columns whose changes are told, for an observation that is on both sides."""

FIELDS = {
    "raw": "text i dokumentet",
    "value": "värde",
    "answer": "svar",
    "unit": "enhet",
    "obs_status": "status",
    "correction_id": "rättelse",
    "line": "rad",
}
"""The columns compared as people call them."""

DIFF = pl.Schema(
    {
        "change": pl.String,
        "source_id": pl.String,
        "area_id": pl.String,
        "indicator_id": pl.String,
        "geo": pl.String,
        "scenario": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "table": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "field": pl.String,
        "old": pl.String,
        "new": pl.String,
        "old_line": pl.Int32,
        "new_line": pl.Int32,
    }
)
"""One row per observation added or removed, and one per changed field of one that stays.

For added and removed ``field`` is ``raw``. Values are written with a decimal point.
"""

_KEY = (
    "area_id",
    "indicator_id",
    "geo",
    "sex",
    "scenario",
    "period_start",
    "period_end",
    "period_kind",
    "heading",
    "table",
)
_NTH = "nth"
_ORDER = "order"


def observations(workspace: Workspace, given: str) -> pl.DataFrame:
    """The observations of a source of any kind, a whole document or a file of observations.

    Raises ``TableError`` for a file of observations with columns or cells that can't be read, and
    otherwise as ``reading.read_whole`` and ``files.read_file`` do.
    """
    if given in workspace.fetched:
        return workspace.fetched[given].observations()
    if given in workspace.references:
        return workspace.references[given].observations
    path = Path(given)
    if not names_file(workspace, given) or path.suffix.lower() not in SUFFIXES:
        return resolve(read_given(workspace, given)).observations
    file = read_file(path)
    faults = [f"{path}: {one.message}" for one in file.findings if one.severity == "critical"]
    if file.frame is None or faults:
        raise TableError(faults)
    return file.frame


def compare(old: pl.DataFrame, new: pl.DataFrame, *, lines: bool = True) -> pl.DataFrame:
    """The changes from ``old`` to ``new`` (both ``OBSERVATIONS``), in the schema ``DIFF``.

    Observations are the same where area, indicator, municipality, sex, scenario, period and table
    are; the source counts too where the two sides share one. Equal keys are paired in order.
    ``lines`` says whether an observation that has only moved to another line has changed.
    """
    shared = set(old["source_id"].unique()) & set(new["source_id"].unique())
    key = ["source_id", *_KEY] if shared else list(_KEY)
    before, after = _numbered(old, key), _numbered(new, key)
    on = [*key, _NTH]
    both = after.join(before, on, "inner", nulls_equal=True, suffix="_old", maintain_order="left")
    fields = [name for name in COMPARED if lines or name != "line"]
    changes = [
        _told(
            both.filter(pl.col(name).ne_missing(pl.col(f"{name}_old"))),
            CHANGED,
            name,
            old=pl.col(f"{name}_old"),
            new=pl.col(name),
            lines=(pl.col("line_old"), pl.col("line")),
        )
        for name in fields
    ]
    gone = before.join(after, on, "anti", nulls_equal=True, maintain_order="left")
    come = after.join(before, on, "anti", nulls_equal=True, maintain_order="left")
    nothing = pl.lit(None)
    changes += [
        _told(
            gone, REMOVED, "raw", old=pl.col("raw"), new=nothing, lines=(pl.col("line"), nothing)
        ),
        _told(come, ADDED, "raw", old=nothing, new=pl.col("raw"), lines=(nothing, pl.col("line"))),
    ]
    return pl.concat(changes).sort(_ORDER, maintain_order=True).drop(_ORDER)


def counts(changes: pl.DataFrame) -> dict[str, int]:
    """How many observations were added, removed and changed; one of several fields counts once."""
    one = [name for name in DIFF if name not in {"field", "old", "new"}]
    found = changes.unique(one)["change"].value_counts()
    return dict(found.iter_rows())


def _numbered(frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The observations with their order and their number among those with the same key."""
    nth = pl.int_range(pl.len()).over(key).alias(_NTH)
    return frame.select(OBSERVATIONS.names()).with_row_index(_ORDER).with_columns(nth)


def _told(
    frame: pl.DataFrame,
    change: str,
    field: str,
    *,
    old: pl.Expr,
    new: pl.Expr,
    lines: tuple[pl.Expr, pl.Expr],
) -> pl.DataFrame:
    told = frame.select(
        _ORDER,
        *(name for name in DIFF if name in OBSERVATIONS),
        change=pl.lit(change),
        field=pl.lit(field),
        old=old.cast(pl.String),
        new=new.cast(pl.String),
        old_line=lines[0].cast(pl.Int32),
        new_line=lines[1].cast(pl.Int32),
    )
    return told.select(_ORDER, *DIFF.names())
