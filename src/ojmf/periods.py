"""Reference periods: ISO 8601 text to dates and a period kind."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ojmf.model import MONTHS, PeriodKind

_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED_PART = re.compile(r"([0-9]{4})-([QTH])([1-4])")
_NAMED_SCHOOL_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})")
_MONTHS_OF_YEAR = 12
_PARTS = {
    "Q": (PeriodKind.QUARTER, 3),
    "T": (PeriodKind.TERTIAL, 4),
    "H": (PeriodKind.HALF_YEAR, 6),
}
"""The parts of a year by their letter: the kind, and how many months one has."""
MONTHS_OF = dict(_PARTS.values())
PARTS_OF_YEAR = {"month": 1} | {kind.value: months for kind, months in MONTHS_OF.items()}
"""The parts of a year that a column may say beside one of years, with the months of each."""
Part = tuple[int, int]
"""A part of a year: how many months one has, and its number."""
FORMS = (
    "2025, 2025-08, 2025-08-31, 2025-Q3, 2025-T2, 2025-H1, 2024/25 (läsår) eller 2025-01/2025-08"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days and the kind of figure that it goes with."""

    start: date
    end: date
    kind: PeriodKind


def in_words(period: Period) -> str:
    """A period as a sentence says it: 2024, augusti 2024, januari–augusti 2024, 31 augusti 2024."""
    start, end = period.start, period.end
    if period.kind is PeriodKind.SEVERAL_YEARS:
        return f"{start.year}–{end.year}"
    first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (start, end))
    if start == end:
        return f"{start.day} {first}"
    if (start.month, end.month, start.year) == (1, _MONTHS_OF_YEAR, end.year):
        return str(start.year)
    if first == last:
        return first
    return f"{first.removesuffix(f' {end.year}')}–{last}"


def as_asked(period: Period) -> str:
    """A period as ``parse_period`` reads it.

    >>> as_asked(parse_period("2024-08")), as_asked(parse_period("2024-01/2024-08"))
    ('2024-08', '2024-01/2024-08')
    """
    start, end = period.start, period.end
    if period.kind is PeriodKind.YEAR:
        return f"{start:%Y}"
    if period.kind is PeriodKind.SEVERAL_YEARS:
        return f"{start:%Y}/{end:%Y}"
    if period.kind is PeriodKind.MONTH:
        return f"{start:%Y-%m}"
    return f"{start}" if start == end else f"{start:%Y-%m}/{end:%Y-%m}"


def _span(text: str) -> tuple[date, date]:
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    return day, day


# A table has one period for thousands of cells.
@lru_cache(maxsize=1024)
def parse_period(text: str, kind: PeriodKind | None = None) -> Period:
    """Read a period in one of ``FORMS``.

    The kind follows from the form: a year, a month, a day (``point``), a quarter, a tertial (four
    months), half a year, a school year (July to June), an interval from January within one year
    (``year_to_date``), twelve months over a year's end (``rolling_12_months``), whole years on end
    (``several_years``, ``2021/2024``). Any other interval needs an explicit ``kind``.

    Raises ``ValueError`` with a Swedish message when the text is no such period.
    """
    if named := _named_part(text):
        return Period(named.start, named.end, kind or named.kind)
    first, slash, last = text.partition("/")
    try:
        if slash and not last:
            raise ValueError(text)
        start = _span(first)[0]
        end = _span(last or first)[1]
    except ValueError:
        raise ValueError(f"”{text}” är ingen period; skriv {FORMS}") from None
    if end < start:
        raise ValueError(f"perioden ”{text}” slutar före sin början")
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if kind in MONTHS_OF and not (
        whole and months == MONTHS_OF[kind] and (start.month - 1) % months == 0
    ):
        raise ValueError(f"perioden ”{text}” är inte {kind}; skriv till exempel {FORMS}")
    if kind is PeriodKind.SEVERAL_YEARS and not (
        whole and months > _MONTHS_OF_YEAR and months % _MONTHS_OF_YEAR == 0 and start.month == 1
    ):
        raise ValueError(f"perioden ”{text}” är inte flera hela år; skriv till exempel 2021/2024")
    if kind is None and whole and start.month > 1 and (start.month - 1) % months == 0:
        kind = _PART_KINDS.get(months) if last else None  # from January it is the year to date
    return Period(start, end, kind or _kind(first, last, start, end))


def check_reported(text: str) -> None:
    """Raise ``ValueError`` for what is no period that a document reports on, as several years."""
    if parse_period(text).kind is PeriodKind.SEVERAL_YEARS:
        last = text.rpartition("/")[2]
        raise ValueError(f"”{text}” är flera år; skriv det sista, {last}")


