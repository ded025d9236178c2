"""Which figures a sentence states, and which of its digits are none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.claims.lexicon import load_language
from ojmf.claims.phrases import months_named
from ojmf.claims.quantities import quantities
from ojmf.errors import DeclarationError
from tests.unit.claims.workspace import ROOT

LANGUAGE = load_language(ROOT)

MONTHS = [
    ("alla månader utom maj", {5}),
    ("alla månader utom i februari och maj", {2, 5}),
    ("samtliga månader förutom mars, maj och juli", {3, 5, 7}),
]


@pytest.mark.parametrize(("text", "left_out"), MONTHS)
def test_the_months_that_are_excepted_are_no_part_of_the_period(text: str, left_out: set[int]):
    months, said = months_named(f"Det var färre {text} i år", LANGUAGE)
    assert set(range(1, 13)) - set(months) == left_out
    assert said == text.partition("månader ")[2]


FIGURES = [
    ("kostar 1 234,5 mkr", [(1234.5, "MSEK", 0.05)]),
    ("kostar 1 500 kr", [(1500, "SEK", 0.5)]),
    ("kostar 250 tkr", [(0.25, "MSEK", 0.0005)]),
    ("en ökning med 5,8 %", [(5.8, "percent", 0.05)]),
    ("0,3 procentenheter", [(0.3, "percentage_points", 0.05)]),
    ("tolv av tretton cyklar", [(12, "", 0), (13, "", 0)]),
    ("från 271 2024 till 274 i år", [(271, "", 0), (274, "", 0)]),
    ("67 personer och 12 hushåll", [(67, "persons", 0), (12, "households", 0)]),
    ("prognosen är -2,5 mnkr", [(-2.5, "MSEK", 0.05)]),
    ("beslut den 1 juli 2025, SN/2024:1, SOU 2024:50", []),
    ("enligt 4 kap. 1 § lagen (1990:52)", []),
    ("åldern 16–65 år under åren 2024 - 2025", []),
    ("inom tre månader, under 2024-09-22", []),
    ("kvartal 1 och bilaga 2", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text, expected):
    got = quantities(text, LANGUAGE)
    assert [q.unit for q in got] == [unit for _, unit, _ in expected]
    assert [q.value for q in got] == pytest.approx([value for value, *_ in expected])
    assert [q.half for q in got] == pytest.approx([half for *_, half in expected])


# Fractions in words, and shares in percent that they may and may not stand for.
FRACTIONS = [
    ("var fjärde indikator", 25, (23, 27), (20, 30)),
    ("nästan var fjärde indikator", 25, (21, 26.1), (18, 30)),
    ("knappt en tredjedel", 100 / 3, (28, 33), (22, 36)),
    ("drygt hälften", 50, (50, 58), (47, 65)),
    ("omkring tre fjärdedelar", 75, (70, 80), (60, 90)),
    ("varannan fråga", 50, (48, 52), (40, 60)),
    ("mer än hälften", 50, (51, 95), (40, 49)),
    ("flertalet frågor", 50, (51, 100), (30, 49)),
    ("en klar majoritet", 50, (51, 100), (30, 49)),
    ("mindre än en tiondel", 10, (1, 9), (11, 40)),
]


@pytest.mark.parametrize(("text", "worth", "may", "may_not"), FRACTIONS)
def test_a_fraction_in_words_is_as_coarse_as_its_words(text, worth, may, may_not):
    (quantity,) = quantities(text, LANGUAGE)
    assert quantity.unit == "percent"
    assert quantity.value == pytest.approx(worth)
    low = quantity.value - quantity.half - quantity.below
    high = quantity.value + quantity.half + quantity.above
    assert all(low <= share <= high for share in may)
    assert not any(low <= share <= high for share in may_not)


@pytest.mark.parametrize("text", ["var tredje månad", "vart femte år", "hälften så många"])
def test_how_often_and_how_many_times_is_no_share(text):
    assert quantities(text, LANGUAGE) == []


@given(st.integers(0, 999_999), st.integers(0, 99))
def test_a_printed_amount_is_read_back(whole, fraction):
    printed = f"{whole:,}".replace(",", " ") + f",{fraction:02d}"
    (quantity,) = quantities(f"utfallet är {printed} mkr.", LANGUAGE)
    assert quantity.value == pytest.approx(whole + fraction / 100)
    assert quantity.text == f"{printed} mkr"


@given(st.text("0123456789 ,.%:/-–()abcåäö§\u00a0", max_size=60))
def test_any_text_is_read_without_failing(text):
    for quantity in quantities(text, LANGUAGE):
        assert text[quantity.start : quantity.end] == quantity.text


def test_words_that_a_workspace_lacks_are_those_of_the_package(tmp_path):
    folder = tmp_path / "data" / "language"
    folder.mkdir(parents=True)
    (folder / "sv.toml").write_text("[link]\nleast = 0.75\n", encoding="utf-8", newline="\n")
    own = load_language(tmp_path)
    assert own.link.least == 0.75
    assert own.link.model_copy(update={"least": LANGUAGE.link.least}) == LANGUAGE.link
    assert own.months == LANGUAGE.months


def test_faults_of_the_lexicon_are_all_told(tmp_path):
    folder = tmp_path / "data" / "language"
    folder.mkdir(parents=True)
    text = (ROOT / "data" / "language" / "sv.toml").read_text(encoding="utf-8")
    broken = text.replace("least = 0.5", 'least = 0.5\nextra = "x"').replace(
        "latest = 'till", "latest = '(till"
    )
    (folder / "sv.toml").write_text(broken, encoding="utf-8", newline="\n")
    with pytest.raises(DeclarationError) as caught:
        load_language(tmp_path)
    told = [fault.partition("sv.toml: ")[2] for fault in caught.value.faults]
    assert [re.split(r"\W+", fault)[:2] for fault in told] == [
        ["aggregate", "latest"],
        ["link", "extra"],
    ]
