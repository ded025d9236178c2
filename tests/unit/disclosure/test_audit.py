"""A reader who reckons with everything that is published cannot tell a small number."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojmf.disclosure.audit import _tightened, bounds, unprotected
from ojmf.disclosure.choosing import _settle, settle
from ojmf.disclosure.moving import can_be
from ojmf.disclosure.system import Cell, Relation, System

LIMIT = 5
WOMEN_AND_MEN: list[Relation] = [[(0, 1.0), (1, -1.0), (2, -1.0)]]
MOST = 40
"""No count in these tests is larger, nor is any that a reader tries."""


def count(value: float | None, *, free: bool = True) -> Cell:
    small = value is not None and value < LIMIT and free
    return Cell(value, need=LIMIT - 1 if small else None, counted=True, free=free)


def settled(values: list[float | None], relations: list[Relation]) -> System:
    system = System([count(value) for value in values], relations, LIMIT)
    settle(system)
    return system


def two_ways(body: list[list[int]]) -> tuple[list[int], list[Relation], list[tuple[int, int]]]:
    """A table with its margins: values, sums, and the row and column of each value."""
    height, width = len(body), len(body[0])
    places = list(itertools.product(range(height + 1), range(width + 1)))
    at = {place: n for n, place in enumerate(places)}

    def rows(row: int) -> list[int]:
        return [row] if row < height else list(range(height))

    def columns(column: int) -> list[int]:
        return [column] if column < width else list(range(width))

    values = [sum(body[r][c] for r in rows(row) for c in columns(column)) for row, column in places]
    relations: list[Relation] = []
    for row in range(height + 1):
        parts = [(at[row, column], -1.0) for column in range(width)]
        relations.append([(at[row, width], 1.0), *parts])
    for column in range(width + 1):
        parts = [(at[row, column], -1.0) for row in range(height)]
        relations.append([(at[height, column], 1.0), *parts])
    return values, relations, places


@pytest.mark.parametrize(
    ("values", "hidden", "muted"),
    [
        ([53, 3, 50], {1, 2}, set()),
        ([53, 0, 53], {0, 1}, set()),
        ([5, 5, 0], {0, 2}, set()),
        ([2, 1, 1], {0, 1, 2}, set()),
        ([8, 3, 5], {0, 1}, set()),
        # ”Färre än 5” of both would leave 3 and 4 only: neither is told to be few.
        ([7, 3, 4], {1, 2}, {1, 2}),
        ([40, 20, 20], set(), set()),
        ([None, 3, 9], {1}, set()),
    ],
)
def test_women_and_men(values: list[float | None], hidden: set[int], muted: set[int]) -> None:
    system = settled(values, WOMEN_AND_MEN)
    assert (system.hidden, system.muted) == (hidden, muted)


@settings(max_examples=60, deadline=None)
@given(
    groups=st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 1), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_alike_is_settled_as_if_alone(groups: list[tuple[int, int, int, bool]]) -> None:
    cells, relations = list[Cell](), list[Relation]()
    for women, men, more, free in groups:
        first = len(cells)
        relations.append([(first, 1.0), (first + 1, -1.0), (first + 2, -1.0)])
        cells += [count(women + men + more, free=free), count(women), count(men)]
    together, alone = (System(cells, relations, LIMIT) for _ in range(2))
    settle(together)
    _settle(alone, set())
    assert (together.hidden, together.muted, together.exposed) == (
        alone.hidden,
        alone.muted,
        alone.exposed,
    )


def test_what_is_not_needed_is_shown_again() -> None:
    """A rectangle of four protects one small number in a table with margins."""
    values, relations, _ = two_ways([[3, 20], [30, 40]])
    system = settled([float(value) for value in values], relations)
    assert {values[cell] for cell in system.hidden} == {3, 20, 30, 40}


def test_what_public_figures_tell_is_exposed() -> None:
    cells = [count(53, free=False), count(3), count(50, free=False)]
    system = System(cells, WOMEN_AND_MEN, LIMIT)
    settle(system)
    assert system.exposed == {1}


def test_a_sum_that_does_not_add_up_is_reckoned_with() -> None:
    system = System([count(60), count(3), count(50)], WOMEN_AND_MEN, LIMIT)
    assert bounds(system, 1) == (3.0, 3.0)
    assert unprotected(system, {1}) == 1


def test_a_figure_that_nobody_knows_takes_part_in_sums() -> None:
    system = System([count(9), count(3), count(None)], WOMEN_AND_MEN, LIMIT)
    assert bounds(system, 1) == (0.0, 4.0)
    assert bounds(system, 2) == (5.0, 9.0)


def test_sums_that_cannot_be_tell_nothing_of_a_figure_that_nobody_knows() -> None:
    """Nine is one and two together, which are less than four with a third."""
    relations: list[Relation] = [*WOMEN_AND_MEN, [(3, 1.0), (1, -1.0), (2, -1.0), (4, -1.0)]]
    system = System([count(v) for v in (9, 3, None, 4, 2)], relations, LIMIT)
    assert bounds(system, 1) == (0.0, 4.0)
    settle(system)
    assert system.hidden == {1, 3, 4}


counts = st.one_of(st.integers(0, 6), st.integers(0, 12))


@settings(max_examples=40, deadline=None)
@given(body=st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2))
def test_every_small_number_stays_possible_in_a_table(body: list[list[int]]) -> None:
    """Every table of whole numbers is tried that agrees with what is published.

    This knows nothing of relations or of linear programming: it adds up margins.
    """
    values, relations, places = two_ways(body)
    system = settled([float(value) for value in values], relations)
    assert not system.exposed
    axis = np.arange(MOST // 2 + 1)
    tried = np.meshgrid(*[axis] * 4, indexing="ij")
    possible = np.ones(tried[0].shape, dtype=bool)
    sums = {}
    for cell, (row, column) in enumerate(places):
        rows, columns = ([row] if row < 2 else [0, 1]), ([column] if column < 2 else [0, 1])
        sums[cell] = np.sum([tried[2 * r + c] for r in rows for c in columns], axis=0)
        if cell not in system.hidden:
            possible &= sums[cell] == values[cell]
        elif values[cell] < LIMIT and cell not in system.muted:
            possible &= sums[cell] < LIMIT
        elif cell not in system.muted:
            possible &= sums[cell] >= LIMIT
    for cell in system.hidden:
        if values[cell] < LIMIT:
            assert len(np.unique(sums[cell][possible])) >= LIMIT


@settings(max_examples=25, deadline=None)
@given(
    groups=st.lists(st.tuples(counts, counts), min_size=2, max_size=5),
    rest=st.integers(0, 30),
)
def test_no_sum_over_places_and_sexes_tells_a_small_number(
    groups: list[tuple[int, int]], rest: int
) -> None:
    """A county of municipalities, each with women and men, audited by bounds of its own."""
    groups = [*groups, (rest, rest + 7)]
    values, relations, _ = two_ways([[women, men] for women, men in groups])
    system = settled([float(value) for value in values], relations)
    assert not system.exposed
    for cell in system.hidden:
        if values[cell] < LIMIT:
            low, high = bounds(system, cell)
            assert low <= 1e-6
            assert high >= LIMIT - 1 - 1e-6


@settings(max_examples=30, deadline=None)
@given(
    body=st.lists(st.tuples(counts, counts, counts), min_size=2, max_size=4),
    more=st.sets(st.integers(0, 15), max_size=6),
)
def test_the_quick_ways_never_say_more_than_the_exact_one(
    body: list[tuple[int, int, int]], more: set[int]
) -> None:
    values, relations, _ = two_ways([list(line) for line in body])
    cells = [count(value) for value in values]
    system = System(cells, relations, LIMIT, hidden={n for n in more if n < len(cells)})
    for cell in sorted(system.hidden):
        low, high = bounds(system, cell)
        together, around = system.around(cell)
        outer = _tightened(system, together, around).get(cell, system.range_of(cell))
        assert outer[0] <= low + 1e-6
        assert outer[1] >= high - 1e-6
        for value in range(MOST):
            if can_be(system, cell, float(value)):
                assert low - 1e-6 <= value <= high + 1e-6


def test_a_country_of_small_numbers_is_settled_one_after_the_other() -> None:
    """The time grows with the number of small counts, and not with its square."""
    number = 100_000
    relations: list[Relation] = [[(n, 1.0), (n + 1, -1.0)] for n in range(0, number, 2)]
    started = time.process_time()
    system = settled([3.0] * number, relations)
    assert len(system.hidden) == number
    assert time.process_time() - started < 30
