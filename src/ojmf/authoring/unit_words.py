"""What the words of headers, titles and labels say of the unit that figures are in."""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS: tuple[tuple[str, str, int | None], ...] = (
    (r"procentenhet|p\.e\.", "percentage_points", None),
    (r"\b(mkr|mnkr|msek|mnsek|miljoner (?:kronor|kr))\b", "MSEK", None),
    (r"\b(tkr|ksek|tsek|kkr|tusen kr\w*|tusental kr\w*)\b", "MSEK", -3),
    (r"\b(mdkr|miljarder kr\w*)\b", "MSEK", 3),
    (r"\b(kr|kronor|sek)\b", "SEK", None),
    (r"%|\bprocent\b|\bandel(?:en)?\b", "percent", None),
    (
        r"/\s?10[\d \u00a0]*|\bper \d|\bper (?:tusen|invånare)\b|index\b|"
        r"kvot(?:en)?\b|poäng\b|betyg\b|"
        r"\b(?:sjuk(?:penning)?|ohälso|döds|födelse|brotts|frånvaro)tal(?:et)?\b|"
        r"\b(?:merit|jämförelse)värde(?:t)?\b|\b(?:nki|nri|nmi|kpi|kpif|pkv)\b",
        "index",
        None,
    ),
    (r"(?<!\d )\b(dagar|dygn|vårddygn|dgr)\b", "days", None),
    (r"\b(årsarbetare|årsarbetskraft\w*|heltidstjänster|fte)\b", "fte", None),
    (r"\bantal hushåll\b|^hushåll\b", "households", None),
    (r"\b(invånare|folkmängd|befolkning|antal personer)\b", "persons", None),
    (r"\bantal(?:et)?\b|\bst(?:ycken)?\b|\btimmar\b", "count", None),
)


_FORMS = tuple((re.compile(form, re.I), unit, shift) for form, unit, shift in _UNITS)
_PER = re.compile(r"\bkr(onor)?\s?(/|per\b)", re.I)


@lru_cache(maxsize=65536)
def unit_of(text: str) -> tuple[str, int | None] | None:
    """The unit that a text names, and the shift of its printed figures to it."""
    if _PER.search(text):
        return "SEK", None
    return next(((unit, shift) for form, unit, shift in _FORMS if form.search(text)), None)
