"""Check a suite, and run it in one call.

A suite is checked before it is trusted: GX drops rules that it cannot load, and says so in a log.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import great_expectations as gx
import polars as pl
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
from great_expectations.data_context.data_context.ephemeral_data_context import (
    EphemeralDataContext,
)
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.exceptions.exceptions import ExpectationNotFoundError
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.registry import get_expectation_impl

from ojmf.validate.gx_polars.conditions import RowConditionError, parse
from ojmf.validate.gx_polars.datasource import PolarsDatasource
from ojmf.validate.gx_polars.engine import DEFAULT_MAX_UNEXPECTED_ROWS
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
        "expect_column_quantile_values_to_be_between",
        "expect_column_stdev_to_be_between",
        "expect_column_sum_to_be_between",
        "expect_column_to_exist",
        "expect_column_to_have_polars_type",
        "expect_column_unique_value_count_to_be_between",
        "expect_column_value_lengths_to_be_between",
        "expect_column_value_lengths_to_equal",
        "expect_column_values_to_be_between",
        "expect_column_values_to_be_decreasing",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_be_increasing",
        "expect_column_values_to_be_null",
        "expect_column_values_to_be_unique",
        "expect_column_values_to_match_regex",
        "expect_column_values_to_match_regex_list",
        "expect_column_values_to_not_be_in_set",
        "expect_column_values_to_not_be_null",
        "expect_column_values_to_not_match_regex",
        "expect_column_values_to_not_match_regex_list",
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

ResultLevel = Literal["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]

_OWN = (PolarsRowExpectation, PolarsGroupExpectation, ExpectColumnToHavePolarsType)

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
        try:
            loaded = len(ExpectationSuite(**suite).expectations)
        except Exception as error:  # whatever GX says, the suite does not load
            return [SuiteProblem(0, "arguments", "suite", str(error))]
        if loaded != len(rules):
            detail = f"{len(rules)} rules are written, but GX loads {loaded}"
            problems.append(SuiteProblem(0, "dropped", "suite", detail))
    return problems


def _check_rule(position: int, rule: Mapping[str, Any]) -> SuiteProblem | None:
    name = str(rule.get("type"))

    def problem(kind: Kind, detail: str) -> SuiteProblem:
        return SuiteProblem(position, kind, name, detail)

    try:
        found = None if name in SUPPORTED else get_expectation_impl(name)
        if found is not None and not issubclass(found, _OWN):
            return problem("unsupported", "the Polars engine does not honour this expectation")
    except ExpectationNotFoundError:
        return problem("unknown", "no expectation of this type is registered")
    severities = [member.value for member in FailureSeverity]
    if rule.get("severity", FailureSeverity.CRITICAL.value) not in severities:
        text = f"severity {rule['severity']!r} is none of {', '.join(severities)}"
        return problem("severity", text)
    try:
        parse(rule.get("kwargs", {}).get("row_condition"))
    except (RowConditionError, ValueError, TypeError) as error:
        return problem("row_condition", str(error))
    try:
        ExpectationConfiguration(**rule).to_domain_obj()
    except Exception as error:  # whatever GX says, the rule does not load
        return problem("arguments", str(error))
    return None


def context() -> EphemeralDataContext:
    """An ephemeral GX context that sends nothing, draws no progress bars and writes no files.

    Data Docs need a site: ``add_data_docs_site``. Sets ``GX_ANALYTICS_ENABLED=false`` for
    the process.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def add_polars(
    to: EphemeralDataContext,
    name: str = "polars",
    max_unexpected_rows: int | None = DEFAULT_MAX_UNEXPECTED_ROWS,
) -> PolarsDatasource:
    """Add a Polars data source to a context; ``to.data_sources.add_polars(name)``, typed."""
    source: PolarsDatasource = to.data_sources.add_polars(
        name, max_unexpected_rows=max_unexpected_rows
    )
    return source


def validate(
    data: pl.DataFrame | pl.LazyFrame | str | Path,
    suite: ExpectationSuite,
    *,
    level: ResultLevel = "COMPLETE",
    index_columns: Sequence[str] = (),
    partial_unexpected_count: int = 20,
    max_unexpected_rows: int | None = DEFAULT_MAX_UNEXPECTED_ROWS,
) -> ExpectationSuiteValidationResult:
    """Check a frame, or the Parquet file at a path, against a suite.

    ``index_columns`` identify the failing rows in the result; without them a row is known by its
    position, from 0. A result of the level COMPLETE lists at most ``max_unexpected_rows`` failing
    rows of a rule (None: all), the levels below it ``partial_unexpected_count``; counts are exact.

    The results are grouped by column, as GX does it. A rule that could not be computed has
    ``success`` False and the reason in ``exception_info``.

    Raises ``TypeError`` for data that are no Polars frame and no path, and ``ValueError`` for a
    level that GX does not have.
    """
    if level not in get_args(ResultLevel):
        msg = f"level is {level!r}, expected one of {', '.join(get_args(ResultLevel))}."
        raise ValueError(msg)
    if not isinstance(data, pl.DataFrame | pl.LazyFrame | str | Path):
        msg = (
            f"data is {type(data).__module__}.{type(data).__name__}, expected a polars DataFrame "
            "or LazyFrame, or the path of a Parquet file. pl.DataFrame(data) makes a frame of it."
        )
        raise TypeError(msg)
    result_format: dict[str, Any] = {
        "result_format": level,
        "partial_unexpected_count": partial_unexpected_count,
    }
    if index_columns:
        result_format["unexpected_index_column_names"] = list(index_columns)
    source = add_polars(context(), max_unexpected_rows=max_unexpected_rows)
    batch: Batch
    if isinstance(data, pl.DataFrame | pl.LazyFrame):
        asset = source.add_dataframe_asset("frame")
        batch = asset.get_batch(asset.build_batch_request({"dataframe": data}))
    else:
        file = source.add_parquet_asset("file", str(data))
        batch = file.get_batch(file.build_batch_request())
    return batch.validate(suite, result_format=result_format)
