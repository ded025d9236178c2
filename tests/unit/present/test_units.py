"""The word of a unit: what the measure's own name says, where it says more than the unit does."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.present.formats import with_unit
from ojmf.present.units import figure_with, unit_unless_named, unit_word, unit_word_of


@pytest.mark.parametrize(
    ("unit", "name", "word"),
    [
        ("SEK_per_unit", "Kostnad förskola, kr/inskrivet barn", "kr per inskrivet barn"),
        ("SEK_per_unit", "Kostnad per inskrivet barn i förskola", "kr per inskrivet barn"),
        ("SEK_per_unit", "Kostnad per hushåll och månad", "kr per hushåll och månad"),
        ("SEK_per_unit", "Kostnad hemtjänst, kronor per brukare 65+", "kr per brukare"),
        ("SEK_per_unit", "Kostnad grundskola", "kr"),
        ("SEK_per_inhabitant", "Nettokostnad, kr/inv", "kr per invånare"),
        ("index", "Nöjd-Kund-Index", "index"),
        ("index", "Meritvärde, poäng", "poäng"),
        ("index", "Elever per lärare, kvot", "kvot"),
        ("index", "Elever/lärare", ""),
        ("per_1000", "Anmälningar per 1 000 barn 0–17 år", "per 1 000 barn"),
        ("per_1000", "Anmälningar, antal/1000 inv", "per 1 000 invånare"),
        ("per_10000", "Insatser", "per 10 000"),
        ("days", "Väntetid i snitt, dagar", "dagar"),
        ("days", "Vårddygn i familjehem", "dygn"),
        ("percent", "Andel nöjda, poäng", "%"),
        ("MWh", "Elförbrukning", "MWh"),
    ],
)
def test_a_unit_is_named_as_the_measure_has_it(unit: str, name: str, word: str) -> None:
    assert unit_word_of(unit, name).replace("\u00a0", " ") == word


@pytest.mark.parametrize(
    ("unit", "name", "said"),
    [
        ("personer", "Familjehemsvård, antal personer", ""),
        ("personer", "Antal personer aktuella för utredning", ""),
        ("dygn", "Missbruk, antal vårddygn", ""),
        ("kr per invånare", "Bistånd, kronor per invånare", ""),
        ("per 1\u00a0000 barn", "Anmälningar per 1 000 barn 0–17 år", ""),
        ("index", "Medarbetarengagemang, index", ""),
        ("personer", "Invånare 31 december", "personer"),
        ("år", "Handläggningstid, barn 0–12 år", "år"),
        ("%", "Andel i %", "%"),
        ("", "Elever/lärare", ""),
    ],
)
def test_a_unit_that_a_name_has_is_not_said_again(unit: str, name: str, said: str) -> None:
    assert unit_unless_named(unit, name) == said


def test_a_difference_between_shares_is_in_points() -> None:
    frame = pl.DataFrame({"unit": ["percent", "index", "answer"], "label": ["A", "B, poäng", "C"]})
    words = frame.select(unit_word(gap=True)).to_series().to_list()
    assert words == ["procentenheter", "poäng", "procentenheter"]


@pytest.mark.parametrize(
    ("figure", "unit", "told"),
    [
        ("77", "index", "77"),
        ("12", "riskindex", "12"),
        ("+3", "", "+3"),
        ("241", "poäng", "241 poäng"),
        ("1", "personer", "1 person"),
        ("−1", "månader", "−1 månad"),
        ("12,5", "kr per elev", "12,5 kr per elev"),
    ],
)
def test_the_name_of_a_scale_is_not_read_out(figure: str, unit: str, told: str) -> None:
    assert figure_with(figure, unit) == told
    frame = pl.DataFrame({"figure": [figure], "unit": [unit]})
    assert frame.select(with_unit(pl.col("figure"), pl.col("unit"))).item() == told
