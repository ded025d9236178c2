"""In which unit the figures of a table are: per column, per row, or for the whole of it."""

from __future__ import annotations

import re

from ojmf.authoring.answers_across import may_be_coded
from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.evidence import is_counted
from ojmf.authoring.forms import ColumnDraft, Context, Open, OverrideDraft, Proposal, slug
from ojmf.authoring.index_changes import are_index_changes, are_whole, values_of
from ojmf.authoring.likely_counts import (
    MONEY_WORDS,
    is_counted_beside_its_share,
    is_likely_a_count,
)
from ojmf.authoring.parts_of_wholes import is_part, of_part
from ojmf.authoring.row_names import name_row
from ojmf.authoring.row_sexes import sexes_of_rows
from ojmf.authoring.shares import ask_fractions, shares_of, shares_of_column
from ojmf.authoring.shown_units import agreed, shown_in_column
from ojmf.authoring.stated_units import PERCENT_WORDS, cells_by_row, stated_unit, units_beside
from ojmf.authoring.unit_questions import amounts_said_above, ask_unit, unit_said
from ojmf.authoring.wording import SEX_HEADER, measure_of, sex_of
from ojmf.declarations.drafts import Question
from ojmf.model import COUNT_UNITS, DIFFERENCES, MONEY_UNITS, TIME_UNITS
from ojmf.unit_words import KRONOR, MILLIONS, THOUSANDS, each, scales_of, unit_of

_SUM = re.compile(r"(del)?summa\b.*|total\w*|samtliga|alla|hela \w+|sammanlagt", re.I)
SHARES = {"percent", "percentage_points"}
_MOST_ASKED, _ALL = 3, 100
_COARSER = {
    "SEK_per_inhabitant": "SEK",
    "SEK_per_unit": "SEK",
    "per_1000": "index",
    "per_10000": "index",
    "per_100000": "index",
}
"""The unit that a known indicator of that kind may have in the catalogue, as fetched ones do."""
_SHARE_BEHIND = re.compile(r"(?<=[a-zåäö])proc$", re.I)
"""Headers that are names of variables: ``Mproc`` beside ``Mtal``."""
_COUNT_OF = re.compile(r"antal [^\W\d]", re.I)
_COUNTED = re.compile(r"antal\b", re.I)
_FELT = re.compile(r"^(?!.*antal)(?:nöjd|missnöjd|trygg|otrygg)\w*\b", re.I)
"""Those who are satisfied or safe may be counted, and are most often a share or an index."""
_TAKERS = re.compile(r"\w+tagare(?:na)?\b", re.I)
"""Persons, who are counted also where what they take is money: ``Bidragsmottagare``."""


def unit_of_measure(  # noqa: PLR0911 - from the surest to a guess
    name: str, block: Block, index: int, context: Context
) -> tuple[Open, int | None]:
    """The unit and shift of a column that is a measure of its own, or a question."""
    header = block.said[index] if index < len(block.said) else ""
    own = header if sex_of(header) else name  # beside a sex the name is the title's
    stated = "" if (unit_of(block.unit) or ("count",))[0] == "count" else block.unit
    if _SHARE_BEHIND.search(header):
        return "percent", None
    if (shown := shown_in_column(block, index)) is not None:
        unit, shift = agreed(name, unit_said(header, name, context), shown)
        return (unit, shift) if isinstance(unit, Question) else each(unit, shift, header, name)
    figures = [t for t in block.column(index) if kind(t) == "figure"]
    if len(beside := units_beside(figures)) == 1:
        return beside.pop()
    if is_counted_beside_its_share(block, index):
        return "count", None
    if _is_indexed(block, header):
        return "index", None
    for text in (header, stated, name, f"{block.over} {block.title}", block.heading, block.unit):
        if scales_of(text) > 1:
            return ask_unit(name), None
        if (said := unit_said(text, name, context)) is not None:
            if are_index_changes(text, block, index):
                return ask_unit(name), None
            unit, shift = said
            if isinstance(unit, Question):
                return said
            if text not in {header, own} and _hardly(unit, header, block, index):
                continue
            return shares_of_column(block, index, text, each(unit, shift, header, name))
    if any("%" in text for text in figures):
        return "percent", None
    return _guessed(name, figures, context, block, [header])


def _is_indexed(block: Block, text: str) -> bool:
    """Whether what stands over a table says that its figures are indices, and a text nothing else.

    ``Index 2020 = 100``: the number of inhabitants is 103 of it.
    """
    over = any(map(_INDEXED.search, (block.over, block.title, block.heading, block.unit)))
    return over and not re.search(r"[%(\[]|procent|\bkr\b", text, re.I)


