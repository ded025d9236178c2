"""Control charts against published definitions: limits, runs, spikes, baselines and rebases."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf import compare
from ojmf.declarations.registers import CHARTS, load_charts
from ojmf.errors import DeclarationError
from tests.unit.compare import frames

CATALOGUE = frames.indicators(
    [
        {
            "area_id": "a",
            "indicator_id": "x",
            "name": "X",
            "method": "neutral",
            "polarity": "higher",
            "unit": "SEK",
        }
    ]
)


def chart(values: list[float], unit: str = "SEK", **more: Any) -> pl.DataFrame:
    cells = [
        {
            "area_id": "a",
            "indicator_id": "x",
            "geo": "0184",
            "value": value,
            "line": at + 1,
            "unit": unit,
            "period_kind": "month",
            "period_start": date(2020 + at // 12, at % 12 + 1, 1),
            "period_end": date(2020 + at // 12, at % 12 + 1, 28),
        }
        for at, value in enumerate(values)
    ]
    return compare.control_charts(
        frames.observations(cells), CATALOGUE.with_columns(unit=pl.lit(unit)), "0184", **more
    )


def marks(points: pl.DataFrame) -> str:
    letters = {None: ".", "outside": "o", "shift": "s", "trend": "t", "outer_third": "3"}
    return "".join(letters[signal] for signal in points["signal"])


def declared(*rows: tuple[str, date, str]) -> pl.DataFrame:
    return pl.DataFrame([("x", "0184", *row) for row in rows], schema=CHARTS, orient="row")


def as_published(values: list[float], *, screened: bool = True) -> tuple[float, ...]:
    """Mean and limits by the definitions of NHSRplotthedots, in plain arithmetic."""
    mean = sum(values) / len(values)
    ranges = [abs(one - other) for one, other in pairwise(values)]
    average = sum(ranges) / len(ranges)
    if screened:
        kept = [size for size in ranges if size < 3.267 * average]
        average = sum(kept) / len(kept)
    return mean - 2.66 * average, mean, mean + 2.66 * average


def flags_as_published(values: list[float], lower: float, mean: float, upper: float) -> list[bool]:
    """Which points NHSRplotthedots marks: outside, 7 on one side, 7 in trend, 2 of 3."""
    n = len(values)
    side = [(v > mean) - (v < mean) for v in values]
    outside = [v > upper or v < lower for v in values]
    third = (upper - mean) * 2 / 3
    close = [abs(v - mean) > third and not out for v, out in zip(values, outside, strict=True)]
    found = list(outside)
    for at in range(n - 6):
        steps = [values[i + 1] - values[i] for i in range(at, at + 6)]
        if abs(sum(side[at : at + 7])) == 7 or min(steps) > 0 or max(steps) < 0:
            found[at : at + 7] = [True] * 7
    for at in range(n - 2):
        if sum(close[at : at + 3]) >= 2 and abs(sum(side[at : at + 3])) == 3:
            for i in range(at, at + 3):
                found[i] = found[i] or close[i]
    return found


# Without ties and values on the mean, where we follow Anhøj's rules instead.
DISTINCT = st.lists(st.integers(1, 10_000), min_size=12, max_size=36, unique=True)


@given(DISTINCT, st.booleans())
def test_limits_and_marks_are_the_published_ones(values: list[int], screened: bool) -> None:
    figures = [value + 0.137 for value in values]
    points = chart(figures, screened=screened)
    lower, mean, upper = as_published(figures, screened=screened)
    flags = flags_as_published(figures, lower, mean, upper)
    if not points["counted"].all():  # a spike would have made most points signals
        assert sum(flags) > len(flags) / 2
        return
    assert points.select("lower", "mean", "upper").row(0) == pytest.approx((lower, mean, upper))
    assert [mark is not None for mark in points["signal"]] == flags


@pytest.mark.parametrize(("screened", "limits"), [(True, (-0.72, 4.6)), (False, (-3.06, 6.95))])
def test_the_published_example_has_the_limits_that_its_caption_states(
    screened: bool, limits: tuple[float, float]
) -> None:
    """NHSRplotthedots' own example of outlying points, where the fifth is the only one marked."""
    points = chart([1.0, 2.0, 1.0, 2.0, 10.0, *[1.0, 2.0] * 6, 1.0], screened=screened)
    assert tuple(points.select(pl.col("lower", "upper").round(2)).row(0)) == limits
    assert round(points["mean"][0], 2) == 1.94
    assert marks(points) == "....o............."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 3, 4, 5, 6], "......."),  # six that differ are no trend
        ([1, 2, 3, 3, 4, 5, 6, 7], "ttt.tttt"),  # the tie is no part of the trend
        ([7, 6, 5, 5, 5, 4, 3, 2, 1], "ttt..tttt"),
        ([1, 2, 3, 4, 3, 4, 5, 6, 7], "........."),  # a step back breaks it
    ],
)
def test_a_tie_neither_makes_nor_breaks_a_trend(values: list[int], expected: str) -> None:
    """The values lie on both sides of the mean, and what follows turns at once and swings."""
    turned = 1 if values[-1] < values[0] else -1
    rest = [turned * 60.0, -turned * 60.0] * 8
    points = chart([value - 3.6 for value in values] + rest, screened=False)
    assert marks(points)[: len(values)] == expected


