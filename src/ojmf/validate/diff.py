"""What an import would change: observations added, removed and changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    "row_label": "etikett",
}
"""The columns compared as people call them."""

_SERIES = ("area_id", "question", "geo", "sex", "scenario", "period_kind")
_READ = ("value", "answer", "unit")
"""What is compared between periods; a question that is worded anew is told beside."""

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
    key = list(_KEY) if _apart(old, new) else ["source_id", *_KEY]
    fields = [name for name in COMPARED if lines or name != "line"]
    return _in_order(_changes(old, new, key, fields))


def of_other_periods(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Whether two sides (``OBSERVATIONS``) have no source in common, nor their latest period."""
    ends = [side["period_end"].max() for side in (old, new)]
    return _apart(old, new) and None not in ends and ends[0] != ends[1]


def between_periods(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The changes from one document to another of a later period (``OBSERVATIONS``), in ``DIFF``.

    Of each question or measure, place, sex and scenario the latest period of the one is set against
    the latest of the other, whatever table it stands in; what only one of them has is added or
    removed. Of earlier periods only those are told that both have with different figures.
    """
    sides = [
        side.with_columns(question=pl.coalesce("indicator_id", plain_label("row_label")))
        for side in (old, new)
    ]
    latest = pl.col("period_end").eq_missing(pl.col("period_end").max().over(_SERIES))
    before, after = (side.filter(latest) for side in sides)
    changes = _changes(before, after, _SERIES, _READ, worded=True)
    dated = [*_SERIES, "period_start", "period_end"]
    both = _changes(sides[0].filter(~latest), sides[1].filter(~latest), dated, _READ)
    return _in_order([*changes, *(told.filter(change=CHANGED) for told in both)])


def plain_label(name: str) -> pl.Expr:
    """A label without case, spaces and marks, in which nothing is worded anew."""
    bare = pl.col(name).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ")
    return bare.str.strip_chars()


def _apart(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Whether the two sides have no source in common."""
    return not set(old["source_id"].unique()) & set(new["source_id"].unique())


def _changes(
    old: pl.DataFrame,
    new: pl.DataFrame,
    key: Sequence[str],
    fields: Iterable[str],
    *,
    worded: bool = False,
) -> list[pl.DataFrame]:
    """The changes as frames with their order; ``worded`` tells of labels worded anew too."""
    before, after = _numbered(old, key), _numbered(new, key)
    on = [*key, _NTH]
    both = after.join(before, on, "inner", nulls_equal=True, suffix="_old", maintain_order="left")
    differs = {name: pl.col(name).ne_missing(pl.col(f"{name}_old")) for name in fields}
    if worded:
        differs["row_label"] = plain_label("row_label") != plain_label("row_label_old")
    changes = [
        _told(
            both.filter(differs[name]),
            CHANGED,
            name,
            old=pl.col(f"{name}_old"),
            new=pl.col(name),
            lines=(pl.col("line_old"), pl.col("line")),
        )
        for name in differs
    ]
    gone = before.join(after, on, "anti", nulls_equal=True, maintain_order="left")
    come = after.join(before, on, "anti", nulls_equal=True, maintain_order="left")
    nothing = pl.lit(None)
    return [
        *changes,
        _told(
            gone, REMOVED, "raw", old=pl.col("raw"), new=nothing, lines=(pl.col("line"), nothing)
        ),
        _told(come, ADDED, "raw", old=nothing, new=pl.col("raw"), lines=(nothing, pl.col("line"))),
    ]


def _in_order(changes: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(changes).sort(_ORDER, maintain_order=True).drop(_ORDER)


def counts(changes: pl.DataFrame) -> dict[str, int]:
    """How many observations were added, removed and changed; one of several fields counts once."""
    one = [name for name in DIFF if name not in {"field", "old", "new"}]
    found = changes.unique(one)["change"].value_counts()
    return dict(found.iter_rows())


def _numbered(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The observations with their order and their number among those with the same key."""
    nth = pl.int_range(pl.len()).over(key).alias(_NTH)
    columns = dict.fromkeys([*OBSERVATIONS.names(), *key])
    return frame.select(*columns).with_row_index(_ORDER).with_columns(nth)


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
