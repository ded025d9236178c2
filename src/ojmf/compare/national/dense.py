"""References and quartiles of a whole table at once: groups down, municipalities across.

Sorting the rows of a nearly full table once gives all of them at about the cost of reading it;
grouping and joining a long frame takes several times as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ojmf.compare.members import FEWEST
from ojmf.compare.national.layout import Array, Places
from ojmf.compare.national.terms import STATISTICS
from ojmf.geography import county_of

_GROUPS_AT_A_TIME = 512


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """What the figures of each group are compared with; NaN where there is nothing.

    ``counties`` has a column for each county, and ``county`` is the number of every municipality's;
    ``country``, ``lower`` and ``upper`` (the first and third quartile) and ``counted`` (the
    municipalities with a figure) are the country's.
    """

    county: Places
    counties: Array
    country: Array
    lower: Array
    upper: Array
    counted: Places


@dataclass(frozen=True, slots=True)
class Rules:
    """How the municipalities' figures become one, group by group.

    ``statistic`` is a place in ``STATISTICS`` and ``fewest`` how many are enough, 0 where that is
    not declared. ``weights`` is a table as that of the figures, where any group is weighted.
    """

    statistic: NDArray[np.int8]
    fewest: Places
    weights: Array | None = None


def benchmarks(
    table: Array, geos: Sequence[str], rules: Rules, sizes: Mapping[str, int], pool: Executor
) -> Benchmarks:
    """The benchmarks of every row of a table whose columns are the sorted ``geos``.

    NaN is a missing figure and counts in nothing. A county's and the country's figure are found as
    by :func:`~ojmf.compare.members.computed`; ``sizes`` are how many municipalities the counties
    have, by code, where that is not the number of columns. The quantiles are interpolated linearly,
    as in :func:`~ojmf.compare.quarters.quartiles`.
    """
    counties = np.array([county_of(geo) for geo in geos])
    starts = np.flatnonzero(np.append(True, counties[1:] != counties[:-1]))
    county = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(geos)))
    here = np.diff(starts, append=len(geos))
    members = np.array([sizes.get(str(counties[s]), n) for s, n in zip(starts, here, strict=True)])
    everyone = np.array([sum(sizes.values()) or len(geos)])
    country, lower, upper = (np.empty(len(table)) for _ in range(3))
    of_county = np.empty((len(table), len(starts)))
    counted = np.empty(len(table), dtype=np.intp)

    def work(start: int) -> None:
        block = slice(start, start + _GROUPS_AT_A_TIME)
        figures = table[block] + 0.0  # a negative zero becomes an ordinary one
        there = ~np.isnan(figures)
        in_county = np.add.reduceat(there, starts, axis=1, dtype=np.intp)
        everywhere = in_county.sum(axis=1, keepdims=True)
        counted[block] = everywhere[:, 0]
        sums = _Sums.of(
            figures, there, starts, None if rules.weights is None else rules.weights[block]
        )
        for first, end in pairwise([*starts, len(geos)]):
            figures[:, first:end].sort(axis=1)
        statistic, fewest = rules.statistic[block, None], rules.fewest[block, None]
        median = _quantiles(figures, starts, in_county, 0.5)
        of_county[block] = sums.chosen(median, in_county, members, statistic, fewest)
        figures.sort(axis=1)
        median = _quantiles(figures, starts[:1], everywhere, 0.5)
        together = sums.together().chosen(median, everywhere, everyone, statistic, fewest)
        country[block] = together[:, 0]
        lower[block] = _quantiles(figures, starts[:1], everywhere, 0.25)[:, 0]
        upper[block] = _quantiles(figures, starts[:1], everywhere, 0.75)[:, 0]

    for _ in pool.map(work, range(0, len(table), _GROUPS_AT_A_TIME)):
        pass
    return Benchmarks(county, of_county, country, lower, upper, counted)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sums of figures, and of weights with figures, of each group (row) and place (column)."""

    total: Array
    weighted: Array | None = None
    weight: Array | None = None
    with_weight: Places | None = None

    @classmethod
    def of(
        cls, figures: Array, there: NDArray[np.bool_], starts: Places, weights: Array | None
    ) -> _Sums:
        known = np.where(there, figures, 0.0)
        total = np.add.reduceat(known, starts, axis=1)
        if weights is None:
            return cls(total)
        counts = there & (weights > 0)
        weight = np.where(counts, weights, 0.0)
        return cls(
            total,
            np.add.reduceat(known * weight, starts, axis=1),
            np.add.reduceat(weight, starts, axis=1),
            np.add.reduceat(counts, starts, axis=1, dtype=np.intp),
        )

    def together(self) -> _Sums:
        """The sums of all places."""
        total = self.total.sum(axis=1, keepdims=True)
        if self.weighted is None or self.weight is None or self.with_weight is None:
            return _Sums(total)
        weights = (self.weighted, self.weight, self.with_weight)
        return _Sums(total, *(part.sum(axis=1, keepdims=True) for part in weights))

    def chosen(
        self,
        median: Array,
        counted: Places,
        members: Places,
        statistic: NDArray[np.int8],
        fewest: Places,
    ) -> Array:
        """The declared statistic of each group and place; NaN of too few."""
        is_median, is_mean, is_weighted, is_sum = (statistic == n for n in range(len(STATISTICS)))
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.where(is_median, median, np.nan)
            found = np.where(is_mean, self.total / counted, found)
            if (
                self.weighted is not None
                and self.weight is not None
                and self.with_weight is not None
            ):
                found = np.where(is_weighted, self.weighted / self.weight, found)
                counted = np.where(is_weighted, self.with_weight, counted)
        found = np.where(is_sum & (counted == members), self.total, found)
        declared = fewest > 0
        enough = counted >= np.minimum(np.where(declared, fewest, FEWEST), members)
        return np.where(enough & (declared | (counted * 2 >= members)), found, np.nan)


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
