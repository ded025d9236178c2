"""When the figures of columns are of: by their headers, those beside them, and the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block, is_year
from ojmf.authoring.differences import SAYS_WHEN, by_arithmetic, of_difference
from ojmf.authoring.evidence import names_time
from ojmf.authoring.forms import ColumnDraft, Context, Proposal, slug
from ojmf.authoring.months_apart import (
    counted_so_far,
    forecasts_of_months,
    months_apart,
    so_far_by_title,
)
from ojmf.authoring.over_years import (
    OVER_YEARS,
    ask_over_years,
    is_over_years,
    totals_of_years,
)
from ojmf.authoring.parts_apart import are_of_whole_year, parts_apart
from ojmf.authoring.planned_years import scenario_of_year
from ojmf.authoring.rolling import twelve_months
from ojmf.authoring.said_periods import (
    ANY_YEAR,
    Report,
    Said,
    column_period,
    part_named,
    scenario_of,
)
from ojmf.authoring.titled_times import of_titled_months, title_day, titled_period
from ojmf.authoring.told_above import said_above
from ojmf.authoring.unnamed_times import (
    in_doubt_beside_months,
    in_the_month,
    in_year_of,
    is_money,
    of_stocks,
    of_unnamed_time,
    on_the_day,
    whole_years_beside,
)
from ojmf.authoring.wording import measure_of
from ojmf.authoring.written_years import STROKED
from ojmf.declarations.drafts import Question
from ojmf.model import DIFFERENCES
from ojmf.periods import cell_period
from ojmf.printed import squeeze

_SHOWN = 60


def set_periods(
    block: Block, context: Context, columns: list[ColumnDraft], values: list[int]
) -> None:
    """Scenario and period of every column of figures, by its header and by those beside it."""
    report = context.report
    title = _over_columns(block, report)
    planned = scenario_of(title) or scenario_of(block.heading)
    any_said = any(columns[i].scenario for i in values)
    said: dict[int, Said] = {}
    titles = (title, block.heading, context.title)
    near = squeeze(" ".join([title, *block.said, "tkr" if context.unit else ""]))
    years = [text for i in values if is_year(text := block.said[i].strip())]
    for index in values:
        column, text = columns[index], block.said[index]
        if column.scenario is None:
            column.scenario = scenario_of_year(
                text.strip(), None if any_said else planned, titles, report, years
            )
        what = column.scenario if isinstance(column.scenario, str) else planned
        over = squeeze(f"{title} {'' if 0 in values else block.said[0]} {_of_schools(block)}")
        here = column_period(text, what, in_year_of(_with_corner(title, block), text, report), over)
        here = in_the_month(here, near, text, report)
        if not (SAYS_WHEN.search(text) or names_time(text)):
            if here == column_period("", what, report):
                here = titled_period(block, title, what, context) or here
            here = title_day(block, text, context, answered=column.content == "answer") or here
            if what == "budget" and (part := _part_of_year(here.period, report)):
                here = Said(options=(part, part[:4]))
        here = twelve_months(of_stocks(on_the_day(here, over, text, what), block), over, text)
        here = of_titled_months(of_unnamed_time(here, text, report), title, context)
        said[index] = OVER_YEARS if is_over_years(text, block) else here
    said |= _left_of_projects(block, columns, said) | totals_of_years(block, columns, said)
    said |= _month_of_report(said, columns, report) | whole_years_beside(said, block.said)
    said |= (
        so_far_by_title(said, title)
        | in_doubt_beside_months(said)
        | said_above(block, said, report)
    )
    said |= forecasts_of_months(columns, said) | _what_is_left(said, columns)
    said |= months_apart(block, columns, said)
    said |= counted_so_far(block, columns, said)
    said |= parts_apart(block, columns, said, money=is_money(near, *block.texts(0)))
    parts = {part for i in values if (part := part_named(block.said[i]))}
    for index in values:
        here, column = said[index], columns[index]
        if here is OVER_YEARS:
            column.period, column.period_kind = ask_over_years(block.said[index]), None
            continue
        alone = len(parts) == 1 and report.partial and part_named(block.said[index])
        part = here.period if here.kind else None
        if alone and part and part != report.in_year(part[:4]):
            # One quarter or tertial alone may be counted from January, as the report is.
            here = Said(options=(report.in_year(part[:4]), part))
            said[index] = here
        unsaid = here.period is None or not SAYS_WHEN.search(block.said[index])
        if unsaid and column.scenario in DIFFERENCES:
            said[index] = here = of_difference(block, index, columns, said, here)
        if here.period is None and not here.likely and column.scenario == "outcome":
            here = _like_its_sibling(block, index, said, context)
        here = _of_another_year(block.said[index], here, column, report)
        column.period = here.period or (
            period_question(block.said[index], here, block, block.said[:index])
            if here.options or here.title
            else reporting_question(())
        )
        column.period_kind = str(here.kind) if here.kind else None


def _with_corner(title: str, block: Block) -> str:
    """A title with the year that stands in the corner of its table, where one does."""
    return f"{title} {block.said[0]}" if is_year(block.said[0]) else title


def _of_schools(block: Block) -> str:
    """The labels of a table with school years in its headers: they say what it is of, as titles do.

    What is of schools has school years; what else is of two years is asked about.
    """
    return " ".join(block.texts(0)) if any(map(STROKED.search, block.said)) else ""


def _left_of_projects(
    block: Block, columns: list[ColumnDraft], said: dict[int, Said]
) -> dict[int, Said]:
    """When what is left beside columns of several years is of, where no year is in its header.

    It is of several years too, unless it is the difference of two columns of one.
    """
    if all(here is not OVER_YEARS for here in said.values()):
        return {}
    return {
        i: by_arithmetic(block, i, columns, said, OVER_YEARS)
        for i in said
        if columns[i].scenario == "deviation" and not ANY_YEAR.search(block.said[i])
    }


def _month_of_report(
    said: dict[int, Said], columns: list[ColumnDraft], report: Report
) -> dict[int, Said]:
    """What the one month that headers name means where it is the report's last.

    It may be counted from January, as the report is.
    """
    months = {i: here for i, here in said.items() if _MONTH.fullmatch(here.period or "")}
    whole = report.period or ""
    if not report.partial or {here.period for here in months.values()} != {whole[-7:]}:
        return {}
    if any(here.period == whole and columns[i].scenario == "outcome" for i, here in said.items()):
        return {}  # what is counted from January has a column of its own
    return {
        i: Said(options=(whole, whole[-7:]), likely=whole)
        for i in months
        if columns[i].scenario != "forecast"
    }


def _of_another_year(text: str, here: Said, column: ColumnDraft, report: Report) -> Said:
    """What a year in a header says where the report's is another.

    A question may name a year that it asks about, and no outcome is of a year to come.
    """
    year = (here.period or "")[:4]
    if report.period is None or report.year is None or year in {"", report.year}:
        return here
    if column.content == "answer" and measure_of(text, report):
        return Said(options=(report.period, year), likely=report.period)
    if column.scenario == "outcome" and year > report.year:
        return Said(options=(report.period, year))
    return here


def _what_is_left(said: dict[int, Said], columns: list[ColumnDraft]) -> dict[int, Said]:
    """The one way to read a header of which another column has the other way for itself.

    Beside a budget of the whole year one without a time is of the part, and beside an outcome from
    January the outcome of a month is of that month alone.
    """
    found: dict[int, Said] = {}
    for index, here in said.items():
        same = [i for i in said if i != index and columns[i].scenario == columns[index].scenario]
        ways = [way for way in here.options if way not in {said[i].period for i in same}]
        of_one_year = len({way[:4] for way in here.options}) == 1 == len(ways)
        of_one_year = of_one_year and len(here.options) > 1
        if here.period is None and of_one_year and all(map(_PARTS.fullmatch, here.options)):
            found[index] = Said(ways[0])
        elif here.likely and here.likely not in ways and len(ways) > 1:
            found[index] = replace(here, options=tuple(ways), likely=None)
    return found


_PARTS = re.compile(r"\d{4}(-\d\d(/\d{4}-\d\d)?)?")
_MONTH = re.compile(r"\d{4}-\d{2}")


def _part_of_year(period: str | None, report: Report) -> str | None:
    """The part of a year that a budget may be of: that of its title, or of the report."""
    part = period if period and "-" in period else report.period
    return part if part and "-" in part and part[:4] == part.rpartition("/")[2][:4] else None


def _over_columns(block: Block, report: Report) -> str:
    """What stands over a table's columns; its heading too where the title only has a unit."""
    title = squeeze(f"{block.over} {block.title}")
    only_unit = not measure_of(title, report) and not ANY_YEAR.search(block.heading)
    return squeeze(f"{title} {block.heading if only_unit or is_year(block.heading) else ''}")


