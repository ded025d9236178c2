"""What a layout hands on: cells, the lines it used up, and the faults it met."""

from __future__ import annotations

from dataclasses import dataclass, field

from ojmf.declarations import Column, Table
from ojmf.errors import Fault

REDACTED = "[…]"
"""Stands in an extract where the document has a comment or other text that is not kept."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: where it stands, what stands there, and the column that explains it.

    ``index`` is its position on the line, ``geo`` the place that its row is about, where the row
    says so.
    """

    table: Table
    line: int
    row: str
    column: Column
    raw: str
    month: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    index: int = 0
    geo: str | None = None


@dataclass(slots=True)
class Reading:
    """The result of reading one table.

    ``kept`` holds, for each line used, the text that an extract keeps; ``ignored`` counts the
    figures and answers in text that is passed over; ``header`` are the lines of the header.
    """

    table: Table
    header: tuple[int, ...] = ()
    cells: list[Cell] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    ignored: list[tuple[int, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    footnotes: dict[str, int] = field(default_factory=dict)

    def fault(self, name: str, line: int, text: str) -> None:
        """Note a fault of the document at a line, naming the table."""
        self.faults.append(Fault(name, text, line, self.table.title))
