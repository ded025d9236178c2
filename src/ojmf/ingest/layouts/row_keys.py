"""What cells of key columns of a long table say: a sex, a part of the year, all of their kind."""

from __future__ import annotations

import re
from functools import lru_cache

from ojmf.model import Sex
from ojmf.periods import PARTS_OF_YEAR, ROMANS, Part, in_digits
from ojmf.printed import whole_number

SEXES = {
    **dict.fromkeys(("kvinnor", "kvinna", "flickor", "tjejer", "women", "female"), Sex.FEMALE),
    **dict.fromkeys(("k", "k.", "kv", "kv.", "kvi", "kvi.", "f", "f."), Sex.FEMALE),
    **dict.fromkeys(("män", "man", "pojkar", "killar", "men", "male", "m", "m."), Sex.MALE),
    **dict.fromkeys(
        ("totalt", "total", "båda könen", "kvinnor och män", "alla", "samtliga", "t"), Sex.TOTAL
    ),
}
"""The words of a column of sexes, in lower case."""
ALL = {"", "totalt", "total", "samtliga", "alla", "hela länet", "alla kommuner"}
"""What stands where a column does not narrow the row: the county's row in a column of
municipalities, all ages in a column of ages."""
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


_ALL = re.compile(r"(totalt|samtliga|alla)\b.*", re.IGNORECASE)


@lru_cache(maxsize=65_536)  # a column of breakdowns repeats its texts
def is_all(text: str) -> bool:
    """Whether a text says that a column does not narrow the row: blank, or all of its kind."""
    return text.casefold() in ALL or _ALL.fullmatch(text) is not None


_YEAR_BEHIND = re.compile(r"\D\d\d")


@lru_cache(maxsize=65_536)  # a column of months repeats its texts
def month_of(text: str) -> int | None:
    """The number of a month written as a number or by its first letters.

    A month with its year, ``januari 2024``, is a period and no month of another column's year.
    """
    said = text.strip().casefold()
    if _YEAR_BEHIND.search(said):
        return None
    if (number := whole_number(said)) is not None:
        return number if 1 <= number <= 12 else None
    return MONTHS.index(said[:3]) + 1 if said[:3] in MONTHS else None


_WHOLE_YEAR = {"summa", "helår", "hela året", "helåret", "året", "år"}
_ALL_PARTS = re.compile(r"\b1 ?[-–] ?(?:4|12)$")
_WORDS = {"quarter": r"kvartal|kv\.?|[kq]", "tertial": "tertial|t", "half_year": "halvår|h"}
_TERMS = (("vt", "vår", "vårtermin", "vårterminen"), ("ht", "höst", "hösttermin", "höstterminen"))


@lru_cache(maxsize=65_536)  # a column of quarters repeats its texts
def part_of(text: str, content: str) -> Part | None:
    """The part of the year that a cell says in a column of such ``content``, as ``quarter``.

    A number alone or behind its word, an ordinal before it, the name of a month, or a term.

    >>> part_of("3", "quarter"), part_of("andra halvåret", "half_year"), part_of("5", "quarter")
    ((3, 3), (6, 2), None)
    """
    if content == "month":
        month = month_of(text)
        return None if month is None else (1, month)
    each, said = PARTS_OF_YEAR[content], text.strip().casefold()
    number, word = whole_number(said), _WORDS[content]
    behind = rf"(?:{word}) ?(\d{{1,2}})|(\d{{1,2}})(?: ?:[ae])?\.? (?:{word})"
    if named := re.fullmatch(behind, in_digits(said)):
        number = int(named[1] or named[2])
    elif said.upper() in ROMANS:
        number = ROMANS.index(said.upper()) + 1
    elif content == "half_year":
        number = next((n for n, words in enumerate(_TERMS, 1) if said in words), number)
    return (each, number) if number is not None and 1 <= number <= 12 // each else None


def names_its_part(text: str, content: str) -> bool:
    """Whether a cell says itself what part of a year its number is: ``Kvartal 1``, ``kv 1``."""
    return part_of(text, content) is not None and re.search(r"[^\W\d]{2}", text) is not None


def is_sum_of_parts(text: str) -> bool:
    """Whether a text stands for all parts of a year that a table has, be they few."""
    return bool(text) and (is_all(text) or text.casefold() == "summa")


_SUM_OF_MONTHS = re.compile(
    r"(?:summa|totalt?)\W+([^\W\d]{3,9})\.?\s*(?:[-–—]|till|t\.?o\.?m\.?)\s*([^\W\d]{3,9})\.?", re.I
)


def is_sum_of_months(text: str) -> bool:
    """Whether a text stands for several months that it names, but not for all of the year.

    >>> is_sum_of_months("Summa jan–maj"), is_sum_of_months("Totalt januari–december")
    (True, False)
    """
    named = _SUM_OF_MONTHS.fullmatch(text.strip())
    first, last = (month_of(named[1]), month_of(named[2])) if named else (None, None)
    return first is not None and last is not None and last - first + 1 < len(MONTHS)


def is_whole_year(text: str) -> bool:
    """Whether a text in a column of parts of a year stands for all of it."""
    if is_sum_of_months(text):
        return False
    said = text.casefold()
    return is_all(text) or said in _WHOLE_YEAR or _ALL_PARTS.search(said) is not None