def reporting_question(options: tuple[str, ...], likely: str | None = None) -> Question:
    """The question which period the whole document is about."""
    return Question(
        key="reporting-period",
        question="Vilken period avser rapporten, till exempel 2024 eller 2024-01/2024-08?",
        kind="period",
        where="dokumentet",
        proposal=likely,
        score=60 if likely else 0,
        options=options,
    )


def own_periods(block: Block, columns: list[ColumnDraft], when: int) -> None:
    """Leave columns of figures to the periods that their rows say, but for those of another year.

    ``when`` is the column of the rows' periods. A goal, budget or forecast is of the year in its
    header; any other year there, and ”föregående”, is asked about.
    """
    of_rows = {found[0] for text in block.column(when) if (found := cell_period(text))}
    for index, column in enumerate(columns):
        text = block.said[index] if index < len(block.said) else ""
        said, kind = column.period, column.period_kind
        column.period = column.period_kind = None
        another = ANY_YEAR.search(text) is not None and not _PRICES.search(text)
        if not column.is_value or of_rows == {said} or not (another or _EARLIER.search(text)):
            continue
        planned = column.scenario in {"target", "budget", "forecast"}
        if planned and another and isinstance(said, str):
            column.period, column.period_kind = said, kind
        else:
            options = (said,) if isinstance(said, str) and another else ()
            column.period = period_question(text, Said(options=options), block)


