"""Layouts of text whose cells are set off by tabs: grids, month grids, and lists of labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from ojmf.declarations import Column, Source, Table
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.locate import (
    REDACTED,
    Cell,
    Reading,
    Window,
    header_at,
    header_fault,
    starts_not_read,
)
from ojmf.periods import month_period, parse_period
from ojmf.printed import folded, plain, squeeze

_LOOSE_ROW = re.compile(r"\d{4}( \d+)+")
_THREE_DIGITS = 3
_MONTHS = 12


class Scan:
    """Walks the lines of a window from the header to the table's end."""

    def __init__(self, document: Document, window: Window, source: Source) -> None:
        self.document = document
        self.window = window
        self.source = source
        self.reading = Reading(window.table)

    def fault(self, line: int, text: str) -> None:
        """Note a fault of the document at a line."""
        self.reading.fault(self.document.name, line, text)

    def run(self, row: Callable[[int, str], bool], *, until_blank: bool = False) -> Reading:
        """Read the header, then call ``row(line, text)`` until it says that the table has ended."""
        table, document = self.window.table, self.document
        lines = range(self.window.anchor, self.window.stop)
        header = next((found for n in lines if (found := header_at(document, n, table))), ())
        if not header:
            self.fault(*header_fault(document, self.window))
            return self.reading
        self.reading.header = header
        if self.window.anchor:
            self.reading.kept[self.window.anchor] = document.line(self.window.anchor)
        self.reading.kept |= {number: document.line(number) for number in header}
        ended = False
        behind = header[-1]
        for number in range(header[-1] + 1, self.window.stop):
            text = document.line(number)
            if number <= behind:
                continue
            if not text.strip():
                ended = ended or until_blank
            elif again := header_at(document, number, table):
                if ended:
                    self.fault(number, "tabellen förekommer en gång till. Ta bort dubbletten.")
                    break
                self.reading.kept |= {n: document.line(n) for n in again}
                behind = again[-1]
            elif not ended and text.strip() in self.window.furniture:
                self.reading.kept[number] = text
            elif not ended:
                ended = starts_not_read(text, self.source.not_read) is not None or not row(
                    number, text
                )
        return self.reading


def _category(text: str, table: Table) -> tuple[str, str]:
    """The word of the scale that a cell begins with, and the text behind it."""
    for word in sorted(table.categories, key=len, reverse=True):
        before, found, after = text.partition(word)
        if found and not any(ch.isalnum() for ch in before):
            return word, after.strip()
    return "", text


class _Grid(Scan):
    """A table with one row per line; rows may go on behind a page break."""

    def __init__(
        self, document: Document, window: Window, source: Source, spellings: Mapping[str, str]
    ) -> None:
        super().__init__(document, window, source)
        self.spellings = spellings
        self.label = [column.content for column in window.table.columns].index("label")
        passed = (*window.table.ignore, *window.table.withheld_rows)
        self.ignored = {folded(label) for label in passed}
        self.sections = {folded(label): label for label in window.table.sections}
        self.section = ""
        self.parts = {folded(label) for label in window.table.parts}
        self.above = ""

    def row(self, number: int, text: str) -> bool:
        table = self.window.table
        cells = text.split("\t")
        # A heading that is merged over the table stands in each of its cells.
        said = {cell for cell in cells if cell.strip()}
        if (
            section := self.sections.get(folded(min(said) if len(said) == 1 else text))
        ) is not None:
            self.section = section
            self.reading.kept[number] = text
            return True
        if "\t" not in text and folded(text) not in self.spellings:
            return False
        width = len(table.columns)
        lacking = 0
        if table.optional_leading and len(cells) == width - 1:
            cells, lacking = ["", *cells], 1
        # Comments and other text may be left out, and a row of a label alone has no figures.
        lost = len(cells) != self.label + 1 and any(
            column.content not in {"comment", "text"} for column in table.columns[len(cells) :]
        )
        if lost or any(cell.strip() for cell in cells[width:]):
            shown = squeeze(" | ".join(cells) if lost else text)[:80]
            hint = " En tabb kan ha gått förlorad." if lost else ""
            self.fault(number, f"raden har {len(cells)} celler, väntade {width}: ”{shown}”.{hint}")
            return True
        cells = [*cells, *[""] * (width - len(cells))][:width]
        label = squeeze(cells[self.label])
        # A heading of rows may stand in another column than their labels.
        named = label or squeeze(text)
        if self._ignored(number, named, cells) or self._continued(number, cells):
            return True
        spelled = self.spellings.get(label) or self.spellings.get(folded(label), label)
        if folded(label) in self.parts and self.above:
            spelled = f"{self.above}: {spelled}"
        else:
            self.above = spelled
        label = f"{self.section}: {spelled}" if self.section else spelled
        self._read(number, label, cells, lacking)
        return True

    def _ignored(self, number: int, label: str, cells: list[str]) -> bool:
        if folded(label) in self.ignored:
            self.reading.kept[number] = "\t".join(cells)
            self.reading.ignored.append((number, " ".join(cells)))
            return True
        for override in self.window.table.override:
            if override.footnote and folded(label).startswith(folded(override.footnote)):
                self.reading.footnotes[override.footnote] = number
                self.reading.kept[number] = "\t".join([override.footnote + REDACTED, *cells[1:]])
                self.reading.ignored.append((number, label))
                return True
        return False

    def _continued(self, number: int, cells: list[str]) -> bool:
        """Join a row that a page break has split: its scale cell holds no word of the scale."""
        table = self.window.table
        index = next((i for i, c in enumerate(table.columns) if c.content == "category"), None)
        if index is None or not self.reading.cells:
            return False
        if _category(plain(cells[index]), table)[0]:
            return False
        last = self.reading.cells[-1]
        label = squeeze(f"{last.row} {cells[self.label]}")
        self.reading.cells[-1] = replace(last, row=label, commented=False)
        kept = [REDACTED if cell.strip() else "" for cell in cells]
        kept[self.label] = cells[self.label]
        self.reading.kept[number] = "\t".join(kept)
        self.reading.ignored.append((number, " ".join(cells)))
        return True

    def _read(self, number: int, label: str, cells: list[str], lacking: int) -> None:
        """Add the row's cells; ``lacking`` are the leading ones that the line does not have."""
        table, kept, made = self.window.table, list(cells), []
        comment = False
        for index, (column, text) in enumerate(zip(table.columns, cells, strict=True)):
            if column.content in {"figure", "answer"}:
                made.append((index, column, plain(text)))
            elif column.content == "category":
                word, rest = _category(plain(text), table)
                made.append((index, column, word))
                kept[index] = f"{word} {REDACTED}" if rest else word
                self.reading.ignored.append((number, rest))
                comment = comment or bool(rest)
            elif column.content in {"comment", "text"} and text.strip():
                kept[index] = text if column.withheld else REDACTED
                self.reading.pass_over(number, column, text)
                comment = comment or column.content == "comment"
        for position, (index, column, raw) in enumerate(made):
            commented = comment and position == 0
            self.reading.cells.append(
                Cell(number, label, column, raw, commented=commented, index=index - lacking)
            )
        self.reading.kept[number] = "\t".join(kept)


