"""Medians, means and quartiles of a whole table at once: groups down, municipalities across.

Sorting the rows of a nearly full table once gives all of them at about the cost of reading it;
grouping and joining a long frame takes several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ojmf.compare.national.layout import Array, Places
from ojmf.geography import county_of

_GROUPS_AT_A_TIME = 512


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """What the figures of each group are compared with; NaN where there is nothing.

    ``county_median`` has a column for each county, and ``county`` is the number of every
    municipality's; ``mean``, ``lower`` and ``upper`` (the first and third quartile) and
    ``counted`` (the municipalities with a figure) are the country's.
    """

    county: Places
    county_median: Array
    mean: Array
    lower: Array
    upper: Array
    counted: Places


def benchmarks(table: Array, geos: Sequence[str], pool: Executor) -> Benchmarks:
    """The benchmarks of every row of a table whose columns are the sorted ``geos``.

    NaN is a missing figure and counts in nothing. The quantiles are interpolated linearly, as in
    :func:`~ojmf.compare.quarters.quartiles`.
    """
    counties = np.array([county_of(geo) for geo in geos])
    starts = np.flatnonzero(np.append(True, counties[1:] != counties[:-1]))
    county = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(geos)))
    mean, lower, upper = (np.empty(len(table)) for _ in range(3))
    median = np.empty((len(table), len(starts)))
    counted = np.empty(len(table), dtype=np.intp)

    def work(start: int) -> None:
        block = slice(start, start + _GROUPS_AT_A_TIME)
        figures = table[block] + 0.0  # a negative zero becomes an ordinary one
        there = ~np.isnan(figures)
        in_county = np.add.reduceat(there, starts, axis=1, dtype=np.intp)
        everywhere = in_county.sum(axis=1, keepdims=True)
        counted[block] = everywhere[:, 0]
        total = np.where(there, figures, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore"):
            mean[block] = total / counted[block]
        for first, end in pairwise([*starts, len(geos)]):
            figures[:, first:end].sort(axis=1)
        median[block] = _quantiles(figures, starts, in_county, 0.5)
        figures.sort(axis=1)
        lower[block] = _quantiles(figures, starts[:1], everywhere, 0.25)[:, 0]
        upper[block] = _quantiles(figures, starts[:1], everywhere, 0.75)[:, 0]

    for _ in pool.map(work, range(0, len(table), _GROUPS_AT_A_TIME)):
        pass
    return Benchmarks(county, median, mean, lower, upper, counted)


def _quantiles(ordered: Array, starts: Places, counted: Places, p: float) -> Array:
    """The p-quantile of each stretch of each row, by linear interpolation.

    The stretches begin at ``starts`` and are sorted, missing figures last; ``counted`` is how many
    figures each of them has. NaN where it has none.
    """
    figures = ordered.reshape(-1)
    rows = np.arange(0, ordered.size, ordered.shape[1])[:, None]
    position = np.maximum(counted - 1, 0) * p
    low = position.astype(np.intp)
    rest = position - low
    place = rows + starts + low
    below, above = figures[place], figures[place + (rest > 0)]
    return np.asarray(below + (above - below) * rest)
