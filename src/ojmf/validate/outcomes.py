"""What came of each check, and how it becomes findings that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Unpack

import polars as pl

from ojmf.findings import MOST_TOLD, NOT_RUN, Finding, Place, finding_id
from ojmf.model import Severity

_BY_ROW = ("observations", "import", "frame")
"""The subjects with a row per observation."""

_PLACE = ("source_id", "document", "line", "table", "row_label", "column_label", "raw")
_IDENTITY = ("heading", "table", "row_label", "column_label", "indicator_id", "code")

_AFTER_COMMA = re.compile(r", \{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of a suite: its id, how grave a failure is, and what to say of it in Swedish.

    ``once`` says that one finding stands for all rows of a source.
    """

    suite: str
    subject: str
    name: str
    severity: str
    message: str
    expected: str | None
    rule: str
    once: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check on a frame: ``failures`` in all, the ``rows`` that failed, or an error.

    A failure without rows is one of the frame as a whole.
    """

    check: Check
    frame: pl.DataFrame
    failures: int = 0
    rows: tuple[int, ...] = ()
    error: str | None = None


def rows(
    outcomes: Iterable[Outcome],
    accepted: Mapping[str, Collection[str]] | None = None,
    *,
    most: int = MOST_TOLD,
) -> Iterator[Finding]:
    """A finding for every failure, and every check not run.

    Of one check at most ``most`` are told one by one in each source, and beside them those that
    are ``accepted`` of it (finding ids by source); one more counts the rest. ``row`` is the
    position in the frame of observations; null for other frames.
    """
    for outcome in outcomes:
        check = outcome.check
        if outcome.error is not None:
            yield not_run(f"{check.suite}/{check.name}", outcome.error)
        elif outcome.failures and not outcome.rows:
            yield _finding(check, {})
        elif outcome.failures:
            wanted = pl.DataFrame({"row": outcome.rows}, schema={"row": pl.UInt32})
            failing = wanted.join(outcome.frame, on="row", how="left", maintain_order="left")
            yield from _listed(check, failing, accepted or {}, most)


def _listed(
    check: Check, failing: pl.DataFrame, accepted: Mapping[str, Collection[str]], most: int
) -> Iterator[Finding]:
    """The failing rows of a check as findings, source by source."""
    by_source = [failing]
    if "source_id" in failing.columns:
        by_source = failing.partition_by("source_id", maintain_order=True)
    for own in by_source:
        if check.once:
            yield _for_all(check, own)
            continue
        yield from (_finding(check, row) for row in own.head(most).iter_rows(named=True))
        rest = own.slice(most)
        if rest.is_empty():
            continue
        source_id = rest["source_id"][0] if "source_id" in rest.columns else None
        known = accepted.get(source_id or "", ())
        told = [_finding(check, row) for row in rest.iter_rows(named=True)] if known else []
        beside = [one for one in told if one.finding_id in known]
        yield from beside
        if count := rest.height - len(beside):
            yield remaining(
                Severity(check.severity),
                check.name,
                count,
                source_id=source_id,
                document=rest["document"][0] if "document" in rest.columns else None,
            )


def _for_all(check: Check, failing: pl.DataFrame) -> Finding:
    """The first failing row of a source as the finding that stands for all of them."""
    first = failing.row(0, named=True)
    found = _finding(check, first)
    more = failing.height - 1
    amount = "1 uppgift" if more == 1 else f"{more} uppgifter"
    rest = f"; detsamma gäller {amount} till i källan" if more else ""
    known = finding_id(check.name, first.get("source_id"))
    return replace(found, message=f"{found.message}{rest}", finding_id=known)


def remaining(severity: Severity, check: str, count: int, **place: Unpack[Place]) -> Finding:
    """The finding that stands for those of a check that are too many to be told one by one."""
    text = f"ytterligare {count} fel av samma slag ({check}) visas inte ett och ett"
    return replace(plain(severity, check, text, **place), count=count)


def _finding(check: Check, row: Mapping[str, Any]) -> Finding:
    """A failing row as a finding, known by its cell and its text whatever line it stands on."""
    identity = [row.get(name) for name in _IDENTITY]
    key = [*identity, row.get("raw")] if any(identity) else [row.get("raw") or check.suite]
    place: dict[str, Any] = {name: row.get(name) for name in _PLACE}
    return Finding(
        severity=check.severity,
        check=check.name,
        message=_message(check, {name: _text(value) for name, value in row.items()}),
        expected=check.expected,
        finding_id=finding_id(check.name, row.get("source_id"), *key),
        row=row.get("row") if check.subject in _BY_ROW else None,
        **place,
    )


def _message(check: Check, texts: Mapping[str, str]) -> str:
    """What a check says of a row; of a part after a comma that is empty, as a label is, nothing."""

    def part(match: re.Match[str]) -> str:
        return match[0] if texts.get(match[1], match[1]) else ""

    return _AFTER_COMMA.sub(part, check.message).format_map(_Shown(texts))


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
