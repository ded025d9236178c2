"""Audited claims as findings, in Swedish: both figures, both lines, the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from ojmf.claims.claim import Verdict
from ojmf.model import Severity
from ojmf.printed import swedish
from ojmf.schema import FINDINGS

REPORTED = (
    Verdict.CONTRADICTS,
    Verdict.TEXT_AGAINST_TEXT,
    Verdict.NOT_COMPARABLE,
)
"""The verdicts that a person should look at."""

FAILING = (Verdict.CONTRADICTS, Verdict.TEXT_AGAINST_TEXT)
"""The verdicts that keep a report from being right as it stands."""

WORDS: Mapping[str, str] = {
    Verdict.CONTRADICTS: "stämmer inte med tabellen",
    Verdict.TEXT_AGAINST_TEXT: "text mot text",
    Verdict.NOT_COMPARABLE: "inte jämförbart",
    Verdict.NOT_TESTABLE: "går inte att pröva",
    Verdict.NOT_LINKED: "ingen tabell att pröva mot",
    Verdict.ROUNDING: "stämmer inom avrundning",
    Verdict.AGREES: "stämmer",
}
"""The verdicts as people read them."""

UNIT_WORDS: Mapping[str, str] = {
    "MSEK": "mnkr",
    "SEK": "kr",
    "percent": "%",
    "percentage_points": "procentenheter",
    "households": "hushåll",
    "persons": "personer",
    "days": "dygn",
    "permille": "‰",
    "SEK_per_inhabitant": "kr per invånare",
    "SEK_per_unit": "kr",
}

_SEVERITY = {
    Verdict.CONTRADICTS: Severity.CRITICAL,
    Verdict.TEXT_AGAINST_TEXT: Severity.WARNING,
    Verdict.NOT_COMPARABLE: Severity.INFO,
}
_INTENDED = "Är skillnaden avsiktlig, kvittera fyndet med dess id"
_HINTS = {
    Verdict.NOT_COMPARABLE: "Perioderna är olika långa. Skriv vilken period talet gäller",
    Verdict.CONTRADICTS: f"Rätta texten eller tabellen. {_INTENDED}",
    Verdict.TEXT_AGAINST_TEXT: f"Rätta det ena stället. {_INTENDED}",
}
_QUOTE = 160
_UNKNOWN = "orden säger inte vilket slag av uppgift det är"
_UNANSWERED = "tabellerna har ingen uppgift att ställa det mot"


@dataclass(frozen=True, slots=True)
class Audited:
    """A row of ``CLAIMS``."""

    document: str
    line: int
    quote: str
    values: list[float]
    unit: str | None
    kind: str
    period: str | None
    subject: str | None
    verdict: str
    expected: str | None
    computation: str | None
    note: str | None
    indicator_id: str | None
    table: str | None
    table_lines: list[int]
    score: float | None
    runner_up: str | None
    runner_up_score: float | None
    finding_id: str
    accepted: str | None


def audited(claims: pl.DataFrame) -> Iterator[Audited]:
    """The rows of ``CLAIMS``, in the order of the document."""
    return (Audited(**row) for row in claims.iter_rows(named=True))


def said(row: Audited) -> str:
    """What the text says, as a figure with its unit; the words themselves where it has none."""
    if row.kind == "trend" or not row.values:
        return f"”{shortened(row.quote).rstrip('.')}”"
    figures = " av ".join(swedish(value, most=10) for value in row.values)
    return f"{figures} {UNIT_WORDS.get(row.unit or '', '')}".strip()


def shortened(text: str) -> str:
    """A quote of at most 160 characters, cut between words."""
    if len(text) <= _QUOTE:
        return text
    return text[:_QUOTE].rsplit(" ", 1)[0] + " …"


def lines(numbers: list[int]) -> str:
    """The lines of a table, as ``rad 379`` or ``rad 725–726``."""
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return f"rad {first}" if first == last else f"rad {first}–{last}"


def message(row: Audited) -> str:
    """One claim as a sentence: both places, the arithmetic, and what to do about it.

    The finding's id stands beside it in every format; it is what acknowledges it.
    """
    verdict = Verdict(row.verdict)
    where = lines(row.table_lines)
    about = f" för ”{_row(row)}”" if row.table else ""
    if row.table:
        where = f"tabellen ”{row.table}” ({where})" if where else f"tabellen ”{row.table}”"
    note = f" ({row.note})" if row.note else ""
    if verdict in {Verdict.NOT_LINKED, Verdict.NOT_TESTABLE}:
        linked = f"; närmast är {where}{about}" if row.table else ""
        if verdict is Verdict.NOT_TESTABLE and not row.note:
            note = f" ({_UNKNOWN if row.kind == 'unknown' else _UNANSWERED})"
        return f"texten säger {said(row)}: {WORDS[verdict]}{linked}{note}."
    if verdict is Verdict.TEXT_AGAINST_TEXT:
        middle = f"texten säger {said(row)}, men {row.computation}"
    elif row.kind == "table":
        middle = (
            f"samma uppgift, {row.quote.rpartition(':')[0]}, står i två tabeller: {row.computation}"
        )
        verdict = Verdict.TEXT_AGAINST_TEXT
    elif row.kind in {"status_count", "answer"} and row.table_lines:
        middle = f"texten säger {said(row)}, tabellen ger {row.expected}: {row.computation}"
    elif not row.table_lines:
        middle = f"texten säger {said(row)}. Textens egna tal: {row.computation}"
    else:
        named = "" if str(row.expected).startswith(f"{_row(row)}: ") else about
        middle = (
            f"texten säger {said(row)}, {where} ger {row.expected}{named}. "
            f"Uträkning: {row.computation}"
        )
    hint = f". {_HINTS[verdict]}" if verdict in _HINTS else f": {WORDS[verdict]}"
    return f"{middle}{note}{hint}.".replace("..", ".")


def _row(row: Audited) -> str:
    return str(row.subject or "").removesuffix(f" ({row.table})")


def findings(claims: pl.DataFrame, source_id: str) -> pl.DataFrame:
    """The claims that a person should look at, in the schema ``FINDINGS``.

    Acknowledged ones (``accepted`` of the source) are left out.
    """
    rows = [
        {
            **dict.fromkeys(FINDINGS),
            "severity": _SEVERITY[Verdict(row.verdict)],
            "check": f"claim-{row.verdict}",
            "message": message(row),
            "source_id": source_id,
            "document": row.document,
            "line": row.line,
            "table": row.table,
            "row_label": _row(row) or None,
            "raw": said(row),
            "expected": row.expected,
            "finding_id": row.finding_id,
        }
        for row in audited(claims.filter(pl.col("accepted").is_null()))
        if row.verdict in REPORTED
    ]
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")


def failing(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims that contradict a table or another sentence and are not acknowledged."""
    return claims.filter(
        pl.col("verdict").is_in([v.value for v in FAILING]) & pl.col("accepted").is_null()
    )
