"""PDF: what one sees of the paragraphs and tables of every page, in reading order.

Tables with rules are found by their rules (pdfplumber), those without by the white columns between
their words (``whitespace``). Page headers and footers are left out, so that a table that runs on
over a page break goes on. What a page holds but does not show (``painted``) is no text of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pdfplumber
from pdfminer.fontmetrics import FONT_METRICS
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfiumError

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken
from ojmf.ingest.readers.lines import Lines, clean
from ojmf.ingest.readers.looks import Letter, Stroke, letters_of, struck_through
from ojmf.ingest.readers.painted import Box, Painter, area
from ojmf.ingest.readers.ruled import WORD_GAP, inside, is_ruled, table_rows, words_of
from ojmf.ingest.readers.symbols import complete_widths
from ojmf.ingest.readers.unpacking import noted_damage
from ojmf.ingest.readers.whitespace import Line, lines_of, rows_of, runs

MAX_PAGES = 500
complete_widths(FONT_METRICS["Symbol"][1])
_MARGIN = 0.08
_DIGITS = re.compile(r"\d+")
_UNMAPPED = "(cid:"
_MANY_UNMAPPED = 0.02
_COVERED = 0.5
_MOSTLY = 0.5
_ON_TOP = 0.5
_REMARKED = 60


def read(path: Path) -> Document:
    """Read every page; raises ``InputError``, also for a scan without text and too many pages."""
    try:
        with noted_damage() as damage, pdfplumber.open(path) as pdf, Painter(path) as painter:
            if len(pdf.pages) > MAX_PAGES:
                raise InputError(
                    f"{path}: {len(pdf.pages)} sidor, högst {MAX_PAGES} läses. Spara sidorna med "
                    "tabellerna som en egen PDF."
                )
            pages = []
            for page in pdf.pages:
                damage.page = page.page_number
                pages.append(_read_page(page, painter))
                page.close()
    except PdfminerException as error:
        if "Password" in repr(error):
            raise InputError(
                f"{path}: filen är skyddad med lösenord. Öppna den, ta bort lösenordet och spara "
                "en kopia."
            ) from error
        raise broken(path, error) from error
    except (
        PdfiumError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        raise broken(path, error) from error
    return _document(path, pages, damage.remark())


@dataclass(slots=True)
class _Page:
    """What a page shows: ruled tables and free lines, by their height on the page.

    ``scanned``: it is a picture, and its text is what a program has made of that. ``hidden`` is
    text that the page holds but does not show, ``slanted`` what runs across it.
    """

    number: int
    height: float
    tables: list[tuple[float, list[list[str]]]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: int = 0
    unmapped: int = 0
    images: int = 0
    scanned: bool = False
    hidden: str = ""
    slanted: str = ""
    turned: bool = False

    def furniture_key(self, line: Line) -> tuple[str, int] | None:
        """What a header or footer line has in common on all pages; None in the page's middle."""
        if _MARGIN * self.height < line.top < (1 - _MARGIN) * self.height:
            return None
        return _DIGITS.sub("#", line.text), round(line.top / 3)


def _read_page(page: Page, painter: Painter) -> _Page:
    turned = page.rotation != 0
    page = _upright(page)
    found = _Page(page.page_number, float(page.height), images=len(page.images), turned=turned)
    boxes = [
        (
            c["text"],
            (c["x0"], c["top"], c["x1"] if c["width"] else c["x0"] + c["size"], c["bottom"]),
        )
        for c in page.chars
    ]
    seen = painter.seen(page.page_number, page.rotation, page.cropbox, boxes) if boxes else []
    found.scanned = _is_scan(page, [box for _, box in boxes], seen)
    if found.scanned:
        seen = [True] * len(seen)
    letters = list(_once(letters_of(page.chars, seen)))
    found.hidden = "".join(letter.text for letter in letters if not letter.seen).strip()
    found.slanted = "".join(letter.text for letter in letters if letter.slanted).strip()
    strokes = [] if found.scanned else _strokes(page)
    letters = list(struck_through([le for le in letters if not le.slanted], strokes))
    ruled = [table for table in page.find_tables() if is_ruled(table)]
    for table in ruled:
        if rows := table_rows(table, letters, page.images):
            found.tables.append((table.bbox[1], rows))
    around = [table.bbox for table in ruled]
    free = [letter for letter in letters if not any(inside(letter, box) for box in around)]
    found.lines = lines_of(words_of([letter for letter in free if letter.seen]))
    found.words = sum(letter.seen and not letter.text.isspace() for letter in letters)
    found.unmapped = sum(_UNMAPPED in letter.text for letter in letters)
    return found


