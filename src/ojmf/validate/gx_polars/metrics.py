"""The metrics of the engine and their registration with GX.

GX resolves metrics in rounds. Here every figure depends on one prepared rule or measure and on
nothing else, so that all of them become ready in the same round and are computed together; the
failing rows depend on the count of failures, so that they come in the next round and only for the
rules that failed.
"""

from __future__ import annotations

from typing import Any

from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.metric_provider import MetricProvider
from great_expectations.expectations.registry import register_core_metrics, register_metric
from great_expectations.validator.metric_configuration import MetricConfiguration

from ojmf.validate.gx_polars.aggregates import AGGREGATES
from ojmf.validate.gx_polars.engine import PolarsExecutionEngine
from ojmf.validate.gx_polars.rules import RULES

CUSTOM = "polars.rule"
"""The metric of the custom expectations; the expectation itself is one of its value kwargs."""

COUNTS = ("unexpected_count", "filtered_row_count", "element_count")
FETCHED = ("unexpected_values", "unexpected_index_list", "unexpected_rows")

_BUNDLED = "metric_partial_fn"


class PolarsMetric(MetricProvider):
    """What a metric of the engine depends on, read from its name."""

    @classmethod
    def _get_evaluation_dependencies(
        cls,
        metric: MetricConfiguration,
        configuration: ExpectationConfiguration | None = None,  # noqa: ARG003 - GX's signature
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG003
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003
    ) -> dict[str, MetricConfiguration]:
        stem, _, suffix = metric.metric_name.rpartition(".")
        if metric.metric_name in AGGREGATES:
            return {_BUNDLED: _related(metric, f"{metric.metric_name}.aggregate_fn")}
        if suffix in COUNTS:
            return {_BUNDLED: _related(metric, f"{stem}.condition")}
        if suffix in FETCHED:
            return {
                _BUNDLED: _related(metric, f"{stem}.condition"),
                "unexpected_count": _related(metric, f"{stem}.unexpected_count"),
            }
        return {}


def _related(metric: MetricConfiguration, name: str) -> MetricConfiguration:
    values = {k: v for k, v in metric.metric_value_kwargs.items() if k != "result_format"}
    return MetricConfiguration(name, metric.metric_domain_kwargs, values)


def _prepare_rule(
    execution_engine: PolarsExecutionEngine,
    metric_domain_kwargs: dict[str, Any],
    metric_value_kwargs: dict[str, Any],
    name: str,
) -> Any:
    domain = execution_engine.domain(metric_domain_kwargs)
    kwargs = {**metric_domain_kwargs, **metric_value_kwargs}
    if name == CUSTOM:
        expectation = metric_value_kwargs["expectation"]
        return expectation.rule(domain, execution_engine.schema(metric_domain_kwargs))
    build = RULES.get(name) or AGGREGATES[name]
    return build(name, domain, kwargs, execution_engine.schema(metric_domain_kwargs))


def _preparer(name: str) -> Any:
    """The provider of a prepared rule: GX's triple of a partial function and two domains."""

    def provide(
        execution_engine: PolarsExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        prepared = _prepare_rule(execution_engine, metric_domain_kwargs, metric_value_kwargs, name)
        return prepared, metric_domain_kwargs, {}

    return provide


def _columns(
    execution_engine: PolarsExecutionEngine, metric_domain_kwargs: dict[str, Any], **_: Any
) -> list[str]:
    return execution_engine.schema(metric_domain_kwargs).names()


def _column_count(
    execution_engine: PolarsExecutionEngine, metric_domain_kwargs: dict[str, Any], **_: Any
) -> int:
    return len(execution_engine.schema(metric_domain_kwargs))


def _column_types(
    execution_engine: PolarsExecutionEngine, metric_domain_kwargs: dict[str, Any], **_: Any
) -> list[dict[str, Any]]:
    schema = execution_engine.schema(metric_domain_kwargs)
    return [{"name": name, "type": dtype} for name, dtype in schema.items()]


def _no_query(**_: Any) -> None:
    return None


def _register(name: str, provider: Any) -> None:
    # GX compares the keys with those of the same metric for other engines and warns if they
    # differ; the keys that it knows, where it knows the metric, are therefore repeated.
    known = _known_keys(name)
    register_metric(name, *known, PolarsExecutionEngine, PolarsMetric, provider)


def _known_keys(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from great_expectations.expectations.registry import _registered_metrics

    known = _registered_metrics.get(name, {})
    return known.get("metric_domain_keys", ()), known.get("metric_value_keys", ())


def register() -> None:
    """Register the engine's metrics with GX; once, when the package is imported."""
    register_core_metrics()
    for name in (*RULES, CUSTOM):
        _register(f"{name}.condition", _preparer(name))
        for suffix in (*COUNTS, *FETCHED):
            _register(f"{name}.{suffix}", None)
        _register(f"{name}.unexpected_index_query", _no_query)
    for name in AGGREGATES:
        _register(f"{name}.aggregate_fn", _preparer(name))
        _register(name, None)
    _register("table.columns", _columns)
    _register("table.column_count", _column_count)
    _register("table.column_types", _column_types)
