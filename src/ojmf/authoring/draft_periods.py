"""Periods, scenarios and units as headers and titles say them in Swedish."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SPAN = re.compile(rf"\b{_MONTH}\.?\s*(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?)\s*{_MONTH}\b", re.I)
_ONE = re.compile(rf"\b{_MONTH}\b", re.I)
_YEAR = re.compile(r"\b(20\d\d)\b")
_ISO_DAY = re.compile(r"\b20\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b")
_TERTIAL = re.compile(r"\b(?:tertial|T)\s?([123])\b", re.I)
_QUARTER = re.compile(r"\b(?:kvartal|Q|kv)\s?([1-4])\b", re.I)
_WHOLE_YEAR = re.compile(r"\b(bokslut|helår|årsredovisning|årsbudget|årsprognos|per år)", re.I)
_PARTIAL = re.compile(
    r"\b(delår|tertial|månadsrapport|kvartal|uppföljning per|per (?:den )?)", re.I
)
_YEARLY = re.compile(
    r"(verksamhetsplan|årsredovisning|verksamhetsberättelse|öppna jämförelser|bokslut|helår"
    r"|budget|mål)",
    re.I,
)
_SCENARIOS = (
    ("change", r"förändr|\d\d/\d\d|utveckling"),
    ("deviation", r"avvik"),
    (None, r"differens|\bdiff\b|återstår|kvar\b|\bmål"),
    ("forecast", r"prognos"),
    ("budget", r"budget|\bplan\b|ram\b"),
    ("outcome", r"utfall|bokslut|redovisat|resultat|\bantal\b|ack(?:umulerat)?\b"),
)
_UNITS = (
    (re.compile(r"\b(mkr|mnkr|msek|miljoner kronor|miljoner kr)\b", re.I), ("MSEK", None)),
    (re.compile(r"\b(tkr|ksek|tsek|tusen kronor|tusental kronor)\b", re.I), ("MSEK", -3)),
    (re.compile(r"\b(kr|kronor|sek)\b", re.I), ("MSEK", -6)),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a period: the ISO text where it is sure, else the ways to read it."""

    period: str | None = None
    options: tuple[str, ...] = ()


def month_number(text: str) -> int | None:
    """The number of a month by its name or its first three letters; None for other texts."""
    match = re.fullmatch(_MONTH + r"\.?", text.strip(), re.I)
    return _MONTHS.index(match[1][:3].lower()) + 1 if match else None


def _span(text: str) -> tuple[int, int] | None:
    """First and last month that a text names."""
    if span := _SPAN.search(text):
        first, last = month_number(span[1]), month_number(span[2])
        return (first, last) if first and last and first <= last else None
    if tertial := _TERTIAL.search(text):
        return 1, 4 * int(tertial[1])
    if quarter := _QUARTER.search(text):
        return 1, 3 * int(quarter[1])
    return None


def reporting_period(texts: list[str]) -> Said:
    """What the document reports on, by its title and first lines; the first that says is taken."""
    for text in texts:
        years = list(dict.fromkeys(_YEAR.findall(text)))
        if len(years) != 1:
            continue
        year = years[0]
        months = _span(text)
        if months:
            return Said(_iso(year, *months))
        if _PARTIAL.search(text):
            one = _ONE.search(text)
            month = month_number(one[1]) if one else None
            if month:
                return Said(_iso(year, 1, month))
            return Said(options=(f"{year}-01/{year}-08", f"{year}-01/{year}-04", year))
        if _YEARLY.search(text):
            return Said(year)
    years = sorted({y for text in texts for y in _YEAR.findall(text)})
    return Said(options=tuple(years[-3:]))


def names_report(text: str) -> bool:
    """Whether a line is likely the document's title: a kind of report and one year."""
    says = _YEARLY.search(text) or _PARTIAL.search(text)
    return says is not None and len(set(_YEAR.findall(text))) == 1


def _iso(year: str, first: int, last: int) -> str:
    return year if (first, last) == (1, 12) else f"{year}-{first:02d}/{year}-{last:02d}"


def scenario(text: str) -> str | None:
    """The scenario that a header's words say; None where they say nothing."""
    return next((name for name, words in _SCENARIOS if re.search(words, text, re.I)), None)


def unit(text: str) -> tuple[str, int | None] | None:
    """The unit of amounts of money and its shift, by the mark that a text has."""
    return next((found for mark, found in _UNITS if mark.search(text)), None)


def in_unit(printed: tuple[str, int | None], kept: str | None) -> tuple[str, int | None]:
    """A printed unit of money as the unit that the catalogue keeps and the shift to it."""
    name, shift = printed
    return ("SEK", ((shift or 0) + 6) or None) if kept == "SEK" else (name, shift)


def column_period(text: str, what: str | None, reporting: str | None) -> Said:
    """The period of a column by its header, its scenario and the document's reporting period.

    A year alone is ambiguous in a report on a part of the year, unless the column is a budget or a
    forecast, which are made for whole years.
    """
    years = list(dict.fromkeys(_YEAR.findall(text)))
    partial = reporting is not None and "/" in reporting
    own_year = reporting[:4] if reporting else None
    year = years[0] if years else own_year
    if day := _ISO_DAY.search(text):
        return Said(day[0])
    if year is None or len(years) > 1:
        return Said(options=tuple(years))
    if months := _span(text):
        return Said(_iso(year, *months))
    of_forecast = what == "deviation" and re.search("prognos", text, re.I) is not None
    whole_year = what is not None and _WHOLE_YEAR.search(text) is not None
    if whole_year or what in {"budget", "forecast"} or of_forecast:
        return Said(year)
    if reporting is None or own_year is None:
        return Said(options=(year,))
    return Said(options=(reporting.replace(own_year, year), year)) if partial else Said(year)
