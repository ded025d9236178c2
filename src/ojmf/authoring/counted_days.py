"""Days that headers and titles name, and what is counted on a day rather than over time."""

from __future__ import annotations

import re
from calendar import monthrange

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH = (
    r"(jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ISO_DAY = re.compile(r"\b((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])\b")
WRITTEN_DAY = re.compile(
    rf"\b([1-3]?\d)\s*(?:/\s*(1[0-2]|0?[1-9])|{MONTH}\.?)[\s-]*((?:19|20)\d\d)\b", re.I
)
PERIOD_STATED = re.compile(
    rf"(?:vald |aktuell |redovisad )?(?:rapport|redovisnings|mät)?period ?: ?"
    rf"(?:(?:19|20)\d\d-?(0[1-9]|1[0-2])|{MONTH} (?:19|20)\d\d)",
    re.I,
)
MONTH_STATED = re.compile(r"(?:vald |aktuell |redovisad )?(?:mät)?månad ?:", re.I)
"""Lines above a table that say its month or period and nothing else."""
WEEK = re.compile(
    r"\b(?:v|veckan?|week)[ .]{1,2}\d{1,2}\b(?![.,:]\d)|"
    r"\b(?:19|20)\d\d[ -]?(?:v|vecka|w)[ .]?\d\d?\b|"
    r"(?<!.)[vw]\d\d?(?: ?[-–/ ] ?(?:(?:19|20)?\d\d|[vw]?\d\d?))?(?!.)",
    re.I,
)
"""A week, which no kind of period is."""
_BARE_DAY = re.compile(
    rf"(?:\b(?:per|den|pr)\s+(?:den\s+)?)?\b(?!24/7\b)([1-3]?\d)(?:\s?/\s?(1[0-2]|0?[1-9])\b|"
    rf"(?::?e)?\s+{MONTH}\b\.?)(?![\s-]*(?:19|20)?\d\d\b)",
    re.I,
)
_NO_FRACTION = 12
_ISSUED = re.compile(
    r"\b(?:antag|(?<!med )(?<!verkställt )(?<!verkställda )beslut|publicera|uttag|"
    r"uppdatera|revidera|fastställ|utskriv|skapa|hämta|upprätta|"
    r"version|diari|dnr|datum)\w*",
    re.I,
)
_DATING = re.compile(
    r"(?:(?:data|rapport|uppgift|statistik|siffr)\w* ?)?(?:är )?(?:senast )?"
    r"(?:utskrift|utskriv|uttag|uppdatera|ändra|hämta|skapa|publicera|rapportdatum)"
    r"[^\W\d]*(?: [^\W\d]+){0,3}\W+(?:den )?(?:\d[\d.: /T-]{7,20}|\d{1,2} [^\W\d]+ \d{4})",
    re.I,
)
_STOCKS = re.compile(
    r"balansräkning|\bställning|tillgångar|\w*skuld(?:er)?\b|eget kapital|\bsaldo|\blikvid|"
    r"\bborgen|\bfordring|\bsoliditet|folkmängd|\bbefolkning(?!s?\w*(?:förändr|ökning|utveckl))|"
    r"(?<!per )(?<!000 )\binvånare\b|\b(?!ny)\w*anställda\b|\bmedarbetare\b|månadsavlönade|"
    r"personalstatistik|bestånd|\blägenheter\b|elevantal|\belever\b|\bplatser\b|"
    r"\binskrivna\b|\barbetslösa\b|\barbetssökande\b|"
    r"\bverkställ(?:t|da) beslut|"
    r"\bmed (?:hemtjänst|trygghetslarm|matdistribution|kontaktperson|personlig assistans|"
    r"ledsag\w+|insats(?:er)?)\b|\bi (?:\w+ )?boende\b|\bbrukare\b|"
    r"\bi kö\b|\w*kön?\b(?!n)|\bköande\b|\bplacerade\b|"
    r"\b(?:öppna|pågående|aktuella) ärenden",
    re.I,
)
HAPPENS = re.compile(
    r"födda|\bdöda\b|avlidna|flytt|förändr|ökning|minskning|inkom|avslut|"
    r"(?<!med )(?<!verkställt )(?<!verkställda )beslut|tillkom|börja|sluta|"
    r"rekryter|avgång|anmäl|ansök|bevilja|genomför|utför|byggda|starta|händelse|frånvaro|"
    r"omsättning(?!stillgång)|färdigställ|påbörja|utskriv|(?<!en)skilda|vigda|under året|"
    r"per år\b|\bny\w+a\b",
    re.I,
)
"""Headers of what happens over a time."""


def is_dating(line: str) -> bool:
    """Whether a line says when what it stands in was printed or fetched, and nothing else."""
    return _DATING.fullmatch(line) is not None


def without_days(text: str) -> str:
    """A text without the days that it names with their years.

    >>> without_days("Sjukfrånvaro 2025-10-14")
    'Sjukfrånvaro '
    """
    return WRITTEN_DAY.sub(" ", ISO_DAY.sub("", text))


def day_in(text: str) -> str | None:
    """A day that a text names, as ISO text; none that it was decided or published on.

    >>> day_in("Folkmängd 31 december 2024")
    '2024-12-31'
    """
    if found := ISO_DAY.search(text):
        day = f"{found[1]}-{found[2]}-{found[3]}"
    elif found := WRITTEN_DAY.search(text):
        month = int(found[2]) if found[2] else MONTHS.index(found[3][:3].lower()) + 1
        day = f"{found[4]}-{month:02d}-{int(found[1]):02d}"
    else:
        return None
    return None if _ISSUED.search(text[: found.start()]) else day


def day_without_year(text: str) -> str | None:
    """A day that a text names without its year, as month and day; a fraction is none.

    >>> day_without_year("Antal invånare 31/12"), day_without_year("Andel 2/3")
    ('12-31', None)
    """
    found = _BARE_DAY.search(text)
    if found is None or _ISSUED.search(text[: found.start()]):
        return None
    told = found[3] or int(found[1]) > _NO_FRACTION or not found[0][:1].isdigit()
    month = int(found[2]) if found[2] else MONTHS.index(found[3][:3].lower()) + 1
    return f"{month:02d}-{int(found[1]):02d}" if told else None


def ends_a_month(day: str) -> bool:
    """Whether a day is the last of a month, but not of the year."""
    year, month, number = map(int, day.split("-"))
    return 1 <= month < len(MONTHS) and number == monthrange(year, month)[1]


def is_counted_on_a_day(text: str) -> bool:
    """Whether what a header or title names is there on a day, and not over a time.

    >>> is_counted_on_a_day("Antal tillsvidareanställda"), is_counted_on_a_day("Antal beslut")
    (True, False)
    """
    return _STOCKS.search(text) is not None and HAPPENS.search(text) is None