_INDEXED = re.compile(r"\bindex\w*\b.*=\s*100\b|=\s*100\b.*\bindex|\bindexera[td]", re.I)


def _hardly(unit: str, header: str, block: Block, index: int) -> bool:
    """Whether a title's unit is hardly a column's: its count of persons that of their mean age.

    Nor are its grades that of how many gave them.
    """
    if unit == "index":
        return is_counted(header) and are_whole(block.column(index))
    return unit in COUNT_UNITS and _fractional(block, index)


def _fractional(block: Block, index: int) -> bool:
    figures = [text for text in block.column(index) if kind(text) == "figure"]
    return any(re.search(r"\d[,.]\d", text) for text in figures)


def as_known(unit: Open, own: str | None) -> Open:
    """A unit as the catalogue has it (``own``), where that says the same less exactly."""
    return own if isinstance(unit, str) and own and _COARSER.get(unit) == own else unit


def set_units(  # noqa: PLR0912, PLR0915 - rows, then what they share
    found: Proposal, context: Context, block: Block
) -> None:
    """Give rows their indicators and units, and columns the unit of the table."""
    rows = list(found.row_labels)
    if not rows:
        found.area = found.area or context.area
        return
    if found.kind == "oj-answers":
        _answers(found, rows, context)
        return
    columns = [c for c in found.columns if c.content == "figure"]
    table = _of_table(found, block, context)
    if table is None:
        _of_measures(found, rows, context)
    _share_unit(columns)
    amounts = [c.label for c in columns if c.unit is None]
    area = context.labels.area(rows, f"{block.heading} {block.title}")
    groups: dict[tuple[str, int | None], list[str]] = {}
    asked: dict[str, tuple[Question, list[str]]] = {}
    units = _of_rows(found, rows, area, table, context)
    for row in rows:
        known = context.labels.match(area or "", row)
        unit, shift = units[row]
        if isinstance(unit, Question):
            asked.setdefault(unit.key, (unit, []))[1].append(row)
            declared = "count"
        else:
            declared = unit
        name_row(found, row, declared, (known, area), context)
        own = context.labels.catalogue.unit(known) if known else declared
        unit = as_known(unit, own)
        if isinstance(unit, str) and (shift or own != unit):
            if known and own in MONEY_UNITS and unit in MONEY_UNITS and own != unit:
                shift = (shift or 0) + (6 if own == "SEK" else -6)
                unit = own
            groups.setdefault((unit, shift), []).append(row)
    money = [row for row in rows if _is_money(context, context.labels.match(area or "", row))]
    if 2 * len(money) > len(rows):
        found.kind = "income-statement"
    if len(groups) == 1 and len(next(iter(groups.values()))) == len(rows):
        ((of_all, moved_all),) = groups
        groups.clear()
    else:
        of_all, moved_all = None, None
    # Where every column says its unit, the rows have none of their own.
    for (named, moved), labels in groups.items() if amounts else ():
        found.overrides.append(OverrideDraft(labels, amounts, named, moved))
    for question, labels in asked.values() if amounts else ():
        found.overrides.append(OverrideDraft(labels, amounts, question))
    found.overrides += sexes_of_rows(found, context)
    for column in columns:
        if column.unit is None:
            column.unit, column.shift = of_all, moved_all
    found.area = area or context.area
    shared = {*amounts} & {c.label for c in columns if c.unit is not None}
    if found.overrides and shared:
        found.unsure = found.unsure or Question(
            key=f"table.{slug(block.title) or block.first}",
            question=f"I vilken enhet är kolumnerna ”{min(shared)[:60]}”? De heter lika.",
            kind="table",
        )
    for override in found.overrides:
        if set(override.rows) == set(rows):
            override.rows = []
        if set(amounts) == {c.label for c in columns}:
            override.columns = []


def _of_measures(found: Proposal, rows: list[str], context: Context) -> None:
    """The units of columns that measure something else than those that name theirs.

    What a column names or counts is no evidence of the others: they count what their headers say
    is counted, or are asked about.
    """
    block = found.block
    columns = [(i, c) for i, c in enumerate(found.columns) if c.content == "figure"]
    stated = [c for _, c in columns if c.unit is not None and c.scenario not in DIFFERENCES]
    measures = [block.said[i] for i, _ in columns if measure_of(block.said[i], context.report)]
    mixed = len({*map(is_counted, measures)}) > 1
    if found.layout != "grid" or not (stated or mixed) or any(map(unit_of, rows)):
        return
    for index, column in columns:
        said = block.said[index]
        if column.unit is None and measure_of(said, context.report):
            figures = [t for t in block.column(index) if kind(t) == "figure"]
            whole = are_whole(figures)
            counted = is_counted(said) or is_counted(f"{block.over} {block.title}")
            likely = context.unit if MONEY_WORDS.search(said) else None
            column.unit = "count" if whole and counted else ask_unit(said, likely)


