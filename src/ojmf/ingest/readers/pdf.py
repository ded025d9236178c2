"""PDF: paragraphs and tables of every page in reading order.

Tables with rules are found by their rules (pdfplumber), those without by the white columns between
their words (``columns``). Page headers and footers are left out, so that a table that runs on over
a page break goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import Lines, Region, clean, fill_merged
from ojmf.ingest.readers.whitespace import Line, Word, lines_of, rows_of, runs

MAX_PAGES = 500
_MARGIN = 0.08
_DIGITS = re.compile(r"\d+")
_UNMAPPED = "(cid:"
_MANY_UNMAPPED = 0.02


def read(path: Path) -> Document:
    """Read every page; raises ``InputError``, also for a scan without text and too many pages."""
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise InputError(
                    f"{path}: {len(pdf.pages)} sidor, högst {MAX_PAGES} läses. Spara sidorna med "
                    "tabellerna som en egen PDF."
                )
            pages = []
            for page in pdf.pages:
                pages.append(_read_page(page))
                page.close()
    except PdfminerException as error:
        if "Password" in repr(error):
            raise InputError(
                f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara "
                "en kopia."
            ) from error
        raise broken(path, error) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise broken(path, error) from error
    return _document(path, pages)


class _Page:
    """What a page holds: ruled tables and free lines, by their height on the page."""

    def __init__(self, number: int, height: float) -> None:
        self.number = number
        self.height = height
        self.tables: list[tuple[float, list[list[str]]]] = []
        self.lines: list[Line] = []
        self.words = 0
        self.unmapped = 0
        self.images = 0

    def furniture_key(self, line: Line) -> tuple[str, int] | None:
        """What a header or footer line has in common on all pages; None in the page's middle."""
        if _MARGIN * self.height < line.top < (1 - _MARGIN) * self.height:
            return None
        return _DIGITS.sub("#", line.text), round(line.top / 3)


def _read_page(page: Page) -> _Page:
    found = _Page(page.page_number, float(page.height))
    page = page.dedupe_chars()
    ruled = [table for table in page.find_tables() if len(table.rows) and table.cells]
    for table in ruled:
        if rows := _table_rows(table):
            found.tables.append((table.bbox[1], rows))
    words: list[dict[str, Any]] = page.extract_words(keep_blank_chars=False)
    boxes = [table.bbox for table in ruled]
    free = [_word(word) for word in words if not any(_inside(word, box) for box in boxes)]
    found.lines = lines_of(free)
    found.words = len(words)
    found.unmapped = sum(_UNMAPPED in word["text"] for word in words)
    found.images = len(page.images)
    return found


def _word(word: dict[str, Any]) -> Word:
    return Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])


def _inside(word: dict[str, Any], box: Sequence[float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _table_rows(table: Table) -> list[list[str]]:
    rows = [[clean(cell or "") for cell in row] for row in table.extract()]
    fill_merged(rows, _merged(table))
    kept = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    return [[row[i] for i in kept] for row in rows if any(row)]


def _merged(table: Table) -> list[Region]:
    """The regions of cells that span several of the table's columns or rows."""
    lefts = sorted({round(cell[0]) for cell in table.cells})
    tops = sorted({round(cell[1]) for cell in table.cells})
    regions = []
    for x0, top, x1, bottom in table.cells:
        left, first = lefts.index(round(x0)), tops.index(round(top))
        right = max(i for i, x in enumerate(lefts) if x < round(x1) - 1)
        last = max(i for i, y in enumerate(tops) if y < round(bottom) - 1)
        if (right, last) != (left, first):
            regions.append((first, left, last, right))
    return regions


def _document(path: Path, pages: list[_Page]) -> Document:
    words = sum(page.words for page in pages)
    scans = [page.number for page in pages if not page.words and page.images]
    if not words:
        raise InputError(
            f"{path}: PDF:en har ingen text, bara bilder ({len(pages)} sidor, troligen skannade). "
            "Be om originalfilen, eller kör texttolkning (OCR) med svenska och deklarera "
            "resultatet med scanned = true."
        )
    if sum(page.unmapped for page in pages) > _MANY_UNMAPPED * words:
        raise InputError(
            f"{path}: PDF:ens typsnitt saknar teckentabell, så texten går inte att läsa ut. Be om "
            "originalfilen, eller skriv ut den till en ny PDF och kör texttolkning (OCR)."
        )
    out = Lines(path)
    if scans:
        out.remarks.append(
            f"sida {', '.join(map(str, scans))} har ingen text, bara bilder, och läses inte"
        )
    seen = Counter(
        key for page in pages for line in page.lines if (key := page.furniture_key(line))
    )
    often = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    if often:
        shown = "”, ”".join(sorted(text for text, _ in often))
        out.remarks.append(f"sidhuvuden och sidfötter läses inte: ”{shown[:120]}”")
    for page in pages:
        page.lines = [line for line in page.lines if page.furniture_key(line) not in often]
        _add_page(out, page)
    return out.document()


def _add_page(out: Lines, page: _Page) -> None:
    """Add a page's paragraphs and tables from its top to its bottom."""
    sheet = f"sida {page.number}"
    pieces: list[tuple[float, list[list[str]], bool]] = [
        (top, rows, True) for top, rows in page.tables
    ]
    for run, is_table in runs(page.lines, [top for top, _ in page.tables]):
        rows = rows_of(run) if is_table else [[line.text] for line in run]
        pieces.append((run[0].top, rows, is_table))
    pieces.sort(key=lambda piece: piece[0])
    number = 0
    for _, rows, is_table in pieces:
        out.blank()
        if not is_table:
            for cells in rows:
                out.paragraph(clean(cells[0]), sheet)
            continue
        number += 1
        out.table(
            [
                (f"{sheet}, tabell {number}, rad {row}", [clean(cell) for cell in cells])
                for row, cells in enumerate(rows, start=1)
            ]
        )
    out.blank()
