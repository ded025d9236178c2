"""Dispatch by method: periods, sub-groups, conflicts and what is far from a colour."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import compare
from ojmf.compare.against import resolve_against
from ojmf.compare.frame import Selection
from ojmf.compare.methods import JUDGED, compared
from ojmf.errors import SelectionError
from ojmf.present.reasons import with_reasons
from tests.unit.compare import frames

EARLIER = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
HALFWAY = {"period_end": date(2024, 8, 31), "period_kind": "year_to_date"}


X = {"area_id": "a", "indicator_id": "x", "name": "X", "unit": "percent"}


def share(geo: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {
        "area_id": "a",
        "indicator_id": "x",
        "geo": geo,
        "value": value,
        "unit": "percent",
        "line": 1,
        **more,
    }


def judged(cells: list[dict[str, Any]], method: str = "neutral", **more: Any) -> pl.DataFrame:
    catalogue = frames.indicators([{**X, "method": method, "unit": cells[0]["unit"], **more}])
    # As a workspace asks: what documents print need not be in the catalogue's unit.
    return with_reasons(compared(frames.observations(cells), catalogue, "0184"))


def test_only_the_same_period_kind_and_unit_meet() -> None:
    own = share("0184", 40)
    for other in (EARLIER, HALFWAY, {"unit": "count"}):
        row = judged([own, share("01", 50, **other)]).row(0, named=True)
        assert (row["own"], row["reference"], row["verdict"]) == (40.0, None, None)
        assert "samma period" in row["reason"]


def test_each_kind_of_period_keeps_its_latest_figure() -> None:
    rows = judged([share("0184", 30, **EARLIER), share("0184", 40), share("0184", 20, **HALFWAY)])
    assert rows.select("own", "period_kind").rows() == [(40.0, "year"), (20.0, "year_to_date")]


def test_overlapping_periods_of_one_kind_are_told_apart() -> None:
    seven = {"period_end": date(2024, 7, 31), "period_kind": "year_to_date"}
    cells = [share("0184", 20, **HALFWAY), share("0184", 10, **seven), share("01", 15, **seven)]
    row = judged(cells).row(0, named=True)
    assert (row["own"], row["reference"]) == (20.0, None)


def test_figures_that_disagree_are_no_figure_but_a_reason() -> None:
    row = judged([share("0184", 40), share("0184", 41, line=9), share("01", 50)]).row(0, named=True)
    assert (row["own"], row["gap"], row["verdict"]) == (None, None, None)
    assert row["reason"] == (
        "olika uppgifter för samma period: 40 i rapport.txt rad 1, 41 i rapport.txt rad 9"
    )
    agreeing = judged([share("0184", 40), share("0184", 40, line=9), share("01", 50)])
    assert agreeing.select("own", "gap", "line").rows() == [(40.0, -10.0, 1)]


def test_sex_and_age_never_meet_across() -> None:
    cells = [share("0184", 40), share("0184", 44), share("01", 50), share("01", 60)]
    table = frames.observations(cells).with_columns(
        pl.Series("sex", ["F", "M", "F", "M"]), pl.lit("18-64").alias("age")
    )
    catalogue = frames.indicators([{**X, "method": "neutral"}])
    rows = compare.by_method(table, catalogue, "0184")
    assert rows.columns == [*JUDGED, "age"]
    assert rows.sort("sex").select("sex", "own", "gap").rows() == [
        ("F", 40.0, -10.0),
        ("M", 44.0, -16.0),
    ]


def test_every_method_stands_in_one_frame_in_printed_order() -> None:
    catalogue = frames.indicators(
        [
            {"area_id": "b", "indicator_id": "q", "name": "Q"},
            {**X, "method": "neutral"},
            {**X, "area_id": "b", "indicator_id": "y", "unit": "MSEK", "method": "target"},
        ]
    )
    cells = [
        *frames.question("b", "q", 3, {"01": 50}, g0184="JA"),
        share("0184", 1, line=2),
        {**share("0184", 1, line=1), "area_id": "b", "indicator_id": "y", "unit": "MSEK"},
    ]
    rows = compare.by_method(frames.observations(cells).lazy(), catalogue, "0184")
    assert rows.schema == JUDGED
    assert rows.select("indicator_id", "method").rows() == [
        ("y", "target"),
        ("q", "answer"),
        ("x", "neutral"),
    ]
    one_area = compare.by_method(frames.observations(cells), catalogue, "0184", area="a")
    assert one_area["indicator_id"].to_list() == ["x"]
    with pytest.raises(SelectionError, match="0381 har inga uppgifter"):
        compare.by_method(frames.observations(cells), catalogue, "0381")
    year = pl.col("period_end").dt.year()
    none = Selection(within=year == 1999)
    with pytest.raises(SelectionError, match=r"0184 har inga .* perioden, bara för 20\d\d\."):
        compared(frames.observations(cells), catalogue, "0184", ["lan"], selection=none)


@pytest.mark.parametrize("seed", range(4))
def test_figures_of_one_line_stand_in_one_order(seed: int) -> None:
    cells = [share("0184", value, sex=sex) for sex, value in (("F", 3), ("M", 2), ("_T", 1))]
    found = judged(
        frames.observations(cells).sample(fraction=1, shuffle=True, seed=seed).to_dicts()
    )
    assert found["sex"].to_list() == ["_T", "F", "M"]


def test_a_quartile_colour_is_found_among_the_municipalities_of_the_same_period() -> None:
    cells = [share(f"{1000 + i}", i) for i in range(24)] + [share("0184", 23.5), share("01", 12)]
    cells += [share(f"{1000 + i}", 99, **EARLIER) for i in range(24)]
    row = judged(cells, "quartile", polarity="higher").row(0, named=True)
    assert (row["status"], row["rank"], row["compared"], row["gap"]) == ("green", 1, 25, 11.5)
    assert (row["lower"], row["upper"]) == (6.0, 18.0)


def test_a_decided_target_takes_the_place_of_the_budget() -> None:
    cells = [
        share("0184", value, unit="MSEK", scenario=scenario)
        for scenario, value in (("outcome", -9.0), ("budget", -10.0), ("deviation", 1.0))
    ]
    targets = pl.DataFrame(
        {
            "indicator_id": ["x"],
            "geo": ["0184"],
            "period_start": [date(2024, 1, 1)],
            "period_end": [date(2024, 12, 31)],
            "target": [-8.0],
        }
    )
    catalogue = frames.indicators([{**X, "method": "target", "unit": "MSEK"}])
    rows = compare.by_method(
        frames.observations(cells), catalogue, "0184", basis=compare.Basis(targets=targets)
    )
    assert with_reasons(rows).select("reference", "gap", "verdict", "reason").rows() == [
        (-8.0, -1.0, "worse", "utfall mot beslutat mål")
    ]


def test_what_it_takes_to_reach_the_reference_is_in_whole_units() -> None:
    catalogue = frames.indicators(
        [{**X, "unit": "count", "method": "reference", "polarity": "lower"}]
    )
    rows = compare.by_method(
        frames.observations([share("0184", 12, unit="count"), share("01", 7.5, unit="count")]),
        catalogue,
        "0184",
        basis=compare.Basis(tolerances={"x": 1.0}),
    )
    far = compare.distances(rows, catalogue).row(0, named=True)
    assert (far["verdict"], far["gap_adjusted"], far["needed"]) == ("worse", -4.5, 5)
    assert far["to_best_quarter"] is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["JA", "DELVIS", "NEJ"]), st.integers(0, 100)),
        min_size=1,
        max_size=20,
    )
)
def test_contributions_add_up_to_the_gap_of_the_area(answers: list[tuple[str, int]]) -> None:
    names = [str(i) for i in range(len(answers))]
    catalogue = frames.indicators(
        {"area_id": "a", "indicator_id": name, "name": name} for name in names
    )
    cells = [
        cell
        for i, (name, (answer, county)) in enumerate(zip(names, answers, strict=True))
        for cell in frames.question("a", name, i + 1, {"01": county}, g0184=answer)
    ]
    table = frames.observations(cells)
    parts = compare.contributions(table, catalogue, "0184")
    area = compare.areas(table, catalogue, "0184").row(0, named=True)
    assert parts["contribution"].sum() == pytest.approx(area["gap_county"])
    assert parts["contribution"].is_sorted()


def test_a_question_of_several_areas_stands_side_by_side() -> None:
    names = {
        "a.uppsokande": "Uppsökande arbete",
        "b.uppsokande": "uppsökande arbetet.",
        "b.annat": "Något annat",
    }
    catalogue = frames.indicators(
        {"area_id": name[0], "indicator_id": name, "name": label} for name, label in names.items()
    )
    cells = [
        {**cell, "row_label": label}
        for line, (name, label) in enumerate(names.items(), start=1)
        for cell in frames.question(
            name[0], name, line, {"01": 50}, g0184="JA" if name[0] == "a" else "NEJ"
        )
    ]
    rows = compare.shared_questions(frames.observations(cells), catalogue, "0184")
    assert rows.select("indicator_id", "areas", "same_status").rows() == [
        ("a.uppsokande", 2, False),
        ("b.uppsokande", 2, False),
    ]


def test_a_figure_that_is_missing_is_grey_and_says_why() -> None:
    earlier = share("0184", 40, **EARLIER)
    reasons = {"O": "saknas", "Q": "sekretess", "U": "läsa säkert", "L": "inte samlats in"}
    for status, reason in reasons.items():
        row = judged([earlier, share("0184", None, obs_status=status)], "quartile").row(
            0, named=True
        )
        assert (row["own"], row["status"], row["period_end"]) == (None, "grey", date(2024, 12, 31))
        assert reason in row["reason"]


def test_a_month_that_is_yet_to_come_is_not_missing() -> None:
    row = judged([share("0184", 40, **EARLIER), share("0184", None, obs_status="M")]).row(
        0, named=True
    )
    assert (row["own"], row["period_end"]) == (40.0, date(2023, 12, 31))


def month(number: int, value: float | None, **more: Any) -> dict[str, Any]:
    first = date(2024, number, 1)
    last = date(2024, number, monthrange(2024, number)[1])
    status = "O" if value is None else "A"
    kind = {"period_start": first, "period_end": last, "period_kind": "month"}
    return {**share("0184", value, obs_status=status, **kind), **more}


EMPTY_YEAR = share("0184", None, obs_status="O")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        # October and the year are yet to come.
        ([month(9, 6.2), month(10, None), EMPTY_YEAR], [(6.2, "month"), (5.0, "year")]),
        # A hole before the last figure is none.
        ([month(8, None), month(9, 6.2), EMPTY_YEAR], [(6.2, "month"), (5.0, "year")]),
        # Another row of the table has October, so this one lacks it; the year was yet to come.
        (
            [month(9, 6.2), month(10, None), month(10, 3.0, indicator_id="y"), EMPTY_YEAR],
            [(None, "month"), (5.0, "year")],
        ),
        # The year is over.
        ([month(11, 6.2), month(12, 5.0), EMPTY_YEAR], [(5.0, "month"), (None, "year")]),
        # A mark is said of a month, as a protected figure is.
        ([month(9, 6.2), month(10, None, raw="–")], [(None, "month"), (5.0, "year")]),
        ([month(9, 6.2), month(10, None, obs_status="Q")], [(None, "month"), (5.0, "year")]),
        # Months of another table or place say nothing of this one's year.
        ([month(9, 6.2, table="t"), EMPTY_YEAR], [(6.2, "month"), (None, "year")]),
        ([month(9, 6.2, geo="0381"), EMPTY_YEAR], [(None, "year")]),
    ],
)
def test_an_empty_cell_of_a_period_yet_to_come_hides_no_figure(
    cells: list[dict[str, Any]], shown: list[tuple[float | None, str]]
) -> None:
    rows = judged([share("0184", 5, **EARLIER), *cells]).filter(indicator_id="x")
    assert rows.select("own", "period_kind").sort("period_kind").rows() == shown


def test_what_is_yet_to_come_is_told_where_nothing_else_is() -> None:
    rows = judged([month(9, 6.2), EMPTY_YEAR])
    assert rows.filter(period_kind="year")["reason"].to_list() == ["uppgift saknas"]
    catalogue = frames.indicators([{**X, "method": "neutral"}])
    cells = frames.observations([month(9, 6.2), month(10, None)])
    every = compared(cells, catalogue, "0184", selection=Selection(every=True))
    assert every["own"].to_list() == [6.2, None]


def test_a_figure_that_another_report_has_is_not_missing() -> None:
    cells = [share("0184", None, obs_status="U"), share("0184", 40, document="b")]
    assert judged(cells)["own"].to_list() == [40.0]


def test_a_colour_without_a_reference_says_why_there_is_no_gap() -> None:
    everyone = [share(f"{geo:04d}", geo % 9) for geo in (184, *range(1400, 1425))]
    row = judged(everyone, "quartile").row(0, named=True)
    assert row["status"] != "grey"
    assert "ingen uppgift för 01" in row["reason"]


def test_rows_are_named_by_the_catalogue_not_by_what_the_row_is_called() -> None:
    assert judged([share("0184", 40, row_label="2024")])["label"].to_list() == ["X"]


def test_budgets_that_disagree_are_told() -> None:
    budget = {"scenario": "budget", "unit": "MSEK"}
    cells = [
        share("0184", 5, unit="MSEK"),
        share("0184", 4, line=2, **budget),
        share("0184", 3, line=3, **budget),
    ]
    row = judged(cells, "target").row(0, named=True)
    assert (row["reference"], row["verdict"]) == (None, None)
    assert "olika uppgifter för samma period: 4 i" in row["reason"]


@pytest.mark.parametrize("target", [float("nan"), None])
def test_a_target_that_is_no_figure_gives_no_verdict(target: float | None) -> None:
    catalogue = frames.indicators([{**X, "method": "target"}])
    targets = pl.DataFrame(
        {
            "indicator_id": ["x"],
            "geo": ["0184"],
            "period_start": [date(2024, 1, 1)],
            "period_end": [date(2024, 12, 31)],
            "target": [target],
        },
        schema_overrides={"target": pl.Float64},
    )
    row = compare.by_method(
        frames.observations([share("0184", 5)]),
        catalogue,
        "0184",
        basis=compare.Basis(targets=targets),
    ).row(0, named=True)
    assert (row["reference"], row["gap"], row["verdict"]) == (None, None, None)


def test_distances_take_one_denominator_and_only_a_figure() -> None:
    catalogue = frames.indicators([{**X, "method": "quartile"}])
    rows = compare.by_method(
        frames.observations([share(f"{geo:04d}", geo % 9) for geo in range(180, 205)]),
        catalogue,
        "0184",
    )
    for values, needed in (([200.0, 300.0], 4), ([float("nan")], None)):
        known = pl.DataFrame({"denominator": values}).with_columns(
            indicator_id=pl.lit("x"), geo=pl.lit("0184"), period_end=pl.lit(date(2024, 12, 31))
        )
        assert compare.distances(rows, catalogue, known)["needed"].to_list() == [needed]


def test_a_target_without_its_outcome_is_told() -> None:
    cells = [
        share("0184", None, unit="MSEK", obs_status="O"),
        share("0184", 75, unit="MSEK", scenario="budget"),
    ]
    row = judged(cells, "target").row(0, named=True)
    assert (row["own"], row["verdict"], row["reason"]) == (None, None, "uppgift saknas")


def test_a_figure_in_one_unit_is_not_hidden_by_a_gap_in_another() -> None:
    missing = share("0184", None, unit="persons", obs_status="O")
    for period in ({}, EARLIER):
        assert judged([share("0184", 60, **period), missing])["own"].to_list() == [60.0]


def test_a_deviation_that_stands_alone_keeps_its_gap_beside_a_decided_target() -> None:
    catalogue = frames.indicators([{**X, "method": "target", "unit": "MSEK"}])
    year = (date(2024, 1, 1), date(2024, 12, 31))
    targets = pl.DataFrame(
        [("x", "0184", *year, 4.0)],
        schema=["indicator_id", "geo", "period_start", "period_end", "target"],
        orient="row",
    )
    row = compare.by_method(
        frames.observations([share("0184", 8.5, unit="MSEK", scenario="deviation")]),
        catalogue,
        "0184",
        basis=compare.Basis(targets=targets),
    ).row(0, named=True)
    assert (row["reference"], row["gap"], row["verdict"]) == (None, 8.5, "better")


def test_a_figure_about_women_meets_only_figures_about_women() -> None:
    cells = [
        share("0184", 40, sex="_T"),
        share("0184", 30, sex="F"),
        share("01", 50, sex="_T"),
        share("01", 20, sex="F", line=2),
        share("01", 99, sex="M", line=3),
    ]
    found = judged(cells).sort("sex")
    assert found.select("sex", "label", "own", "reference").rows() == [
        ("F", "X, kvinnor", 30.0, 20.0),
        ("_T", "X", 40.0, 50.0),
    ]
    without = [cell for cell in cells if (cell["geo"], cell["sex"]) != ("01", "_T")]
    both = judged(without).filter(sex="_T")
    assert both.select("own", "reference").rows() == [(40.0, None)]


def test_an_answer_is_that_of_both_sexes() -> None:
    of = {"area_id": "a", "indicator_id": "x"}
    women = {**of, "geo": "0184", "answer": "JA", "unit": "answer", "sex": "F"}
    both = {**women, "answer": "NEJ", "sex": "_T", "line": 9}
    county = {**of, "geo": "01", "value": 60.0, "unit": "percent", "scenario": "share"}
    cells = frames.observations([women, both, county, {**county, "value": 80.0, "sex": "F"}])
    catalogue = frames.indicators([{"area_id": "a", "indicator_id": "x", "name": "X"}])
    rows = compare.status(cells, catalogue, "0184")
    assert rows.select("own", "reference", "line").rows() == [(0.0, 60.0, 9)]


def test_a_decided_target_is_for_both_sexes_together() -> None:
    cells = [share("0184", 9.0, unit="MSEK", sex=sex) for sex in ("_T", "F")]
    targets = pl.DataFrame(
        {
            "indicator_id": ["x"],
            "geo": ["0184"],
            "period_start": [date(2024, 1, 1)],
            "period_end": [date(2024, 12, 31)],
            "target": [7.0],
        }
    )
    catalogue = frames.indicators([{**X, "method": "target", "unit": "MSEK"}])
    rows = compare.by_method(
        frames.observations(cells), catalogue, "0184", basis=compare.Basis(targets=targets)
    )
    assert rows.sort("sex").select("sex", "reference").rows() == [("F", None), ("_T", 7.0)]


@pytest.mark.parametrize(
    ("asked", "meant"), [("fjoråret", "fjolåret"), ("mådl", "mål"), ("budgetn", "budget")]
)
def test_a_reference_that_is_no_place_is_suggested(asked: str, meant: str) -> None:
    with pytest.raises(SelectionError, match=f"”{asked}”. Menade du {meant}"):
        resolve_against([asked], ["0184"])
