"""Sheets of any workbook format as one document: every visible sheet under its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from ojmf.errors import InputError
from ojmf.ingest.addresses import address, column_letters
from ojmf.ingest.document import Document, sheet_place
from ojmf.ingest.readers.lines import (
    MAX_CELLS,
    CellText,
    Lines,
    Region,
    Row,
    blocks,
    clean,
    fill_merged,
)
from ojmf.ingest.readers.side_by_side import apart

MAX_COLUMNS = 2_000
SHOWS_FORMULAS = "bladet visar formler i stället för värden"
_NAMED = 5


@dataclass(slots=True)
class Sheet:
    """The printed text of a sheet's cells by row (1-based) and column (0-based).

    ``merged`` are its merged regions (0-based), ``uncomputed`` the cells whose formula has no
    stored value; ``hidden_rows`` and ``hidden_columns`` those that are not shown.
    """

    path: Path
    name: str
    cells: int = 0
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Region] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str) -> None:
        """Set the text of a cell, unless it is blank; ``InputError`` where they are too many.

        A cell of a hidden row or column says so in its notes.
        """
        noted = text if isinstance(text, CellText) else None
        if noted is None and not (text := clean(text)):
            return
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise InputError(
                f"{self.path} blad {self.name}: mer än {MAX_CELLS} celler. Spara bara de blad "
                "och rader som har tabellerna i en egen fil."
            )
        hidden = ["raden är dold i bladet"] if row in self.hidden_rows else []
        hidden += ["kolumnen är dold i bladet"] if column in self.hidden_columns else []
        if hidden:
            given = noted or CellText(text)
            text = CellText(
                given,
                marks=given.marks,
                notes=[*given.notes, *hidden],
                refused=given.refused,
                unit=given.unit,
            )
        self.rows.setdefault(row, {})[column] = text

    def remarks(self) -> list[str]:
        """What of the sheet is read though it is hidden, and what its cells do not show."""
        rows = sorted(self.hidden_rows & self.rows.keys())
        used = {column for cells in self.rows.values() for column in cells}
        columns = sorted(self.hidden_columns & used)
        unseen = [
            address(row, column)
            for row, cells in sorted(self.rows.items())
            for column, text in sorted(cells.items())
            if not text
        ]
        said = []
        if rows:
            said.append(f"dolda rader har lästs: {_ranges(rows)}")
        if columns:
            said.append(f"dolda kolumner har lästs: {', '.join(map(column_letters, columns))}")
        if unseen:
            said.append(f"celler som inte visar sitt innehåll läses inte: {_first(unseen)}")
        return [f"blad {self.name}: {text}" for text in said]


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in rising order with runs drawn together: ``3, 5–9``."""
    runs = groupby(enumerate(numbers), key=lambda item: item[1] - item[0])
    spans = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{s[0]}–{s[-1]}" if len(s) > 1 else f"{s[0]}" for s in spans)


def _first(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" och {more} till" if more > 0 else "")


def to_document(
    path: Path, sheets: Iterable[Sheet], hidden: Iterable[str], remarks: Iterable[str] = ()
) -> Document:
    """The visible sheets in order, each set off by a line with its name.

    Raises ``InputError`` where a sheet has formulas without a stored value, or too many columns.
    """
    lines = Lines(path)
    lines.remarks += remarks
    lines.remarks += [f"det dolda bladet ”{name}” läses inte" for name in hidden]
    for sheet in sheets:
        if sheet.uncomputed:
            raise InputError(
                f"{path} blad {sheet.name}, cell {_first(sheet.uncomputed)}: formler utan uträknat "
                "värde. Öppna filen i kalkylprogrammet, räkna om och spara, eller klistra in "
                "värdena."
            )
        if not sheet.rows:
            continue
        lines.remarks += sheet.remarks()
        lines.blank()
        lines.paragraph(sheet.name, sheet_place(sheet.name))
        for block in blocks(_rows(path, sheet), lambda row: row[1]):
            for table in apart(block):
                lines.blank()
                lines.table(_cropped(sheet.name, table))
    return lines.document()


def _rows(path: Path, sheet: Sheet) -> list[Row]:
    """The sheet's rows with their numbers, merged texts filled in; a gap gives one blank row."""
    width = max(max(cells) for cells in sheet.rows.values()) + 1
    if width > MAX_COLUMNS:
        raise InputError(
            f"{path} blad {sheet.name}: {width} kolumner, högst {MAX_COLUMNS} läses. "
            "Ta bort det som står långt till höger om tabellen."
        )
    numbers = sorted(sheet.rows)
    table: list[list[str]] = []
    position: dict[int, int] = {}
    for number in numbers:
        if number - 1 not in position and table:
            table.append([])
        position[number] = len(table)
        cells = sheet.rows[number]
        table.append([cells.get(column, "") for column in range(max(cells) + 1)])
    regions = []
    for top, left, bottom, right in sheet.merged:
        inside = [position[n] for n in numbers if top < n <= bottom + 1]
        if top + 1 in position:
            for row in inside:
                covered = slice(left + (row == position[top + 1]), right + 1)
                table[row][covered] = [""] * len(table[row][covered])
            regions.append((position[top + 1], left, inside[-1], right))
    fill_merged(table, regions)
    names = {place: number for number, place in position.items()}
    return [(str(names.get(place, "")), cells) for place, cells in enumerate(table)]


def _cropped(name: str, block: list[Row]) -> list[Row]:
    """A block's rows from its table's first column on, each with the place of its first cell."""
    wide = [cells for _, cells in block if len({c for c in cells if c}) > 1]
    left = min((next(i for i, c in enumerate(cells) if c) for cells in wide), default=0)
    placed = []
    for number, cells in block:
        said = (i for i, c in enumerate(cells) if c or isinstance(c, CellText))
        own = next(said)
        first = left if own > left and cells in wide else own
        placed.append(
            (f"{sheet_place(name)}, cell {address(int(number), first)}", cells[min(left, own) :])
        )
    return placed
