"""The gate of every change: the engine agrees with GX's own engine for pandas.

Random frames, random rules. What is known to differ (README.md of the package) is kept out of the
strategies and has tests of its own in ``test_differences.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from great_expectations.core.expectation_suite import ExpectationSuite
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ojmf.validate import gx_polars

SCHEMA = pl.Schema(
    {
        "id": pl.Int64,
        "i": pl.Int64,
        "n": pl.Int64,
        "f": pl.Float64,
        "g": pl.Float64,
        "s": pl.String,
        "t": pl.String,
    }
)
NUMBERS = ["i", "n", "f", "g"]
TEXTS = ["s", "t"]

whole = st.integers(-3, 3)
decimal = st.sampled_from([-2.5, -1.0, 0.0, 0.5, 1.0, 2.0, math.nan])
letters = st.sampled_from(["", "a", "b", "ab", "aab", "Å", "x1", "a b", "1"])


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(
        st.lists(
            st.tuples(
                whole,
                st.none() | whole,
                st.none() | decimal,
                st.none() | decimal,
                st.none() | letters,
                st.none() | letters,
            ),
            max_size=9,
        )
    )
    data = [(position + 100, *row) for position, row in enumerate(rows)]
    return pl.DataFrame(data, schema=SCHEMA, orient="row")


def to_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name, dtype in frame.schema.items():
        values = frame[name].to_list()
        if dtype == pl.String:
            columns[name] = np.array(values, dtype=object)
        elif name in ("id", "i"):
            columns[name] = np.array(values, dtype=np.int64)
        else:
            columns[name] = np.array([math.nan if v is None else v for v in values], np.float64)
    return pd.DataFrame(columns)


def comparison(column: str, operator: str, parameter: Any) -> dict[str, Any]:
    return {
        "type": "comparison",
        "column": {"name": column},
        "operator": operator,
        "parameter": parameter,
    }


number_conditions = st.builds(
    comparison,
    st.sampled_from(NUMBERS),
    st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
    st.sampled_from([-1, 0, 1, 0.5]),
)
text_conditions = st.builds(
    comparison, st.sampled_from(TEXTS), st.sampled_from(["==", "!="]), st.sampled_from(["a", "b"])
)
set_conditions = st.builds(
    comparison,
    st.sampled_from(NUMBERS),
    st.sampled_from(["IN", "NOT_IN"]),
    st.lists(st.integers(-2, 2), min_size=1, max_size=3),
)
nullity = st.builds(
    lambda column, is_null: {"type": "nullity", "column": {"name": column}, "is_null": is_null},
    st.sampled_from(NUMBERS + TEXTS),
    st.booleans(),
)
simple = number_conditions | text_conditions | set_conditions | nullity
conditions = simple | st.builds(
    lambda kind, parts: {"type": kind, "conditions": parts},
    st.sampled_from(["and", "or"]),
    st.lists(simple, min_size=2, max_size=3),
)


def rules(expectation: str, **kwargs: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {"row_condition": conditions}
    if not expectation.startswith(("expect_table", "expect_column_sum", "expect_column_m")):
        optional["mostly"] = st.sampled_from([0.5, 0.9, 1.0])
    if (
        "quantile" in expectation
        or "distinct" in expectation
        or "unique_value_count" in expectation
        or "stdev" in expectation
    ):
        optional.pop("mostly")
    return st.fixed_dictionaries(kwargs, optional=optional).map(
        lambda found: {"type": expectation, "kwargs": named_pair(found)}
    )


def named_pair(kwargs: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in kwargs.items() if key != "pair"}
    return rest | dict(zip(("column_A", "column_B"), kwargs.get("pair", ()), strict=False))


def bounds(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    both = st.tuples(values, values).map(lambda b: {"min_value": min(b), "max_value": max(b)})
    one = st.builds(lambda key, v: {key: v}, st.sampled_from(["min_value", "max_value"]), values)
    strict = st.fixed_dictionaries(
        {}, optional={"strict_min": st.booleans(), "strict_max": st.booleans()}
    )
    return st.tuples(both | one, strict).map(lambda parts: {**parts[0], **parts[1]})


def bounded(
    expectation: str, columns: list[str], values: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(rules(expectation, column=st.sampled_from(columns)), bounds(values)).map(
        lambda parts: {"type": expectation, "kwargs": {**parts[0]["kwargs"], **parts[1]}}
    )


any_column = st.sampled_from(NUMBERS + TEXTS)
number_sets = st.lists(st.integers(-2, 3) | st.sampled_from([0.5, -1.0]), min_size=1, max_size=4)
text_sets = st.lists(letters, min_size=1, max_size=4)
patterns = st.sampled_from(["a", "^a", "b$", "^[a-z]+$", r"\d", "^$", "å|Å", "."])
pattern_lists = st.lists(patterns, min_size=1, max_size=3)
several = st.lists(any_column, min_size=2, max_size=3, unique=True)
pair_ignored = st.sampled_from(["both_values_are_missing", "either_value_is_missing", "neither"])
record_ignored = st.sampled_from(["all_values_are_missing", "any_value_is_missing", "never"])

map_rules = st.one_of(
    rules("expect_column_values_to_not_be_null", column=any_column),
    rules("expect_column_values_to_be_null", column=any_column),
    rules("expect_column_values_to_be_unique", column=any_column),
    *[
        rules(f"expect_column_values_to_{verb}_in_set", column=st.sampled_from(c), value_set=v)
        for verb in ("be", "not_be")
        for c, v in ((NUMBERS, number_sets), (TEXTS, text_sets))
    ],
    bounded("expect_column_values_to_be_between", NUMBERS, whole | st.just(0.5)),
    bounded("expect_column_value_lengths_to_be_between", TEXTS, st.integers(0, 3)),
    rules(
        "expect_column_value_lengths_to_equal",
        column=st.sampled_from(TEXTS),
        value=st.integers(0, 3),
    ),
    *[
        rules(
            f"expect_column_values_to_{verb}_regex", column=st.sampled_from(TEXTS), regex=patterns
        )
        for verb in ("match", "not_match")
    ],
    rules(
        "expect_column_values_to_match_regex_list",
        column=st.sampled_from(TEXTS),
        regex_list=pattern_lists,
        match_on=st.sampled_from(["any", "all"]),
    ),
    rules(
        "expect_column_values_to_not_match_regex_list",
        column=st.sampled_from(TEXTS),
        regex_list=pattern_lists,
    ),
    *[
        rules(
            f"expect_column_values_to_be_{direction}",
            column=st.sampled_from(NUMBERS),
            strictly=st.booleans(),
        )
        for direction in ("increasing", "decreasing")
    ],
    *[
        rules(
            "expect_column_pair_values_a_to_be_greater_than_b",
            pair=st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=2, unique=True),
            or_equal=st.booleans(),
            ignore_row_if=pair_ignored,
        )
    ],
    rules(
        "expect_column_pair_values_to_be_equal",
        pair=st.lists(any_column, min_size=2, max_size=2, unique=True),
        ignore_row_if=pair_ignored,
    ),
    *[
        rules(name, column_list=several, ignore_row_if=record_ignored)
        for name in (
            "expect_compound_columns_to_be_unique",
            "expect_multicolumn_values_to_be_equal",
        )
    ],
    rules(
        "expect_select_column_values_to_be_unique_within_record",
        column_list=several.filter(lambda names: set(names) <= set(NUMBERS)),
        ignore_row_if=record_ignored,
    ),
    rules(
        "expect_multicolumn_sum_to_equal",
        column_list=st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=3, unique=True),
        sum_total=st.sampled_from([-1, 0, 1, 2.5]),
        ignore_row_if=record_ignored,
    ),
)
quantile_ranges = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]), st.none() | whole, st.integers(0, 4)
    ),
    min_size=1,
    max_size=3,
).map(
    lambda drawn: {
        "quantiles": [quantile for quantile, _, _ in drawn],
        "value_ranges": [[low, None if low is None else low + width] for _, low, width in drawn],
    }
)
aggregate_rules = st.one_of(
    bounded("expect_table_row_count_to_be_between", ["-"], st.integers(0, 9)).map(
        lambda rule: {
            "type": rule["type"],
            "kwargs": {k: v for k, v in rule["kwargs"].items() if k in ("min_value", "max_value")},
        }
    ),
    *[
        bounded(f"expect_column_{name}_to_be_between", NUMBERS, whole)
        for name in ("min", "max", "mean", "median", "stdev", "sum")
    ],
    rules(
        "expect_column_quantile_values_to_be_between",
        column=st.sampled_from(NUMBERS),
        quantile_ranges=quantile_ranges,
        allow_relative_error=st.sampled_from([False, "linear", "lower", "higher", "midpoint"]),
    ),
    bounded("expect_column_unique_value_count_to_be_between", NUMBERS + TEXTS, st.integers(0, 5)),
    *[
        rules(
            f"expect_column_distinct_values_to_{verb}_set", column=st.sampled_from(c), value_set=v
        )
        for verb in ("be_in", "contain", "equal")
        for c, v in ((NUMBERS, number_sets), (TEXTS, text_sets))
    ],
)


def suite_of(drawn: list[dict[str, Any]]) -> ExpectationSuite:
    numbered = [{**rule, "meta": {"position": n}} for n, rule in enumerate(drawn)]
    loaded = ExpectationSuite(name="fuzz", expectations=numbered)
    assert len(loaded.expectations) == len(drawn)
    return loaded


def by_position(result: Any) -> dict[int, Any]:
    return {entry.expectation_config.meta["position"]: entry for entry in result.results}


def run_on_pandas(frame: pl.DataFrame, suite: ExpectationSuite, form: dict[str, Any]) -> Any:
    asset = gx_polars.context().data_sources.add_pandas("pandas").add_dataframe_asset("frame")
    request = asset.build_batch_request({"dataframe": to_pandas(frame)})
    return asset.get_batch(request).validate(suite, result_format=form)


def plain(value: Any) -> Any:
    """A value that compares the same whichever library it comes from."""
    if isinstance(value, dict):
        return tuple(sorted((key, plain(entry)) for key, entry in value.items()))
    if isinstance(value, list | tuple):
        return tuple(plain(entry) for entry in value)
    if isinstance(value, str) or value is None:
        return str(value)
    return "None" if math.isnan(value) else str(float(value))


FIGURES = [
    "element_count",
    "unexpected_count",
    "missing_count",
    "unexpected_percent",
    "missing_percent",
]


def raised(result: Any) -> bool:
    """GX stores one account of an exception, or several by the metric that failed."""
    info = result.exception_info
    return bool(info.get("raised_exception", True))


def assert_same(rule: dict[str, Any], ours: Any, theirs: Any) -> None:
    told = f"{rule}\npolars: {vars(ours)}\npandas: {vars(theirs)}"
    assert not raised(ours), told
    assert not raised(theirs), told
    assert ours.success == theirs.success, told
    for figure in FIGURES:
        assert ours.result.get(figure) == theirs.result.get(figure), told
    for listed in ("unexpected_list", "unexpected_index_list"):
        found = Counter(map(plain, ours.result.get(listed) or []))
        assert found == Counter(map(plain, theirs.result.get(listed) or [])), told
    if "observed_value" in theirs.result:
        mine, other = ours.result["observed_value"], theirs.result["observed_value"]
        if isinstance(other, float) and not math.isnan(other):
            assert math.isclose(mine, other, abs_tol=1e-12), told
        else:
            assert plain(mine) == plain(other), told


# Every run of GX takes about a tenth of a second, so a failing example is reported as it is found.
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@FUZZ
@given(frames(), st.lists(map_rules, min_size=1, max_size=8), st.booleans())
def test_map_rules_agree(frame: pl.DataFrame, drawn: list[dict[str, Any]], by_column: bool) -> None:
    form: dict[str, Any] = {"result_format": "COMPLETE"}
    if by_column:
        form["unexpected_index_column_names"] = ["id"]
    columns = ["id"] if by_column else []
    ours = by_position(gx_polars.validate(frame, suite_of(drawn), index_columns=columns))
    theirs = by_position(run_on_pandas(frame, suite_of(drawn), form))
    for position, rule in enumerate(drawn):
        assert_same(rule, ours[position], theirs[position])


@FUZZ
@given(frames(), st.lists(aggregate_rules, min_size=1, max_size=8))
def test_aggregate_rules_agree(frame: pl.DataFrame, drawn: list[dict[str, Any]]) -> None:
    ours = by_position(gx_polars.validate(frame, suite_of(drawn)))
    theirs = by_position(run_on_pandas(frame, suite_of(drawn), {"result_format": "COMPLETE"}))
    for position, rule in enumerate(drawn):
        assert_same(rule, ours[position], theirs[position])
