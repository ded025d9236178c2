"""Grids with a year per row and a month per column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.blocks import Block, is_year
from ojmf.authoring.counted_days import WEEK
from ojmf.authoring.evidence import scenario_of_title
from ojmf.authoring.forms import ColumnDraft, Context, Proposal, slug
from ojmf.authoring.roles import block_geo
from ojmf.authoring.rolling import ROLLING
from ojmf.authoring.said_periods import SO_FAR, month_number
from ojmf.authoring.units import unit_of_measure
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.row_keys import month_of
from ojmf.periods import cell_period
from ojmf.printed import squeeze

_FEW_MONTHS = 6


def are_periods(labels: Sequence[str]) -> bool:
    """Whether most labels of rows are months or other periods, and no measures."""
    found = [t for t in labels if cell_period(t) or month_number(t) or WEEK.fullmatch(t)]
    return 2 * len(found) > len(labels)


def _month(header: str, block: Block) -> int | None:
    """The month that a header names, also by its number where years stand before it."""
    numbered = _NUMBERED.fullmatch(header) if re.fullmatch("år", block.said[0], re.I) else None
    return month_of(numbered[1]) if numbered else month_number(header)


_NUMBERED = re.compile(r"(?:m[åa]n(?:ad(?:er)?)?\.? ?)?(\d{1,2})", re.I)


def month_grid(block: Block, context: Context) -> Proposal | None:
    """A table with a year per row and a month per column; None where it is none."""
    months = [month for text in block.said if (month := _month(text, block))]
    if len(months) < _FEW_MONTHS:
        return None
    years = [cells[0] for cells in block.rows.values() if cells]
    if not all(is_year(year) for year in years):
        return None
    name = _title(block, context)
    geo = block_geo(block, context)
    unit, shift = unit_of_measure(name, block, 1, context)
    indicator = context.labels.match("", name) or context.new_indicator(
        name, unit if isinstance(unit, str) else "count"
    )
    twelve = months == list(range(1, 13)) and len(block.header) == 13
    sure = isinstance(unit, str) and not shift and geo is None
    if twelve and block.header_rows == 1 and sure:
        found = Proposal(block, "months", "monthly", years=[int(year) for year in years])
        found.indicator, found.unsure = indicator, _other_than_months(block)
        return found
    found = Proposal(block, "long", unsure=_other_than_months(block))
    for index, header in enumerate(block.header):
        month = _month(block.said[index], block)
        column = ColumnDraft(header, content="text")
        if index == 0:
            column.content = "period"
        elif month or _MEAN.search(header) or re.search(r"års?tal|helår|^år", header, re.I):
            column.content, column.month, column.scenario = "figure", month, "outcome"
            column.indicator, column.geo = indicator, geo
            if _MEAN.search(header) and unit != "index":  # the year has their sum
                own = unit if isinstance(unit, str) else "count"
                column.indicator = context.new_indicator(f"{name}, medel per månad", own)
            column.unit, column.shift = unit, shift
        found.columns.append(column)
    return found


_MEAN = re.compile(r"medel|snitt", re.I)


def _other_than_months(block: Block) -> Question | None:
    """The question what months are of in a table whose title says more than that they are months.

    They may be counted from January or be of twelve months, and plans or differences.
    """
    titles = [text for text in (block.over, block.title) if text]
    counted = any(SO_FAR.search(text) or ROLLING.search(text) for text in titles)
    if not counted and not any(scenario_of_title(text) for text in titles):
        return None
    return Question(
        key=f"table.{slug(block.title) or 'tabell'}-{block.first}",
        question=f"Är talen under ”{' '.join(titles)[:60]}” utfall för var månad? Annars "
        "skriv vad de är i source.toml.",
        kind="table",
    )


def _title(block: Block, context: Context) -> str:
    """What a table of one measure measures, by its title without place and period."""
    for text in (block.over, block.title, block.heading, context.title):
        bare = squeeze(re.sub(r"\b(19|20)\d\d\b([–-](19|20)?\d\d)?", " ", text)).strip(" ,.:-–")
        if bare:
            return bare
    return "Mått"
