"""Tables of any format as the lines of a document: paragraphs, and rows set off by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self, TypeVar

from ojmf.errors import InputError
from ojmf.ingest.document import CONTROL, CellFact, Document, file_sha256

MAX_LINES = 200_000
MAX_CELLS = 3_000_000
_BREAK = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
FIGURE = re.compile(r"[-−–<>~]?\d[\d\s.,]*%?|ja|nej|delvis", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")

_AnyRow = TypeVar("_AnyRow")


class CellText(str):
    """The text of a cell that knows more than it says.

    ``marks`` are the footnote marks beside the text; ``notes``, ``refused`` and ``unit`` as in
    ``CellFact``.
    """

    marks: tuple[str, ...]
    notes: tuple[str, ...]
    refused: str | None
    unit: str | None

    def __new__(
        cls,
        text: str,
        *,
        marks: Sequence[str] = (),
        notes: Sequence[str] = (),
        refused: str | None = None,
        unit: str | None = None,
    ) -> Self:
        """The text as ``clean`` gives it, with what belongs to it."""
        cell = super().__new__(cls, clean(text))
        cell.marks, cell.notes, cell.refused = tuple(marks), tuple(notes), refused
        cell.unit = unit
        return cell


Row = tuple[str, list[str]]
"""A row of a table: its place, and the text of its cells."""
Region = tuple[int, int, int, int]
"""A merged region: its first row and column, its last row and column, 0-based."""


def clean(text: str) -> str:
    """The text of one cell or paragraph on one line."""
    # Two spaces, since one between digits would join them to one figure.
    return _BREAK.sub(" ", CONTROL.sub("  ", text)).strip()


def fill_merged(rows: list[list[str]], regions: Sequence[Region]) -> None:
    """Write the text of each merged region into all of its cells.

    A figure or an answer stays in the first cell alone, unless it is a year in a header: one
    printed figure is never read as two.
    """
    for top, left, bottom, right in regions:
        text = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        if not text or (FIGURE.fullmatch(text) and not _YEAR.fullmatch(text)):
            continue
        for row in rows[top : bottom + 1]:
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [text] * (right + 1 - left)


def _said(cells: Sequence[str]) -> set[str]:
    """What the cells say; one that is blank but has something noted of it says so."""
    return {cell for cell in cells if cell or isinstance(cell, CellText)}


_YEAR = re.compile(r"(19|20)\d\d")


def row_texts(rows: Sequence[list[str]]) -> list[str]:
    """The lines of one table's rows.

    Rows that say one thing only are paragraphs before the table's first row and behind its last
    one: titles, footnotes. Between them they are rows that are blank but for their label. A year
    above the first row, in another column than the first, is the header of its column, and so is a
    text above the figures that stand behind every row's keys. A text that is merged over all of a
    row is its label.
    """
    wide = [number for number, cells in enumerate(rows) if len(_said(cells)) > 1]
    first, last = (wide[0], wide[-1]) if wide else (len(rows), -1)
    if 0 < first < len(rows):
        above = rows[first - 1]
        year = not above[0] and _YEAR.fullmatch(next(iter(_said(above)), ""))
        if year or _heads_figures(above, [rows[number] for number in wide]):
            first -= 1
    width = max((len(cells) for cells in rows[first : last + 1]), default=0)
    texts = []
    for number, cells in enumerate(rows):
        if first <= number <= last:
            merged = len(cells) > _FEWEST_MERGED and len({*cells}) == 1
            own = cells[:1] if merged else cells
            texts.append("\t".join([*own, *[""] * (width - len(own))]))
        else:
            texts.append(next(iter(_said(cells)), ""))
    return texts


def _heads_figures(above: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the one text above some rows heads their last column, the only one of figures."""
    said = [index for index, text in enumerate(above) if text]
    if len(rows) < 2 or len(said) != 1 or said[0] < 1 or len(str(above[said[0]])) > _LONGEST_HEADER:
        return False
    ends = all(len(row) == said[0] + 1 and all(row) for row in rows)
    return ends and all(
        FIGURE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None
        for text in (row[-1] for row in rows)
    )


_LONGEST_HEADER, _FEWEST_MERGED = 60, 2


class Lines:
    """Collects the lines of a document and their places; refuses more than can be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[str] = []
        self.places: dict[int, str] = {}
        self.remarks: list[str] = []
        self.seen: dict[tuple[int, int], CellText] = {}
        self._cells = 0

    def blank(self) -> None:
        """Set off what follows by one blank line."""
        if self.lines and self.lines[-1]:
            self._add("", None)

    def paragraph(self, text: str, place: str) -> None:
        """Add a line of text."""
        if text:
            self._add(text, place)

    def table(self, rows: Sequence[Row]) -> None:
        """Add the rows of one table; see ``row_texts``."""
        for (place, cells), text in zip(rows, row_texts([cells for _, cells in rows]), strict=True):
            if text:
                self._cells += len(cells)
                self._add(text, place)
                said = cells if "\t" in text else [cell for cell in cells if cell][:1]
                for index, cell in enumerate(said):
                    if isinstance(cell, CellText):
                        self.seen[len(self.lines), index] = cell

    def _add(self, text: str, place: str | None) -> None:
        self.lines.append(str(text))  # what a cell knows beside its text stands in ``seen``
        if place:
            self.places[len(self.lines)] = place
        if len(self.lines) > MAX_LINES or self._cells > MAX_CELLS:
            raise InputError(
                f"{self.path} {place}: mer än {MAX_LINES} rader eller {MAX_CELLS} celler. "
                "Spara bara de blad eller sidor som har tabellerna i en egen fil."
            )

    def document(self, *, wrapped: bool = True) -> Document:
        """The document; ``InputError`` where nothing was found in the file."""
        if not any(self.lines):
            raise InputError(f"{self.path}: filen har inget innehåll. Kontrollera att den är rätt.")
        return Document(
            str(self.path),
            self.lines,
            file_sha256(self.path),
            self.places,
            tuple(self.remarks),
            wrapped,
            facts_of(self.seen, self.lines, self.places),
        )


def facts_of(
    seen: Mapping[tuple[int, int], CellText], lines: Sequence[str], places: Mapping[int, str]
) -> dict[tuple[int, int], CellFact]:
    """What is known of cells by line and index; a mark with the next line that begins with it."""
    facts = {}
    for (line, index), cell in seen.items():
        notes = list(cell.notes)
        for mark in cell.marks:
            begins = re.compile(rf"[(\[]?\^?{re.escape(mark)}[)\].:]*\s+(?=\S*[^\W\d])")
            following = (n for n in range(line, len(lines)) if "\t" not in lines[n])
            if (found := next((n for n in following if begins.match(lines[n])), None)) is None:
                notes.append(f"fotnot {mark}")
            else:
                place = places.get(found + 1, f"rad {found + 1}")
                notes.append(f"fotnot {mark} ({place}): ”{lines[found][:200]}”")
        facts[line, index] = CellFact(tuple(notes), cell.refused, cell.unit)
    return facts


def blocks(
    rows: Sequence[_AnyRow], cells: Callable[[_AnyRow], list[str]]
) -> Iterator[list[_AnyRow]]:
    """Rows split where one is blank; ``cells`` gives a row's cells."""
    block: list[_AnyRow] = []
    for row in rows:
        if _said(cells(row)):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block
