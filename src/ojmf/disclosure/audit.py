"""What a reader can reckon out: the least and the most that a figure held back can be.

A reader knows every published figure, every declared sum, that counts are not negative, and what
is said of the figures that are held back. The bounds are exact: they are found by linear
programming, or from the one sum that there is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf
from typing import TYPE_CHECKING

from ojmf.disclosure.moving import can_be
from ojmf.disclosure.system import System

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEAR = 1e-6
_OPTIMAL, _UNBOUNDED = 0, 3  # of scipy.optimize.milp


def unprotected(system: System, cells: Collection[int]) -> int | None:
    """The first of some cells that a reader can tell too much of, None where there is none.

    All hang together. Every value from 0 to what a cell needs must be possible to a reader.
    """
    needs = {n: need for n in sorted(cells) if (need := system.cells[n].need) is not None}
    for cell, need in needs.items():
        ends = [_of_one(system, cell, number) for number in system.relations_of(cell)]
        if any(low > _NEAR or high < need - _NEAR for low, high in ends):
            return cell
    together, relations = system.around(next(iter(needs))) if needs else ([], [])
    if len(relations) < 2:
        return None
    for cell, (low, high) in _tightened(system, together, relations).items():
        if cell in needs and (low > _NEAR or high < needs[cell] - _NEAR):
            return cell
    program: _Program | None = None
    for sign in (1.0, -1.0):
        left = {n for n, need in needs.items() if not can_be(system, n, 0.0 if sign > 0 else need)}
        while left:
            program = program or _Program(system, together, relations)
            # A point where many are at their ends at once shows it of all of them.
            point = program.solve(sign, left, caps=needs)
            seen = _at_end(point, left, needs, sign)
            if not seen:
                cell = min(left)
                seen = _at_end(program.solve(sign, {cell}, caps=needs), {cell}, needs, sign)
                if not seen:
                    return cell
            left -= seen
    return None


def _at_end(
    point: dict[int, float] | None, left: set[int], needs: dict[int, float], sign: float
) -> set[int]:
    """The cells that a possible set of values has at 0, or else at what they need."""
    if point is None:
        return set()
    if sign > 0:
        return {n for n in left if point[n] <= _NEAR}
    return {n for n in left if point[n] >= needs[n] - _NEAR}


def bounds(system: System, cell: int) -> tuple[float, float]:
    """The least and the most that a cell held back can be, to a reader of all the rest."""
    cells, relations = system.around(cell)
    if not relations:
        return system.range_of(cell)
    if len(relations) == 1:
        return _of_one(system, cell, relations[0])
    program = _Program(system, cells, relations)
    least, most = program.solve(1.0, {cell}), program.solve(-1.0, {cell})
    return -inf if least is None else least[cell], inf if most is None else most[cell]


def _rest(system: System, number: int) -> float:
    """What the unknown terms of a relation come to.

    Printed figures do not always add up; what is left over is no secret and is counted in.
    """
    terms = [(factor, c, system.cells[c].value) for c, factor in system.relations[number]]
    known = [(factor, value or 0.0) for factor, c, value in terms if not system.unknown(c)]
    if any(value is None for _, _, value in terms):
        return -sum(factor * value for factor, value in known)
    hidden = [(factor, value or 0.0) for factor, c, value in terms if system.unknown(c)]
    return sum(factor * value for factor, value in hidden)


def _of_one(system: System, cell: int, number: int) -> tuple[float, float]:
    """What one relation tells of a cell."""
    rest = _rest(system, number)
    own = next(factor for c, factor in system.relations[number] if c == cell)
    least = most = rest / own
    for other, factor in system.relations[number]:
        if other != cell and system.unknown(other):
            ends = [-factor / own * end for end in system.range_of(other)]
            least, most = least + min(ends), most + max(ends)
    low, high = system.range_of(cell)
    return max(low, least), min(high, most)


def _tightened(
    system: System, cells: Collection[int], relations: Collection[int], rounds: int = 5
) -> dict[int, tuple[float, float]]:
    """Bounds of cells that each relation gives, one after the other; the true ones may be closer.

    Nothing where a cell is without a value, which can be at odds with printed sums.
    """
    if any(system.cells[c].value is None for c in cells):
        return {}
    ranges = {c: system.range_of(c) for c in cells}
    for _ in range(rounds):
        before = dict(ranges)
        for number in relations:
            rest = _rest(system, number)
            terms = [(c, factor) for c, factor in system.relations[number] if c in ranges]
            for cell, own in terms:
                others = [sorted(f * end for end in ranges[c]) for c, f in terms if c != cell]
                ends = [(rest - sum(side)) / own for side in zip(*others, strict=True)] or [
                    rest / own
                ] * 2
                low, high = ranges[cell]
                ranges[cell] = max(low, min(ends)), min(high, max(ends))
        if ranges == before:
            break
    return ranges


class _Program:
    """The sums of some cells as constraints on those of them that a reader does not know."""

    def __init__(self, system: System, cells: Sequence[int], relations: Sequence[int]) -> None:
        self._system = system
        self._cells = list(cells)
        self._place = {c: n for n, c in enumerate(cells)}
        self._ranges = [system.range_of(c) for c in cells]
        self._relations = list(relations)
        # Figures that nobody knows can be at odds with printed sums, which tell nothing then.
        strange = any(system.cells[c].value is None for c in cells)
        if strange and self.solve(1.0, set()) is None:
            known = {c for c in range(len(system.cells)) if system.cells[c].value is not None}
            terms = {n: {c for c, _ in system.relations[n]} for n in relations}
            self._relations = [n for n in relations if terms[n] <= known]

    def solve(
        self, sign: float, goal: set[int], *, caps: dict[int, float] | None = None
    ) -> dict[int, float] | None:
        """Possible values of the cells where the sum of those in ``goal`` is the least.

        With the sign -1 it is the most, and those in ``goal`` are held to their ``caps``. None
        where there are none, or no end to it.
        """
        # Heavy, and needed only where small numbers stand in several sums at once.
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        costs = np.zeros(len(self._cells))
        low, high = (np.array(ends, dtype=float) for ends in zip(*self._ranges, strict=True))
        for cell in goal:
            at = self._place[cell]
            costs[at] = sign
            if sign < 0 and caps is not None:
                high[at] = min(high[at], caps[cell])
        rest = np.array([_rest(self._system, n) for n in self._relations])
        sums = LinearConstraint(self._matrix(), rest, rest)
        found = milp(costs, constraints=sums, bounds=Bounds(low, high))
        if found.status != _OPTIMAL:
            return None
        return dict(zip(self._cells, map(float, found.x), strict=True))

    def _matrix(self) -> NDArray[np.float64]:
        import numpy as np

        matrix = np.zeros((len(self._relations), len(self._cells)))
        for row, number in enumerate(self._relations):
            for cell, factor in self._system.relations[number]:
                if cell in self._place:
                    matrix[row, self._place[cell]] += factor
        return matrix
