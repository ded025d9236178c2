"""References and quartiles of a whole table at once: groups down, municipalities across.

Sorting the rows of a nearly full table once gives all of them at about the cost of reading it;
grouping and joining a long frame takes several times as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ojmf.compare.members import FEWEST
from ojmf.compare.national.layout import Array, Places
from ojmf.compare.national.terms import STATISTICS
from ojmf.geography import county_of
from ojmf.model import Statistic

_SUMMED = [
    STATISTICS.index(statistic.value)
    for statistic in (Statistic.MEAN, Statistic.WEIGHTED, Statistic.SUM)
]


@dataclass(frozen=True, slots=True)
class Counties:
    """Where each county's municipalities stand in a table: ``starts`` are their first columns.

    ``county`` is the number of every column's county, ``members`` how many municipalities each
    county has and ``everyone`` how many the country has.
    """

    starts: Places
    county: Places
    members: Places
    everyone: Places

    @classmethod
    def of(cls, geos: Sequence[str], sizes: Mapping[str, int]) -> Counties:
        """Of a table whose columns are the sorted ``geos``.

        ``sizes`` are how many municipalities the counties have, by code, where that is not the
        number of columns.
        """
        codes = np.array([county_of(geo) for geo in geos])
        starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))
        here = np.diff(starts, append=len(geos))
        members = [sizes.get(str(codes[s]), n) for s, n in zip(starts, here, strict=True)]
        everyone = sum(sizes.values()) or len(geos)
        county = np.repeat(np.arange(len(starts)), here)
        return cls(starts, county, np.array(members), np.array([everyone]))


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """What the figures of each group are compared with; NaN where there is nothing.

    ``counties`` has a column for each county; ``country``, ``lower`` and ``upper`` (the first and
    third quartile) and ``counted`` (the municipalities with a figure) are the country's and have
    one column.
    """

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

    def of(self, groups: slice) -> Rules:
        """Those of a stretch of groups."""
        weights = None if self.weights is None else self.weights[groups]
        return Rules(self.statistic[groups], self.fewest[groups], weights)


def benchmarks(table: Array, counties: Counties, rules: Rules) -> Benchmarks:
    """The benchmarks of every row of a table whose columns are municipalities.

    NaN is a missing figure and counts in nothing. A county's and the country's figure are found as
    by :func:`~ojmf.compare.members.computed`. The quantiles are interpolated linearly, as in
    :func:`~ojmf.compare.quarters.quartiles`.
    """
    starts = counties.starts
    figures = table + 0.0  # a negative zero becomes an ordinary one
    there = ~np.isnan(figures)
    in_county = np.add.reduceat(there, starts, axis=1, dtype=np.intp)
    everywhere = in_county.sum(axis=1, keepdims=True)
    sums = _Sums.of(figures, there, starts, rules)
    for first, end in pairwise([*starts, table.shape[1]]):
        figures[:, first:end].sort(axis=1)
    statistic, fewest = rules.statistic[:, None], rules.fewest[:, None]
    median = _quantiles(figures, starts, in_county, 0.5)
    of_county = sums.chosen(median, in_county, counties.members, statistic, fewest)
    figures.sort(axis=1)
    first = starts[:1]
    median = _quantiles(figures, first, everywhere, 0.5)
    country = sums.together().chosen(median, everywhere, counties.everyone, statistic, fewest)
    lower, upper = (_quantiles(figures, first, everywhere, p) for p in (0.25, 0.75))
    return Benchmarks(of_county, country, lower, upper, everywhere)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sums of figures, and of weights with figures, of each group (row) and place (column).

    Only those that a declared statistic needs; the median needs none.
    """

    total: Array | None = None
    weighted: Array | None = None
    weight: Array | None = None
    with_weight: Places | None = None

    @classmethod
    def of(cls, figures: Array, there: NDArray[np.bool_], starts: Places, rules: Rules) -> _Sums:
        if not np.isin(rules.statistic, _SUMMED).any():
            return cls()
        weights = rules.weights
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
        if self.total is None:
            return self
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
        found = median
        if self.total is not None:
            is_mean, is_weighted, is_sum = (statistic == place for place in _SUMMED)
            with np.errstate(invalid="ignore", divide="ignore"):
                found = np.where(is_mean, self.total / counted, found)
                if (
                    self.weighted is not None
                    and self.weight is not None
                    and self.with_weight is not None
                ):
                    found = np.where(is_weighted, self.weighted / self.weight, found)
                    counted = np.where(is_weighted, self.with_weight, counted)
            found = np.where(is_sum, np.where(counted == members, self.total, np.nan), found)
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
