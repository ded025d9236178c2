"""Swedish figures and periods, against a table and against decimal arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.present.formats import period, with_unit
from ojmf.printed import MINUS, NO_BREAK_SPACE, number, swedish


def shown(value: float | None, decimals: int, *, signed: bool = False) -> str | None:
    frame = pl.DataFrame({"x": [value]}, schema={"x": pl.Float64})
    texts = frame.select(number(pl.col("x"), decimals, signed=signed)).to_series()
    return None if texts[0] is None else str(texts[0])


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [
        (None, 1, False, None),
        (float("nan"), 1, False, None),
        (float("inf"), 1, False, None),
        (0.0, 1, True, "0,0"),
        (-0.0, 1, True, "0,0"),
        (-0.04, 1, True, "0,0"),
        (0.05, 1, True, "+0,1"),
        (-0.05, 1, False, "−0,1"),
        (2.25, 1, False, "2,3"),
        (1.005, 2, False, "1,01"),
        (100.0, 0, False, "100"),
        (999.96, 1, False, "1_000,0"),
        (1234567.891, 2, False, "1_234_567,89"),
        (-1000.0, 0, False, "−1_000"),
    ],
)
def test_a_figure_in_swedish(
    value: float | None, decimals: int, signed: bool, expected: str | None
) -> None:
    if expected is not None:
        expected = expected.replace("_", NO_BREAK_SPACE)
    assert shown(value, decimals, signed=signed) == expected


@given(
    st.decimals(min_value=-(10**8), max_value=10**8, places=4, allow_nan=False),
    st.integers(min_value=0, max_value=3),
)
def test_a_figure_is_rounded_as_in_decimal_arithmetic(value: Decimal, decimals: int) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = shown(float(value), decimals)
    assert text is not None
    plain = text.replace(MINUS, "-").replace(NO_BREAK_SPACE, "").replace(",", ".")
    assert Decimal(plain) == rounded
    assert len(plain.partition(".")[2]) == decimals


def test_each_row_may_have_its_own_decimals() -> None:
    frame = pl.DataFrame({"x": [1.5, 1.5, 1.25, 1.5], "d": [0, 1, 2, None]}, strict=False)
    texts = frame.select(number(pl.col("x"), pl.col("d").cast(pl.Int8))).to_series()
    assert texts.to_list() == ["2", "1,5", "1,25", "2"]


def test_whole_numbers_are_figures_too() -> None:
    frame = pl.DataFrame({"x": [12345, None]}, schema={"x": pl.UInt32})
    assert frame.select(number(pl.col("x"))).to_series().to_list() == [
        f"12{NO_BREAK_SPACE}345",
        None,
    ]


@pytest.mark.parametrize(
    ("start", "end", "kind", "expected"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "year", "2024"),
        (date(2025, 8, 1), date(2025, 8, 31), "month", "2025-08"),
        (date(2025, 8, 31), date(2025, 8, 31), "point", "2025-08-31"),
        (date(2025, 1, 1), date(2025, 8, 31), "year_to_date", "2025-01–2025-08"),
        (date(2024, 9, 1), date(2025, 8, 31), "rolling_12_months", "2024-09–2025-08"),
        (date(2021, 1, 1), date(2024, 12, 31), "several_years", "2021–2024"),
    ],
)
def test_a_period_in_text(start: date, end: date, kind: str, expected: str) -> None:
    parts = {"period_start": [start], "period_end": [end], "period_kind": [kind]}
    assert pl.DataFrame(parts).select(period()).item() == expected
    own = {f"own_{name}": value for name, value in parts.items()}
    assert pl.DataFrame(own).select(period("own_")).item() == expected


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("decimals", [0, 1, 3])
@pytest.mark.parametrize(
    "value", [0.0, -0.0, 0.04, -0.04, 0.05, 2.5, -2.5, 1.005, 999.95, 1234567.891, -1e6, 0.1 + 0.2]
)
def test_one_figure_is_written_as_a_column_of_them(
    value: float, decimals: int, signed: bool
) -> None:
    column = pl.select(number(pl.lit(value), decimals, signed=signed)).item()
    assert swedish(value, decimals, signed=signed) == column


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [
        (2.0, 2, "2"),
        (2.1, 2, "2,1"),
        (1 / 3, 2, "0,33"),
        (1.234, 3, "1,234"),
        (0.1 + 0.2, 9, "0,3"),
    ],
)
def test_without_decimals_a_figure_has_those_it_needs(
    value: float, most: int, expected: str
) -> None:
    assert swedish(value, most=most) == expected


@pytest.mark.parametrize(
    ("figure", "unit", "expected"),
    [
        (f"{MINUS}1", "personer", f"{MINUS}1 person"),
        ("+1", "procentenheter", "+1 procentenhet"),
        ("1,0", "procentenheter", "1,0 procentenheter"),
        ("11", "personer", "11 personer"),
        ("0", "ärenden", "0 ärenden"),
        ("1", "kr", "1 kr"),
        (None, "personer", None),
    ],
)
def test_a_unit_is_in_the_singular_beside_one(figure, unit: str, expected) -> None:
    column = with_unit(pl.lit(figure, dtype=pl.String), pl.lit(unit))
    assert pl.select(column).item() == expected
