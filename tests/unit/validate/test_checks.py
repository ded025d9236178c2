"""What every rule of the general and the kind suites lets through and stops, as a table."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations.catalogue import Catalogue
from ojmf.validate import context as frames
from ojmf.validate import suites
from ojmf.validate.outcomes import rows
from tests.unit.validate.observed import COUNTRY, QUESTION, SHARE, SOUND, frame, workspace

EXPECTATIONS = Path(__file__).resolve().parents[3] / "expectations"
SUITES = {suite.name: suite for suite in suites.load(EXPECTATIONS)}
DEC = date(2024, 12, 31)


def judged(name: str, observed: pl.DataFrame, **context: object) -> set[str]:
    """The checks of a suite that fail on observations with these columns of context."""
    framed = frames.with_context(workspace("rutin", "plan"), observed)
    framed = framed.with_columns(pl.lit(value).alias(column) for column, value in context.items())
    suite = SUITES[name]
    subject = frames.subject(framed, suite.applies_to)
    return {row.check for row in rows(suites.run([(suite, subject)]))}


def test_sound_answers_only_lack_a_declared_source():
    assert judged("observations", frame(*SOUND)) == {"source-undeclared"}
    assert judged("oj-answers", frame(*SOUND)) == set()
    assert judged("reference-shares", frame(*SOUND)) == set()


GENERAL: list[tuple[dict, str]] = [
    ({"geo": "9999"}, "geo-unknown"),
    ({"geo": None}, "geo-missing"),
    ({"indicator_id": "oj-prov.annan"}, "indicator-unknown"),
    ({"indicator_id": None}, "indicator-missing"),
    ({"area_id": "oj-annan"}, "indicator-area"),
    ({"unit": "promille"}, "unit-unknown"),
    ({"unit": "percent"}, "unit-catalogue"),
    ({"scenario": "mål"}, "scenario-unknown"),
    ({"period_kind": "kvartal"}, "period-kind-unknown"),
    ({"period_start": date(2024, 2, 2)}, "period-fits-kind"),
    ({"period_start": None}, "period-missing"),
    ({"period_start": date(2025, 1, 1)}, "period-fits-kind"),
    ({"obs_status": "X"}, "status-unknown"),
    ({"obs_status": None}, "status-missing"),
    ({"obs_status": "O"}, "status-fits-value"),
    ({"answer": None, "raw": ""}, "status-fits-value"),
    ({"answer": "NEJ"}, "answer-printed"),
    ({"raw": "NEJ"}, "answer-printed"),
    ({"line": 0}, "line"),
    ({"line": None}, "line-missing"),
    ({"document": None}, "document-missing"),
    ({"correction_id": "rattelse-1"}, "correction-undeclared"),
]


BLANK: list[tuple[dict, str]] = [
    ({"answer": None, "raw": "", "obs_status": "O"}, "missing-reason"),
    ({"answer": None, "raw": "", "obs_status": "O", "note": "tom i källan"}, "blank-in-source"),
    ({"answer": None, "raw": "", "obs_status": "O", "note": " tom i källan "}, "blank-in-source"),
]


FIGURES: list[tuple[dict, str]] = [
    ({"value": float("nan")}, "not-finite"),
    ({"value": float("inf")}, "not-finite"),
    ({"value": -float("inf")}, "not-finite"),
    ({"value": 41.0}, "value-printed"),
    ({"raw": "4O"}, "value-printed"),
    ({"decimals": None}, "decimals-missing"),
    ({"decimals": 16}, "decimals"),
]


DAMAGED = [
    *(((QUESTION | change, SHARE, COUNTRY), check, change) for change, check in GENERAL),
    *(((QUESTION | change,), check, change) for change, check in BLANK),
    *(((QUESTION, SHARE | change, COUNTRY), check, change) for change, check in FIGURES),
]


@pytest.fixture(scope="module")
def general() -> list[set[str]]:
    """The checks that fail for each damaged trio of rows, all judged in one run."""
    named = [
        row | {"source_id": f"prov-{number}"}
        for number, (trio, _, _) in enumerate(DAMAGED)
        for row in trio
    ]
    framed = frames.with_context(workspace("rutin", "plan"), frame(*named))
    found = list(rows(suites.run([(SUITES["observations"], framed)])))
    return [
        {row.check for row in found if row.source_id == f"prov-{number}"}
        for number in range(len(DAMAGED))
    ]


@pytest.mark.parametrize("number", range(len(DAMAGED)), ids=lambda n: str(DAMAGED[n][2]))
def test_damage_to_a_cell_is_found(general, number):
    assert DAMAGED[number][1] in general[number]


def test_a_row_that_comes_twice_is_found_as_often_as_it_comes():
    framed = frames.with_context(workspace(), frame(QUESTION, QUESTION, SHARE, COUNTRY))
    found = rows(suites.run([(SUITES["observations"], framed)]))
    assert [row.row for row in found if row.check == "key-unique"] == [0, 1]


@pytest.mark.parametrize(
    ("observed", "check"),
    [
        ([QUESTION | {"answer": "KANSKE", "raw": "KANSKE"}, SHARE, COUNTRY], "answer-domain"),
        ([QUESTION, SHARE], "reference-missing"),
        ([QUESTION, COUNTRY], "reference-missing"),
        ([QUESTION, SHARE | {"value": None}, COUNTRY], "reference-missing"),
        ([QUESTION | {"answer": None, "raw": ""}, SHARE, COUNTRY], "answer-missing"),
        ([QUESTION | {"geo": "99"}, SHARE, COUNTRY], "answer-place"),
        ([QUESTION | {"value": 1.0}, SHARE, COUNTRY], "answer-value"),
        ([QUESTION | {"period_kind": "month"}, SHARE, COUNTRY], "answer-period"),
    ],
)
def test_damage_to_a_question_is_found(observed, check):
    assert check in judged("oj-answers", frame(*observed))


EMPTY = {"answer": None, "value": None, "raw": "", "obs_status": "O", "note": "tom i källan"}
EXPLAINED = EMPTY | {"note": "ej svar"}


@pytest.mark.parametrize(
    ("observed", "checks"),
    [
        ([QUESTION | EMPTY, SHARE, COUNTRY], {"answer-missing"}),
        ([QUESTION, SHARE | EMPTY, COUNTRY], {"reference-missing"}),
        ([QUESTION, SHARE | EMPTY, COUNTRY | EMPTY], {"reference-missing"}),
        ([QUESTION | EMPTY, SHARE | EMPTY, COUNTRY], {"answer-missing", "blank-in-source"}),
        ([QUESTION | EMPTY, SHARE | EMPTY, COUNTRY | EMPTY], {"question-blank"}),
        ([QUESTION | EXPLAINED, SHARE | EMPTY, COUNTRY | EMPTY], {"question-blank"}),
        ([QUESTION | EXPLAINED, SHARE | EXPLAINED, COUNTRY | EXPLAINED], set()),
        ([QUESTION | EMPTY], {"blank-in-source"}),
    ],
)
def test_what_a_question_lacks_is_told_once(observed, checks):
    told = judged("observations", frame(*observed)) | judged("oj-answers", frame(*observed))
    assert told - {"source-undeclared"} == checks


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ({"least": 0.0}, "bounds"),
        ({}, "count-of-things"),
        ({"kind": "staff"}, "not-negative"),
    ],
)
def test_a_count_below_nought_is_told_once(said, check):
    count = {"indicator_kind": "count", "typed": True, "scenario": "outcome", "unit": "persons"}
    values = [9077.0, 8700.0, -8994.0, 9750.0, 9666.0, 10154.0, 10478.0, 10513.0, 10643.0]
    observed = [
        QUESTION
        | {"answer": None, "value": value, "raw": str(value)}
        | {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
        for year, value in enumerate(values, 2012)
    ]
    told = judged("observations", frame(*observed), **(count | said))
    told |= judged("staff", frame(*observed), **(count | said))
    about = {"bounds", "count-of-things", "sign-of-series", "not-negative", "percent-range"}
    assert told & about == {check}


def test_a_question_blank_in_all_columns_is_no_contradiction():
    blank = [row | {"answer": None, "value": None, "raw": ""} for row in SOUND]
    assert judged("oj-answers", frame(*blank)) == set()


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_the_ends_of_a_share_are_shares(value):
    assert judged("reference-shares", frame(SHARE | {"value": value})) == set()


@pytest.mark.parametrize("value", [-0.1, 100.1, float("inf")])
def test_a_share_outside_its_range_is_found(value):
    assert judged("reference-shares", frame(SHARE | {"value": value})) == {"share-range"}


@pytest.mark.parametrize(
    ("declared", "checks"),
    [
        ({"printed_decimals": 0}, set()),
        ({"printed_decimals": 1}, {"printed-decimals"}),
        ({"least": 0.0, "most": 100.0}, set()),
        ({"least": 41.0}, {"bounds"}),
        ({"most": 39.0}, {"bounds"}),
        ({"most": 39.0, "scenario": "change"}, set()),
        ({"sign": "positive"}, set()),
        ({"sign": "negative"}, {"sign"}),
    ],
)
def test_figures_are_as_their_table_is_declared_to_print_them(declared, checks):
    found = judged("observations", frame(SHARE), **declared) - {"source-undeclared"}
    assert found == checks


@pytest.mark.parametrize(
    ("value", "said", "checks"),
    [
        (110.0, {}, {"share-of-whole"}),
        (-1.0, {}, {"share-of-whole"}),
        (100.0, {}, set()),
        (0.0, {}, set()),
        (None, {}, set()),
        (110.0, {"scenario": "target"}, {"share-of-whole"}),
        (110.0, {"scenario": "change"}, set()),
        (110.0, {"scenario": "deviation"}, set()),
        (110.0, {"indicator_kind": "index"}, set()),
        (110.0, {"unit": "percentage_points"}, set()),
        (110.0, {"typed": False}, set()),
    ],
)
def test_a_share_that_a_document_prints_is_a_part_of_the_whole(value, said, checks):
    share = {"indicator_kind": "share", "typed": True, "scenario": "outcome"} | said
    found = judged("observations", frame(SHARE | {"value": value}), **share)
    assert found & {"share-of-whole"} == checks


@pytest.mark.parametrize(
    ("value", "said", "found"),
    [
        (-1.0, {}, True),
        (0.0, {}, False),
        (-1.0, {"unit": "days"}, True),
        (-1.0, {"unit": "SEK"}, False),
        (-1.0, {"scenario": "change"}, False),
        (-1.0, {"indicator_kind": "index"}, False),
        (-1.0, {"typed": False}, False),
    ],
)
def test_a_count_that_a_document_prints_is_not_negative(value, said, found):
    count = {"indicator_kind": "count", "typed": True, "scenario": "outcome", "unit": "persons"}
    told = judged("observations", frame(SHARE | {"value": value}), **(count | said))
    assert ("count-of-things" in told) is found


def test_a_column_that_the_table_does_not_have_is_not_missed():
    assert judged("oj-answers", frame(QUESTION, SHARE), of_county=True, of_country=False) == set()


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"raw": ".", "obs_status": "M", "note": "ej aktuellt"}, set()),
        ({"raw": "JA", "obs_status": "M", "note": "ej aktuellt"}, {"answer-printed"}),
    ],
)
def test_a_symbol_in_the_place_of_an_answer_is_no_answer(change, missed):
    row = QUESTION | {"answer": None} | change
    assert judged("observations", frame(row)) - {"source-undeclared"} == missed


def test_the_level_of_a_place_is_judged():
    assert judged("places", frame(SHARE), kind="places") == set()
    assert judged("places", frame(SHARE | {"geo": "9"}), kind="places") == set()
    assert judged("places", frame(SHARE), kind="places", geo_level="group") == set()
    assert judged("places", frame(SHARE), kind="places", geo_level="other") == {"place-level"}


def test_an_outcome_behind_the_reporting_period_is_found():
    until = date(2024, 8, 31)
    assert "period-in-report" in judged("observations", frame(*SOUND), reported_until=until)
    assert "period-in-report" not in judged("observations", frame(*SOUND), reported_until=DEC)


def month(number: int, value: float | None, **change: object) -> dict:
    start = date(2024, number, 1)
    end = pl.select(pl.lit(start).dt.month_end()).item()
    raw = "" if value is None else f"{value:g}"
    return SHARE | {
        "raw": raw,
        "value": value,
        "unit": "persons",
        "geo": "9901",
        "scenario": "outcome",
        "row_label": "2024",
        "column_label": str(number),
        "period_start": start,
        "period_end": end,
        "period_kind": "month",
        **change,
    }


YEAR = [month(number, 100.0 + number) for number in range(1, 13)]


@pytest.mark.parametrize(
    ("months", "checks"),
    [
        (YEAR, set()),
        (YEAR[:-1], {"monthly-complete"}),
        ([*YEAR, YEAR[3]], {"monthly-complete"}),
        ([*YEAR[:-1], YEAR[0]], {"monthly-complete"}),
        ([*YEAR[:5], month(6, 1060.0), *YEAR[6:]], {"implausible-change"}),
        ([*YEAR[:5], month(6, 10.0), *YEAR[6:]], {"implausible-change"}),
        ([*YEAR[:5], month(6, None), *YEAR[6:]], set()),
    ],
)
def test_a_year_of_months(months, checks):
    assert judged("monthly", frame(*months), kind="monthly") == checks


@pytest.mark.parametrize(
    ("value", "sign", "found"),
    [
        (-1.0, "negative", set()),
        (1.0, "negative", {"sign"}),
        (0.0, "negative", set()),
        (-1.0, "positive", {"sign"}),
        (1.0, "positive", set()),
        (1.0, None, set()),
    ],
)
def test_the_sign_is_the_declared_one(value, sign, found):
    amount = SHARE | {"value": value, "decimals": 1, "unit": "MSEK", "scenario": "outcome"}
    declared = pl.lit(sign, pl.String)
    framed = frames.with_context(workspace(), frame(amount))
    outcomes = suites.run([(SUITES["observations"], framed.with_columns(sign=declared))])
    assert {row.check for row in rows(outcomes)} & {"sign"} == found


def test_the_geography_is_judged():
    places = frames.registers(workspace())["geography"].with_columns(
        code=pl.when(pl.col("code") == "9902").then(pl.lit("8902")).otherwise("code"),
        code_county=pl.when(pl.col("code") == "9902").then(pl.lit("89")).otherwise("code_county"),
    )
    found = rows(suites.run([(SUITES["geography"], places)]))
    assert [(row.check, row.row_label) for row in found] == [("geo-county", "Provstad")]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({}, None),
        ({"unknown_unit": "kronor"}, "unit-unknown"),
        ({"unit": "percent"}, "answer-unit"),
        ({"kind": "count"}, "answer-kind"),
        ({"method": "quartile"}, "answer-method"),
        ({"unit": "SEK", "kind": "share"}, "share-unit"),
        ({"unit": "percent", "kind": "amount"}, "amount-unit"),
        ({"days_of_unknown": "oj-prov.annan"}, "days-of"),
        ({"polarity_reason": "bra"}, "polarity-reason"),
        ({"kolada_id": "U3042"}, "kolada-id"),
    ],
)
def test_the_catalogue_is_judged(change, check):
    held = frames.registers(workspace("rutin"))["catalogue"]
    held = held.with_columns(polarity_reason=pl.lit("Rutiner är bra."))
    changed = held.with_columns(pl.lit(value).alias(name) for name, value in change.items())
    found = {row.check for row in rows(suites.run([(SUITES["catalogue"], changed)]))}
    assert (check in found) if check else not found


def test_days_of_what_is_no_indicator_are_named():
    known = workspace("rutin", "plan")
    (area,) = known.catalogue.areas.values()
    days = area.indicator[0].model_copy(update={"days_of": ("oj-prov.plan", "oj-prov.annan")})
    changed = area.model_copy(update={"indicator": (days, *area.indicator[1:])})
    held = frames.registers(replace(known, catalogue=Catalogue([changed])))["catalogue"]
    assert held["days_of_unknown"].to_list() == ["oj-prov.annan", None]
