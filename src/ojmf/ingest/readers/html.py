"""Web pages: text and tables in their order, also of systems that name such a file ``.xls``.

lxml reads the page as a browser would. What is struck, raised or hidden is told by its tags; style
sheets are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from ojmf.ingest.document import Document, read_text
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import Lines, Region, fill_merged
from ojmf.ingest.readers.runs import Look, Run, cell_text, paragraph_text

_LEFT_OUT = {"head", "script", "style", "template", "noscript", "select", "button", "svg"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "label", "mark", "q"),
    *("s", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "del", "ins", "nobr"),
}
_LOOKS = {
    "sup": Look.RAISED,
    "sub": Look.LOWERED,
    **dict.fromkeys(("s", "strike", "del"), Look.STRUCK),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MOST_SPANNED = 1000


def read(path: Path) -> Document:
    """Read the text and the tables of a page; raises ``InputError``."""
    text, _, remarks = read_text(path)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        page = html.document_fromstring(text)
    except (etree.LxmlError, ValueError) as error:
        raise broken(path, error) from error
    reader = _Reader(Lines(path))
    reader.out.remarks += remarks
    reader.add(page)
    reader.end_paragraph()
    return reader.out.document(wrapped=False)


class _Reader:
    """Adds the paragraphs and tables of a page to the lines of a document."""

    def __init__(self, out: Lines) -> None:
        self.out = out
        self.open: list[Run] = []
        self.tables = self.paragraphs = 0

    def add(self, element: Any) -> None:
        """Add an element and what is in it."""
        if _is_left_out(element):
            return
        if element.tag == "table":
            self.end_paragraph()
            self._table(element)
            return
        block = element.tag not in _INLINE
        if block:
            self.end_paragraph()
        if element.tag == "br":
            self.end_paragraph()
        self._text(element.text, element)
        for child in element:
            self.add(child)
            self._text(child.tail, element)
        if block:
            self.end_paragraph()

    def _text(self, text: str | None, element: Any) -> None:
        if text and text.strip():
            self.open.append(Run(_SPACE.sub(" ", text), _look(element)))

    def end_paragraph(self) -> None:
        """Add the text that is collected as a line."""
        if self.open:
            self.paragraphs += 1
            self.out.paragraph(paragraph_text(self.open), f"stycke {self.paragraphs}")
            self.open = []

    def _table(self, table: Any) -> None:
        self.tables += 1
        number = self.tables
        for caption in table.iterchildren("caption"):
            self.add(caption)
        within: list[Any] = []
        rows = self._rows(table, within)
        self.out.blank()
        self.out.table([(f"tabell {number}, rad {n}", row) for n, row in enumerate(rows, start=1)])
        self.out.blank()
        for inner in within:
            self._table(inner)

    def _rows(self, table: Any, within: list[Any]) -> list[list[str]]:
        """The cells of a table's own rows; a table in one of them is added to ``within``."""
        rows: list[list[str]] = []
        regions: list[Region] = []
        taken: dict[tuple[int, int], bool] = {}
        for element in _own_rows(table):
            top, row = len(rows), list[str]()
            for cell in element.iterchildren("td", "th"):
                while taken.get((top, len(row))):
                    row.append("")
                within += [part for part in cell.iter("table") if _table_of(part) is table]
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                left = len(row)
                row += [cell_text(list(_runs(cell))), *[""] * (across - 1)]
                taken |= {(top + y, left + x): True for y in range(1, down) for x in range(across)}
                if across > 1 or down > 1:
                    regions.append((top, left, top + down - 1, left + across - 1))
            while taken.get((top, len(row))):
                row.append("")
            rows.append(row)
        fill_merged(rows, regions)
        return rows


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are shown, not those of tables within it."""
    for row in table.iter("tr"):
        if _table_of(row) is table and not any(map(_is_left_out, (row, row.getparent()))):
            yield row


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _is_left_out(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _look(element: Any) -> Look:
    """How text directly in an element looks: struck or raised, as it or what is around it says."""
    around = (element.tag, *(parent.tag for parent in element.iterancestors()))
    return next((_LOOKS[tag] for tag in around if tag in _LOOKS), Look.SHOWN)


def _runs(cell: Any) -> Iterator[Run]:
    """The text of a cell without that of a table in it."""
    if _is_left_out(cell):
        if isinstance(cell.tag, str) and cell.tag not in _LEFT_OUT:
            yield Run(cell.text_content(), Look.UNSEEN)
        return
    if cell.text:
        yield Run(_SPACE.sub(" ", cell.text), _look(cell))
    for child in cell:
        if child.tag != "table":
            yield from _runs(child)
        if child.tag not in _INLINE or child.tag == "br":
            yield Run(" ", Look.SHOWN)
        if child.tail:
            yield Run(_SPACE.sub(" ", child.tail), _look(cell))


def _span(cell: Any, name: str) -> int:
    """How many columns or rows a cell takes."""
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), _MOST_SPANNED) if said.isascii() and said.isdigit() else 1
