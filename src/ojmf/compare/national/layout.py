"""Where the rows of a long frame stand in a table: groups down, municipalities across."""

from __future__ import annotations

from collections.abc import Sequence
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

_SPARSE = 64
"""Codes that are spread wider than this are sorted instead of ticked off."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each row in a table of groups by municipalities.

    ``examples`` is the number of one row of each group, ``geos`` are the sorted codes of the
    columns, and ``cells`` the place of each row in the table, counted row by row. Where ``cells``
    is missing the rows already are the table, as those of a sorted and complete year; rows
    ``in_order`` have growing places.
    """

    examples: Places
    geos: list[str]
    cells: Places | None
    in_order: bool

    def rows_of(self, first: int, end: int) -> slice:
        """The rows between two cells of the table, where they stand in order."""
        if self.cells is not None:
            first, end = np.searchsorted(self.cells, (first, end)).tolist()
        return slice(first, end)

    def spread(self, figures: Array) -> Array:
        """The table of the rows' figures; NaN where there is no row.

        Raises ``SelectionError`` for two rows in the same place.
        """
        shape = (len(self.examples), len(self.geos))
        if self.cells is None:
            return figures.reshape(shape)
        table = np.full(shape[0] * shape[1], np.nan)
        table[self.cells] = figures
        if not self.in_order:
            taken = np.zeros(len(table), dtype=bool)
            taken[self.cells] = True
            if np.count_nonzero(taken) < len(figures):
                raise SelectionError(TWICE)
        return table.reshape(shape)


def lay_out(rows: pl.DataFrame, by: Sequence[str]) -> Layout:
    """Find the place of each row by its group, the columns ``by``, and its ``geo``.

    A null in ``by`` is a group of its own; ``geo`` has none. Rows of a group that follow each
    other are a run.
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
    geos = names.gather(order).to_list()
    if repeats and bool((np.diff(order) == 1).all()) and names.n_unique() == width:
        return Layout(examples, geos, None, in_order=True)
    columns = np.zeros(int(used.max(initial=0)) + 1, dtype=np.intp)
    columns[used[order]] = np.arange(len(used))
    cells = np.repeat(groups * len(geos), np.diff(starts, append=rows.height))
    cells += columns[geo]
    return Layout(examples, geos, cells, in_order=bool((cells[1:] > cells[:-1]).all()))


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
