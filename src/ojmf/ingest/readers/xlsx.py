"""Excel workbooks (Office Open XML, ECMA-376): what each cell prints.

The sheets are read from the XML itself, in one streamed pass, because the figures alone do not do:
a share of 0.43 that prints ``43%``, a code 84 that prints ``0084``, a formula that was never
computed, an error value and a merged header are all told by what stands around the value.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from ojmf.ingest.addresses import address, split_address
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.number_format import BUILT_IN, GENERAL, Form, form, printed
from ojmf.ingest.readers.workbook import Sheet, to_document

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read(path: Path) -> Document:
    """Read the visible sheets of a workbook; raises ``InputError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Workbook(path, archive).document()
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, EOFError, OSError) as error:
        raise broken(path, error) from error


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _elements(stream: IO[bytes], wanted: set[str]) -> Iterator[Element]:
    """The elements with these names as they end; each is emptied behind the caller's back."""
    for _, element in iterparse(stream):
        if _name(element) in wanted:
            yield element
            element.clear()


def _text(element: Element) -> str:
    """The text of a string, without the reading aids that East Asian texts carry."""
    aids = {id(t) for aid in element if _name(aid) == "rPh" for t in aid.iter()}
    return "".join(t.text or "" for t in element.iter() if _name(t) == "t" and id(t) not in aids)


class _Workbook:
    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.archive = archive
        self.recompute = False
        self.from_1904 = False
        self.strings: list[str] = []
        self.forms: list[Form] = []

    def document(self) -> Document:
        sheets = self._sheets()
        self._read_strings()
        self._read_styles()
        names = self.archive.namelist()
        remarks = []
        if any(name.startswith("xl/externalLinks/") for name in names):
            remarks.append(
                "arbetsboken hämtar värden ur andra filer; de senast sparade värdena har lästs"
            )
        visible = (self._sheet(name, part) for name, part, state in sheets if state == "visible")
        hidden = [name for name, _, state in sheets if state != "visible"]
        return to_document(self.path, visible, hidden, remarks)

    def _sheets(self) -> list[tuple[str, str, str]]:
        """Name, part and state of each sheet, in order."""
        with self.archive.open("xl/_rels/workbook.xml.rels") as stream:
            targets = {
                element.attrib["Id"]: posixpath.normpath(
                    posixpath.join("/xl", element.attrib["Target"])
                ).lstrip("/")
                for element in _elements(stream, {"Relationship"})
            }
        sheets = []
        with self.archive.open("xl/workbook.xml") as stream:
            for element in _elements(stream, {"sheet", "calcPr", "workbookPr"}):
                kind, given = _name(element), element.attrib
                if kind == "calcPr":
                    self.recompute = given.get("fullCalcOnLoad") in {"1", "true"}
                elif kind == "workbookPr":
                    self.from_1904 = given.get("date1904") in {"1", "true"}
                else:
                    part = targets[given.get(_RELATION) or given[_STRICT]]
                    if "chartsheet" not in part:
                        sheets.append((given["name"], part, given.get("state", "visible")))
        return sheets

    def _read_strings(self) -> None:
        if "xl/sharedStrings.xml" in self.archive.namelist():
            with self.archive.open("xl/sharedStrings.xml") as stream:
                self.strings = [_text(element) for element in _elements(stream, {"si"})]

    def _read_styles(self) -> None:
        if "xl/styles.xml" not in self.archive.namelist():
            return
        codes: dict[int, str] = dict(BUILT_IN)
        with self.archive.open("xl/styles.xml") as stream:
            for element in _elements(stream, {"numFmt", "cellXfs"}):
                if _name(element) == "numFmt":
                    codes[int(element.attrib["numFmtId"])] = element.attrib["formatCode"]
                else:
                    self.forms = [
                        form(codes.get(int(style.get("numFmtId", 0)), "General"))
                        for style in element
                    ]

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(self.path, name)
        row = column = 0
        with self.archive.open(part) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                kind = _name(element)
                if event == "start":
                    if kind == "row":
                        row, column = int(element.get("r", row + 1)), 0
                elif kind == "c":
                    if at := element.get("r"):
                        row, column = split_address(at)
                    self._cell(sheet, row, column, element)
                    column += 1
                elif kind == "row":
                    element.clear()
                elif kind == "mergeCell":
                    first, _, last = element.attrib["ref"].partition(":")
                    (top, left), (bottom, right) = split_address(first), split_address(last)
                    sheet.merged.append((top - 1, left, bottom - 1, right))
        return sheet

    def _cell(self, sheet: Sheet, row: int, column: int, element: Element) -> None:
        parts = {_name(part): part for part in element}
        value = parts["v"].text if "v" in parts else None
        kind = element.get("t", "n")
        if kind == "inlineStr":
            sheet.put(row, column, _text(parts["is"]) if "is" in parts else "")
        elif "f" in parts and kind != "str" and self._uncomputed(value):
            sheet.uncomputed.append(address(row, column))
        elif value is None:
            return
        elif kind == "s":
            sheet.put(row, column, self.strings[int(value)])
        elif kind == "b":
            sheet.put(row, column, "SANT" if value == "1" else "FALSKT")
        elif kind == "n":
            sheet.put(row, column, self._number(float(value), element))
        else:
            sheet.put(row, column, value)

    def _uncomputed(self, value: str | None) -> bool:
        """Whether a formula lacks a value; programs that compute nothing store 0 and say so."""
        return not value or (self.recompute and value == "0")

    def _number(self, value: float, element: Element) -> str:
        style = int(element.get("s", 0))
        how = self.forms[style] if style < len(self.forms) else GENERAL
        if not how.date:
            return printed(value, how)
        start = datetime(1904, 1, 1) if self.from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        return (start + timedelta(days=value)).date().isoformat()
