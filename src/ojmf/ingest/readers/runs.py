"""Runs of a cell or paragraph that look unlike each other, as the one text that the page says.

A raised ``1`` behind 125 is a footnote's mark and no digit, a struck 10 before 7 is withdrawn, and
what is not seen is not read. Where a reader of the page could not tell the figure either, the cell
is refused: that acts on figures and answers alone, any text is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from ojmf.ingest.readers.lines import CellText, clean


class Look(Enum):
    """How a run stands on the page."""

    SHOWN = auto()
    RAISED = auto()
    LOWERED = auto()
    STRUCK = auto()
    UNSEEN = auto()
    """Hidden, painted in the colour of its ground, or too small to be read."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; a line feed in it begins a new line.

    ``size`` is that of its letters in any unit, 0 where it is not known.
    """

    text: str
    look: Look = Look.SHOWN
    size: float = 0.0


SMALLEST = 3.0
"""Letters lower than so many points are not read by anyone."""
_ALIKE = 1.3
"""Digits of one figure are at most so many times larger than one another."""
_MARK = r"[(\[]?(?:\d{1,2}|[a-zåäöA-ZÅÄÖ]|\*{1,4}|[†‡§#])[)\]]?"
_MARKS = re.compile(rf"{_MARK}(?:[\s,;/]+{_MARK})*")
_HIGHEST_MARK = 30
_UNIT = re.compile(r"(?:^|[\s/(\d])[ckdm]?m$")
_UNIT_POWERS = {"2": "²", "3": "³"}
_POWER = re.compile(r"(?:^|[^\d.,])10\s*$")
_KEPT = re.compile(r"[%‰°º\s]*")
_FIGURES_ALONE = re.compile(r"[\d\s.,:;/+\-−–—‐‑()<>≤≥~≈±%*]*")
_GAP = re.compile(r"\d(?:[^\S\n]{2,}|\t)[-−–+(<>]?\d")


def cell_text(
    runs: Iterable[Run],
    *,
    marks: Sequence[str] = (),
    notes: Sequence[str] = (),
    refused: str | None = None,
    unit: str | None = None,
) -> str:
    """The text of a cell, a ``CellText`` where there is more to say of it than that.

    ``marks``, ``notes``, ``refused`` and ``unit`` are what the reader knows of the cell already.
    """
    runs = list(runs)
    given = [(look, "".join(run.text for run in same)) for look, same in _grouped(runs)]
    refused = refused or _uneven(runs)
    unseen = any(look is Look.UNSEEN and text.strip() for look, text in given)
    seen = [(look, text) for look, text in given if look is not Look.UNSEEN]
    if len(seen) == 1 and seen[0][0] is Look.SHOWN and not (unseen or marks or notes or refused):
        text = seen[0][1]
        why = _torn(text)
        return CellText(text, refused=why) if why else clean(text)
    cell = _Cell(seen, list(marks), list(notes), refused, unit)
    if unseen:
        cell.notes.append("dold text i cellen läses inte")
    return cell.text()


def paragraph_text(runs: Iterable[Run]) -> str:
    """The text of a paragraph, without what is struck or not seen, and without raised marks."""
    shown = [run for run in runs if run.look is not Look.STRUCK]
    return str(cell_text(shown))


def _grouped(runs: Iterable[Run]) -> Iterator[tuple[Look, Iterator[Run]]]:
    """Runs by look; white space has the look of what stands before it."""
    told: list[Run] = []
    for run in runs:
        if run.text.isspace() and told and run.look is not Look.UNSEEN:
            told.append(Run(run.text, told[-1].look))
        elif run.text:
            told.append(run)
    return groupby(told, key=lambda run: run.look)


def _uneven(runs: Sequence[Run]) -> str | None:
    """Why digits of several sizes can't be told: small ones on the line may be a mark."""
    shown = [run for run in runs if run.look is Look.SHOWN and run.size]
    sizes = [run.size for run in shown if any(map(str.isdigit, run.text))]
    return "siffrorna är olika stora" if sizes and max(sizes) > _ALIKE * min(sizes) else None


def _torn(text: str) -> str | None:
    """Why a text can't be one figure: it has several lines, or white space as between columns."""
    lines = [line for part in text.splitlines() if (line := part.strip())]
    if len(lines) > 1 and _FIGURES_ALONE.fullmatch(text) and re.search(r"\d", text):
        return f"cellen har {len(lines)} rader: ”{'”, ”'.join(lines)}”"
    return "cellen har ett brett mellanrum mellan siffror" if _GAP.search(text.strip()) else None


class _Cell:
    """Puts the seen runs of a cell together; what can't be told is a reason to refuse it."""

    def __init__(
        self,
        runs: Sequence[tuple[Look, str]],
        marks: list[str],
        notes: list[str],
        refused: str | None,
        unit: str | None,
    ) -> None:
        self.unit = unit
        self.runs = runs
        self.marks = marks
        self.notes = notes
        self.refused = refused
        self.parts: list[str] = []

    def text(self) -> str:
        """The text without marks and without what is struck."""
        shown = "".join(text for look, text in self.runs if look is Look.SHOWN)
        for index, (look, text) in enumerate(self.runs):
            if look is Look.SHOWN:
                self.parts.append(text)
            elif look is Look.STRUCK:
                self._struck(text)
            elif not shown.strip():
                self.parts.append(text)
                self._refuse(f"”{text.strip()}” är upphöjt eller nedsänkt, utan tal bredvid")
            elif look is Look.LOWERED:
                self.parts.append(text)
                self._refuse(f"”{text.strip()}” i cellen är nedsänkt")
            else:
                self._raised(index, text)
        text = "".join(self.parts)
        self._refuse(_torn(text))
        if not (self.marks or self.notes or self.refused):
            return clean(text)
        return CellText(
            text, marks=self.marks, notes=self.notes, refused=self.refused, unit=self.unit
        )

    def _refuse(self, why: str | None) -> None:
        self.refused = self.refused or why

    def _struck(self, text: str) -> None:
        others = [look for look, said in self.runs if said.strip() and look is not Look.STRUCK]
        if not others and not any(character.isdigit() for character in text):
            self.parts.append(text)
            self.notes.append("texten är struken i källan")
            return
        if others:
            self._refuse(f"”{text.strip()}” i cellen är struket")
        self.notes.append(f"struket i källan: ”{text.strip()}”")

    def _raised(self, index: int, text: str) -> None:
        """A raised mark, unit or power; ``km²`` keeps its power, anything unclear is refused."""
        mark, before = text.strip(), "".join(self.parts)
        after = "".join(said for look, said in self.runs[index + 1 :] if look is Look.SHOWN)
        if _UNIT.search(before) and mark in _UNIT_POWERS:
            self.parts.append(_UNIT_POWERS[mark])
        elif _KEPT.fullmatch(text):
            self.parts.append(text)
        elif not before.strip() and after.strip()[:1].isalpha():
            self.parts.append(f"{mark} ")
        elif (
            _MARKS.fullmatch(mark) is None
            or any(int(number) > _HIGHEST_MARK for number in re.findall(r"\d+", mark))
            or _POWER.search(before)
            or (after.strip() and before.strip() and re.search(r"\d", before + after))
        ):
            self.parts.append(text)
            self._refuse(f"”{mark}” i cellen är upphöjt")
        else:
            self.marks += re.findall(r"\w+|[^\w\s()\[\],;/]+", mark)
