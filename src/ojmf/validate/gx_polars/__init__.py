"""A native Polars execution engine for Great Expectations; see README.md beside this file.

Importing the package registers the engine's metrics, its data source and its expectations with
GX, so import it before suites or contexts are loaded that name them.
"""

from ojmf.validate.gx_polars.conditions import RowConditionError
from ojmf.validate.gx_polars.datasource import PolarsDatasource
from ojmf.validate.gx_polars.engine import PolarsExecutionEngine
from ojmf.validate.gx_polars.expectations import (
    ExpectColumnToHavePolarsType,
    PolarsGroupExpectation,
    PolarsRowExpectation,
)
from ojmf.validate.gx_polars.metrics import register
from ojmf.validate.gx_polars.suites import (
    SUPPORTED,
    SuiteProblem,
    add_polars,
    check_suite,
    context,
    validate,
)

register()

__all__ = [
    "SUPPORTED",
    "ExpectColumnToHavePolarsType",
    "PolarsDatasource",
    "PolarsExecutionEngine",
    "PolarsGroupExpectation",
    "PolarsRowExpectation",
    "RowConditionError",
    "SuiteProblem",
    "add_polars",
    "check_suite",
    "context",
    "validate",
]
