"""What a damaged figure may have been: readings of a printed text, each at the cost of its faults.

The cost counts what a scan does to a figure, in half faults. Every fault of the ordinary kind
costs ``FAULT``: a lost minus, a lost comma, a point for a comma, a lost or doubled digit, the
decimals lost or all that stood before them, two digits that look alike, a letter for a digit. An
added minus costs ``ADDED_MINUS``. A digit replaced by any other is hardly a fault of scanning and
costs ``OTHER_DIGIT``. On top, a figure that has not the sign of its row costs ``AGAINST_SIGN``, and
one that is over three times or under a third of its row's others ``AGAINST_SIZE``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FAULT = 2
ADDED_MINUS = 3
UNREADABLE = 4
OTHER_DIGIT = 6
AGAINST_SIGN = 6
AGAINST_SIZE = 2
CEILING = 8
"""Readings of one cell that cost more are not considered."""

LOST_DECIMALS = "decimaler förlorade"
"""The fault that leaves no decimal in the text, so that arithmetic alone gives it."""

SCALE = 1_000_000
"""Figures are compared as whole millionths."""

_LIKE = {"0": "9", "9": "0", "1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5"}
_LETTERS = {"o": "0", "O": "0", "l": "1", "I": "1", "n": "11"}
_BODY = re.compile(r"(?:0|[1-9]\d*)(?:,(\d+))?")
_DIGITS = "0123456789"
_WILD = 1_000

_Bodies = dict[str, tuple[int, tuple[str, ...]]]
_Edits = Iterator[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """What a cell's figures look like.

    Their decimals, the sign of the row (-1, 1, or 0 for either), and the middle size of the row's
    other figures in millionths (0 where there is none).
    """

    decimals: int
    sign: int = 0
    size: int = 0

    def against(self, value: int) -> int:
        """What a value costs for being unlike the rest of its row."""
        outside = value and self.size and not self.size <= 3 * abs(value) <= 9 * self.size
        sign = AGAINST_SIGN if self.sign * value < 0 else 0
        return sign + (AGAINST_SIZE if outside else 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a printed text: its value in millionths, its cost and the faults assumed."""

    value: int
    cost: int
    faults: tuple[str, ...]


def _letters(body: str, _: int) -> _Edits:
    found = [character for character in body if character in _LETTERS]
    if found:
        text = "".join(_LETTERS.get(character, character) for character in body)
        yield text, FAULT * len(found), "siffra läst som bokstav"


def _points(body: str, _: int) -> _Edits:
    if body.count(".") == 1:
        yield body.replace(".", ","), FAULT, "decimalkomma läst som punkt"


def _surplus(body: str, decimals: int) -> _Edits:
    whole, comma, rest = body.partition(",")
    for at in range(1, len(body)):
        if body[at] == body[at - 1] and body[at].isdigit():
            yield body[:at] + body[at + 1 :], FAULT, "siffra dubblerad"
    if comma and len(rest) == decimals + 1:
        yield f"{whole},{rest[:-1]}", FAULT, "siffra tillagd"


def _alike(body: str, _: int) -> _Edits:
    for at, digit in enumerate(body):
        if digit in _LIKE:
            yield body[:at] + _LIKE[digit] + body[at + 1 :], FAULT, "siffra feltolkad"


def _other(body: str, _: int) -> _Edits:
    for at, digit in enumerate(body):
        if digit.isdigit():
            for other in _DIGITS:
                if other not in {digit, _LIKE.get(digit)}:
                    yield body[:at] + other + body[at + 1 :], OTHER_DIGIT, "siffra utbytt"


def _lost(body: str, decimals: int) -> _Edits:
    """A digit lost anywhere, two lost in front, all decimals, or all that stood before them."""
    for at in range(len(body) + 1):
        for digit in _DIGITS:
            yield body[:at] + digit + body[at:], FAULT, "siffra förlorad"
    for leading in range(10, 100):
        yield f"{leading}{body}", 2 * FAULT, "siffror förlorade"
    if decimals and "," not in body:
        for number in range(10**decimals):
            yield f"{body},{number:0{decimals}}", FAULT, LOST_DECIMALS
        if len(body) == decimals:
            for leading in range(100):
                yield f"{leading},{body}", FAULT, "heltalsdel förlorad"


def _comma(body: str, decimals: int) -> _Edits:
    if decimals and "," not in body and len(body) > decimals:
        yield f"{body[:-decimals]},{body[-decimals:]}", FAULT, "decimalkomma förlorat"


_STAGES = (_letters, _points, _surplus, _alike, _alike, _other, _lost, _comma)


def _bodies(body: str, decimals: int, limit: int) -> _Bodies:
    """All texts that each kind of fault, at most once (lookalikes twice), makes into ``body``."""
    found: _Bodies = {body: (0, ())}
    for stage in _STAGES:
        for text, (cost, faults) in list(found.items()):
            if cost + FAULT <= limit:
                for edited, more, name in stage(text, decimals):
                    if cost + more <= limit:
                        made = cost + more, (*faults, name)
                        found[edited] = min(made, found.get(edited, made))
    return found


def _scaled(body: str, decimals: int) -> int | None:
    """The value of a well-formed text without sign; None where it has not the column's form."""
    match = _BODY.fullmatch(body)
    if match is None:
        return None
    value = int(body.replace(",", "")) * SCALE // 10 ** len(match[1] or "")
    return value if value == 0 or len(match[1] or "") == decimals else None


def bare(raw: str) -> str:
    """A printed text without percent sign and spaces, its minus sign plain."""
    return re.sub(r"[\s%]", "", raw).replace("−", "-").replace("–", "-")


@lru_cache(maxsize=4096)
def candidates(raw: str, form: Form, limit: int) -> tuple[Candidate, ...]:
    """The readings of a printed text that cost at most ``limit``, cheapest first.

    A text without any digit may also be any figure of three places, at the cost ``UNREADABLE``.
    """
    text = bare(raw)
    minus = text.startswith("-")
    best: dict[int, Candidate] = {}

    def keep(value: int, cost: int, faults: tuple[str, ...]) -> None:
        cost += form.against(value)
        old = best.get(value)
        if cost <= limit and (old is None or (cost, faults) < (old.cost, old.faults)):
            best[value] = Candidate(value, cost, faults)

    for body, (cost, faults) in _bodies(text.removeprefix("-"), form.decimals, limit).items():
        size = _scaled(body, form.decimals)
        if size is None:
            continue
        if minus:
            keep(-size, cost, faults)
            keep(size, cost + ADDED_MINUS, ("minustecken tillagt", *faults))
        else:
            keep(size, cost, faults)
            keep(-size, cost + FAULT, ("minustecken förlorat", *faults))
    if limit >= UNREADABLE and not any(character.isdigit() for character in text):
        unit = SCALE // 10**form.decimals
        for number in range(1 - _WILD, _WILD):
            keep(number * unit, UNREADABLE, ("texten är oläslig",))
    return tuple(sorted(best.values(), key=lambda c: (c.cost, abs(c.value), c.value)))


def printed(value: int, form: Form, raw: str) -> str:
    """A value as its column prints it, with the percent sign of the printed text."""
    number = f"{abs(value) / SCALE:.{form.decimals}f}".replace(".", ",")
    return f"{'-' if value < 0 else ''}{number}{' %' if '%' in raw else ''}"
