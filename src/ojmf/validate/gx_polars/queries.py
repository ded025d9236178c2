"""Figures and failing rows of many rules in one call of ``polars.collect_all``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl
from great_expectations.execution_engine.execution_engine import MetricComputationConfiguration
from great_expectations.validator.metric_configuration import MetricConfigurationID

from ojmf.validate.gx_polars.plan import ROW, Measure, Rule

Values = dict[MetricConfigurationID, Any]


@dataclass
class Queries:
    """The queries of a round of metrics on one frame, gathered first and run together."""

    frame: pl.LazyFrame
    max_unexpected_rows: int | None
    values: Values = field(default_factory=dict)
    _selects: dict[str, list[tuple[MetricConfigurationID, Measure]]] = field(default_factory=dict)
    _fetches: dict[int, list[MetricComputationConfiguration]] = field(default_factory=dict)
    _queries: list[tuple[pl.LazyFrame, Callable[[pl.DataFrame], None]]] = field(
        default_factory=list
    )

    def run(self, items: Iterable[MetricComputationConfiguration]) -> Values:
        """The value of every metric; an empty list, without a query, where no row fails."""
        for item in items:
            self._add(item)
        for measures in self._selects.values():
            self._add_select(measures)
        for fetches in self._fetches.values():
            self._add_fetch(fetches)
        if self._queries:
            frames, finishers = zip(*self._queries, strict=True)
            found = pl.collect_all(frames, engine="streaming")
            for finish, frame in zip(finishers, found, strict=True):
                finish(frame)
        return self.values

    def _add(self, item: MetricComputationConfiguration) -> None:
        key, prepared = item.metric_configuration.id, item.metric_fn
        count = item.metric_provider_kwargs["metrics"].get("unexpected_count")
        if isinstance(prepared, Rule):
            if count is None:
                prepared = prepared.measure(key.metric_name.rpartition(".")[2])
            elif count == 0 or _limit(item, self.max_unexpected_rows) == 0:
                self.values[key] = []
                return
            else:
                self._fetches.setdefault(id(prepared), []).append(item)
                return
        measure: Measure = prepared
        if isinstance(measure.source, pl.Expr):
            self._selects.setdefault(measure.domain.key, []).append((key, measure))
        else:
            query = measure.source(measure.domain.of(self.frame))
            self._queries.append((query, lambda found: self._keep(key, measure, found)))

    def _keep(self, key: MetricConfigurationID, measure: Measure, found: Any) -> None:
        self.values[key] = measure.finish(found)

    def _add_select(self, measures: list[tuple[MetricConfigurationID, Measure]]) -> None:
        domain = measures[0][1].domain
        figures = [
            cast("pl.Expr", measure.source).alias(f"m{position}")
            for position, (_, measure) in enumerate(measures)
        ]
        query = domain.of(self.frame).select(figures)

        def finish(found: pl.DataFrame) -> None:
            for (key, measure), value in zip(measures, found.row(0), strict=True):
                self._keep(key, measure, value)

        self._queries.append((query, finish))

    def _add_fetch(self, items: list[MetricComputationConfiguration]) -> None:
        rule: Rule = items[0].metric_fn
        columns = list(rule.shown)
        for item in items:
            name = item.metric_configuration.metric_name
            if name.endswith(".unexpected_rows"):
                columns += self.frame.collect_schema().names()
            elif name.endswith(".unexpected_index_list"):
                columns += index_columns(item)
        limit = _limit(items[0], self.max_unexpected_rows)
        query = rule.failures(self.frame.with_row_index(ROW), list(dict.fromkeys(columns)), limit)

        def finish(found: pl.DataFrame) -> None:
            rows = found.rows(named=True)
            for item in items:
                self.values[item.metric_configuration.id] = _shown(rule, item, rows)

        self._queries.append((query, finish))


def _result_format(item: MetricComputationConfiguration) -> Mapping[str, Any]:
    found: Mapping[str, Any] = item.metric_configuration.metric_value_kwargs["result_format"]
    return found


def _limit(item: MetricComputationConfiguration, cap: int | None) -> int | None:
    result_format = _result_format(item)
    if result_format["result_format"] == "COMPLETE":
        return cap
    partial: int = result_format["partial_unexpected_count"]
    return partial if cap is None else min(partial, cap)


def index_columns(item: MetricComputationConfiguration) -> list[str]:
    """The columns that identify a row: ``unexpected_index_column_names`` of the result format."""
    names = _result_format(item).get("unexpected_index_column_names") or []
    return [names] if isinstance(names, str) else list(names)


def _shown(rule: Rule, item: MetricComputationConfiguration, rows: list[dict[str, Any]]) -> Any:
    name = item.metric_configuration.metric_name
    if name.endswith(".unexpected_values"):
        return [rule.value(row) for row in rows]
    if name.endswith(".unexpected_rows"):
        return [{column: value for column, value in row.items() if column != ROW} for row in rows]
    columns = index_columns(item)
    if columns and _result_format(item).get("exclude_unexpected_values"):
        return [{column: [row[column] for row in rows] for column in columns}]
    return [rule.identity(row, columns) for row in rows]
