"""Tables without rules: words on a page to lines, columns and rows, by the white space alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ojmf.ingest.readers.narrow_gaps import parted
from ojmf.ingest.readers.runs import Look, Run, cell_text

_GAP = 1.1
"""White space of this many line heights between two words sets off a column, ..."""
_RIVER = 0.7
"""... and of this many where it runs down through all lines of a table."""
_FAR = 2.6
"""Lines further apart than this many line heights do not belong to one table."""
_MOST_LABEL_LINES = 6
"""At most so many lines of labels alone stand between two lines with columns."""
_APART = 1.25
"""Lines further apart than this many times the closest two belong to different rows, ..."""
_OFTEN = 0.2
"""... where at least this share of those with columns are; else every line is a row."""
_TOUCHING = 0.2
"""White space of this many line heights sets a mark apart from its word."""
_DOWN = 3.0
_DIGITS = re.compile(r"[-−–+(<>]?\d[\d.,]*[%)-]?")
_WIDE_SPACE, _WIDE_GAP = 1.25, 0.8
"""White space of this many digits is wider than between thousands: a written space, and none."""
_FIGURE = re.compile(r"[-−–]?\d[\d ]*(,\d+)?( ?%)?|ja|nej|delvis", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
_GOES_ON = re.compile(r"[a-zåäö(,%]")
_OPEN = re.compile(
    r"(?:\b(?:i|av|per|för|med|till|på|och|eller|över|under|mot|inom|som|hos|vid|från)|[,–-])$",
    re.IGNORECASE,
)
"""The end of a label that is not the whole of it."""
_NOTE = re.compile(r"(?:källa|not|anm|obs)\w*\b|\*|[\d¹²³]\)?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box on the page, in points from the upper left corner.

    ``spaced``: a space is written before it, and not only left white.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    look: Look = Look.SHOWN
    spaced: bool = False

    @property
    def on_line(self) -> bool:
        """Whether it stands on its line and not beside it."""
        return self.look not in {Look.RAISED, Look.LOWERED}


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line that no wide white space parts."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The height on the page at which the line begins."""
        return min(word.top for word in self._on_line)

    @property
    def height(self) -> float:
        """The height of its letters."""
        return median(word.bottom - word.top for word in self._on_line)

    @property
    def _on_line(self) -> Sequence[Word]:
        return [word for word in self.words if word.on_line] or self.words

    @property
    def text(self) -> str:
        """The text of the line as a paragraph, with single spaces."""
        return " ".join(text_of([self.words]).split())

    def segments(self, gap: float = _GAP) -> list[Segment]:
        """The pieces of the line that white space of so many line heights sets apart."""
        pieces: list[list[Word]] = []
        for word in self.words:
            if pieces and word.x0 - pieces[-1][-1].x1 < gap * self.height:
                pieces[-1].append(word)
            else:
                pieces.append([word])
        return [Segment(tuple(piece)) for piece in pieces]


def text_of(
    lines: Sequence[Sequence[Word]], *, hidden: str = "", refused: str | None = None
) -> str:
    """The text of a cell or paragraph by its lines.

    ``hidden`` is text in it that is not seen; ``refused`` as in ``cell_text``.
    """
    runs: list[Run] = [Run(hidden, Look.UNSEEN)] if hidden else []
    for number, line in enumerate(lines):
        for before, word in pairwise([None, *line]):
            assert word is not None
            space = _space(before, word) if before else "\n" if number else ""
            runs += (
                [Run(space), Run(word.text, word.look)] if space else [Run(word.text, word.look)]
            )
    return cell_text(runs, refused=refused)


def _space(before: Word, word: Word) -> str:
    """The white space between two words: words of one look have some, those of several may touch.

    It is double between digits that stand further apart than thousands do.
    """
    gap = word.x0 - before.x1
    if before.look is word.look and _is_wide(before, word):
        return "  "
    if before.look is word.look or gap > _TOUCHING * (word.bottom - word.top):
        return " "
    return ""


