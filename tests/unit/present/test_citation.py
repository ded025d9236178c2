"""Citation ids: written and read back, and the figures found again from the checksum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.errors import SelectionError
from ojmf.present.citation import (
    Citation,
    Figures,
    earlier_figures,
    parse_citation,
    printed_deviation,
)

ANSWERS = st.sampled_from([None, "JA", "DELVIS", "NEJ"])
SHARES = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10))


def test_an_id_is_read_back() -> None:
    citation = Citation("9999", "omrade.fraga", "99", "kalla-2024", "0a1b2c")
    assert parse_citation(f" {citation} ") == citation
    assert citation.area_id == "omrade"


@pytest.mark.parametrize(
    "text",
    ["", "oj:9999:a:99:k", "oj:999:a:99:k:0a1b2c", "oj:9999:a:99:k:0A1B2C", "x:9999:a:99:k:0a1b2c"],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(SelectionError, match="inget hänvisnings-id"):
        parse_citation(text)


@given(ANSWERS, SHARES, ANSWERS, SHARES)
def test_a_change_changes_the_checksum(
    answer: str | None, share: float | None, other: str | None, another: float | None
) -> None:
    same = (answer, share) == (other, another)
    checksums = Figures(answer, share).checksum(), Figures(other, another).checksum()
    assert (checksums[0] == checksums[1]) is same


@pytest.mark.parametrize(
    "was", [Figures("NEJ", 89.0), Figures(None, 12.5), Figures("JA", None), Figures("DELVIS", 0.0)]
)
def test_earlier_figures_are_found_from_the_checksum(was: Figures) -> None:
    assert earlier_figures(was.checksum(), Figures("JA", 50.0)) == was


def test_figures_that_cannot_have_been_are_not_made_up() -> None:
    assert earlier_figures("000000", Figures("JA", 50.0)) is None


@pytest.mark.parametrize(
    ("kind", "own", "reference", "gap", "deviation"),
    [
        ("budget", 48.95, 46.0, -2.95, -2.95),
        ("budget", 48.95, 46.0, 48.95 - 46.0, None),
        ("budget", 16.5, 16.8, -0.4, -0.4),
        ("budget", None, None, 8.5, 8.5),
        ("budget", 48.95, None, None, None),
        ("county", 48.95, 46.0, -2.95, None),
    ],
)
def test_a_printed_deviation_is_a_part_of_what_is_cited(
    kind: str,
    own: float | None,
    reference: float | None,
    gap: float | None,
    deviation: float | None,
) -> None:
    assert printed_deviation(kind, own, reference, gap) == deviation
    plain = Figures("48.95", 46.0).checksum()
    assert (Figures("48.95", 46.0, deviation=deviation).checksum() == plain) == (deviation is None)
