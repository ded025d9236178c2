"""Each trap that GX sets for a Polars user, shown closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.expectations.row_conditions import Column

from ojmf.validate import gx_polars

FRAME = pl.DataFrame(
    {
        "id": [1, 2, 3, 4, 5],
        "kommun": ["0184", "0381", "0184", None, "0180"],
        "year": [2023, 2023, 2024, 2024, 2024],
        "share": [10.0, float("nan"), 101.0, None, -1.0],
    }
)


def rule(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": f"expect_{kind}", "kwargs": kwargs}


def suite(*rules: dict[str, Any]) -> ExpectationSuite:
    return ExpectationSuite(name="test", expectations=list(rules))


def only(result: Any) -> Any:
    (entry,) = result.results
    return entry


def message(entry: Any) -> str:
    return json.dumps(entry.exception_info, default=str)


RULES = [
    rule("column_values_to_be_unique", column="kommun"),
    rule("compound_columns_to_be_unique", column_list=["kommun", "year"]),
    rule("column_values_to_be_between", column="share", min_value=0, max_value=100),
    rule("column_values_to_not_be_null", column="kommun"),
    rule("column_values_to_match_regex", column="kommun", regex="^01"),
    rule("column_mean_to_be_between", column="share", min_value=0, max_value=100),
    rule("table_row_count_to_equal", value=5),
]


# --- inputs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        lambda folder: FRAME.lazy(),
        lambda folder: write(folder / "frame.parquet"),
        lambda folder: str(write(folder / "frame.parquet")),
    ],
    ids=["LazyFrame", "Parquet path", "Parquet path as text"],
)
def test_every_input_gives_the_result_of_a_data_frame(
    given: Callable[[Path], Any], tmp_path: Path
) -> None:
    expected = gx_polars.validate(FRAME, suite(*RULES), index_columns=["id"])
    found = gx_polars.validate(given(tmp_path), suite(*RULES), index_columns=["id"])
    assert [r.to_json_dict()["result"] for r in found.results] == [
        r.to_json_dict()["result"] for r in expected.results
    ]
    assert not expected.success


def write(path: Path) -> Path:
    FRAME.write_parquet(path)
    return path


def test_failing_rows_come_with_their_index_columns() -> None:
    check = rule("column_values_to_be_between", column="share", min_value=0, max_value=100)
    found = only(gx_polars.validate(FRAME, suite(check), index_columns=["id", "year"])).result
    assert found["unexpected_index_list"] == [
        {"share": 101.0, "id": 3, "year": 2024},
        {"share": -1.0, "id": 5, "year": 2024},
    ]
    assert found["unexpected_list"] == [101.0, -1.0]


def test_without_index_columns_a_failing_row_is_its_position() -> None:
    check = rule("column_values_to_be_unique", column="kommun")
    assert only(gx_polars.validate(FRAME, suite(check))).result["unexpected_index_list"] == [0, 2]


def test_failing_rows_are_listed_in_order_and_up_to_the_cap_but_all_counted() -> None:
    frame = pl.DataFrame({"n": range(200_000)}).lazy()
    checks = [
        rule("column_values_to_be_between", column="n", max_value=-1),
        rule("column_values_to_be_in_set", column="n", value_set=[0]),
    ]
    for entry in gx_polars.validate(frame, suite(*checks), max_unexpected_rows=50).results:
        listed = entry.result["unexpected_index_list"]
        first = 200_000 - entry.result["unexpected_count"]
        assert first in (0, 1)
        assert listed == list(range(first, first + 50))


def test_a_partial_list_is_bounded_by_the_result_format() -> None:
    check = suite(rule("column_values_to_be_null", column="year"))
    for level in ("BASIC", "SUMMARY"):
        found = gx_polars.validate(FRAME, check, level=level, partial_unexpected_count=2)
        assert only(found).result["partial_unexpected_list"] == [2023, 2023]


def test_unexpected_rows_are_whole_rows() -> None:
    source = gx_polars.add_polars(gx_polars.context())
    asset = source.add_dataframe_asset("frame")
    batch = asset.get_batch(asset.build_batch_request({"dataframe": FRAME}))
    form = {"result_format": "BASIC", "include_unexpected_rows": True}
    check = suite(rule("column_values_to_not_be_null", column="kommun"))
    found = only(batch.validate(check, result_format=form)).result["unexpected_rows"]
    assert found == [{"id": 4, "kommun": None, "year": 2024, "share": None}]


def test_index_columns_can_come_without_the_values() -> None:
    asset = gx_polars.add_polars(gx_polars.context()).add_dataframe_asset("frame")
    form = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": ["id"],
        "exclude_unexpected_values": True,
    }
    check = suite(rule("column_values_to_be_unique", column="kommun"))
    batch = asset.get_batch(asset.build_batch_request({"dataframe": FRAME}))
    found = only(batch.validate(check, result_format=form)).result
    assert found["unexpected_index_list"] == [{"id": [1, 3]}]
    assert "unexpected_list" not in found


# --- the number of queries ----------------------------------------------------------------------


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many frames every call that reads data was given."""
    calls: list[int] = []
    collect, collect_all = pl.LazyFrame.collect, pl.collect_all

    def spy_collect(self: pl.LazyFrame, *args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return collect(self, *args, **kwargs)

    def spy_collect_all(frames: Any, *args: Any, **kwargs: Any) -> Any:
        frames = list(frames)
        calls.append(len(frames))
        return collect_all(frames, *args, **kwargs)

    monkeypatch.setattr(pl.LazyFrame, "collect", spy_collect)
    monkeypatch.setattr(pl, "collect_all", spy_collect_all)
    return calls


def test_figures_take_one_query_and_failing_rows_another(queries: list[int]) -> None:
    gx_polars.validate(FRAME.lazy(), suite(*RULES), index_columns=["id"])
    select_and_two_group_bys, one_per_failed_rule = 3, 4
    assert queries == [select_and_two_group_bys, one_per_failed_rule]


def test_nothing_is_fetched_when_no_row_fails(queries: list[int]) -> None:
    found = gx_polars.validate(FRAME, suite(rule("column_values_to_not_be_null", column="id")))
    assert found.success
    assert queries == [1]


def test_a_rule_that_cannot_be_computed_leaves_the_others_alone(queries: list[int]) -> None:
    wrong = rule("column_values_to_be_between", column="kommun", min_value=0)
    found: Any = gx_polars.validate(FRAME.lazy(), suite(*RULES, wrong), index_columns=["id"])
    failed = [r for r in found.results if "cannot be compared" in message(r)]
    assert [r.expectation_config.kwargs["column"] for r in failed] == ["kommun"]
    assert queries == [3, 4]


# --- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (
            rule("column_values_to_not_be_null", column="Kommun"),
            'column \\"Kommun\\" does not exist',
        ),
        (
            rule("column_values_to_match_regex", column="kommun", regex="(?=a)"),
            "not read by Polars",
        ),
        (rule("column_values_to_match_regex", column="share", regex="1"), "reads text"),
        (rule("column_mean_to_be_between", column="kommun", min_value=0), "needs numbers"),
        (
            rule("column_pair_values_a_to_be_greater_than_b", column_A="id", column_B="kommun"),
            "no common order",
        ),
        (
            rule("multicolumn_sum_to_equal", column_list=["id", "kommun"], sum_total=1),
            "a sum needs",
        ),
        (
            rule("column_values_to_not_be_null", column="id", row_condition="year > 2023"),
            "not read by the Polars engine",
        ),
        (
            rule(
                "column_values_to_not_be_null",
                column="id",
                row_condition="year > 2023",
                condition_parser="pandas",
            ),
            "not read by the Polars engine",
        ),
    ],
)
def test_a_rule_that_cannot_be_computed_says_why(broken: dict[str, Any], told: str) -> None:
    entry = only(gx_polars.validate(FRAME, suite(broken)))
    assert not entry.success
    assert told in message(entry).replace("\\\\", "\\")


