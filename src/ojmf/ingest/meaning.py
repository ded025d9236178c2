"""What is said of the cells of a document: by where they stand, by declarations, by their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from ojmf.declarations import Column, Source, Table
from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.notation import Printed
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import REDACTED, Cell, Reading
from ojmf.model import ObsStatus, Scenario
from ojmf.periods import parse_period
from ojmf.printed import squeeze
from ojmf.typography import plain_mark, raised

_FOOTNOTE_LINES = 60
"""So many lines behind a table a mark is looked for at the beginning of a line."""
_SAID = (
    "indicator",
    "unit",
    "shift",
    "geo",
    "sex",
    "scenario",
    "period",
    "period_kind",
    "status",
    "blank_status",
    "blank_note",
)
"""What an override says in place of the column."""
_MARKED = ("unit", "shift", "geo", "sex", "scenario", "status")
"""What a mark says of the figure that it stands beside, and then its note."""
_UNMARKED = (None,) * (len(_MARKED) + 1)

AS_READ = pl.Schema(
    {
        "at": pl.UInt32,
        "declared": pl.UInt32,
        "text": pl.UInt32,
        "line": pl.Int32,
        "place": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "named": pl.String,
        "month": pl.Date,
        "row_geo": pl.String,
        "comment_line": pl.Int32,
        "fact_refused": pl.String,
        "seen": pl.String,
    }
)
"""One row per cell as the layouts read it.

``at`` is the number of its table among the readings, ``declared`` and ``text`` those of its rows in
``DECLARED`` and ``TEXTS``. ``named`` is the indicator that its row is named for. ``fact_refused``
and ``seen`` are what the reader noted of the cell, and of its row's label and its column's header.
"""
DECLARED = pl.Schema(
    {
        "table_id": pl.String,
        "table": pl.String,
        "heading": pl.String,
        "area_id": pl.String,
        "layout": pl.String,
        "starts": pl.Date,
        "content": pl.String,
        "column_decimals": pl.Int8,
        "suffix": pl.String,
        "indicator": pl.String,
        "unit": pl.String,
        "shift": pl.Int8,
        "geo": pl.String,
        "sex": pl.String,
        "scenario": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "status": pl.String,
        "blank_status": pl.String,
        "blank_note": pl.String,
        "note": pl.String,
        "override_note": pl.String,
    }
)
"""What a table and its column say, and the overrides that fit: one row for all cells alike."""
_SCENARIO = DECLARED.names().index("scenario")
TEXTS = pl.Schema(
    {
        "raw": pl.String,
        "printed": pl.String,
        "said": pl.String,
        "symbol_status": pl.String,
        "symbol_note": pl.String,
        "spelled": pl.String,
        "mark_unit": pl.String,
        "mark_shift": pl.Int8,
        "mark_geo": pl.String,
        "mark_sex": pl.String,
        "mark_scenario": pl.String,
        "mark_status": pl.String,
        "mark_note": pl.String,
    }
)
"""What each text of a table stands for, one row per text.

