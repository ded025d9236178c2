"""What the words of headers, titles and labels say of the unit that figures are in."""

from __future__ import annotations

import re
from functools import lru_cache

from ojmf.model import MONEY_UNITS, RATIO_UNITS, TIME_UNITS, IndicatorKind

_EACH = r"(?:/\s?|\bper )"
_DAY = (
    r"\d\d?(?:/\d|\.? ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))|"
    r"(?:19|20)\d\d(?:\d\d|-\d\d|$|[ ,;)])"
)
"""What a figure is of on a day ("per 31 december"), not for each of so many."""
_GAP = r"[ \u00a0\u202f.]?"
_END = rf"\b(?!{_GAP}\d)"
_TAX = r"\b(?:kommunal|region|total)?skattesats(?:en)?\b|per (?:skattekrona|hundralapp)\b"
_TAKEN = r"^(?!.*\b(?:inom|än|över|under|minst|högst|efter|senaste|rullande|var\w*)\b).*?(?<!\d )"
"""Before a word of time that is what is measured, not how long after something else."""
_AGES = (
    r"\b(?:medel|median|genomsnitts)\w*ålder\b|\bgenomsnittlig ålder\b|livslängd\b|^antal år\b|"
    r"(?:ålder|tid)\b.*[,(]\s?(?:antal )?år\b(?! ?\d)"
)
_WEEKDAYS = r"(?:var|helg|sön|mån|tis|ons|tors|fre|lör)dagar"
_KRONOR = r"(?:kr|kronor|(?-i:SEK))\b"
"""In small letters it may be seconds."""
_ENDS = r"(?=\s*(?:$|[),;]))"
_BILLIONS = (
    rf"\b(?:mdkr|mdsek|(?:i )?(?:mdr|mld|miljard(?:er|tals?)?)\.? (?:svenska )?{_KRONOR})|"
    r"\bSEK,? (?:in )?billions?\b|\bbillions? (?:of )?SEK\b"
)
_MILLIONS = (
    r"\b(?:mkr|mnkr|msek|mnsek)\b|"
    rf"\b(?:m|mn|mill|milj|mio|miljon(?:er|tals?)?)\.? (?:svenska )?{_KRONOR}|"
    rf"(?:^|[(,:]|\bi ) ?1{_GAP}000{_GAP}000(?:-? ?tals? {_KRONOR}| {_KRONOR}{_ENDS})|"
    r"\bSEK,? (?:in )?(?:m|mn|millions?)\b|\b(?:m|mn|millions?)(?: of)? SEK\b"
)
_THOUSANDS = (
    r"\b(?:tkr|ksek|tsek|kkr)\b|"
    rf"\b(?:t|k|tus|tusen(?:tals?)?)\.? (?:svenska )?(?:{_KRONOR}|kr\w*)|"
    rf"(?:^|[(,:]|\bi ) ?1{_GAP}000(?:-? ?tals? {_KRONOR}| {_KRONOR}{_ENDS})|'000 {_KRONOR}|"
    r"\bSEK,? (?:in )?(?:k|thousands?|'000)\b|\bthousands?(?: of)? SEK\b"
)
_UNCLEAR = re.compile(
    rf"(?:\b(?:hundra|tio|md|mil|tus)\w*\.?|\bx|\d00|\d-? ?tals?|10\^?\d) (?:svenska )?{_KRONOR}",
    re.I,
)
"""Money in a scale that is written in no way that is known, or an amount in kronor in a text."""
_ROUNDED = re.compile(
    r"\b(?:av|upp|ned)rund(?:at|ade?|ning)\b[^,;()]*\btill (?:närmaste )?[^,;()]*", re.I
)
"""How exactly figures are printed, which is not what they are in."""
_COUNTED_FOR_EACH = (
    r"(?!.*(?:timm|dag|dygn|minut|veck|månad))(?:\bantal\b|\bst\b).*?(?:"
    r"\bper (?:heltids)?(?:elev|barn|lärare|förskollärare|brukare|boende|hushåll|person|anställd|"
    r"medarbetare|handläggare|chef|klient|familj)\b|/\s?(?:inv(?:ånare)?|elev|person|anställd)\b)"
)
"""What is counted for each of others: a ratio, of which no sum is made."""
_UNITS: tuple[tuple[str, str, int | None], ...] = (
    (r"procentenhet|%[ -]?enh(?:et|\.)|p\.e\.|\bpercentage points?\b", "percentage_points", None),
    (r"‰|\bpromille\b", "permille", None),
    (_MILLIONS, "MSEK", None),
    (_THOUSANDS, "MSEK", -3),
    (_BILLIONS, "MSEK", 3),
    (_TAX, "percent", None),
    (rf"\b{_KRONOR}", "SEK", None),
    (
        r"%|\bprocent\b|\bprocentuell|\bandel(?:en)?\b|\bper ?cent\b|\bpercentages?\b",
        "percent",
        None,
    ),
    (rf"{_EACH}(?:1{_GAP}000|tusen){_END}", "per_1000", None),
    (rf"{_EACH}10{_GAP}000{_END}", "per_10000", None),
    (rf"{_EACH}100{_GAP}000{_END}", "per_100000", None),
    (_AGES, "years", None),
    (r"[,(]\s?(?:antal )?(?:vård)?(?:dagar|dygn)\b", "days", None),
    (
        r"^antal (?:\w+ )?\w*(?:elever|barn|ungdomar|vuxna|brukare|klienter|kvinnor|män|flickor|"
        r"pojkar|lärare|deltagare|svar|svarande|skolor|enheter|ärenden|beslut|företag)\b"
        r"(?!.*(?:/|\bper\b))",
        "count",
        None,
    ),
    (_COUNTED_FOR_EACH, "index", None),
    (
        rf"/\s?10[\d \u00a0]*|\bper (?!{_DAY})\d|(?:\bper |/\s?)årsarbetare|"
        r"\bper (?:tusen|invånare)\b|index\b|"
        r"kvot(?:en)?\b|poäng\b|betyg\b|omdöme(?:t)?\b|\bskalan? [01]\b|"
        r"\b(?:nöjd|upplev|trygg|bemöt|helhet|medel)\w*\b.*\([01] ?[–-] ?\d\d?\)|"
        r"\b(?:sjuk(?:penning)?|ohälso|döds|födelse|brotts|frånvaro)tal(?:et)?\b|"
        r"\b(?:merit|jämförelse)värde(?:t)?\b|\b(?:hme|nki|nri|nmi|kpi|kpif|pkv)\b",
        "index",
        None,
    ),
    (rf"(?<!\d )(?<!\bper )(?<!/)(?<!/ )\b(?!{_WEEKDAYS})(?:\w*dagar|\w*dygn|dgr)\b", "days", None),
    (r"\b(årsarbetare|årsarbetskraft\w*|heltidstjänster|fte)\b", "fte", None),
    (rf"{_TAKEN}\bmånader\b", "months", None),
    (rf"{_TAKEN}\bveckor\b", "weeks", None),
    (rf"{_TAKEN}(?:\b|hemtjänst|undervisnings)timmar\b", "hours", None),
    (rf"{_TAKEN}(?:\bminuter\b|[,(]\s?min\b)", "minutes", None),
    (r"\bantal hushåll\b|^hushåll\b", "households", None),
    (
        r"\b(invånare|folkmängd(?:en)?|befolkning(?:en)?|antal personer)\b|^personer$",
        "persons",
        None,
    ),
    (r"^persons$|\bnumber of persons\b", "persons", None),
    (r"\bantal(?:et)?\b|\bst(?:ycken)?\b|^number(?=,|$)|\bnumber of\b|, number$", "count", None),
)


