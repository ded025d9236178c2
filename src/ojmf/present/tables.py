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
    """

    heading: str
    text: pl.Expr
    figures: bool = False
    optional: bool = False


View = Sequence[Column]


def filled(frame: pl.DataFrame, view: View) -> View:
    """The view without its optional columns that no row of the frame has a text in."""
    return [
        column
        for column in view
        if not column.optional or frame.select(column.text.is_not_null().any()).item()
    ]


def cells(frame: pl.DataFrame, view: View) -> list[list[str]]:
    """The texts of a view, column by column."""
    shown = frame.select(
        column.text.fill_null("").alias(str(number)) for number, column in enumerate(view)
    )
    return [list(map(without_controls, series)) for series in shown.iter_columns()]


def to_text(frame: pl.DataFrame, view: View, *, width: int, colour: bool = False) -> str:
    """A table at most ``width`` characters wide where its figures leave room for that.

    Headings are wrapped first, then texts between words, then inside them; nothing is cut.
    ``colour`` paints the cells that begin with the symbol of a status. Ends with a line break.
    """
    view = filled(frame, view)
    columns = cells(frame, view)
    widths = _widths(view, columns, width - 2 * (len(view) - 1))
    gap = "  "
    if sum(widths) + len(gap) * (len(view) - 1) > width:
        gap = " "
        widths = _widths(view, columns, width - (len(view) - 1))

    def lines(texts: Sequence[str]) -> list[str]:
        wrapped = [
            [text] if len(text) <= size and "\n" not in text else textwrap.wrap(text, size) or [""]
            for text, size in zip(texts, widths, strict=True)
        ]
        made = []
        for parts in zip_longest(*wrapped, fillvalue=""):
            shown = [
                part.rjust(size) if column.figures else part.ljust(size)
                for part, size, column in zip(parts, widths, view, strict=True)
            ]
            if colour:
                paints = [_PAINT.get(part.lstrip()[:1]) for part in shown]
                painted = zip(paints, shown, strict=True)
                shown = [f"{paint}{part}{_UNPAINT}" if paint else part for paint, part in painted]
            made.append(gap.join(shown).rstrip())
        return made

    rows = [line for texts in zip(*columns, strict=True) for line in lines(texts)]
    rule = gap.join("─" * size for size in widths)
    return "\n".join([*lines([column.heading for column in view]), rule, *rows]) + "\n"


def _widths(view: View, columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """A width per column, together ``room`` where the columns can be made that narrow."""
    widths, between_words, inside_words = [], [], []
    for column, texts in zip(view, columns, strict=True):
        longest = max(map(len, [column.heading, *texts]))
        word = max(len(word) for text in [column.heading, *texts] for word in text.split(" "))
        figure = max([*map(len, texts), *map(len, column.heading.split(" "))])
        widths.append(longest)
        between_words.append(longest if column.figures else max(word, _NARROWEST_TEXT))
        inside_words.append(figure if column.figures else _NARROWEST_TEXT)
    headings_wrapped = [
        inside if column.figures else longest
        for column, inside, longest in zip(view, inside_words, widths, strict=True)
    ]
    # Take from the widest column that is above its least until all fit.
    for least in (headings_wrapped, between_words, inside_words):
        while sum(widths) > room and (wide := [i for i, w in enumerate(widths) if w > least[i]]):
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
