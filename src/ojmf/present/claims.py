"""Audited claims for people: table, Markdown and HTML; and as findings for programs."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import polars as pl

from ojmf.claims.claim import Verdict
from ojmf.claims.findings import (
    FAILING,
    REPORTED,
    WORDS,
    Audited,
    audited,
    findings,
    lines,
    message,
    said,
    shortened,
)
from ojmf.findings import FOUND
from ojmf.model import Severity
from ojmf.present.findings import Report
from ojmf.present.tables import Column, View

_ORDER = [verdict.value for verdict in Verdict]

READABLE = pl.Schema(
    {
        "line": pl.Int32(),
        "said": pl.String(),
        "verdict": pl.String(),
        "expected": pl.String(),
        "subject": pl.String(),
        "table_lines": pl.String(),
        "computation": pl.String(),
        "note": pl.String(),
        "quote": pl.String(),
        "kind": pl.String(),
        "level": pl.String(),
        "explanation": pl.String(),
        "finding_id": pl.String(),
    }
)
"""One row per claim, with every value in Swedish words, ready for a page or a table.

``level`` is ``wrong``, ``look`` or ``right`` for what was found, ``open`` for what was not tested
and ``accepted`` for what a person has acknowledged. ``explanation`` is the verdict in a sentence,
with both places and the arithmetic.
"""


def readable(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims in the schema ``READABLE``, in the order of the document."""
    rows = [
        {
            "line": row.line,
            "said": said(row),
            "verdict": WORDS[row.verdict] + (" (kvitterad)" if row.accepted else ""),
            "expected": row.expected,
            "subject": row.subject,
            "table_lines": lines(row.table_lines),
            "computation": row.computation,
            "note": row.accepted or row.note,
            "quote": shortened(row.quote),
            "kind": row.kind,
            "level": _level(row),
            "explanation": message(row),
            "finding_id": row.finding_id,
        }
        for row in audited(claims)
    ]
    return pl.DataFrame(rows, schema=READABLE, orient="row")


def _level(row: Audited) -> str:
    if row.accepted:
        return "accepted"
    verdict = Verdict(row.verdict)
    if verdict in FAILING:
        return "wrong"
    if verdict in REPORTED:
        return "look"
    return "right" if verdict in {Verdict.AGREES, Verdict.ROUNDING} else "open"


def view() -> View:
    """The columns of ``readable`` for a table."""
    return (
        Column("Rad", pl.col("line").cast(pl.String), figures=True),
        Column("Texten säger", pl.col("said")),
        Column("Utfall", pl.col("verdict")),
        Column("Tabellen ger", pl.col("expected")),
        Column("Gäller", pl.col("subject")),
        Column("Tabellrad", pl.col("table_lines")),
        Column("Anmärkning", pl.col("note")),
    )


def reported(shown: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``readable`` that say something is wrong or should be looked at."""
    return shown.filter(pl.col("level").is_in(["wrong", "look", "accepted"]))


def summary(claims: pl.DataFrame) -> str:
    """One line: how many claims were found and what came of them."""
    counts = dict(claims.group_by("verdict").len().iter_rows())
    parts = [f"{WORDS[v]}: {counts[v]}" for v in _ORDER if counts.get(v)]
    acknowledged = claims["accepted"].count()
    done = f"; kvitterade: {acknowledged}" if acknowledged else ""
    return f"{claims.height} påståenden; {', '.join(parts)}{done}." if parts else "0 påståenden."


def markdown(claims: pl.DataFrame, title: str) -> str:
    """A page with what was found wrong first, then all that was checked."""
    from ojmf.present.tables import markdown_text, to_markdown

    shown = readable(claims)
    bad = reported(shown)
    wide = (*view(), Column("Uträkning", pl.col("computation")), Column("Id", pl.col("finding_id")))
    found = to_markdown(bad, wide) if bad.height else "Inga.\n"
    return (
        f"# {markdown_text(title)}\n\n{summary(claims)}\n\n## Fynd\n\n{found}\n"
        f"## Allt som har prövats\n\n{to_markdown(shown, view())}"
    )


def page(claims: pl.DataFrame, title: str) -> str:
    """One self-contained HTML page, the agreeing claims as well; no scripts, nothing fetched."""
    shown = readable(claims)
    rows = "\n".join(_row(row) for row in shown.iter_rows(named=True))
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Rad", "Texten säger", "Utfall", "Tabellen ger", "Gäller", "Förklaring")
    )
    return (
        "<!doctype html>\n"
        f'<html lang="sv"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{html.escape(title)}</h1>\n"
        f"<p>{html.escape(summary(claims))}</p>\n<table><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></main></body></html>\n"
    )


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #bbb;padding:.4rem;text-align:left;vertical-align:top}"
    "q{display:block;color:#444}tr.wrong td:nth-child(3){font-weight:700;color:#a00}"
    "tr.look td:nth-child(3){color:#7a4b00}tr.right td:nth-child(3){color:#055c2b}"
)


def _row(row: Mapping[str, Any]) -> str:
    def text(name: str) -> str:
        return html.escape(str(row[name] or ""))

    table = f"<br>{text('table_lines')}" if row["table_lines"] else ""
    return (
        f'<tr class="{row["level"]}" id="{row["finding_id"]}"><td>{row["line"]}</td>'
        f"<td>{text('said')}<q>{text('quote')}</q></td><td>{text('verdict')}</td>"
        f"<td>{text('expected')}{table}</td><td>{text('subject')}</td>"
        f"<td>{text('explanation')}</td></tr>"
    )


TITLES = {f"claim-{verdict.value}": WORDS[verdict] for verdict in REPORTED}
"""What the checks of sentences are called."""


def report(claims: pl.DataFrame, source_id: str, fail_on: Severity | None) -> Report:
    """The claims that a person should look at as findings, the acknowledged ones last."""
    everything = findings(claims.with_columns(accepted=pl.lit(None, pl.String)), source_id)
    reasons = claims.select("finding_id", acknowledged="accepted").unique("finding_id")
    found = everything.join(reasons, "finding_id", "left", maintain_order="left").with_columns(
        count=pl.lit(1),
        part=pl.lit(0),
        file=pl.col("document").str.replace_all("\\", "/", literal=True),
        file_line="line",
        place=pl.lit(None, pl.String),
    )
    return Report(
        "claims",
        found.select(FOUND.names())
        .cast(FOUND)
        .sort(pl.col("acknowledged").is_not_null(), maintain_order=True),
        [source_id],
        fail_on,
        TITLES,
    )
