"""Öppna jämförelser: status, gaps and areas on small hand-made frames."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import compare
from ojmf.compare.against import resolve_against
from ojmf.compare.answered import answer_rows
from ojmf.compare.answers import traced_status
from ojmf.compare.basis import Basis
from ojmf.compare.frame import Request, Selection
from ojmf.errors import FrameError, SelectionError, TableError
from ojmf.present.reasons import with_reasons
from ojmf.schema import COMPARISONS
from tests.unit.compare import frames

CATALOGUE = frames.indicators(
    [
        {"area_id": "vald", "indicator_id": "v1", "name": "Fråga v1"},
        {"area_id": "vald", "indicator_id": "v2", "name": "Fråga v2"},
        {"area_id": "barn", "indicator_id": "b1", "name": "Fråga b1"},
        {"area_id": "barn", "indicator_id": "b2", "name": "Fråga b2"},
        {"area_id": "barn", "indicator_id": "b3", "name": "Fråga b3"},
        {
            "area_id": "ekonomi",
            "indicator_id": "e1",
            "name": "Netto",
            "method": "neutral",
            "unit": "MSEK",
        },
    ]
)
CELLS = [
    *frames.question("vald", "v1", 10, {"01": 89, "00": 85}, g0184="NEJ"),
    *frames.question("vald", "v2", 11, {"01": None, "00": None}, g0184=""),
    *frames.question("barn", "b1", 20, {"01": 40, "00": 100}, g0184="JA", g0180="DELVIS"),
    *frames.question("barn", "b2", 21, {"01": 60, "00": 0}, g0184="DELVIS"),
    *frames.question("barn", "b3", 22, {"01": 10, "00": 12}, g0184="NEJ"),
    {"area_id": "ekonomi", "indicator_id": "e1", "geo": "0184", "value": -3.5, "unit": "MSEK"},
]
OBSERVATIONS = frames.observations(CELLS)


def test_status_lists_areas_and_lines_in_printed_order_and_keeps_the_unanswered() -> None:
    result = compare.status(OBSERVATIONS, CATALOGUE, "0184")
    assert result.schema == COMPARISONS
    assert result.select("indicator_id", "own", "status", "reference", "gap").rows() == [
        ("v1", 0.0, "red", 89.0, -89.0),
        ("v2", None, "grey", None, None),
        ("b1", 100.0, "green", 40.0, 60.0),
        ("b2", 50.0, "yellow", 60.0, -10.0),
        ("b3", 0.0, "red", 10.0, -10.0),
    ]
    assert result["method"].unique().to_list() == ["answer"]
    assert result.select("label", "document", "line").row(0) == ("Fråga v1", "rapport.txt", 10)


def test_a_lazy_frame_gives_the_same_as_a_frame_in_any_row_order() -> None:
    shuffled = OBSERVATIONS.sample(fraction=1.0, shuffle=True, seed=7).lazy()
    for function in (compare.status, compare.gaps, compare.areas):
        assert function(shuffled, CATALOGUE, "0184").equals(
            function(OBSERVATIONS, CATALOGUE, "0184")
        )


@pytest.mark.parametrize(
    ("against", "reference_geo", "reference"),
    [("lan", "01", 40.0), ("riket", "00", 100.0), ("01", "01", 40.0), ("0180", "0180", 50.0)],
)
def test_the_reference_is_a_share_or_another_municipality(
    against: str, reference_geo: str, reference: float
) -> None:
    row = compare.status(OBSERVATIONS, CATALOGUE, "0184", against=against).row(2, named=True)
    assert (row["reference_geo"], row["reference"]) == (reference_geo, reference)


def test_names_work_when_the_geography_is_given() -> None:
    named = compare.status(
        OBSERVATIONS, CATALOGUE, "Solna", against="Stockholms län", geography=frames.GEOGRAPHY
    )
    assert named.equals(compare.status(OBSERVATIONS, CATALOGUE, "0184"))


def test_gaps_come_worst_first_and_ties_keep_the_printed_order() -> None:
    result = compare.gaps(OBSERVATIONS, CATALOGUE, "0184")
    assert result["indicator_id"].to_list() == ["v1", "b2", "b3", "b1"]
    assert compare.gaps(OBSERVATIONS, CATALOGUE, "0184", top=2).equals(result.head(2))
    with pytest.raises(SelectionError, match="minst 1"):
        compare.gaps(OBSERVATIONS, CATALOGUE, "0184", top=0)


def test_areas_count_every_indicator_and_average_those_with_a_figure() -> None:
    rows = compare.areas(OBSERVATIONS, CATALOGUE, "0184").to_dicts()
    assert rows[0] == {
        "area_id": "vald",
        "area_name": "Vald",
        "indicators": 2,
        "green": 0,
        "yellow": 0,
        "red": 1,
        "grey": 1,
        "share_in_place": 0.0,
        "county_mean": 89.0,
        "national_mean": 85.0,
        "gap_county": -89.0,
        "gap_national": -85.0,
        "document": "rapport.txt",
        "share_yes": 0.0,
    }
    assert rows[1]["share_in_place"] == 50.0
    assert rows[1]["share_yes"] == pytest.approx(100 / 3)
    assert rows[1]["county_mean"] == pytest.approx(110 / 3)
    assert rows[1]["gap_national"] == pytest.approx(100 / 3 - 112 / 3)


def test_an_area_without_any_answer_has_null_means() -> None:
    blank = frames.observations(frames.question("vald", "v1", 1, {"01": None}, g0184=""))
    row = compare.areas(blank, CATALOGUE, "0184").row(0, named=True)
    assert (row["grey"], row["share_in_place"], row["gap_county"]) == (1, None, None)


def test_only_the_latest_period_of_an_area_counts_with_its_own_reference() -> None:
    earlier = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
    old = frames.question("vald", "v1", 5, {"01": 1}, g0184="JA")
    both = frames.observations([*CELLS, *({**cell, **earlier} for cell in old)])
    assert compare.status(both, CATALOGUE, "0184").equals(
        compare.status(OBSERVATIONS, CATALOGUE, "0184")
    )
    only_old_reference = frames.observations(
        [
            *frames.question("vald", "v1", 10, {}, g0184="JA"),
            *({**cell, **earlier} for cell in frames.question("vald", "v1", 5, {"01": 1})),
        ]
    )
    row = compare.status(only_old_reference, CATALOGUE, "0184").row(0, named=True)
    assert (row["own"], row["reference"], row["gap"]) == (100.0, None, None)


def test_a_question_that_others_answered_is_grey_for_the_one_that_did_not() -> None:
    cells = [
        *frames.question("vald", "v1", 1, {"01": 50}, g0184="JA"),
        *frames.question("vald", "v2", 2, {"01": 70}),
    ]
    result = compare.status(frames.observations(cells), CATALOGUE, "0184")
    assert result.select("indicator_id", "label", "status", "reference", "line").rows() == [
        ("v1", "Fråga v1", "green", 50.0, 1),
        ("v2", "Fråga v2", "grey", 70.0, None),
    ]


def test_references_that_are_not_numbers_or_missing_give_no_gap() -> None:
    for reference in (float("nan"), None):
        cells = frames.question("vald", "v1", 1, {"01": reference}, g0184="JA")
        row = compare.status(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
        assert (row["status"], row["reference"], row["gap"]) == ("green", None, None)


def test_a_negative_zero_is_a_zero() -> None:
    cells = frames.question("vald", "v1", 1, {"01": -0.0}, g0184="NEJ")
    row = compare.status(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
    assert (str(row["reference"]), str(row["gap"])) == ("0.0", "0.0")


def test_a_municipality_meets_the_county_it_lies_in_and_no_other() -> None:
    cells = frames.question("vald", "v1", 1, {"01": 50, "00": 40}, g0381="JA")
    row = compare.status(frames.observations(cells), CATALOGUE, "0381").row(0, named=True)
    assert (row["reference_geo"], row["reference"]) == ("03", None)


def test_the_same_answer_twice_is_one_row_but_two_answers_are_none() -> None:
    once = frames.question("vald", "v1", 1, {"01": 50}, g0184="JA")
    again = [{**cell, "document": "annan.txt"} for cell in once]
    same = frames.observations([*once, *again])
    assert compare.status(same, CATALOGUE, "0184").height == 1
    contradicting = frames.observations([*once, *frames.question("vald", "v1", 9, {}, g0184="NEJ")])
    with pytest.raises(FrameError, match="0184, v1: flera olika svar för samma period"):
        compare.status(contradicting, CATALOGUE, "0184")
    found = resolve_against(["lan"], ["0184"], None)
    asked = Request(contradicting, CATALOGUE, found, Selection(), Basis())
    row = with_reasons(answer_rows(asked)).row(0, named=True)
    assert (row["own"], row["answer"], row["status"], row["gap"]) == (None, None, "grey", None)
    assert row["reason"] == (
        "olika uppgifter för samma period: JA i rapport.txt rad 1, NEJ i rapport.txt rad 9"
    )


def test_contradicting_references_leave_only_that_question_without_a_gap() -> None:
    other = frames.question("vald", "v1", 7, {"01": 92}, g0380="JA")
    rows = traced_status(
        frames.observations([*CELLS, *({**cell, "document": "annan.txt"} for cell in other)]),
        CATALOGUE,
        "0184",
        against=["lan", "riket"],
    )
    county = {
        row["indicator_id"]: row
        for row in with_reasons(rows).to_dicts()
        if row["reference_geo"] == "01"
    }
    assert county["v1"]["gap"] is None
    assert county["v1"]["status"] == "red"
    assert county["v1"]["reason"] == (
        "olika uppgifter för samma period: 92 i annan.txt rad 7, 89 i rapport.txt rad 10"
    )
    assert county["b1"]["gap"] == 60.0
    country = rows.filter(pl.col("reference_geo") == "00", pl.col("indicator_id") == "v1")
    assert country["gap"].to_list() == [-85.0]


def test_an_empty_cell_contradicts_no_answer() -> None:
    blank = frames.question("vald", "v1", 1, {"01": None}, g0184="")
    said = frames.question("vald", "v1", 9, {"01": 50}, g0184="NEJ")
    row = compare.status(frames.observations([*blank, *said]), CATALOGUE, "0184").row(0, named=True)
    assert (row["own"], row["reference"], row["line"]) == (0.0, 50.0, 9)


def test_where_and_how_both_figures_are_printed_rides_along() -> None:
    cells = frames.question("vald", "v1", 3, {"01": 50}, g0184="JA")
    own = {**cells[0], "correction_id": "fix", "raw": "j"}
    traced = traced_status(frames.observations([own, cells[1]]), CATALOGUE, "0184").row(
        0, named=True
    )
    assert (traced["raw"], traced["correction_id"], traced["place"]) == ("j", "fix", "rad 3")
    assert (traced["reference_line"], traced["reference_document"]) == (3, "rapport.txt")
    assert traced["reference_correction_id"] is None


def test_an_answer_outside_the_vocabulary_is_refused_with_its_place() -> None:
    cells = frames.observations(frames.question("vald", "v1", 3, {"01": 50}, g0184="KANSKE"))
    with pytest.raises(TableError, match=r"rapport\.txt rad 3: svaret ”KANSKE”"):
        traced_status(cells, CATALOGUE, "0184")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"geo": "0381"}, "0381 har inga svar i Öppna jämförelser"),
        ({"geo": "01"}, "ingen kommun utan ett jämförelseområde"),
        ({"geo": "0184", "area": "vlad"}, "Menade du Vald"),
        ({"geo": "0184", "against": "0184"}, "sig självt"),
        ({"geo": "Sålna", "geography": frames.GEOGRAPHY}, "Menade du Solna"),
        ({"geo": "0184", "against": "Upsala län", "geography": frames.GEOGRAPHY}, "Uppsala län"),
    ],
)
def test_what_cannot_be_chosen_is_explained(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(SelectionError, match=message.replace("?", r"\?")):
        compare.status(OBSERVATIONS, CATALOGUE, **arguments)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Solna", "0184"),
        ("solna kommun", "0184"),
        (" SOLNA  stad ", "0184"),
        ("0184", "0184"),
        ("Enköping", "0381"),
        ("Österåker", "0117"),
        ("Stockholm", "0180"),
        ("Stockholms län", "01"),
        ("riket", "00"),
        ("Riket", "00"),
    ],
)
def test_a_place_is_found_by_name_or_code(written: str, code: str) -> None:
    assert compare.resolve_geo(written, frames.GEOGRAPHY) == code


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["JA", "DELVIS", "NEJ", ""]),
            st.one_of(st.none(), st.floats(0, 100)),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_question_is_counted_once_and_every_gap_is_the_difference(
    answers: list[tuple[str, float | None]],
) -> None:
    catalogue = frames.indicators(
        {"area_id": "a", "indicator_id": str(number), "name": str(number)}
        for number in range(len(answers))
    )
    cells = [
        cell
        for number, (answer, share) in enumerate(answers)
        for cell in frames.question("a", str(number), number + 1, {"01": share}, g0184=answer)
    ]
    table = frames.observations(cells)
    row = compare.areas(table, catalogue, "0184").row(0, named=True)
    colours = row["green"] + row["yellow"] + row["red"] + row["grey"]
    assert row["indicators"] == len(answers) == colours
    result = compare.status(table, catalogue, "0184")
    expected = result.select(pl.col("own") - pl.col("reference")).to_series()
    assert result["gap"].equals(expected)
    assert (result["status"] == "grey").equals(result["own"].is_null())
