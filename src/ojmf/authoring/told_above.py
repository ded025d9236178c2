"""The months or day that a sentence above a table says that its figures are of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.blocks import Block
from ojmf.authoring.counted_days import (
    HAPPENS,
    day_without_year,
    ends_a_month,
    is_counted_on_a_day,
)
from ojmf.authoring.evidence import names_part_of_year
from ojmf.authoring.forms import OverrideDraft, Proposal
from ojmf.authoring.said_periods import ANY_YEAR, Report, Said, column_period, iso, scenario_of
from ojmf.periods import in_digits

_SENTENCE = re.compile(r"(?<=[^\W_]{2}[.!?])\s+(?=[A-ZÅÄÖ])")
_SAYS_WHEN = re.compile(
    r"\b(?:avser|gäller|omfattar|redovisas (?:för|per|till)|visas (?:för|per)|mätt(?:s|es)? per|"
    r"(?:siffror|uppgifter|tal|värden|tabell|statistik|mätning)\w+ \w+ (?:för|per|till))\b",
    re.I,
)
"""What a sentence says of the figures below it, and not of what has happened."""
_PLANNED = re.compile(r"prognos|budget|\bmål", re.I)


def said_above(block: Block, said: dict[int, Said], report: Report) -> dict[int, Said]:
    """What columns of years are likely of, under a sentence that tells a part of a year.

    ``Sjukfrånvaron avser januari–juli respektive år`` above ``2024`` and ``2025``.
    """
    sentences = _sentences(block)
    if not sentences:
        return {}
    found: dict[int, Said] = {}
    title, rows = f"{block.over} {block.title}", [*block.texts(0)]
    still = is_counted_on_a_day(title) and not any(map(HAPPENS.search, rows))
    still = still or (bool(rows) and all(map(is_counted_on_a_day, rows)))
    for index, here in said.items():
        text = block.said[index]
        years = ANY_YEAR.findall(text) or [report.year or ""]
        planned = scenario_of(text) not in {None, "outcome"}
        if len({*years}) > 1 or not years[0] or planned or names_part_of_year(in_digits(text)):
            continue
        own = _told(sentences, years[0], report, text, on_a_day=still)
        if own is not None and here.period != own and not here.likely:
            ways = dict.fromkeys((own, report.in_year(years[0]), years[0]))
            title = f"{block.title} {years[0]}"
            found[index] = Said(options=tuple(ways), likely=own, title=title)
    return found


def days_told_above(found: Proposal) -> None:
    """Take the day that a sentence above a table tells, for rows of what there is on a day."""
    days = {day for text in _sentences(found.block) if (day := day_without_year(text))}
    if len(days) != 1:
        return
    day = days.pop()
    rows = [row for row in found.row_labels if is_counted_on_a_day(row)]
    columns: dict[str, list[str]] = {}
    for column in found.columns:
        year = (column.likely_period or "")[:4]
        if column.is_value and year and column.scenario == "outcome":
            columns.setdefault(year, []).append(column.label)
    for year, labels in columns.items() if rows else ():
        found.overrides.append(OverrideDraft(rows, labels, period=f"{year}-{day}"))


def _sentences(block: Block) -> list[str]:
    """The sentences between a table's title and its header that tell a part of a year.

    All that is above it, where the title stands last. None where the title tells a part itself.
    """
    if names_part_of_year(in_digits(f"{block.over} {block.title}")):
        return []
    before, _, behind = block.above.rpartition(block.title or "\n")
    said = _SENTENCE.split(behind if re.search(r"\w", behind) else before)
    return [
        text
        for text in said
        if _SAYS_WHEN.search(text)
        and not _PLANNED.search(text)
        and names_part_of_year(in_digits(text))
    ]


def _told(
    sentences: Sequence[str], year: str, report: Report, header: str, *, on_a_day: bool
) -> str | None:
    """The one part of a year that sentences tell: a day where the header's figures are of one.

    Those of the whole table are (``on_a_day``) where no sentence tells months.
    """
    days = {day for text in sentences if (day := day_without_year(text))}
    parts = {
        period
        for text in sentences
        if not day_without_year(text)
        and (period := column_period(f"{ANY_YEAR.sub(' ', text)} {year}", None, report).period)
        and period != year
    }
    if len(days) == 1 and (is_counted_on_a_day(header) or (on_a_day and not parts)):
        return f"{year}-{days.pop()}"
    if len(days) == 1 and not parts:
        day = f"{year}-{days.pop()}"
        parts = {iso(year, 1, int(day[5:7])) if ends_a_month(day) or day[5:] == "12-31" else day}
    return parts.pop() if len(parts) == 1 else None
