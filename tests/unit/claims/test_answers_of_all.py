"""Counts of answers over all tables, and which table has most of a colour."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.claims.answers import Answers
from ojmf.claims.claim import Kind
from ojmf.claims.lexicon import load_language
from ojmf.claims.reading import read_claims
from ojmf.claims.sentences import Sentence
from tests.unit.claims.workspace import ROOT

ANSWERS = {
    "Bilaga 1, Stöd till äldre": ["JA"] * 6 + ["NEJ"] * 3 + ["DELVIS"],
    "Bilaga 2, Hemsjukvård": ["JA"] + ["NEJ"] * 4,
}


def verdicts(text: str) -> list[str]:
    rows = [
        {"table": table, "row_label": f"Fråga {number}", "answer": answer}
        for table, answers in ANSWERS.items()
        for number, answer in enumerate(answers)
    ]
    frame = pl.DataFrame(rows).with_columns(
        pl.int_range(10, 10 + len(rows)).alias("line"),
        unit=pl.lit("answer"),
        column_label=pl.lit("Prov"),
    )
    language = load_language(ROOT)
    answers = Answers(frame, language)
    sentence = Sentence(text, ((0, 1),), "Sammanfattning", "", 0)
    judges = {Kind.STATUS: answers.count, Kind.RANK: answers.most}
    found = [judges[c.kind](c) for c in read_claims([sentence], language, 2025) if c.kind in judges]
    return [one.verdict.value for one in found if one]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Sammanlagt är sju av de 15 indikatorerna gröna.",
            "Sammanlagt är nio av de 15 indikatorerna gröna.",
        ),
        ("Totalt är sju indikatorer röda.", "Totalt är åtta indikatorer röda."),
        (
            "Flest gröna indikatorer har stöd till äldre.",
            "Flest gröna indikatorer har hemsjukvård.",
        ),
        (
            "Flest röda indikatorer finns inom hemsjukvård.",
            "Flest röda indikatorer finns inom stöd till äldre.",
        ),
    ],
)
def test_what_is_said_of_all_tables(right: str, wrong: str) -> None:
    assert verdicts(right) == ["agrees"]
    assert verdicts(wrong) == ["contradicts"]


@pytest.mark.parametrize(
    "text",
    [
        "Sju indikatorer är gröna.",
        "Sammantaget är fem bilagor gröna.",
        "Högst andel gröna indikatorer har stöd till äldre.",
        "Flest gröna indikatorer har tandvården.",
    ],
)
def test_what_is_of_no_table_or_of_something_else_is_not_judged(text: str) -> None:
    assert verdicts(text) == []