``printed`` is the text without marks, ``said`` the answer that it is declared to be, ``spelled``
how a word of the scale is read. ``symbol_status`` and ``symbol_note`` are those of a symbol for a
missing figure; the others are what marks say of the figure that they stand beside.
"""


def cells_as_read(
    source: Source, catalogue: Catalogue, readings: Sequence[Reading], document: Document
) -> tuple[pl.DataFrame, list[set[int]]]:
    """The cells in ``AS_READ``, ``DECLARED`` and ``TEXTS`` side by side.

    Returns with them the numbers of the overrides of each table that fit a cell.
    """
    answers = {key.casefold(): str(value) for key, value in source.answers.items()}
    cells: list[tuple[Any, ...]] = []
    declared: list[tuple[Any, ...]] = []
    texts: list[tuple[Any, ...]] = []
    used: list[set[int]] = []
    for at, reading in enumerate(readings):
        table = reading.table
        notations = {goals: source.notation(table, goals=goals) for goals in (False, True)}
        contents = [column.content for column in table.columns]
        label = contents.index("label") if "label" in contents else 0
        of_declared: dict[tuple[int, tuple[int, ...]], int] = {}
        of_text: dict[tuple[str, bool], int] = {}
        named: dict[str, str | None] = {}
        for cell in reading.cells:
            fit = _fitting(table, cell) if table.override else ()
            key = (id(cell.column), fit)
            if key not in of_declared:
                of_declared[key] = len(declared)
                declared.append(_declared(reading, cell.column, fit))
            raw, row = cell.raw, cell.row
            goal = declared[of_declared[key]][_SCENARIO] == Scenario.TARGET
            if (raw, goal) not in of_text:
                of_text[raw, goal] = len(texts)
                printed = notations[goal].read(raw)
                marks = _marked(printed, source, reading, document) or _UNMARKED
                said = _said(raw, printed.text, source, answers)
                texts.append((raw, printed.text, *said, table.category_spelling.get(raw), *marks))
            if row not in named:
                named[row] = (
                    table.indicators.get(row)
                    or table.indicator
                    or catalogue.by_label(table.area, row)
                )
            cells.append(
                (
                    at,
                    of_declared[key],
                    of_text[raw, goal],
                    cell.line,
                    document.place(cell.line, cell.index),
                    row,
                    cell.label,
                    named[row],
                    cell.month and date(*cell.month, 1),
                    cell.geo,
                    cell.line if cell.commented else None,
                    *(_seen(cell, label, reading, document) if document.facts else (None, None)),
                )
            )
        used.append({order for _, fit in of_declared for order in fit})
    as_read = pl.DataFrame(cells, schema=AS_READ, orient="row").with_row_index("cell")
    said_of_it = pl.DataFrame(declared, schema=DECLARED, orient="row")[as_read["declared"]]
    printed_in_it = pl.DataFrame(texts, schema=TEXTS, orient="row")[as_read["text"]]
    return pl.concat([as_read, said_of_it, printed_in_it], how="horizontal"), used


def _fitting(table: Table, cell: Cell) -> tuple[int, ...]:
    """The numbers of the overrides that are about a cell."""
    return tuple(
        order
        for order, override in enumerate(table.override)
        if (not override.rows or cell.row in override.rows)
        and (not override.columns or cell.label in override.columns)
    )


def _seen(
    cell: Cell, label: int, reading: Reading, document: Document
) -> tuple[str | None, str | None]:
    facts = document.facts
    own = (cell.line, cell.index)
    keys = (own, (cell.line, label), *((line, cell.index) for line in reading.header))
    notes = dict.fromkeys(note for key in keys if key in facts for note in facts[key].notes)
    return facts[own].refused if own in facts else None, "; ".join(notes) or None


def _declared(reading: Reading, column: Column, fit: tuple[int, ...]) -> tuple[Any, ...]:
    """What table, column and the overrides that fit say together, in order; as ``DECLARED``."""
    table = reading.table
    said = {name: getattr(column, name) for name in _SAID}
    notes = []
    for override in (table.override[order] for order in fit):
        if override.period is not None:
            said["period_kind"] = None
        said |= {k: value for k in _SAID if (value := getattr(override, k)) is not None}
        notes += [override.note] if override.note else []
        if override.footnote:
            notes.append(f"fotnot på rad {reading.footnotes.get(override.footnote)}")
    text, kind = said.pop("period"), said.pop("period_kind")
    period = parse_period(text, kind) if text else None
    return (
        table.id,
        table.title,
        table.heading,
        table.area,
        table.layout,
        table.starts,
        column.content,
        column.decimals,
        column.suffix,
        said["indicator"] or None,
        said["unit"] or None,
        said["shift"],
        said["geo"],
        said["sex"] or table.sex,
        said["scenario"],
        period and period.start,
        period and period.end,
        period and period.kind,
        said["status"],
        said["blank_status"],
        said["blank_note"] or None,
        column.note or None,
        "; ".join(notes) or None,
    )


def _said(
    raw: str, printed: str, source: Source, answers: Mapping[str, str]
) -> tuple[str | None, str | None, str | None]:
    """The answer that a text stands for, or status and note of a symbol for a missing figure."""
    text = squeeze(printed)
    symbol = source.symbols.get(squeeze(raw)) or source.symbols.get(text)
    if symbol is None:
        return answers.get(text.casefold()), None, None
    return answers.get(text.casefold()), symbol.status or ObsStatus.MISSING, symbol.note or raw


def _marked(
    printed: Printed, source: Source, reading: Reading, document: Document
) -> tuple[Any, ...] | None:
    """What the marks beside a figure are declared to say of it; the last one wins."""
    if not (printed.marks or printed.struck or printed.limit):
        return None
    said: dict[str, Any] = {}
    notes = [f"överstruket: {printed.struck.strip()}"] if printed.struck else []
    notes += [f"målet är {printed.limit}"] if printed.limit else []
    for mark, declared in printed.marks:
        own = declared.model_dump(exclude_none=True)
        if mark in source.approximations:
            own = {"status": ObsStatus.UNRELIABLE, "note": "ungefärligt"} | own
        elif not own:
            line = _footnote(mark, reading, document)
            own = {"note": f"märket {mark}" + (f", fotnot på rad {line}" if line else "")}
        notes += [own["note"]] if "note" in own else []
        said |= own
    return (*map(said.get, _MARKED), "; ".join(notes) or None)


def _footnote(mark: str, reading: Reading, document: Document) -> int | None:
    """The line behind the table that begins with a mark, which an extract then keeps."""
    kept = reading.kept
    last = max(kept, default=0)
    plain = plain_mark(mark).strip("() .")
    pattern = re.compile(
        rf"(?:{re.escape(mark)}|\(?{re.escape(plain)}\)|{re.escape(plain)}(?=[\s.:])"
        rf"|{re.escape(raised(plain))})(?!\d)"
    )
    for number in range(last + 1, last + 1 + _FOOTNOTE_LINES):
        text = document.line(number).strip()
        if "\t" not in text and (match := pattern.match(text)):
            kept[number] = f"{match[0]} {REDACTED}"
            reading.ignored += [(n, document.line(n)) for n in range(last + 1, number + 1)]
            return number
    return None
