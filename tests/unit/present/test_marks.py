"""Marks and places, in the one wording that every output has."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.present.marks import (
    computed_subject,
    computed_together,
    line_or_place,
    mark_of,
    span,
)


def test_a_figure_is_corrected_unconfirmed_both_or_plain() -> None:
    rows = pl.DataFrame(
        {
            "correction_id": ["a", None, "b", None],
            "raw": ["1,2", "5", None, "7"],
            "obs_status": ["A", "V", "V", "A"],
        }
    )
    assert rows.select(mark_of()).to_series().to_list() == [
        "rättad från ”1,2”",
        "obekräftad",
        "rättad från ””, obekräftad",
        None,
    ]


def test_another_decimal_mark_alone_is_no_correction() -> None:
    rows = pl.DataFrame(
        {
            "correction_id": ["a"] * 6,
            "raw": ["7.3 %", "−5.4", "5,4", "73", "7.3 av 9", None],
            "obs_status": ["A"] * 6,
            "own": [7.3, -5.4, -5.4, 7.3, 7.3, 7.3],
        }
    )
    told = rows.select(mark_of().is_not_null()).to_series().to_list()
    assert told == [False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("rad 5", "rad 12", "rad 5–12"),
        ("rad 5", "rad 5", "rad 5"),
        ("blad Bilaga 1, cell C5", "blad Bilaga 1, cell C12", "blad Bilaga 1, cell C5–C12"),
        ("blad A, cell C5", "blad B, cell C2", "blad A, cell C5–blad B, cell C2"),
        (None, None, "rad –"),
    ],
)
def test_a_span_says_once_what_its_ends_share(first: str, last: str, text: str) -> None:
    assert span(first, last) == text


def test_under_rad_a_line_is_a_number_and_other_places_are_told_whole() -> None:
    places = pl.DataFrame({"place": ["rad 86", "blad Bilaga 1, cell C12", None]})
    assert places.select(line_or_place()).to_series().to_list() == [
        "86",
        "blad Bilaga 1, cell C12",
        None,
    ]


def test_a_legend_says_of_how_many_its_references_are_computed() -> None:
    rows = pl.DataFrame(
        {
            "method": ["neutral"] * 3,
            "reference_origin": ["computed", "computed", "printed"],
            "reference_counted": [24, 26, None],
            "reference_members": [26, 26, None],
            "statistic": ["median", "median", None],
        }
    )
    said = rows.select(computed_subject()).to_series().to_list()
    assert said == ["medianen av 24 av 26 kommuner", "medianen av 26 kommuner", None]
    assert computed_together(rows[1:2]) == " (beräknad: median av 26 av 26 kommuner)"
    assert computed_together(rows) == (" (2 av 3 beräknad: median av 24–26 av 26 kommuner)")
    assert computed_together(rows[2:]) == ""
