"""Status and gaps of every municipality and indicator of a year, as one dense array.

A year of all municipalities is a full table: one row per indicator and sub-group, one column per
municipality. Sorting its rows once gives medians, quartiles and colours at about the cost of
reading it; grouping and joining a long frame takes several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ojmf.compare.quartiles import FEWEST_FOR_COLOUR
from ojmf.compare.selection import county_of
from ojmf.errors import SelectionError
from ojmf.model import Polarity, Status

Array = NDArray[np.float64]
COLOURS = [Status.GREY.value, Status.GREEN.value, Status.YELLOW.value, Status.RED.value]
GREY, GREEN, YELLOW, RED = range(4)


def national_gaps(
    values: pl.DataFrame, indicators: pl.DataFrame, *, by: Sequence[str] = ("indicator_id", "sex")
) -> pl.DataFrame:
    """Compare every figure of one period with its county's median and the country's mean.

    ``values`` has the columns ``by`` (indicator_id first), geo (four digits) and value, one row
    per municipality and group; ``indicators`` has indicator_id and polarity. Returns
    ``values`` in the same order with ``county_median``, ``national_mean`` (each municipality
    counts once), ``gap_county``, ``gap_national`` (``value - reference``, in the indicator's
    unit) and ``status`` (an Enum), coloured as by
    :func:`~ojmf.compare.quartiles.quartiles`. Missing figures count in no reference and have no
    gaps. A year that is complete and sorted by ``by`` and geo goes fastest.

    Raises ``SelectionError`` for two figures of the same municipality and group.
    """
    code, names = _codes(values, [*by, "geo"])
    geos = names.pop()
    groups = _combinations(by, names)
    cells = _Cells(code, (groups.height, len(geos)))
    table = cells.spread(values["value"].cast(pl.Float64).to_numpy()) + 0.0
    polarities = _polarities(groups, indicators)
    with ThreadPoolExecutor() as pool:  # sorting leaves the interpreter free
        medians = pool.submit(_county_medians, table, [county_of(geo) for geo in geos])
        colours = pool.submit(_colours, table, polarities)
        mean = np.broadcast_to(_mean(table)[:, None], table.shape)
        county, status = medians.result(), colours.result()
    found = cells.collect(table)
    county_median, national_mean = cells.collect(county), cells.collect(mean)
    return values.with_columns(
        _series("county_median", county_median),
        _series("national_mean", national_mean),
        _series("gap_county", found - county_median),
        _series("gap_national", found - national_mean),
        pl.Series("status", cells.collect(status)).cat.to(pl.Enum(COLOURS)),
    )


class _Cells:
    """Where each row of a long frame stands in a table, by its number ``code`` in it.

    Rows that already are the whole table in order (as a sorted, complete year is) are neither
    spread nor collected but seen as the table.
    """

    def __init__(self, code: NDArray[np.int64], shape: tuple[int, int]) -> None:
        self._code = code
        self._shape = shape
        steps = np.diff(code)
        rising = bool((steps > 0).all())
        self._whole = rising and len(code) == shape[0] * shape[1]
        if not rising and np.bincount(code, minlength=1).max(initial=0) > 1:
            raise SelectionError(
                "Samma kommun har flera uppgifter för samma indikator och grupp. "
                "Läs in en period och en källa i taget."
            )

    def spread(self, numbers: Array) -> Array:
        """The table that the rows make; NaN where there is no row."""
        if self._whole:
            return numbers.reshape(self._shape)
        table = np.full(self._shape[0] * self._shape[1], np.nan)
        table[self._code] = numbers
        return table.reshape(self._shape)

    def collect(self, table: NDArray[Any]) -> NDArray[Any]:
        """The table's figures for the rows, in their order."""
        flat = table.reshape(-1)
        return flat if self._whole else np.take(flat, self._code)


def _series(name: str, numbers: Array) -> pl.Series:
    return pl.Series(name, numbers).fill_nan(None)


