"""Printed shares of counties and the country beside the answers of their municipalities."""

from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.validate.context import with_context
from tests.unit.validate.observed import COUNTRY, QUESTION, SHARE, catalogue, frame, workspace

WORDS = st.lists(st.sampled_from(["JA", "DELVIS", "NEJ", None]), min_size=1, max_size=6)


def country(municipalities, answers=None, indicators=None):
    """A workspace of one county, and its municipalities' answers from a source of their own."""
    held = workspace()
    codes = [f"99{n:02}" for n in range(1, municipalities + 1)]
    places = pl.DataFrame(
        [("00", "Riket", "country", None), ("99", "Provlän", "county", "99")]
        + [(code, f"Prov{code}", "municipality", "99") for code in codes],
        schema=held.geography.schema,
        orient="row",
    )
    rows = [
        QUESTION | {"geo": code, "answer": answer, "raw": answer or "", "source_id": "alla"}
        for code, answer in zip(codes, answers or [], strict=False)
    ]
    return replace(held, geography=places, catalogue=indicators or catalogue("rutin")), rows


def told(held, rows, *printed):
    framed = with_context(held, frame(*printed), frame(*rows))
    return framed["of_members"].to_list()


def share(printed, geo=SHARE, decimals=0):
    return geo | {"value": printed, "decimals": decimals, "raw": str(printed)}


def test_a_share_that_all_answers_rule_out_is_told_with_how_many_said_ja():
    held, rows = country(4, ["JA", "JA", "NEJ", "DELVIS"])
    assert told(held, rows, share(50.0), share(75.0)) == [
        None,
        "2 av 4 kommuner har svarat JA, 50,0 procent",
    ]
    assert told(held, rows, share(50.0, COUNTRY), share(49.0, COUNTRY))[0] is None
    assert "2 av 4" in told(held, rows, share(49.0, COUNTRY))[0]


def test_what_the_municipalities_without_an_answer_could_explain_is_no_finding():
    held, rows = country(5, ["JA", "JA", "NEJ", None])
    # Two of three, three of four, four of five, two of four, three of five, two of five.
    assert told(held, rows, *map(share, (67.0, 75.0, 80.0, 50.0, 60.0, 40.0))) == [None] * 6
    assert told(held, rows, share(90.0)) == [
        "av de 3 kommuner av 5 vars svar finns har 2 svarat JA, 66,7 procent, och med de övriga "
        "blir andelen 40,0–80,0 procent"
    ]


def test_few_answers_rule_nothing_out():
    held, rows = country(5, ["JA", "JA"])
    assert told(held, rows, share(0.0)) == [None]
    held, rows = country(7, ["JA", "JA", "JA"])
    assert told(held, rows, share(0.0)) == [None]


def test_a_municipality_that_two_sources_answer_differently_for_counts_as_unknown():
    held, rows = country(4, ["JA", "JA", "NEJ", "JA"])
    other = rows[0] | {"answer": "NEJ", "source_id": "annan"}
    assert told(held, [*rows, other], share(50.0)) == [None]
    assert told(held, rows, share(50.0)) != [None]


def test_what_several_sources_print_is_told_once_of_the_first():
    held, rows = country(4, ["JA", "JA", "NEJ", "DELVIS"])
    wrong = share(75.0)
    said = "2 av 4 kommuner har svarat JA, 50,0 procent"
    one, two = (wrong | {"source_id": name} for name in ("bok-2", "bok-3"))
    assert told(held, [*rows, two], one, one) == [f"{said}; så står det i 1 källa till", None]
    assert told(held, [*rows, one], two) == [None]
    other = share(70.0) | {"source_id": "bok-1"}
    assert told(held, [*rows, other, two], one) == [f"{said}; så står det i 1 källa till"]
    assert told(held, rows, one, two)[1] is None


@given(answers=WORDS, printed=st.integers(0, 100), decimals=st.integers(0, 1))
def test_only_what_no_answers_of_the_others_give_is_told(answers, printed, decimals):
    figure = printed / 10**decimals if decimals else float(printed)
    held, rows = country(len(answers), answers)
    found = told(held, rows, share(figure, decimals=decimals))[0]
    known = [one for one in answers if one]
    unknown = len(answers) - len(known)
    possible = set()
    for others in product(["JA", "NEJ", None], repeat=unknown):
        everyone = [*known, *(one for one in others if one)]
        if everyone:
            possible.add(100 * everyone.count("JA") / len(everyone))
    fits = any(abs(one - figure) <= 0.5 * 10**-decimals + 1e-9 for one in possible)
    enough = len(known) >= min(3, len(answers)) and 2 * len(known) >= len(answers)
    assert (found is not None) == (enough and not fits)


def measured(statistic):
    """The catalogue with one measure, and its row for a place."""
    measure = {
        "id": "oj-prov.rutin",
        "name": "Har rutin",
        "unit": "percent",
        "kind": "share",
        "polarity": "higher",
        "polarity_reason": "Mer är bra.",
        "method": "neutral",
    }
    measure |= {"statistic": statistic} if statistic else {}
    area = {"area": {"id": "oj-prov", "name": "Prov"}, "indicator": [measure]}
    return Catalogue([AreaFile.model_validate(area)])


@pytest.mark.parametrize(
    ("statistic", "wrong"),
    [
        (None, []),
        ("mean", [36.0, 20.0, 120.0]),
        ("median", [40.0, 36.0, 120.0]),
        ("sum", [40.0, 36.0, 20.0]),
    ],
)
def test_a_figure_is_held_against_the_declared_statistic_of_all(statistic, wrong):
    held, _ = country(3, indicators=measured(statistic))
    values = dict(zip(("9901", "9902", "9903"), (10.0, 20.0, 90.0), strict=True))
    rows = [share(value) | {"geo": geo, "source_id": "alla"} for geo, value in values.items()]
    printed = [40.0, 36.0, 20.0, 120.0]
    found = told(held, rows, *map(share, printed))
    assert [one for one, text in zip(printed, found, strict=True) if text] == wrong
    # One that is missing could change it.
    assert told(held, rows[1:], *map(share, printed)) == [None] * 4
