"""The page of a document's claims: contradictions first, the figures marked in their sentence.

What agrees and what was not tested is folded: a reader comes for what is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from ojmf.declarations import Source
from ojmf.present.claims import readable
from ojmf.present.formats import iso_in_words
from ojmf.present.site import pages
from ojmf.present.words import capital, count_word, counted, listed
from ojmf.printed import swedish

CLAIMS = "pastaenden"
LEVELS = {
    "wrong": "stämmer inte med tabellen",
    "look": "bör ses över",
    "accepted": "har kvitterats",
    "right": "stämmer",
    "open": "gick inte att pröva",
}
"""What came of a claim, in the order of its weight."""
FOLDED = ("right", "open")
_BEFORE, _LONGEST = 60, 240
"""So many characters of a long sentence stand before its first figure, and so many in all."""
_SPACE = r"[\s.]?"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on its page: what the text says and what the table gives, as sentences."""

    anchor: str
    said: str
    told: str
    note: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its figures marked, the line it stands on, and what came of its claims."""

    quote: Markup
    line: int
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Section:
    """The sentences of which the same came, under a heading that counts their claims."""

    level: str
    heading: str
    sentences: Sequence[Sentence]

    @property
    def folded(self) -> bool:
        """Whether the sentences are shown only when asked for."""
        return self.level in FOLDED


def claims_files(claims: pl.DataFrame, source: Source) -> dict[str, bytes]:
    """The page of one document's claims, also of those that agree: what was checked."""
    rows = readable(claims).with_columns(claims["values"], claims["quote"].alias("sentence"))
    period = iso_in_words(source.reporting_period)
    return {
        f"{source.id}.html": pages.page(
            "claims",
            f"Påståenden i {source.document}",
            [("Start", "../index.html"), (f"Påståenden i {source.document}", None)],
            "../",
            about=f"{capital(period)}. Källa: {source.publisher}, {source.title}.",
            lead=_lead(rows),
            sections=sections(rows),
        )
    }


def sections(rows: pl.DataFrame) -> list[Section]:
    """The claims of ``readable`` with their ``values`` and whole ``sentence``, by what came."""
    found = []
    numbered = rows.with_row_index("number", offset=1)
    for level, words in LEVELS.items():
        here = numbered.filter(pl.col("level") == level)
        sentences = [
            _sentence(group.to_dicts())
            for _, group in here.group_by("line", "sentence", maintain_order=True)
        ]
        if sentences:
            heading = f"{counted(here.height, 'påstående', 'påståenden')} {words}"
            found.append(Section(level, capital(heading), sentences))
    return found


def _lead(rows: pl.DataFrame) -> str:
    """How many claims there are and what came of them, what contradicts first."""
    counts = dict(rows.group_by("level").len().iter_rows())
    if not counts:
        return "Texten har inga påståenden som går att pröva."
    parts = [f"{counts[level]} {words}" for level, words in LEVELS.items() if counts.get(level)]
    wrong = counts.get("wrong", 0)
    first = (
        f"{count_word(wrong).capitalize()} påstående{'' if wrong == 1 else 'n'} i texten säger "
        "emot dokumentets egna tabeller."
        if wrong
        else "Inget påstående i texten säger emot dokumentets egna tabeller."
    )
    return f"{first} Av {counted(rows.height, 'påstående', 'påståenden')}: {listed(parts)}."


def _sentence(rows: Sequence[Mapping[str, Any]]) -> Sentence:
    sentence = rows[0]["sentence"]
    figures = [[] if row["kind"] == "trend" else row["values"] for row in rows]
    spans = written(sentence, chain.from_iterable(figures))
    following = iter(spans)
    claims = [
        _claim(row, sentence, list(islice(following, len(own))))
        for row, own in zip(rows, figures, strict=True)
    ]
    return Sentence(marked(sentence, spans), rows[0]["line"], claims)


def _claim(row: Mapping[str, Any], sentence: str, spans: Sequence[Span | None]) -> Claim:
    """What is said of a claim: where it agrees no figure twice, and no verdict of the heading's."""
    expected, computation = row["expected"] or "", row["computation"] or ""
    verdict = [] if row["verdict"] == LEVELS[row["level"]] else [row["verdict"]]
    looked_up, colon, figure = computation.partition(": ")
    if colon and figure == expected and row["level"] not in FOLDED:
        # What is only read in a table is said once, with the name of its column.
        expected, computation = f"{expected} ({looked_up[:1].lower()}{looked_up[1:]})", ""
    given = expected and (row["level"] not in FOLDED or expected not in computation)
    found = "" if "(rad " in computation else row["table_lines"]
    where = ", ".join(filter(None, [row["subject"], found]))
    outcome = [*verdict, *([f"tabellen ger {expected}"] if given else [])]
    told = (", ".join(outcome), computation, where, row["note"] or "")
    *_, note = sentences = [f"{capital(text.rstrip('.'))}." if text else "" for text in told]
    said = " av ".join(sentence[span[0] : span[1]] for span in spans if span)
    return Claim(
        f"p{row['number']}",
        said if all(spans) else row["said"],
        " ".join(filter(None, sentences[:-1])),
        note,
    )


def marked(sentence: str, written: Iterable[Span | None]) -> Markup:
    """The sentence with its figures marked; a long one from near the first of them."""
    spans = sorted({*filter(None, written)})
    start, end = 0, len(sentence)
    if end > _LONGEST:
        first = spans[0][0] if spans else 0
        start = sentence.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _LONGEST // 2 else 0
        last = max([span[1] for span in spans], default=0)
        cut = sentence.find(" ", max(start + _LONGEST, last))
        end = cut if cut > 0 else end
    parts, at = [escape("… " if start else "")], start
    for left, right in spans:
        if left >= at:
            parts += [escape(sentence[at:left]), Markup("<mark>{}</mark>")]
            parts[-1] = parts[-1].format(sentence[left:right])
            at = right
    parts += [escape(sentence[at:end]), escape(" …" if end < len(sentence) else "")]
    return Markup("").join(parts)


def written(sentence: str, figures: Iterable[float]) -> list[Span | None]:
    """Where each figure stands in a sentence, in digits or as a word; None where it does not.

    Of figures that are alike the second stands where it is written for the second time.
    """
    before = Counter[float]()
    found: list[Span | None] = []
    for figure in figures:
        places = [match.span() for match in _pattern(figure).finditer(sentence)]
        found.append(places[min(before[figure], len(places) - 1)] if places else None)
        before[figure] += 1
    return found


def _pattern(figure: float) -> re.Pattern[str]:
    whole, _, decimals = swedish(abs(figure), most=10).partition(",")
    digits = _SPACE.join(map(re.escape, re.sub(r"\D", "", whole)))
    minus = r"(?:[-−–]\s?)?" if figure < 0 else ""
    forms = [minus + digits + (f"[,.]{decimals}0*" if decimals else "(?:[,.]0+)?")]
    if figure == int(figure) and abs(figure) > 1:
        forms.append(re.escape(count_word(int(abs(figure)))))
    return re.compile(rf"(?<![\w,.])(?:{'|'.join(forms)})(?![\w]|[,.]\d)", re.IGNORECASE)
