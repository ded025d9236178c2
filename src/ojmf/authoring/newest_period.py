"""What a document likely reports on, where it does not say: the newest period of its tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.blocks import Block
from ojmf.authoring.forms import ColumnDraft, Proposal
from ojmf.authoring.said_periods import Said
from ojmf.authoring.titled_times import year_to_month
from ojmf.declarations.drafts import Question
from ojmf.periods import cell_period, parse_period

_YEARS = re.compile(r"(\d{4})/(\d{4})")


def newest_period(
    tables: Sequence[Proposal], blocks: Sequence[Block], partly: str | None, of_a_part: Said | None
) -> str | None:
    """What a document likely reports on that does not say it: its tables' latest period.

    A report on a part of the year (``partly``) is of no whole year: it is of the month in its
    title, or of the part that such reports most often are of.
    """
    newest = _latest(tables)
    if partly is None or (newest is not None and "-" in newest):
        return newest
    headers = [text for block in blocks for text in block.header]
    return of_a_part.options[0] if of_a_part else year_to_month(partly, headers)


def _latest(tables: Sequence[Proposal]) -> str | None:
    """The latest period of the tables' columns or rows, where the document says none itself.

    A budget, forecast or goal is of a year that the document does not report on yet: beside columns
    that wait for what it reports on, nothing is said by it.
    """
    found = [o.period for t in tables for o in t.overrides if isinstance(o.period, str)]
    columns = [c for table in tables for c in table.columns if c.likely_period]
    reported = [c for c in columns if _scenario(c) not in {"budget", "forecast", "target"}]
    asked = [c.period for table in tables for c in table.columns if c.is_value]
    waiting = any(isinstance(q, Question) and q.key == "reporting-period" for q in asked)
    planned = [] if waiting else columns
    found += [str(column.likely_period) for column in reported or planned]
    for table in tables:
        for index, column in enumerate(table.columns):
            if column.content == "period":
                rows = filter(None, map(cell_period, table.block.column(index)))
                found += [period for period, _ in rows]
        found += map(str, table.years)
    found = [years[2] if (years := _YEARS.fullmatch(period)) else period for period in found]
    latest = max(found, key=_last_month, default=None)
    if latest is not None:
        try:
            parse_period(latest)
        except ValueError:  # one quarter or tertial: the report has come so far in its year
            return f"{latest[:4]}-01/{latest.rpartition('/')[2]}"
    return latest


def _scenario(column: ColumnDraft) -> str | None:
    """What a column's figures are, or likely are."""
    said = column.scenario
    return said.proposal if isinstance(said, Question) else said


def _last_month(period: str) -> tuple[str, str]:
    """The year and month that a period ends in, to put periods in order."""
    end = period.rpartition("/")[2]
    return end[:4], end[5:7] or "12"