_FORMS = tuple((re.compile(form, re.I), unit, shift) for form, unit, shift in _UNITS)
_INHABITANT = re.compile(rf"{_EACH}(?:kommun)?inv(?:ånare)?\b", re.I)
_PER = re.compile(
    rf"{_EACH}(?:(?:kommun)?inv(?:ånare)?|(?:heltids)?elev(?:er)?|barn|(?:heltids)?plats(?:er)?|"
    r"brukare|vårdtagare|klient|person(?:er)?|hushåll|inskriv\w+|dygn|vårddygn|timme|årsarbetare|"
    r"ärende|placering|portion|måltid)\b|\bkr(?:onor)?\s?(?:/|per\b)(?!\s?(?:mån|år\b))",
    re.I,
)


_KINDS = {
    "answer": IndicatorKind.ANSWER,
    "percent": IndicatorKind.SHARE,
    "percentage_points": IndicatorKind.SHARE,
    "SEK": IndicatorKind.AMOUNT,
    "MSEK": IndicatorKind.AMOUNT,
    **dict.fromkeys(("index", *RATIO_UNITS, *TIME_UNITS), IndicatorKind.INDEX),
}


_NO_SHARE = re.compile(
    r"^(?!.*\bandel).*(?:utveckling|förändring|ökning|minskning|tillväxt|avvikelse|differens|"
    r"skillnad|uppräkning|index|inflation|ränt|avkastning|resultat|soliditet|likviditet|skuld|"
    r"nyttjande|beläggning|belagd|täckning|finansiering|kapacitet|budget|förbruk|upparbet|kvot|"
    r"i förhållande|jämfört med|procent av (?:riket|snittet|medel|mål|plan))|"
    r"^(?:förändring|utveckling)|\bav budget",
    re.I,
)
"""Names of what is printed in percent and may be below 0 or above 100."""

