"""Charts as files: SVG, PNG and HTML that need nothing else, each with its text alternative."""

from __future__ import annotations

import html
import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import altair as alt
import vl_convert

from ojmf.present.charts.style import DARK, PAPER, swedish
from ojmf.present.files import CHART_MARK

FORMATS = ("svg", "png", "html")
_PNG_SCALE = 2.0
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


# What Vega says of each part of the drawing; the whole is one image with one text alternative.
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def render(chart: alt.LayerChart, format: str) -> bytes:  # noqa: A002 - the word for it
    """A chart in one of ``FORMATS``.

    SVG has the title and the text alternative in ``title`` and ``desc``, PNG in its text chunks;
    HTML holds the SVG and the chart's figures as a table, and loads nothing. The same chart gives
    the same bytes. Raises ``ValueError`` for another format.
    """
    if format == "svg":
        return svg(chart).encode()
    if format == "png":
        return _png(chart)
    if format == "html":
        return _html(chart).encode()
    raise ValueError(f"{format!r} is none of {', '.join(FORMATS)}")


def title_of(chart: alt.LayerChart) -> str:
    """The title of a chart as one line."""
    return " ".join(chart.title.text)


def alt_text(chart: alt.LayerChart) -> str:
    """The text alternative (Swedish): what the chart shows and its most important figures."""
    return str(chart.description)


def table(chart: alt.LayerChart) -> list[list[str]]:
    """The figures of a chart as texts, the first row the headings."""
    meta: dict[str, Any] = chart.usermeta
    return list(meta["table"])


def svg(chart: alt.LayerChart, *, adaptive: bool = False) -> str:
    """A chart as SVG; ``adaptive`` takes other colours and no background on a dark screen."""
    text, style = _drawn(chart), ""
    if adaptive:
        text = re.sub(rf'<rect [^>]*fill="{PAPER}"/>', "", text, count=1)
        rules = "".join(
            f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}'
            for light, dark in DARK.items()
        )
        style = f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>"
    head = (
        f'<title id="t">{html.escape(title_of(chart))}</title>'
        f'<desc id="d">{html.escape(alt_text(chart))}</desc>'
        f"<metadata>{CHART_MARK}</metadata>{style}"
    )
    opening, rest = _ROLES.sub("", text).split(">", 1)
    return f'{opening} lang="sv" role="img" aria-labelledby="t d">{head}{rest}'


def _drawn(chart: alt.LayerChart) -> str:
    locale = swedish()
    return vl_convert.vegalite_to_svg(
        json.dumps(chart.to_dict(validate=False), sort_keys=True, ensure_ascii=False),
        format_locale=locale["formatLocale"],
        time_format_locale=locale["timeFormatLocale"],
        allowed_base_urls=[],
    )


def _png(chart: alt.LayerChart) -> bytes:
    picture = vl_convert.svg_to_png(_drawn(chart), scale=_PNG_SCALE)
    chunks = list(_chunks(picture))
    pixels = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    texts = (("Title", title_of(chart)), ("Description", alt_text(chart)), ("Software", CHART_MARK))
    return _PNG_SIGNATURE + b"".join(
        _chunk(kind, body)
        for kind, body in (
            *(chunk for chunk in chunks if chunk[0] not in {b"IDAT", b"IEND"}),
            *(
                (b"iTXt", keyword.encode() + b"\0\0\0sv\0\0" + text.encode())
                for keyword, text in texts
            ),
            (b"IDAT", zlib.compress(pixels, 9)),
            (b"IEND", b""),
        )
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the body of every chunk of a PNG file."""
    place = len(_PNG_SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_PAGE = """\
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{made_by}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root{{color-scheme:light}}
body{{font:1rem/1.5 Arial,Helvetica,sans-serif;margin:1rem auto;max-width:60rem;padding:0 1rem;
color:#1b1f24;background:#fff}}
figure{{margin:0}}svg{{max-width:100%;height:auto}}
.table{{overflow-x:auto}}table{{border-collapse:collapse}}
th,td{{border-bottom:1px solid #d0d7de;padding:.25rem .75rem .25rem 0;
text-align:right;vertical-align:top}}
th:first-child,td:first-child{{text-align:left;min-width:14rem}}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<figure>
{svg}
<figcaption>{alt}</figcaption>
</figure>
<h2>Diagrammets siffror</h2>
<div class="table" role="region" aria-label="Diagrammets siffror" tabindex="0">
<table>
{rows}
</table>
</div>
</main>
</body>
</html>
"""


def _html(chart: alt.LayerChart) -> str:
    heading, *body = [[html.escape(cell) for cell in row] for row in table(chart)]
    lines = [
        "<tr>" + "".join(f'<th scope="col">{cell}</th>' for cell in heading) + "</tr>",
        *(
            f'<tr><th scope="row">{first}</th>'
            + "".join(f"<td>{cell}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in body
        ),
    ]
    return _PAGE.format(
        made_by=CHART_MARK,
        title=html.escape(title_of(chart)),
        svg=svg(chart),
        alt=html.escape(alt_text(chart)),
        rows="\n".join(lines),
    )
