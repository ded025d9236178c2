"""Bring the constants of a rule to the type of the column that they are compared with.

A suite is JSON, so a date arrives as text and a whole number as a float or the other way round.
Polars refuses or coerces such comparisons; here they become exact, or a ``TypeError`` that names
the column type.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
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
        if dtype.is_float():
            return float(value)
        if dtype.is_decimal():
            return Decimal(str(value))
        return int(value) if math.isfinite(value) and value == int(value) else value
    if is_text(dtype) and isinstance(value, str):
        return value
    if dtype == pl.Boolean and isinstance(value, bool):
        return value
    msg = f"The value {value!r} ({type(value).__name__}) cannot be compared with type {dtype}."
    raise TypeError(msg)


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


def is_member(column: str, values: Iterable[Any], dtype: pl.DataType) -> pl.Expr:
    """Whether the column's value is in the set; null where the value is missing.

    Values that no row can equal (text in a numeric column, 1.5 or 300 in an Int8 column) match
    nothing, as in pandas.
    """
    kept = []
    for value in values:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            continue
        try:
            kept.append(constant(value, dtype))
        except TypeError:
            continue
    kind = pl.String() if is_text(dtype) else dtype
    if dtype.is_integer():
        whole = [value for value in kept if isinstance(value, int) and abs(value) < 2**126]
        fitting = pl.Series(whole, dtype=pl.Int128).cast(dtype, strict=False).drop_nulls()
    else:
        fitting = pl.Series(kept, dtype=kind)
    return operand(column, dtype).is_in(pl.lit(fitting).implode())


def within(value: pl.Expr, dtype: pl.DataType, bounds: Mapping[str, Any]) -> pl.Expr:
    """Whether a value lies between ``min_value`` and ``max_value``, of which one may be missing.

    ``strict_min`` and ``strict_max`` leave the bounds themselves out. Whole numbers are compared as
    whole numbers, so that they are exact above 2**53; an infinite value lies between no bounds.

    Raises ``ValueError`` without bounds or with bounds in the wrong order.
    """
    lower, upper = bounds["min_value"], bounds["max_value"]
    above, below = bool(bounds["strict_min"]), bool(bounds["strict_max"])
    if lower is None and upper is None:
        msg = "min_value and max_value cannot both be None"
        raise ValueError(msg)
    low = None if lower in (None, -math.inf) else constant(lower, dtype)
    high = None if upper in (None, math.inf) else constant(upper, dtype)
    if low is not None and high is not None and low > high:
        msg = "min_value cannot be greater than max_value"
        raise ValueError(msg)
    if dtype.is_integer():  # a bound between two whole numbers leaves both where they are
        if not isinstance(low, int | None):
            low, above = math.ceil(low), False
        if not isinstance(high, int | None):
            high, below = math.floor(high), False
    parts = [value.is_not_null()]
    if low is not None:
        parts.append(value > low if above else value >= low)
    if high is not None:
        parts.append(value < high if below else value <= high)
    if dtype.is_float():
        parts.append(value.is_finite())
    return pl.all_horizontal(parts)
