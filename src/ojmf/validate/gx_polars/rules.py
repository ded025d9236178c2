"""The core expectations of GX as Polars rules and measures, by the name of their metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import add, and_, ge, gt, le, lt, or_
from typing import Any, get_args

import polars as pl
from great_expectations.constants import MAX_DISTINCT_VALUES
from polars._typing import QuantileMethod

from ojmf.validate.gx_polars.plan import Domain, Measure, Rule, UniqueRule
from ojmf.validate.gx_polars.values import (
    comparable,
    constant,
    is_member,
    is_text,
    operand,
    text,
    within,
)

Arguments = Mapping[str, Any]
"""The value kwargs of a metric."""


def require(schema: pl.Schema, *columns: str) -> None:
    """Raise ``ValueError`` when the data lack a column. Names are matched exactly."""
    for column in columns:
        if column not in schema:
            msg = f'The column "{column}" does not exist in the data.'
            raise ValueError(msg)


def column_rule(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Rule:
    """The rule of a ``column_values`` metric; missing values are judged by the null rules alone.

    Raises ``ValueError`` for a regular expression with what Rust's lack: look-around,
    back-references.
    """
    column: str = kwargs["column"]
    require(schema, column)
    dtype, present = schema[column], pl.col(column).is_not_null()
    match metric.removeprefix("column_values."):
        case "nonnull":
            return Rule(domain, ~present, [column], "value")
        case "null":
            return Rule(domain, present, [column], "value")
        case "unique":
            return UniqueRule(domain, pl.col(column).is_duplicated(), [column], "value", present)
        case "in_set" | "not_in_set" if kwargs["value_set"] is None:
            meets = present
        case "in_set":
            meets = is_member(column, kwargs["value_set"], dtype)
        case "not_in_set":
            meets = ~is_member(column, kwargs["value_set"], dtype)
        case "between":
            meets = within(operand(column, dtype), dtype, kwargs)
        case "value_length.between":
            meets = within(text(column, dtype).str.len_chars(), pl.Int64(), kwargs)
        case "value_length.equals":
            meets = text(column, dtype).str.len_chars() == kwargs["value"]
        case "increasing":
            meets = _in_order(operand(column, dtype), gt if kwargs["strictly"] else ge)
        case "decreasing":
            meets = _in_order(operand(column, dtype), lt if kwargs["strictly"] else le)
        case kind:
            patterns = kwargs["regex_list"] if kind.endswith("list") else [kwargs["regex"]]
            join = and_ if kwargs.get("match_on") == "all" else or_
            matches = reduce(join, _matches(column, dtype, patterns))
            meets = ~matches if kind.startswith("not") else matches
    return Rule(domain, ~meets.fill_null(value=False), [column], "value", present)


def _in_order(value: pl.Expr, meets: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Expr:
    """Whether a value meets the one before it, missing ones aside; the first meets nothing."""
    before = value.forward_fill().shift(1)
    return meets(value, before) | before.is_null()


def _matches(column: str, dtype: pl.DataType, patterns: Sequence[str]) -> list[pl.Expr]:
    """Whether the column holds a match of each pattern, wherever in the text it stands."""
    for pattern in patterns:
        try:
            pl.Series([""]).str.contains(pattern)
        except pl.exceptions.ComputeError as error:
            msg = f"The regular expression {pattern!r} is not read by Polars: {error}"
            raise ValueError(msg) from error
    return [text(column, dtype).str.contains(pattern) for pattern in patterns]


def _equal(left: str, right: str, schema: pl.Schema) -> pl.Expr:
    """Whether two columns hold equal values, never null; values of different kinds never do."""
    if not comparable(schema[left], schema[right]):
        return pl.col(left).ne_missing(pl.col(left))  # false in every row, as a literal is not
    equal = operand(left, schema[left]) == operand(right, schema[right])
    return equal.fill_null(value=False)


def record_rule(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Rule:
    """The rule of a metric of a pair of columns or of several.

    In a pair a missing value is equal to and above nothing; within a record two missing values
    are equal. A sum of whole numbers cannot overflow; a sum of floats is compared exactly, and a
    sum with a missing term equals nothing. Raises ``TypeError`` where an order is asked of columns
    that have none, or a sum of columns that are not numbers.
    """
    pair = metric.startswith("column_pair_values.")
    columns = [kwargs["column_A"], kwargs["column_B"]] if pair else list(kwargs["column_list"])
    require(schema, *columns)
    considered = _considered([pl.col(c).is_not_null() for c in columns], kwargs["ignore_row_if"])
    a, b = columns[0], columns[-1]
    match metric:
        case "compound_columns.unique":
            key = pl.struct(columns) if len(columns) > 1 else pl.col(a)
            return UniqueRule(domain, key.is_duplicated(), columns, "record", considered)
        case "column_pair_values.equal":
            meets = _equal(a, b, schema)
        case "column_pair_values.a_greater_than_b":
            if not comparable(schema[a], schema[b]):
                msg = f'"{a}" ({schema[a]}) and "{b}" ({schema[b]}) have no common order.'
                raise TypeError(msg)
            left, right = operand(a, schema[a]), operand(b, schema[b])
            meets = (left >= right if kwargs["or_equal"] else left > right).fill_null(value=False)
        case "multicolumn_sum.equal":
            terms = [number(column, schema[column], "a sum") for column in columns]
            meets = (reduce(add, terms) == kwargs["sum_total"]).fill_null(value=False)
        case _:
            same = [
                _equal(x, y, schema) | (pl.col(x).is_null() & pl.col(y).is_null())
                for x, y in combinations(columns, 2)
            ]
            alike = metric == "multicolumn_values.equal"
            meets = reduce(and_, same) if alike else ~reduce(or_, same)
    return Rule(domain, ~meets, columns, "pair" if pair else "record", considered)


def _considered(present: list[pl.Expr], ignore_row_if: str) -> pl.Expr | None:
    """The rows that a rule on several columns judges; None for all of them."""
    match ignore_row_if:
        case "neither" | "never":
            return None
        case "both_values_are_missing" | "all_values_are_missing":
            return reduce(or_, present)
        case "either_value_is_missing" | "any_value_is_missing":
            return reduce(and_, present)
        case _:
            msg = f"Unrecognized value of ignore_row_if: {ignore_row_if!r}"
            raise ValueError(msg)


def number(column: str, dtype: pl.DataType, what: str) -> pl.Expr:
    """The column as numbers that can be added without overflow; raises ``TypeError``."""
    if not dtype.is_numeric():
        msg = f'Column "{column}" has type {dtype}; {what} needs numbers.'
        raise TypeError(msg)
    return pl.col(column).cast(pl.Int128) if dtype.is_integer() else pl.col(column)


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


def column_measure(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Measure:
    """The measure of a ``column`` metric."""
    column: str = kwargs["column"]
    require(schema, column)
    dtype, values = schema[column], pl.col(column)
    if metric in EXPRESSIONS:
        if metric in _NUMERIC:
            whole = number(column, dtype, metric)
            values = whole if metric == "column.sum" else values
        elif is_text(dtype):
            values = values.cast(pl.String)
        return Measure(domain, EXPRESSIONS[metric](values))
    if metric == "column.non_null_proportion":  # 0 without rows
        return Measure(domain, values.is_not_null().mean(), lambda value: value or 0.0)
    if metric == "column.distinct_values.count":
        return Measure(
            domain,
            lambda frame: frame.select(values).drop_nulls().unique().select(pl.len()),
            pl.DataFrame.item,
        )
    if metric == "column.unique_proportion":  # of distinct values among all; 0 without values
        return Measure(
            domain,
            lambda frame: (
                frame.select(column)
                .drop_nulls()
                .group_by(column)
                .agg(pl.len().alias("n"))
                .select((pl.len() / pl.col("n").sum()).fill_nan(0.0))
            ),
            pl.DataFrame.item,
        )
    if metric == "column.quantile_values":
        return _quantiles(domain, kwargs, number(column, dtype, metric).cast(pl.Float64))
    return _set_difference(metric, domain, kwargs, dtype)


def _quantiles(domain: Domain, kwargs: Arguments, values: pl.Expr) -> Measure:
    """The quantiles of a column; the nearest value that is there, unless the rule says how.

    GX passes the way of interpolation in ``allow_relative_error``.
    """
    way: QuantileMethod = kwargs["allow_relative_error"] or "nearest"
    if way not in get_args(QuantileMethod):
        msg = f"allow_relative_error is {way!r}, expected one of {get_args(QuantileMethod)}."
        raise ValueError(msg)
    found = [values.quantile(quantile, way) for quantile in kwargs["quantiles"]]
    return Measure(domain, pl.concat_list(found), pl.Series.to_list)


def _set_difference(metric: str, domain: Domain, kwargs: Arguments, dtype: pl.DataType) -> Measure:
    """Values of the column outside a set, or of the set outside the column, in order."""
    expected = set()
    for value in kwargs["value_set"] or ():
        try:
            expected.add(value if value is None else constant(value, dtype))
        except TypeError:  # no row can hold it
            expected.add(value)
    expected -= {None}
    missing = ".missing_from_column" in metric

    def finish(found: pl.DataFrame) -> Any:
        observed = set(found.to_series().to_list())
        difference = expected - observed if missing else observed - expected
        if metric.endswith(".count"):
            return len(difference)
        limit = kwargs.get("limit") or MAX_DISTINCT_VALUES
        return sorted(difference, key=lambda value: (str(type(value)), value))[:limit]

    column = kwargs["column"]
    return Measure(domain, lambda frame: frame.select(column).drop_nulls().unique(), finish)


RULES: Mapping[str, Callable[[str, Domain, Arguments, pl.Schema], Rule]] = {
    **dict.fromkeys(
        [
            "column_values.in_set",
            "column_values.not_in_set",
            "column_values.between",
            "column_values.match_regex",
            "column_values.not_match_regex",
            "column_values.value_length.equals",
            "column_values.value_length.between",
            "column_values.nonnull",
            "column_values.null",
            "column_values.unique",
            "column_values.increasing",
            "column_values.decreasing",
            "column_values.match_regex_list",
            "column_values.not_match_regex_list",
        ],
        column_rule,
    ),
    **dict.fromkeys(
        [
            "column_pair_values.equal",
            "column_pair_values.a_greater_than_b",
            "compound_columns.unique",
            "multicolumn_sum.equal",
            "multicolumn_values.equal",
            "select_column_values.unique.within_record",
        ],
        record_rule,
    ),
}
"""What prepares the rule of each map metric; kwargs are its domain and value kwargs together."""

AGGREGATES: Mapping[str, Callable[[str, Domain, Arguments, pl.Schema], Measure]] = {
    "table.row_count": lambda _metric, domain, _kwargs, _schema: Measure(domain, pl.len()),
    **dict.fromkeys(
        [
            *EXPRESSIONS,
            "column.distinct_values.count",
            "column.unique_proportion",
            "column.non_null_proportion",
            "column.quantile_values",
            "column.distinct_values.not_in_set",
            "column.distinct_values.not_in_set.count",
            "column.distinct_values.missing_from_column",
            "column.distinct_values.missing_from_column.count",
        ],
        column_measure,
    ),
}
"""What prepares the measure of each aggregate metric."""
