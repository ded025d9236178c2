"""Which other figures are held back, for the small numbers not to be told from them.

Greedy, as the hypercube and other heuristics of cell suppression are: the least figure that alone
protects a small number is held back, else the least there is, and again. Every small number that
hangs together with a new one is audited anew, so the result holds whatever the order was. Last,
what turned out not to be needed is shown again, the largest first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from heapq import heappop, heappush

from ojmf.disclosure.audit import unprotected
from ojmf.disclosure.system import System


def settle(system: System) -> None:
    """Hold back cells of a system until each that must not be known is protected.

    Where the words ”färre än” would themselves give a small number away, it is muted with all that
    hangs together with it. What nothing more can protect, because the rest is public, is noted in
    ``exposed``. Figures in one sum alone are settled once for all that are alike.
    """
    done: set[int] = set()
    settled = dict[Hashable, System]()
    for cell in sorted(_secrets(system, system.hidden)):
        if cell not in done and (together := _in_one_sum(system, cell)):
            done |= {*together}
            _settle_alike(system, together, settled)
    _settle(system, done)


def _in_one_sum(system: System, cell: int) -> list[int]:
    """The cells of the only relation of a cell, which they have no other than; else none."""
    numbers = system.relations_of(cell)
    if len(numbers) != 1:
        return []
    cells = sorted({c for c, _ in system.relations[numbers[0]]})
    return cells if all(len(system.relations_of(c)) == 1 for c in cells) else []


def _settle_alike(system: System, cells: Sequence[int], settled: dict[Hashable, System]) -> None:
    """Settle the cells of one relation, or take what came of others that are like them."""
    place = {c: n for n, c in enumerate(cells)}
    relation = [
        (place[c], factor) for c, factor in system.relations[system.relations_of(cells[0])[0]]
    ]
    own = [system.cells[c] for c in cells]
    kept = [
        frozenset(place[c] for c in cells if c in kind)
        for kind in (system.hidden, system.muted, system.exposed)
    ]
    like = (*own, *relation, *kept)
    if like not in settled:
        hidden, muted, exposed = map(set, kept)
        settled[like] = System(own, [relation], system.limit, hidden, muted, exposed)
        _settle(settled[like], set())
    alone = settled[like]
    for whole, part in (
        (system.hidden, alone.hidden),
        (system.muted, alone.muted),
        (system.exposed, alone.exposed),
    ):
        whole.difference_update(cells)
        whole.update(cells[n] for n in part)


def _settle(system: System, done: set[int]) -> None:
    """:func:`settle` of all cells that are not ``done``, one after the other."""
    waiting = _secrets(system, system.hidden - done)
    # A heap, since to look for the least of all anew takes hours where hundreds of thousands wait.
    order = sorted(waiting)
    while waiting:
        first = heappop(order)
        if first not in waiting:
            continue
        together = _secrets(system, system.around(first)[0])
        cell = unprotected(system, together - system.exposed)
        if cell is None:
            waiting -= together
            continue
        _protect(system, cell)
        more = together | _secrets(system, system.around(cell)[0])
        for again in more - waiting | {first}:
            heappush(order, again)
        waiting |= more
    _trim(system, done)


def _trim(system: System, done: set[int]) -> None:
    """Show again what every small number is protected without."""
    helpers = system.hidden - done - _secrets(system, system.hidden)
    for cell in sorted(helpers, key=lambda n: (-abs(system.cells[n].value or 0.0), n)):
        silent = cell in system.muted
        concerned = _secrets(system, system.around(cell)[0]) - system.exposed
        _show(system, cell)
        while concerned:
            together = _secrets(system, system.around(min(concerned))[0])
            if unprotected(system, together - system.exposed) is not None:
                _hide(system, cell, muted=silent)
                break
            concerned -= together


def _protect(system: System, cell: int) -> None:
    """Hold one cell more back, mute what is around, or note that nothing helps."""
    together, relations = system.around(cell)
    silent = cell in system.muted
    near = system.candidates(system.relations_of(cell))
    for chosen in near:
        _hide(system, chosen, muted=silent)
        if unprotected(system, {cell}) is None:
            return
        _show(system, chosen)
    further = near or system.candidates(relations)
    if further:
        _hide(system, further[0], muted=silent)
        return
    small = _secrets(system, together)
    if small <= system.muted:
        system.exposed.add(cell)
        return
    # What was held back for words that are not said is shown again.
    for other in set(together) & system.hidden - small:
        _show(system, other)
    system.muted |= small


def _secrets(system: System, cells: Iterable[int]) -> set[int]:
    """Those of some cells that must not be known."""
    return {n for n in cells if n in system.hidden and system.cells[n].need is not None}


def _hide(system: System, cell: int, *, muted: bool) -> None:
    system.hidden.add(cell)
    if muted:
        system.muted.add(cell)


def _show(system: System, cell: int) -> None:
    system.hidden.discard(cell)
    system.muted.discard(cell)
