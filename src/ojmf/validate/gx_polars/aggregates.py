"""The core aggregate expectations of GX as Polars measures, by the name of their metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
from great_expectations.constants import MAX_DISTINCT_VALUES

from ojmf.validate.gx_polars.plan import Domain, Measure
from ojmf.validate.gx_polars.rules import Arguments, require
from ojmf.validate.gx_polars.values import constant, is_text

EXPRESSIONS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "column.min": pl.Expr.min,
    "column.max": pl.Expr.max,
    "column.mean": pl.Expr.mean,
    "column.median": pl.Expr.median,
    "column.standard_deviation": pl.Expr.std,
    "column.sum": pl.Expr.sum,
    "column.non_null_count": pl.Expr.count,
}

_NUMERIC = ("column.mean", "column.median", "column.standard_deviation", "column.sum")


def _expression(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Measure:
    column, dtype = kwargs["column"], schema[kwargs["column"]]
    if metric in _NUMERIC and not dtype.is_numeric():
        msg = f'Column "{column}" has type {dtype}; {metric} needs numbers.'
        raise TypeError(msg)
    values = pl.col(column)
    if metric == "column.sum" and dtype.is_integer():
        values = values.cast(pl.Int128)
    elif is_text(dtype):
        values = values.cast(pl.String)
    return Measure(domain, EXPRESSIONS[metric](values))


def _distinct(column: str) -> Callable[[pl.LazyFrame], pl.LazyFrame]:
    return lambda frame: frame.select(pl.col(column)).drop_nulls().unique()


def _distinct_count(_metric: str, domain: Domain, kwargs: Arguments, _: pl.Schema) -> Measure:
    distinct = _distinct(kwargs["column"])
    return Measure(domain, lambda frame: distinct(frame).select(pl.len()), pl.DataFrame.item)


def _unique_proportion(_metric: str, domain: Domain, kwargs: Arguments, _: pl.Schema) -> Measure:
    """The share of distinct values among the values that are not missing; 0 without values."""
    column = kwargs["column"]

    def shares(frame: pl.LazyFrame) -> pl.LazyFrame:
        counts = frame.select(column).drop_nulls().group_by(column).agg(pl.len().alias("n"))
        return counts.select(pl.len().alias("distinct"), pl.col("n").sum())

    def finish(found: pl.DataFrame) -> float:
        distinct, values = found.row(0)
        return distinct / values if values else 0.0

    return Measure(domain, shares, finish)


def _non_null_proportion(_metric: str, domain: Domain, kwargs: Arguments, _: pl.Schema) -> Measure:
    """The share of rows with a value; 0 without rows."""
    share = pl.col(kwargs["column"]).is_not_null().mean()
    return Measure(domain, share, lambda value: value or 0.0)


def _set_difference(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Measure:
    """Values of the column outside a set, or of the set outside the column, in order."""
    column = kwargs["column"]
    expected = {_member(value, schema[column]) for value in kwargs["value_set"] or ()} - {None}
    missing = ".missing_from_column" in metric

    def finish(found: pl.DataFrame) -> Any:
        observed = set(found.to_series().to_list())
        difference = expected - observed if missing else observed - expected
        if metric.endswith(".count"):
            return len(difference)
        limit = kwargs.get("limit") or MAX_DISTINCT_VALUES
        return sorted(difference, key=lambda value: (str(type(value)), value))[:limit]

    return Measure(domain, _distinct(column), finish)


def _member(value: Any, dtype: pl.DataType) -> Any:
    try:
        return None if value is None else constant(value, dtype)
    except TypeError:
        return value


def row_count(_metric: str, domain: Domain, _kwargs: Arguments, _: pl.Schema) -> Measure:
    """The number of rows of the domain."""
    return Measure(domain, pl.len())


def column_measure(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Measure:
    """The measure of a ``column`` metric."""
    require(schema, kwargs["column"])
    return _OF_COLUMNS[metric](metric, domain, kwargs, schema)


MeasureBuilder = Callable[[str, Domain, Arguments, pl.Schema], Measure]

_OF_COLUMNS: Mapping[str, MeasureBuilder] = {
    **dict.fromkeys(EXPRESSIONS, _expression),
    "column.distinct_values.count": _distinct_count,
    "column.unique_proportion": _unique_proportion,
    "column.non_null_proportion": _non_null_proportion,
    "column.distinct_values.not_in_set": _set_difference,
    "column.distinct_values.not_in_set.count": _set_difference,
    "column.distinct_values.missing_from_column": _set_difference,
    "column.distinct_values.missing_from_column.count": _set_difference,
}

AGGREGATES: Mapping[str, MeasureBuilder] = {
    "table.row_count": row_count,
    **dict.fromkeys(_OF_COLUMNS, column_measure),
}
"""What prepares the measure of each aggregate metric."""