OF_MONEY = re.compile("kr|sek", re.I)
"""What every text has that names kronor in any scale, and few other lines do."""
MILLIONS = re.compile(_MILLIONS, re.I)
THOUSANDS = re.compile(_THOUSANDS, re.I)
KRONOR = re.compile(rf"\b{_KRONOR}", re.I)


_COUNTED_BY = tuple(
    (re.compile(rf"(?:{form})(?! (?:svenska )?{_KRONOR})", re.I), power)
    for form, power in (
        (rf"\b(?:tusen|1{_GAP}000-?)tals?\b|(?:\bi |[(,]\s?)tusen\b|\bthousands?\b", 3),
        (r"\bmiljontals?\b|(?:\bi |[(,]\s?)miljoner\b|\bmillions?\b", 6),
    )
)


def counted_by(text: str) -> int | None:
    """The power of ten that a text says something but money is counted by: 3 for ``tusental``."""
    return next((power for form, power in _COUNTED_BY if form.search(text)), None)


_MEAN = re.compile(r"\b(?:medel|median|genomsnitt|snitt)", re.I)


def scales_of(text: str) -> int:
    """How many scales of money a text names: two in ``tkr och kr per invånare``."""
    thousands, text = THOUSANDS.search(text), THOUSANDS.sub(" ", text)
    millions, text = MILLIONS.search(text), MILLIONS.sub(" ", text)
    return sum(found is not None for found in (thousands, millions, KRONOR.search(text)))


@lru_cache(maxsize=65536)
def unit_of(text: str) -> tuple[str, int | None] | None:
    """The unit that a text names, and the shift of its printed figures to it."""
    text = _ROUNDED.sub(" ", text)
    found = next(((unit, shift) for form, unit, shift in _FORMS if form.search(text)), None)
    if found is None or (found[0] == "SEK" and _UNCLEAR.search(text)):
        return None
    by = counted_by(text)
    if by is not None and found[0] not in (*MONEY_UNITS, *RATIO_UNITS):
        return (found[0], by) if kind_of(found[0]) is IndicatorKind.COUNT else None
    return each(*found, text)


_ALONE = {
    **dict.fromkeys(("år", "levnadsår"), "years"),
    **dict.fromkeys(("mån", "mån.", "månad"), "months"),
    **dict.fromkeys(("vecka", "v."), "weeks"),
    **dict.fromkeys(("tim", "tim.", "timme", "timma", "h"), "hours"),
    **dict.fromkeys(("min", "min.", "minut", "minuter"), "minutes"),
    **dict.fromkeys(("dag", "d"), "days"),
    **dict.fromkeys(("pers", "pers.", "inv", "inv.", "person"), "persons"),
    **dict.fromkeys(("elever", "barn", "brukare", "platser", "ärenden", "beslut"), "count"),
}
"""Words that are a unit where nothing else stands with them."""


def unit_in_cell(text: str) -> tuple[str, int | None] | None:
    """The unit that a cell in a column of units states, and the shift of its figures to it.

    >>> unit_in_cell("år"), unit_in_cell("tkr")
    (('years', None), ('MSEK', -3))
    """
    alone = _ALONE.get(text.strip().casefold())
    return (alone, None) if alone else unit_of(text)


def each(unit: str, shift: int | None, *texts: str) -> tuple[str, int | None]:
    """A unit and shift, of money that a text says is per inhabitant, pupil, place …: in kronor."""
    if unit not in MONEY_UNITS or not any(map(_PER.search, texts)):
        return unit, shift
    moved = (shift or 0) + (6 if unit == "MSEK" else 0)
    of = "SEK_per_inhabitant" if any(map(_INHABITANT.search, texts)) else "SEK_per_unit"
    return of, moved or None


def kind_of(unit: str, name: str = "") -> IndicatorKind:
    """The kind of measurement that goes with a unit.

    What is in percent is a share of something, from 0 to 100, unless its ``name`` says that it is
    a change, a use of what there is or another quotient, which may be more than the whole. A mean
    or median of days is no count of them, and a unit of an area's own with a stroke is a quotient.
    """
    if unit == "days" and _MEAN.search(name):
        return IndicatorKind.INDEX
    if (unit == "percent" and _NO_SHARE.search(name)) or "/" in unit:
        return IndicatorKind.INDEX
    return _KINDS.get(unit, IndicatorKind.COUNT)
