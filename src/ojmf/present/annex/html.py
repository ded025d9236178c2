"""A municipality's table as one web page that needs nothing else."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from jinja2 import Environment, StrictUndefined

from ojmf.model import Status
from ojmf.present.annex.documents import dated_name
from ojmf.present.annex.named_sources import named_beside, source_places
from ojmf.present.annex.rows import Comparison
from ojmf.present.annex.summaries import summaries
from ojmf.present.annex.views import (
    FILLS,
    PERIOD_HEADING,
    explanation,
    parts,
    row_view,
    title,
)
from ojmf.present.files import html_mark
from ojmf.present.tables import Column, View, cells, filled

_PAGE = """\
<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
{{ mark|safe }}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
:root { color-scheme: light dark; --line: #8a8a8a; --head: #eef1f4; --text: #1a1a1a; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #808080; --head: #2b3138; --text: #eee; --page: #16191d; }
}
body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 90rem;
  padding: 0 1rem; color: var(--text); background: var(--page); overflow-wrap: anywhere; }
h1, h2 { line-height: 1.2; }
a { color: inherit; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
nav a { display: inline-block; padding: .15rem 0; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
caption { text-align: left; padding: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left;
  vertical-align: top; white-space: pre-line; }
thead th { background: var(--head); }
tbody th { font-weight: normal; min-width: 16rem; overflow-wrap: anywhere; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.text { overflow-wrap: anywhere; min-width: 5rem; }
{% for status, fill in fills.items() -%}
.{{ status }} { background: #{{ fill }}; color: #111; white-space: nowrap; }
{% endfor -%}
@media screen and (max-width: 60rem) {
  h1 { font-size: 1.6rem; }
  table, caption, tbody, td, tbody th { display: block; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 .9rem; border-top: 1px solid var(--line);
    padding: .4rem 0; }
  td, tbody th { border: 0; padding: 0; min-width: 0; }
  tbody th { flex: 1 0 100%; font-weight: 600; }
  td:empty { display: none; }
  td::before { content: attr(data-label) " "; font-size: .85rem; }
  {% for status in fills -%}
  td.{{ status }}::before { content: none; }
  {% endfor -%}
}
@media print {
  nav { display: none; }
  body { margin: 0; padding: 0; max-width: none; font-size: 8.5pt; line-height: 1.3; color: #000;
    background: #fff; overflow-wrap: break-word; }
  th, td { padding: .12rem .3rem; }
  thead { display: table-header-group; }
  tbody th, .text { min-width: 0; overflow-wrap: break-word; }
  tr, section { break-inside: avoid; }
  h2, caption { break-after: avoid; }
  td { print-color-adjust: exact; }
  @page { size: A4 landscape; margin: 1.5cm; }
}
</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<p>{{ explanation }}</p>
<nav aria-label="Innehåll"><ul>
{%- for table in tables %}
<li><a href="#del-{{ loop.index }}">{{ table.name }}</a></li>
{%- endfor %}
<li><a href="#kallor">Källor</a></li>
</ul></nav>
{% for table in tables %}
<section>
<h2 id="del-{{ loop.index }}">{{ table.name }}</h2>
<table role="table">
<caption>{{ table.caption }}</caption>
<thead role="rowgroup"><tr role="row">
{%- for heading, figures in table.headings %}
<th role="columnheader" scope="col"{% if figures %} class="figure"{% endif %}>{{ heading }}</th>
{%- endfor %}
</tr></thead>
<tbody role="rowgroup">
{%- for row in table.rows %}
<tr role="row">
{%- for text, class, heading in row %}
{% if loop.first %}<th role="rowheader" scope="row">{{ text }}</th>
{%- else %}<td role="cell" data-label="{{ heading }}" class="{{ class }}">{{ text }}</td>
{%- endif %}
{%- endfor %}
</tr>
{%- endfor %}
</tbody>
</table>
</section>
{% endfor %}
<section>
<h2 id="kallor">Källor</h2>
<ul>
{%- for source in sources %}
<li>{{ source }}</li>
{%- endfor %}
</ul>
</section>
</main>
</body>
</html>
"""


def to_html(comparison: Comparison) -> bytes:
    """A page with the summary and a table per area; every text is escaped.

    The tables have captions, and headings for columns and rows; no script, nothing fetched.
    """
    places = source_places(comparison)
    tables = [
        {"name": one.heading, "caption": one.caption, **_table(one.frame, one.view)}
        for one in summaries(comparison)
    ]
    # The ids of citations, and codes of periods, are for files that programs read.
    view = [_worded(column) for column in row_view(comparison)[:-1]]
    tables += [
        {
            "name": part.name,
            "caption": f"{part.counts}.",
            **_table(part.rows, view, part.rows["status"].to_list()),
        }
        for part in parts(comparison)
    ]
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_PAGE)
    text = page.render(
        mark=html_mark(),
        title=title(comparison),
        explanation=" ".join(explanation(comparison)),
        fills=FILLS,
        tables=tables,
        sources=[
            *(
                f"{dated_name(source)}. {places[source.id]} (SHA-256 {source.sha256})"
                for source in comparison.sources
            ),
            *named_beside(comparison),
        ],
    )
    return text.encode()


def _worded(column: Column) -> Column:
    """A column of periods in words; any other as it is."""
    words = pl.when(column.text.is_not_null()).then("period_words")
    return replace(column, text=words) if column.heading == PERIOD_HEADING else column


def _table(frame: pl.DataFrame, view: View, statuses: list[str] | None = None) -> dict[str, object]:
    """Headings and rows of a table; a cell is its text and its class."""
    view = filled(frame, view)
    classes = ["figure" if column.figures else "text" for column in view]
    names = [column.heading for column in view]
    rows = []
    for number, texts in enumerate(zip(*cells(frame, view), strict=True)):
        row = list(zip(texts, classes, names, strict=True))
        if statuses is not None:
            place = names.index("Status")
            row[place] = (texts[place], Status(statuses[number]).value, "Status")
        rows.append(row)
    headings = [(column.heading, column.figures) for column in view]
    return {"headings": headings, "rows": rows}
