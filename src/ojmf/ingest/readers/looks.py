"""How the letters of a PDF stand: on their line, raised or lowered beside it, or struck through."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ojmf.ingest.readers.runs import SMALLEST, Look
from ojmf.ingest.readers.symbols import shown

_SMALL = 0.85
"""A letter lower than this share of the highest in its word is a small one."""
_OFF = 0.13
"""A letter off its line by this share of the line's height is raised or lowered."""
_MIDDLE = 0.35
_NEAR = 0.7
"""White space of this many line heights sets apart what is judged together."""
_BESIDE = 0.25
_STRUCK = (0.12, 0.62)
_CROSSED = (0.0, 0.75)
"""Where a line through a letter stands, in its heights above the line: flat ones, and slanting."""
_FLAT = 1.0
_BUCKET = 12.0
_SLANTED = 0.08


@dataclass(frozen=True, slots=True)
class Letter:
    """A character and its box on the page, in points from the upper left corner.

    ``base`` is the height on the page of the line that it stands on. ``seen``: it can be seen;
    ``turned``: it stands on end, upside down or mirrored; ``slanted``: it runs across the page;
    ``struck``: a line goes through it.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    seen: bool = True
    turned: bool = False
    slanted: bool = False
    struck: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x0, self.top, self.x1, self.bottom


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that may go through letters, from left to right."""

    x0: float
    y0: float
    x1: float
    y1: float

    def crosses(self, letter: Letter) -> bool:
        """Whether the line goes through a letter, and not below or above it."""
        middle = (letter.x0 + letter.x1) / 2
        if not self.x0 - 0.5 <= middle <= self.x1 + 0.5:
            return False
        slant = (self.y1 - self.y0) / max(self.x1 - self.x0, 0.01)
        least, most = _STRUCK if abs(self.y1 - self.y0) <= _FLAT else _CROSSED
        above = letter.base - (self.y0 + slant * (middle - self.x0))
        return least * letter.size <= above <= most * letter.size


def letters_of(chars: Sequence[dict[str, Any]], seen: Sequence[bool]) -> list[Letter]:
    """The letters of pdfplumber's characters; what is too small to be read is not seen."""
    below: dict[str, Counter[float]] = defaultdict(Counter)
    for char in chars:
        if char["size"]:
            share = (char["y0"] - char["matrix"][5]) / char["size"]
            below[char["fontname"]][round(share, 2)] += 1
    # No letter's box ends above its line: what does is raised, though it may be all of its font.
    depth = {
        font: min(0.0, max(shares, key=lambda share: (share <= 0, shares[share])))
        for font, shares in below.items()
    }
    return [
        Letter(
            _said(char["text"], char["fontname"]),
            char["x0"],
            char["x1"],
            char["top"],
            char["bottom"],
            char["bottom"] + depth.get(char["fontname"], 0.0) * char["size"],
            char["size"],
            visible and char["size"] >= SMALLEST,
            char["matrix"][0] <= 0 or char["matrix"][3] <= 0,
            _slant(char["matrix"]) > _SLANTED,
        )
        for char, visible in zip(chars, seen, strict=True)
    ]


def _said(text: str, font: str) -> str:
    """What a character shows, where its code says that less well."""
    if "\uf000" <= text <= "\uf0ff" and re.search("symbol", font, re.IGNORECASE):
        return shown(text, "Symbol")[0]
    # A soft hyphen that a page shows is a hyphen, as Word writes its minus.
    return text.replace("\u00ad", "-")


def _slant(matrix: Sequence[float]) -> float:
    """How far a character's line is from level or plumb, from 0 to 1."""
    along, up = sorted(map(abs, matrix[:2]))
    return along / up if up else 0.0


def struck_through(letters: Sequence[Letter], strokes: Sequence[Stroke]) -> Iterator[Letter]:
    """The letters of a page, with those that a line goes through told."""
    rows: dict[int, list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        low, high = sorted((stroke.y0, stroke.y1))
        for row in range(int(low // _BUCKET), int(high // _BUCKET) + 1):
            rows[row].append(stroke)
    for letter in letters:
        top = letter.base - _CROSSED[1] * letter.size
        near = range(int(top // _BUCKET), int(letter.base // _BUCKET) + 1)
        crossed = any(stroke.crosses(letter) for row in near for stroke in rows.get(row, ()))
        yield replace(letter, struck=True) if crossed and not letter.text.isspace() else letter


def looks(letters: Sequence[Letter]) -> list[Look]:
    """The look of each letter, judged beside those of its word and the words close to it."""
    found = [Look.SHOWN] * len(letters)
    for group in _groups(letters):
        for at, look in _beside_line(letters, group).items():
            found[at] = look
    for at, letter in enumerate(letters):
        if not letter.seen:
            found[at] = Look.UNSEEN
        elif letter.struck:
            found[at] = Look.STRUCK
    return found


def _groups(letters: Sequence[Letter]) -> list[list[int]]:
    """Letters that stand close beside each other, wherever they are on the line's height."""
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    recent: dict[int, list[int]] = defaultdict(list)
    for at in sorted(range(len(letters)), key=lambda at: letters[at].x0):
        letter = letters[at]
        if letter.text.isspace() or not letter.seen:
            continue
        rows = range(int(letter.top // _BUCKET), int(letter.bottom // _BUCKET) + 1)
        near = dict.fromkeys(
            group_of[other]
            for row in rows
            for other in recent[row]
            if _close(letters[other], letter)
        )
        if near:
            first, *rest = near
            for other in rest:
                for member in groups[other]:
                    group_of[member] = first
                groups[first] += groups[other]
                groups[other] = []
        else:
            first = len(groups)
            groups.append([])
        groups[first].append(at)
        group_of[at] = first
        for row in rows:
            recent[row] = [*recent[row][-7:], at]
    return [group for group in groups if len(group) > 1]


def _close(left: Letter, right: Letter) -> bool:
    highest = max(left.size, right.size)
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return right.x0 - left.x1 < _NEAR * highest and shared > _BESIDE * min(left.size, right.size)


def _beside_line(letters: Sequence[Letter], group: list[int]) -> dict[int, Look]:
    """The letters of a group that are raised or lowered beside its line."""
    size = max(letters[at].size for at in group)
    high = sorted(
        (at for at in group if letters[at].size >= _SMALL * size), key=lambda at: letters[at].x0
    )
    # The line is where most of the high letters stand; of two that have as many, the first.
    bases = Counter(letters[at].base for at in high)
    base = max(
        bases, key=lambda b: sum(n for other, n in bases.items() if abs(other - b) <= _OFF * size)
    )
    found = {}
    for at in group:
        letter = letters[at]
        off = base - letter.base
        if letter.size >= _SMALL * size or not (letter.text.isalnum() or letter.text in "*†‡"):
            if abs(off) > _OFF * size:
                found[at] = Look.RAISED if off > 0 else Look.LOWERED
            continue
        # An asterisk is raised by its own shape.
        raised = letter.text in "*†‡" and off >= -_OFF * size
        higher = off + _MIDDLE * letter.size > (_MIDDLE + 0.05) * size
        found[at] = Look.RAISED if raised or higher else Look.LOWERED
    return found
