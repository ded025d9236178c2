"""The units that rows say: in their labels, a column of units, beside figures, in the catalogue."""

from __future__ import annotations

import re

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.evidence import without_sizes
from ojmf.authoring.figure_forms import form
from ojmf.authoring.forms import Context, Open, Proposal
from ojmf.authoring.likely_counts import MONEY_WORDS
from ojmf.authoring.measured_units import measured_in
from ojmf.authoring.shares import shares_of
from ojmf.authoring.shown_units import shown_in_row
from ojmf.authoring.unit_questions import ask_unit, unit_said
from ojmf.model import MONEY_UNITS
from ojmf.printed import squeeze
from ojmf.unit_words import unit_in_cell

_UNIT_HEADER = re.compile(r"(mått)?enhet(en|er)?|mätenhet|sort", re.I)
_GRADED = re.compile(r"^(?!.*(?:index|\bpoäng|\bskala)).*(?:omdöme|betyg)", re.I)
_PERSONS = {"persons", "households"}
PERCENT_WORDS = re.compile(
    r"frånvaro|omsättning(en)? av personal|grad\b|täckning|arbetslöshet\b|\b\w*unemployment\b",
    re.I,
)


def cells_by_row(found: Proposal, block: Block) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The printed figures of each row, and what a column of units says of it."""
    units = [
        i
        for i, (column, said) in enumerate(zip(found.columns, block.said, strict=False))
        if column.content in {"text", "label"}
        and _UNIT_HEADER.fullmatch(squeeze(said))
        and "figure" not in map(kind, {*block.column(i)})
        and (
            column.content == "text"
            or all(unit_in_cell(t) or measured_in(t) for t in block.column(i) if t)
        )
    ]
    stated: dict[str, str] = {}
    values = [
        i for i, c in enumerate(found.columns) if c.content == "figure" and c.unit != "percent"
    ]
    cells: dict[str, list[str]] = {}
    for label, numbers in found.row_labels.items():
        for number in numbers:
            row = block.rows[number]
            if shown := shown_in_row(block, number, values):
                stated[label] = shown
            for i in units[:1]:
                stated |= {label: row[i]} if i < len(row) and row[i].strip() else {}
            cells.setdefault(label, []).extend(
                row[i] for i in values if i < len(row) and kind(row[i]) == "figure"
            )
    return cells, stated


def stated_unit(  # noqa: PLR0911 - from the surest to a guess
    row: str,
    figures: list[str],
    table: tuple[Open, int | None] | None,
    known: str | None,
    context: Context,
    stated: str | None,
) -> tuple[Open, int | None] | None:
    """The unit of a row's figures: its own, that of its cells, the table's, the catalogue's.

    What a column of units states goes before all of them.
    """
    if stated is not None:
        return unit_in_cell(stated) or unit_said(stated, row, context) or (ask_unit(row), None)
    said = unit_said(without_sizes(row), row, context)
    if len(beside := units_beside(figures)) == 1:
        said = beside.pop()
    elif said is None and (own := _measured_beside(figures)):
        said = unit_said(own, row, context)
    of_money = table is not None and table[0] in MONEY_UNITS and said is not None
    if (
        said
        and of_money
        and said[0] in _PERSONS
        and any(re.search(r"\d[,.]\d", t) for t in figures)
    ):
        return ask_unit(row), None  # no persons have decimals: the row is about what they cost
    if said == ("index", None) and table == ("percent", None) and _GRADED.search(row):
        said = table  # how many per cent gave the grade
    if said is not None:
        if said[0] == "percent" and not re.search("%|procent", row, re.I):
            return shares_of(figures, row, ("percent", said[1]))
        return said
    if figures and all("%" in text for text in figures):
        return "percent", None
    if table is not None and not PERCENT_WORDS.search(row):
        per_head = table[0] == "index" and MONEY_WORDS.search(row)
        return (ask_unit(row, ("SEK_per_inhabitant", None)), None) if per_head else table
    if known and (unit := context.labels.catalogue.unit(known)):
        if unit in MONEY_UNITS and context.unit:
            return context.unit
        if unit not in MONEY_UNITS:
            return unit, None
    return None


def units_beside(figures: list[str]) -> set[tuple[str, int | None]]:
    """The units that stand beside figures in their cells."""
    meant = {unit_in_cell(mark) for mark in _marks(figures)}
    return {unit for unit in meant if unit} - {("count", None)}


def _measured_beside(figures: list[str]) -> str | None:
    """The one unit of energy, weight, area or volume that stands beside figures."""
    own = {unit for mark in _marks(figures) if (unit := measured_in(mark))}
    return own.pop() if len(own) == 1 else None


def _marks(figures: list[str]) -> set[str]:
    return {mark for text in figures if (found := form(text)) for mark in found.marks}
