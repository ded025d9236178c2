"""Letters of a PDF to words, and the tables that its rules and fills part into cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pdfplumber.table import Table

from ojmf.ingest.readers.lines import Region, fill_merged
from ojmf.ingest.readers.looks import Letter, looks
from ojmf.ingest.readers.painted import Box, overlapping
from ojmf.ingest.readers.whitespace import Word, attach, lines_of, text_of

WORD_GAP = 3.0
"""White space of so many points sets apart two words."""
_SAME_LINE = 0.3
_Boxes = list[Box | None]


def words_of(letters: Sequence[Letter]) -> list[Word]:
    """Letters to words of one look; words end where there is white space."""
    rows: list[list[Word]] = []
    beside: list[Word] = []
    base = 0.0
    told = sorted(zip(letters, looks(letters), strict=True), key=lambda pair: pair[0].base)
    for letter, look in told:
        word = Word(letter.text, letter.x0, letter.x1, letter.top, letter.bottom, look)
        if not word.on_line:
            beside.append(word)
        elif rows and letter.base - base <= _SAME_LINE * letter.size:
            rows[-1].append(word)
        else:
            rows.append([word])
            base = letter.base
    attach(beside, rows)
    words: list[Word] = []
    for row in rows:
        # A letter whose width is not known begins where the next one does.
        in_order = sorted(row, key=lambda word: (word.x0, word.x1))
        for look, same in groupby(in_order, key=lambda word: word.look):
            for before, piece in pairwise([None, *same]):
                assert piece is not None
                if piece.text.isspace():
                    continue
                spaced = before is not None and before.text.isspace()
                if before is None or spaced or piece.x0 - before.x1 > WORD_GAP:
                    words.append(replace(piece, spaced=spaced))
                else:
                    last = words[-1]
                    words[-1] = Word(
                        last.text + piece.text,
                        last.x0,
                        max(last.x1, piece.x1),
                        min(last.top, piece.top),
                        max(last.bottom, piece.bottom),
                        look,
                    )
    return words


def inside(letter: Letter, box: Sequence[float]) -> bool:
    """Whether the middle of a letter lies in a box."""
    x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def is_ruled(table: Table) -> bool:
    """Whether rules or fills part columns and rows: those of one are a frame or a shaded line."""
    return len(table.rows) > 1 and len({round(cell[0]) for cell in table.cells}) > 1


def _boxes(table: Table, letters: Sequence[Letter]) -> list[_Boxes]:
    """The boxes of each row; where only every other row is shaded, the others are parted alike."""
    rows: list[_Boxes] = [list(row.cells) for row in table.rows]
    lefts = sorted({cell[0] for cell in table.cells})
    for row in rows:
        alone = [box for box in row if box]
        if len(alone) != 1 or len(row) != len(lefts):
            continue
        left, top, right, bottom = alone[0]
        edges = [x for x in lefts if left < x < right]
        seen = [letter for letter in letters if letter.seen and inside(letter, alone[0])]
        pieces = [piece for line in lines_of(words_of(seen)) for piece in line.segments()]
        crosses = any(piece.left < x < piece.right for piece in pieces for x in edges)
        if edges and not crosses and any(piece.left > edges[0] for piece in pieces):
            sides = [left, *edges, right]
            parted = {x0: (x0, top, x1, bottom) for x0, x1 in pairwise(sides)}
            row[:] = [parted.get(x) for x in lefts]
    return rows


def table_rows(
    table: Table, letters: Sequence[Letter], images: Sequence[Mapping[str, float]]
) -> list[list[str]]:
    """The texts of a table's cells, without rows and columns that are blank."""
    own = [letter for letter in letters if inside(letter, table.bbox)]
    pictures = [(i["x0"], i["top"], i["x1"], i["bottom"]) for i in images]
    boxes = _boxes(table, own)
    rows = [
        [
            _cell([le for le in own if inside(le, box)], _holds(box, pictures)) if box else ""
            for box in row
        ]
        for row in boxes
    ]
    fill_merged(rows, _merged([box for row in boxes for box in row if box]))
    kept = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    return _whole_columns([[row[i] for i in kept] for row in rows if any(row)])


def _whole_columns(rows: list[list[str]]) -> list[list[str]]:
    """The rows with those columns joined that no row tells apart, and that a header spans.

    Cells that are drawn a little inside their column part it into slices, of which each row fills
    one, or spans all.
    """
    columns: list[list[str]] = []
    for column in map(list, zip(*rows, strict=True)):
        last = columns[-1] if columns else []
        pairs = list(zip(last, column, strict=False))
        spanned = any(a == b != "" for a, b in pairs)
        if spanned and all(a == b or not (a and b) for a, b in pairs):
            columns[-1] = [a or b for a, b in pairs]
        else:
            columns.append(column)
    return [list(row) for row in zip(*columns, strict=True)]


def _holds(box: Box, pictures: Sequence[Box]) -> bool:
    """Whether a picture lies in a cell, and does not go beyond it."""
    return any(
        box[0] <= x0 and x1 <= box[2] and box[1] <= top and bottom <= box[3]
        for x0, top, x1, bottom in pictures
    )


def _cell(letters: Sequence[Letter], pictured: bool) -> str:
    seen = [letter for letter in letters if letter.seen]
    hidden = "".join(letter.text for letter in letters if not letter.seen).strip()
    refused = None
    if any(letter.turned for letter in seen):
        refused = "texten är vriden"
    elif overlapping([letter.box for letter in seen if letter.text.isalnum()]):
        refused = "tecken ligger på varandra"
    elif pictured and not seen:
        refused = "cellen har en bild i stället för text"
    lines = lines_of(words_of(seen))
    return text_of([line.words for line in lines], hidden=hidden, refused=refused)


def _merged(cells: Sequence[Box]) -> list[Region]:
    """The regions of cells that span several of the table's columns or rows."""
    lefts = sorted({round(cell[0]) for cell in cells})
    tops = sorted({round(cell[1]) for cell in cells})
    regions = []
    for x0, top, x1, bottom in cells:
        left, first = lefts.index(round(x0)), tops.index(round(top))
        right = max(i for i, x in enumerate(lefts) if x < round(x1) - 1)
        last = max(i for i, y in enumerate(tops) if y < round(bottom) - 1)
        if (right, last) != (left, first):
            regions.append((first, left, last, right))
    return regions
