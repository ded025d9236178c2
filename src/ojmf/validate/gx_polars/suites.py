"""Check a suite before it is trusted: GX drops rules that it cannot load, and says so in a log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.exceptions.exceptions import ExpectationNotFoundError
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.registry import get_expectation_impl

from ojmf.validate.gx_polars.conditions import RowConditionError, parse
from ojmf.validate.gx_polars.expectations import (
    ExpectColumnToHavePolarsType,
    PolarsGroupExpectation,
    PolarsRowExpectation,
)

SUPPORTED = frozenset(
    {
        "expect_column_distinct_values_to_be_in_set",
        "expect_column_distinct_values_to_contain_set",
        "expect_column_distinct_values_to_equal_set",
        "expect_column_max_to_be_between",
        "expect_column_mean_to_be_between",
        "expect_column_median_to_be_between",
        "expect_column_min_to_be_between",
        "expect_column_pair_values_a_to_be_greater_than_b",
        "expect_column_pair_values_to_be_equal",
        "expect_column_proportion_of_non_null_values_to_be_between",
        "expect_column_proportion_of_unique_values_to_be_between",
        "expect_column_stdev_to_be_between",
        "expect_column_sum_to_be_between",
        "expect_column_to_exist",
        "expect_column_to_have_polars_type",
        "expect_column_unique_value_count_to_be_between",
        "expect_column_value_lengths_to_be_between",
        "expect_column_value_lengths_to_equal",
        "expect_column_values_to_be_between",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_be_null",
        "expect_column_values_to_be_unique",
        "expect_column_values_to_match_regex",
        "expect_column_values_to_not_be_in_set",
        "expect_column_values_to_not_be_null",
        "expect_column_values_to_not_match_regex",
        "expect_compound_columns_to_be_unique",
        "expect_multicolumn_sum_to_equal",
        "expect_multicolumn_values_to_be_equal",
        "expect_select_column_values_to_be_unique_within_record",
        "expect_table_column_count_to_be_between",
        "expect_table_column_count_to_equal",
        "expect_table_columns_to_match_ordered_list",
        "expect_table_columns_to_match_set",
        "expect_table_row_count_to_be_between",
        "expect_table_row_count_to_equal",
    }
)
"""The expectation types that the engine honours, beside subclasses of its two bases."""

Kind = Literal["unknown", "unsupported", "severity", "row_condition", "arguments", "dropped"]


@dataclass(frozen=True)
class SuiteProblem:
    """Why a rule of a suite would not be checked as it is written.

    ``position`` counts the rules from 1; 0 is the suite as a whole.
    """

    position: int
    kind: Kind
    expectation_type: str
    detail: str

    def __str__(self) -> str:
        return f"rule {self.position} ({self.expectation_type}): {self.detail}"


def check_suite(suite: Mapping[str, Any]) -> list[SuiteProblem]:
    """Every reason why a suite, as read from JSON, would not be checked as it is written.

    Custom expectations must have been imported before. No data are needed.
    """
    rules = suite.get("expectations") or []
    problems = [
        problem
        for position, rule in enumerate(rules, start=1)
        if (problem := _check_rule(position, rule)) is not None
    ]
    if not problems:
        loaded = len(ExpectationSuite(**suite).expectations)
        if loaded != len(rules):
            detail = f"{len(rules)} rules are written, but GX loads {loaded}"
            problems.append(SuiteProblem(0, "dropped", "suite", detail))
    return problems


def is_supported(expectation_type: str) -> bool:
    """Whether the engine honours a known expectation type."""
    if expectation_type in SUPPORTED:
        return True
    found = get_expectation_impl(expectation_type)
    custom = (PolarsRowExpectation, PolarsGroupExpectation, ExpectColumnToHavePolarsType)
    return issubclass(found, custom)


def _check_rule(position: int, rule: Mapping[str, Any]) -> SuiteProblem | None:
    name = str(rule.get("type"))

    def problem(kind: Kind, detail: str) -> SuiteProblem:
        return SuiteProblem(position, kind, name, detail)

    try:
        if not is_supported(name):
            return problem("unsupported", "the Polars engine does not honour this expectation")
    except ExpectationNotFoundError:
        return problem("unknown", "no expectation of this type is registered")
    severities = [member.value for member in FailureSeverity]
    if rule.get("severity", FailureSeverity.CRITICAL.value) not in severities:
        found = rule["severity"]
        return problem("severity", f"severity {found!r} is none of {', '.join(severities)}")
    try:
        parse(rule.get("kwargs", {}).get("row_condition"))
    except (RowConditionError, ValueError, TypeError) as error:
        return problem("row_condition", str(error))
    try:
        ExpectationConfiguration(**rule).to_domain_obj()
    except Exception as error:  # whatever GX says, the rule does not load
        return problem("arguments", str(error))
    return None
