"""Tables whose rows say themselves whose and when their figures are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ojmf.authoring.all_counties import words_for_the_country
from ojmf.authoring.blocks import Block
from ojmf.authoring.carried_keys import filled_down, is_carried
from ojmf.authoring.columns import meanings
from ojmf.authoring.forms import ColumnDraft, Context, Passed, Proposal
from ojmf.authoring.header_periods import own_periods, period_question
from ojmf.authoring.roles import (
    block_geo,
    county_meant,
    label_columns,
    of_counties,
)
from ojmf.authoring.row_places import whole_county
from ojmf.authoring.said_periods import SO_FAR, Said
from ojmf.authoring.sums_on_rows import pass_over_sums
from ojmf.authoring.times_of_rows import parts_of_rows
from ojmf.authoring.units import set_units
from ojmf.authoring.wording import measure_of, place_of, why_ignored
from ojmf.declarations.drafts import Question
from ojmf.ingest.layouts.row_keys import is_all
from ojmf.model import COUNTRY
from ojmf.periods import PARTS_OF_YEAR
from ojmf.printed import squeeze

_DIMENSION = re.compile(
    r"ålder|åldersgrupp|kategori|typ|grupp|brott|förmån|huvudman|boende|född|födelse|bakgrund|"
    r"näringsgren|\bsni|civilstånd|utbildningsnivå|\bage\b|marital",
    re.I,
)


def named_counties(block: Block, roles: list[str], context: Context) -> dict[str, str]:
    """The counties that columns of places name without the word, where no other column is told."""
    columns = [i for i, role in enumerate(roles) if role == "place"]
    named: dict[str, str] = {}
    for index in columns:
        found = of_counties(block.said[index], block.texts(index), context)
        others = {text for i in columns if i != index for text in block.texts(i)}
        named |= {text: county for text, county in found.items() if text not in others}
    return named


def long_table(
    block: Block, context: Context, roles: list[str], labels: list[int] | None = None
) -> Proposal | Passed:
    """A table whose rows say themselves whose and when their figures are."""
    labels = label_columns(block, roles) if labels is None else labels
    carried = [i for i in range(len(roles)) if is_carried(block, i, roles)]
    block = filled_down(block, carried)
    found = Proposal(block, "long")
    beside = _remarks(block, roles, context)
    labels = [i for i in labels if i not in beside]
    narrow = [i for i in labels if is_breakdown(block, i)]
    names = [i for i in labels if i not in narrow]
    found.columns = meanings(
        block,
        context,
        roles,
        found,
        measures_across=not names,
        default_geo=None if {"place", "code"} & set(roles) else block_geo(block, context),
    )
    for index, (column, role) in enumerate(zip(found.columns, roles, strict=True)):
        if role in {"place", "code", "period", *PARTS_OF_YEAR, "sex"}:
            column.content = role
        elif index in narrow:
            column.content = "dimension"
        elif index in names:
            column.content = "label"
        column.carried = index in carried or None
    if "period" in roles:
        own_periods(block, found.columns, roles.index("period"))
    elif {*PARTS_OF_YEAR} & {*roles}:
        _of_years(found.columns)
    if {"period", *PARTS_OF_YEAR} & {*roles}:
        _ask_of_counted(block, found.columns)
    pass_over_sums(block, found, roles)
    _name_places(block, found, roles, context)
    _name_long_rows(block, found, names, narrow)
    if "period" in roles:
        parts_of_rows(block, found, roles.index("period"), context.report)
    set_units(found, context, block)
    return found


def is_breakdown(block: Block, index: int) -> bool:
    """Whether a column tells apart what others measure: by its header, or by rows of all."""
    return bool(_DIMENSION.search(block.said[index]) or any(map(is_all, block.texts(index))))


def _remarks(block: Block, roles: Sequence[str], context: Context) -> set[int]:
    """The columns of text that stand among columns of measures: they tell something of those."""
    values = [i for i, role in enumerate(roles) if role == "figure"]
    measures = [i for i in values if measure_of(block.said[i], context.report)]
    if len(measures) < max(_SEVERAL, len(values)):
        return set()
    return {i for i, role in enumerate(roles) if role == "text" and i > values[0]}


_SEVERAL = 2


def _ask_of_counted(block: Block, columns: Sequence[ColumnDraft]) -> None:
    """Ask when columns are of that are counted up to the times that their rows say."""
    for index, (column, said) in enumerate(zip(columns, block.said, strict=False)):
        over = f"{said} {block.over} {block.title}"
        if column.is_value and SO_FAR.search(over):
            column.period = period_question(said, Said(), block, block.said[:index])
            column.period_kind = None


def _of_years(columns: Sequence[ColumnDraft]) -> None:
    """Take columns for the year that they name, of which the rows say the part."""
    for column in columns:
        asked = column.period if isinstance(column.period, Question) else None
        ways = asked.options if asked else (column.period,) if column.period else ()
        years = {str(way)[:4] for way in ways}
        if column.is_value and len(years) == 1:
            column.period, column.period_kind = years.pop(), None


def _name_places(block: Block, found: Proposal, roles: list[str], context: Context) -> None:
    """Say what stands for places in the rows of a long table, and what for none."""
    gazetteer, report = context.report.gazetteer, context.report
    found.names |= named_counties(block, roles, context) | whole_county(block, roles, context)
    places = [i for i, role in enumerate(roles) if role in {"place", "code"}]
    of_country = words_for_the_country(block, roles, gazetteer)
    found.names |= dict.fromkeys(sorted(of_country), COUNTRY)
    of_all: dict[str, str] = {}  # rows of no place but all of them
    beside: set[str] = set()
    for cells in block.rows.values():
        said = [cells[i] for i in places if i < len(cells) and cells[i]]
        if of_country.issuperset(said):
            continue
        told = not found.names.keys().isdisjoint(said)
        if said and not told and all(is_all(t) and not gazetteer.by_text(t) for t in said):
            of_all |= {text: why_ignored(text) for text in said}
        else:
            beside |= {*said}
    found.ignore |= {text: why for text, why in of_all.items() if text not in beside}
    alone = {squeeze(" ".join(c)) for c in block.rows.values() if sum(map(bool, c)) == 1}
    others = {text for cells in block.rows.values() if sum(map(bool, cells)) > 1 for text in cells}
    found.ignore |= dict.fromkeys(sorted(alone - others), "rad utan siffror")
    for cells in block.rows.values():
        codes, named = (
            [cells[i] for i, r in enumerate(roles) if r == role and i < len(cells) and cells[i]]
            for role in ("code", "place")
        )
        counties = {f"00{place}": place for t in named if (place := place_of(t, report))}
        found.names |= {code: counties[code] for code in codes if code in counties}
        for index, role in enumerate(roles):
            text = cells[index] if index < len(cells) else ""
            known = text in found.names or text in alone or gazetteer.by_text(text)
            if role != "place" or not text or known or is_all(text):
                continue
            place = place_of(text, report)
            if place is not None and place == report.county and not gazetteer.by_text(text):
                place = county_meant(text, block, places, context)
            if place is None:
                found.ignore[text] = why_ignored(text)
            else:
                found.names[text] = place


def _name_long_rows(block: Block, found: Proposal, names: list[int], narrow: list[int]) -> None:
    """Give the labels of a long table their indicators."""
    labels: dict[str, list[int]] = {}
    for number, cells in block.rows.items():
        said = [cells[i] if i < len(cells) else "" for i in names]
        within = [cells[i] for i in narrow if i < len(cells) and not is_all(cells[i])]
        measures = [""] if names else [c.label for c in found.columns if c.is_value]
        for measure in measures:
            label = squeeze(", ".join([squeeze(" ".join(said)) or measure, *within]))
            labels.setdefault(label, []).append(number)
    if not names and not narrow:
        return
    for column in found.columns:
        if not names:
            column.indicator = None
    found.row_labels = labels