def _of_rows(
    found: Proposal,
    rows: list[str],
    area: str | None,
    table: tuple[Open, int | None] | None,
    context: Context,
) -> dict[str, tuple[Open, int | None]]:
    """The unit and shift of every row, or a question; ``table`` is what the whole table names."""
    headers = [c.label for c in found.columns if c.is_value]
    counted = bool(headers) and all(map(_counts_something, headers))
    cells, stated = cells_by_row(found, found.block)
    units: dict[str, tuple[Open, int | None]] = {}
    others: dict[tuple[Open, int | None], None] = {}  # of the rows before that are no sums
    of_measure: dict[str, list[str]] = {}  # of all its breakdowns, which have its unit
    if any(column.content == "dimension" for column in found.columns):
        for row in rows:
            of_measure.setdefault(row.partition(", ")[0], []).extend(cells.get(row, []))
    for row in sorted(rows, key=lambda row: (_is_sum(row), not cells.get(row))):
        known = context.labels.match(area or "", row)
        figures = cells.get(row, [])
        said = stated_unit(row, figures, table, known, context, stated.get(row))
        alike = of_measure.get(row.partition(", ")[0], figures)
        if counted and said is None and are_whole(alike):
            said = "count", None
        said = ("index", None) if _is_indexed(found.block, row) and row not in stated else said
        unit, shift = said or _guessed(row, alike, context, found.block, headers)
        if unit == "count" and not said and may_be_coded(found, found.row_labels[row]):
            unit, shift = ask_unit(row), None
        whole = isinstance(unit, str) and not units_beside(figures)
        units[row] = each(str(unit), shift, row) if whole else (unit, shift)
        shares = _is_sum(row) or not figures
        if shares and row not in stated and unit_of(row) is None and len(others) == 1:
            (units[row],) = others
        others |= {} if _is_sum(row) or is_part(row) else {units[row]: None}
    whole_row = ""
    for row in rows:
        if whole_row and is_part(row) and row not in stated and not units_beside(cells[row]):
            whole_cells = cells.get(whole_row, [])
            units[row] = of_part(row, cells.get(row, []), units[whole_row], whole_cells)
        whole_row = whole_row if is_part(row) else row
    return units | _asked_together(units, found.block, context)


def _asked_together(
    units: dict[str, tuple[Open, int | None]], block: Block, context: Context
) -> dict[str, tuple[Open, int | None]]:
    """One question for all rows of a table of which each would be asked; none where few are.

    Who knows that the rows differ writes it in the declaration. A unit that a label ends in, which
    its area is going to have, is its own.
    """
    together: dict[str, tuple[Open, int | None]] = {}
    title = block.title or "tabellen"
    for fractions in (False, True):
        asked = {
            row: unit
            for row, (unit, _) in units.items()
            if isinstance(unit, Question)
            and fractions == ("andel" in unit.options)
            and unit.proposal in {None, *unit.options}
        }
        if len({question.key for question in asked.values()}) <= _MOST_ASKED:
            continue
        proposals = {question.proposal for question in asked.values()}
        if fractions:
            whole = ask_fractions(title, likely=proposals == {"andel"})
        else:
            counted = ("count", None) if proposals == {"count"} else context.unit
            counted = counted or amounts_said_above(block)
            whole = ask_unit(title, None if None in proposals else counted)
        together |= dict.fromkeys(asked, (whole, None))
    return together


def _counts_something(header: str) -> bool:
    """Whether a header says what it counts, whatever the rows are named: ``Antal konkurser``."""
    said = header.replace("_", " ")
    return _COUNT_OF.match(said) is not None and (unit_of(said) or ("",))[0] in COUNT_UNITS


def _is_sum(row: str) -> bool:
    """Whether a row sums up those above it, and so has their unit."""
    return _SUM.fullmatch(row.rpartition(": ")[2]) is not None


def _is_money(context: Context, indicator: str | None) -> bool:
    return context.labels.catalogue.unit(indicator) in MONEY_UNITS


