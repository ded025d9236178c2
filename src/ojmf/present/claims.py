"""Audited claims for people and programs: table, Markdown, HTML, SARIF, GitHub annotations."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

import ojmf
from ojmf.claims.claim import Verdict
from ojmf.claims.findings import FAILING, REPORTED, WORDS, findings, lines, said, shortened
from ojmf.present.tables import Column, View

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"critical": "error", "warning": "warning", "info": "note"}
_ANNOTATIONS = {"critical": "error", "warning": "warning", "info": "notice"}
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
        "finding_id": pl.String(),
    }
)
"""One row per claim, with every value in Swedish words, ready for a page or a table.

``level`` is ``wrong``, ``look`` or ``right`` for what was found, ``open`` for what was not tested
and ``accepted`` for what a person has acknowledged.
"""


def readable(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims in the schema ``READABLE``, in the order of the document."""
    rows = [
        {
            "line": row["line"],
            "said": said(row),
            "verdict": WORDS[row["verdict"]] + (" (kvitterad)" if row["accepted"] else ""),
            "expected": row["expected"],
            "subject": row["subject"],
            "table_lines": lines(row["table_lines"]),
            "computation": row["computation"],
            "note": row["accepted"] or row["note"],
            "quote": shortened(row["quote"]),
            "kind": row["kind"],
            "level": _level(row),
            "finding_id": row["finding_id"],
        }
        for row in claims.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=READABLE, orient="row")


def _level(row: Mapping[str, Any]) -> str:
    if row["accepted"]:
        return "accepted"
    verdict = Verdict(row["verdict"])
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
        for name in ("Rad", "Texten säger", "Utfall", "Tabellen ger", "Gäller", "Uträkning")
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

    note = f"<br>{text('note')}" if row["note"] else ""
    table = f"<br>{text('table_lines')}" if row["table_lines"] else ""
    return (
        f'<tr class="{row["level"]}" id="{row["finding_id"]}"><td>{row["line"]}</td>'
        f"<td>{text('said')}<q>{text('quote')}</q></td><td>{text('verdict')}</td>"
        f"<td>{text('expected')}{table}</td><td>{text('subject')}</td>"
        f"<td>{text('computation')}{note}</td></tr>"
    )


def sarif(claims: pl.DataFrame, source_id: str) -> str:
    """SARIF 2.1.0: a result per finding; acknowledged ones are suppressed with their reason."""
    rules = [{"id": f"claim-{v.value}", "shortDescription": {"text": WORDS[v]}} for v in REPORTED]
    open_ones = [_result(row) for row in findings(claims, source_id).iter_rows(named=True)]
    without = claims.with_columns(accepted=pl.lit(None, pl.String))
    reasons = {
        row["finding_id"]: row["accepted"]
        for row in claims.filter(pl.col("accepted").is_not_null()).iter_rows(named=True)
    }
    done = [
        _result(row)
        | {"suppressions": [{"kind": "external", "justification": reasons[row["finding_id"]]}]}
        for row in findings(without, source_id).iter_rows(named=True)
        if row["finding_id"] in reasons
    ]
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "ojmf", "version": ojmf.__version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [*open_ones, *done],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ruleId": row["check"],
        "level": _LEVELS[row["severity"]],
        "message": {"text": row["message"]},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": row["document"].replace("\\", "/")},
                    "region": {"startLine": row["line"]},
                }
            }
        ],
        "partialFingerprints": {"finding/v1": row["finding_id"]},
    }


def github(claims: pl.DataFrame, source_id: str) -> str:
    """Workflow commands that annotate the lines of the document in a pull request."""
    return "".join(
        f"::{_ANNOTATIONS[row['severity']]} file={_property(row['document'])},line={row['line']},"
        f"title={_property(WORDS[row['check'].removeprefix('claim-')])}::{_data(row['message'])}\n"
        for row in findings(claims, source_id).iter_rows(named=True)
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
