"""Headers that write a year or a month in fewer digits, with all of them, and school years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ojmf.model import PeriodKind
from ojmf.periods import in_digits, years_on_end

_MONTH_OF_YEAR = re.compile(
    r"(\b(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?)[ -]([0-3]\d)(?![\d–-])", re.I
)
_AMOUNT = (
    r"\b(?:(?:bokslut|budget|utfall|prognos|plan|mål|avvikelse|ack|period|helår)\w*\.?|VP|MB|"
    r"(?<!.)[BUP])"
)
_YEAR_OF_AMOUNT = re.compile(
    rf"({_AMOUNT}|\b[vh]t) ?[ '’–-]?((?:1[5-9]|[23]\d))(?![\d,./%–-])", re.I
)
_MONTH_OF_AMOUNT = re.compile(rf"({_AMOUNT}) ((?:1[5-8]|2[1-9]|3\d))(0[1-9]|1[0-2])(?!\d)", re.I)
_SHORT_DAY = r"(1[5-9]|2\d|3[0-5])(0[1-9]|1[0-2])(01|15|28|29|30|31)(?!\d)"
_DAY_NAMED = re.compile(
    rf"(^|\b(?:per|pr|den|t\.?o\.?m\.?|i[bn]|ub|saldo|ställning|{_AMOUNT[2:]}) )" + _SHORT_DAY, re.I
)
_JOINED_MONTH = re.compile(r"(?<![\d.,-])(20[0-4]\d)(0[1-9]|1[0-2])(?![\d.,])")
_SCHOOL_YEAR = re.compile(r"\b(läsår\w*|lå) (\d\d)/(\d\d)(?!\d)", re.I)
_BARE_SCHOOL_YEAR = re.compile(r"(?<!.)(1[5-9]|2\d)/(1[6-9]|[23]\d)(?!.)")
SCHOOL_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?((?:20)?\d\d)\b")
STROKED = re.compile(r"\b(?:19|20)\d\d\s?/\s?(?:20)?\d\d\b")
_OF_SCHOOLS = re.compile(
    r"\belev|elever\b|årskurs|\båk ?\d|betyg|grundskol|gymnasie|förskoleklass|fritidshem|merit|"
    r"nationella prov|\bskol(?:a|an|or|enhet\w*)\b",
    re.I,
)
_GROWN_TOGETHER = re.compile(
    r"(?<!\w)(?!(?:sni|sun|ssyk|spin|cofog|lkf|icd)\d)([A-Za-zåäöÅÄÖ]*[a-zåäö]{3})((?:19|20)\d\d)(?!\d)",
    re.I,
)
_CHANGE_OF_YEARS = re.compile(
    r"(\b(?:förändr|utveckl|ökning|minskning|diff|skillnad)\D*?)(\d\d) ?[-–/] ?(\d\d)(?!\d)", re.I
)
_RAISED_MARK = re.compile(r"(?<=\b(?:19|20)\d\d)[¹²³⁴⁵⁶⁷⁸⁹]\s?[)⁾]?")
"""A footnote's mark behind a year, which is no digit of it."""
_PART_OF = re.compile(r"(?:var|där)av\b", re.I)
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FEWEST = 2
_TOGETHER = re.compile(
    r"(?<![\d/–-])((?:19|20)\d\d) ?(?:[–—-]|till) ?((?:19|20)\d\d)(?![\d/–-])", re.I
)
_APART = re.compile(
    r"utveckl|tillväxt|förändr|ökning|minskning|trend|skillnad|diff|jämför|rullande|per år\b|"
    r"\bårlig",
    re.I,
)
"""What tells years apart, or one from another."""
_MEAN = re.compile(r"\w*medel(?:värde|tal)?\b|genomsnitt|\bsnitt", re.I)
_LENGTH = re.compile(r"(två|tre|fyra|fem|[2-9])[ -]?års", re.I)
_NUMBERS = {
    **{word: years for years, word in enumerate(("två", "tre", "fyra", "fem"), start=1)},
    **{str(years + 1): years for years in range(1, 9)},
}


def with_whole_days(text: str) -> str:
    """A text with its days of six digits as ISO writes them.

    >>> with_whole_days("Balansräkning per 250831")
    'Balansräkning per 2025-08-31'
    """
    return _DAY_NAMED.sub(r"\g<1>20\2-\3-\4", text)


def are_in_digits(cells: Sequence[str]) -> bool:
    """Whether cells are days or months of six digits, which head columns.

    ``250831`` and ``241231``, or months one after another (``202406``, ``202407``) or the same of
    other years; figures are hardly that much alike.
    """
    said = [cell for cell in cells if cell]
    if len(said) < _FEWEST or all(re.fullmatch(_SHORT_DAY, cell) for cell in said):
        return len(said) >= _FEWEST
    found = [month for cell in said if (month := _JOINED_MONTH.fullmatch(cell))]
    months = [12 * int(month[1]) + int(month[2]) for month in found]
    steps = {abs(b - a) for a, b in pairwise(months)}
    return len(months) == len(said) and len(steps) == 1 and steps <= {1, 12}


