"""The tables of a document in order, with those joined again that a page or blank line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ojmf.authoring.blocks import (
    MAX_TITLE,
    PAGE_NUMBER,
    Block,
    block_of,
    kind,
    name_block,
    runs_of_lines,
)
from ojmf.ingest.document import Document
from ojmf.printed import squeeze

_MOST_BETWEEN = 3


def find_blocks(document: Document, known: Callable[[str], bool]) -> list[Block]:
    """The tables of a document in order, those that a page break has split joined again.

    ``known`` says whether a text is a label of the catalogue: then a line without tabs inside a
    table is a row that is blank but for it.
    """
    blocks: list[Block] = []
    for first, last in runs_of_lines(document):
        block = block_of(document, first, last)
        before = blocks[-1] if blocks else None
        if before is not None and _goes_on(document, before, block):
            _join(document, before, block, known)
            continue
        name_block(document, block, before)
        blocks.append(block)
    return blocks


def _between(document: Document, before: Block, block: Block) -> list[str]:
    lines = (document.line(n) for n in range(before.last + 1, block.first))
    return [squeeze(line) for line in lines if line.strip()]


def _goes_on(document: Document, before: Block, block: Block) -> bool:
    """Whether a block is the same table behind a page break or a blank line."""
    between = _between(document, before, block)
    if not before.header:
        return False
    if block.header == before.header:
        own = {squeeze(before.title), squeeze(before.after)}
        return all(PAGE_NUMBER.fullmatch(line) or line in own for line in between)
    short = all(len(line) <= MAX_TITLE + 40 for line in between)
    fits = not block.header and block.width <= before.width
    return fits and short and len(between) <= _MOST_BETWEEN and _alike(before, block)


def _alike(before: Block, block: Block) -> bool:
    """Whether figures, answers and texts stand in the same columns.

    Where they do when the first cell is left out in every row, it is put back.
    """
    if _same_kinds(before, block, 0):
        return True
    if block.width != len(before.header) - 1 or not _same_kinds(before, block, 1):
        return False
    block.rows = {number: ["", *cells] for number, cells in block.rows.items()}
    block.optional_leading = True
    return True


def _same_kinds(before: Block, block: Block, shift: int) -> bool:
    shares = False
    for index in range(1 - shift, block.width):
        own = {kind(text) for text in block.column(index)} - {"blank", "symbol"}
        theirs = {kind(text) for text in before.column(index + shift)} - {"blank", "symbol"}
        if own and theirs and not own & theirs:
            if (own, theirs) != _SHARES_OF_ANSWERS:
                return False
            shares = True
    return not shares or all(map(_is_of_all, block.rows.values()))


_SHARES_OF_ANSWERS = ({"figure"}, {"answer"})
_OF_ALL = re.compile(r"\b(?:riket|sverige|länet|län|totalt|samtliga|alla)\b", re.I)


def _is_of_all(cells: Sequence[str]) -> bool:
    """Whether a row below answers is of a county, the country or all: it has shares of them."""
    return any(map(_OF_ALL.search, cells))


def _join(document: Document, before: Block, block: Block, known: Callable[[str], bool]) -> None:
    for number in range(before.last + 1, block.first):
        text = squeeze(document.line(number))
        if text and known(text):
            before.rows[number] = [text]
        elif text:
            before.furniture.append(text)
    before.rows |= block.rows
    before.shown |= block.shown
    before.last = block.last
    before.optional_leading = before.optional_leading or block.optional_leading
