"""Reference periods: ISO 8601 text to dates and a period kind."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ojmf.model import PeriodKind

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days and the kind of figure that it goes with."""

    start: date
    end: date
    kind: PeriodKind


def _span(text: str) -> tuple[date, date]:
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    day = date.fromisoformat(text)
    return day, day


# A table has one period for thousands of cells.
@lru_cache(maxsize=1024)
def parse_period(text: str, kind: PeriodKind | None = None) -> Period:
    """Read ``2025``, ``2025-08``, ``2025-08-31`` or an interval ``2025-01/2025-08``.

    The kind follows from the form: a year, a month, a day (``point``), an interval from January
    within one year (``year_to_date``), twelve months over a year's end (``rolling_12_months``).
    Any other interval needs an explicit ``kind``.

    Raises ``ValueError`` with a Swedish message when the text is no such period.
    """
    first, slash, last = text.partition("/")
    try:
        if slash and not last:
            raise ValueError(text)
        start = _span(first)[0]
        end = _span(last or first)[1]
    except ValueError:
        raise ValueError(
            f"”{text}” är ingen period; skriv 2025, 2025-08, 2025-08-31 eller 2025-01/2025-08"
        ) from None
    if end < start:
        raise ValueError(f"perioden ”{text}” slutar före sin början")
    return Period(start, end, kind or _kind(first, last, start, end))


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
    raise ValueError(f"ange period_kind för perioden ”{first}/{last}”")


@lru_cache(maxsize=1024)
def month_period(year: int, month: int) -> Period:
    """The calendar month ``month`` (1 to 12) of ``year``."""
    start, end = _span(f"{year:04d}-{month:02d}")
    return Period(start, end, PeriodKind.MONTH)


_CELL_PERIODS = (
    (re.compile(r"(?P<year>\d{4})"), 12),
    (re.compile(r"(?P<year>\d{4})\s?[-M]\s?(?P<part>0?[1-9]|1[0-2])"), 1),
    (re.compile(r"(?P<year>\d{4})\s?(?:K|Q|kv\.?|kvartal) ?(?P<part>[1-4])", re.I), 3),
    (re.compile(r"(?:K|Q|kv\.?|kvartal) ?(?P<part>[1-4])[ -](?P<year>\d{4})", re.I), 3),
    (re.compile(r"(?P<year>\d{4})\s?(?:T|tertial) ?(?P<part>[1-3])", re.I), 4),
    (re.compile(r"(?:T|tertial) ?(?P<part>[1-3])[ -](?P<year>\d{4})", re.I), 4),
)
_SCHOOL_YEAR = re.compile(r"(\d{4})[/-](?:\d{2})?(\d{2})")
_PART_KINDS = {3: PeriodKind.QUARTER, 4: PeriodKind.TERTIAL}


def part_of_year(year: int | str, months: int, part: int) -> tuple[str, PeriodKind | None]:
    """The ISO text and kind of the nth month, quarter or tertial of a year, by its months."""
    first, last = months * (part - 1) + 1, months * part
    if months == _MONTHS_OF_YEAR:
        return str(year), None
    span = f"{year}-{first:02d}"
    return span if months == 1 else f"{span}/{year}-{last:02d}", _PART_KINDS.get(months)


def cell_period(text: str, month: int | None = None) -> tuple[str, PeriodKind | None] | None:
    """The ISO text and kind of a period as a row of a long table prints it, if it is one.

    A year, ``2024-08``, ``2024M08``, ``2024K1``, ``2024T2``, a school year or a day; ``month`` is
    what the column beside a year says.
    """
    said = text.strip()
    for form, months in _CELL_PERIODS:
        if match := form.fullmatch(said):
            if months == _MONTHS_OF_YEAR and month is not None:
                return part_of_year(match["year"], 1, month)
            return part_of_year(match["year"], months, int(match.groupdict().get("part") or 1))
    if (school := _SCHOOL_YEAR.fullmatch(said)) and (int(school[1]) + 1) % 100 == int(school[2]):
        return f"{school[1]}-07/{int(school[1]) + 1}-06", None
    return (said, None) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None
