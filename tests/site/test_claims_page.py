"""The page of a document's claims: what is marked in a sentence, and what is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from ojmf.present.site.claims import marked, sections, written


@pytest.mark.parametrize(
    ("sentence", "figures", "shown"),
    [
        ("Av 23 är 3 gula.", [3.0], "Av 23 är <mark>3</mark> gula."),
        ("Av 23 är 3 gula.", [3.0, 23.0], "Av <mark>23</mark> är <mark>3</mark> gula."),
        ("Det kostade 58 500 kronor.", [58500.0], "Det kostade <mark>58 500</mark> kronor."),
        ("Med 1500 kr per barn.", [1500.0], "Med <mark>1500</mark> kr per barn."),
        ("Prognosen är −5,4 mnkr.", [-5.4], "Prognosen är <mark>−5,4</mark> mnkr."),
        ("Ett överskott om 5,0 mnkr.", [5.0], "Ett överskott om <mark>5,0</mark> mnkr."),
        ("Sju avdelningar.", [7.0], "<mark>Sju</mark> avdelningar."),
        ("En enhet & 2,15 procent.", [15.0], "En enhet &amp; 2,15 procent."),
        ("Ingen siffra.", [4.0], "Ingen siffra."),
        ("Först 4, sedan 4.", [4.0], "Först <mark>4</mark>, sedan 4."),
        ("Först 4, sedan 4.", [4.0, 4.0], "Först <mark>4</mark>, sedan <mark>4</mark>."),
        ("Fyra var det.", [4.0, 4.0], "<mark>Fyra</mark> var det."),
    ],
)
def test_a_figure_is_marked_where_it_is_written(
    sentence: str, figures: list[float], shown: str
) -> None:
    assert marked(sentence, written(sentence, figures)) == shown


def test_a_long_sentence_is_shown_from_near_its_figure() -> None:
    sentence = f"{'lång ' * 60}väg till 42 personer {'och mer ' * 60}"
    shown = marked(sentence, written(sentence, [42.0]))
    assert shown.startswith("… lång")
    assert shown.endswith(" …")
    assert "till <mark>42</mark> personer" in shown
    assert len(shown) < 300


CLAIM: Mapping[str, Any] = {
    "line": 7,
    "said": "5,8 %",
    "verdict": "stämmer inte med tabellen",
    "expected": "5,5 %",
    "subject": "Nettokostnad (Resultat)",
    "table_lines": "rad 385",
    "computation": "8,5 / 154,8 = 5,5 %",
    "note": "texten har räknat på utfallet",
    "kind": "level",
    "level": "wrong",
    "values": [5.8],
    "sentence": "Avvikelsen är 8,5 mkr (5,8 %).",
}


def test_what_contradicts_stands_first_with_figure_place_and_reason() -> None:
    agreed = {
        **CLAIM,
        **{"verdict": "stämmer", "level": "right", "values": [8.5], "said": "8,5 mnkr"},
        **{"expected": "8,5", "computation": "Budgetavvikelse: 8,5", "note": None},
    }
    wrong, right = sections(pl.DataFrame([agreed, CLAIM]))
    assert (wrong.heading, wrong.folded) == ("1 påstående stämmer inte med tabellen", False)
    assert (right.heading, right.folded) == ("1 påstående stämmer", True)
    (claim,) = wrong.sentences[0].claims
    assert claim.said == "5,8"
    assert claim.told == (
        "Tabellen ger 5,5 %. 8,5 / 154,8 = 5,5 %. Nettokostnad (Resultat), rad 385."
    )
    assert claim.note == "Texten har räknat på utfallet."
    (claim,) = right.sentences[0].claims
    assert claim.told == "Budgetavvikelse: 8,5. Nettokostnad (Resultat), rad 385."


def test_what_is_read_in_a_table_is_said_once() -> None:
    (section,) = sections(pl.DataFrame([{**CLAIM, "computation": "Utfall: 5,5 %", "note": None}]))
    (claim,) = section.sentences[0].claims
    assert claim.told == "Tabellen ger 5,5 % (utfall). Nettokostnad (Resultat), rad 385."


def test_claims_of_one_sentence_share_it() -> None:
    both = [{**CLAIM, "values": [value]} for value in (8.5, 5.8)]
    (section,) = sections(pl.DataFrame(both))
    (sentence,) = section.sentences
    assert sentence.quote == "Avvikelsen är <mark>8,5</mark> mkr (<mark>5,8</mark> %)."
    assert [claim.said for claim in sentence.claims] == ["8,5", "5,8"]
