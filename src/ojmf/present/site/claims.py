"""The page of a document's claims: contradictions first, the figure marked in its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from ojmf.declarations import Source
from ojmf.present.claims import readable
from ojmf.present.formats import iso_in_words
from ojmf.present.site import pages
from ojmf.present.words import count_word, counted, listed

CLAIMS = "pastaenden"
LEVELS = {
    "wrong": "stämmer inte med tabellen",
    "look": "bör ses över",
    "accepted": "har kvitterats",
    "right": "stämmer",
    "open": "gick inte att pröva",
}
"""What came of a claim, in the order of its weight."""
_TEXTS = ("expected", "subject", "table_lines", "computation", "note")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on its page: the sentence with the figure marked, and what the table gives."""

    anchor: str
    quote: Markup
    line: int
    verdict: str
    expected: str
    subject: str
    table_lines: str
    computation: str
    note: str


def claims_files(claims: pl.DataFrame, source: Source) -> dict[str, bytes]:
    """The page of one document's claims, also of those that agree: what was checked."""
    rows = readable(claims)
    period = iso_in_words(source.reporting_period)
    sections = []
    for level, words in LEVELS.items():
        found = rows.with_row_index("number", offset=1).filter(pl.col("level") == level)
        if not found.is_empty():
            sections.append((level, words.capitalize(), [_claim(row) for row in found.to_dicts()]))
    return {
        f"{source.id}.html": pages.page(
            "claims",
            f"Påståenden i {source.document}",
            [("Start", "../index.html"), (f"Påståenden i {source.document}", None)],
            "../",
            about=f"{period[0].upper()}{period[1:]}. Källa: {source.publisher}, {source.title}.",
            lead=_lead(rows),
            sections=sections,
        )
    }


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


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        f"p{row['number']}",
        marked(row["quote"], row["said"]),
        row["line"],
        row["verdict"],
        *(row[name] or "" for name in _TEXTS),
    )


def marked(quote: str, said: str) -> Markup:
    """The sentence with what it says marked; without it where it is not found as written."""
    at = quote.find(said)
    if at < 0 or not said:
        return Markup(f"{escape(quote)} <mark>{escape(said)}</mark>") if said else escape(quote)
    end = at + len(said)
    return Markup("{}<mark>{}</mark>{}").format(quote[:at], quote[at:end], quote[end:])
