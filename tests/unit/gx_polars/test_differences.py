"""Where the engine differs from the one for pandas on purpose; the README lists the same."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.expectations.row_conditions import Column

from ojmf.validate import gx_polars

JANUARY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def failing(values: pl.Series, kind: str, **kwargs: Any) -> list[Any]:
    """The values that fail a rule on a column."""
    entry = {"type": f"expect_column_{kind}", "kwargs": {"column": "x", **kwargs}}
    suite = ExpectationSuite(name="one", expectations=[entry])
    (found,) = gx_polars.validate(values.alias("x").to_frame(), suite).results
    assert found.exception_info["raised_exception"] is False
    listed: list[Any] = found.result["unexpected_list"]
    return listed


def test_nan_is_missing() -> None:
    values = pl.Series([1.0, math.nan, None])
    assert failing(values, "values_to_not_be_null") == [None, None]
    assert failing(values, "values_to_be_between", min_value=0) == []


def test_infinity_lies_between_no_bounds() -> None:
    values = pl.Series([math.inf, -math.inf, 1.0])
    assert failing(values, "values_to_be_between", min_value=0) == [math.inf, -math.inf]
    assert failing(values, "values_to_be_between", max_value=2) == [math.inf, -math.inf]


def test_whole_numbers_above_2_53_are_exact() -> None:
    large = 2**53
    values = pl.Series([large, large + 1], dtype=pl.Int64)
    assert failing(values, "values_to_be_in_set", value_set=[large]) == [large + 1]
    assert failing(values, "values_to_be_between", max_value=large) == [large + 1]
    assert failing(values, "values_to_be_unique") == []
    assert failing(pl.Series([large, None, large + 1]), "values_to_be_unique") == []


@pytest.mark.parametrize(
    ("dtype", "total"), [(pl.Int8, 400), (pl.Int64, 4 * 2**62), (pl.UInt64, 4 * 2**62)]
)
def test_a_sum_of_whole_numbers_does_not_overflow(dtype: Any, total: int) -> None:
    frame = pl.DataFrame({"x": pl.Series([total // 4] * 4, dtype=dtype)})
    frame = frame.with_columns(y="x")
    checks = [
        {"type": "expect_column_sum_to_be_between", "kwargs": {"column": "x", "min_value": 0}},
        {
            "type": "expect_multicolumn_sum_to_equal",
            "kwargs": {"column_list": ["x", "y"], "sum_total": total // 2},
        },
    ]
    suite = ExpectationSuite(name="sums", expectations=checks)
    results: Any = gx_polars.validate(frame, suite).results
    found = {r.expectation_config.type: r for r in results}
    assert found["expect_column_sum_to_be_between"].result["observed_value"] == total
    assert found["expect_multicolumn_sum_to_equal"].success


def test_a_dollar_does_not_match_before_a_last_line_break() -> None:
    assert failing(pl.Series(["a", "a\n"]), "values_to_match_regex", regex="a$") == ["a\n"]


@pytest.mark.parametrize(
    ("values", "allowed", "outside"),
    [
        (pl.Series([1, 2], dtype=pl.Int8), [1.0, 300, "2"], [2]),
        (pl.Series([0.5, 1.0]), [1, "0.5"], [0.5]),
        (pl.Series(["a", "b"], dtype=pl.Categorical()), ["a", 1], ["b"]),
        (pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])), ["a", "c"], ["b"]),
        (pl.Series([True, False]), [True], [False]),
        (
            pl.Series([dt.date(2024, 1, 1), dt.date(2025, 1, 1)]),
            ["2024-01-01"],
            [dt.date(2025, 1, 1)],
        ),
        (pl.Series([Decimal("1.50"), Decimal("2.00")]), [1.5], [Decimal("2.00")]),
    ],
)
def test_a_value_set_is_brought_to_the_type_of_the_column(
    values: pl.Series, allowed: list[Any], outside: list[Any]
) -> None:
    assert failing(values, "values_to_be_in_set", value_set=allowed) == outside
    inside = [value for value in values.to_list() if value not in outside]
    assert failing(values, "values_to_not_be_in_set", value_set=allowed) == inside


@pytest.mark.parametrize(
    ("values", "bounds", "outside"),
    [
        (pl.Series([1, 100], dtype=pl.Int8), {"max_value": 300}, []),
        (pl.Series([1, 2, 3]), {"min_value": 1.5, "max_value": 2.5}, [1, 3]),
        (pl.Series([1, 2]), {"min_value": 1, "strict_min": True}, [1]),
        (
            pl.Series([dt.date(2024, 1, 1), dt.date(2025, 1, 1)]),
            {"max_value": "2024-06-30"},
            [dt.date(2025, 1, 1)],
        ),
        (
            pl.Series([JANUARY, JANUARY.replace(year=2025)]),
            {"min_value": "2024-06-30T12:00:00"},
            [JANUARY],
        ),
    ],
)
def test_bounds_are_brought_to_the_type_of_the_column(
    values: pl.Series, bounds: dict[str, Any], outside: list[Any]
) -> None:
    assert failing(values, "values_to_be_between", **bounds) == outside


def test_the_length_of_whole_numbers_is_that_of_their_digits() -> None:
    assert failing(pl.Series([123, 4]), "value_lengths_to_equal", value=3) == [4]


def test_values_of_different_kinds_are_never_equal() -> None:
    frame = pl.DataFrame({"a": [1, None, None], "b": ["1", None, "x"]})
    suite = ExpectationSuite(
        name="kinds",
        expectations=[
            {
                "type": "expect_select_column_values_to_be_unique_within_record",
                "kwargs": {"column_list": ["a", "b"], "ignore_row_if": "never"},
            }
        ],
    )
    (found,) = gx_polars.validate(frame, suite).results
    assert found.result["unexpected_index_list"] == [1]


def test_a_row_condition_on_a_date_reads_iso_text() -> None:
    values = pl.Series([dt.date(2024, 1, 1), dt.date(2025, 1, 1)])
    condition = Column("x") > "2024-06-30"
    assert failing(values, "values_to_be_null", row_condition=condition) == [dt.date(2025, 1, 1)]
