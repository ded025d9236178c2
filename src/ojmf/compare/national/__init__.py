"""Status and gaps of every municipality and indicator of the country, year by year."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeVar, overload

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.io.plugins import register_io_source

from ojmf.arguments import as_annotated
from ojmf.compare.national.dense import Benchmarks, Counties, Rules, benchmarks
from ojmf.compare.national.layout import Array, Layout, lay_out
from ojmf.compare.national.terms import (
    ADDED,
    COLOURS,
    GROUP,
    NO_PLACE,
    WEIGHT,
    any_weighted,
    keys_of,
    no_municipality,
    rules_of,
    sizes_of,
)
from ojmf.compare.national.terms import (
    NO_INDICATOR as NO_INDICATOR,
)
from ojmf.compare.quarters import FEWEST_FOR_COLOUR
from ojmf.errors import FrameError, SelectionError
from ojmf.frames import ran
from ojmf.geography import is_municipality_code
from ojmf.model import Status

_FOUND = pl.Schema({**ADDED, "status": pl.UInt8()})
_ROWS_AT_A_TIME = 1 << 17
"""Fewer rows fit the processor's cache better, but cost more in handing over the interpreter."""
_YELLOW = COLOURS.index(Status.YELLOW)

Item = TypeVar("Item")
Result = TypeVar("Result")


@overload
def national_gaps(
    values: pl.DataFrame,
    indicators: pl.DataFrame,
    *,
    by: str | Sequence[str] = ...,
    partition: str | None = ...,
    geography: pl.DataFrame | None = ...,
) -> pl.DataFrame: ...


@overload
def national_gaps(
    values: pl.LazyFrame,
    indicators: pl.DataFrame,
    *,
    by: str | Sequence[str] = ...,
    partition: str | None = ...,
    geography: pl.DataFrame | None = ...,
) -> pl.LazyFrame: ...


