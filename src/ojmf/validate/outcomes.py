"""What came of each check, and how it becomes findings that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

import polars as pl

from ojmf.findings import NOT_RUN, Finding, Place, finding_id
from ojmf.model import Severity

_BY_ROW = ("observations", "import")
"""The subjects with a row per observation."""

_PLACE = ("source_id", "document", "line", "table", "row_label", "column_label", "raw")
_IDENTITY = ("heading", "table", "row_label", "column_label", "indicator_id", "code")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of a suite: its id, how grave a failure is, and what to say of it in Swedish."""

    suite: str
    subject: str
    name: str
    severity: str
    message: str
    expected: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check on a frame: ``rows`` that failed, of ``failures`` in all, or an error.

    A failure without rows is one of the frame as a whole.
    """

    check: Check
    frame: pl.DataFrame
    failures: int = 0
    rows: tuple[int, ...] = ()
    error: str | None = None


def rows(outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """A finding for every failure listed, every rest and every check not run.

    ``row`` is the position in the frame of observations; null for other frames.
    """
    for outcome in outcomes:
        check = outcome.check
        name = f"{check.suite}/{check.name}"
        if outcome.error is not None:
            yield not_run(name, outcome.error)
        elif outcome.failures:
            wanted = pl.DataFrame({"row": outcome.rows}, schema={"row": pl.UInt32})
            failing = wanted.join(outcome.frame, on="row", how="left", maintain_order="left")
            for row in failing.iter_rows(named=True) if outcome.rows else [{}]:
                yield _finding(check, row)
            rest = outcome.failures - len(outcome.rows)
            if outcome.rows and rest > 0:
                text = f"ytterligare {rest} fel av samma slag ({name}) visas inte"
                yield plain(Severity(check.severity), check.name, text)


def _finding(check: Check, row: Mapping[str, Any]) -> Finding:
    """A failing row as a finding, known by its cell and its text whatever line it stands on."""
    identity = [row.get(name) for name in _IDENTITY]
    key = [*identity, row.get("raw")] if any(identity) else [row.get("raw") or check.suite]
    return Finding(
        severity=check.severity,
        check=check.name,
        message=check.message.format_map(_Shown({n: _text(value) for n, value in row.items()})),
        expected=check.expected,
        finding_id=finding_id(check.name, row.get("source_id"), *key),
        row=row.get("row") if check.subject in _BY_ROW else None,
        **{name: row.get(name) for name in _PLACE},
    )


class _Shown(dict[str, str]):
    """Texts by column; a column that the frame lacks is shown by its name."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.10g}".replace(".", ",")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def not_run(what: str, why: str, **place: Unpack[Place]) -> Finding:
    """A critical finding: a check was not made, and why."""
    place["raw"] = what
    message = f"kontrollen {what} kunde inte köras: {why}"
    return plain(Severity.CRITICAL, NOT_RUN, message, key=(what,), **place)


def plain(
    severity: Severity,
    check: str,
    message: str,
    *,
    key: tuple[str | None, ...] = (),
    **place: Unpack[Place],
) -> Finding:
    """A finding that a suite does not make, known by ``key`` or else by its message."""
    known = finding_id(check, place.get("source_id"), *(key or (message,)))
    return Finding(severity=str(severity), check=check, message=message, finding_id=known, **place)
