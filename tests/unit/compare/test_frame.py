"""One frame for answers and figures: references of every kind, recomputed in plain Python."""

from __future__ import annotations

import random
import statistics
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojmf.compare.basis import Basis
from ojmf.compare.changes import changes
from ojmf.compare.frame import FRAME, TRACED, Known, Selection, published
from ojmf.compare.methods import compared
from ojmf.errors import SelectionError
from ojmf.present.reasons import with_reasons
from tests.unit.compare import frames

COUNTIES = {"01": 7, "03": 4, "09": 1}
PLACES = [f"{county}{80 + i}" for county, size in COUNTIES.items() for i in range(size)]
GEOGRAPHY = pl.DataFrame(
    [("00", "Riket", "country", None)]
    + [(code, f"Län {code}", "county", code) for code in COUNTIES]
    + [(geo, f"Ort {geo}", "municipality", geo[:2]) for geo in PLACES],
    schema=["code", "name", "level", "county_code"],
    orient="row",
)
PEERS = pl.DataFrame(
    [("G1", "Grannar", None, geo) for geo in ("0180", "0181", "0380", "0980")]
    + [("G2", "Liknande", "0180", geo) for geo in ("0181", "0182", "0183")],
    schema=["group_id", "group_title", "of", "member_id"],
    orient="row",
)
RULES = {"m": None, "a": "mean", "w": "weighted", "s": "sum"}
CATALOGUE = frames.indicators(
    [
        {
            "area_id": "area",
            "indicator_id": name,
            "name": name.upper(),
            "method": "neutral",
            "polarity": "lower",
            "unit": "percent",
            "statistic": rule,
            "denominator": "population" if rule == "weighted" else None,
        }
        for name, rule in RULES.items()
    ]
    + [{"area_id": "fragor", "indicator_id": "q", "name": "Fråga"}]
)
YEAR = date(2024, 12, 31)
BEFORE = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}


def cell(name: str, geo: str, value: float | None, **more: Any) -> dict[str, Any]:
    place = {"area_id": "area", "indicator_id": name, "geo": geo, "line": 1, "sex": "_T"}
    status = {} if value is not None else {"obs_status": "Q"}
    return {**place, "value": value, "unit": "percent", **status, **more}


def known(weights: dict[str, float]) -> Known:
    people = [("w", geo, "_T", YEAR, weight) for geo, weight in weights.items()]
    columns = ["indicator_id", "geo", "sex", "period_end", "denominator"]
    denominators = pl.DataFrame(people, schema=columns, orient="row")
    return Known(GEOGRAPHY, PEERS, Basis(denominators=denominators))


def expected(
    rule: str | None, values: dict[str, float | None], weights: dict[str, float], members: int
) -> float | None:
    """The figure of several municipalities, in plain Python."""
    there = {geo: value for geo, value in values.items() if value is not None}
    if rule == "weighted":
        there = {geo: value for geo, value in there.items() if weights.get(geo, 0) > 0}
    if len(there) < min(3, members) or len(there) * 2 < members:
        return None
    if rule == "sum":
        return sum(there.values()) if len(there) == members else None
    if rule == "weighted":
        return sum(v * weights[g] for g, v in there.items()) / sum(weights[g] for g in there)
    return statistics.mean(there.values()) if rule == "mean" else statistics.median(there.values())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_a_country_with_holes_and_ties_is_what_plain_python_gives(seed: int) -> None:
    chance = random.Random(seed)
    values = {
        (name, geo): None if chance.random() < 0.3 else float(chance.randrange(5))
        for name in RULES
        for geo in PLACES
    }
    weights = {geo: float(chance.randrange(4)) for geo in PLACES}
    cells = [cell(name, geo, value) for (name, geo), value in values.items()]
    rows = compared(
        frames.observations(cells), CATALOGUE, PLACES, ["lan", "riket", "G1"], known=known(weights)
    )
    assert rows.height == len(RULES) * len(PLACES) * 3
    for row in rows.iter_rows(named=True):
        name, geo = row["indicator_id"], row["geo"]
        members = {
            "county": [place for place in PLACES if place[:2] == geo[:2]],
            "country": PLACES,
            "group": ["0180", "0181", "0380", "0980"],
        }[row["reference_kind"]]
        of = {place: values[name, place] for place in members}
        wanted = expected(RULES[name], of, weights, len(members))
        assert row["own"] == values[name, geo]
        assert row["reference"] == (None if wanted is None else pytest.approx(wanted))
        if row["own"] is None:
            assert row["reason_code"] == "suppressed"
        elif wanted is None:
            assert row["reason_code"] in {"too_few", "no_reference"}
            assert row["gap"] is None
        else:
            assert row["gap"] == pytest.approx(row["own"] - wanted)
            assert row["gap_better"] == pytest.approx(wanted - row["own"])
            assert (row["reference_origin"], row["reference_members"]) == (
                "computed",
                len(members),
            )


