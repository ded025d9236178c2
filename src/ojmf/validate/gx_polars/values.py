"""Bring the constants of a rule to the type of the column that they are compared with.

A suite is JSON, so a date arrives as text and a whole number as a float or the other way round.
Polars refuses or coerces such comparisons; here they become exact, or a ``TypeError`` that names
the column type.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl


def is_text(dtype: pl.DataType) -> bool:
    """Whether the values of a column are read as text: strings, categories and enums."""
    return dtype.base_type() in (pl.String, pl.Categorical, pl.Enum)


def text(column: str, dtype: pl.DataType) -> pl.Expr:
    """The column as text; whole numbers are printed, every other type is a ``TypeError``."""
    if dtype == pl.String:
        return pl.col(column)
    if is_text(dtype) or dtype.is_integer():
        return pl.col(column).cast(pl.String)
    msg = f'Column "{column}" has type {dtype}; this rule reads text or whole numbers.'
    raise TypeError(msg)


def comparable(left: pl.DataType, right: pl.DataType) -> bool:
    """Whether values of two column types can be equal at all."""
    both_numbers = left.is_numeric() and right.is_numeric()
    return both_numbers or left == right or (is_text(left) and is_text(right))


def operand(column: str, dtype: pl.DataType) -> pl.Expr:
    """The column as it is compared: categories and enums as their text, the rest unchanged."""
    return text(column, dtype) if is_text(dtype) else pl.col(column)


def constant(value: Any, dtype: pl.DataType) -> Any:
    """A constant of a suite as a Python value of the column's type.

    Raises ``TypeError`` when the two cannot be compared and ``ValueError`` for text that is not
    an ISO date or time.
    """
    if dtype.is_temporal():
        return _moment(value, dtype)
    if dtype.is_numeric() and isinstance(value, int | float | Decimal):
        return _number(value, dtype)
    if is_text(dtype) and isinstance(value, str):
        return value
    if dtype == pl.Boolean and isinstance(value, bool):
        return value
    msg = f"The value {value!r} ({type(value).__name__}) cannot be compared with type {dtype}."
    raise TypeError(msg)


def _number(value: float | Decimal, dtype: pl.DataType) -> float | Decimal:
    if dtype.is_float():
        return float(value)
    if dtype.is_decimal():
        return Decimal(str(value))
    whole = not isinstance(value, int) and math.isfinite(value) and value == int(value)
    return int(value) if whole else value


def _moment(value: Any, dtype: pl.DataType) -> Any:
    if dtype == pl.Date:
        if isinstance(value, dt.datetime):
            return value.date()
        return dt.date.fromisoformat(value) if isinstance(value, str) else _expect(value, dt.date)
    if isinstance(dtype, pl.Datetime):
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        if type(moment) is dt.date:
            moment = dt.datetime.combine(moment, dt.time())
        moment = _expect(moment, dt.datetime)
        if dtype.time_zone and moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment
    if dtype == pl.Time:
        return dt.time.fromisoformat(value) if isinstance(value, str) else _expect(value, dt.time)
    return _expect(value, dt.timedelta)


def _expect(value: Any, kind: type) -> Any:
    if isinstance(value, kind):
        return value
    msg = f"The value {value!r} ({type(value).__name__}) is not a {kind.__name__}."
    raise TypeError(msg)


def members(values: Iterable[Any], dtype: pl.DataType) -> list[Any]:
    """The values of a set that a column of this type can hold, as Python values.

    Values that no row can equal (text in a numeric column, 1.5 or 300 in an Int8 column) are left
    out, so that they match nothing, as in pandas.
    """
    kept = []
    for value in values:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            continue
        try:
            kept.append(constant(value, dtype))
        except TypeError:
            continue
    if dtype.is_integer():
        whole = [value for value in kept if isinstance(value, int) and abs(value) < 2**126]
        return pl.Series(whole, dtype=pl.Int128).cast(dtype, strict=False).drop_nulls().to_list()
    return kept


def is_member(column: str, values: Iterable[Any], dtype: pl.DataType) -> pl.Expr:
    """Whether the column's value is in the set; null where the value is missing."""
    kept = members(values, dtype)
    kind = pl.String() if is_text(dtype) else dtype
    return operand(column, dtype).is_in(pl.lit(pl.Series(kept, dtype=kind)).implode())


def within(
    column: str,
    dtype: pl.DataType,
    lower: Any = None,
    upper: Any = None,
    *,
    strict_lower: bool = False,
    strict_upper: bool = False,
) -> pl.Expr:
    """Whether the column's value lies between two bounds, of which one may be missing.

    Whole numbers are compared as whole numbers, so that they are exact above 2**53; an infinite
    value lies between no bounds.

    Raises ``ValueError`` without bounds or with bounds in the wrong order.
    """
    if lower is None and upper is None:
        msg = "min_value and max_value cannot both be None"
        raise ValueError(msg)
    low = None if lower in (None, -math.inf) else constant(lower, dtype)
    high = None if upper in (None, math.inf) else constant(upper, dtype)
    if low is not None and high is not None and low > high:
        msg = "min_value cannot be greater than max_value"
        raise ValueError(msg)
    if dtype.is_integer():
        low, strict_lower = _whole_bound(low, strict_lower, math.ceil)
        high, strict_upper = _whole_bound(high, strict_upper, math.floor)
    value = operand(column, dtype)
    parts = [value.is_not_null()]
    if low is not None:
        parts.append(value > low if strict_lower else value >= low)
    if high is not None:
        parts.append(value < high if strict_upper else value <= high)
    if dtype.is_float():
        parts.append(value.is_finite())
    return pl.all_horizontal(parts)


def _whole_bound(bound: Any, strict: bool, rounding: Any) -> tuple[Any, bool]:
    if bound is None or isinstance(bound, int):
        return bound, strict
    return rounding(bound), False
