"""Markdown: the file's own lines; the cells of tables are set off by tabs, as they are rendered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ojmf.ingest.document import Document, read_document
from ojmf.ingest.readers.lines import CellText, facts_of
from ojmf.ingest.readers.runs import Look, Run, cell_text

_ROW = re.compile(r"\s*\|(.+)\|\s*")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_TOKEN = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    |(?P<comment><!--.*?(?:-->|$))
    |<(?P<ends>/?)(?P<tag>[A-Za-z][\w-]*)(?P<attributes>[^<>]*)>
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{1,31});)
    |\[\^(?P<footnote>[^\]\s]{1,12})\]
    |!?\[(?P<link>[^\[\]]*)\]\([^()]*\)
    |(?P<code>`+)(?P<inside>.+?)(?P=code)
    |(?P<strike>~~?)(?=\S)(?P<struck>[^~]*[^~\s])(?P=strike)
    |\^(?P<raised>[^\s^]{1,12})\^
    |(?P<strong>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=strong)
    |(?<![\w*])(?P<mark>[*_])(?=[^\s*_])(?P<italic>[^*_]*[^\s*_])(?P=mark)(?![\w*])""",
    re.VERBOSE,
)
_LOOKS = {
    "sup": Look.RAISED,
    "sub": Look.LOWERED,
    **dict.fromkeys(("s", "del", "strike"), Look.STRUCK),
    **dict.fromkeys(("script", "style", "template", "title", "head"), Look.UNSEEN),
}
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "td", "hr"}
_NO_END = {"br", "hr", "img", "input", "wbr"}
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0+)?(?![\d.])"
    r"|font-size:[012]?(?:\.\d+)?(?:px|pt|em|rem|%)?(?![\d.a-z%])"
    r"|(?<![\w-])color[:=](?:white|transparent|#fff(?:fff)?(?![\da-f])|rgba?\(255,255,255)"
)
_STYLED = (
    (re.compile(r"line-through"), Look.STRUCK),
    (re.compile(r"vertical-align:(?:super|top|text-top)"), Look.RAISED),
    (re.compile(r"vertical-align:(?:sub|bottom|text-bottom)"), Look.LOWERED),
)


def read(path: Path) -> Document:
    """Read a Markdown text; raises as ``read_document`` does."""
    document = read_document(path)
    rows = {number: _cells(line) for number, line in enumerate(document.lines, start=1)}
    lines = ["\t".join(cells) for cells in rows.values()]
    seen = {
        (number, index): cell
        for number, cells in rows.items()
        for index, cell in enumerate(cells)
        if isinstance(cell, CellText)
    }
    return replace(document, lines=lines, facts=facts_of(seen, lines, {}))


def _cells(line: str) -> list[str]:
    """The cells of a row as they are rendered; any other line alone, nothing for a rule."""
    if "|" in line and _RULE.fullmatch(line):
        return []
    row = _ROW.fullmatch(line)
    if row is None and "\t" not in line:
        return [line]
    cells = _PIPE.split(row[1]) if row else line.split("\t")
    return [cell_text(rendered(cell.strip())) for cell in cells]


def rendered(text: str, look: Look = Look.SHOWN) -> Iterator[Run]:
    """The runs that Markdown and the HTML in it show, each in its look."""
    open_tags: list[tuple[str, Look]] = [("", look)]
    at = 0
    for match in _TOKEN.finditer(text):
        look = open_tags[-1][1]
        yield Run(text[at : match.start()], look)
        at = match.end()
        found = match.groupdict()
        if tag := (found["tag"] or "").lower():
            if tag in _BREAKS:
                yield Run("\n", look)
            if found["ends"]:
                names = [name for name, _ in open_tags]
                if tag in names:
                    del open_tags[len(names) - 1 - names[::-1].index(tag) :]
            elif tag not in _NO_END and not found["attributes"].endswith("/"):
                open_tags.append((tag, _look(tag, found["attributes"], look)))
        elif found["entity"]:
            yield Run(html.unescape(found["entity"]), look)
        elif found["footnote"]:
            # Rendered as a number, whatever it is called here.
            yield Run(found["footnote"] if len(found["footnote"]) < 3 else "*", Look.RAISED)
        elif found["struck"] is not None:
            yield from rendered(found["struck"], Look.STRUCK)
        elif found["raised"]:
            yield Run(found["raised"], Look.RAISED)
        else:
            plain = found["escaped"] or found["inside"]
            inner = found["bold"] or found["italic"] or found["link"] or ""
            yield from [Run(plain, look)] if plain else rendered(inner, look)
    yield Run(text[at:], open_tags[-1][1])


def _look(tag: str, attributes: str, around: Look) -> Look:
    """How text in a tag looks; what is hidden around it stays so."""
    said = re.sub(r"""[\s"']+""", "", attributes.lower())
    if around is Look.UNSEEN or _HIDING.search(said) or re.search(r"\bhidden\b", attributes):
        return Look.UNSEEN
    styled = next((look for style, look in _STYLED if style.search(said)), around)
    return _LOOKS.get(tag, styled)