def test_a_point_on_the_mean_neither_makes_nor_breaks_a_run() -> None:
    seven = [3, 5, 2, 6, 0, 3, 4, 5, -4, -3, 0, -6, -2, -5, 1, -3, -4, -2]
    points = chart([10.0 + value for value in seven])
    assert points["mean"][0] == 10.0
    assert marks(points) == "ssss.sss.........."
    six = [3, 5, 2, 0, 3, 4, 5, -4, -3, 0, -6, -2, -1, 1, -3, -4, 0]
    assert marks(chart([10.0 + value for value in six])) == "." * 17


@pytest.mark.parametrize("odd", [0, 1, 5, 11])
@pytest.mark.parametrize("value", [98.0, 50.0])
def test_limits_without_width_leave_the_one_odd_point(odd: int, value: float) -> None:
    values = [100.0] * 12
    values[odd] = value
    points = chart(values, "percent")
    assert marks(points) == "." * odd + "o" + "." * (11 - odd)


def test_a_step_between_two_constants_has_no_limits_and_no_signal() -> None:
    points = chart([100.0] * 8 + [90.0] * 8, "percent")
    assert points["upper"].is_null().all()
    assert points["signal"].is_null().all()


@given(st.integers(12, 30), st.integers(0, 29), st.integers(50, 1000), st.integers(1, 2))
def test_a_value_many_times_the_others_is_alone_outside(
    length: int, place: int, odd: int, many: int
) -> None:
    others = [(10.0, 11.0, 9.0)[at % 3] for at in range(length)]
    at = place % (length + 1)
    points = chart([*others[:at], *[float(odd)] * many, *others[at:]])
    expected = "." * at + "o" * many + "." * (length - at)
    assert marks(points) == expected


@given(st.lists(st.floats(0, 100), min_size=12, max_size=30))
def test_limits_of_a_share_stay_within_0_and_100(values: list[float]) -> None:
    points = chart(values, "percent")
    for lower, upper in points.select("lower", "upper").drop_nulls().iter_rows():
        assert 0 <= lower <= upper <= 100


@pytest.mark.parametrize(
    ("unit", "highest"),
    [
        ("permille", 1000.0),
        ("per_1000", None),
        ("days", None),
        ("hours", None),
        ("households", None),
        ("fte", None),
    ],
)
def test_limits_of_what_cannot_be_negative_do_not_go_below_0(unit: str, highest) -> None:
    low = chart([20.0, 0.0, 40.0, 10.0, 0.0, 30.0] * 2, unit)
    assert set(low["lower"]) == {0.0}
    if highest is not None:
        high = chart([highest - value for value in low["value"]], unit)
        assert set(high["upper"]) == {highest}


def test_limits_of_kronor_may_be_negative() -> None:
    assert all(low < 0 for low in chart([20.0, 0.0, 40.0, 10.0, 0.0, 30.0] * 2)["lower"])


