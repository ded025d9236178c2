"""How a cell that nothing declares prints its figure: its sign and the marks beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ojmf.authoring.measured_units import measured_in
from ojmf.declarations.notation import (
    SIGN_STYLES,
    Notation,
    SignStyle,
    beside,
    limit_before,
    without_nought,
)
from ojmf.typography import STROKE, off_line, visible

_APPROXIMATE = re.compile(r"(~|≈|ca\.? |c:a |cirka )\s*(?=[\d(+−–-])", re.IGNORECASE)
_MARK = re.compile(
    r"\*{1,4}|[†‡§#]{1,2}|[([]?\d{1,2}[)\]]|\(?[^\W\d]\)|[a-zåäö]|t?kr\.?|mn?kr|msek|ksek|sek|"
    r"kronor|st\.?|personer|hushåll|dagar|dygn|årsarbetare|procent(?:enhet(?:er)?)?|promille|‰|"
    r"%-enh(?:et(?:er)?|\.)?|poäng|öre|m?kr(?:onor)?(?:/| per )[^\W\d]+\.?|"
    r"elever|barn|invånare|brukare|platser|ärenden|besök",
    re.IGNORECASE,
)
_LIKE_A_FIGURE = re.compile(
    r"[^\w\s/]?\s?[(+−–-]?\s?\d{1,3}(?:[ .\u00a0]?\d{3})*(?:[.,]\d+)?[)−–-]?"
    r"(?:\s?(?:\S{1,6}|\w+/\w+|m\w{4}er))?"
)
_RANGE_OR_DAY = re.compile(
    r"\d\s?[-–—/:]\s?\d|\d (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
_NOT_SIGNED = "()+-−– "
_WAYS: tuple[tuple[Literal[",", "."], Literal[" ", ".", ","]], ...] = (
    (",", " "),
    (".", " "),
    (",", "."),
    (".", ","),
)
_NOTATIONS = [
    (style, Notation(decimal, thousands, sign_styles=(style,) if style else ()))
    for style in (None, *SIGN_STYLES)
    for decimal, thousands in _WAYS
]
"""The styles of signs, each with the ways to write its figure."""
_DIGITS = re.compile(r"[-−–]?(?:0|[1-9]\d*)(?:[.,]\d\d?)?", re.ASCII)
"""Figures that every column has: nothing has to be told of them but their digits."""
_OF_FIGURES = re.compile("[-0-9 \u00a0.,%()+−–\u2010\u2011\ufe63\uff0d]+")
"""What is left of a figure without its marks, in every style of signs."""


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a printed figure: its digits, its sign style and what stands beside it."""

    digits: str
    style: SignStyle | None = None
    marks: tuple[str, ...] = ()
    approximation: str | None = None
    minus: bool = False


@lru_cache(maxsize=65_536)
def form(text: str) -> Form | None:
    """How a text prints a figure; None where it is none in any style that can be declared."""
    if _DIGITS.fullmatch(text):
        return Form(text.strip(_NOT_SIGNED), minus=text[0] in "-−–")
    left = visible(text).strip()
    approximate = _APPROXIMATE.match(left)
    if approximate:
        left = left[approximate.end() :]
    marks: list[str] = []
    while mark := next(filter(_is_mark, beside(left)), None) or off_line(left):
        behind = left.endswith(mark)
        grown = left[-2:-1] if behind else left[1:2]
        if mark.isalpha() and len(mark) == 1 and re.fullmatch(r"[\d–-]", grown):
            return None  # a letter grown together with the digits is an identity: N15428, F-3
        left = (left.removesuffix(mark) if behind else left.removeprefix(mark)).strip()
        marks += [] if mark in marks or off_line(mark) == mark else [mark]
    left = without_nought(left)
    if not _OF_FIGURES.fullmatch(left) and STROKE not in left:
        return None
    for style, notation in _NOTATIONS:
        if notation.reads(left):
            return Form(
                left.strip(_NOT_SIGNED),
                style,
                tuple(marks),
                approximate[1].strip() if approximate else None,
                style is None and left[0] in "-−–",
            )
    return None


def _is_mark(text: str) -> bool:
    """Whether a text beside a figure is a mark of a footnote or the unit of it.

    Words of time alone may be ages or spans that a header or a label is named for.
    """
    return _MARK.fullmatch(text) is not None or measured_in(text) is not None


def is_like_a_figure(text: str) -> bool:
    """Whether a text is short and begins as a figure does, whatever it is."""
    return _LIKE_A_FIGURE.fullmatch(text) is not None and _RANGE_OR_DAY.search(text) is None


def is_limit(text: str) -> bool:
    """Whether a text is what a goal is to reach or keep below: ``≥ 85``, ``minst 75 dagar``."""
    return form_of_goal(text) is not None and form(text) is None


def form_of_goal(text: str) -> Form | None:
    """How a text prints the figure of a goal, which may be a bound."""
    return form(text.removeprefix(limit_before(text)).strip())


def without_ages(cells: Sequence[str]) -> Sequence[str]:
    """Cells without what may be ages in a header: ``-29``, ``30-39``, ``40-49``, ``50-``."""
    if sum(_AGES.fullmatch(cell) is not None for cell in cells) < _FEWEST_AGES:
        return cells
    return [cell for cell in cells if not _AGES.fullmatch(cell) and not _OPEN_AGE.fullmatch(cell)]


_AGES = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}( år)?")
_OPEN_AGE = re.compile(r"[-–]\s?\d{1,2}|\d{1,2}\s?[-–+]")
_FEWEST_AGES = 2