def _codes(values: pl.DataFrame, keys: Sequence[str]) -> tuple[NDArray[np.int64], list[pl.Series]]:
    """The number of each row among all combinations of the keys' names, and those names."""
    code = np.zeros(values.height, dtype=np.int64)
    known: list[pl.Series] = []
    for key in keys:
        places, names = _places(values[key])
        code *= len(names)
        code += places
        known.append(names)
    return code, known


def _combinations(keys: Sequence[str], names: Sequence[pl.Series]) -> pl.DataFrame:
    groups = pl.DataFrame({"_": [0]})
    for key, column in zip(keys, names, strict=True):
        groups = groups.join(column.to_frame(key), how="cross", maintain_order="left_right")
    return groups.drop("_")


def _places(column: pl.Series) -> tuple[NDArray[np.int32], pl.Series]:
    """Each value's place among the sorted names of a column, and the names.

    A categorical column is translated by its codes, without a string per row.
    """
    known = column.unique()
    names = known.cast(pl.String).sort()
    if not isinstance(column.dtype, pl.Categorical):
        physical = column.cast(pl.Enum(names)).to_physical()
        return physical.cast(pl.Int32).to_numpy(), names
    codes = known.to_physical().to_numpy()
    lookup = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.int32)
    lookup[codes] = known.cast(pl.Enum(names)).to_physical().to_numpy()
    return np.take(lookup, column.to_physical().to_numpy()), names


def _polarities(groups: pl.DataFrame, indicators: pl.DataFrame) -> NDArray[np.int8]:
    """1 where higher is better, -1 where lower is, 0 where neither."""
    directions = {Polarity.HIGHER.value: 1, Polarity.LOWER.value: -1, Polarity.NEUTRAL.value: 0}
    known = indicators.select("indicator_id", "polarity").unique(subset="indicator_id")
    return (
        groups.join(known, on="indicator_id", how="left", maintain_order="left")["polarity"]
        .replace_strict(directions, default=0, return_dtype=pl.Int8)
        .to_numpy()
    )


def _mean(table: Array) -> Array:
    counted = np.count_nonzero(~np.isnan(table), axis=1)
    total = np.nansum(table, axis=1)
    mean = np.full(len(table), np.nan)
    np.divide(total, counted, out=mean, where=counted > 0)
    return mean


def _quantile(ordered: Array, counted: NDArray[np.intp], p: float) -> Array:
    """The p-quantile of rows sorted with missing figures last, by linear interpolation."""
    position = np.maximum(counted - 1, 0) * p
    low = np.floor(position).astype(np.intp)
    high = np.ceil(position).astype(np.intp)
    rows = np.arange(len(ordered))
    below, above = ordered[rows, low], ordered[rows, high]
    return np.asarray(below + (above - below) * (position - low))


def _county_medians(table: Array, counties: list[str]) -> Array:
    """For every cell the median of its row within the column's county (columns are sorted)."""
    medians = np.empty_like(table)
    starts = [i for i, code in enumerate(counties) if i == 0 or code != counties[i - 1]]
    for start, end in pairwise([*starts, len(counties)]):
        part = np.sort(table[:, start:end], axis=1)
        counted = (~np.isnan(part)).sum(axis=1)
        medians[:, start:end] = _quantile(part, counted, 0.5)[:, None]
    return medians


def _colours(table: Array, polarity: NDArray[np.int8]) -> NDArray[np.uint8]:
    ordered = np.sort(table, axis=1)
    counted = (~np.isnan(table)).sum(axis=1)
    lower = _quantile(ordered, counted, 0.25)[:, None]
    upper = _quantile(ordered, counted, 0.75)[:, None]
    top = (table >= upper) & (table > lower)
    bottom = (table <= lower) & (table < upper)
    higher = (polarity > 0)[:, None]
    colours = np.full(table.shape, YELLOW, dtype=np.uint8)
    colours[np.where(higher, top, bottom)] = GREEN
    colours[np.where(higher, bottom, top)] = RED
    colours[np.isnan(table)] = GREY
    colours[(counted < FEWEST_FOR_COLOUR) | (polarity == 0)] = GREY
    return colours
