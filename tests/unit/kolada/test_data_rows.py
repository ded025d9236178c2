"""The form of answers: what is read, and what is refused."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.errors import FetchError
from ojmf.kolada.client import Page
from ojmf.kolada.data_rows import FIGURES, figures
from tests.unit.kolada.server import row, value


def page(*values: Any, url: str = "https://x.se/1") -> Page:
    return Page(url, datetime(2026, 3, 23, tzinfo=UTC), "server", "0" * 64, list(values))


def read(*values: Any) -> pl.DataFrame:
    return figures([page(*values)])


def test_a_row_becomes_one_figure_for_each_sex() -> None:
    frame = read(
        row("N00001", "0184", 2024, value("T", 85789.0), value("K", 1, "x"), value("M", 2))
    )
    assert frame.schema == FIGURES
    assert frame.select("gender", "raw", "value", "status").rows() == [
        ("T", "85789.0", 85789.0, ""),
        ("K", "1", 1.0, "x"),
        ("M", "2", 2.0, ""),
    ]


@pytest.mark.parametrize("period", [2024, "2024"])
def test_a_year_may_be_a_text(period: int | str) -> None:
    assert read({**row("N00001", "0184", 0, 1.0), "period": period})["period"].to_list() == [2024]


@pytest.mark.parametrize(
    ("text", "raw"), [("NaN", "NaN"), ("-Infinity", "-Infinity"), ("1e999", "Infinity")]
)
def test_what_is_no_number_is_missing_and_marked(text: str, raw: str) -> None:
    parsed = json.loads(json.dumps(row("N00001", "0184", 2024, "@")).replace('"@"', text))
    frame = read(parsed)
    assert frame.select("raw", "value", "not_a_number").rows() == [(raw, None, True)]


def test_an_integer_beyond_all_floats_is_no_number() -> None:
    frame = read(row("N00001", "0184", 2024, 10**400))
    assert frame.select("value", "not_a_number").rows() == [(None, True)]


def test_missing_is_missing_and_not_zero() -> None:
    frame = read(row("N00001", "0184", 2024, value("T", None, None)))
    assert frame.select("raw", "value", "status", "not_a_number").rows() == [("", None, "", False)]


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("text", "inget objekt"),
        (None, "inget objekt"),
        ({}, "nyckeltalet 'None'"),
        ({"kpi": "N1"}, "nyckeltalet 'N1'"),
        ({**row("N00001", "0184", 2024), "municipality": 184}, "184 som tal"),
        ({**row("N00001", "184", 2024)}, "kommunkoden '184'"),
        ({**row("N00001", "../etc", 2024)}, "kommunkoden"),
        ({**row("N00001", "0184", 2024), "period": "2024-01"}, "perioden '2024-01'"),
        ({**row("N00001", "0184", 2024), "period": True}, "perioden"),
        ({**row("N00001", "0184", 20240)}, "perioden"),
        ({**row("N00001", "0184", 2024), "values": None}, "listan"),
        (row("N00001", "0184", 2024, "1,5"), "värdet '1,5'"),
        (row("N00001", "0184", 2024, value("T", True)), "värdet 'True'"),
        (row("N00001", "0184", 2024, value("X", 1)), "könet 'X'"),
        (row("N00001", "0184", 2024, {**value("T", 1), "status": 3}), "statusen '3'"),
        (row("N00001", "0184", 2024, {**value("T", 1), "isdeleted": "no"}), "isdeleted 'no'"),
        ({**row("N00001", "0184", 2024), "values": [3]}, "inte är ett objekt"),
    ],
)
def test_another_form_is_refused_with_its_place(broken: Any, expected: str) -> None:
    with pytest.raises(FetchError, match=f"https://x.se/1: rad 2 .*{expected}"):
        read(row("N00001", "0184", 2024, 1.0), broken)


def test_many_faults_are_counted() -> None:
    with pytest.raises(FetchError, match="och 20 fel till"):
        read(*[None] * 30)


def test_the_same_figure_twice_is_one() -> None:
    same = row("N00001", "0184", 2024, 1.0)
    assert figures([page(same), page(same, url="https://x.se/2")]).height == 1


def test_two_figures_for_the_same_are_refused() -> None:
    with pytest.raises(FetchError, match="två olika värden"):
        read(row("N00001", "0184", 2024, 1.0), row("N00001", "0184", 2024, 2.0))


def test_a_deleted_figure_contradicts_nothing() -> None:
    frame = read(row("N00001", "0184", 2024, 1.0, value("T", 2.0, deleted=True)))
    assert frame.filter(~pl.col("deleted"))["value"].to_list() == [1.0]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["kpi", "municipality", "period", "values", "gender", "value"]),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_whatever_comes_is_read_or_refused(anything: Any) -> None:
    try:
        frame = read(anything)
    except FetchError:
        return
    assert all(math.isfinite(number) for number in frame["value"].drop_nulls())