@as_annotated
def national_gaps(
    values: pl.DataFrame | pl.LazyFrame,
    indicators: pl.DataFrame,
    *,
    by: str | Sequence[str] = GROUP,
    partition: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame | pl.LazyFrame:
    """Compare every figure with that of its county and of the country.

    ``values`` has the columns ``by`` (indicator_id and what else keeps figures apart), geo (four
    digits) and value, one row per municipality and group; ``indicators`` has indicator_id,
    polarity and maybe statistic and fewest. Returns ``values`` in the same order with ``ADDED``:
    ``county_reference`` and ``national_reference``, ``gap_county`` and ``gap_national``
    (``value - reference``, in the indicator's unit) and ``status``, coloured as by
    :func:`~ojmf.compare.quarters.quartiles`. Missing figures count in no reference and have no
    gaps; an indicator without a declared polarity, and one that ``indicators`` does not name, has
    its gaps and no colour (``grey``).

    The references are those that the commands compute (:func:`~ojmf.compare.members.computed`):
    the indicator's ``statistic``, the median where none is declared, and null of too few. A
    weighted mean takes ``weight`` of ``values``. The counties have the municipalities that
    ``geography`` gives them, else those that ``values`` have. What a source prints, which the
    commands take first, is no part of ``values``.

    ``partition`` names a column whose values are compared one partition at a time, such as the
    year of a folder of Parquet files; rows then come partition by partition. A lazy frame gives a
    lazy frame, which holds little more than two such parts in memory, reads no more columns than
    are asked for, and skips the parts that a filter on ``partition`` leaves out. Columns of
    ``ADDED`` that ``values`` already has are computed anew.

    Categorical columns go faster than strings, and a part that is complete and sorted by ``by``
    and geo goes fastest.

    Raises ``FrameError`` for an unsound catalogue and a ``value`` that is no number,
    ``SelectionError`` for a missing column (``weight`` where an indicator is weighted) and a ``by``
    without indicator_id, and, when a lazy frame is collected, for two figures of the same
    municipality and group and for a geo that is no municipality.

    >>> import ojmf
    >>> import polars as pl
    >>> places = [str(code) for code in range(2900, 2930)]
    >>> values = pl.DataFrame({"indicator_id": "x", "geo": places, "value": range(30)})
    >>> directions = pl.DataFrame({"indicator_id": ["x"], "polarity": ["lower"]})
    >>> compared = ojmf.national_gaps(values, directions, by="indicator_id")
    >>> compared.select("value", "national_reference", "gap_national", "status").row(0)
    (0, 14.5, -14.5, 'green')
    """
    if isinstance(values, pl.DataFrame):
        lazy = values.lazy()
        return national_gaps(
            lazy, indicators, by=by, partition=partition, geography=geography
        ).collect()
    rules = rules_of(indicators)
    weighted = any_weighted(rules)
    values = values.drop(ADDED.names(), strict=False)
    given = ran(values.collect_schema, "värdena")
    by = keys_of(by, partition, given, weighted=weighted)
    if not given["value"].is_numeric() and given["value"] != pl.Null:
        raise FrameError(f"värdena, kolumnen value: väntade tal, inte {given['value']}")
    figures = pl.col(name for name in ADDED if name != "status")
    sizes = {} if geography is None else sizes_of(geography)
    return _source(values, rules, by, partition, sizes, weighted=weighted).with_columns(
        figures.fill_nan(None), pl.col("status").cat.to(ADDED["status"])
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that are compared with each other, and their figures (NaN where missing).

    ``rules`` has direction, statistic and fewest of each group.
    """

    rows: pl.DataFrame
    figures: Array
    weights: Array | None
    layout: Layout
    rules: pl.DataFrame


def _source(
    values: pl.LazyFrame,
    rules: pl.DataFrame,
    by: Sequence[str],
    partition: str | None,
    sizes: Mapping[str, int],
    *,
    weighted: bool,
) -> pl.LazyFrame:
    """The rows with ``_FOUND``: figures that are NaN where there is none, and the colour's number.

    The source is asked for its rows by the lazy query that it stands in, which tells the columns
    and rows that it needs.
    """
    given = values.collect_schema()
    schema = pl.Schema({**given, **_FOUND})
    workers = pl.thread_pool_size()

    def rows(
        columns: list[str] | None, predicate: pl.Expr | None, limit: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        asked = columns or schema.names()
        needed = {*asked, *by, "geo", "value", *([WEIGHT] if weighted else [])}
        # Keys as text take several times the memory of their categories while they are read.
        texts = [name for name in (*by, "geo") if given[name] == pl.String]
        read = [
            pl.col(name).cast(pl.Categorical) if name in texts else pl.col(name)
            for name in given
            if name in needed
        ]

        def prepare(part: pl.LazyFrame) -> _Part | None:
            found = part.select(read).collect(engine="streaming")
            return None if found.is_empty() else _prepared(found, rules, by, weighted=weighted)

        # A limit is of the rows before they are filtered.
        wanted = _parts(values, partition, predicate if limit is None else None)
        pool = ThreadPoolExecutor(workers)
        try:
            # The next part is read while this one is compared, unless that takes too much memory,
            # and no name here holds on to it.
            parts = _in_order(pool, prepare, wanted, ahead=0 if texts else 1)
            compared = partial(_compared, sizes=sizes, asked=asked, pool=pool, ahead=workers)
            for block in chain.from_iterable(map(compared, filter(None, parts))):
                found = block.select(asked).cast(
                    {name: pl.String for name in texts if name in asked}
                )
                if limit is not None:
                    found = found.head(limit)
                    limit -= found.height
                yield found if predicate is None else found.filter(predicate)
                if limit == 0:
                    return
        finally:
            # Polars may end the query on one of these threads, which cannot wait for itself.
            pool.shutdown(wait=False, cancel_futures=True)

    return register_io_source(rows, schema=schema, is_pure=True)


def _parts(
    values: pl.LazyFrame, partition: str | None, predicate: pl.Expr | None
) -> Iterator[pl.LazyFrame]:
    """The rows of each value of the partition that the predicate does not leave out."""
    if partition is None:
        yield values
        return
    keys = values.select(pl.col(partition).unique()).sort(partition)
    if predicate is not None and set(predicate.meta.root_names()) == {partition}:
        keys = keys.filter(predicate)
    for key in keys.collect()[partition]:
        yield values.filter(pl.col(partition).eq_missing(key))


def _in_order(
    pool: Executor, work: Callable[[Item], Result], items: Iterable[Item], *, ahead: int
) -> Iterator[Result]:
    """Do the work on each item in order, at most ``ahead`` of them before they are asked for."""
    begun: deque[Future[Result]] = deque()
    for item in items:
        begun.append(pool.submit(work, item))
        if len(begun) > ahead:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _prepared(
    rows: pl.DataFrame, known: pl.DataFrame, by: Sequence[str], *, weighted: bool
) -> _Part:
    if rows["geo"].has_nulls():
        raise SelectionError(NO_PLACE)
    if rows["indicator_id"].has_nulls():
        raise SelectionError(NO_INDICATOR)
    layout = lay_out(rows, by)
    for geo in layout.geos:
        if not is_municipality_code(geo):
            raise SelectionError(no_municipality(geo))
    value = rows["value"].cast(pl.Float64)
    if value.is_infinite().any():
        value = value.set(value.is_infinite(), None)
    figures = value.fill_null(float("nan")).to_numpy()
    names = rows["indicator_id"].gather(layout.examples).cast(pl.String).to_frame("indicator_id")
    rules = names.join(known, on="indicator_id", how="left", maintain_order="left")
    weights = None
    if weighted:
        weights = rows[WEIGHT].cast(pl.Float64).fill_null(0.0).to_numpy()
    return _Part(rows, figures, weights, layout, rules.fill_null(0))


def _compared(
    part: _Part, sizes: Mapping[str, int], asked: Collection[str], pool: Executor, ahead: int
) -> Iterator[pl.DataFrame]:
    """The rows with those of ``_FOUND`` that are asked for, block by block."""
    layout = part.layout
    table = layout.spread(part.figures)
    weights = None if part.weights is None else layout.spread(part.weights)
    rules = Rules(part.rules["statistic"].to_numpy(), part.rules["fewest"].to_numpy(), weights)
    directions = part.rules["direction"].to_numpy()
    counties = Counties.of(layout.geos, sizes)

    def of_groups(groups: slice) -> dict[str, NDArray[Any]]:
        # Adding zero makes a negative zero an ordinary one.
        figures = table[groups] + 0.0
        found = benchmarks(figures, counties, rules.of(groups))
        of_county = found.counties[:, counties.county]

        def colour() -> NDArray[np.uint8]:
            lower, upper = _edges(found)
            better = (figures >= upper).view(np.int8)
            worse = (figures <= lower).view(np.int8)
            enough = found.counted >= FEWEST_FOR_COLOUR
            signs = np.where(enough, directions[groups, None], 0).astype(np.int8)
            colours = _YELLOW + (worse - better) * signs
            colours *= ~np.isnan(figures) & (signs != 0)
            return colours.view(np.uint8)

        makers: dict[str, Callable[[], NDArray[Any]]] = {
            "county_reference": lambda: of_county,
            "national_reference": lambda: np.broadcast_to(found.country, of_county.shape),
            "gap_county": lambda: figures - of_county,
            "gap_national": lambda: figures - found.country,
            "status": colour,
        }
        return {name: make() for name, make in makers.items() if name in asked}

    def finished(rows: slice, columns: Mapping[str, NDArray[Any]], first: int) -> pl.DataFrame:
        """Rows with their cells of tables that begin at the cell ``first``."""
        places = slice(None) if layout.cells is None else layout.cells[rows] - first
        return part.rows[rows].with_columns(
            pl.Series(name, column.reshape(-1)[places]) for name, column in columns.items()
        )

    width = len(layout.geos)
    stretches = _slices(len(table), max(_ROWS_AT_A_TIME // width, 1))
    if layout.in_order:

        def as_they_stand(groups: slice) -> pl.DataFrame:
            first, end = groups.start * width, groups.stop * width
            return finished(layout.rows_of(first, end), of_groups(groups), first)

        yield from _in_order(pool, as_they_stand, stretches, ahead=ahead)
        return
    kinds = {name: np.uint8 if name == "status" else np.float64 for name in _FOUND}
    whole = {name: np.empty(table.shape, kinds[name]) for name in _FOUND if name in asked}

    def fill(groups: slice) -> None:
        for name, column in of_groups(groups).items():
            whole[name][groups] = column

    deque(pool.map(fill, stretches), maxlen=0)
    blocks = _slices(part.rows.height, _ROWS_AT_A_TIME)
    yield from _in_order(pool, lambda rows: finished(rows, whole, 0), blocks, ahead=ahead)


def _slices(length: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, length)) for start in range(0, length, size)]


def _edges(found: Benchmarks) -> tuple[Array, Array]:
    """The limits of the outer quarters; just beyond the limit where both are the same figure."""
    alike = found.lower == found.upper
    return (
        np.where(alike, np.nextafter(found.lower, -np.inf), found.lower),
        np.where(alike, np.nextafter(found.upper, np.inf), found.upper),
    )
