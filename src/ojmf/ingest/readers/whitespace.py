"""Tables without rules: words on a page to lines, columns and rows, by the white space alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_GAP = 1.1
"""White space of this many line heights between two words sets off a column."""
_FAR = 2.6
"""Lines further apart than this many line heights do not belong to one table."""
_MOST_LABEL_LINES = 6
"""At most so many lines of labels alone stand between two lines with columns."""
_APART = 1.25
"""Lines further apart than this many times the closest two belong to different rows, ..."""
_OFTEN = 0.2
"""... where at least this share of all steps is so wide; else every line is a row."""
_FIGURE = re.compile(r"[-−–]?\d[\d ]*(,\d+)?( ?%)?|ja|nej|delvis", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box on the page, in points from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The height on the page at which the line begins."""
        return min(word.top for word in self.words)

    @property
    def height(self) -> float:
        """The height of its letters."""
        return median(word.bottom - word.top for word in self.words)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    def segments(self) -> list[tuple[float, float, str]]:
        """The pieces of the line that wide white space sets apart: left, right and text."""
        pieces: list[tuple[float, float, str]] = []
        for word in self.words:
            if pieces and word.x0 - pieces[-1][1] < _GAP * self.height:
                left, _, text = pieces[-1]
                pieces[-1] = (left, word.x1, f"{text} {word.text}")
            else:
                pieces.append((word.x0, word.x1, word.text))
        return pieces


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words to printed lines, from the page's top to its bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top <= middle <= lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda w: w.x0))) for line in lines]


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
    second = lines[first].segments()[1][0]
    for number in range(first + 1, len(lines)):
        before, line = lines[number - 1], lines[number]
        broken = any(before.top < at <= line.top for at in breaks)
        if broken or line.top - before.top > _FAR * max(line.height, before.height):
            break
        if wide[number]:
            last = number
            figures = figures or _has_figures(line)
            second = min(second, line.segments()[1][0])
            continue
        runs_across = line.words[0].x0 < second < line.words[-1].x1
        title = figures and _titles(lines, wide, number)
        if runs_across or title or number - last > _MOST_LABEL_LINES:
            break
    return last


def _has_figures(line: Line) -> bool:
    return any(_FIGURE.fullmatch(t) and not _YEAR.fullmatch(t) for _, _, t in line.segments())


def _titles(lines: Sequence[Line], wide: Sequence[bool], number: int) -> bool:
    """Whether a line stands above a new header: columns without figures on the next line."""
    following = number + 1
    return following < len(lines) and wide[following] and not _has_figures(lines[following])


def _bands(pieces: Sequence[tuple[float, float, str]]) -> list[tuple[float, float]]:
    bands: list[tuple[float, float]] = []
    for left, right, _ in sorted(pieces):
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(right, bands[-1][1]))
        else:
            bands.append((left, right))
    return bands


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """The rows of a table: cells by the white columns between them, wrapped lines joined.

    Lines are joined where they stand closer than rows otherwise do; where all stand alike, each is
    a row of its own.
    """
    segments = [line.segments() for line in lines]
    bands = _bands([piece for pieces in segments if len(pieces) > 1 for piece in pieces])
    cells: list[list[str]] = []
    for pieces in segments:
        row = [""] * len(bands)
        for left, right, text in pieces:
            index = max(
                range(len(bands)), key=lambda i: min(right, bands[i][1]) - max(left, bands[i][0])
            )
            row[index] = f"{row[index]} {text}".strip()
        cells.append(row)
    steps = [b.top - a.top for a, b in pairwise(lines)]
    apart = _APART * min(steps, default=0.0)
    joins = sum(step > apart for step in steps) >= _OFTEN * len(steps)
    rows = cells[:1]
    for step, row in zip(steps, cells[1:], strict=True):
        if joins and step <= apart:
            rows[-1] = [f"{a} {b}".strip() for a, b in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
    return rows