def one(cells: list[dict[str, Any]], against: str, **more: Any) -> dict[str, Any]:
    rows = compared(
        frames.observations(cells),
        CATALOGUE,
        "0180",
        [against],
        known=Known(GEOGRAPHY, PEERS),
        **more,
    )
    return with_reasons(rows, {"01": "Län 01"}).row(0, named=True)


COUNTY = [cell("m", geo, float(i)) for i, geo in enumerate(PLACES[:7])]


def test_a_printed_reference_comes_before_a_declared_one_and_that_before_a_computed() -> None:
    printed = cell("m", "01", 50.0, source_id="rapport")
    declared = cell("m", "01", 60.0, source_id="referens.lan")
    for more, reference, origin in (
        ([], 3.0, "computed"),
        ([declared], 60.0, "declared"),
        ([declared, printed], 50.0, "printed"),
    ):
        row = one([*COUNTY, *more], "lan")
        assert (row["reference"], row["reference_origin"]) == (reference, origin)


def test_contradicting_printed_references_are_no_reference_also_where_one_could_be_computed() -> (
    None
):
    row = one([*COUNTY, cell("m", "01", 50.0), cell("m", "01", 51.0, line=2)], "lan")
    assert (row["reference"], row["gap"], row["own"]) == (None, None, 0.0)
    assert row["reason"].startswith("olika uppgifter för samma period: 50 i rapport.txt rad 1")


def test_too_few_are_told_by_name_and_a_declared_number_is_enough() -> None:
    row = one(COUNTY[:3], "lan")
    assert row["reference"] is None
    assert row["reason"] == (
        "dokumentet har ingen uppgift för Län 01, och bara 3 av 7 kommuner har en för samma "
        "period, enhet, kön och ålder"
    )
    catalogue = CATALOGUE.with_columns(pl.lit(2, pl.Int64).alias("fewest"))
    rows = compared(
        frames.observations(COUNTY[:3]), catalogue, "0180", known=Known(GEOGRAPHY, PEERS)
    )
    assert rows["reference"].to_list() == [1.0]


def test_the_similar_municipalities_are_a_reference_by_word_id_and_title() -> None:
    for against in ("liknande", "G2", "Liknande"):
        row = one(COUNTY, against)
        assert (row["reference_geo"], row["reference"]) == ("G2", 2.0)
        assert (row["reference_counted"], row["reference_members"]) == (3, 3)


def test_last_year_is_the_same_part_of_an_earlier_year() -> None:
    month = {"period_kind": "month", "period_start": date(2024, 3, 1)}
    march = {**month, "period_end": date(2024, 3, 31)}
    earlier = {"period_kind": "month", "period_start": date(2023, 3, 1)}
    cells = [
        cell("m", "0180", 9.0, **march),
        cell("m", "0180", 4.0, **earlier, period_end=date(2023, 3, 31)),
        cell(
            "m",
            "0180",
            8.0,
            period_kind="month",
            **{"period_start": date(2024, 2, 1), "period_end": date(2024, 2, 29)},
        ),
    ]
    row = one(cells, "fjolaret")
    assert (row["own"], row["reference"], row["gap"], row["since"]) == (9.0, 4.0, 5.0, 5.0)
    assert row["reference_period_end"] == date(2023, 3, 31)


def test_questions_that_are_new_or_gone_are_told_beside_last_year() -> None:
    catalogue = frames.indicators(
        {"area_id": "a", "indicator_id": name, "name": name} for name in ("kvar", "ny", "utgången")
    )
    now = [
        *frames.question("a", "kvar", 1, {}, g0180="NEJ"),
        *frames.question("a", "ny", 2, {}, g0180="JA"),
    ]
    then = [
        *frames.question("a", "kvar", 1, {}, g0180="JA"),
        *frames.question("a", "utgången", 2, {}, g0180="JA"),
    ]
    cells = frames.observations([*now, *({**one_cell, **BEFORE} for one_cell in then)])
    rows = compared(cells, catalogue, "0180", ["fjolaret"], known=Known(GEOGRAPHY))
    shown = {row["indicator_id"]: row for row in with_reasons(rows).iter_rows(named=True)}
    assert (shown["kvar"]["status"], shown["kvar"]["reference_status"]) == ("red", "green")
    assert shown["kvar"]["gap"] == -100.0
    assert (shown["ny"]["reason"], shown["ny"]["gap"]) == ("frågan är ny", None)
    assert shown["utgången"]["reason"] == "frågan ställs inte längre"
    assert (shown["utgången"]["own"], shown["utgången"]["reference"]) == (None, 100.0)