def test_a_baseline_fixes_the_limits() -> None:
    before, after = [10.0, 12.0] * 6, [15.0, 17.0] * 6
    fixed = declared(("baseline", date(2020, 12, 31), "före den nya lagen"))
    points = chart([*before, *after], charts=fixed)
    alone = chart(before)
    names = ["lower", "mean", "upper"]
    assert points.select(names).unique().row(0) == alone.select(names).row(0)
    assert points["counted"].to_list() == [True] * 12 + [False] * 12
    assert set(points["baseline_reason"]) == {"före den nya lagen"}
    assert marks(points)[12:].count("o") + marks(points)[12:].count("s") == 12


def test_a_rebase_gives_new_limits_from_its_day_and_breaks_runs() -> None:
    first, second = [10.0, 12.0] * 6, [25.0, 27.0] * 6
    anew = declared(("rebase", date(2021, 1, 1), "ny redovisning"))
    points = chart([*first, *second], charts=anew)
    assert marks(points) == "." * 24
    assert points["mean"].to_list() == [11.0] * 12 + [26.0] * 12
    assert points["rebased"].to_list() == [None] * 12 + [date(2021, 1, 1)] * 12
    assert points["points"].unique().to_list() == [24]
    assert "o" in marks(chart([*first, *second]))


@pytest.mark.parametrize(
    ("day", "compared"),
    [
        (date(2021, 1, 1), False),  # between the two years
        (date(2020, 7, 1), False),  # within the year before
        (date(2020, 1, 1), True),  # both are of the new level
        (None, True),
    ],
)
def test_the_year_before_is_not_compared_across_a_rebase(day: date | None, compared: bool) -> None:
    rows = [
        {
            **{"area_id": "a", "indicator_id": "x", "geo": "0184", "line": at + 1, "unit": "SEK"},
            **{"value": 10.0 + at % 2 + 50 * (at // 12), "period_kind": "month"},
            "period_start": date(2020 + at // 12, at % 12 + 1, 1),
            "period_end": date(2020 + at // 12, at % 12 + 1, 28),
        }
        for at in range(24)
    ]
    asked = {"area_id": "a", "indicator_id": "x", "name": "X", "unit": "SEK", "kind": "amount"}
    catalogue = frames.indicators([{**asked, "method": "neutral", "polarity": "lower"}])
    charts = None if day is None else declared(("rebase", day, "ny redovisning"))
    found = compare.trends(frames.observations(rows), catalogue, "0184", charts=charts)
    row = found.row(0, named=True)
    told = "året före jämförs inte, för ombaseringen ligger emellan"
    assert (row["change"] == 50.0, row["last_year"] is not None) == (compared, compared)
    assert (told in (row["reason"] or "")) == (not compared)
    assert (row["since_last_year"] is None) == (not compared)


def test_a_short_part_is_told_with_its_reason() -> None:
    anew = declared(("rebase", date(2021, 1, 1), "ny redovisning"))
    observations = frames.observations(
        [
            {
                "area_id": "a",
                "indicator_id": "x",
                "geo": "0184",
                "value": 10.0 + at % 2,
                "line": at + 1,
                "unit": "SEK",
                "period_kind": "month",
                "period_start": date(2020 + at // 12, at % 12 + 1, 1),
                "period_end": date(2020 + at // 12, at % 12 + 1, 28),
            }
            for at in range(16)
        ]
    )
    row = compare.trends(observations, CATALOGUE, "0184", charts=anew).row(0, named=True)
    assert row["variation"] == "too_short"
    assert "för kort serie sedan ombaseringen: 4 punkter" in row["reason"]
    assert "ombaserad 2021-01-01: ny redovisning" in row["reason"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("y,0184,rebase,2024-01-01,orsak", "indikatorn ”y” finns inte"),
        ("x,01,rebase,2024-01-01,orsak", "”01” är ingen kommun"),
        ("x,0184,ny,2024-01-01,orsak", "kind är ”ny”"),
        ("x,0184,rebase,,orsak", "date saknas"),
        ("x,0184,rebase,2024-01-01,", "reason saknas"),
    ],
)
def test_a_declaration_that_cannot_hold_is_refused(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "charts.csv"
    path.write_text(f"indicator_id,geo,kind,date,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=fault):
        load_charts(path, CATALOGUE)
