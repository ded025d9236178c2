"""The least set of scanning faults that makes all identities of a component hold at once.

Cells bound by identities of two or three terms are joined into groups with all their joint
readings (``repair_groups``). The large sums are searched group by group: a state is the partial
sum of each open identity, kept at its least cost, and dropped when the rest can't bring the sum
home or the cost within the limit. A backward pass gives, for every value of every cell, the least
cost of a whole solution with that value. (Variable elimination over partial sums; the limit is
deepened until there is a solution, so the least cost is exact.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ojmf.repair.groups import DEEPEST, Group, Join, Leaf, Reading, SearchLimitError, Work
from ojmf.repair.relations import CONTRADICTION, Linear, Relation

MARGIN = 1
"""Solutions that cost this much more than the least count as equal: half a fault."""

_SMALL = 3
_MOST_STEPS = 500_000

_State = tuple[int, ...]
_Bounds = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Solution:
    """What solves a component.

    ``best`` is one cheapest reading of all cells; ``costs`` the least cost, above that of the
    cheapest, of a solution with each value of each cell, as far as ``MARGIN``.
    """

    best: Mapping[int, int]
    costs: Mapping[int, Mapping[int, int]]


def solve(leaves: Sequence[Leaf], relations: Sequence[Relation]) -> Solution:
    """Search one component.

    Raises ``SearchLimitError`` where nothing is found at a reasonable cost or the search grows too
    large.
    """
    work = Work(_MOST_STEPS)
    groups, large = _grouped(leaves, relations, work)
    search = _Search(groups, large, _excesses(groups, large, work), work)
    least = search.least()
    search.forward(least + MARGIN)
    return search.solution(least)


def _excesses(groups: Sequence[Group], relations: Sequence[Linear], work: Work) -> list[int]:
    """What each large relation by itself costs above the least costs of its groups."""
    found = []
    for relation in relations:
        touching = [group for group in groups if set(group.cells) & set(relation.cells)]
        search = _Search(touching, [relation], [0], work)
        found.append(search.least() - search.floor)
    return found


def _grouped(
    leaves: Sequence[Leaf], relations: Sequence[Relation], work: Work
) -> tuple[list[Group], list[Linear]]:
    """Join the cells of small relations into groups; the large sums are left over."""
    group_of: dict[int, Group] = {cell: leaf for leaf in leaves for cell in leaf.cells}
    used: set[str] = set()
    for relation in relations:
        if relation.name in used or (isinstance(relation, Linear) and len(relation.cells) > _SMALL):
            continue
        parts = list({id(group_of[cell]): group_of[cell] for cell in relation.cells}.values())
        cells = {cell for part in parts for cell in part.cells}
        within = [r for r in relations if r.name not in used and cells.issuperset(r.cells)]
        joined = Join(parts, within, work)
        used |= {r.name for r in within}
        group_of |= dict.fromkeys(cells, joined)
    groups = list({id(group): group for group in group_of.values()}.values())
    groups.sort(key=lambda group: min(group.cells))
    large = [r for r in relations if r.name not in used and isinstance(r, Linear)]
    return groups, large


class _Search:
    """The states of the large relations, group by group.

    ``excesses`` are lower bounds of what each relation costs above its groups' least costs. A
    group that a relation does not touch has that much less to spend.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        relations: Sequence[Linear],
        excesses: Sequence[int],
        work: Work,
    ) -> None:
        self.groups, self.relations, self.work = groups, relations, work
        self.floor = sum(group.minimum for group in groups)
        self.start = self.floor + max(excesses, default=0)
        self.touching = [
            [at for at, r in enumerate(relations) if set(r.cells) & set(group.cells)]
            for group in groups
        ]
        self.reserved = [
            max((e for at, e in enumerate(excesses) if at not in touched), default=0)
            for touched in self.touching
        ]
        last = {at: step for step, touched in enumerate(self.touching) for at in touched}
        self.closing = [
            [at for at in touched if last[at] == step] for step, touched in enumerate(self.touching)
        ]
        self.options: list[list[Reading]] = []
        self.moves: list[dict[_State, int]] = []
        self.layers: list[dict[_State, int]] = []

    def least(self) -> int:
        """The least cost of a solution; ``layers`` then hold at least the states within it.

        Raises ``SearchLimitError`` where there is none at a reasonable cost.
        """
        for limit in range(self.start, self.floor + DEEPEST + 1):
            cost = self.forward(limit)
            if cost is not None:
                return cost
        raise SearchLimitError

    def _parts(self, step: int, reading: Reading) -> _State:
        """What a group's reading adds to each relation that it touches."""
        values = dict(zip(self.groups[step].cells, reading[1], strict=True))
        return tuple(self.relations[at].part(values) for at in self.touching[step])

    def forward(self, limit: int) -> int | None:
        """Fill ``layers`` with the states within the limit; returns the least cost of them all."""
        spare = limit - self.floor
        self.options = [
            group.readings(group.minimum + spare - reserved)
            for group, reserved in zip(self.groups, self.reserved, strict=True)
        ]
        self.moves = []
        for step, options in enumerate(self.options):
            cheapest: dict[_State, int] = {}
            for reading in options:
                cheapest.setdefault(self._parts(step, reading), reading[0])
            self.moves.append(cheapest)
        bounds = self._bounds()
        self.layers = [{(0,) * len(self.relations): 0}]
        rest = self.floor
        for step, group in enumerate(self.groups):
            rest -= group.minimum
            following: dict[_State, int] = {}
            for state, cost in self.layers[-1].items():
                for parts, own in self.moves[step].items():
                    if cost + own + rest > limit:
                        break
                    after = self._after(step, state, parts, bounds[step])
                    if after is None:
                        continue
                    total = cost + own + after[1]
                    if total + rest <= limit and total < following.get(after[0], limit + 1):
                        following[after[0]] = total
            self.layers.append(following)
        return min(self.layers[-1].values(), default=None)

    def _bounds(self) -> list[_Bounds]:
        """For each step, the least and most that later groups can add to each relation."""
        bounds: list[_Bounds] = [[(0, 0)] * len(self.relations)]
        for step in range(len(self.groups) - 1, 0, -1):
            later = list(bounds[0])
            for place, at in enumerate(self.touching[step]):
                added = [parts[place] for parts in self.moves[step]]
                low, high = later[at]
                later[at] = (low + min(added, default=0), high + max(added, default=0))
            bounds.insert(0, later)
        return bounds

    def _after(
        self, step: int, state: _State, parts: _State, later: _Bounds
    ) -> tuple[_State, int] | None:
        """The state behind a move and what closing its relations costs; None where it can't be."""
        self.work.spend()
        sums = list(state)
        extra = 0
        for at, part in zip(self.touching[step], parts, strict=True):
            sums[at] += part
            relation = self.relations[at]
            if at in self.closing[step]:
                if not relation.meets(sums[at]):
                    if not relation.soft:
                        return None
                    extra += CONTRADICTION
                sums[at] = 0
            elif not relation.soft:
                low, high = later[at]
                reach = sums[at] + relation.constant
                if reach + low >= relation.width + 1 or reach + high <= -relation.width - 1:
                    return None
        return tuple(sums), extra

    def solution(self, least: int) -> Solution:
        """Read the solutions within the margin out of the layers, from behind."""
        bounds = self._bounds()
        to_go: dict[_State, int] = dict.fromkeys(self.layers[-1], 0)
        through: list[dict[_State, int]] = []
        ways: list[dict[_State, tuple[_State, _State]]] = []
        for step in range(len(self.groups) - 1, -1, -1):
            before: dict[_State, int] = {}
            way: dict[_State, tuple[_State, _State]] = {}
            cheapest: dict[_State, int] = {}
            for state, cost in self.layers[step].items():
                for parts, own in self.moves[step].items():
                    if cost + own > least + MARGIN:
                        break
                    after = self._after(step, state, parts, bounds[step])
                    if after is None or after[0] not in to_go:
                        continue
                    rest = own + after[1] + to_go[after[0]]
                    if rest < before.get(state, rest + 1):
                        before[state], way[state] = rest, (parts, after[0])
                    cheapest[parts] = min(cheapest.get(parts, cost + rest), cost + rest)
            to_go = before
            through.insert(0, cheapest)
            ways.insert(0, way)
        return Solution(self._best(ways), self._costs(through, least))

    def _best(self, ways: list[dict[_State, tuple[_State, _State]]]) -> dict[int, int]:
        best: dict[int, int] = {}
        state: _State = (0,) * len(self.relations)
        for step, group in enumerate(self.groups):
            parts, state = ways[step][state]
            reading = next(r for r in self.options[step] if self._parts(step, r) == parts)
            best |= dict(zip(group.cells, reading[1], strict=True))
        return best

    def _costs(self, through: list[dict[_State, int]], least: int) -> dict[int, dict[int, int]]:
        costs: dict[int, dict[int, int]] = {}
        for step, group in enumerate(self.groups):
            for reading in self.options[step]:
                parts = self._parts(step, reading)
                if parts not in through[step]:
                    continue
                total = through[step][parts] - self.moves[step][parts] + reading[0] - least
                if total <= MARGIN:
                    for cell, value in zip(group.cells, reading[1], strict=True):
                        known = costs.setdefault(cell, {})
                        known[value] = min(known.get(value, total), total)
        return costs
