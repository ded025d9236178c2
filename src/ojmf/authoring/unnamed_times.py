"""Days that are named without their year, and times that a header has no word for."""

from __future__ import annotations

import re

from ojmf.authoring.counted_days import HAPPENS, day_without_year, is_counted_on_a_day
from ojmf.authoring.forms import OverrideDraft, Proposal
from ojmf.authoring.said_periods import ANY_YEAR, Report, Said, iso, scenario_of

_BARE_YEAR = re.compile(r"\d{4}")
_RELATIVE = r"(?:senaste?|tidigare|föregående|förra)"
_MEASURED = r"(?:mätning|uppföljning|undersökning|värde|utfall|resultat|period|rapport|notering)"
_UNNAMED = re.compile(
    rf"^{_RELATIVE}(?!\s+(?:år|månad))(?:\s+\S+)?$|\b{_RELATIVE}\s+{_MEASURED}|"
    r"\b(?:start|bas|utgångs|ingångs)(?:värde|läge|nivå|mätning)|\bbaslinje",
    re.I,
)
"""A header of that time alone, or what was measured then; a question that says "under det senaste
året" tells what is counted."""
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
    whole = day == "12-31" and scenario_of(text) is not None
    return Said(options=tuple(ways), likely=year if whole else None)


def of_unnamed_time(here: Said, text: str, report: Report) -> Said:
    """What a header says that tells a time apart from the report's without naming it: nothing.

    ``Senaste mätning`` and ``Startvärde`` are of a time that only a person can tell.
    """
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
