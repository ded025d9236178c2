"""OpenDocument spreadsheets (.ods): what each cell shows, read by odfdo.

odfdo's own rows and cells repeat what the file says is repeated, up to 17 billion cells: on a sheet
of 600 rows that LibreOffice wrote they did not end in ten minutes (odfdo 3.27, measured). So its
elements are walked instead.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import odfdo
from lxml.etree import XMLSyntaxError
from odfdo import Element

from ojmf.errors import InputError
from ojmf.ingest.addresses import address
from ojmf.ingest.document import Document
from ojmf.ingest.readers.cell_style import FILLED, fitted, shown
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import CellText, clean
from ojmf.ingest.readers.number_format import GENERAL, printed
from ojmf.ingest.readers.ods_styles import OdsStyle, Styles
from ojmf.ingest.readers.printed_number import agrees, swedish
from ojmf.ingest.readers.runs import Look, Run, cell_text
from ojmf.ingest.readers.workbook import Sheet, to_document

_BROKEN = (
    zipfile.BadZipFile,
    XMLSyntaxError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    OSError,
)
"""What odfdo lets through from a damaged file."""
_NUMBERS = {"float", "percentage", "currency"}
_HIDDEN = {"collapse", "filter"}
_GROUPS = {
    f"table:table-{kind}{part}"
    for kind, parts in (
        ("row", ("-group", "s")),
        ("column", ("-group", "s")),
        ("header", ("-rows", "-columns")),
    )
    for part in parts
}


def read(path: Path) -> Document:
    """Read the visible sheets of a spreadsheet; raises ``InputError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise InputError(
                    f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och "
                    "spara en kopia."
                )
        document = odfdo.Document(str(path))
        styles = Styles(document)
        tables = document.body.get_elements("//office:spreadsheet/table:table")
        visible = [t for t in tables if styles.shows_table(_attribute(t, "table:style-name"))]
        sheets = [_Reader(path, table, styles).sheet for table in visible]
        hidden = [_attribute(t, "table:name") for t in tables if t not in visible]
    except _BROKEN as error:
        raise broken(path, error) from error
    drawn = document.body.get_elements("//table:table//draw:text-box | //draw:custom-shape[text:p]")
    return to_document(path, sheets, hidden, ["textrutor och figurer läses inte"] * bool(drawn))


def _attribute(element: Element, name: str, default: str = "") -> str:
    return element.get_attribute_string(name) or default