def test_a_budget_and_a_printed_target_are_references_of_any_method() -> None:
    cells = [
        cell("m", "0180", 9.0),
        cell("m", "0180", 8.0, scenario="budget", line=2),
        cell("m", "0180", 7.0, scenario="target", line=3),
    ]
    target, budget = one(cells, "mal"), one(cells, "budget")
    assert (target["reference"], target["reason"], target["reference_line"]) == (
        7.0,
        "utfall mot mål",
        3,
    )
    assert (budget["reference"], budget["reason"], budget["verdict"]) == (
        8.0,
        "utfall mot budget",
        "worse",
    )
    assert one(COUNTY[:1], "mal")["reason"] == "inget mål för samma period"


def test_several_municipalities_are_what_each_is_alone() -> None:
    cells = frames.observations(
        [cell(name, geo, float(i % 4)) for name in RULES for i, geo in enumerate(PLACES)]
        + frames.question("fragor", "q", 5, {"00": 40.0}, g0180="JA", g0380="NEJ")
    )
    both, there = ["lan", "riket"], Known(GEOGRAPHY, PEERS)
    together = compared(cells, CATALOGUE, ["0180", "0380"], both, known=there)
    alone = [compared(cells, CATALOGUE, geo, both, known=there) for geo in ("0180", "0380")]
    assert together.equals(pl.concat(alone))
    assert together.schema == TRACED
    assert published(together).schema == FRAME


def test_only_women_are_women() -> None:
    cells = [
        cell("m", geo, value, sex=sex)
        for geo in PLACES[:7]
        for sex, value in (("F", 2.0), ("M", 4.0))
    ]
    rows = compared(
        frames.observations(cells),
        CATALOGUE,
        "0180",
        selection=Selection(sexes=("F",)),
        known=Known(GEOGRAPHY),
    )
    assert rows.select("label", "own", "reference").rows() == [("M, kvinnor", 2.0, 2.0)]


@pytest.mark.parametrize(
    ("against", "message"),
    [("0180", "sig självt"), ("liknade", "heter ”liknade”"), ("G9", "heter ”G9”")],
)
def test_what_is_no_reference_is_told(against: str, message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        one(COUNTY, against)


def test_a_red_figure_that_gets_worse_is_told_first() -> None:
    catalogue = CATALOGUE.with_columns(
        pl.lit("quartile").alias("method"), pl.lit("higher").alias("polarity")
    ).filter(pl.col("indicator_id") == "m")
    country = [cell("m", f"{2000 + i}", float(i)) for i in range(1, 25)]
    own = [cell("m", "0180", 0.0), cell("m", "0180", 9.0, **BEFORE)]
    cells = frames.observations([*country, *own])
    rows = compared(cells, catalogue, "0180", ["fjolaret"], known=Known(GEOGRAPHY))
    told = changes(rows).row(0, named=True)
    assert (told["status"], told["gap"], told["change"]) == ("red", -9.0, "red_and_worse")


def test_a_figure_turns_by_the_colour_of_each_year() -> None:
    catalogue = CATALOGUE.with_columns(
        pl.lit("quartile").alias("method"), pl.lit("higher").alias("polarity")
    ).filter(pl.col("indicator_id") == "m")
    now = [cell("m", f"{2000 + i}", float(i)) for i in range(1, 25)]
    then = [cell("m", f"{2000 + i}", float(i - 12), **BEFORE) for i in range(1, 25)]
    own = [cell("m", "0180", 12.0), cell("m", "0180", 11.0, **BEFORE)]
    cells = frames.observations([*now, *then, *own])
    known = Known(GEOGRAPHY)
    told = changes(compared(cells, catalogue, "0180", ["fjolaret"], known=known)).row(0, named=True)
    assert [told[name] for name in ("reference_status", "status", "gap", "change")] == [
        *("green", "yellow"),
        *(1.0, "turned_yellow"),
    ]
    few = frames.observations([*now, *then[:9], *own])
    told = changes(compared(few, catalogue, "0180", ["fjolaret"], known=known)).row(0, named=True)
    assert (told["reference_status"], told["change"]) == (None, "better")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2024, 1, 1), True),  # between the two years
        (date(2023, 7, 1), True),  # within the year before
        (date(2024, 7, 1), True),  # within the later year
        (date(2023, 1, 1), False),  # both are of the new level
        (date(2025, 1, 1), False),
    ],
)
def test_no_change_is_told_across_a_rebase(day: date, told: bool) -> None:
    cells = [
        *(cell(name, "0180", 90.0) for name in "ma"),
        *(cell(name, "0180", 10.0, **BEFORE) for name in "ma"),
    ]
    charts = pl.DataFrame(
        [
            {"indicator_id": "m", "geo": "0180", "kind": kind, "date": on, "reason": why}
            for kind, on, why in (
                ("rebase", day, "ny redovisning"),
                ("rebase", date(2019, 1, 1), "äldre"),
                ("baseline", date(2024, 1, 1), "ingen ombasering"),
            )
        ]
    )
    rows = compared(
        frames.observations(cells),
        CATALOGUE,
        "0180",
        ["fjolaret", "lan"],
        known=Known(GEOGRAPHY, basis=Basis(charts=charts)),
    )
    since = {row["indicator_id"]: row["since"] for row in rows.iter_rows(named=True)}
    assert since == {"m": None if told else 80.0, "a": 80.0}
    earlier = with_reasons(rows.filter(reference_kind="earlier")).sort("indicator_id")
    other, row = earlier.iter_rows(named=True)
    assert (other["gap"], other["reason"]) == (80.0, None)
    why = f"ombaserad {day}: ny redovisning; jämförs inte med tidigare"
    assert (row["gap"], row["reason"]) == ((None, why) if told else (80.0, None))
    assert row["reference"] == (None if told else 10.0)
    assert set(changes(earlier)["indicator_id"]) == ({"a"} if told else {"a", "m"})


