"""The period or day that a table's title names, for columns that name none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.blocks import Block
from ojmf.authoring.counted_days import HAPPENS, day_in, ends_a_month, is_counted_on_a_day
from ojmf.authoring.evidence import names_time
from ojmf.authoring.forms import Context
from ojmf.authoring.said_periods import (
    ANY_YEAR,
    ONE_MONTH,
    Said,
    column_period,
    iso,
    month_number,
    reporting_period,
    scenario_of,
)
from ojmf.authoring.wording import measure_of
from ojmf.model import MONEY_UNITS
from ojmf.printed import squeeze
from ojmf.unit_words import unit_of


def title_period(title: str, what: str | None, context: Context) -> Said | None:
    """The period that a table's title names, for columns that name none."""
    if len(set(re.findall(r"\b(?:19|20)\d\d\b", title))) != 1 or day_in(title):
        return None
    found = column_period(title, what, context.report)
    whole = reporting_period([title])
    if found.kind and whole.period and whole.period != found.period:
        # A report on the second tertial may count it from January.
        return Said(options=(whole.period, found.period or ""), title=title)
    unsure = whole.period is None and len(whole.options) > 1
    return found if found.period and not unsure else None


def title_day(block: Block, text: str, context: Context) -> Said | None:
    """The day in a title that a column without a time may be of: sure of what is there on a day.

    Amounts, what happens, and what reports on a time that ends that day, are of the time up to it.
    """
    titles = [squeeze(f"{block.over} {block.title}"), block.heading]
    if not any(map(names_time, titles)):
        titles.append(context.title)
    title = next((text for text in titles if day_in(text)), "")
    day = day_in(title)
    if day is None or scenario_of(text) or HAPPENS.search(text):
        return None
    of_title = is_counted_on_a_day(f"{block.over} {block.title}") or is_counted_on_a_day(title)
    if is_counted_on_a_day(text) or (of_title and not measure_of(text, context.report)):
        return Said(day)
    ways, within = (
        (iso(day[:4], 1, int(day[5:7])), day),
        not (ends_a_month(day) or day[5:] == "12-31"),
    )
    if of_title or within or _COUNTED.match(title):
        return Said(options=ways, likely=day, title=title)
    amounts = context.unit is not None or (unit_of(text) or ("",))[0] in MONEY_UNITS
    if amounts or scenario_of(title) or _REPORT.search(title):
        return None
    return Said(options=ways, title=title)


_COUNTED = re.compile(r"antal\b|\w+antal\b", re.I)
_REPORT = re.compile(
    r"delår|tertial|månads|kvartal|uppföljning|rapport|redovisning|berättelse|drift|investering",
    re.I,
)


def year_to_month(title: str, headers: Sequence[str]) -> str | None:
    """The months up to the one that a title of a report names, in the one year of its headers."""
    years = {year for text in headers for year in ANY_YEAR.findall(text)}
    months = ONE_MONTH.findall(title)
    if len(years) != 1 or len(months) != 1:
        return None
    return iso(years.pop(), 1, month_number(months[0]) or 12)