def _is_wide(before: Word, word: Word) -> bool:
    """Whether two words are of digits that stand further apart than thousands do."""
    digits = _DIGITS.fullmatch(before.text) and _DIGITS.fullmatch(word.text)
    widest = (_WIDE_SPACE if word.spaced else _WIDE_GAP) * (word.x1 - word.x0) / len(word.text)
    return digits is not None and word.x0 - before.x1 > widest


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words to printed lines, from the page's top to its bottom.

    Raised and lowered words belong to the line that they stand closest to.
    """
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        if not word.on_line:
            continue
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    attach([word for word in words if not word.on_line], lines)
    return [Line(tuple(sorted(line, key=lambda w: w.x0))) for line in lines]


def attach(words: Sequence[Word], lines: list[list[Word]]) -> None:
    """Put words beside a line with those that they stand closest to; lines of their own else."""
    for word in words:
        if lines:
            min(lines, key=lambda line: _distance(line, word)).append(word)
        else:
            lines.append([word])


def _distance(line: Sequence[Word], word: Word) -> float:
    """How far a word is from the nearest one of a line, heights counted more than widths."""
    return min(
        max(0.0, other.x0 - word.x1, word.x0 - other.x1)
        + _DOWN * max(0.0, other.top - word.bottom, word.top - other.bottom)
        + abs((other.top + other.bottom) - (word.top + word.bottom)) / 2
        for other in line
    )


def runs(lines: Sequence[Line], breaks: Sequence[float]) -> Iterator[tuple[list[Line], bool]]:
    """Lines in runs that are a table (True) or paragraphs; ``breaks`` are heights that end a run.

    A table is two or more lines with columns; labels that wrap may stand between them.
    """
    wide = [len(line.segments()) > 1 for line in lines]
    position = 0
    while position < len(lines):
        last = _table_end(lines, wide, position, breaks)
        if last > position:
            yield list(lines[position : last + 1]), True
            position = last + 1
            continue
        yield [lines[position]], False
        position += 1


def _table_end(
    lines: Sequence[Line], wide: Sequence[bool], first: int, breaks: Sequence[float]
) -> int:
    """The last line of the table that begins on line ``first``; ``first`` where there is none."""
    last = first
    if not wide[first]:
        return first
    figures = _has_figures(lines[first])
    second = lines[first].segments()[1].left
    for number in range(first + 1, len(lines)):
        before, line = lines[number - 1], lines[number]
        broken = any(before.top < at <= line.top for at in breaks)
        if broken or line.top - before.top > _FAR * max(line.height, before.height):
            break
        if wide[number]:
            last = number
            figures = figures or _has_figures(line)
            second = min(second, line.segments()[1].left)
            continue
        runs_across = line.words[0].x0 < second < line.words[-1].x1
        title = figures and _titles(lines, wide, number)
        if runs_across or title or number - last > _MOST_LABEL_LINES:
            break
    return _wrapped(lines, first, last, second)


def _wrapped(lines: Sequence[Line], first: int, last: int, second: float) -> int:
    """The last line of a table with those that the label of its last row goes on over.

    They stand as close as lines of one row do, and in the column of labels; no note does.
    """
    left = min(line.words[0].x0 for line in lines[first : last + 1])
    label = " ".join(word.text for word in lines[last].words if word.x1 < second)
    while last + 1 < len(lines):
        line, table = lines[last + 1], lines[first : last + 2]
        inside = left - line.height < line.words[0].x0 and line.words[-1].x1 < second
        within = _closest(table) or (_tight(table) if _is_open(label, line.text) else 0.0)
        if not inside or line.top - lines[last].top > within or _NOTE.match(line.text):
            break
        last, label = last + 1, line.text
    return last


def _is_open(label: str, text: str) -> bool:
    """Whether a label goes on with a text by their words alone."""
    return bool(label) and (_GOES_ON.match(text) or _OPEN.search(label)) is not None


def _tight(lines: Sequence[Line]) -> float:
    """How far apart the closest lines of a table stand, and little more."""
    return _APART * min((b.top - a.top for a, b in pairwise(lines)), default=0.0)


def _closest(lines: Sequence[Line]) -> float | None:
    """How far apart lines of one row may stand; None where all lines stand alike."""
    steps = [below.top - above.top for above, below in pairwise(lines)]
    within = _tight(lines)
    rows = [len(line.segments()) > 1 for line in lines[1:]]
    apart = sum(step > within for step in steps)
    return within if apart and apart >= _OFTEN * sum(rows) else None


def _has_figures(line: Line) -> bool:
    texts = [segment.text for segment in line.segments()]
    return any(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)


def _titles(lines: Sequence[Line], wide: Sequence[bool], number: int) -> bool:
    """Whether a line stands above a new header: columns without figures on the next line."""
    following = number + 1
    return following < len(lines) and wide[following] and not _has_figures(lines[following])


def _bands(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    bands: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda segment: (segment.left, segment.right)):
        if bands and segment.left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(segment.right, bands[-1][1]))
        else:
            bands.append((segment.left, segment.right))
    return bands


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """The rows of a table: cells by the white columns between them, wrapped lines joined.

    Lines are joined where they stand closer than rows otherwise do; where all stand alike, each is
    a row of its own.
    """
    segments = [line.segments(_RIVER) for line in lines]
    wide = [
        pieces for line, pieces in zip(lines, segments, strict=True) if len(line.segments()) > 1
    ]
    bands = _bands([piece for pieces in wide for piece in pieces])
    printed: list[list[list[Word]]] = []
    for pieces in segments:
        row: list[list[Word]] = [[] for _ in bands]
        for piece in pieces:
            shared = [min(piece.right, x1) - max(piece.left, x0) for x0, x1 in bands]
            row[shared.index(max(shared))] += piece.words
        printed.append(row)
    printed = parted(printed, _is_wide)
    within, tight = _closest(lines), _tight(lines)
    rows = [[row] for row in printed[:1]]
    for (above, below), row in zip(pairwise(lines), printed[1:], strict=True):
        step = below.top - above.top
        if within is not None and step <= within:
            joins = not _begins_anew(rows[-1], row)
        else:
            joins = within is None and step <= tight and _goes_on(rows[-1], row)
        if joins:
            rows[-1].append(row)
        else:
            rows.append([row])
    return [
        [text_of([words for words in cell if words]) for cell in zip(*row, strict=True)]
        for row in rows
    ]


_Cells = list[list[Word]]


def _figures(row: _Cells) -> set[int]:
    """The columns of a line that have a figure."""
    texts = [text_of([words]) if words else "" for words in row]
    return {i for i, t in enumerate(texts) if _FIGURE.fullmatch(t) and not _YEAR.fullmatch(t)}


def _begins_anew(rows: Sequence[_Cells], row: _Cells) -> bool:
    """Whether a line is another row: figures below figures, or a label's below a header's texts."""
    figures = _figures(row)
    taken = {i for line in rows for i, words in enumerate(line) if words}
    twice = figures & set[int]().union(*map(_figures, rows))
    return bool(twice) or (bool(row[0]) and len(figures & taken) > 1)


def _goes_on(rows: Sequence[_Cells], row: _Cells) -> bool:
    """Whether a line goes on with a row, where all lines of a table stand alike.

    A label alone does where it begins as no label does; so do texts without a label, and below a
    header even figures, where some columns have none.
    """
    label, *rest = row
    if label and not any(rest):
        above = " ".join(word.text for line in rows for word in line[0])
        return _is_open(above, " ".join(word.text for word in label))
    if label:
        return False
    header = not any(_figures(line) for line in rows)
    return not _figures(row) or (header and not all(rest))