def _share_unit(columns: list[ColumnDraft]) -> None:
    """Leave the one unit that all columns but shares name to the rows, which may have others."""
    others = [c for c in columns if c.unit not in SHARES]
    if len({(str(c.unit), c.shift) for c in others}) == 1:
        for column in others:
            column.unit = column.shift = None


def _answers(found: Proposal, rows: list[str], context: Context) -> None:
    area = context.labels.area(rows, f"{found.block.heading} {found.block.title}")
    for row in rows:
        known = context.labels.match(area or "", row)
        name_row(found, row, "answer", (known, area), context)
    found.area = area or context.area
    for column in found.columns:
        if column.scenario == "share" and column.content == "figure":
            index = found.columns.index(column)
            column.unit, column.shift = shares_of_column(
                found.block, index, "andel", ("percent", None)
            )


def _of_table(found: Proposal, block: Block, context: Context) -> tuple[Open, int | None] | None:
    """The unit that the table's columns, corner or title name for all that names none."""
    corners = [
        block.said[i]
        for i, column in enumerate(found.columns)
        if column.content == "label" and i < len(block.said)
    ]
    columns = {(c.unit, c.shift) for c in found.columns if c.is_value and c.unit not in SHARES}
    if len(columns) == 1:
        unit, shift = columns.pop()
        if isinstance(unit, str):
            return unit, shift
    figures = [t for i, c in enumerate(found.columns) if c.is_figure for t in block.column(i)]
    for text in (*corners, block.unit, block.over, block.title, block.heading):
        if scales_of(text) > 1:  # which rows are in which is not said
            return None
        said = unit_said(text, block.title or text, context)
        changes = any(c.scenario == "change" and c.unit is None for c in found.columns)
        if said is not None and said[0] == "index" and changes:  # in points or in percent
            return None
        if said is not None and said[0] == "percent" and not re.search("%|procent", text, re.I):
            return shares_of([t for t in figures if kind(t) == "figure"], text, ("percent", None))
        if said is not None and said[0] != "count":
            whole = isinstance(said[0], str) and text == block.unit
            return each(str(said[0]), said[1], block.title) if whole else said
    return None


_OWN_UNIT = re.compile(r"[,(]\s?[^\s,()\d/]{1,6}\d?(?:\s?/\s?\w+)+\)?$")


def _guessed(
    name: str, figures: list[str], context: Context, block: Block, headers: list[str]
) -> tuple[Open, int | None]:
    """The unit of what names none: the document's for amounts, a count for what is counted.

    Where the table's title or headers speak of money, so may a name that does not. Whole numbers
    alone are no evidence: something near has to say that they count. A unit that the name ends with
    and nobody knows (``l/pers/dygn``) is asked for.
    """
    amounts = context.unit or amounts_said_above(block)
    own = _OWN_UNIT.search(name) is not None and unit_of(name) is None
    if own or MONEY_WORDS.search(_TAKERS.sub(" ", name)):
        return (None if own else context.unit) or (ask_unit(name, None if own else amounts), None)
    if (_COUNTED.search(name) or _TAKERS.search(name)) and are_whole(figures):
        return "count", None
    sums = [block.said[i] for i in block.corners if "belopp" in block.said[i].casefold()]
    around = " ".join([block.over, block.title, *headers, *sums])
    if MONEY_WORDS.search(around) and not PERCENT_WORDS.search(name):
        others = {unit_of(text) for i in block.corners for text in block.column(i)}
        return ask_unit(name, None if others - {None} else amounts), None
    whole = figures and are_whole(figures) and not _FELT.search(name)
    corners = [block.said[i] for i in block.corners]
    if len(corners) > 1:  # whose figures they are does not say that they count
        corners = [said for said in corners if not SEX_HEADER.fullmatch(said)]
    titles = (block.heading, context.title)
    near = (around, block.above, *titles, *corners)
    of_money = any(form.search(t) for t in near for form in (THOUSANDS, MILLIONS, KRONOR))
    percent = PERCENT_WORDS.search(name) is not None
    counting = [text for text in ((name,) if of_money else (name, *near)) if is_counted(text)]
    if whole and counting:
        times = {said[0] for said in map(unit_of, counting) if said} & {*TIME_UNITS, "days"}
        # ”Antal dagar” counts nothing else than the time.
        likely = (min(times), None) if len(times) == 1 else None
        asked = times or (percent and not is_counted(name))
        return (ask_unit(name, likely) if asked else "count"), None
    if percent and all(0 <= value <= _ALL for value in values_of(figures)):
        return "percent", None
    counted = whole and not context.unit and is_likely_a_count(name, figures, block, context)
    return ask_unit(name, ("count", None) if counted else None), None
