"""Row conditions of GX as Polars expressions."""

from __future__ import annotations

from typing import Any

import polars as pl
from great_expectations.expectations.expectation import _convert_string_to_condition
from great_expectations.expectations.row_conditions import (
    AndCondition,
    ComparisonCondition,
    Condition,
    NullityCondition,
    Operator,
    OrCondition,
    PassThroughCondition,
    deserialize_row_condition,
)

from ojmf.validate.gx_polars.values import constant, is_member, operand


class RowConditionError(ValueError):
    """A row condition that the engine does not read."""


def parse(row_condition: Any) -> Condition | None:
    """The condition of a rule: a GX ``Condition``, its JSON form or ``col("x") > 0`` as text.

    Raises ``RowConditionError`` for a query string in the syntax of pandas or of Spark.
    """
    if not row_condition:
        return None
    condition = deserialize_row_condition(row_condition)
    if isinstance(condition, PassThroughCondition):
        condition = condition.pass_through_filter
    if isinstance(condition, str):
        try:
            return _convert_string_to_condition(condition)
        except Exception as error:
            msg = (
                f"The row condition {condition!r} is not read by the Polars engine. Write it as a "
                'GX condition, for example {"type": "comparison", "column": {"name": "x"}, '
                '"operator": ">", "parameter": 0}, or as col("x") > 0 with '
                'condition_parser "great_expectations".'
            )
            raise RowConditionError(msg) from error
    return condition


def to_expression(condition: Condition, schema: pl.Schema) -> pl.Expr:
    """A condition as a boolean expression without nulls.

    A missing value fulfils ``!=`` and ``NOT IN`` and no other comparison, as in pandas.

    Raises ``RowConditionError`` for a column that the data do not have.
    """
    if isinstance(condition, AndCondition):
        return pl.all_horizontal([to_expression(part, schema) for part in condition.conditions])
    if isinstance(condition, OrCondition):
        return pl.any_horizontal([to_expression(part, schema) for part in condition.conditions])
    if not isinstance(condition, ComparisonCondition | NullityCondition):
        msg = f"The row condition {condition!r} is not read by the Polars engine."
        raise RowConditionError(msg)
    name = condition.column.name
    if name not in schema:
        msg = f'The column "{name}" of the row condition does not exist in the data.'
        raise RowConditionError(msg)
    if isinstance(condition, NullityCondition):
        return pl.col(name).is_null() if condition.is_null else pl.col(name).is_not_null()
    operator, dtype = Operator(condition.operator), schema[name]
    if operator in (Operator.IN, Operator.NOT_IN):
        member = is_member(name, condition.parameter, dtype).fill_null(value=False)
        return member if operator is Operator.IN else ~member
    value, other = operand(name, dtype), pl.lit(constant(condition.parameter, dtype))
    comparison = {
        Operator.EQUAL: value == other,
        Operator.NOT_EQUAL: value.ne_missing(other),
        Operator.LESS_THAN: value < other,
        Operator.LESS_THAN_OR_EQUAL: value <= other,
        Operator.GREATER_THAN: value > other,
        Operator.GREATER_THAN_OR_EQUAL: value >= other,
    }[operator]
    return comparison.fill_null(value=False)
