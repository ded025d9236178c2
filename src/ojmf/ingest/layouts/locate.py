"""Where the declared tables of a document stand, and what a layout hands on of each."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import polars as pl

from ojmf.declarations import Column, NotRead, Source, Table
from ojmf.errors import Fault
from ojmf.ingest.document import Document
from ojmf.printed import folded, squeeze
from ojmf.suggestions import nearest
from ojmf.typography import unusual

REDACTED = "[…]"
"""Stands in an extract where the document has a comment or other text that is not kept."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: where it stands, what stands there, and the column that explains it.

    ``index`` is its position on the line, ``geo`` the place that its row is about, where the row
    says so, and ``place`` its name, where that is what tells the cell from the column's others.
    ``commented``: a comment on it stands on its line.
    """

    line: int
    row: str
    column: Column
    raw: str
    month: tuple[int, int] | None = None
    commented: bool = False
    index: int = 0
    geo: str | None = None
    place: str | None = None

    @property
    def label(self) -> str:
        """What tells the cell from others in its row."""
        return self.place or self.column.label


@dataclass(slots=True)
class Reading:
    """The result of reading one table.

    ``kept`` holds, for each line used, the text that an extract keeps; ``ignored`` is text that is
    passed over on purpose, by line, ``left_out`` that of columns declared so, ``unclaimed`` text
    that no reason is declared for; ``header`` are the lines of the header.
    """

    table: Table
    header: tuple[int, ...] = ()
    cells: list[Cell] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    ignored: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[Column, str]] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    footnotes: dict[str, int] = field(default_factory=dict)

    def add(self, cell: Cell) -> None:
        """Take a cell, or pass it over where questions about its column or row are open."""
        if cell.column.withheld or cell.row in self.table.withheld_rows:
            self.ignored.append((cell.line, cell.raw))
        else:
            self.cells.append(cell)

    def pass_over(self, line: int, column: Column, text: str) -> None:
        """Note a cell that is not read, as explained where its column says why."""
        if column.ignore:
            self.left_out.append((column, text))
        if column.content == "comment" or column.ignore or column.withheld:
            self.ignored.append((line, text))
        else:
            self.unclaimed.append(text)

    def fault(self, name: str, line: int, text: str) -> None:
        """Note a fault of the document at a line, naming the table."""
        self.faults.append(Fault(name, text, line, self.table.title))


@dataclass(frozen=True, slots=True)
class Window:
    """The lines in which a table is looked for: behind its anchor, before the next one's.

    The anchor is 0 where the table is the first thing in the document.
    ``furniture`` are the document's lines, without outer space, that page breaks leave in tables.
    """

    table: Table
    anchor: int
    stop: int
    furniture: frozenset[str] = frozenset()


def windows(document: Document, source: Source) -> tuple[list[Window], list[str]]:
    """Find every table's window in document order, and a fault for each anchor that is missing."""
    texts = document.texts
    found: list[tuple[Table, int]] = []
    faults: list[str] = []
    position = 0
    ends: dict[str, int] = {}
    for table in source.table:
        stop = len(texts)
        if table.sheet is not None:
            named, text = _sheet(document, table.sheet)
            if named is None:
                faults.append(Fault(document.name, text, None, table.title))
                continue
            position, stop = named
            ends[table.id] = stop
        if table.after == "" and table.sheet is None:
            found.append((table, position))
            continue
        anchor = squeeze(table.anchor) if table.sheet is None or table.after else texts[position]
        wanted = anchor.casefold()
        line = next((n for n in range(position, stop) if texts[n].casefold() == wanted), None)
        if line is None:
            near = nearest(anchor, filter(None, texts[position:]), 1)
            hint = f" Närmast är ”{near[0][:80]}”." if near else ""
            text = (
                f"tabellen {table.id} saknas: raden ”{table.anchor[:80]}” väntades efter rad "
                f"{position}.{hint}"
            )
            faults.append(Fault(document.name, text, None, table.title))
            continue
        found.append((table, line + 1))
        position = line + 1
    anchors = sorted(line for _, line in found)
    left = furniture(document.lines, source.furniture)
    return [
        Window(
            table,
            line,
            min(
                next((n for n in anchors if n > line), len(texts) + 1),
                ends.get(table.id, len(texts)) + 1,
            ),
            left,
        )
        for table, line in found
    ], faults