def with_whole_years(headers: Sequence[str]) -> list[str]:
    """Headers with the years of their months in four digits: ``jan-24`` is January 2024.

    ``Utfall 2508`` and ``202508`` are of August 2025, ``Budget 25`` of 2025, ``läsår 23/24`` of
    2023/24, and ``unemployment2010`` of 2010. Excel shows days of its calendar as months; of them,
    and of years in two digits, one header alone is left as it is.
    """
    said = [in_digits(_RAISED_MARK.sub("", with_whole_days(text))) for text in headers]
    said = [_JOINED_MONTH.sub(r"\1-\2", _MONTH_OF_AMOUNT.sub(r"\1 20\2-\3", t)) for t in said]
    said = [_GROWN_TOGETHER.sub(r"\1 \2", text) for text in said]
    said = [_SCHOOL_YEAR.sub(r"\1 20\2/\3", text) for text in said]
    if sum(_BARE_SCHOOL_YEAR.fullmatch(text) is not None for text in said) >= _FEWEST:
        said = [_BARE_SCHOOL_YEAR.sub(r"20\1/\2", text) for text in said]
    said = [_CHANGE_OF_YEARS.sub(lambda found: _change(found, headers), text) for text in said]
    for form in (_MONTH_OF_YEAR, _YEAR_OF_AMOUNT):
        short = [form.search(t) is not None and not re.search(r"\b(19|20)\d\d\b", t) for t in said]
        if sum(short) >= _FEWEST:
            said = [
                form.sub(r"\1 20\2", t) if is_short else t
                for t, is_short in zip(said, short, strict=True)
            ]
    return said


def _change(found: re.Match[str], headers: Sequence[str]) -> str:
    """A change between two years that other headers name, with all their digits."""
    years = [f"20{found[2]}", f"20{found[3]}"]
    named = {year for text in headers for year in _ANY_YEAR.findall(text)}
    return f"{found[1]}{'-'.join(sorted(years))}" if {*years} <= named else found[0]


def with_years_of_the_whole(headers: Sequence[str]) -> list[str]:
    """Headers of parts with the year of the column that they are a part of, where several are.

    ``2023 | varav kvinnor | 2024 | varav kvinnor``: the last is of 2024.
    """
    parts = [_PART_OF.match(text) is not None for text in headers]
    said, year = list(headers), ""
    if sum(parts) < _FEWEST:
        return said
    for index, text in enumerate(headers):
        named = _ANY_YEAR.findall(text)
        if parts[index] and not named and year:
            said[index] = f"{text} {year}"
        elif not parts[index]:
            year = named[0] if len(set(named)) == 1 else ""
    return said


def split_year(text: str) -> str | None:
    """The school year that two years in a row may be: ``2023/24``, ``2023-2024``."""
    found = SCHOOL_YEAR.search(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return f"{found[1]}-07/{int(found[1]) + 1}-06"


def school_year(text: str, near: str = "") -> str | None:
    """The year that a text calls a school year, or writes as one of what is of schools.

    What it is of may be said ``near`` it, with a school year that is another's.

    >>> school_year("2015/16", "Valt läsår: 2024/25")
    '2015-07/2016-06'
    """
    said = f"{near} {text}"
    stroked = STROKED.search(text) is not None and _OF_SCHOOLS.search(said) is not None
    return split_year(text) if stroked or _CALLED.search(said) else None


def names_schools(text: str) -> bool:
    """Whether a text calls something a school year, or names what is of schools."""
    return bool(_CALLED.search(text) or _OF_SCHOOLS.search(text))


_CALLED = re.compile(r"läsår|\blå\b", re.I)


def whole_years(text: str, near: str, *, together: bool) -> tuple[str, PeriodKind | None] | None:
    """The school year that a header names, or the years that its figures may be of ``together``."""
    if school := school_year(text, near):
        return school, None
    several = years_together(text) if together else None
    return (several, PeriodKind.SEVERAL_YEARS) if several else None


def years_together(text: str) -> str | None:
    """The years that figures are of together by a header or title, as ISO text.

    >>> years_together("Medel 2021–2024"), years_together("Utveckling 2021–2024")
    ('2021/2024', None)
    """
    found = _TOGETHER.search(text)
    if found is None or len(_ANY_YEAR.findall(text)) > _FEWEST or _APART.search(text):
        return None
    length = _LENGTH.search(text)
    if length is not None and _NUMBERS.get(length[1].casefold()) != int(found[2]) - int(found[1]):
        return None  # several means, each of fewer years
    return years_on_end(f"medel {found[0]}" if _MEAN.search(text) else found[0])
