"""The execution engine: one batch, at most two queries of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import polars as pl
import polars.selectors as cs
from great_expectations.core.batch import BatchData, BatchMarkers
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine.execution_engine import (
    ExecutionEngine,
    MetricComputationConfiguration,
)
from great_expectations.expectations.row_conditions import (
    AndCondition,
    ComparisonCondition,
    NullityCondition,
    OrCondition,
)
from great_expectations.validator.metric_configuration import MetricConfigurationID

from ojmf.validate.gx_polars.conditions import parse, to_expression
from ojmf.validate.gx_polars.plan import Domain
from ojmf.validate.gx_polars.queries import Queries

DEFAULT_MAX_UNEXPECTED_ROWS = 10_000


class PolarsBatchData(BatchData):
    """The rows of a batch as a lazy frame in which NaN is missing, and their schema."""

    def __init__(
        self, execution_engine: PolarsExecutionEngine, data: pl.DataFrame | pl.LazyFrame
    ) -> None:
        super().__init__(execution_engine=execution_engine)
        frame = data.lazy()
        self.schema = frame.collect_schema()
        if any(dtype.is_float() for dtype in self.schema.dtypes()):
            frame = frame.with_columns(cs.float().fill_nan(None))
        self.frame = frame


class PolarsExecutionEngine(ExecutionEngine[pl.Expr]):
    """Computes GX metrics on Polars frames.

    An engine serves one batch; the data source makes a new one for every batch, so that runs in
    several threads, or one after the other, share nothing.
    """

    def __init__(
        self, *, max_unexpected_rows: int | None = DEFAULT_MAX_UNEXPECTED_ROWS, **kwargs: Any
    ) -> None:
        super().__init__(**{**kwargs, "caching": False})
        self.max_unexpected_rows = max_unexpected_rows
        self._values: dict[MetricConfigurationID, Any] = {}
        self._errors: dict[MetricConfigurationID, Exception] = {}

    def get_batch_data_and_markers(self, batch_spec: Any) -> tuple[BatchData, BatchMarkers]:
        """The data that a batch specification holds under ``batch_data``."""
        return PolarsBatchData(self, batch_spec["batch_data"]), BatchMarkers({"ge_load_time": None})

    def _batch(self, domain_kwargs: Mapping[str, Any]) -> PolarsBatchData:
        batch_id = domain_kwargs.get("batch_id") or self.batch_manager.active_batch_data_id
        data = self.batch_manager.batch_data_cache.get(cast("str", batch_id))
        if not isinstance(data, PolarsBatchData):
            msg = f"No Polars batch is loaded under the id {batch_id!r}."
            raise LookupError(msg)
        return data

    def schema(self, domain_kwargs: Mapping[str, Any]) -> pl.Schema:
        """The columns of the batch and their types."""
        return self._batch(domain_kwargs).schema

    def domain(self, domain_kwargs: Mapping[str, Any]) -> Domain:
        """The rows that the row condition of a rule selects."""
        condition = parse(domain_kwargs.get("row_condition"))
        if condition is None:
            return Domain()
        return Domain(condition.json(), to_expression(condition, self.schema(domain_kwargs)))

    def get_domain_records(self, domain_kwargs: dict[str, Any]) -> pl.LazyFrame:
        """The rows of a domain."""
        return self.domain(domain_kwargs).of(self._batch(domain_kwargs).frame)

    def get_compute_domain(
        self,
        domain_kwargs: dict[str, Any],
        domain_type: str | MetricDomainTypes,
        accessor_keys: Iterable[str] | None = None,
    ) -> tuple[pl.LazyFrame, dict[str, Any], dict[str, Any]]:
        """The rows of a domain, and its kwargs split into those of the rows and of the columns."""
        split = self._partition_domain_kwargs(domain_kwargs, domain_type, accessor_keys)
        return self.get_domain_records(domain_kwargs), split.compute, split.accessor

    def resolve_metric_bundle(
        self, metric_fn_bundle: Sequence[MetricComputationConfiguration]
    ) -> dict[MetricConfigurationID, Any]:
        """Compute figures, or fetch failing rows, together.

        When the common query fails, the sound metrics are computed without the others and kept:
        GX asks for every metric of a failed bundle again, alone, and up to three times.
        """
        wanted = {item.metric_configuration.id: item for item in metric_fn_bundle}
        for key in wanted:
            if key in self._errors:
                raise self._errors[key]
        todo = {key: item for key, item in wanted.items() if key not in self._values}
        try:
            self._values.update(self._compute(todo))
        except Exception as error:
            if len(todo) == 1:
                self._errors.update(dict.fromkeys(todo, error))
            else:
                self._compute_sound(todo)
            raise
        return {key: self._values[key] for key in wanted}

    def _compute_sound(
        self, todo: dict[MetricConfigurationID, MetricComputationConfiguration]
    ) -> None:
        sound = {}
        for key, item in todo.items():
            try:
                self._compute({key: item}, empty=True)
            except Exception as error:  # GX asks for the metric again and hears of it then
                self._errors[key] = error
            else:
                sound[key] = item
        try:
            self._values.update(self._compute(sound))
        except Exception:  # the rows are at fault: GX tries each metric alone
            return

    def _compute(
        self,
        items: dict[MetricConfigurationID, MetricComputationConfiguration],
        *,
        empty: bool = False,
    ) -> dict[MetricConfigurationID, Any]:
        if not items:
            return {}
        first = next(iter(items.values()))
        batch = self._batch(first.metric_configuration.metric_domain_kwargs)
        frame = pl.LazyFrame(schema=batch.schema) if empty else batch.frame
        return Queries(frame, self.max_unexpected_rows).run(items.values())

    def _comparison_condition_to_filter_clause(self, condition: ComparisonCondition) -> pl.Expr:
        return to_expression(condition, self.schema({}))

    def _nullity_condition_to_filter_clause(self, condition: NullityCondition) -> pl.Expr:
        return to_expression(condition, self.schema({}))

    def _and_condition_to_filter_clause(self, condition: AndCondition) -> pl.Expr:
        return to_expression(condition, self.schema({}))

    def _or_condition_to_filter_clause(self, condition: OrCondition) -> pl.Expr:
        return to_expression(condition, self.schema({}))
