"""Series: months that disagree, series that break, and periods that must not meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import compare
from ojmf.errors import SelectionError
from tests.unit.compare import frames


def catalogue(unit: str = "days") -> pl.DataFrame:
    return frames.indicators(
        [{"area_id": "a", "indicator_id": "x", "name": "X", "method": "neutral", "unit": unit}]
    )


CATALOGUE = catalogue()


def month(number: int, value: float | None, year: int = 2024, **more: Any) -> dict[str, Any]:
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return {
        "area_id": "a",
        "indicator_id": "x",
        "geo": "0184",
        "value": value,
        "unit": "days",
        "line": number,
        "period_kind": "month",
        "period_start": date(year, number, 1),
        "period_end": date(year, number, 28),
        **more,
    }


def test_a_month_printed_twice_counts_once_and_one_that_disagrees_is_missing() -> None:
    cells = [month(1, 10), month(2, 20), month(2, 20, line=9), month(3, 30)]
    rows = compare.year_to_date(frames.observations(cells), "0184", 3)
    assert rows.select("value", "period_kind", "period_end", "line").rows() == [
        (60.0, "year_to_date", date(2024, 3, 31), 1)
    ]
    cells.append(month(3, 31, line=9))
    row = compare.year_to_date(frames.observations(cells), "0184", 3).row(0, named=True)
    assert (row["value"], row["reason"]) == (None, "olika uppgifter: mars")


def test_twelve_months_are_a_year_and_every_year_stands_alone() -> None:
    cells = [month(number, 1, year) for year in (2023, 2024) for number in range(1, 13)]
    rows = compare.year_to_date(frames.observations(cells), "0184", 12)
    assert rows.select("year", "value", "period_kind").rows() == [
        (2023, 12.0, "year"),
        (2024, 12.0, "year"),
    ]


def test_no_run_reaches_over_a_gap() -> None:
    values = [10, 14, 10, 14, 10, 14, 10, 14, 16, 20, 16, 20, 16, 20, 16]
    whole = [month(number, value) for number, value in enumerate(values, start=1)]
    broken = [*whole[:11], *whole[12:]]
    for cells, runs in ((whole, 15), (broken, 8)):
        chart = compare.control_charts(frames.observations(cells), CATALOGUE, "0184")
        assert chart.filter(pl.col("signal") == "shift").height == runs


@given(st.lists(st.integers(0, 40), min_size=12, max_size=40))
def test_limits_enclose_the_mean_and_mark_just_what_lies_outside(values: list[int]) -> None:
    cells = [month(number, value, 2020) for number, value in enumerate(values, start=1)]
    chart = compare.control_charts(frames.observations(cells).lazy(), CATALOGUE, "0184")
    assert chart["value"].to_list() == [float(value) for value in values]
    lower, mean, upper = chart.select("lower", "mean", "upper").row(0)
    if lower is None:
        assert chart["width"][0] == 0
        assert chart["signal"].is_null().all()
        return
    assert 0 <= lower <= mean <= upper
    outside = (chart["value"] > upper) | (chart["value"] < lower)
    assert (chart["signal"] == "outside").fill_null(False).equals(outside)


def test_a_municipality_without_a_series_is_told_so() -> None:
    with pytest.raises(SelectionError, match="0381 har inga serier"):
        compare.trends(frames.observations([month(1, 1)]), CATALOGUE, "0381")


@pytest.mark.parametrize(
    ("cells", "months", "reason"),
    [
        ([month(4, 10)], 0, "saknas: januari, februari, mars"),
        ([month(1, None)], 0, "saknas: januari, februari, mars"),
        (
            [month(1, 5), month(1, 6, line=9), month(3, 7)],
            1,
            "saknas: februari; olika uppgifter: januari",
        ),
    ],
)
def test_a_year_without_its_months_is_told(
    cells: list[dict[str, Any]], months: int, reason: str
) -> None:
    row = compare.year_to_date(frames.observations(cells), "0184", 3).row(0, named=True)
    assert (row["value"], row["months"], row["reason"]) == (None, months, reason)


def test_every_other_month_gives_no_limits_and_no_verdict() -> None:
    cells = [month(number, 10 + number % 3) for number in range(1, 31, 2)]
    row = compare.trends(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
    assert (row["points"], row["upper"], row["variation"]) == (15, None, "too_short")
    assert "inga perioder i följd" in row["reason"]


def test_figures_that_are_not_finite_are_missing() -> None:
    cells = [month(number, 10 + number % 2) for number in range(1, 14)]
    cells[6]["value"] = float("inf")
    row = compare.trends(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
    assert (row["points"], row["gaps"], row["variation"]) == (12, 1, "common_cause")


def test_negative_counts_have_no_c_chart() -> None:
    cells = [month(number, -3 - number % 2, unit="persons") for number in range(1, 14)]
    row = compare.trends(frames.observations(cells), catalogue("persons"), "0184").row(
        0, named=True
    )
    assert (row["chart"], row["variation"]) == ("xmr", "common_cause")


@pytest.mark.parametrize("value", [0.1, 0.7, 123.456])
def test_equal_figures_are_no_change(value: float) -> None:
    cells = [month(number, value, unit="SEK") for number in range(1, 27)]
    row = compare.trends(frames.observations(cells), catalogue("SEK"), "0184").row(0, named=True)
    assert (row["mean"], row["signal"]) == (value, None)
    assert (row["variation"], row["since_last_year"]) == ("common_cause", "common_cause")


def test_a_change_in_days_is_told_with_its_reservation() -> None:
    values = [30, 31] * 6 + [60, 61]
    cells = [month(number, value) for number, value in enumerate(values, start=1)]
    row = compare.trends(frames.observations(cells), CATALOGUE, "0184").row(0, named=True)
    assert (row["since_last_year"], row["reason"]) == (
        "improvement",
        "en enda lång placering ger många dygn; jämför också med antalet personer",
    )


def test_a_series_without_a_sex_keeps_what_was_found_of_it() -> None:
    cells = [month(number, 10 + number % 2) for number in range(1, 15)]
    table = frames.observations(cells).with_columns(pl.lit(None, pl.String).alias("sex"))
    row = compare.trends(table, CATALOGUE, "0184").row(0, named=True)
    assert (row["compared_points"], row["since_last_year"]) == (2, "common_cause")
    assert row["inputs"].startswith("rapport.txt rad 1, 2, 3")


SEASONS = [101, 94, 83, 76, 71, 63, 55, 68, 79, 86, 91, 99]


@pytest.mark.parametrize(
    ("change", "variation", "seasonal"),
    [
        (lambda n: n - 2, "common_cause", True),  # as low in July as last July
        (lambda n: n - 60, "deterioration", False),  # a year of its own: the limits tell
        (lambda n: 80 + n % 2, "common_cause", False),  # last year's months foretell nothing
    ],
)
def test_a_series_that_follows_the_seasons_is_judged_against_the_same_months(
    change: Callable[[int], float], variation: str, *, seasonal: bool
) -> None:
    cells = [month(n, v, unit="SEK") for n, v in enumerate(SEASONS, start=1)]
    cells += [month(n, change(v), 2025, unit="SEK") for n, v in enumerate(SEASONS[:9], start=1)]
    row = compare.trends(frames.observations(cells), catalogue("SEK"), "0184").row(0, named=True)
    assert ("årstiden" in (row["reason"] or "")) is seasonal
    assert row["variation"] == variation
