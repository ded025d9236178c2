"""What the words of headers, titles and labels say of the unit that figures are in."""

from __future__ import annotations

import re
from functools import lru_cache

from ojmf.model import MONEY_UNITS, RATIO_UNITS, IndicatorKind

_EACH = r"(?:/\s?|\bper )"
_GAP = r"[ \u00a0\u202f.]?"
_END = rf"\b(?!{_GAP}\d)"
_UNITS: tuple[tuple[str, str, int | None], ...] = (
    (r"procentenhet|p\.e\.", "percentage_points", None),
    (r"‰|\bpromille\b", "permille", None),
    (r"\b(mkr|mnkr|msek|mnsek|miljoner (?:kronor|kr))\b", "MSEK", None),
    (r"\b(tkr|ksek|tsek|kkr|tusen kr\w*|tusental kr\w*)\b", "MSEK", -3),
    (r"\b(mdkr|miljarder kr\w*)\b", "MSEK", 3),
    (r"\b(kr|kronor|sek)\b", "SEK", None),
    (r"%|\bprocent\b|\bandel(?:en)?\b", "percent", None),
    (rf"{_EACH}(?:1{_GAP}000|tusen){_END}", "per_1000", None),
    (rf"{_EACH}10{_GAP}000{_END}", "per_10000", None),
    (rf"{_EACH}100{_GAP}000{_END}", "per_100000", None),
    (r"[,(]\s?(?:antal )?(?:vård)?(?:dagar|dygn)\b", "days", None),
    (
        r"/\s?10[\d \u00a0]*|\bper \d|(?:\bper |/\s?)årsarbetare|"
        r"\bper (?:tusen|invånare)\b|index\b|"
        r"kvot(?:en)?\b|poäng\b|betyg\b|"
        r"\b(?:sjuk(?:penning)?|ohälso|döds|födelse|brotts|frånvaro)tal(?:et)?\b|"
        r"\b(?:merit|jämförelse)värde(?:t)?\b|\b(?:nki|nri|nmi|kpi|kpif|pkv)\b",
        "index",
        None,
    ),
    (r"(?<!\d )\b(dagar|dygn|vårddygn|dgr)\b", "days", None),
    (r"\b(årsarbetare|årsarbetskraft\w*|heltidstjänster|fte)\b", "fte", None),
    (r"\bantal hushåll\b|^hushåll\b", "households", None),
    (
        r"\b(invånare|folkmängd(?:en)?|befolkning(?:en)?|antal personer)\b|^personer$",
        "persons",
        None,
    ),
    (r"\bantal(?:et)?\b|\bst(?:ycken)?\b|\btimmar\b", "count", None),
)


_FORMS = tuple((re.compile(form, re.I), unit, shift) for form, unit, shift in _UNITS)
_INHABITANT = re.compile(rf"{_EACH}(?:kommun)?inv(?:ånare)?\b", re.I)
_PER = re.compile(
    rf"{_EACH}(?:(?:kommun)?inv(?:ånare)?|(?:heltids)?elev(?:er)?|barn|(?:heltids)?plats(?:er)?|"
    r"brukare|vårdtagare|klient|person(?:er)?|hushåll|inskriv\w+|dygn|vårddygn|timme|årsarbetare|"
    r"ärende|placering)\b|\bkr(?:onor)?\s?(?:/|per\b)(?!\s?(?:mån|år\b))",
    re.I,
)


_KINDS = {
    "answer": IndicatorKind.ANSWER,
    "percent": IndicatorKind.SHARE,
    "percentage_points": IndicatorKind.SHARE,
    "SEK": IndicatorKind.AMOUNT,
    "MSEK": IndicatorKind.AMOUNT,
    **dict.fromkeys(("index", *RATIO_UNITS), IndicatorKind.INDEX),
}


_MONEY_SCALES = tuple(
    re.compile(form, re.I)
    for form in (
        r"\b(?:mkr|mnkr|msek|mnsek|miljoner (?:kronor|kr))\b",
        r"\b(?:tkr|ksek|tsek|kkr|tusen kr\w*|tusental kr\w*)\b",
        r"(?<!miljoner )(?<!tusen )(?<!miljarder )\b(?:kr|kronor|sek)\b",
    )
)


def scales_of(text: str) -> int:
    """How many scales of money a text names: two in ``tkr och kr per invånare``."""
    return sum(form.search(text) is not None for form in _MONEY_SCALES)


@lru_cache(maxsize=65536)
def unit_of(text: str) -> tuple[str, int | None] | None:
    """The unit that a text names, and the shift of its printed figures to it."""
    found = next(((unit, shift) for form, unit, shift in _FORMS if form.search(text)), None)
    return None if found is None else each(*found, text)


def each(unit: str, shift: int | None, *texts: str) -> tuple[str, int | None]:
    """A unit and shift, of money that a text says is per inhabitant, pupil, place …: in kronor."""
    if unit not in MONEY_UNITS or not any(map(_PER.search, texts)):
        return unit, shift
    moved = (shift or 0) + (6 if unit == "MSEK" else 0)
    of = "SEK_per_inhabitant" if any(map(_INHABITANT.search, texts)) else "SEK_per_unit"
    return of, moved or None


def kind_of(unit: str) -> IndicatorKind:
    """The kind of measurement that goes with a unit."""
    return _KINDS.get(unit, IndicatorKind.COUNT)
