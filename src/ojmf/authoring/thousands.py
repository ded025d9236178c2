"""What sets off thousands in a document: a mark that may as well be the one before decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ojmf.authoring.blocks import Block, kind
from ojmf.ingest.document import Document

SURE_THOUSANDS = re.compile(r"\D*\d{1,3}(\.\d{3})+(,\d+|(?<=\.\d{3}\.\d{3}))\D*")
"""Points that can set off thousands only: before a decimal comma, or more than one."""
_COMMAED = re.compile(r"[-−–+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_ENGLISH = re.compile(r"\b(?:and|of|the|by|year|men|women|total|both|number)\b", re.I)
_FEWEST_ENGLISH = 4
"""So many of these words tell that a document is in English: some are Swedish ones too."""


def commas_part_thousands(document: Document, blocks: Sequence[Block]) -> bool:
    """Whether the commas of a document's figures set off thousands, and nothing else.

    All have three digits behind each, and one has several or a point behind it, another figure has
    a decimal point, or the document is in English.
    """
    cells = (cell for block in blocks for row in block.rows.values() for cell in row)
    figures = [cell for cell in cells if kind(cell) == "figure"]
    parted = [text for text in figures if "," in text]
    if not parted or not all(map(_COMMAED.fullmatch, parted)):
        return False
    pointed = any(re.search(r"\.\d{1,2}(?!\d)", text) for text in figures)
    words = {word.lower() for line in document.lines for word in _ENGLISH.findall(line)}
    return pointed or any(t.count(",") > 1 for t in parted) or len(words) >= _FEWEST_ENGLISH


def with_spaces(block: Block) -> Block:
    """A table as it would be printed in Swedish, with spaces between thousands."""
    rows = {
        number: [
            cell.replace(",", " ").replace(".", ",") if _COMMAED.fullmatch(cell) else cell
            for cell in cells
        ]
        for number, cells in block.rows.items()
    }
    return replace(block, rows=rows)
