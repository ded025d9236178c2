"""Places by the names that people and tables give them."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.declarations.geography_file import load_geography
from ojmf.errors import SelectionError
from ojmf.geography import (
    Gazetteer,
    resolve_geo,
    resolve_municipality,
    resolve_reference,
)

ROOT = Path(__file__).resolve().parents[2]
GEOGRAPHY, _ = load_geography(ROOT / "data" / "geography.csv")
KNOWN = Gazetteer.of(GEOGRAPHY)
INVISIBLE = ["\u00ad", "\u200b", "\u200e", "\ufeff"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Malung", "Malung-Sälen"),
        ("Falu kommun", "Falun"),
        ("Falu", "Falun"),
        ("Region Gotland", "Gotland"),
        ("Upplands Bro", "Upplands-Bro"),
        ("Dalarna", "Dalarnas län"),
        ("Västra Götaland", "Västra Götalands län"),
        ("Nackas", "Nacka"),
        ("HÅBO KOMMUN", "Håbo"),
        ("Stockholm", "Stockholm"),
        ("Sverige", "Riket"),
        ("Sörmland", "Södermanlands län"),
        ("Skane lan", "Skåne län"),
        ("Stockholm county", "Stockholms län"),
        ("Osteraker", "Österåker"),
        ("Habo", "Habo"),
    ],
)
def test_other_names_of_a_place(said, name):
    assert KNOWN.names[resolve_geo(said, GEOGRAPHY)] == name


@pytest.mark.parametrize("said", ["Upplands", "Dals", "Region Stockholm", "²", "Häboo", "Ange", ""])
def test_what_is_no_name_of_one_place_is_refused(said):
    with pytest.raises(SelectionError, match="Det finns ingen kommun"):
        resolve_geo(said, GEOGRAPHY)


def test_a_name_that_only_looks_right_is_told_by_its_code_points():
    with pytest.raises(SelectionError, match=r"U\+0430 \(CYRILLIC SMALL LETTER A\)"):
        resolve_geo("Nаcka", GEOGRAPHY)


@given(
    st.sampled_from(GEOGRAPHY.rows()),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from(INVISIBLE),
    st.integers(0, 20),
    st.sampled_from(["", " kommun", "s kommun", " stad", "*", " ¹⁾"]),
)
def test_a_name_is_its_place_in_any_dress(row, form, case, mark, at, behind):
    code, name, level, _ = row
    behind = behind if level == "municipality" or behind in {"*", " ¹⁾"} else ""
    dressed = unicodedata.normalize(form, case(name))
    assert KNOWN.by_name(dressed[:at] + mark + dressed[at:] + behind) == code


@pytest.mark.parametrize(
    ("against", "code"), [("riket ", "00"), (" Länet", "01"), ("0381", "0381"), ("03", "03")]
)
def test_a_reference_is_found_without_a_geography(against, code):
    assert resolve_reference(against, "0184") == code


@pytest.mark.parametrize("against", ["county", "Stockholms län", "0184x", ""])
def test_a_name_without_a_geography_is_refused(against):
    with pytest.raises(SelectionError, match="är ingen kod"):
        resolve_reference(against, "0184")
    with pytest.raises(SelectionError, match="är ingen kod"):
        resolve_municipality(against)
