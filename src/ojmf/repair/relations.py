"""The relations of a search for repairs: identities over cells, in whole millionths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

CONTRADICTION = 4
"""The cost of leaving a figure unlike itself in two places: two tables may truly contradict."""

_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Linear:
    """Terms that add up to nothing within their rounding.

    ``factors`` by cell; ``constant`` is what the text states; ``width`` the sum of the half units.
    ``soft``: may be left violated at the cost ``CONTRADICTION``.
    """

    name: str
    factors: Mapping[int, float]
    constant: int
    width: int
    soft: bool

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells involved."""
        return tuple(self.factors)

    def part(self, values: Mapping[int, int]) -> int:
        """What the cells that have values contribute to the sum."""
        return round(sum(f * values[cell] for cell, f in self.factors.items() if cell in values))

    def meets(self, total: int) -> bool:
        """Whether the sum of all cells' parts is nothing within rounding."""
        residual = total + self.constant
        return residual == 0 or abs(residual) < self.width

    def holds(self, values: Mapping[int, int]) -> bool:
        """Whether the relation holds for these values of its cells."""
        return self.meets(self.part(values))


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient of two cells that is a third cell's change in percent, or a stated quotient.

    ``halves`` are the half units by cell, ``stated`` the bounds of the stated quotient.
    """

    name: str
    over: int
    under: int
    result: int | None
    halves: Mapping[int, int]
    stated: tuple[float, float] | None
    soft: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells involved."""
        return (self.over, self.under) + ((self.result,) if self.result is not None else ())

    def holds(self, values: Mapping[int, int]) -> bool:
        """Whether the intervals meet; not where the divisor may be zero."""
        bounds = {
            cell: (values[cell] - self.halves[cell], values[cell] + self.halves[cell])
            for cell in self.cells
        }
        if bounds[self.under][0] * bounds[self.under][1] <= 0:
            return False
        found = [a / b for a, b in product(bounds[self.over], bounds[self.under])]
        low, high = min(found), max(found)
        if self.stated is not None:
            other = self.stated
        else:
            assert self.result is not None
            other = (bounds[self.result][0] / 1e8 + 1, bounds[self.result][1] / 1e8 + 1)
        residual = (low + high - other[0] - other[1]) / 2
        width = (high - low + other[1] - other[0]) / 2
        return abs(residual) < width - _EPSILON or abs(residual) < _EPSILON


Relation = Linear | Quotient
