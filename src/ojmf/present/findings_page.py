"""Findings as one web page that needs nothing else: what a person reads after ``validate``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl
from jinja2 import Environment, StrictUndefined

from ojmf.present.files import html_mark
from ojmf.present.findings import REMEDY, SEVERITY_WORDS, place_of, told_counts
from ojmf.present.words import capital

if TYPE_CHECKING:
    from ojmf.present.findings import Report

_PAGE = """\
<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
{{ mark|safe }}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
<style>
{{ style|safe }}
.v-critical { color: var(--no); } .v-warning { color: var(--part); }
</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<p class="lead">{{ lead }}</p>
{% for part in parts %}
<h2>{{ part.name }}</h2>
{% if part.waiting %}
{{ table(part.waiting, "Fynd i " ~ part.name) }}
{% else %}
<p>Inga fynd att ta ställning till.</p>
{% endif %}
{% if part.accepted %}
<h3>Kvitterade fynd</h3>
{{ table(part.accepted, "Kvitterade fynd i " ~ part.name, true) }}
{% endif %}
{% endfor %}
{% if waits %}
<p>Är ett fynd riktigt men känt, kvittera det: <code>{{ remedy }}</code></p>
{% endif %}
</main>
</body>
</html>
"""
_TABLE = """\
{% macro table(rows, caption, accepted=false) %}
{% set reasons = rows|selectattr("reason")|list %}
<table role="table" class="data">
<caption class="vh">{{ caption }}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Fynd</th>
<th role="columnheader" scope="col">Hur allvarligt</th><th role="columnheader" scope="col">Var</th>
<th role="columnheader" scope="col">Tabell och rad</th>
{%- if not accepted %}<th role="columnheader" scope="col">Id</th>{% elif reasons %}
<th role="columnheader" scope="col">Skäl</th>{% endif %}</tr></thead>
<tbody role="rowgroup">
{% for row in rows %}
<tr role="row" id="f-{{ row.finding_id }}-{{ row.part }}-{{ loop.index }}">
<th role="rowheader" scope="row">{{ row.message }}</th>
<td role="cell" data-label="Hur allvarligt">
<span class="v-{{ row.severity }}">{{ row.word }}</span></td>
<td role="cell" data-label="Var">{{ row.place }}</td>
<td role="cell" data-label="Tabell och rad">{{ row.cell }}</td>
{% if not accepted %}
<td role="cell" data-label="Id"><code>{{ row.finding_id }}</code></td>
{% elif reasons %}<td role="cell" data-label="Skäl">{{ row.reason }}</td>{% endif %}
</tr>
{% endfor %}
</tbody>
</table>
{% endmacro %}
"""


def findings_page(report: Report) -> str:
    """A page with a table per thing checked; it fetches nothing, and every text is escaped.

    What waits for a person stands first, then what somebody has accepted, with the reason.
    """
    rows = [_shown(row) for row in report.found.iter_rows(named=True)]
    parts = [
        {
            "name": name,
            "waiting": [row for row in rows if row["part"] == n and not row["acknowledged"]],
            "accepted": [row for row in rows if row["part"] == n and row["acknowledged"]],
        }
        for n, name in enumerate(report.parts)
    ]
    clean = sum(not part["waiting"] for part in parts)
    title = f"Kontroll av {report.parts[0] if len(parts) == 1 else 'arbetsytan'}"
    lead = f"{capital(told_counts(report.found))}."
    if len(parts) > 1:
        lead += f" {clean} av {len(parts)} kontrollerade delar är utan fynd att ta ställning till."
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    text = environment.from_string(_TABLE + _PAGE).render(
        mark=html_mark(),
        style=(files("ojmf.present") / "site" / "static" / "site.css").read_text("utf-8"),
        title=title,
        lead=lead,
        parts=parts,
        waits=not report.found.filter(pl.col("acknowledged").is_null()).is_empty(),
        remedy=REMEDY,
    )
    return text.lstrip()


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    cell = [row["table"], row["row_label"], row["column_label"]]
    message = " ".join(row["message"].split())
    reason = row["acknowledged"] or ""
    return {
        **row,
        "message": message,
        "reason": "" if reason in message else reason,  # what was made information has it there
        "word": SEVERITY_WORDS[row["severity"]],
        "place": place_of(row).removeprefix(f"{row['source_id']} "),  # which its heading says
        "cell": ", ".join(filter(None, cell)) or "–",
    }
