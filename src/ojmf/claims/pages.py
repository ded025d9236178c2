"""What stands between the sentences of a document in pages: running heads and footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from ojmf.claims.language import Language, compiled
from ojmf.ingest.document import Document

_PAGE = re.compile(r"sida (\d+)$")
_NOTE = re.compile(r"(?P<mark>\d{1,2})\s?(?=[A-ZÅÄÖ])")
_MARK = re.compile(r"(?<=[a-zåäö]{4})\d{1,2}(?!\w)|(?<=[a-zåäö]{3}[.,])\d{1,2}(?=\s|$)")


def asides(document: Document, language: Language) -> Mapping[int, bool]:
    """The lines that no sentence goes on over, and whether they are footnotes with words to read.

    Running heads are first or last on several pages; a footnote stands last on its page and has
    its mark in the text above.
    """
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(document.lines, start=1):
        page = _PAGE.match(document.places.get(number, ""))
        if page and line.strip():
            pages[page[1]].append(number)
    numbered = compiled(language.exclude.page)
    shown = [
        [n for n in lines if not numbered.fullmatch(document.line(n).strip())]
        for lines in pages.values()
    ]
    edges = Counter(document.line(n) for body in shown if body for n in {body[0], body[-1]})
    found: dict[int, bool] = {}
    for text in shown:
        heads = [n for n in text[:1] + text[-1:] if edges[document.line(n)] > 1]
        body = [n for n in text if n not in heads]
        found |= dict.fromkeys(heads, False) | dict.fromkeys(_notes(document, body), True)
    return found


def _notes(document: Document, body: list[int]) -> Iterator[int]:
    """The lines of the footnotes at the end of a page."""
    for place, number in enumerate(body):
        note = _NOTE.match(document.line(number))
        above = " ".join(document.line(n) for n in body[:place])
        if note and re.search(rf"[a-zåäö)]\W?{note['mark']}(?!\w)", above):
            yield from body[place:]
            return


def unmarked(text: str) -> str:
    """The text without the marks of footnotes, which stand raised behind a word."""
    return _MARK.sub("", text)
