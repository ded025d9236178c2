"""Word documents: paragraphs and tables in the order of the document's body.

The body is walked as XML below python-docx's document, because its own lists leave out what stands
in content controls and in tracked insertions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import Lines, Region, clean, fill_merged

_DROPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLANKS = {qn("w:tab"), qn("w:br"), qn("w:cr")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}


def read(path: Path) -> Document:
    """Read a document's body; raises ``InputError``."""
    try:
        document = docx.Document(str(path))
        body = document.element.body
    except (OpcError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise broken(path, error) from error
    out = Lines(path)
    tables = paragraphs = 0
    for element in _inner(body):
        if element.tag == qn("w:p"):
            paragraphs += 1
            out.paragraph(clean(_text(element)), f"stycke {paragraphs}")
        elif element.tag == qn("w:tbl"):
            tables += 1
            out.blank()
            rows = _rows(element)
            out.table(
                [
                    (f"tabell {tables}, rad {number}", cells)
                    for number, cells in enumerate(rows, start=1)
                ]
            )
            out.blank()
    return out.document(wrapped=False)


def _inner(element: Any) -> Iterator[Any]:
    """The children of an element, those in content controls and tracked insertions as well."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _inner(child)
        else:
            yield child


def _text(element: Any) -> str:
    """The text of a paragraph or of a whole cell as it stands when all changes are accepted."""
    parts: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _BLANKS:
            parts.append(" ")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag == qn("w:p"):
            parts.append(f" {_text(child)} ")
        elif child.tag not in _DROPPED and child.tag != _FALLBACK:
            parts.append(_text(child))
    return "".join(parts)


def _span(cell: Any) -> tuple[int, str | None]:
    """How many columns a cell takes, and its part in a vertical merge: restart, continue, none."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, None
    across = properties.find(qn("w:gridSpan"))
    down = properties.find(qn("w:vMerge"))
    merge = None if down is None else down.get(qn("w:val"), "continue")
    return (1 if across is None else int(across.get(qn("w:val"), "1"))), merge


def _skipped(row: Any, what: str) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn(what)}")
    return 0 if found is None else int(found.get(qn("w:val"), "0"))


def _rows(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    regions: list[Region] = []
    above: dict[int, Region] = {}
    for element in _inner(table):
        if element.tag != qn("w:tr"):
            continue
        row = [""] * _skipped(element, "w:gridBefore")
        open_regions: dict[int, Region] = {}
        for cell in _inner(element):
            if cell.tag != qn("w:tc"):
                continue
            across, merge = _span(cell)
            left, right = len(row), len(row) + across - 1
            region = (len(rows), left, len(rows), right)
            if merge == "continue" and left in above:
                region = (*above[left][:2], len(rows), right)
                row.extend([""] * across)
            else:
                row.extend([" ".join(_text(cell).split()), *[""] * (across - 1)])
            if merge is not None:
                open_regions[left] = region
            regions.append(region)
        above = open_regions
        rows.append(row)
    fill_merged(rows, [r for r in regions if r[:2] != r[2:]])
    return rows