def _sheet(document: Document, pattern: str) -> tuple[tuple[int, int] | None, str]:
    """Where the one sheet stands whose name fits (0-based), or what to say of none or several."""
    sheets = document.sheets()
    fitting = [s for s in sheets if fnmatch.fnmatchcase(folded(s[0]), folded(pattern))]
    if len(fitting) == 1:
        return (fitting[0][1] - 1, fitting[0][2]), ""
    names = "”, ”".join(name for name, _, _ in fitting or sheets) or "inga"
    if fitting:
        return None, f"flera blad passar ”{pattern}”: ”{names}”. Skriv bladets hela namn i sheet."
    return None, f"bladet ”{pattern}” saknas; bladen är ”{names}”. Rätta sheet i source.toml."


def cells_of(line: str) -> list[str]:
    """The tab-delimited cells of a line, squeezed, without trailing blanks."""
    cells = [squeeze(cell) for cell in line.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def header_at(document: Document, number: int, table: Table) -> tuple[int, ...]:
    """The lines of the table's header where it begins on line ``number``; none where it does not.

    A header of several rows is read column by column: what stands under each other is joined, a
    merged text once.
    """
    line = document.line(number)
    wanted = "\t".join(table.header)
    # Most lines are told by their first cell; long tables have very many.
    first = folded(line.partition("\t")[0])
    if not line.strip() or not folded(wanted.partition("\t")[0]).startswith(first):
        return ()
    lines = [number]
    while len(lines) < table.header_rows and lines[-1] < len(document.lines):
        lines.append(lines[-1] + 1)
    found = joined_header([document.line(n) for n in lines])
    if list(map(folded, found)) == list(map(folded, cells_of(wanted))):
        return tuple(lines)
    return ()


def joined_header(lines: Sequence[str]) -> list[str]:
    """The cells of a header of one or several rows, one text per column."""
    columns = zip_longest(*(cells_of(line) for line in lines), fillvalue="")
    cells = [" ".join(dict.fromkeys(part for part in column if part)) for column in columns]
    return cells_of("\t".join(cells))


def header_fault(document: Document, window: Window) -> tuple[int, str]:
    """The line most like the table's header, and what to say of it."""
    wanted = " | ".join(window.table.header)
    shown = {
        number: _shown(document, number, window.table)
        for number in range(window.anchor + 1, window.stop)
        if "\t" in document.line(number)
    }
    found = next(iter(nearest(wanted, shown.values(), 1)), next(iter(shown.values()), None))
    if found is None:
        return window.anchor, f"rubrikraden saknas; väntade ”{wanted}”."
    line = next(number for number, text in shown.items() if text == found)
    return line, (
        f"rubrikraden har ändrats: fann ”{found}”, väntade ”{wanted}”. "
        f"{unusual(found)}{' ' if unusual(found) else ''}"
        "Rätta dokumentet eller tabellens header i source.toml."
    )


def _shown(document: Document, number: int, table: Table) -> str:
    lines = [document.line(n) for n in range(number, number + table.header_rows)]
    return " | ".join(joined_header(lines))


def furniture(lines: Sequence[str], patterns: tuple[str, ...]) -> frozenset[str]:
    """The lines, without outer space, that page breaks leave inside tables.

    A pattern must fit the whole line. Polars matches in a time that grows with the line alone,
    whatever the pattern: Python's own expressions can take for ever.
    """
    if not patterns:
        return frozenset()
    texts = pl.Series("line", lines, dtype=pl.String).str.strip_chars().unique()
    found = pl.any_horizontal(
        pl.col("line").str.contains(f"^(?:{pattern})$") for pattern in patterns
    )
    return frozenset(texts.to_frame().filter(found)["line"])


def starts_not_read(line: str, not_read: tuple[NotRead, ...]) -> NotRead | None:
    """The declared passage that begins on this line, if any."""
    if not not_read:
        return None
    text = folded(line)
    return next((n for n in not_read if text.startswith(folded(n.starts))), None)


def passages(document: Document, source: Source) -> Iterator[tuple[int, int, NotRead]]:
    """The passages declared as not read: first line, last line and declaration of each.

    A passage goes on over blank lines and lines with tabs.
    """
    number = 1
    while number <= len(document.lines):
        start = starts_not_read(document.line(number), source.not_read)
        if start is None:
            number += 1
            continue
        last = number
        for following in range(number + 1, len(document.lines) + 1):
            text = document.line(following)
            if "\t" in text and starts_not_read(text, source.not_read) is None:
                last = following
            elif text.strip():
                break
        yield number, last, start
        number = last + 1


def leftovers(document: Document, source: Source, used: set[int]) -> Iterator[int]:
    """Lines with tabs that belong to no declared table and no passage declared as not read."""
    passed = {n for first, last, _ in passages(document, source) for n in range(first, last + 1)}
    for number, text in enumerate(document.lines, start=1):
        if "\t" in text.rstrip() and number not in used and number not in passed:
            yield number
