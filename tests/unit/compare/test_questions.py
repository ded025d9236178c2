"""Shares of JA computed from those who answered, and areas compared like with like."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import compare
from ojmf.compare.answers import areas_of, traced_status
from ojmf.present.reasons import with_reasons
from tests.unit.compare import frames

COUNTIES = {"01": ["0114", "0115", "0117", "0180", "0184"], "03": ["0381"], "09": ["0980", "0981"]}
MUNICIPALITIES = [geo for members in COUNTIES.values() for geo in members]
GEOGRAPHY = pl.DataFrame(
    [("00", "Riket", "country", None)]
    + [(code, f"Län {code}", "county", code) for code in COUNTIES]
    + [(geo, f"Kommun {geo}", "municipality", geo[:2]) for geo in MUNICIPALITIES],
    schema=["code", "name", "level", "county_code"],
    orient="row",
)
QUESTIONS = ["q1", "q2", "q3"]
CATALOGUE = frames.indicators(
    [{"area_id": "a", "indicator_id": name, "name": name} for name in QUESTIONS]
)


def answered(answers: dict[str, list[str]], **shares: float) -> pl.DataFrame:
    """The answers of each municipality to the questions, and printed shares of the first."""
    cells = []
    for geo, given_answers in answers.items():
        for line, (name, text) in enumerate(zip(QUESTIONS, given_answers, strict=False), 1):
            cells += frames.question("a", name, line, {}, **{f"g{geo}": text})
    for geo, share in shares.items():
        cells += frames.question("a", "q1", 1, {geo.removeprefix("g"): share})
    return frames.observations(cells)


def first(table: pl.DataFrame, geo: str, against: str) -> dict[str, object]:
    rows = traced_status(table, CATALOGUE, geo, against=[against], geography=GEOGRAPHY)
    return with_reasons(rows).row(0, named=True)


def test_a_share_that_no_one_prints_is_that_of_those_who_answered() -> None:
    table = answered({"0114": ["JA"], "0115": ["DELVIS"], "0180": [""], "0184": ["JA"]})
    row = first(table, "0184", "lan")
    assert row["reference"] == pytest.approx(200 / 3)
    assert (row["reference_origin"], row["reference_counted"], row["reference_members"]) == (
        "computed",
        3,
        5,
    )
    assert row["gap"] == pytest.approx(100 / 3)
    assert row["reference_place"] is None


def test_a_printed_share_comes_before_a_computed_one() -> None:
    table = answered({geo: ["JA"] for geo in COUNTIES["01"]}, g01=12.0)
    row = first(table, "0184", "lan")
    assert (row["reference"], row["reference_origin"], row["reference_counted"]) == (
        12.0,
        "printed",
        None,
    )


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (["0184", "0180"], "dokumentet har ingen andel, och bara 2 av 5 kommuner har svarat"),
        (["0184"], "dokumentet har ingen andel, och bara 1 av 5 kommuner har svarat"),
    ],
)
def test_of_too_few_no_share_is_computed_and_the_reason_says_so(
    answering: list[str], reason: str
) -> None:
    row = first(answered({geo: ["JA"] for geo in answering}), "0184", "lan")
    assert (row["reference"], row["gap"], row["reason"]) == (None, None, reason)


def test_where_nobody_answered_the_reason_says_so() -> None:
    row = first(answered({"0184": ["JA"], "0980": ["", "JA"]}), "0184", "09")
    assert row["reason"] == "dokumentet har ingen andel, och ingen av 2 kommuner har svarat"


def test_three_are_too_few_where_they_are_not_half() -> None:
    table = answered({geo: ["JA"] for geo in ("0184", "0180", "0381")})
    assert first(table, "0184", "riket")["reason"] == (
        "dokumentet har ingen andel, och bara 3 av 8 kommuner har svarat"
    )


def test_a_county_of_one_municipality_is_that_municipality() -> None:
    row = first(answered({"0381": ["NEJ"]}), "0381", "lan")
    assert (row["reference"], row["gap"], row["reference_members"]) == (0.0, 0.0, 1)


ANSWERS = st.sampled_from(["JA", "DELVIS", "NEJ", ""])


@given(st.lists(ANSWERS, min_size=24, max_size=24))
def test_over_a_whole_country_the_gaps_of_an_area_cancel_out(answers: list[str]) -> None:
    table = answered(
        {geo: answers[place * 3 : place * 3 + 3] for place, geo in enumerate(MUNICIPALITIES)}
    )
    rows = traced_status(
        table, CATALOGUE, MUNICIPALITIES, against=["lan", "riket"], geography=GEOGRAPHY
    )
    gaps = areas_of(rows, CATALOGUE, several=True)["gap_national"].drop_nulls()
    assert gaps.is_empty() or gaps.mean() == pytest.approx(0, abs=1e-9)


def test_several_municipalities_are_what_each_is_alone() -> None:
    texts = ["JA", "DELVIS", "NEJ"]
    table = answered(
        {geo: texts[place % 3 :] for place, geo in enumerate(MUNICIPALITIES)}, g00=40.0
    )
    asked = ["0184", "0381", "0980"]
    together = traced_status(table, CATALOGUE, asked, against=["lan", "riket"], geography=GEOGRAPHY)
    alone = [
        traced_status(table, CATALOGUE, geo, against=["lan", "riket"], geography=GEOGRAPHY)
        for geo in asked
    ]
    assert together.equals(pl.concat(alone))


def test_the_share_of_yes_is_compared_and_the_mean_is_another_measure() -> None:
    cells = [
        *frames.question("a", "q1", 1, {"01": 40}, g0184="JA"),
        *frames.question("a", "q2", 2, {"01": 60}, g0184="DELVIS"),
        *frames.question("a", "q3", 3, {"01": 90}, g0184=""),
    ]
    row = compare.areas(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
    assert (row["share_yes"], row["share_in_place"]) == (50.0, 75.0)
    assert (row["county_mean"], row["gap_county"]) == (50.0, 0.0)