def _parts(element: Element, tag: str, *, hidden: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows or columns of a table, those in groups as well, and whether they are hidden."""
    for child in element.children:
        unseen = hidden or _attribute(child, "table:visibility") in _HIDDEN
        if child.tag == tag:
            yield child, unseen
        elif child.tag in _GROUPS:
            folded = _attribute(child, "table:display") == "false"
            yield from _parts(child, tag, hidden=unseen or folded)


class _Reader:
    """Puts the cells of one table into a sheet."""

    def __init__(self, path: Path, table: Element, styles: Styles) -> None:
        self.styles = styles
        self.sheet = Sheet(path, _attribute(table, "table:name"))
        self.column_styles: list[str] = []
        self.widths: list[float | None] = []
        self.masked = styles.masked_ranges(table)
        for column, hidden in _parts(table, "table:table-column"):
            count = min(int(_attribute(column, "table:number-columns-repeated", "1")), 16_384)
            first = len(self.column_styles)
            self.column_styles += [_attribute(column, "table:default-cell-style-name")] * count
            width = styles.column_width(_attribute(column, "table:style-name"))
            self.widths += [None if hidden else width] * count
            if hidden:
                self.sheet.hidden_columns |= set(range(first, first + count))
        number = 1
        for row, hidden in _parts(table, "table:table-row"):
            number = self._row(row, number, hidden=hidden)

    def _row(self, row: Element, number: int, *, hidden: bool) -> int:
        """Put a row and those that repeat it; returns the number of the next one."""
        repeated = int(_attribute(row, "table:number-rows-repeated", "1"))
        usual = _attribute(row, "table:default-cell-style-name")
        if hidden:
            self.sheet.hidden_rows |= set(range(number, number + min(repeated, 1_048_576)))
        column = 0
        for cell in row.children:
            if cell.tag == "table:table-cell":
                self._cell(cell, number, column, usual)
            column += int(_attribute(cell, "table:number-columns-repeated", "1"))
        if number in self.sheet.rows:
            for again in range(number + 1, number + repeated):
                for at, text in self.sheet.rows[number].items():
                    self.sheet.put(again, at, text)
        return number + repeated

    def _cell(self, cell: Element, row: int, column: int, usual: str) -> None:
        if not cell.children and not cell.get_attribute_string("office:value-type"):
            if cell.get_attribute_string("table:formula"):
                self.sheet.uncomputed.append(address(row, column))
            self._merge(cell, row, column)
            return
        own = self.column_styles[column] if column < len(self.column_styles) else ""
        style = self.styles.cell(_attribute(cell, "table:style-name") or usual or own)
        spanned = cell.get_attribute_string("table:number-columns-spanned") is not None
        width = None if spanned or column >= len(self.widths) else self.widths[column]
        masked = self.masked(row, column, _attribute(cell, "office:value"))
        text = self._text(cell, style, masked, width)
        for at in range(
            column, column + int(_attribute(cell, "table:number-columns-repeated", "1"))
        ):
            self.sheet.put(row, at, text)
        self._merge(cell, row, column)

    def _merge(self, cell: Element, row: int, column: int) -> None:
        down = int(_attribute(cell, "table:number-rows-spanned", "1"))
        across = int(_attribute(cell, "table:number-columns-spanned", "1"))
        if down > 1 or across > 1:
            self.sheet.merged.append((row - 1, column, row + down - 2, column + across - 1))

    def _text(self, cell: Element, style: OdsStyle, masked: str | None, width: float | None) -> str:
        """What a cell shows; a number by its format, borne out by the text that is stored."""
        kind = _attribute(cell, "office:value-type")
        runs = self._lines(cell, style)
        stored = clean("".join(run.text for run in runs))
        refused = masked or style.untold(_attribute(cell, "office:value"))
        if kind not in _NUMBERS or not (value := cell.get_attribute_string("office:value")):
            alike = len({(run.look, run.size) for run in runs} - {(Look.SHOWN, 0.0)}) < 2
            plain = alike and all(run.look is style.cell.look for run in runs) and not refused
            text = "".join(run.text for run in runs)
            return shown(text, style.cell) if plain else shown(runs, style.cell, refused)
        number = float(value)
        text = printed(number, style.cell.form)
        if style.cell.form is GENERAL:
            percent = kind == "percentage"
            if stored and not agrees(stored, number * 100 if percent else number):
                refused = refused or f"filen visar ”{stored}” men värdet är {value}"
            text = swedish(stored) if stored else text
        elif stored and not _same(stored, text):
            refused = refused or f"filen visar ”{stored}” men värdet är {value}"
        if style.cell.fills:
            refused = refused or FILLED
        if width is not None and not isinstance(text, CellText):
            text = fitted(text, style.cell, width)
        looks = {run.look for run in runs if run.text.strip()} or {style.cell.look}
        if looks == {Look.SHOWN} and not refused:
            return text
        given = text if isinstance(text, CellText) else CellText(text)
        look = looks.pop() if len(looks) == 1 else Look.SHOWN
        refused = refused or given.refused
        return cell_text([Run(given, look)], notes=given.notes, refused=refused, unit=given.unit)

    def _lines(self, cell: Element, style: OdsStyle) -> list[Run]:
        """The runs of a cell's paragraphs, each on a line of its own."""
        found: list[Run] = []
        for child in cell.children:
            if child.tag == "text:p":
                found += [Run("\n")] if found else []
                found += self._runs(child, style)
        return found

    def _runs(self, element: Element, style: OdsStyle) -> Iterator[Run]:
        """The runs of a paragraph; comments, notes and drawings are not part of its text."""
        if element.text:
            yield Run(element.text, style.cell.look, style.cell.size)
        for child in element.children:
            if child.tag == "text:s":
                yield Run(
                    " " * int(_attribute(child, "text:c", "1")), style.cell.look, style.cell.size
                )
            elif child.tag in {"text:tab", "text:line-break"}:
                yield Run(
                    "\t" if child.tag == "text:tab" else "\n", style.cell.look, style.cell.size
                )
            elif child.tag == "text:span":
                name = _attribute(child, "text:style-name")
                yield from self._runs(child, self.styles.span(name, style))
            elif child.tag not in {"office:annotation", "text:note", "text:ruby-text"} and (
                not child.tag.startswith("draw:")
            ):
                yield from self._runs(child, style)
            if child.tail:
                yield Run(child.tail, style.cell.look, style.cell.size)


def _same(stored: str, text: str) -> bool:
    """Whether two texts are one figure, whatever marks a language sets between its digits."""
    if isinstance(text, CellText) and text.notes and not text:
        return True

    def figure(said: str) -> str:
        return "".join(sign for sign in said.replace("−", "-") if sign in "0123456789,-()")

    other = stored.replace(",", "").replace(".", ",")
    return figure(text) in {figure(stored), figure(other)}
