"""Counts of answers over all tables, and which table has most of a colour."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.claims.answer_counts import AnswerCounts, judge_beside
from ojmf.claims.answer_tables import AnswerTables
from ojmf.claims.claim import OPEN, Judgement, Kind, Verdict
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
    counts = AnswerCounts(AnswerTables(frame, language))
    sentence = Sentence(text, ((0, 1),), "Sammanfattning", "", 0)
    judges = {Kind.STATUS: counts.count, Kind.RANK: counts.most, Kind.TREND: counts.against}
    claims = [c for c in read_claims([sentence], language, 2025) if c.kind in judges or c.values]
    found = [judges[c.kind](c) if c.kind in judges else None for c in claims]
    judged = [one or Judgement(Verdict.NOT_LINKED) for one in found]
    judge_beside(claims, judged, counts)
    return [one.verdict.value for one in judged if one.verdict not in OPEN]


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
        (
            "Stöd till äldre har fler gröna indikatorer än hemsjukvård.",
            "Stöd till äldre har fler röda indikatorer än hemsjukvård.",
        ),
        (
            "Störst antal indikatorer har stöd till äldre.",
            "Minst antal indikatorer har stöd till äldre.",
        ),
        (
            "Stöd till äldre har fler gröna än röda indikatorer.",
            "Stöd till äldre har lika många gröna som röda indikatorer.",
        ),
        (
            "Stöd till äldre har fem gröna indikatorer fler än hemsjukvård.",
            "Stöd till äldre har tre gröna indikatorer fler än hemsjukvård.",
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


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Sex indikatorer inom stöd till äldre är gröna, tre fler än de röda.",
            "Sex indikatorer inom stöd till äldre är gröna, två fler än de röda.",
        ),
        (
            "Tre indikatorer inom stöd till äldre är röda, en färre än inom hemsjukvård.",
            "Tre indikatorer inom stöd till äldre är röda, två färre än inom hemsjukvård.",
        ),
        (
            "De två områdena har tillsammans 15 indikatorer, varav sju är röda.",
            "De två områdena har tillsammans 15 indikatorer, varav åtta är röda.",
        ),
        (
            "Flest röda indikatorer har hemsjukvård, fyra stycken.",
            "Flest röda indikatorer har hemsjukvård, fem stycken.",
        ),
        (
            "Sammantaget är sju av indikatorerna i de två bilagorna röda.",
            "Sammantaget är sju av indikatorerna i de tre bilagorna röda.",
        ),
    ],
)
def test_what_stands_beside_a_count_is_tested(right: str, wrong: str) -> None:
    assert set(verdicts(right)) == {"agrees"}
    assert "contradicts" in verdicts(wrong)
