"""Exact limits of small counts, and colours that few of the country's municipalities gave."""

from __future__ import annotations

from datetime import date
from math import exp, factorial

import polars as pl
import pytest

from ojmf import compare
from ojmf.compare.reference import exact, poisson
from tests.unit.compare import frames


def at_most(count: int, mean: float) -> float:
    """The chance of at most so many events."""
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(count + 1))


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize("count", range(10))
def test_exact_limits_are_means_that_make_the_count_just_as_rare(
    count: int, confidence: float
) -> None:
    lower, upper = exact(float(count), confidence)
    tail = (1 - confidence) / 2
    assert at_most(count, upper) == pytest.approx(tail)
    if count:
        assert 1 - at_most(count - 1, lower) == pytest.approx(tail)
    else:
        assert lower == 0


def test_exact_and_approximate_limits_meet_at_ten() -> None:
    counts = pl.DataFrame({"x": [9.999, 10.0]})
    for limit in poisson(pl.col("x"), 0.95):
        below, above = counts.select(limit).to_series()
        assert below == pytest.approx(above, rel=0.004)


@pytest.mark.parametrize(("have", "said"), [(49, "few_of_all"), (145, None)])
def test_a_colour_of_few_says_of_how_many(have: int, said: str | None) -> None:
    codes = [f"{county:02}{place:02}" for county in range(1, 30) for place in range(10, 20)]
    geography = pl.DataFrame(
        [(code, f"K{code}", "municipality", code[:2]) for code in codes]
        + [(county, f"L{county}", "county", county) for county in sorted({c[:2] for c in codes})],
        schema=["code", "name", "level", "county_code"],
        orient="row",
    )
    cells = [
        {
            "area_id": "a",
            "indicator_id": "x",
            "geo": code,
            "value": float(at),
            "line": at + 1,
            "unit": "percent",
            "period_kind": "year",
            "period_start": date(2024, 1, 1),
            "period_end": date(2024, 12, 31),
        }
        for at, code in enumerate(codes[:have])
    ]
    indicators = frames.indicators(
        [
            {
                "area_id": "a",
                "indicator_id": "x",
                "name": "X",
                "method": "quartile",
                "polarity": "higher",
                "unit": "percent",
            }
        ]
    )
    row = compare.by_method(
        frames.observations(cells), indicators, "0110", geography=geography
    ).row(0, named=True)
    assert (row["status"], row["compared"], row["reason_code"]) == ("red", have, said)
    assert (row["detail"] == "290") is (said is not None)


@pytest.mark.parametrize(
    ("kind", "reason"), [("index", "too_few_for_colour"), ("count", "small_left_out")]
)
def test_a_suppressed_count_is_small_but_a_suppressed_mean_is_not(kind: str, reason: str) -> None:
    values = {"0117": 10.0, "0180": None, "0183": 14.0, "0184": 12.0}
    named = {"area_id": "a", "indicator_id": "x", "unit": "days"}
    rows = [
        {**named, "geo": geo, "value": value, "obs_status": "A" if value else "Q", "line": line}
        for line, (geo, value) in enumerate(values.items(), 1)
    ]
    asked = [{**named, "name": "X", "method": "quartile", "polarity": "lower", "kind": kind}]
    found = compare.by_method(frames.observations(rows), frames.indicators(asked), "0184")
    assert found["reason_code"].to_list() == [reason]
