"""Printed figures: what counts as one, and what it stands for."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.printed import decimals, figure, half_unit, number, swedish, tokens


def read(raw: str) -> tuple[float | None, int | None]:
    frame = pl.DataFrame({"raw": [raw]})
    return frame.select(figure(pl.col("raw")), decimals(pl.col("raw")).alias("d")).row(0)


@pytest.mark.parametrize(
    ("raw", "value", "printed"),
    [
        ("0", 0.0, 0),
        ("47", 47.0, 0),
        ("-0,3", -0.3, 1),
        ("−0,3", -0.3, 1),
        ("–12", -12.0, 0),
        ("1 093", 1093.0, 0),
        ("1\u00a0093", 1093.0, 0),
        ("12 345 678,25", 12345678.25, 2),
        ("10190", 10190.0, 0),
        ("18,0 %", 18.0, 1),
        ("71%", 71.0, 0),
        ("-0,0", 0.0, 1),
    ],
)
def test_figures(raw, value, printed):
    assert read(raw) == (value, printed)


def test_a_minus_before_zero_is_plain_zero_in_a_long_column_too():
    column = pl.DataFrame({"raw": ["-0", "1", "−0,0"]}).select(figure(pl.col("raw"))).to_series()
    assert [str(number) for number in column] == ["0.0", "1.0", "0.0"]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "5.4",
        "03",
        "05",
        "1 09",
        "1 0933",
        "o",
        "A",
        ")",
        "1,2,3",
        "12a",
        "- 5",
        "5 -",
        "%",
    ],
)
def test_what_is_no_figure_is_not_guessed_at(raw):
    assert read(raw) == (None, None)


@given(st.decimals(-99999, 99999, places=2), st.sampled_from([" ", "\u00a0", "\u202f", ""]))
def test_swedish_print_reads_back(number, space):
    printed = f"{number:,.2f}".replace(",", space).replace(".", ",")
    value, printed_decimals = read(printed)
    assert value == pytest.approx(float(number))
    assert printed_decimals == 2


@given(st.text(max_size=12))
def test_any_text_is_a_figure_with_decimals_or_neither(raw):
    value, printed = read(raw)
    assert (value is None) == (printed is None)


def test_minus_zero_is_plain_zero():
    assert str(read("-0")[0]) == "0.0"


def test_half_a_unit_and_exact_counts():
    frame = pl.DataFrame({"d": [0, 1, 0], "exact": [False, False, True]})
    assert frame.select(half_unit(pl.col("d"), pl.col("exact")))["literal"].to_list() == [
        0.5,
        pytest.approx(0.05),
        0.0,
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("ingen siffra", 0),
        ("47", 1),
        ("25 av 30", 2),
        ("5,0 och 12.5", 2),
        ("JA", 1),
        ("JAGA", 0),
        ("3:e", 1),
    ],
)
def test_tokens_are_counted_for_the_account(text, count):
    assert pl.select(tokens(pl.lit(text))).item() == count


def test_a_figure_in_whole_thousands_has_no_decimals():
    assert swedish(901_000.0, -3) == "901\u00a0000"
    column = pl.DataFrame({"v": [901_000.0, 1.5], "d": [-3, 1]}, schema_overrides={"d": pl.Int8})
    assert column.select(number(pl.col("v"), pl.col("d"))).to_series().to_list() == [
        "901\u00a0000",
        "1,5",
    ]
