"""OpenDocument spreadsheets (.ods): the text that each cell displays is in the file itself."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from ojmf.errors import InputError
from ojmf.ingest.addresses import address
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.workbook import Sheet, to_document

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_POINT = re.compile(r"(-?[\d,]*)\.(\d+)( ?%)?")
_COMMAS = re.compile(r"-?\d{1,3}(,\d{3})+( ?%)?")


def read(path: Path) -> Document:
    """Read the visible sheets of a spreadsheet; raises ``InputError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise InputError(
                    f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och "
                    "spara en kopia."
                )
            with archive.open("content.xml") as stream:
                reader = _Reader(path)
                for event, element in iterparse(stream, ("start", "end")):
                    (reader.start if event == "start" else reader.end)(element)
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, EOFError, OSError) as error:
        raise broken(path, error) from error
    return to_document(path, reader.sheets, reader.hidden_names)


class _Reader:
    """Takes the elements of ``content.xml`` as they begin and end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: list[Sheet] = []
        self.hidden_names: list[str] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.sheet = Sheet(path, "")
        self.hidden = False
        self.row = self.column = self.depth = 0

    def start(self, element: Element) -> None:
        """A style, a sheet or a row begins."""
        if element.tag == f"{_STYLE}style":
            self.style = element.get(f"{_STYLE}name", "")
        elif element.tag == f"{_TABLE}table":
            self.depth += 1
            if self.depth == 1:
                self.sheet = Sheet(self.path, element.get(f"{_TABLE}name", ""))
                self.hidden = element.get(f"{_TABLE}style-name") in self.hidden_styles
                self.row = 1
        elif element.tag == f"{_TABLE}table-row":
            self.column = 0

    def end(self, element: Element) -> None:
        """A cell, a row or a sheet has been read."""
        if element.tag in _CELLS and self.depth == 1:
            self._cell(element)
        elif element.tag == f"{_TABLE}table-row" and self.depth == 1:
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
            if self.row in self.sheet.rows and repeated > 1:
                for row in range(self.row + 1, self.row + repeated):
                    for column, text in self.sheet.rows[self.row].items():
                        self.sheet.put(row, column, text)
            self.row += repeated
            element.clear()
        elif element.tag == f"{_TABLE}table":
            self.depth -= 1
            if self.depth == 0 and self.hidden:
                self.hidden_names.append(self.sheet.name)
            elif self.depth == 0:
                self.sheets.append(self.sheet)
        elif element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == (
            "false"
        ):
            self.hidden_styles.add(self.style)

    def _cell(self, element: Element) -> None:
        repeated = int(element.get(f"{_TABLE}number-columns-repeated", 1))
        kind = element.get(f"{_OFFICE}value-type")
        text = " ".join(_paragraph(p) for p in element if p.tag == f"{_TEXT}p")
        if element.get(f"{_TABLE}formula") and kind is None and not text:
            self.sheet.uncomputed.append(address(self.row, self.column))
        if text:
            printed = _swedish(text) if kind in {"float", "percentage", "currency"} else text
            for column in range(self.column, self.column + repeated):
                self.sheet.put(self.row, column, printed)
        down = int(element.get(f"{_TABLE}number-rows-spanned", 1))
        across = int(element.get(f"{_TABLE}number-columns-spanned", 1))
        if down > 1 or across > 1:
            self.sheet.merged.append(
                (self.row - 1, self.column, self.row + down - 2, self.column + across - 1)
            )
        self.column += repeated


def _paragraph(element: Element) -> str:
    """A paragraph's text with its spaces and breaks; comments are not part of it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append(" ")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _swedish(text: str) -> str:
    """A displayed number with decimal comma, where the file shows it with a decimal point."""
    if point := _POINT.fullmatch(text):
        return f"{point[1].replace(',', ' ')},{point[2]}{point[3] or ''}"
    return text.replace(",", " ") if _COMMAS.fullmatch(text) else text