def read_grid(
    document: Document, window: Window, source: Source, spellings: Mapping[str, str]
) -> Reading:
    """Read a tab-delimited table; ``spellings`` are the labels that its rows may have."""
    grid = _Grid(document, window, source, spellings)
    return grid.run(grid.row)


class _Months(Scan):
    """A table with a year per row and a month per column."""

    def __init__(self, document: Document, window: Window, source: Source) -> None:
        super().__init__(document, window, source)
        self.missing = list(window.table.years)
        self.until = parse_period(source.reporting_period).end
        self.columns = [Column(label=label) for label in window.table.header]

    def row(self, number: int, text: str) -> bool:
        if not self.missing:
            return False
        cells = [plain(cell) for cell in text.split("\t")]
        if "\t" not in text:
            if not _LOOSE_ROW.fullmatch(text.strip()):
                return False
            cells = self._loose(number, text.split())
        if not cells:
            return True
        if cells[0] not in map(str, self.missing):
            self.fault(
                number,
                f"fann raden ”{cells[0]}”, väntade något av åren "
                f"{', '.join(map(str, self.missing))}.",
            )
            return True
        year = int(cells[0])
        self.missing.remove(year)
        self._read(number, year, cells[1:])
        self.reading.kept[number] = text
        return True

    def _loose(self, number: int, cells: list[str]) -> list[str]:
        """A row that lost its tabs: read only where there is one way to read it."""
        year = int(cells[0])
        months = sum(self._due(year, month) for month in range(1, _MONTHS + 1))
        if len(cells) - 1 != months or any(len(cell) >= _THREE_DIGITS for cell in cells[1:]):
            self.fault(
                number,
                "tabbarna mellan cellerna saknas på raden, så den kan läsas på flera sätt: "
                f"”{' '.join(cells)}”; "
                f"väntade {months} månader. Sätt in tabbar mellan månaderna.",
            )
            return []
        return cells

    def _due(self, year: int, month: int) -> bool:
        start: date | None = self.window.table.starts
        period = month_period(year, month)
        return period.end <= self.until and (start is None or period.start >= start)

    def _read(self, number: int, year: int, cells: list[str]) -> None:
        while len(cells) > _MONTHS and not cells[-1]:
            cells.pop()
        short = any(self._due(year, month) for month in range(len(cells) + 1, _MONTHS + 1))
        if len(cells) > _MONTHS or short:
            self.fault(
                number,
                f"året {year} har {len(cells)} månader, väntade {_MONTHS}. "
                "En tabb kan ha gått förlorad.",
            )
            return
        cells = [*cells, *[""] * (_MONTHS - len(cells))]
        for month, raw in enumerate(cells, start=1):
            self.reading.cells.append(
                Cell(
                    number,
                    str(year),
                    self.columns[month],
                    raw,
                    month=(year, month),
                    index=month,
                )
            )


def read_months(document: Document, window: Window, source: Source) -> Reading:
    """Read a month grid; months behind the reporting period may be blank or left out."""
    months = _Months(document, window, source)
    reading = months.run(months.row)
    if months.missing and not reading.faults:
        months.fault(
            window.anchor,
            f"raden för {', '.join(map(str, months.missing))} saknas i tabellen. "
            "Rätta years i source.toml.",
        )
    return reading


def read_list(document: Document, window: Window, source: Source) -> Reading:
    """Read the labels under a heading, to the next blank line; none of them has a figure."""
    scan = Scan(document, window, source)
    table = window.table
    column = Column(label=table.header[0], content="label")
    ignored = {folded(label) for label in table.ignore}
    right = {folded(label): text for label, text in table.labels.items()}

    def row(number: int, text: str) -> bool:
        label = squeeze(text)
        scan.reading.kept[number] = text
        if folded(label) in ignored:
            scan.reading.ignored.append((number, label))
        else:
            scan.reading.cells.append(Cell(number, right.get(folded(label), label), column, label))
        return True

    return scan.run(row, until_blank=True)
