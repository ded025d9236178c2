"""The core map expectations of GX as Polars rules, by the name of their metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import add, and_, or_
from typing import Any

import polars as pl

from ojmf.validate.gx_polars.plan import Domain, Rule, UniqueRule
from ojmf.validate.gx_polars.values import comparable, is_member, operand, text, within

Arguments = Mapping[str, Any]
"""The value kwargs of a metric."""


def require(schema: pl.Schema, *columns: str) -> None:
    """Raise ``ValueError`` when the data lack a column. Names are matched exactly."""
    for column in columns:
        if column not in schema:
            msg = f'The column "{column}" does not exist in the data.'
            raise ValueError(msg)


# --- rules of one column ------------------------------------------------------------------------

Verdict = Callable[[str, pl.DataType, Arguments], pl.Expr]
"""Whether a value meets the expectation, given the column, its type and the kwargs."""


def _in_set(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    values = kwargs["value_set"]
    return pl.col(column).is_not_null() if values is None else is_member(column, values, dtype)


def _not_in_set(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    values = kwargs["value_set"]
    return pl.col(column).is_not_null() if values is None else ~is_member(column, values, dtype)


def _between(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    return within(
        column,
        dtype,
        kwargs["min_value"],
        kwargs["max_value"],
        strict_lower=bool(kwargs["strict_min"]),
        strict_upper=bool(kwargs["strict_max"]),
    )


def _match_regex(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    return text(column, dtype).str.contains(checked_pattern(kwargs["regex"]))


def _not_match_regex(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    return ~_match_regex(column, dtype, kwargs)


def _length_equals(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    length: int = kwargs["value"]
    return text(column, dtype).str.len_chars() == length


def _length_between(column: str, dtype: pl.DataType, kwargs: Arguments) -> pl.Expr:
    length = text(column, dtype).str.len_chars()
    low, high = kwargs["min_value"], kwargs["max_value"]
    if low is None and high is None:
        msg = "min_value and max_value cannot both be None"
        raise ValueError(msg)
    parts: list[pl.Expr] = []
    if low is not None:
        parts.append(length > low if kwargs["strict_min"] else length >= low)
    if high is not None:
        parts.append(length < high if kwargs["strict_max"] else length <= high)
    return reduce(and_, parts)


def checked_pattern(regex: str) -> str:
    """The pattern, if Polars can read it.

    Raises ``ValueError`` for what Rust's regular expressions lack: look-around, back-references.
    """
    try:
        pl.Series([""]).str.contains(regex)
    except pl.exceptions.ComputeError as error:
        msg = f"The regular expression {regex!r} is not read by Polars: {error}"
        raise ValueError(msg) from error
    return regex


VERDICTS: Mapping[str, Verdict] = {
    "column_values.in_set": _in_set,
    "column_values.not_in_set": _not_in_set,
    "column_values.between": _between,
    "column_values.match_regex": _match_regex,
    "column_values.not_match_regex": _not_match_regex,
    "column_values.value_length.equals": _length_equals,
    "column_values.value_length.between": _length_between,
}


def column_rule(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Rule:
    """The rule of a ``column_values`` metric; missing values are judged by the null rules alone."""
    column: str = kwargs["column"]
    require(schema, column)
    present = pl.col(column).is_not_null()
    if metric == "column_values.nonnull":
        return Rule(domain, ~present, [column], "value")
    if metric == "column_values.null":
        return Rule(domain, present, [column], "value")
    if metric == "column_values.unique":
        return UniqueRule.of(domain, [column], "value", present)
    meets = VERDICTS[metric](column, schema[column], kwargs)
    return Rule(domain, _fails(meets), [column], "value", present)


# --- rules of several columns -------------------------------------------------------------------


def _fails(meets: pl.Expr) -> pl.Expr:
    return ~meets.fill_null(value=False)


def _equal(left: str, right: str, schema: pl.Schema) -> pl.Expr:
    """Whether two columns hold equal values, never null; values of different kinds never do."""
    if not comparable(schema[left], schema[right]):
        return pl.col(left).ne_missing(pl.col(left))  # false in every row, as a literal is not
    equal = operand(left, schema[left]) == operand(right, schema[right])
    return equal.fill_null(value=False)


def _same(left: str, right: str, schema: pl.Schema) -> pl.Expr:
    """Whether two columns agree: equal values, or both missing."""
    both_missing = pl.col(left).is_null() & pl.col(right).is_null()
    return _equal(left, right, schema) | both_missing


def _considered(columns: Sequence[str], ignore_row_if: str) -> pl.Expr | None:
    present = [pl.col(column).is_not_null() for column in columns]
    if ignore_row_if in ("neither", "never"):
        return None
    if ignore_row_if in ("both_values_are_missing", "all_values_are_missing"):
        return reduce(or_, present)
    if ignore_row_if in ("either_value_is_missing", "any_value_is_missing"):
        return reduce(and_, present)
    msg = f"Unrecognized value of ignore_row_if: {ignore_row_if!r}"
    raise ValueError(msg)


def pair_rule(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Rule:
    """The rule of a ``column_pair_values`` metric; a missing value is equal to and above nothing.

    Raises ``TypeError`` when an order is asked of columns that cannot be ordered.
    """
    left, right = kwargs["column_A"], kwargs["column_B"]
    require(schema, left, right)
    if metric == "column_pair_values.equal":
        meets = _equal(left, right, schema)
    elif comparable(schema[left], schema[right]):
        a, b = operand(left, schema[left]), operand(right, schema[right])
        meets = a >= b if kwargs["or_equal"] else a > b
    else:
        msg = f'"{left}" ({schema[left]}) and "{right}" ({schema[right]}) have no common order.'
        raise TypeError(msg)
    considered = _considered([left, right], kwargs["ignore_row_if"])
    return Rule(domain, _fails(meets), [left, right], "pair", considered)


def record_rule(metric: str, domain: Domain, kwargs: Arguments, schema: pl.Schema) -> Rule:
    """The rule of a metric of several columns.

    A sum of whole numbers cannot overflow; a sum of floats is compared exactly, and a sum with a
    missing term equals nothing.
    """
    columns: list[str] = kwargs["column_list"]
    require(schema, *columns)
    considered = _considered(columns, kwargs["ignore_row_if"])
    if metric == "compound_columns.unique":
        return UniqueRule.of(domain, columns, "record", considered)
    if metric == "multicolumn_sum.equal":
        terms = [_term(column, schema[column]) for column in columns]
        unexpected = _fails(reduce(add, terms) == kwargs["sum_total"])
    elif metric == "multicolumn_values.equal":
        unexpected = ~reduce(and_, [_same(columns[0], other, schema) for other in columns[1:]])
    else:
        unexpected = reduce(or_, [_same(a, b, schema) for a, b in combinations(columns, 2)])
    return Rule(domain, unexpected, columns, "record", considered)


def _term(column: str, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_integer():
        return pl.col(column).cast(pl.Int128)
    if dtype.is_numeric():
        return pl.col(column)
    msg = f'Column "{column}" has type {dtype}; a sum needs numbers.'
    raise TypeError(msg)


RuleBuilder = Callable[[str, Domain, Arguments, pl.Schema], Rule]

RULES: Mapping[str, RuleBuilder] = {
    **dict.fromkeys(
        [*VERDICTS, "column_values.nonnull", "column_values.null", "column_values.unique"],
        column_rule,
    ),
    "column_pair_values.equal": pair_rule,
    "column_pair_values.a_greater_than_b": pair_rule,
    "compound_columns.unique": record_rule,
    "multicolumn_sum.equal": record_rule,
    "multicolumn_values.equal": record_rule,
    "select_column_values.unique.within_record": record_rule,
}
"""What prepares the rule of each map metric; kwargs are its domain and value kwargs together."""