# --- row conditions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        {"row_condition": Column("year") == 2024},
        {"row_condition": json.loads((Column("year") == 2024).json())},
        {"row_condition": 'col("year") == 2024', "condition_parser": "great_expectations"},
        {"row_condition": 'col("year") == 2024'},
        {"row_condition": Column("year").is_in([2024, 1999]) & Column("id").is_not_null()},
        {"row_condition": (Column("id") > 2) | (Column("id") < 0)},
    ],
    ids=["object", "JSON", "text", "text without parser", "and", "or"],
)
def test_a_row_condition_selects_the_rows_of_a_rule(condition: dict[str, Any]) -> None:
    checks = [
        rule("column_values_to_not_be_null", column="kommun", **condition),
        rule("column_values_to_be_unique", column="kommun", **condition),
        rule("column_max_to_be_between", column="id", max_value=0, **condition),
    ]
    found: Any = gx_polars.validate(FRAME, suite(*checks))
    missing, unique, largest = sorted(
        found.results,
        key=lambda r: [c["type"] for c in checks].index(r.expectation_config.type),
    )
    assert (missing.result["element_count"], missing.result["unexpected_count"]) == (3, 1)
    assert missing.result["unexpected_index_list"] == [3]
    assert unique.success
    assert largest.result["observed_value"] == 5


# --- what GX leaves unsaid ----------------------------------------------------------------------


def test_an_empty_frame_passes_every_rule_but_a_row_count() -> None:
    checks = [*RULES[:5], rule("table_row_count_to_be_between", min_value=1)]
    found: Any = gx_polars.validate(FRAME.clear(), suite(*checks))
    assert [r.expectation_config.type for r in found.results if not r.success] == [
        "expect_table_row_count_to_be_between"
    ]


def test_an_info_rule_that_fails_is_seen() -> None:
    check = {**rule("column_values_to_not_be_null", column="kommun"), "severity": "info"}
    found = gx_polars.validate(FRAME, suite(check))
    assert not found.success
    assert only(found).result["unexpected_count"] == 1


def test_nothing_is_written_to_stdout_or_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    gx_polars.validate(FRAME, suite(*RULES))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("data", [{"a": [1]}, [1], None])
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(TypeError, match="expected a polars DataFrame or LazyFrame"):
        gx_polars.validate(data, ExpectationSuite(name="none"))


def test_a_level_that_gx_does_not_have_is_refused():
    with pytest.raises(ValueError, match="expected one of BOOLEAN_ONLY, BASIC, SUMMARY, COMPLETE"):
        gx_polars.validate(pl.DataFrame(), ExpectationSuite(name="none"), level="ALL")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "strictly", "failing"),
    [([1, 2, 2], True, [2]), ([1, None, 0, 5], False, [0]), ([3, 1, 2], False, [1])],
)
def test_values_increase_past_missing_ones(values, strictly, failing):
    rule = {
        "type": "expect_column_values_to_be_increasing",
        "kwargs": {"column": "a", "strictly": strictly},
    }
    suite = ExpectationSuite(name="order", expectations=[rule])
    (result,) = gx_polars.validate(pl.DataFrame({"a": values}), suite).results
    assert result.result["unexpected_list"] == failing
