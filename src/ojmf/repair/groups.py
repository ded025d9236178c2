"""Groups of cells bound by small identities, and all their joint readings up to a cost.

A group's readings are joined from its parts' readings, cheapest first; a part is only asked for
what the others leave of the cost. The least cost of a group is therefore exact, and a sharp lower
bound for the search over large sums.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Protocol

from ojmf.repair.candidates import CEILING, Candidate, Form, candidates
from ojmf.repair.relations import CONTRADICTION, Linear, Relation

Reading = tuple[int, tuple[int, ...]]
"""A cost, and the value of each of the group's cells in order."""

DEEPEST = 12
"""How far above the least costs of its parts a whole is looked for: six faults."""


_cost = itemgetter(0)


class SearchLimitError(Exception):
    """A search that has grown too large, or has found nothing at any reasonable cost."""


class Work:
    """What a search may cost in steps, so that it ends, and always at the same point."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self) -> None:
        """Take a step. Raises ``SearchLimitError`` when there is none left."""
        self.left -= 1
        if self.left < 0:
            raise SearchLimitError


class Group(Protocol):
    """Cells with joint readings."""

    cells: tuple[int, ...]
    minimum: int

    def readings(self, limit: int) -> list[Reading]:
        """All readings that cost at most ``limit``, cheapest first."""
        ...


class Leaf:
    """One cell by itself."""

    def __init__(self, cell: int, raw: str, form: Form) -> None:
        self.cells: tuple[int, ...] = (cell,)
        self.raw = raw
        self.form = form
        self.minimum = next((cost for cost in range(CEILING + 1) if self.readings(cost)), -1)
        if self.minimum < 0:
            raise SearchLimitError

    def candidates(self, limit: int) -> tuple[Candidate, ...]:
        """The readings of the printed text."""
        return candidates(self.raw, self.form, min(limit, CEILING))

    def readings(self, limit: int) -> list[Reading]:
        """All readings that cost at most ``limit``, cheapest first."""
        return [(c.cost, (c.value,)) for c in self.candidates(limit)] if limit >= 0 else []


class Join:
    """Groups joined by the relations that lie wholly within them together."""

    def __init__(self, parts: Sequence[Group], relations: Sequence[Relation], work: Work) -> None:
        self._work = work
        self.parts = sorted(parts, key=lambda part: len(part.readings(part.minimum)))
        self.cells = tuple(cell for part in self.parts for cell in part.cells)
        self._completed = self._by_completion(relations)
        self._known: tuple[int, list[Reading]] = (-1, [])
        floor = sum(part.minimum for part in parts)
        for limit in range(floor, floor + DEEPEST + 1):
            if self.readings(limit):
                self.minimum = limit
                return
        raise SearchLimitError

    def _by_completion(self, relations: Sequence[Relation]) -> list[list[Relation]]:
        """For each part, the relations whose last cells it brings."""
        completed: list[list[Relation]] = []
        seen: set[int] = set()
        left = list(relations)
        for part in self.parts:
            seen |= set(part.cells)
            completed.append([r for r in left if seen.issuperset(r.cells)])
            left = [r for r in left if r not in completed[-1]]
        return completed

    def readings(self, limit: int) -> list[Reading]:
        """All readings that cost at most ``limit``, cheapest first."""
        known, found = self._known
        if limit > known:
            found = _Joining(self.parts, self._completed, limit, self._work).found
            found.sort()
            self._known = (limit, found)
            return found
        return found[: bisect_right(found, limit, key=_cost)]


class _Joining:
    """One run of the join: part by part, within what is left of the cost."""

    def __init__(
        self, parts: Sequence[Group], completed: list[list[Relation]], limit: int, work: Work
    ) -> None:
        self.parts, self.completed, self.limit, self.work = parts, completed, limit, work
        self.found: list[Reading] = []
        floor = sum(part.minimum for part in parts)
        self.rest = [sum(p.minimum for p in parts[at + 1 :]) for at in range(len(parts))]
        self.options = [part.readings(limit - floor + part.minimum) for part in parts]
        self.keys: list[Linear | None] = []
        self.sorted: list[tuple[list[int], list[Reading]]] = []
        for part, done, options in zip(parts, completed, self.options, strict=True):
            key = next((r for r in done if isinstance(r, Linear)), None)
            pairs: list[tuple[int, Reading]] = []
            if key is not None:
                pairs = sorted(
                    (key.part(dict(zip(part.cells, reading[1], strict=True))), reading)
                    for reading in options
                )
            self.keys.append(key)
            self.sorted.append(([p for p, _ in pairs], [reading for _, reading in pairs]))
        self._extend(0, 0, {})

    def _extend(self, at: int, cost: int, values: dict[int, int]) -> None:
        if at == len(self.parts):
            self.found.append((cost, tuple(values[c] for part in self.parts for c in part.cells)))
            return
        left = self.limit - cost - self.rest[at]
        for own, reading in self._matching(at, values, left):
            self.work.spend()
            values.update(zip(self.parts[at].cells, reading, strict=True))
            more = own
            for relation in self.completed[at]:
                if not relation.holds(values):
                    more += CONTRADICTION if relation.soft else left + 1
            if more <= left:
                self._extend(at + 1, cost + more, values)
        for cell in self.parts[at].cells:
            values.pop(cell, None)

    def _matching(self, at: int, values: dict[int, int], left: int) -> Iterator[Reading]:
        """The part's readings within the cost that can meet the key relation, if there is one.

        Where the key relation may be left violated, also those that the cost of that leaves.
        """
        key = self.keys[at]
        options = self.options[at]
        if key is None:
            yield from options[: bisect_right(options, left, key=_cost)]
            return
        parts, readings = self.sorted[at]
        middle = -key.constant - key.part(values)
        low, high = bisect_left(parts, middle - key.width), bisect_right(parts, middle + key.width)
        for reading in readings[low:high]:
            if reading[0] <= left:
                yield reading
        if key.soft:
            for reading in options[: bisect_right(options, left - CONTRADICTION, key=_cost)]:
                part = key.part(dict(zip(self.parts[at].cells, reading[1], strict=True)))
                if not low <= bisect_left(parts, part) < high:
                    yield reading
