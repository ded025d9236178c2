"""The period or day that a table's title or sheet names, for columns that name none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block, is_note, is_numbered_title, is_year
from ojmf.authoring.counted_days import HAPPENS, day_in, ends_a_month, is_counted_on_a_day
from ojmf.authoring.elsewhere import TITLE_LINES
from ojmf.authoring.evidence import is_mean_of_years, marked_notes, names_part_of_year, names_time
from ojmf.authoring.forms import Context
from ojmf.authoring.said_periods import (
    ANY_YEAR,
    ONE_MONTH,
    SO_FAR,
    Said,
    column_period,
    iso,
    month_number,
    reporting_period,
    scenario_of,
)
from ojmf.authoring.titles import rejoined
from ojmf.authoring.unnamed_times import is_money
from ojmf.authoring.wording import measure_of
from ojmf.authoring.written_years import years_together
from ojmf.ingest.document import Document
from ojmf.model import MONEY_UNITS, PeriodKind
from ojmf.periods import cell_period, in_digits
from ojmf.printed import squeeze
from ojmf.unit_words import unit_of


def title_period(title: str, what: str | None, context: Context) -> Said | None:
    """The period that a table's title names, for columns that name none."""
    if is_mean_of_years(title) and (together := years_together(title)):
        return Said(together, PeriodKind.SEVERAL_YEARS)
    if len(set(re.findall(r"\b(?:19|20)\d\d\b", title))) != 1 or day_in(title):
        return None
    found = column_period(title, what, context.report)
    whole = reporting_period([title])
    if found.kind and whole.period and whole.period != found.period:
        # A report on the second tertial may count it from January.
        return Said(options=(whole.period, found.period or ""), title=title)
    unsure = whole.period is None and len(whole.options) > 1
    return found if found.period and not unsure else None


def lines_of_titles(document: Document) -> list[str]:
    """The lines at the top of a document that may title it or its first table."""
    top = [
        squeeze(line)
        for line in document.lines[:TITLE_LINES]
        if "\t" not in line.strip() or is_numbered_title(line)
    ]
    return rejoined([line for line in top if not (is_note(line) or marked_notes([line]))])


def said_by_titles(document: Document, blocks: Sequence[Block], lines: Sequence[str]) -> Said:
    """What a document reports on by its titles, unless its sheets are named for several times.

    Then each table gets the time that its sheet is named for. A sheet named for a part of a year
    speaks for its tables too where it is the only one.
    """
    sheets = [(in_digits(name), first, last) for name, first, last in document.sheets()]
    named = [sheet for sheet in sheets if names_time(sheet[0])]
    times = {name for name, *_ in named}
    for block in blocks:
        own = (name for name, first, last in named if first <= block.first <= last)
        sheet = next(own, "")
        block.sheet = sheet if len(times) > 1 or names_part_of_year(sheet) else ""
    if len(times) > 1:
        lines = [line for line in lines if in_digits(line) not in times]
    years = [name for name, *_ in sheets if is_year(name)]
    return reporting_period([*lines, *[block.over for block in blocks if block.over], *years])


def titled_period(block: Block, title: str, what: str | None, context: Context) -> Said | None:
    """The period that a table's title, or else its sheet, names for columns that name none."""
    bare = in_digits(title).replace(block.sheet, " ") if block.sheet else title
    found = title_period(title, what, context)
    if not block.sheet or names_time(bare):
        return found
    named = _sheet_period(block.sheet, context.report.year) or found
    counted = "" if named is None else (named.options or ("",))[-1]
    near = (title, *block.said, *block.texts(0), "tkr" if context.unit else "")
    if named and _MONTH.fullmatch(counted) and not (is_money(*near) or SO_FAR.search(title)):
        return replace(named, likely=counted)  # what is counted in a month's own sheet
    return named


_MONTH = re.compile(r"\d{4}-\d\d")


def _sheet_period(sheet: str, year: str | None) -> Said | None:
    """The period that a table's sheet is named for, alone or in the year that is reported on.

    What a sheet of a later quarter has may be of that quarter or counted from January.
    """
    part = names_part_of_year(sheet)
    own = cell_period(sheet) or (cell_period(f"{sheet} {year}") if part and year else None)
    if own is None:
        return Said(title=sheet) if part else None
    period, kind = own
    until = iso(period[:4], 1, int(period.rpartition("/")[2][5:7] or 12))
    if kind is PeriodKind.HALF_YEAR or until in {period, f"{period}/{period}"}:
        return Said(period, kind)
    return Said(options=(until, period), title=sheet)


def title_day(block: Block, text: str, context: Context, *, answered: bool) -> Said | None:
    """The day in a title that a column without a time may be of: sure of what is there on a day.

    Amounts, what happens, and what reports on a time that ends that day, are of the time up to it.
    Whatever a question asks about, it is ``answered`` as things are on a day.
    """
    titles = [squeeze(f"{block.over} {block.title}"), block.heading]
    if not any(map(names_time, titles)):
        titles.append(context.title)
    title = next((text for text in titles if day_in(text)), "")
    day = day_in(title)
    if day is None or ((scenario_of(text) or HAPPENS.search(text)) and not answered):
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


def of_titled_months(here: Said, title: str, context: Context) -> Said:
    """A year that may be of a part of it, under a title of months: likely of those months."""
    if here.period or here.likely or not here.options or ANY_YEAR.search(title):
        return here
    year = here.options[-1][:4]
    said = column_period(f"{title} {year}", None, context.report)
    told = names_part_of_year(title) and said.period in here.options[:-1]
    return replace(here, likely=said.period) if told else here


def year_to_month(title: str, headers: Sequence[str]) -> str | None:
    """The months up to the one that a title of a report names, in the one year of its headers."""
    years = {year for text in headers for year in ANY_YEAR.findall(text)}
    months = ONE_MONTH.findall(title)
    if len(years) != 1 or len(months) != 1:
        return None
    return iso(years.pop(), 1, month_number(months[0]) or 12)
