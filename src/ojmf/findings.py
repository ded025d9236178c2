"""Findings: one row per thing that a person should look at, with a stable id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypedDict, Unpack

import polars as pl

from ojmf.declarations import Source
from ojmf.model import Severity
from ojmf.schema import FINDINGS

NOT_RUN = "not-run"
"""The check of findings that say that another check could not be made."""

CLAIM = "p-"
"""What the ids of findings about sentences begin with."""

LOCATED = pl.Schema([*FINDINGS.items(), ("row", pl.UInt32()), ("count", pl.UInt32())])
"""Findings with the position, from 0, of the observation that each is about; null for others.

``count`` is 1, or the number of findings that one stands for which are not told one by one.
"""

MOST_TOLD = 10_000
"""At most so many findings of a check in a source are told one by one; the rest are counted."""

FOUND = pl.Schema(
    [
        *FINDINGS.items(),
        ("count", pl.UInt32()),
        ("part", pl.UInt32()),
        ("file", pl.String()),
        ("file_line", pl.Int64()),
        ("place", pl.String()),
        ("acknowledged", pl.String()),
    ]
)
"""Findings ready to be told.

``part`` numbers what was checked, from 0; ``file`` and ``file_line`` are where a finding leads to,
``place`` is the same in the document's own terms (``blad Bilaga 1, cell C12``), null where it has
none; ``acknowledged`` is the reason of the person who has accepted it, null where nobody has.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of ``LOCATED``."""

    severity: str
    check: str
    message: str
    finding_id: str
    source_id: str | None = None
    document: str | None = None
    line: int | None = None
    table: str | None = None
    row_label: str | None = None
    column_label: str | None = None
    raw: str | None = None
    expected: str | None = None
    row: int | None = None
    count: int = 1


class Place(TypedDict, total=False):
    """Where a finding is, and what was found and expected there."""

    source_id: str | None
    document: str | None
    row: int | None
    line: int | None
    table: str | None
    row_label: str | None
    column_label: str | None
    raw: str | None
    expected: str | None


def is_claim(identifier: str) -> bool:
    """Whether a finding is about a sentence, which only the whole document has."""
    return identifier.startswith(CLAIM)


def finding_id(check: str, *place: str | None) -> str:
    """A short id that stays the same while check, source, place and printed text do.

    Lines may move; another figure in the place is another finding.
    """
    text = "\x1f".join([check, *(part or "" for part in place)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def finding(
    severity: Severity,
    check: str,
    message: str,
    source: Source,
    *,
    key: str | None = None,
    **place: Unpack[Place],
) -> Finding:
    """A finding about a source, known by ``key``, else by its cell, else by its text."""
    cell = [place.get("table"), place.get("row_label"), place.get("column_label")]
    found_in = cell if any(cell) else [place.get("raw") or message]
    place |= {"source_id": source.id, "document": source.document}
    return Finding(
        severity=str(severity),
        check=check,
        message=message,
        finding_id=finding_id(check, source.id, *(found_in if key is None else [key])),
        **place,
    )


def located(found: Iterable[Finding]) -> pl.DataFrame:
    """Findings as a frame in the schema ``LOCATED``."""
    values = attrgetter(*LOCATED)
    return pl.DataFrame([values(one) for one in found], schema=LOCATED, orient="row")


def without_row(found: pl.DataFrame) -> pl.DataFrame:
    """Findings of the schema ``FINDINGS`` in the schema ``LOCATED``, each about no observation."""
    return found.with_columns(row=pl.lit(None, pl.UInt32), count=pl.lit(1, pl.UInt32))


def findings_frame(found: Iterable[Finding]) -> pl.DataFrame:
    """Findings as a frame in the schema ``FINDINGS``."""
    return located(found).select(FINDINGS.names())
