"""Bases for expectations that are Polars expressions, and one on column types.

A subclass is an ordinary GX expectation: it is registered under its name in snake case as soon as
its class exists, its fields are the kwargs of a JSON suite, and its failures come back as those of
the core expectations do. Describe it with ``description`` in the suite.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

import polars as pl
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import (
    BatchExpectation,
    _format_map_output,
    _mostly_success,
)
from great_expectations.expectations.model_field_types import ConditionParser, MostlyField
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

from ojmf.validate.gx_polars.metrics import CUSTOM
from ojmf.validate.gx_polars.plan import ROW, Domain, GroupRule, Rule

_DOMAIN_KEYS = ("batch_id", "row_condition", "condition_parser")
_COUNTS = ("element_count", "filtered_row_count", "unexpected_count")


class _PolarsExpectation(BatchExpectation):
    """What checks of rows and of groups share: which metrics they need and how they end."""

    mostly: MostlyField = 1
    row_condition: RowConditionType = None
    condition_parser: ConditionParser | None = None
    catch_exceptions: bool = True

    domain_keys: ClassVar[tuple[str, ...]] = _DOMAIN_KEYS
    success_keys: ClassVar[tuple[str, ...]] = ("mostly",)

    @abstractmethod
    def rule(self, domain: Domain) -> Rule:
        """The prepared rule."""

    def get_validation_dependencies(
        self,
        execution_engine: ExecutionEngine[Any] | None = None,
        runtime_configuration: dict[str, Any] | None = None,
    ) -> ValidationDependencies:
        dependencies = super().get_validation_dependencies(execution_engine, runtime_configuration)
        result_format = dependencies.result_format
        wanted = list(_COUNTS)
        if result_format["result_format"] != "BOOLEAN_ONLY":
            wanted.append("unexpected_values")
            if result_format["include_unexpected_rows"]:
                wanted.append("unexpected_rows")
        if result_format["result_format"] in ("SUMMARY", "COMPLETE"):
            wanted.append("unexpected_index_list")
        kwargs = self.configuration.kwargs
        domain = {key: kwargs.get(key) for key in _DOMAIN_KEYS}
        for name in wanted:
            values = {"type": self.expectation_type, "expectation": self}
            if name not in _COUNTS:
                values["result_format"] = result_format
            metric = MetricConfiguration(f"{CUSTOM}.{name}", domain, values)
            dependencies.set_metric_configuration(name, metric)
        return dependencies

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002 - GX's signature
    ) -> dict[str, Any]:
        judged, failed = metrics["filtered_row_count"], metrics["unexpected_count"]
        result_format: Any = self._get_result_format(runtime_configuration)
        return _format_map_output(
            result_format=result_format,
            success=judged == 0 or _mostly_success(judged, failed, cast("float", self.mostly)),
            element_count=metrics["element_count"],
            nonnull_count=judged,
            unexpected_count=failed,
            unexpected_list=metrics.get("unexpected_values"),
            unexpected_index_list=metrics.get("unexpected_index_list"),
            unexpected_index_column_names=result_format.get("unexpected_index_column_names"),
            unexpected_rows=metrics.get("unexpected_rows"),
        )


class PolarsRowExpectation(_PolarsExpectation):
    """A check of every row, written as the expression that is true where a row fails.

    A row whose verdict is null (because a value is missing) is not judged: it counts as missing.
    The expression may look at other rows with ``over`` or ``shift``; it sees the rows that the
    row condition selects, and NaN as null. ``shown`` are the columns that a failing row is shown
    by; those that the expression reads where it is empty.
    """

    shown: ClassVar[Sequence[str]] = ()

    @abstractmethod
    def failing(self) -> pl.Expr:
        """True where a row fails, false where it passes, null where it is not judged."""

    def rule(self, domain: Domain) -> Rule:
        """The check with the columns that show its failures; a single one as a bare value."""
        failing = self.failing()
        shown = list(self.shown or dict.fromkeys(failing.meta.root_names()))
        # In a struct, a verdict on the whole frame (an aggregation, a literal) fills every row.
        verdict = pl.struct(failing.alias(ROW), pl.first().alias("any")).struct.field(ROW)
        return Rule(
            domain,
            verdict.fill_null(value=False),
            shown,
            "value" if len(shown) == 1 else "record",
            verdict.is_not_null(),
        )


class PolarsGroupExpectation(_PolarsExpectation):
    """A check of groups of rows, written as an aggregation that is true where a group fails.

    The values of ``keys`` form a group; missing values form one too. All counts are numbers of
    groups. A failing group is shown by its keys and by ``figures``, aggregations that
    explain a failure; the columns in ``unexpected_index_column_names`` come as the lists of their
    values in the group.
    """

    @property
    @abstractmethod
    def keys(self) -> Sequence[str]:
        """The columns of a group; most classes need no more than a class attribute."""

    figures: ClassVar[Mapping[str, pl.Expr]] = {}

    @abstractmethod
    def failing(self) -> pl.Expr:
        """An aggregation: true where the group fails, null where it is not judged."""

    def rule(self, domain: Domain) -> GroupRule:
        """The check with the keys and figures that show its failures."""
        return GroupRule(
            domain,
            self.failing(),
            [*self.keys, *self.figures],
            keys=list(self.keys),
            figures=[figure.alias(name) for name, figure in self.figures.items()],
        )


class ExpectColumnToHavePolarsType(BatchExpectation):
    """A column has one of the given types, written as Polars prints them.

    For example ``Int64``, ``String``, ``Datetime(time_unit='us', time_zone=None)``; a bare
    ``Datetime`` stands for all of its kind.
    """

    column: str
    types: list[str]

    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.column_types",)
    success_keys: ClassVar[tuple[str, ...]] = ("column", "types")

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002 - GX's signature
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        found = {entry["name"]: entry["type"] for entry in metrics["table.column_types"]}
        dtype = found.get(self.column)
        observed = None if dtype is None else str(dtype)
        success = observed in self.types or str(dtype and dtype.base_type()) in self.types
        return {"success": success, "result": {"observed_value": observed}}
