"""Headers whose words are cut short, or that a pivot table made, in the words of the field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.counted_days import MONTH
from ojmf.printed import squeeze

_YEAR_WORD = re.compile(r"\b(?:ar|year|y) (?=(?:19|20)\d\d\b)", re.I)
"""A word for year before one, in headers that are names of variables: ``ar_1950``."""
_LETTERED = re.compile(r"(?<!.)((?:19|20)\d\d)([bup])(?!.)", re.I)
"""A year with a letter for what its figures are: ``2026p``."""
_CUT_SHORT = {
    "bud": "budget",
    "budg": "budget",
    "prog": "prognos",
    "progn": "prognos",
    "utf": "utfall",
    "boksl": "bokslut",
}
_WORD = re.compile(rf"\b({'|'.join(_CUT_SHORT)})\b\.?", re.I)
_BESIDE = re.compile(
    rf"{MONTH}|\d+|ack(?:um\w*)?|(?:hel)?års?|föregående|period\w*|rev\w*|just\w*|tot\w*|per|t|o|m|"
    r"tom|f|fg|m?n?kr|tkr|[mkt]?sek|kf|ny|senaste|kv|kvartal|tertial|[qkt]\d|och|mot|"
    r"avv\w*|diff\w*|budget|utfall|prognos",
    re.I,
)
"""What may stand beside a word cut short: times, units, and what else such headers say."""
_TIMES = {
    "year": "År",
    "år": "År",
    "quarter": "Kvartal",
    "kvartal": "Kvartal",
    "month": "Månad",
    "månad": "Månad",
    "week": "Vecka",
    "vecka": "Vecka",
    "day": "Datum",
    "dag": "Datum",
}
_OF_KOLADA = {"kpi": "Nyckeltal", "municipality": "Kommunkod"}
"""The keys of an answer of Kolada's interface, where KPI is no index of prices."""
_TIME_OF = re.compile(rf"({'|'.join(_TIMES)}) (?:of|av) [^\W\d_][\w ]*", re.I)
_TAKEN_OF = re.compile(
    r"(?:(?P<sum>summa av|sum of|sum\()|(?P<count>antal av|count of|count\()|"
    r"(?P<mean>medel(?:värde)? av|genomsnitt av|average of|avg\. |avg\())\s*(?P<what>.+?)\)?",
    re.I,
)


def with_full_words(headers: Sequence[str]) -> list[str]:
    """Headers with their words in full: ``Ack bud 2024`` is the accumulated budget.

    A word counts where only times and units stand beside it; ``Antal bud`` are bids. ``Year of
    Datum`` and ``Summa av Belopp`` are what pivot tables call a year and an amount.

    >>> with_full_words(["Bud 2024", "Antal bud", "Year of Datum", "Medel av Betyg"])
    ['budget 2024', 'Antal bud', 'År', 'Betyg, medel']
    """
    if _OF_KOLADA.keys() <= {text.casefold() for text in headers}:
        headers = [_OF_KOLADA.get(text.casefold(), text) for text in headers]
    said = (squeeze(_YEAR_WORD.sub("", text.replace("_", " "))) for text in headers)
    said = (_LETTERED.sub(r"\1 \2", text) for text in said)
    return [_of_pivot(_in_full(text)) for text in said]


def _in_full(text: str) -> str:
    beside = re.findall(r"[^\W_]+", _WORD.sub(" ", text))
    if not all(map(_BESIDE.fullmatch, beside)):
        return text
    return _WORD.sub(lambda found: _CUT_SHORT[found[1].casefold()], text)


def _of_pivot(text: str) -> str:
    if time := _TIME_OF.fullmatch(text):
        return _TIMES[time[1].casefold()]
    if (taken := _TAKEN_OF.fullmatch(text)) is None:
        return text
    what = squeeze(taken["what"])
    if taken["count"] and not re.match("antal", what, re.I):
        return f"Antal {what}"
    return f"{what}, medel" if taken["mean"] else what
