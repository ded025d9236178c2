"""Data Docs that open without a network: what the pages fetch from elsewhere is taken out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from ojmf.validate.outcomes import Outcome

_EXTERNAL = r"(?:https?:)?//"
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(rf"<link\b[^>]*href\s*=\s*[\"']{_EXTERNAL}[^>]*>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(rf"<img\b[^>]*src\s*=\s*[\"']{_EXTERNAL}[^>]*>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(rf"\s(?:href|src|action)\s*=\s*([\"']){_EXTERNAL}.*?\1", re.DOTALL)
_URL = re.compile(rf"url\(\s*[\"']?{_EXTERNAL}[^)]*\)", re.IGNORECASE)
_HTML = re.compile(r"<html\b[^>]*>", re.IGNORECASE)

_STYLE = """<style>
body { font-family: system-ui, sans-serif; margin: 1rem; line-height: 1.4; color: #212529; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { border: 1px solid #ced4da; padding: .3rem .6rem; text-align: left; vertical-align: top; }
.modal, .navbar-toggler, .ge-walkthrough-modal, .fixed-table-toolbar, button { display: none; }
ul { padding-left: 1.2rem; }
pre { white-space: pre-wrap; }
.text-success { color: #11753c; }
.text-danger { color: #b02a37; }
</style>
"""

_SWEDISH = {
    "Validation Results": "Resultat",
    "Expectation Suites": "Sviter",
    "Expectation Suite": "Svit",
    "Expectations": "Regler",
    "Expectation": "Regel",
    "Observed Value": "Funnet",
    "Successful Expectations": "Uppfyllda regler",
    "Unsuccessful Expectations": "Brutna regler",
    "Evaluated Expectations": "Prövade regler",
    "Table-Level Expectations": "Hela tabellen",
    "Unexpected Value": "Avvikande värde",
    "Count": "Antal",
    "Home": "Alla kontroller",
    "Success Percent": "Uppfyllda i procent",
    "Succeeded": "Uppfylld",
    "Failed": "Bruten",
    "Overview": "Översikt",
    "Statistics": "I siffror",
    "Table of Contents": "Innehåll",
    "Data asset": "Data",
}


_INDEX = """<!DOCTYPE html>
<html lang="sv">
<head><meta charset="utf-8"><title>ojmf: kontroller</title>{style}</head>
<body>
<h1>Kontroller</h1>
<table>
<thead><tr><th>Svit</th><th>Rader</th><th>Regler</th><th>Brutna</th><th>Ej körda</th></tr></thead>
<tbody>
{rows}</tbody>
</table>
</body>
</html>
"""


def make_offline(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Rewrite every page below the folder so that it is whole without a network, and in Swedish.

    Scripts are taken out: the pages need none to be read, and those that they have fetch others.
    The index, which scripts fill in, is replaced by one that lists the suites of the outcomes.
    """
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        for pattern in (_SCRIPT, _LINK, _IMAGE, _ADDRESS):
            text = pattern.sub("", text)
        text = _URL.sub("none", text)
        text = _HTML.sub('<html lang="sv">', text, count=1)
        text = text.replace("</head>", f"{_STYLE}</head>", 1)
        for english, swedish in _SWEDISH.items():
            text = re.sub(rf"(>\s*){re.escape(english)}(:?\s*<)", rf"\g<1>{swedish}\g<2>", text)
        page.write_text(text, encoding="utf-8", newline="\n")
    for sheet in sorted(folder.rglob("*.css")):
        text = _URL.sub("none", sheet.read_text(encoding="utf-8"))
        sheet.write_text(text, encoding="utf-8", newline="\n")
    index = _INDEX.format(style=_STYLE, rows="".join(_rows(folder, outcomes)))
    (folder / "index.html").write_text(index, encoding="utf-8", newline="\n")


def _rows(folder: Path, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A row per suite, with a link to the page of its latest run."""
    suites: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        suites.setdefault(outcome.check.suite, []).append(outcome)
    for name, own in suites.items():
        pages = sorted((folder / "validations" / name).rglob("*.html"))
        shown = html.escape(name)
        if pages:
            shown = f'<a href="{quote(pages[-1].relative_to(folder).as_posix())}">{shown}</a>'
        figures = (
            own[0].frame.height,
            len(own),
            sum(outcome.failures > 0 for outcome in own),
            sum(outcome.error is not None for outcome in own),
        )
        yield f"<tr><td>{shown}</td>{''.join(f'<td>{n}</td>' for n in figures)}</tr>\n"
