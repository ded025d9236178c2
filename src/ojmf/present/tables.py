"""Tables as text: for a terminal of some width, and in Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import polars as pl

from ojmf.model import Status
from ojmf.present.words import SYMBOLS
from ojmf.typography import without_controls

_NARROWEST_TEXT = 12
_TALLEST_CELL = 6  # lines, on a terminal narrower than _WIDE
_WIDE = 120
_PAINT = {
    SYMBOLS[Status.GREEN]: "\x1b[32m",
    SYMBOLS[Status.YELLOW]: "\x1b[33m",
    SYMBOLS[Status.RED]: "\x1b[31m",
    SYMBOLS[Status.GREY]: "\x1b[90m",
}
_UNPAINT = "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that people read: its heading, its text, and whether it holds figures.

    ``text`` gives a String per row of the frame; null is shown as nothing. Figures stand to the
    right and are never wrapped. An ``optional`` column is left out where no row has a text.
    ``number`` names the column of the frame whose number the text is of.
    """

    heading: str
    text: pl.Expr
    figures: bool = False
    optional: bool = False
    number: str | None = None


View = Sequence[Column]


def filled(frame: pl.DataFrame, view: View) -> View:
    """The view without its optional columns that no row of the frame has a text in."""
    return [
        column
        for column in view
        if not column.optional or frame.select(column.text.is_not_null().any()).item()
    ]


def where_filled(frame: pl.DataFrame, column: Column) -> list[pl.Expr]:
    """An optional column of a file, named by its heading; nothing where no row has a text."""
    return [one.text.alias(one.heading) for one in filled(frame, [column])]


def cells(frame: pl.DataFrame, view: View) -> list[list[str]]:
    """The texts of a view, column by column."""
    shown = frame.select(
        column.text.fill_null("").alias(str(number)) for number, column in enumerate(view)
    )
    return [list(map(without_controls, series)) for series in shown.iter_columns()]


def to_text(frame: pl.DataFrame, view: View, *, width: int, colour: bool = False) -> str:
    """A table at most ``width`` characters wide; records where it would be no table to read.

    Headings are wrapped first, then texts between words; nothing is cut. Where a word would have
    to be broken, or below 120 characters a text take more than a few lines, each row is a record
    instead: its headings with their texts beside them, one a line. ``colour`` paints the cells
    that begin with the symbol of a status. Ends with a line break.
    """
    view = filled(frame, view)
    columns = cells(frame, view)
    for gap in ("  ", " "):
        room = width - len(gap) * (len(view) - 1)
        widths = _widths(view, columns, room)
        if sum(widths) <= room:
            break
    tallest = max(
        (
            len(_wrapped(text, size))
            for texts, size in zip(columns, widths, strict=True)
            for text in texts
        ),
        default=1,
    )
    unreadable = width < _WIDE and tallest > _TALLEST_CELL
    if frame.height and (sum(widths) > room or unreadable):
        return _records(view, columns, width, colour=colour)

    def lines(texts: Sequence[str]) -> list[str]:
        wrapped = [_wrapped(text, size) for text, size in zip(texts, widths, strict=True)]
        made = []
        for parts in zip_longest(*wrapped, fillvalue=""):
            shown = [
                part.rjust(size) if column.figures else part.ljust(size)
                for part, size, column in zip(parts, widths, view, strict=True)
            ]
            if colour:
                shown = [_painted(part) for part in shown]
            made.append(gap.join(shown).rstrip())
        return made

    rows = [line for texts in zip(*columns, strict=True) for line in lines(texts)]
    rule = gap.join("─" * size for size in widths)
    return "\n".join([*lines([column.heading for column in view]), rule, *rows]) + "\n"


def _records(
    view: View, columns: Sequence[Sequence[str]], width: int, *, colour: bool = False
) -> str:
    """Each row as its headings with their texts beside them; what has no text is left out."""
    headings = [column.heading for column in view]
    left = min(max(map(len, headings)), width // 3)
    right = max(width - left - 2, 1)
    records = []
    for texts in zip(*columns, strict=True):
        lines = []
        for heading, text in zip(headings, texts, strict=True):
            if not text:
                continue
            beside = zip_longest(_wrapped(heading, left), _wrapped(text, right), fillvalue="")
            for word, part in beside:
                shown = [word.ljust(left), part]
                lines.append("  ".join(map(_painted, shown) if colour else shown).rstrip())
        records.append("\n".join(lines))
    rule = "─" * width
    return f"\n{rule}\n".join(records) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """The lines of a text at most ``width`` wide; a word is broken only where it is wider."""
    if len(text) <= width and "\n" not in text:
        return [text]
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def _words(text: str) -> list[str]:
    """The parts that a line may end between; a no-break space holds a symbol to its word."""
    return text.replace("\n", " ").split(" ")


def _painted(text: str) -> str:
    paint = _PAINT.get(text.lstrip()[:1])
    return f"{paint}{text}{_UNPAINT}" if paint else text


def _widths(view: View, columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """A width per column, together ``room`` where words need not be broken for it."""
    widths, least = [], []
    for column, texts in zip(view, columns, strict=True):
        words = [word for text in texts for word in _words(text)]
        heading = max(map(len, _words(column.heading)), default=0)
        widths.append(max(map(len, [column.heading, *texts])))
        least.append(max([heading, *map(len, texts if column.figures else words)]))
    headings_wrapped = [least[i] if column.figures else widths[i] for i, column in enumerate(view)]
    readable = [
        least[i] if column.figures else min(max(least[i], _NARROWEST_TEXT), widths[i])
        for i, column in enumerate(view)
    ]
    # Take from the widest column that is above its least until all fit.
    for floor in (headings_wrapped, readable):
        while sum(widths) > room and (wide := [i for i, w in enumerate(widths) if w > floor[i]]):
            widths[max(wide, key=lambda i: widths[i])] -= 1
    return widths


def to_markdown(frame: pl.DataFrame, view: View) -> str:
    """A Markdown table, figures to the right; markup in texts is shown as it is.

    Ends with a line break.
    """
    view = filled(frame, view)
    rows = [
        [markdown_text(column.heading) for column in view],
        ["---:" if column.figures else "---" for column in view],
        *zip(*(map(markdown_text, texts) for texts in cells(frame, view)), strict=True),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


# A backslash would do for most of them, but not for < in every reader of Markdown.
_MARKUP = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "*": "&#42;",
        "_": "&#95;",
        "`": "&#96;",
        "[": "&#91;",
        "|": "\\|",
        "\\": "\\\\",
    }
)


def markdown_text(text: str) -> str:
    """A text on one line, whose markup is shown as it is, in a paragraph as in a table."""
    return " ".join(text.splitlines()).translate(_MARKUP)
