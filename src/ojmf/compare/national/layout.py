"""Where the rows of a long frame stand in a table: groups down, municipalities across."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ojmf.compare.national.terms import TWICE
from ojmf.errors import SelectionError

Array = NDArray[np.float64]
Codes = NDArray[np.uint32]
Places = NDArray[np.intp]

_ROWS_AT_A_TIME = 1 << 17
"""Fewer rows fit the processor's cache better, but cost more in handing over the interpreter."""
_SPARSE = 64
"""Codes that are spread wider than this are sorted instead of ticked off."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each row in a table of groups by municipalities.

    Rows of a group that follow each other are a run: ``starts`` are the numbers of the runs' first
    rows and ``groups`` the runs' groups. ``examples`` is the number of one row of each group.
    ``geos`` are the sorted codes of the columns, and ``columns`` the column of each code in
    ``geo``. In a ``regular`` layout the rows already are the table, every run a row of it, as those
    of a sorted and complete year.
    """

    starts: Places
    groups: Places
    examples: Places
    geo: Codes
    columns: Places
    geos: list[str]
    regular: bool

    def blocks(self) -> list[slice]:
        """All rows in slices to be worked on one at a time; whole runs where regular."""
        unit = len(self.geos) if self.regular else 1
        size = max(_ROWS_AT_A_TIME // unit, 1) * unit
        starts = range(0, len(self.geo), size)
        return [slice(start, min(start + size, len(self.geo))) for start in starts]

    def place_of(self, rows: slice) -> tuple[Places, Places]:
        """The group and the column of each of the rows of a block.

        Where regular: the groups of the runs, as a column, and the columns of each run.
        """
        if self.regular:
            width = len(self.geos)
            group = self.groups[rows.start // width : rows.stop // width, None]
            return group, np.arange(width)
        first = np.searchsorted(self.starts, rows.start, side="right") - 1
        last = np.searchsorted(self.starts, rows.stop)
        edges = np.append(np.maximum(self.starts[first:last], rows.start), rows.stop)
        group = np.repeat(self.groups[first:last], np.diff(edges))
        return group, self.columns[self.geo[rows]]

    def spread(self, figures: Array, pool: Executor) -> Array:
        """The table of the rows' figures; NaN where there is no row.

        Raises ``SelectionError`` for two rows in the same place.
        """
        shape = (len(self.examples), len(self.geos))
        if self.regular:
            return figures.reshape(shape)
        table = np.full(shape[0] * shape[1], np.nan)
        taken = np.zeros(len(table), dtype=bool)

        def work(rows: slice) -> None:
            group, column = self.place_of(rows)
            group *= shape[1]
            group += column
            table[group] = figures[rows]
            taken[group] = True

        for _ in pool.map(work, self.blocks()):
            pass
        if np.count_nonzero(taken) < len(figures):
            raise SelectionError(TWICE)
        return table.reshape(shape)


def lay_out(rows: pl.DataFrame, by: Sequence[str]) -> Layout:
    """Find the place of each row by its group, the columns ``by``, and its ``geo``.

    A null in ``by`` is a group of its own; ``geo`` has none.
    """
    # Polars forgets the names of categories when no column holds them any more.
    named = rows.select(_categorical(rows.schema[key], key) for key in (*by, "geo"))
    coded = named.select(pl.all().to_physical().cast(pl.UInt32)).rechunk()
    *keys, geo = (_filled(column).to_numpy() for column in coded)
    starts = _starts_of_runs(keys, rows.height)
    groups, examples = _groups([key[starts] for key in keys], starts)
    width = int(starts[1]) if len(starts) > 1 else rows.height
    repeats = len(examples) == len(starts) and _repeats(geo, starts, width)
    used = geo[:width] if repeats else np.flatnonzero(_seen(geo)).astype(np.uint32)
    names = pl.Series(used).cat.to(named.schema["geo"]).cast(pl.String)
    order = names.arg_sort().to_numpy()
    regular = repeats and bool((np.diff(order) == 1).all()) and names.n_unique() == width
    columns = np.zeros(int(used.max(initial=0)) + 1, dtype=np.intp)
    columns[used[order]] = np.arange(len(used))
    return Layout(starts, groups, examples, geo, columns, names.gather(order).to_list(), regular)


def _categorical(dtype: pl.DataType, key: str) -> pl.Expr:
    column = pl.col(key)
    if isinstance(dtype, pl.Categorical | pl.Enum):
        return column
    return column.cast(pl.String).cast(pl.Categorical)


def _filled(codes: pl.Series) -> pl.Series:
    """Codes with one more for null."""
    largest = codes.max()
    return codes.fill_null(largest + 1 if isinstance(largest, int) else 0)


def _starts_of_runs(keys: Sequence[Codes], length: int) -> Places:
    starts = np.ones(length, dtype=bool)
    starts[1:] = keys[0][1:] != keys[0][:-1]
    for key in keys[1:]:
        starts[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(starts)


def _groups(keys: Sequence[Codes], starts: Places) -> tuple[Places, Places]:
    """The group of each run, numbered from 0, and the number of one row of each group.

    Where no group has two runs they are numbered as they stand.
    """
    groups, count = np.zeros(len(starts), dtype=np.intp), 1
    for key in keys:
        number, of_key = _numbered(key)
        groups, count = _numbered(groups * of_key + number)
    if count == len(starts):
        return np.arange(count), starts
    examples = np.empty(count, dtype=np.intp)
    examples[groups] = starts
    return groups, examples


def _numbered(codes: NDArray[Any]) -> tuple[Places, int]:
    """The number of each code among those that occur, in their order, and how many they are."""
    if int(codes.max(initial=0)) > _SPARSE * len(codes):
        used, numbers = np.unique(codes, return_inverse=True)
        return numbers, len(used)
    number = np.cumsum(_seen(codes))
    return number[codes] - 1, int(number.max(initial=0))


def _seen(codes: NDArray[Any]) -> NDArray[np.bool]:
    """Whether each code from 0 to the largest occurs."""
    seen = np.zeros(int(codes.max(initial=0)) + 1, dtype=bool)
    seen[codes] = True
    return seen


def _repeats(codes: Codes, starts: Places, width: int) -> bool:
    """Whether every run is as long as the first and has the same codes in the same order."""
    if not width or len(codes) != len(starts) * width or (np.diff(starts) != width).any():
        return False
    table = codes.reshape(len(starts), width)
    return bool((table == table[0]).all())
