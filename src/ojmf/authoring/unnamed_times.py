"""Times that a header names in part: days and quarters without their year, and no time at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.counted_days import (
    HAPPENS,
    MONTH,
    day_without_year,
    ends_a_month,
    is_counted_on_a_day,
)
from ojmf.authoring.evidence import is_counted, names_part_of_year, names_time, years_in
from ojmf.authoring.forms import OverrideDraft, Proposal
from ojmf.authoring.likely_counts import MONEY_WORDS
from ojmf.authoring.said_periods import (
    ANY_YEAR,
    ONE_MONTH,
    Report,
    Said,
    iso,
    month_number,
    scenario_of,
)
from ojmf.unit_words import MILLIONS, THOUSANDS

_BARE_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_RELATIVE = r"(?:senaste?|tidigare|föregående|förra)"
_MEASURED = r"(?:mätning|uppföljning|undersökning|värde|utfall|resultat|period|rapport|notering)"
_UNNAMED = re.compile(
    rf"^{_RELATIVE}(?!\s+(?:år|månad))(?:\s+\S+)?$|\b{_RELATIVE}\s+{_MEASURED}|"
    r"\b(?:start|bas|utgångs|ingångs)(?:värde|läge|nivå|mätning)|\bbaslinje|"
    r"\b(?:\d+|två|tre|fyra|fem|tio)[ -]?års?[ -]?(?:snitt|medel)\w*|"
    r"\b(?:snitt|medel)\w* (?:senaste )?\d+ år\b",
    re.I,
)
"""A header of that time alone, or what was measured then; a question that says "under det senaste
året" tells what is counted."""
_SINCE = re.compile(
    rf"\b(?:från|sedan|jämfört med|mot|än)\s+(?:i\s+)?{MONTH}\.?\s+((?:19|20)\d\d)\b", re.I
)
"""The month that a change is counted from, not the one that it is of."""
_NEXT = re.compile(r"\b(?:nästa|nästkommande|kommande) år\b", re.I)
_PLANS = {"budget", "forecast", "target"}


def on_the_day(here: Said, title: str, text: str, what: str | None) -> Said:
    """The day of its year that a column is of, where its header or title names one without a year.

    What is there on a day is of it; an outcome may be of the time up to it, and is asked about.
    """
    own = day_without_year(text)
    day, year = own or day_without_year(title), here.period or here.likely or ""
    if day is None or not _BARE_YEAR.fullmatch(year):
        return here
    if is_counted_on_a_day(f"{title} {text}"):
        return Said(f"{year}-{day}")
    if what in _PLANS and own is None:
        return here
    ways = dict.fromkeys((iso(year, 1, int(day[:2])), f"{year}-{day}", year))
    if day == "12-31":
        return Said(options=tuple(ways), likely=year if scenario_of(text) is not None else None)
    # Nothing is counted up to the first or the fifteenth.
    within = not ends_a_month(f"{year}-{day}") and is_counted(title) and not is_money(title, text)
    still = within and HAPPENS.search(f"{title} {text}") is None and scenario_of(text) is None
    return Said(options=tuple(ways), likely=f"{year}-{day}" if still else None)


def whole_years_beside(said: Mapping[int, Said], headers: Sequence[str]) -> dict[int, Said]:
    """The years that are likely whole, since the outcome beside them names its part of one.

    ``Utfall 2024`` may be of the part that the report is on; hardly beside ``Utfall jan–aug 2025``.
    """
    parts = {
        i for i, one in said.items() if one.period and "-" in one.period and _outcome(headers[i])
    }
    if not any(names_part_of_year(headers[i]) for i in parts):
        return {}
    return {
        i: replace(one, likely=one.options[1])
        for i, one in said.items()
        if not (one.period or one.likely)
        and len(one.options) == 2
        and one.options[1] == one.options[0][:4]
        and _outcome(headers[i])
        and not names_part_of_year(headers[i])
    }


def in_doubt_beside_months(said: Mapping[int, Said]) -> dict[int, Said]:
    """Months that are likely counted from January, but stand beside figures of single months.

    ``Prognos 2025-12`` is then as well of December as of the year.
    """
    if not any(one.period and _MONTH.fullmatch(one.period) for one in said.values()):
        return {}
    return {
        i: replace(one, likely=None)
        for i, one in said.items()
        if one.likely and not one.period and any(map(_MONTH.fullmatch, one.options))
    }


def _outcome(header: str) -> bool:
    return scenario_of(header) in {None, "outcome"}


def is_money(*texts: str) -> bool:
    """Whether any of some texts speaks of money."""
    return any(form.search(t) for t in texts for form in (MONEY_WORDS, THOUSANDS, MILLIONS))


def of_stocks(here: Said, block: Block) -> Said:
    """The day that a header names, where most rows are of what there is on a day and none happen.

    The rows of a balance sheet say so where no title does.
    """
    days = [way for way in here.options if _DAY.fullmatch(way)]
    if here.period or here.likely or len(days) != 1:
        return here
    said = [(label, rows) for label, rows in block.texts(0).items() if kind(label) == "text"]
    still = sum(rows for label, rows in said if is_counted_on_a_day(label))
    happens = any(HAPPENS.search(label) or _FLOWS.search(label) for label, _ in said)
    if happens or 2 * still < max(1, sum(rows for _, rows in said)):
        return here
    return replace(here, likely=days[0])


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FLOWS = re.compile(r"intäkt|kostnad|resultat|netto|utbetal|avskriv|bidrag|utfall", re.I)


def in_the_month(here: Said, near: str, text: str, report: Report) -> Said:
    """What a header that names a month by its name means, where it is no amount by what is near.

    That month alone; in a report on the time up to it, either.
    """
    alone = next((way for way in here.options if _MONTH.fullmatch(way)), None)
    if alone is None or ONE_MONTH.search(text) is None or is_money(near, text):
        return here
    if report.partial and "/" in (report.period or ""):
        return Said(options=here.options)
    return here if here.likely or scenario_of(text) else Said(alone)


def in_year_of(title: str, text: str, report: Report) -> Report:
    """The report as one on the year that a title names, for a header of a part of no year."""
    years = years_in(title)
    if len(years) != 1 or years[0] == report.year or ANY_YEAR.search(text) or not names_time(text):
        return report
    return replace(report, period=years[0])


def of_unnamed_time(here: Said, text: str, report: Report) -> Said:
    """What a header says that tells a time apart from the report's without naming it: nothing.

    ``Senaste mätning`` and ``Startvärde`` are of a time that only a person can tell.
    """
    if since := _SINCE.search(text) if scenario_of(text) == "change" else None:
        base = f"{since[2]}-{month_number(since[1]):02d}"
        end = (report.period or "").rpartition("/")[2]
        return Said(report.period if base[: len(end)] < end or base[:4] == end else None)
    if _NEXT.search(text) and not ANY_YEAR.search(text) and report.year:
        return Said(options=(str(int(report.year) + 1),))
    if _UNNAMED.search(text) is None or ANY_YEAR.search(text):
        return here
    return Said(options=(report.period,) if report.period else ())


def days_of_rows(found: Proposal) -> None:
    """Take the day from the rows whose labels name one without its year, in columns of years.

    Of what happens up to a day the label names the end, and the column tells the time.
    """
    years = [c for c in found.columns if c.is_value and _BARE_YEAR.fullmatch(str(c.period))]
    for row in found.row_labels:
        day = day_without_year(row)
        if day is None or HAPPENS.search(row):
            continue
        for column in years:
            period = f"{column.period}-{day}"
            found.overrides.append(OverrideDraft([row], [column.label], period=period))
