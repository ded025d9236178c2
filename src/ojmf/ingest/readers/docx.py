"""Word documents: paragraphs and tables in the order of the document's body.

python-docx opens the document and tells the look of runs, through their styles. The body is walked
below its own lists, which were tried and leave out what stands in content controls and in tracked
insertions, what a field shows, symbols, formulas and footnotes (python-docx 1.2: ``Paragraph.text``
of ``w:sdt``, ``w:ins``, ``w:sym`` and ``m:oMath`` is empty), and give a merged cell's text twice.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import XMLSyntaxError

from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import Lines, Region, fill_merged
from ojmf.ingest.readers.runs import cell_text, paragraph_text
from ojmf.ingest.readers.word_runs import WordRuns, inner
from ojmf.ingest.readers.word_tables import qn

_INVISIBLE_HEIGHT = 60
"""A row exactly this high (twentieths of a point) shows nothing of its text."""


def read(path: Path) -> Document:
    """Read a document's body; raises ``InputError``."""
    try:
        document = docx.Document(str(path))
        reader = _Reader(Lines(path), WordRuns(document))
        for element in inner(document.element.body):
            reader.add(element)
        reader.add_footnotes()
    except (OpcError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise broken(path, error) from error
    reader.out.remarks += reader.runs.remarks()
    return reader.out.document(wrapped=False)


class _Reader:
    """Adds the paragraphs and tables of a body to the lines of a document."""

    def __init__(self, out: Lines, runs: WordRuns) -> None:
        self.out = out
        self.runs = runs
        self.tables = self.paragraphs = 0
        self.footnotes: list[tuple[str, str]] = []

    def add_footnotes(self) -> None:
        """Add the texts of footnotes behind the body, each with the place that it is a note to."""
        for place, text in self.footnotes:
            self.out.blank()
            self.out.paragraph(text, place)

    def _noted(self, place: str) -> None:
        self.footnotes += [
            (f"{name} till {place}", text) for name, text in self.runs.take_footnotes()
        ]

    def add(self, element: Any) -> None:
        """Add one element of the body."""
        if element.tag == qn("w:p"):
            self.paragraphs += 1
            found = list(self.runs.of_paragraph(element))
            self.out.paragraph(paragraph_text(found), f"stycke {self.paragraphs}")
            self.runs.take_facts()
            self._noted(f"stycke {self.paragraphs}")
        elif element.tag == qn("w:tbl"):
            self.tables += 1
            self.out.blank()
            within: list[Any] = []
            self.out.table(
                [
                    (f"tabell {self.tables}, rad {number}", cells)
                    for number, cells in self._rows(element, within)
                ]
            )
            self.out.blank()
            for table in within:
                self.add(table)

    def _rows(self, table: Any, within: list[Any]) -> list[tuple[int, list[str]]]:
        """The rows that are shown, with their numbers in the table.

        A table that stands in a cell is no text of it, and is added to ``within``.
        """
        rows: list[list[str]] = []
        numbers: list[int] = []
        regions: list[Region] = []
        above: dict[int, Region] = {}
        elements = [element for element in inner(table) if element.tag == qn("w:tr")]
        for number, element in enumerate(elements, start=1):
            if self._hidden(element):
                self.out.remarks.append(
                    f"tabell {self.tables}, rad {number} är dold eller borttagen och läses inte"
                )
                continue
            row = [""] * _skipped(element, "w:gridBefore")
            open_regions: dict[int, Region] = {}
            for cell in inner(element):
                if cell.tag != qn("w:tc"):
                    continue
                within += [part for part in inner(cell) if part.tag == qn("w:tbl")]
                across, merge, gone = _span(cell)
                left, right = len(row), len(row) + across - 1
                region = (len(rows), left, len(rows), right)
                if merge == "continue" and left in above:
                    region = (*above[left][:2], len(rows), right)
                    row.extend([""] * across)
                elif gone and row:
                    row.append("")
                else:
                    ground = (table, number - 1, len(elements), left)
                    row.extend([self._cell(cell, ground), *[""] * (across - 1)])
                if merge is not None:
                    open_regions[left] = region
                regions.append(region)
            above = open_regions
            rows.append(row)
            numbers.append(number)
            self._noted(f"tabell {self.tables}, rad {number}")
        fill_merged(rows, [r for r in regions if r[:2] != r[2:]])
        return list(zip(numbers, rows, strict=True))

    def _cell(self, cell: Any, ground: tuple[Any, int, int, int]) -> str:
        found = list(self.runs.of_cell(cell, ground))
        marks, notes, refused = self.runs.take_facts()
        return cell_text(found, marks=marks, notes=notes, refused=refused)

    @staticmethod
    def _hidden(row: Any) -> bool:
        """Whether a row is hidden, deleted with tracked changes, or too low to show anything."""
        properties = row.find(qn("w:trPr"))
        if properties is None:
            return False
        if any(properties.find(qn(tag)) is not None for tag in ("w:hidden", "w:del")):
            return True
        height = properties.find(qn("w:trHeight"))
        return (
            height is not None
            and height.get(qn("w:hRule")) == "exact"
            and int(height.get(qn("w:val"), "0")) <= _INVISIBLE_HEIGHT
        )


def _span(cell: Any) -> tuple[int, str | None, bool]:
    """How many columns a cell takes, its part in a vertical merge (restart, continue, none).

    Third whether it is joined to the cell at its left, or deleted with tracked changes.
    """
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, None, False
    found = {part.tag: part.get(qn("w:val")) for part in properties}
    across = int(found.get(qn("w:gridSpan")) or 1)
    down = found[qn("w:vMerge")] or "continue" if qn("w:vMerge") in found else None
    left = qn("w:hMerge") in found and (found[qn("w:hMerge")] or "continue") == "continue"
    return across, down, left or qn("w:cellDel") in found


def _skipped(row: Any, what: str) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn(what)}")
    return 0 if found is None else int(found.get(qn("w:val"), "0"))
