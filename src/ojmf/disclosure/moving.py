"""Other values that a reader must reckon with, found by moving the true ones.

A figure is given the value asked for, and each sum that no longer holds is mended by another figure
of it that the reader doesn't know. Most small numbers are shown to be safe by a few such steps,
hundreds of times faster than by linear programming, which decides where no steps are found.
"""

from __future__ import annotations

from ojmf.disclosure.system import System

_NEAR = 1e-6
_STEPS = 60
"""So many moves are tried; longer chains are left to linear programming."""


def can_be(system: System, cell: int, value: float) -> bool:
    """Whether moves are found after which a cell that is held back has a value; no proof if not."""
    true = system.cells[cell].value
    if true is None:
        return False
    search = _Search(system)
    return search.may_move(cell, value - true) and search.settled({cell: value - true})


class _Search:
    def __init__(self, system: System) -> None:
        self._system = system
        self._steps = _STEPS

    def settled(self, moves: dict[int, float]) -> bool:
        """Whether the sums around some moves hold, or do so after more moves."""
        broken = self._broken(moves)
        if broken is None:
            return True
        number, off = broken
        for other, factor in self._system.relations[number]:
            if other in moves or not self._system.unknown(other):
                continue
            if self._steps == 0:
                return False
            self._steps -= 1
            move = -off / factor
            if self.may_move(other, move) and self.settled({**moves, other: move}):
                return True
        return False

    def may_move(self, cell: int, move: float) -> bool:
        """Whether a cell has a true value that a reader can't tell from the one moved to."""
        true = self._value(cell)
        low, high = self._system.range_of(cell)
        return true is not None and low - _NEAR <= true and low <= true + move <= high + _NEAR

    def _value(self, cell: int) -> float | None:
        """The true value of a cell; of one that nobody knows, what is left for it in its sum."""
        known = self._system.cells[cell].value
        if known is not None:
            return known
        numbers = self._system.relations_of(cell)
        if len(numbers) != 1:
            return None
        left = own = 0.0
        for other, factor in self._system.relations[numbers[0]]:
            value = self._system.cells[other].value
            if other == cell:
                own = factor
            elif value is None:
                return None
            else:
                left += factor * value
        return -left / own

    def _broken(self, moves: dict[int, float]) -> tuple[int, float] | None:
        """The first sum that doesn't hold after some moves, and by how much."""
        for cell in moves:
            for number in self._system.relations_of(cell):
                off = sum(
                    factor * moves.get(c, 0.0) for c, factor in self._system.relations[number]
                )
                if abs(off) > _NEAR:
                    return number, off
        return None
