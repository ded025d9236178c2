"""Deterministic damage to the lines of a document: what goes wrong when a report is copied."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ojmf.declarations import Source
from ojmf.ingest.document import Document

FIGURE = re.compile(r"[-−]?\d[\d ]*(?:[.,]\d+)?")
ANSWER = re.compile(r"JA|NEJ|DELVIS")
KINDS = (
    "digit",
    "minus",
    "comma",
    "blank",
    "answer",
    "no-answer",
    "label",
    "tab-lost",
    "row-dropped",
    "row-doubled",
    "rows-swapped",
    "month-moved",
    "future-month",
)
STRUCTURAL = ("no-answer", "label", "tab-lost", "row-dropped", "row-doubled", "future-month")


@dataclass(frozen=True)
class Mutation:
    """One change: its kind, the line it stands on, the text before and after."""

    kind: str
    line: int
    before: str
    after: str
    column: int | None = None


def cells_of(line: str, scanned: bool) -> list[str]:
    return line.split(" " if scanned else "\t")


def _join(cells: list[str], scanned: bool) -> str:
    return (" " if scanned else "\t").join(cells)


def _figures(cells: list[str], scanned: bool) -> list[int]:
    first = 0 if scanned else 1
    return [i for i in range(first, len(cells)) if FIGURE.fullmatch(cells[i].strip())]


def _changed(kind: str, cell: str, draw: random.Random) -> str | None:
    """The cell after a change of its text; None where the kind can't change it."""
    if kind == "digit":
        at = draw.choice([i for i, letter in enumerate(cell) if letter.isdigit()])
        digit = draw.choice([d for d in "0123456789" if d != cell[at]])
        return cell[:at] + digit + cell[at + 1 :]
    if kind == "minus":
        if not cell.strip("0,-−"):
            return None  # zero has no sign
        return cell[1:] if cell[0] in "-−" else f"-{cell}"
    if kind == "comma":
        return cell.replace(",", "", 1) if "," in cell else None
    return "" if kind == "blank" else None


class Mutator:
    """Makes one random change at a time to the lines on which a source's figures stand."""

    def __init__(self, source: Source, document: Document, lines: list[int], seed: int) -> None:
        self.source = source
        self.document = document
        self.lines = sorted(set(lines))
        self.draw = random.Random(seed)

    def make(self, kind: str) -> tuple[Document, Mutation] | None:
        """A changed document; None where the drawn line offers nothing to change."""
        line = self.draw.choice(self.lines)
        change: Callable = getattr(self, f"_{kind.replace('-', '_')}", self._cell)
        made: tuple[Document, Mutation] | None = change(kind, line)
        return made

    def _with(self, kind: str, line: int, text: str, column: int | None = None):
        lines = list(self.document.lines)
        before, lines[line - 1] = lines[line - 1], text
        if before == text:
            return None
        mutation = Mutation(kind, line, before, text, column)
        return replace(self.document, lines=lines), mutation

    def _cell(self, kind: str, line: int):
        scanned = self.source.scanned
        cells = cells_of(self.document.line(line), scanned)
        figures = _figures(cells, scanned)
        if not figures or (scanned and kind == "blank"):
            return None
        at = self.draw.choice(figures)
        after = _changed(kind, cells[at], self.draw)
        if after is None:
            return None
        cells[at] = after
        return self._with(kind, line, _join(cells, scanned), at)

    def _answer(self, kind: str, line: int):
        cells = cells_of(self.document.line(line), scanned=False)
        at = [i for i, cell in enumerate(cells) if ANSWER.fullmatch(cell)]
        if not at:
            return None
        cells[at[0]] = self.draw.choice([a for a in ("JA", "NEJ", "DELVIS") if a != cells[at[0]]])
        return self._with(kind, line, _join(cells, scanned=False), at[0])

    def _no_answer(self, kind: str, line: int):
        cells = cells_of(self.document.line(line), scanned=False)
        at = [i for i, cell in enumerate(cells) if ANSWER.fullmatch(cell)]
        if not at:
            return None
        cells[at[0]] = self.draw.choice(["JAA", "NJE", "KANSKE", "J A", "1"])
        return self._with(kind, line, _join(cells, scanned=False), at[0])

    def _label(self, kind: str, line: int):
        cells = cells_of(self.document.line(line), self.source.scanned)
        if len(cells) < 2 or len(cells[0]) < 4 or cells[0].isdigit() or "<" in cells[0]:
            return None
        at = self.draw.randrange(1, len(cells[0]) - 1)
        cells[0] = cells[0][:at] + "x" + cells[0][at + 1 :]
        return self._with(kind, line, _join(cells, self.source.scanned))

    def _tab_lost(self, kind: str, line: int):
        text = self.document.line(line)
        at = [i for i, letter in enumerate(text) if letter == "\t" and text[i - 1 : i].isalnum()]
        if not at or text[at[0] + 1 : at[0] + 2] in {"\t", ""}:
            return None
        return self._with(kind, line, text[: at[0]] + " " + text[at[0] + 1 :])

    def _row_dropped(self, kind: str, line: int):
        return self._with(kind, line, "")

    def _row_doubled(self, kind: str, line: int):
        lines = list(self.document.lines)
        text = lines[line - 1]
        if "\t" not in text and not self.source.scanned:
            return None
        lines.insert(line, text)
        return replace(self.document, lines=lines), Mutation(kind, line, text, text)

    def _rows_swapped(self, kind: str, line: int):
        """Two rows that stand next to each other change figures."""
        scanned = self.source.scanned
        following = line + 1
        if following not in self.lines:
            return None
        one, two = (cells_of(self.document.line(n), scanned) for n in (line, following))
        a, b = _figures(one, scanned), _figures(two, scanned)
        if len(a) != len(b) or [one[i] for i in a] == [two[i] for i in b]:
            return None
        for i, j in zip(a, b, strict=True):
            one[i], two[j] = two[j], one[i]
        changed = self._with(kind, line, _join(one, scanned))
        if changed is None:
            return None
        lines = list(changed[0].lines)
        lines[following - 1] = _join(two, scanned)
        return replace(self.document, lines=lines), changed[1]

    def _monthly(self, line: int) -> list[str] | None:
        cells = self.document.line(line).split("\t")
        is_year = re.fullmatch(r"20\d\d", cells[0]) is not None
        return cells if is_year and len(cells) == 13 else None

    def _month_moved(self, kind: str, line: int):
        """Two months that stand next to each other change figures."""
        cells = self._monthly(line)
        if cells is None:
            return None
        at = self.draw.randrange(1, 12)
        if not (cells[at].strip() and cells[at + 1].strip()):
            return None
        cells[at], cells[at + 1] = cells[at + 1], cells[at]
        return self._with(kind, line, "\t".join(cells), at)

    def _future_month(self, kind: str, line: int):
        """A figure stands in a month that the report does not reach."""
        cells = self._monthly(line)
        if cells is None or cells[12].strip():
            return None
        cells[12] = self.draw.choice(["7", "12", "103"])
        return self._with(kind, line, "\t".join(cells), 12)