def test_what_turned_green_and_red_is_told_with_what_is_new_and_gone() -> None:
    names = ("blev röd", "blev grön", "som förut", "ny", "utgången")
    catalogue = frames.indicators(
        {"area_id": "a", "indicator_id": name, "name": name} for name in names
    )

    def asked(answers: dict[str, str], **more: Any) -> list[dict[str, Any]]:
        cells = (frames.question("a", name, 1, {}, g0180=text) for name, text in answers.items())
        return [one_cell | more for cells_of_one in cells for one_cell in cells_of_one]

    now = {"blev röd": "NEJ", "blev grön": "JA", "som förut": "NEJ", "ny": "JA"}
    then = {"blev röd": "JA", "blev grön": "DELVIS", "som förut": "NEJ", "utgången": "JA"}
    cells = frames.observations([*asked(now), *asked(then, **BEFORE)])
    rows = changes(compared(cells, catalogue, "0180", ["fjolaret"], known=Known(GEOGRAPHY)))
    assert rows.select("indicator_id", "change").rows() == [
        ("blev röd", "turned_red"),
        ("blev grön", "turned_green"),
        ("ny", "added"),
        ("utgången", "retired"),
        ("som förut", "unchanged"),
    ]


@pytest.mark.parametrize(
    ("printed", "gap", "reason"),
    [
        (60.0, None, "whole_amounts"),  # what both have together
        (900.0, None, "whole_amounts"),  # and what others have
        (30.0, -20.0, None),  # less than both together: no sum of them
    ],
)
def test_a_count_beside_the_sum_of_a_county_has_no_gap(
    printed: float, gap: float | None, reason: str | None
) -> None:
    catalogue = CATALOGUE.with_columns(
        pl.lit("count").alias("kind"), pl.lit("persons").alias("unit")
    )
    figures = {"0180": 10.0, "0181": 50.0, "01": printed}
    cells = frames.observations(
        [{**cell("m", geo, value), "unit": "persons"} for geo, value in figures.items()]
    )
    rows = compared(cells, catalogue, "0180", ["lan", "0181"], known=Known(GEOGRAPHY))
    beside = {row["reference_geo"]: row for row in rows.iter_rows(named=True)}
    county, other = beside["01"], beside["0181"]
    assert (county["reference"], county["gap"], county["reason_code"]) == (printed, gap, reason)
    assert other["gap"] == -40.0
    alone = cells.filter(pl.col("geo") != "0181")
    rows = compared(alone, catalogue, "0180", ["lan"], known=Known(GEOGRAPHY))
    assert rows["gap"].to_list() == [10.0 - printed]  # nothing says that it is a sum