_PRICES = re.compile(r"priser|prisnivå|basår|=\s*100", re.I)
_EARLIER = re.compile(r"\b(?:föregående|förra|tidigare|fg\.?)\b", re.I)


def ask_apart(tables: Sequence[Proposal]) -> None:
    """Ask of columns that say no time apart from what the document reports on.

    What is likely of the whole document, its newest period, is not for them.
    """
    for table in tables:
        for column in table.columns:
            asked = column.period
            if isinstance(asked, Question) and asked.key == "reporting-period":
                text = f"Vilken period gäller kolumner utan år, som ”{column.label[:_SHOWN]}”?"
                column.period = Question(key="period.utan-ar", question=text, kind="period")


def period_question(text: str, said: Said, block: Block, before: Sequence[str] = ()) -> Question:
    """The question which period a column is about; ``before`` are the headers to its left."""
    what = "kolumnen"
    options = ", ".join(said.options)
    if said.title:
        text, what = said.title, "tabellen"
    again = f"-{1 + before.count(text)}" if text in before else ""
    return Question(
        key=f"period.{slug(text) or slug(block.title) or block.first}{again}",
        question=f"Vilken period gäller {what} ”{text[:_SHOWN]}”?"
        + (f" {options}?" if options else ""),
        kind="period",
        proposal=said.likely,
        score=80 if said.likely else 0,
        options=said.options,
    )


def _like_its_sibling(block: Block, index: int, said: dict[int, Said], context: Context) -> Said:
    """What a header of another year means that is else worded as one of the reporting year."""

    def worded(text: str) -> str:
        return squeeze(re.sub(r"\b(19|20)\d\d\b", "#", text)).casefold()

    here = said[index]
    for other, theirs in said.items():
        same = other != index and worded(block.said[other]) == worded(block.said[index])
        theirs_is = theirs.period or theirs.likely
        own = theirs_is is not None and theirs_is == context.report.period
        if same and own and here.options and not are_of_whole_year(block, index, other, theirs_is):
            return Said(options=here.options, likely=here.options[0])
    return here
