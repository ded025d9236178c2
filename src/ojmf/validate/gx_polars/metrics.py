"""The metrics of the engine and their registration with GX.

GX resolves metrics in rounds. Here every figure depends on one prepared rule or measure and on
nothing else, so that all of them become ready in the same round and are computed together; the
failing rows depend on the count of failures, so that they come in the next round and only for the
rules that failed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.metric_provider import MetricProvider
from great_expectations.expectations.registry import (
    _registered_metrics,
    register_core_metrics,
    register_metric,
)
from great_expectations.validator.metric_configuration import MetricConfiguration

from ojmf.validate.gx_polars.engine import PolarsExecutionEngine
from ojmf.validate.gx_polars.rules import AGGREGATES, RULES

CUSTOM = "polars.rule"
"""The metric of the custom expectations; the expectation itself is one of its value kwargs."""

COUNTS = ("unexpected_count", "filtered_row_count", "element_count")
FETCHED = ("unexpected_values", "unexpected_index_list", "unexpected_rows")


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
            names = {"metric_partial_fn": f"{metric.metric_name}.aggregate_fn"}
        elif suffix in (*COUNTS, *FETCHED):
            names = {"metric_partial_fn": f"{stem}.condition"}
            if suffix in FETCHED:
                names["unexpected_count"] = f"{stem}.unexpected_count"
        else:
            return {}
        values = {k: v for k, v in metric.metric_value_kwargs.items() if k != "result_format"}
        return {
            key: MetricConfiguration(name, metric.metric_domain_kwargs, values)
            for key, name in names.items()
        }


def prepare(
    name: str,
    *,
    execution_engine: PolarsExecutionEngine,
    metric_domain_kwargs: dict[str, Any],
    metric_value_kwargs: dict[str, Any],
    **_: Any,
) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """A prepared rule or measure in GX's triple of a partial function and two domains."""
    domain = execution_engine.domain(metric_domain_kwargs)
    if name == CUSTOM:
        prepared = metric_value_kwargs["expectation"].rule(domain)
    else:
        build: Any = RULES.get(name) or AGGREGATES[name]
        kwargs = {**metric_domain_kwargs, **metric_value_kwargs}
        prepared = build(name, domain, kwargs, execution_engine.batch(metric_domain_kwargs).schema)
    return prepared, metric_domain_kwargs, {}


def of_schema(
    what: Any, *, execution_engine: PolarsExecutionEngine, metric_domain_kwargs: Any, **_: Any
) -> Any:
    """A metric that is read from the schema alone."""
    return what(execution_engine.batch(metric_domain_kwargs).schema)


def register() -> None:
    """Register the engine's metrics with GX; once, when the package is imported."""
    register_core_metrics()
    providers: dict[str, Any] = {
        "table.columns": partial(of_schema, pl.Schema.names),
        "table.column_count": partial(of_schema, len),
        "table.column_types": partial(
            of_schema, lambda schema: [{"name": n, "type": dtype} for n, dtype in schema.items()]
        ),
    }
    for name in (*RULES, CUSTOM):
        providers[f"{name}.condition"] = partial(prepare, name)
        providers |= {f"{name}.{suffix}": None for suffix in (*COUNTS, *FETCHED)}
        providers[f"{name}.unexpected_index_query"] = lambda **_: None
    for name in AGGREGATES:
        providers |= {f"{name}.aggregate_fn": partial(prepare, name), name: None}
    for name, provider in providers.items():
        # GX compares the keys with those of the same metric for other engines and warns if they
        # differ; the keys that it knows, where it knows the metric, are therefore repeated.
        known = _registered_metrics.get(name, {})
        keys = known.get("metric_domain_keys", ()), known.get("metric_value_keys", ())
        register_metric(name, *keys, PolarsExecutionEngine, PolarsMetric, provider)
