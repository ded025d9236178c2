"""The title of a document, which may be broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ojmf.authoring.blocks import is_note
from ojmf.authoring.counted_days import MONTH, is_dating
from ojmf.authoring.said_periods import ANY_YEAR, YEARLY, names_a_part, part_named
from ojmf.ingest.document import Document
from ojmf.printed import squeeze

_BROKEN_OFF = re.compile(rf"(?:\d\d?\.? )?(?:{MONTH}\.? )?(?:19|20)\d\d\b(?![-/]\d)\W*$", re.I)
"""The end of a title that is too long for its line."""
_LINES, _LONGEST = 60, 120


def title_of(document: Document, otherwise: str) -> str:
    """The title that a document begins with, with its year where that broke off; else another."""
    sheets = {first for _, first, _ in document.sheets()}
    lines = [
        squeeze(line).strip("#* ")
        for number, line in enumerate(document.lines[:_LINES], start=1)
        if number not in sheets and "\t" not in line.strip()
    ]
    short = [
        line
        for line in rejoined(lines)
        if 3 < len(line) <= _LONGEST and not (line.isdigit() or is_note(line) or is_dating(line))
    ]
    return next(filter(_names_report, short), next(iter(short), otherwise))


def named_by(document: Document) -> str:
    """What a document without a title is called where people read it: by its file.

    A file's name says nothing sure of its figures, so that no table is read by it.
    """
    name = squeeze(Path(document.name).stem.replace("_", " "))
    return name[:1].upper() + name[1:]


def rejoined(lines: Sequence[str]) -> list[str]:
    """The lines of text that a document begins with, a title with the year that broke off it.

    >>> rejoined(["Delårsrapport januari–augusti", "2025", "Socialnämnden"])
    ['Delårsrapport januari–augusti 2025', '2025', 'Socialnämnden']
    """
    texts = [line for line in lines if line]
    return [
        f"{line} {after}"
        if (names_a_part(line) or YEARLY.search(line) or part_named(line))
        and not ANY_YEAR.search(line)
        and _BROKEN_OFF.match(after)
        else line
        for line, after in zip(texts, [*texts[1:], ""], strict=False)
    ]


def in_printed_order(tables: Sequence[dict[str, Any]], document: Document) -> list[dict[str, Any]]:
    """Declared tables in the order in which a document has the lines that they stand after.

    One whose line it has not, or has several times, stays behind the one before it.
    """
    texts = [text.casefold() for text in document.texts]
    at, placed = -1, []
    for table in tables:
        anchor = squeeze(table.get("after") or table.get("title", "")).casefold()
        if "sheet" not in table and texts.count(anchor) == 1:
            at = texts.index(anchor)
        placed.append((at, table))
    return [table for _, table in sorted(placed, key=lambda pair: pair[0])]


def _names_report(text: str) -> bool:
    """Whether a line is likely the document's title: a kind of report and one year."""
    says = YEARLY.search(text) is not None or names_a_part(text)
    return says and len(set(ANY_YEAR.findall(text))) == 1