def _named_part(text: str) -> Period | None:
    """A quarter, tertial, half-year or school year; None where the text is of another form."""
    if match := _NAMED_PART.fullmatch(text):
        kind, months = _PARTS[match[2]]
        year, last = int(match[1]), int(match[3]) * months
        if last <= _MONTHS_OF_YEAR and year > 0:
            return Period(date(year, last - months + 1, 1), month_period(year, last).end, kind)
    if (match := _NAMED_SCHOOL_YEAR.fullmatch(text)) and int(match[1]) > 0:
        year = int(match[1])
        if (year + 1) % 100 == int(match[2]):
            return Period(date(year, 7, 1), date(year + 1, 6, 30), PeriodKind.SCHOOL_YEAR)
    return None


def _kind(first: str, last: str, start: date, end: date) -> PeriodKind:
    if not last:
        if _YEAR.fullmatch(first):
            return PeriodKind.YEAR
        return PeriodKind.MONTH if _MONTH.fullmatch(first) else PeriodKind.POINT
    if (start.month, start.day) == (1, 1) and start.year == end.year:
        full_year = (end.month, end.day) == (12, 31)
        return PeriodKind.YEAR if full_year else PeriodKind.YEAR_TO_DATE
    day_after = end + timedelta(days=1)
    if day_after.year == start.year + 1 and (day_after.month, day_after.day) == (
        start.month,
        start.day,
    ):
        return PeriodKind.ROLLING_12_MONTHS
    if _YEAR.fullmatch(first) and _YEAR.fullmatch(last):
        return PeriodKind.SEVERAL_YEARS
    raise ValueError(f"ange period_kind för perioden ”{first}/{last}”")


@lru_cache(maxsize=1024)
def month_period(year: int, month: int) -> Period:
    """The calendar month ``month`` (1 to 12) of ``year``."""
    start, end = _span(f"{year:04d}-{month:02d}")
    return Period(start, end, PeriodKind.MONTH)


