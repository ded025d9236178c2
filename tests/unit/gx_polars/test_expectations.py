"""Expectations written as Polars expressions, used from JSON suites; and the check of suites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
import pytest
from great_expectations.core.expectation_suite import ExpectationSuite

from ojmf.validate import gx_polars

FRAME = pl.DataFrame(
    {
        "line": [10, 11, 12, 13, 14],
        "area": ["a", "a", "b", "b", None],
        "kind": ["part", "total", "part", "total", "part"],
        "value": [40.0, 40.0, 10.0, 12.0, None],
    }
)


class ExpectValueBelow(gx_polars.PolarsRowExpectation):
    """One column against a limit."""

    column: str
    limit: float

    def failing(self) -> pl.Expr:
        return pl.col(self.column) >= self.limit


class ExpectLinesWithoutGaps(gx_polars.PolarsRowExpectation):
    """Looks at the row before."""

    def failing(self) -> pl.Expr:
        return pl.col("line").diff().fill_null(1) != 1


class ExpectMeanBelow(gx_polars.PolarsRowExpectation):
    """One verdict for all rows."""

    limit: float

    def failing(self) -> pl.Expr:
        return pl.col("value").mean() >= self.limit


class ExpectRowToStayInArea(gx_polars.PolarsRowExpectation):
    """Compares a row with its group, by a window."""

    def failing(self) -> pl.Expr:
        return pl.col("value") < pl.col("value").max().over("area")

    shown: ClassVar[Sequence[str]] = ("area", "value")


class ExpectAreaToBeANumber(gx_polars.PolarsRowExpectation):
    """Fails on the values, when they are read."""

    def failing(self) -> pl.Expr:
        return pl.col("area").cast(pl.Int64) < 0


class ExpectAreaBelowLine(gx_polars.PolarsRowExpectation):
    """Fails on the types, when the query is run."""

    def failing(self) -> pl.Expr:
        return pl.col("area") < pl.col("line")


class ExpectPartsToSumToTotal(gx_polars.PolarsGroupExpectation):
    """The parts of a group make up its total."""

    by: list[str]

    figures: ClassVar[Mapping[str, pl.Expr]] = {
        kind: pl.col("value").filter(pl.col("kind") == name).first()
        for kind, name in (("parts", "part"), ("total", "total"))
    }

    @property
    def keys(self) -> Sequence[str]:
        return self.by

    def failing(self) -> pl.Expr:
        return self.figures["parts"] != self.figures["total"]


def run(kind: str, index_columns: Sequence[str] = (), **kwargs: Any) -> Any:
    entry = {"type": f"expect_{kind}", "kwargs": kwargs}
    assert gx_polars.check_suite({"name": "one", "expectations": [entry]}) == []
    suite = ExpectationSuite(name="one", expectations=[entry])
    (found,) = gx_polars.validate(FRAME, suite, index_columns=index_columns).results
    assert found.exception_info["raised_exception"] is False
    return found


def test_a_row_rule_reports_like_a_core_rule() -> None:
    found = run("value_below", ["line"], column="value", limit=12).result
    assert (found["element_count"], found["missing_count"], found["unexpected_count"]) == (5, 1, 3)
    assert found["unexpected_list"] == [40.0, 40.0, 12.0]
    assert found["unexpected_index_list"][0] == {"value": 40.0, "line": 10}


def test_a_row_rule_honours_mostly_and_row_conditions() -> None:
    parts = 'col("kind") == "part"'
    only_parts = {"row_condition": parts, "condition_parser": "great_expectations"}
    assert run("value_below", column="value", limit=40, mostly=0.5).success
    assert not run("value_below", column="value", limit=40, mostly=0.6).success
    found = run("value_below", column="value", limit=40, **only_parts)
    assert (found.result["element_count"], found.result["unexpected_list"]) == (3, [40.0])


def test_a_row_rule_sees_the_rows_of_its_condition_alone() -> None:
    assert run("lines_without_gaps").success
    parts = {
        "type": "comparison",
        "column": {"name": "kind"},
        "operator": "==",
        "parameter": "part",
    }
    found = run("lines_without_gaps", row_condition=parts)
    assert found.result["unexpected_index_list"] == [2, 4]


def test_a_verdict_on_the_whole_frame_fails_every_row() -> None:
    assert run("mean_below", limit=10).result["unexpected_count"] == 5
    assert run("mean_below", limit=99).success


def test_a_row_rule_can_look_at_its_group() -> None:
    found = run("row_to_stay_in_area", ["line"]).result
    assert found["unexpected_index_list"] == [{"area": "b", "value": 10.0, "line": 12}]


def test_a_group_rule_counts_groups_and_lists_their_rows() -> None:
    found = run("parts_to_sum_to_total", ["line"], by=["area"]).result
    assert (found["element_count"], found["missing_count"], found["unexpected_count"]) == (3, 1, 1)
    assert found["unexpected_list"] == [{"area": "b", "parts": 10.0, "total": 12.0}]
    assert found["unexpected_index_list"] == [{"area": "b", "line": [12, 13]}]


def test_a_group_rule_honours_row_conditions() -> None:
    first = {"type": "comparison", "column": {"name": "line"}, "operator": "<", "parameter": 12}
    assert run("parts_to_sum_to_total", by=["area"], row_condition=first).success


def test_two_rules_of_one_class_are_told_apart() -> None:
    entries = [
        {"type": "expect_value_below", "kwargs": {"column": "value", "limit": limit}}
        for limit in (12, 40, 99)
    ]
    suite = ExpectationSuite(name="three", expectations=entries)
    results: Any = gx_polars.validate(FRAME, suite).results
    counts = {r.expectation_config.kwargs["limit"]: r.result["unexpected_count"] for r in results}
    assert counts == {12: 3, 40: 2, 99: 0}


@pytest.mark.parametrize(
    ("types", "success"), [(["Float64"], True), (["Int64"], False), (["Int64", "Float64"], True)]
)
def test_a_column_type_is_checked_by_its_polars_name(types: list[str], success: bool) -> None:
    assert run("column_to_have_polars_type", column="value", types=types).success is success


@pytest.mark.parametrize("broken", ["area_to_be_a_number", "area_below_line"])
def test_an_expression_that_polars_refuses_leaves_the_other_rules_alone(broken: str) -> None:
    entries = [
        {"type": f"expect_{broken}", "kwargs": {}},
        {"type": "expect_value_below", "kwargs": {"column": "value", "limit": 12}},
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "kind"}},
        {"type": "expect_table_row_count_to_equal", "kwargs": {"value": 5}},
    ]
    suite = ExpectationSuite(name="broken", expectations=entries)
    results: Any = gx_polars.validate(FRAME, suite).results
    found = {r.expectation_config.type.removeprefix("expect_"): r for r in results}
    assert not found[broken].success
    assert "raised_exception" not in found[broken].exception_info
    assert found["value_below"].result["unexpected_list"] == [40.0, 40.0, 12.0]
    assert found["column_values_to_be_unique"].result["unexpected_count"] == 5
    assert found["table_row_count_to_equal"].success


def test_the_readme_runs() -> None:
    text = Path(str(gx_polars.__file__)).with_name("README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) == 4
    names: dict[str, Any] = {"__name__": "readme"}
    for block in blocks:
        exec(compile(block, "README.md", "exec", dont_inherit=True), names)
    counts = pl.DataFrame({"table": ["a", "a"], "row": ["x", "Totalt"], "count": [3, 4]})
    rule = {"type": "expect_parts_to_make_total", "kwargs": {}}
    suite = ExpectationSuite(name="total", expectations=[rule])
    (found,) = gx_polars.validate(counts, suite).results
    assert found.result["unexpected_list"] == [{"table": "a", "parts": 3, "total": 4}]


# --- suites -------------------------------------------------------------------------------------

GOOD = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "area"}}


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"type": "expect_nothing_at_all", "kwargs": {}}, "unknown"),
        ({"kwargs": {}}, "unknown"),
        (
            {
                "type": "expect_column_values_to_be_of_type",
                "kwargs": {"column": "area", "type_": "String"},
            },
            "unsupported",
        ),
        ({"type": "unexpected_rows_expectation", "kwargs": {}}, "unsupported"),
        ({**GOOD, "severity": "fatal"}, "severity"),
        ({**GOOD, "kwargs": {"column": "area", "row_condition": "line > 3"}}, "row_condition"),
        ({**GOOD, "kwargs": {"kolumn": "area"}}, "arguments"),
        ({**GOOD, "kwargs": {"column": "area", "mostly": 2}}, "arguments"),
        ({**GOOD, "expectation": "x"}, "arguments"),
        ({"type": "expect_value_below", "kwargs": {"column": "value"}}, "arguments"),
    ],
)
def test_a_rule_that_would_not_be_checked_is_reported(rule: dict[str, Any], kind: str) -> None:
    found = gx_polars.check_suite({"name": "s", "expectations": [GOOD, rule, GOOD]})
    assert [(problem.position, problem.kind) for problem in found] == [(2, kind)]


def test_every_supported_type_exists() -> None:
    from great_expectations.expectations.registry import get_expectation_impl

    for name in gx_polars.SUPPORTED:
        assert get_expectation_impl(name).expectation_type == name


def test_the_readme_lists_what_is_supported() -> None:
    text = (Path(gx_polars.__file__).parent / "README.md").read_text(encoding="utf-8")
    table = text.partition("| of | types |")[2].partition("\n\n")[0]
    assert sorted(f"expect_{name}" for name in re.findall(r"`(\w+)`", table)) == sorted(
        gx_polars.SUPPORTED
    )
