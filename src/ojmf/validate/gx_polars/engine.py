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
from polars._typing import EngineType

from ojmf.validate.gx_polars.conditions import parse, to_expression
from ojmf.validate.gx_polars.plan import ROW, Domain, Measure, Rule

DEFAULT_MAX_UNEXPECTED_ROWS = 10_000


class PolarsBatchData(BatchData):
    """The rows of a batch as a lazy frame in which NaN is missing, and their schema.

    ``engine`` is the one of Polars that computes them. Rows in memory gain nothing by streaming,
    and rules that look at other rows (``over``, ``shift``) take it many times as long.
    """

    def __init__(
        self, execution_engine: PolarsExecutionEngine, data: pl.DataFrame | pl.LazyFrame
    ) -> None:
        super().__init__(execution_engine=execution_engine)
        self.engine: EngineType = "in-memory" if isinstance(data, pl.DataFrame) else "streaming"
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

    def batch(self, domain_kwargs: Mapping[str, Any]) -> PolarsBatchData:
        """The rows of the batch and their schema; raises ``LookupError`` where none is loaded."""
        batch_id = domain_kwargs.get("batch_id") or self.batch_manager.active_batch_data_id
        data = self.batch_manager.batch_data_cache.get(cast("str", batch_id))
        if not isinstance(data, PolarsBatchData):
            msg = f"No Polars batch is loaded under the id {batch_id!r}."
            raise LookupError(msg)
        return data

    def domain(self, domain_kwargs: Mapping[str, Any]) -> Domain:
        """The rows that the row condition of a rule selects."""
        condition = parse(domain_kwargs.get("row_condition"))
        if condition is None:
            return Domain()
        return Domain(condition.json(), to_expression(condition, self.batch(domain_kwargs).schema))

    def get_domain_records(self, domain_kwargs: dict[str, Any]) -> pl.LazyFrame:
        """The rows of a domain."""
        return self.domain(domain_kwargs).of(self.batch(domain_kwargs).frame)

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
        batch = self.batch(first.metric_configuration.metric_domain_kwargs)
        frame = pl.LazyFrame(schema=batch.schema) if empty else batch.frame
        measures: dict[MetricConfigurationID, Measure] = {}
        lists: dict[int, list[MetricComputationConfiguration]] = {}
        for key, item in items.items():
            if "unexpected_count" in item.metric_provider_kwargs["metrics"]:
                lists.setdefault(id(item.metric_fn), []).append(item)
            elif isinstance(item.metric_fn, Rule):
                measures[key] = item.metric_fn.measure(key.metric_name.rpartition(".")[2])
            else:
                measures[key] = item.metric_fn
        return measure(frame, measures, batch.engine) | fetch(
            frame, lists.values(), self.max_unexpected_rows, batch.engine
        )

    def _comparison_condition_to_filter_clause(self, condition: ComparisonCondition) -> pl.Expr:
        return to_expression(condition, self.batch({}).schema)

    def _nullity_condition_to_filter_clause(self, condition: NullityCondition) -> pl.Expr:
        return to_expression(condition, self.batch({}).schema)

    def _and_condition_to_filter_clause(self, condition: AndCondition) -> pl.Expr:
        return to_expression(condition, self.batch({}).schema)

    def _or_condition_to_filter_clause(self, condition: OrCondition) -> pl.Expr:
        return to_expression(condition, self.batch({}).schema)


def measure(
    frame: pl.LazyFrame, measures: Mapping[MetricConfigurationID, Measure], engine: EngineType
) -> dict[MetricConfigurationID, Any]:
    """The figures, by one call of ``polars.collect_all``: those of the same rows by one select."""
    selects: dict[Any, dict[MetricConfigurationID, Measure]] = {}
    for key, figure in measures.items():
        alone = None if isinstance(figure.source, pl.Expr) else key
        selects.setdefault((figure.domain.key, alone), {})[key] = figure
    queries = []
    for together in selects.values():
        sources = [figure.source for figure in together.values()]
        rows = next(iter(together.values())).domain.of(frame)
        if callable(sources[0]):
            queries.append(sources[0](rows))
        else:
            figures = [cast("pl.Expr", e).alias(f"m{n}") for n, e in enumerate(sources)]
            queries.append(rows.select(figures))
    values: dict[MetricConfigurationID, Any] = {}
    found = pl.collect_all(queries, engine=engine) if queries else []
    for together, answer in zip(selects.values(), found, strict=True):
        for n, (key, figure) in enumerate(together.items()):
            whole = not isinstance(figure.source, pl.Expr)
            values[key] = figure.finish(answer if whole else answer.item(0, n))
    return values


def fetch(
    frame: pl.LazyFrame,
    rules: Iterable[Sequence[MetricComputationConfiguration]],
    most: int | None,
    engine: EngineType,
) -> dict[MetricConfigurationID, Any]:
    """The lists of failing rows, by one call of ``polars.collect_all`` with one query per rule.

    Where no row fails, or none is to be listed, the list is empty without a query.
    """
    values: dict[MetricConfigurationID, Any] = {}
    queries, lists = [], []
    for items in rules:
        result_format: Any = items[0].metric_configuration.metric_value_kwargs["result_format"]
        limit = most
        if result_format["result_format"] != "COMPLETE":
            partial = result_format["partial_unexpected_count"]
            limit = partial if most is None else min(partial, most)
        names = [item.metric_configuration.metric_name.rpartition(".")[2] for item in items]
        if limit == 0 or not items[0].metric_provider_kwargs["metrics"]["unexpected_count"]:
            values |= {item.metric_configuration.id: [] for item in items}
            continue
        index = result_format.get("unexpected_index_column_names") or []
        rule: Rule = items[0].metric_fn
        columns = [*rule.shown, *([index] if isinstance(index, str) else index)]
        if "unexpected_rows" in names:
            columns += frame.collect_schema().names()
        queries.append(
            rule.failures(frame.with_row_index(ROW), list(dict.fromkeys(columns)), limit)
        )
        lists.append(items)
    found = pl.collect_all(queries, engine=engine) if queries else []
    for items, answer in zip(lists, found, strict=True):
        rows = answer.rows(named=True)
        values |= {item.metric_configuration.id: _entries(item, rows) for item in items}
    return values


def _entries(item: MetricComputationConfiguration, rows: Sequence[dict[str, Any]]) -> Any:
    """The failing rows as the list that was asked for has them."""
    rule: Rule = item.metric_fn
    name = item.metric_configuration.metric_name
    if name.endswith(".unexpected_values"):
        return [rule.value(row) for row in rows]
    if name.endswith(".unexpected_rows"):
        return [{column: value for column, value in row.items() if column != ROW} for row in rows]
    result_format: Any = item.metric_configuration.metric_value_kwargs["result_format"]
    columns = result_format.get("unexpected_index_column_names") or []
    columns = [columns] if isinstance(columns, str) else columns
    if columns and result_format.get("exclude_unexpected_values"):
        return [{column: [row[column] for row in rows] for column in columns}]
    return [rule.identity(row, columns) for row in rows]