def _upright(page: Page) -> Page:
    """The page as one turns it to read most of its text."""
    turns = Counter(
        90 * _quarter(char["matrix"]) for char in page.chars if not char["text"].isspace()
    )
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn:
        rotation = (page.rotation + turn) % 360
        page.page_obj.attrs["Rotate"] = page.page_obj.rotate = rotation
        return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
    return page


def _quarter(matrix: Sequence[float]) -> int:
    """The quarter turns clockwise that put a character upright."""
    along, up = matrix[0], matrix[1]
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 2
    return 1 if up > 0 else 3


def _is_scan(page: Page, letters: Sequence[Box], seen: Sequence[bool]) -> bool:
    """Whether pictures fill most of the page and most of its text cannot be seen."""
    hidden = sum(not visible for visible in seen)
    pictures = sum(
        area((image["x0"], image["top"], image["x1"], image["bottom"])) for image in page.images
    )
    return (
        bool(letters)
        and hidden >= _MOSTLY * len(letters)
        and pictures >= _COVERED * area(page.cropbox)
    )


def _once(letters: Sequence[Letter]) -> Iterator[Letter]:
    """Letters without those that are printed twice, a little apart, to look bold."""
    last: dict[tuple[str, int], list[Letter]] = {}
    for letter in letters:
        row = round(letter.base)
        twins = [
            twin
            for near in (row - 1, row, row + 1)
            for twin in last.get((letter.text, near), ())
            if twin.seen == letter.seen and _on_top(twin, letter)
        ]
        if not twins:
            last.setdefault((letter.text, row), []).append(letter)
            yield letter


def _on_top(one: Letter, other: Letter) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    return wide > _ON_TOP * min(one.x1 - one.x0, other.x1 - other.x0)


def _strokes(page: Page) -> list[Stroke]:
    """The lines of a page that may go through letters, those of annotations as well."""
    found = []
    for line in page.lines:
        (x0, y0), (x1, y1) = sorted(line["pts"])[:: len(line["pts"]) - 1]
        found.append(Stroke(x0, y0, x1, y1))
    flat = [shape for shape in (*page.rects, *page.curves) if shape["height"] < WORD_GAP]
    flat += [
        note
        for note in page.annots
        if str(note["data"].get("Subtype", "")).strip("/'") in {"StrikeOut"}
    ]
    for shape in flat:
        middle = (shape["top"] + shape["bottom"]) / 2
        found.append(Stroke(shape["x0"], middle, shape["x1"], middle))
    return [stroke for stroke in found if stroke.x1 - stroke.x0 > 1]


def _document(path: Path, pages: list[_Page], damaged: str | None) -> Document:
    words = sum(page.words for page in pages)
    if not words and damaged:
        raise InputError(f"{path}: {damaged}")
    scans = [page.number for page in pages if not page.words and page.images]
    if not words and any(page.hidden for page in pages):
        turned = any(page.turned for page in pages)
        raise InputError(
            f"{path}: PDF:ens text syns inte på sidorna"
            f"{'; sidan är vriden, så att texten hamnar utanför' if turned else ''}. Öppna den i "
            "en PDF-läsare och spara den på nytt, eller be om originalfilen."
        )
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
    if damaged:
        out.remarks.append(damaged)
    if scans:
        out.remarks.append(
            f"sida {', '.join(map(str, scans))} har ingen text, bara bilder, och läses inte"
        )
    for page in pages:
        for why, text in (("text som inte syns", page.hidden), ("snedställd text", page.slanted)):
            if text:
                out.remarks.append(
                    f"sida {page.number}: {why} läses inte: ”{clean(text)[:_REMARKED]}”"
                )
    seen = Counter(
        key for page in pages for line in page.lines if (key := page.furniture_key(line))
    )
    often = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    if often:
        shown = "”, ”".join(sorted(text for text, _ in often))
        out.remarks.append(f"sidhuvuden och sidfötter läses inte: ”{shown[:120]}”")
    scanned: set[int] = set()
    for page in pages:
        page.lines = [line for line in page.lines if page.furniture_key(line) not in often]
        first = len(out.lines)
        _add_page(out, page)
        scanned |= set(range(first + 1, len(out.lines) + 1)) if page.scanned else set()
    if scanned:
        named = ", ".join(str(page.number) for page in pages if page.scanned)
        out.remarks.append(f"sida {named} är en skannad bild med texttolkning under")
    return replace(out.document(), scanned=frozenset(scanned))


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
                out.paragraph(cells[0], sheet)
            continue
        number += 1
        out.table(
            [
                (f"{sheet}, tabell {number}, rad {row}", cells)
                for row, cells in enumerate(rows, start=1)
            ]
        )
    out.blank()
