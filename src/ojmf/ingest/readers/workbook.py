"""Sheets of any workbook format as one document: every visible sheet under its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ojmf.errors import InputError
from ojmf.ingest.addresses import address
from ojmf.ingest.document import Document, sheet_place
from ojmf.ingest.readers.lines import MAX_CELLS, Lines, Region, Row, blocks, clean, fill_merged

MAX_COLUMNS = 2_000
_NAMED = 5


@dataclass(slots=True)
class Sheet:
    """The printed text of a sheet's cells by row (1-based) and column (0-based).

    ``merged`` are its merged regions (0-based), ``uncomputed`` the cells whose formula has no
    stored value.
    """

    path: Path
    name: str
    cells: int = 0
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Region] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Set the text of a cell, unless it is blank; ``InputError`` where they are too many."""
        if text := clean(text):
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise InputError(
                    f"{self.path} blad {self.name}: mer än {MAX_CELLS} celler. Spara bara de blad "
                    "och rader som har tabellerna i en egen fil."
                )
            self.rows.setdefault(row, {})[column] = text


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
        _refuse_uncomputed(path, sheet)
        if not sheet.rows:
            continue
        lines.blank()
        lines.paragraph(sheet.name, sheet_place(sheet.name))
        for block in blocks(_rows(path, sheet), lambda row: row[1]):
            lines.blank()
            lines.table(_cropped(sheet.name, block))
    return lines.document()


def _refuse_uncomputed(path: Path, sheet: Sheet) -> None:
    if sheet.uncomputed:
        more = len(sheet.uncomputed) - _NAMED
        raise InputError(
            f"{path} blad {sheet.name}, cell {', '.join(sheet.uncomputed[:_NAMED])}"
            f"{f' och {more} till' if more > 0 else ''}: formler utan uträknat värde. Öppna filen "
            "i kalkylprogrammet, räkna om och spara, eller klistra in värdena."
        )


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
        inside = [position[n] for n in range(top + 1, bottom + 2) if n in position]
        if inside and top + 1 in position:
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
        own = next(i for i, cell in enumerate(cells) if cell)
        first = left if own > left and cells in wide else own
        placed.append(
            (f"{sheet_place(name)}, cell {address(int(number), first)}", cells[min(left, own) :])
        )
    return placed
