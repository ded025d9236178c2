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
