"""What a reader can reckon with: the figures of a workspace as cells, and sums of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, maybe printed in several places.

    ``value`` is None where nobody knows it; ``low`` is the least that a reader must reckon with.
    ``need`` is set for a figure that must not be known: all from 0 to ``need`` have to stay
    possible. ``counted`` says that it is a count of persons, which are told to be few where they
    are, ``free`` that it can be held back at all, and ``reckoned`` that nobody prints it itself.
    """

    value: float | None
    low: float = 0.0
    need: float | None = None
    counted: bool = False
    free: bool = True
    reckoned: bool = False


Relation = Sequence[tuple[int, float]]
"""Numbers of cells with their factors: together they come to nothing."""


@dataclass(slots=True)
class System:
    """Cells and relations, and which cells are held back.

    ``muted`` are those that are not told to be few either, so that a reader knows nothing of them;
    a cell that is held back with a figure told to be few is known not to be few itself.
    ``exposed`` are cells that nothing more can protect.
    """

    cells: list[Cell]
    relations: list[Relation]
    limit: float
    hidden: set[int] = field(default_factory=set)
    muted: set[int] = field(default_factory=set)
    exposed: set[int] = field(default_factory=set)
    _of_cell: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hidden |= {n for n, cell in enumerate(self.cells) if cell.need is not None}
        for number, relation in enumerate(self.relations):
            for cell, _ in relation:
                self._of_cell.setdefault(cell, []).append(number)

    def relations_of(self, cell: int) -> list[int]:
        """The numbers of the relations that a cell is a term of."""
        return self._of_cell.get(cell, [])

    def unknown(self, cell: int) -> bool:
        """Whether a reader does not know the value of a cell."""
        return cell in self.hidden or self.cells[cell].value is None

    def around(self, cell: int) -> tuple[list[int], list[int]]:
        """The unknown cells that hang together with a cell, and the relations between them."""
        seen, relations, waiting = {cell}, dict[int, None](), [cell]
        while waiting:
            for number in self.relations_of(waiting.pop()):
                if number in relations:
                    continue
                relations[number] = None
                more = {c for c, _ in self.relations[number] if self.unknown(c)} - seen
                seen |= more
                waiting += more
        return sorted(seen), sorted(relations)

    def range_of(self, cell: int) -> tuple[float, float]:
        """What a reader knows of an unknown cell before any reckoning."""
        known = self.cells[cell]
        told = known.counted and cell in self.hidden and cell not in self.muted
        if known.value is None or not told:
            return known.low, inf
        if known.need is None:
            return self.limit, inf
        return known.low, self.limit - 1 if float(known.value).is_integer() else self.limit

    def candidates(self, relations: Iterable[int]) -> list[int]:
        """The published cells of relations that can be held back, the least first.

        Before them come those that are reckoned: a share that tells one is held back with a count
        or a whole that is printed, too.
        """
        found = {c for n in relations for c, _ in self.relations[n]}
        there = [c for c in found if not self.unknown(c) and self.cells[c].free]
        return sorted(
            there, key=lambda c: (not (one := self.cells[c]).reckoned, abs(one.value or 0.0), c)
        )
