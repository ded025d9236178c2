"""Names of sheets: what a workbook forbids is left out, and no two are the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ojmf.present.sheets import sheet_name


def test_names_are_shortened_cleaned_and_made_unlike() -> None:
    taken: set[str] = set()
    long = "Stöd till personer med psykisk funktionsnedsättning"
    names = [sheet_name(name, taken) for name in (long, long, "a/b: [c]", "'x'", "", "History")]
    assert names == [
        "Stöd till personer med psykisk…",
        "Stöd till personer med psy… (2)",
        "a b c",
        "x",
        "Blad",
        "History 1",
    ]


@given(st.lists(st.text(max_size=60), max_size=30))
def test_every_name_is_allowed(names: list[str]) -> None:
    taken: set[str] = set()
    made = [sheet_name(name, taken) for name in names]
    assert len({name.lower() for name in made}) == len(made)
    for name in made:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