_CELL_PERIODS = (
    (re.compile(r"(?P<year>\d{4})"), 12),
    (re.compile(r"(?P<year>\d{4})\s?[-M]\s?(?P<part>0?[1-9]|1[0-2])"), 1),
    (re.compile(r"(?P<year>(?:19|20)\d\d)(?P<part>0[1-9]|1[0-2])"), 1),
    (re.compile(r"(?P<year>\d{4})[\s-]?(?:K|Q|kv\.?|kvartal) ?(?P<part>[1-4])", re.I), 3),
    (re.compile(r"(?:K|Q|kv\.?|kvartal) ?(?P<part>[1-4])(?:,? |-)(?P<year>\d{4})", re.I), 3),
    (re.compile(r"(?P<year>\d{4})[\s-]?(?:T|tertial) ?(?P<part>[1-3])", re.I), 4),
    (re.compile(r"(?:T|tertial) ?(?P<part>[1-3])(?:,? |-)(?P<year>\d{4})", re.I), 4),
    (re.compile(r"(?P<year>\d{4})[\s-]?(?:H|halvår) ?(?P<part>[12])", re.I), 6),
    (re.compile(r"(?:H|halvår) ?(?P<part>[12])(?:,? |-)(?P<year>\d{4})", re.I), 6),
)
_MONTH_NAMES = "jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
_ORDINALS = {"första": "1", "andra": "2", "tredje": "3", "fjärde": "4"}
_ORDINAL = re.compile(
    r"\b(?:(första|andra|tredje|fjärde|[1-4](?::[ae]|[ae]))\.? (kvartal|kv|tertial|halvår)(?:et)?|"
    r"([1-4])\.? (kvartal|tertial|halvår)et)\b(?! \d\b)",
    re.I,
)
"""A part of a year behind its ordinal; two of them without one (``2 kvartal``) are a count."""
_DEFINITE = re.compile(r"\b(kvartal|tertial|halvår)et (?=[1-4]\b)", re.I)
ROMANS = ("I", "II", "III", "IV")
"""The numbers of quarters and tertials, as some write them."""
_ROMAN = re.compile(r"\b(kvartal|tertial)(?:et)? (I{1,3}|IV)\b")
_CODED = re.compile(r"(?<![\w-])((?:19|20)\d\d)([KQTH][1-4])(?!\w)", re.I)
_CODED_MONTH = re.compile(r"(?<![\w-])((?:19|20)\d\d)M(0[1-9]|1[0-2])(?!\w)", re.I)
_SHORT_YEAR = re.compile(
    r"(?<![\w-])((?:Q|K|kv\.?|kvartal|T|tertial|H|halvår) ?[1-4]|"
    rf"(?:{_MONTH_NAMES})[a-z]*\.?\s*[-–—]\s*(?:{_MONTH_NAMES})[a-z]*\.?),? ?[-–/ ’']"
    r" ?((?:1[5-9]|[23]\d))(?![\w,.%/–-])",
    re.I,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TERM = re.compile(
    r"(?:(vt|vårtermin(?:en)?)|(?:ht|hösttermin(?:en)?)) ?(?:20(?=\d\d))?(\d\d)", re.I
)
_NAMED_MONTH = re.compile(
    rf"(?:(?P<first>\d{{4}})[ -])?(?P<month>{_MONTH_NAMES})[a-z]*\.?"
    r"(?(first)|[ -](?P<last>\d{4}|\d\d))",
    re.I,
)
"""A month by its name and its year; a day is never written behind its month."""
_TO = r"\s*(?:--|[-–—/]|till(?: och med)?|t\.?o\.?m\.?)\s*"
_ISO_END = r"(\d{4})-?(0[1-9]|1[0-2])(?:-?(\d\d))?"
_ISO_SPAN = re.compile(_ISO_END + _TO + _ISO_END)
_NAMED_END = rf"({_MONTH_NAMES})[a-z]*\.?"
_NAMED_SPAN = re.compile(
    rf"(?:(\d{{4}})[ :]+)?{_NAMED_END}(?: (\d{{4}}))?{_TO}{_NAMED_END}(?: (\d{{4}}))?", re.I
)
_WHOLE_YEAR = re.compile(r"(?:hel)?år(?:et)? (\d{4})|(\d{4}),? \(?helår\)?", re.I)
_SCHOOL_YEAR = re.compile(r"(\d{4})[/-](?:\d{2})?(\d{2})")
_MEAN = r"\w*(?:medel|genomsnitt|snitt)\w*"
_YEARS = re.compile(
    rf"(?:(?P<before>{_MEAN})(?:\sför)?\s)?(?:åre?n?\s)?(?P<first>(?:19|20)\d\d)\s?[-–—/]\s?"
    rf"(?P<last>(?:19|20)\d\d)(?P<behind>[\s,(]+{_MEAN}\)?)?",
    re.I,
)
"""Years on end, of which two are a mean only if they say so: they may be a school year."""
_WRITTEN_DAY = re.compile(
    rf"(?P<day>[1-3]?\d)\.? (?P<month>{_MONTH_NAMES})[a-z]*\.? (?P<year>(?:19|20)\d\d)", re.I
)
_PART_KINDS = {months: kind for kind, months in MONTHS_OF.items()}


@lru_cache(maxsize=65536)
def in_digits(text: str) -> str:
    """A text with the number of a part of a year behind its word, and its year in four digits.

    >>> in_digits("Utfall tredje kvartalet 2024"), in_digits("T2-24"), in_digits("jan–apr 24")
    ('Utfall kvartal 3 2024', 'T2 2024', 'jan–apr 2024')
    """

    def numbered(said: re.Match[str]) -> str:
        number = said[1] or said[3]
        return f"{said[2] or said[4]} {_ORDINALS.get(number.casefold(), number[0])}"

    text = _CODED_MONTH.sub(r"\1-\2", _CODED.sub(r"\1 \2", text))
    text = _ORDINAL.sub(numbered, text)
    text = _ROMAN.sub(lambda said: f"{said[1]} {ROMANS.index(said[2]) + 1}", text)
    text = _DEFINITE.sub(r"\1 ", text)
    if _ANY_YEAR.search(text):
        return text
    return _SHORT_YEAR.sub(r"\1 20\2", text)


def part_of_year(year: int | str, months: int, part: int) -> tuple[str, PeriodKind | None]:
    """The ISO text and kind of the nth month, quarter or tertial of a year, by its months."""
    first, last = months * (part - 1) + 1, months * part
    if months == _MONTHS_OF_YEAR:
        return str(year), None
    span = f"{year}-{first:02d}"
    return span if months == 1 else f"{span}/{year}-{last:02d}", _PART_KINDS.get(months)


_NOTED = re.compile(r"(?<=\d)(?:\s+\d\)|\s?\*{1,3})$")


# So does a column of periods for thousands of rows.
@lru_cache(maxsize=65536)
def cell_period(  # noqa: PLR0911 - one answer for each way to write a period
    text: str, part: Part | None = None
) -> tuple[str, PeriodKind | None] | None:
    """The ISO text and kind of a period as a row of a long table prints it, if it is one.

    A year, ``2024-08``, ``2024M08``, ``202408``, ``augusti 2024``, ``aug-24``, ``2024K1``,
    ``2024T2``, ``vt 2024``, a school year, years on end (``2021–2024``), a day, or whole months
    from one to another (``2024-01-01 – 2024-08-31``, ``jan–aug 2024``), also with the mark of a
    footnote behind it; ``part`` is what a column beside a year says.
    """
    said = in_digits(_NOTED.sub("", text.strip()))
    if ends := _ends(said):
        return of_months(*ends)
    if (years := years_on_end(said)) is not None:
        return years, PeriodKind.SEVERAL_YEARS
    if whole := _WHOLE_YEAR.fullmatch(said):
        return whole[1] or whole[2], None
    if term := _TERM.fullmatch(said):
        return part_of_year(f"20{term[2]}", 6, 1 if term[1] else 2)
    if named := _NAMED_MONTH.fullmatch(said):
        year = named["first"] or named["last"]
        year = year if len(year) == len("2024") else f"20{year}"
        number = _MONTH_NAMES.split("|").index(named["month"].casefold()) + 1
        return part_of_year(year, 1, number)
    for form, months in _CELL_PERIODS:
        if match := form.fullmatch(said):
            if months == _MONTHS_OF_YEAR and part is not None:
                return part_of_year(match["year"], *part)
            return part_of_year(match["year"], months, int(match.groupdict().get("part") or 1))
    if (school := _SCHOOL_YEAR.fullmatch(said)) and (int(school[1]) + 1) % 100 == int(school[2]):
        return f"{school[1]}-07/{int(school[1]) + 1}-06", None
    if written := _WRITTEN_DAY.fullmatch(said):
        month = _MONTH_NAMES.split("|").index(written["month"].casefold()) + 1
        said = f"{written['year']}-{month:02d}-{int(written['day']):02d}"
    return (said, None) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None


def years_on_end(text: str) -> str | None:
    """The ISO text of the years that figures are of together, where a text names nothing else.

    >>> years_on_end("2021–2024"), years_on_end("Medel 2023-2024"), years_on_end("2023-2024")
    ('2021/2024', '2023/2024', None)
    """
    found = _YEARS.fullmatch(text.strip())
    if found is None:
        return None
    after = int(found["last"]) - int(found["first"])
    several = after > 1 or (after == 1 and bool(found["before"] or found["behind"]))
    return f"{found['first']}/{found['last']}" if several else None


def _ends(said: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The year and month that a span begins and ends with; None for one of parts of months."""
    if named := _NAMED_SPAN.fullmatch(said):
        before, first, own, last, behind = named.groups()
        year = behind or own or before
        names = _MONTH_NAMES.split("|")
        months = [names.index(name.casefold()) + 1 for name in (first, last)]
        return ((int(own or before or year), months[0]), (int(year), months[1])) if year else None
    found = _ISO_SPAN.fullmatch(said)
    if found is None:
        return None
    first_year, first_month, last_year, last_month = map(int, found.group(1, 2, 4, 5))
    if first_year and last_year:
        last_day = calendar.monthrange(last_year, last_month)[1]
        if int(found[3] or 1) != 1 or int(found[6] or last_day) != last_day:
            return None
    return (first_year, first_month), (last_year, last_month)


def of_months(
    first: tuple[int, int], last: tuple[int, int]
) -> tuple[str, PeriodKind | None] | None:
    """The ISO text and kind of the months from one to another, each as year and month.

    None where no kind of period has them: ``2024-02/2024-04``.

    >>> of_months((2024, 7), (2024, 12))
    ('2024-07/2024-12', <PeriodKind.HALF_YEAR: 'half_year'>)
    """
    year, month = first
    count = 12 * (last[0] - year) + last[1] - month + 1
    if count < 1 or not year:
        return None
    if count == 1 or (count == _MONTHS_OF_YEAR and month == 1):
        return (str(year) if count > 1 else f"{year:04d}-{month:02d}"), None
    text = f"{year:04d}-{month:02d}/{last[0]:04d}-{last[1]:02d}"
    kind = None if month == 1 or count == _MONTHS_OF_YEAR else _PART_KINDS.get(count)
    try:
        parse_period(text, kind)
    except ValueError:
        return None
    return text, kind
