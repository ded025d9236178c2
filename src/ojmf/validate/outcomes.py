"""What came of each check, and how it becomes findings that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ojmf.findings import finding_id
from ojmf.model import Severity
from ojmf.schema import FINDINGS

NOT_RUN = "not-run"
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


def rows(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """A row of ``FINDINGS`` for every failure listed, every rest and every check not run.

    Beside its columns each has ``row``, the position in the frame (null for the whole of it), and
    ``subject``, which frame that is.
    """
    return [row | {"subject": o.check.subject} for o in outcomes for row in _of(o)]


def _of(outcome: Outcome) -> Iterator[dict[str, Any]]:
    check = outcome.check
    if outcome.error is not None:
        yield not_run(f"{check.suite}/{check.name}", outcome.error)
        return
    if not outcome.failures:
        return
    wanted = pl.DataFrame({"row": outcome.rows}, schema={"row": pl.UInt32})
    failing = wanted.join(outcome.frame, on="row", how="left", maintain_order="left")
    for row in failing.iter_rows(named=True):
        yield _finding(check, row)
    rest = outcome.failures - failing.height
    if failing.is_empty():
        yield _finding(check, {})
    elif rest > 0:
        yield _plain(
            check.severity,
            check.name,
            f"ytterligare {rest} fel av samma slag ({check.suite}/{check.name}) visas inte",
        )


def _finding(check: Check, row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: _text(value) for name, value in row.items()}
    place = {name: row.get(name) for name in _PLACE}
    identity = [row.get(name) for name in _IDENTITY]
    key = identity if any(identity) else [row.get("raw") or check.suite]
    return {
        **dict.fromkeys(FINDINGS),
        **place,
        "severity": check.severity,
        "check": check.name,
        "message": check.message.format_map(_Shown(texts)),
        "expected": check.expected,
        "finding_id": finding_id(check.name, row.get("source_id"), *key),
        "row": row.get("row"),
    }


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


def not_run(what: str, why: str, **place: Any) -> dict[str, Any]:
    """A critical row of ``FINDINGS``: a check was not made, and why."""
    row = _plain(
        str(Severity.CRITICAL), NOT_RUN, f"kontrollen {what} kunde inte köras: {why}", **place
    )
    return row | {"raw": what, "finding_id": finding_id(NOT_RUN, place.get("source_id"), what)}


def _plain(severity: str, check: str, message: str, **place: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(FINDINGS),
        **place,
        "severity": severity,
        "check": check,
        "message": message,
        "finding_id": finding_id(check, place.get("source_id"), message),
        "row": None,
    }


def plain(severity: Severity, check: str, message: str, **place: Any) -> dict[str, Any]:
    """A row of ``FINDINGS`` that is not about a cell; ``place`` are further columns of it."""
    return _plain(str(severity), check, message, **place)
