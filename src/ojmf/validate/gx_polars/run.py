"""Run a suite in one call, in an ephemeral context of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

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

from ojmf.validate.gx_polars.datasource import PolarsDatasource
from ojmf.validate.gx_polars.engine import DEFAULT_MAX_UNEXPECTED_ROWS

ResultLevel = Literal["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]


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
    """
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
