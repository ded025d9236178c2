"""Whether a change since the period before is more than chance, from the limits' own formulas."""

from math import sqrt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.compare.since import with_trend

Z = 1.959963984540054
SCHEMA = {
    "indicator_id": pl.String,
    "geo": pl.String,
    "sex": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "denominator": pl.Float64,
}


def wilson(share: float, n: float) -> tuple[float, float]:
    spread = Z * sqrt(Z * Z + 4 * share * n * (1 - share))
    middle = 2 * share * n + Z * Z
    low, high = (middle - spread) / (2 * (n + Z * Z)), (middle + spread) / (2 * (n + Z * Z))
    return (0.0 if share == 0 else low), (1.0 if share == 1 else high)


def trend(
    own: float, before: float, n: float | None, m: float | None, unit: str, polarity: str
) -> str | None:
    periods = pl.DataFrame({"year": [2024, 2023]}).select(
        pl.date("year", 1, 1).alias("start"), pl.date("year", 12, 31).alias("end")
    )
    (start, end), (start_before, end_before) = periods.rows()
    rows = pl.DataFrame(
        {
            "area_id": ["a"],
            "indicator_id": ["a.b"],
            "geo": ["9901"],
            "sex": ["_T"],
            "period_start": [start],
            "period_end": [end],
            "unit": [unit],
            "own": [float(own)],
            "_before": [float(before)],
            "_before_period_start": [start_before],
            "_before_period_end": [end_before],
        }
    )
    known = [
        ("a.b", "9901", "_T", start, end, n),
        ("a.b", "9901", "_T", start_before, end_before, m),
    ]
    denominators = pl.DataFrame([one for one in known if one[-1]], schema=SCHEMA, orient="row")
    indicators = pl.DataFrame({"area_id": ["a"], "indicator_id": ["a.b"], "polarity": [polarity]})
    found: str | None = with_trend(rows, indicators, denominators)["trend"].item()
    return found


@given(
    counts=st.tuples(*[st.integers(0, 400)] * 2),
    of=st.tuples(*[st.integers(1, 2000)] * 2),
    polarity=st.sampled_from(["higher", "lower", "neutral"]),
)
def test_counts_differ_where_their_parts_of_the_denominators_do(
    counts: tuple[int, int], of: tuple[int, int], polarity: str
) -> None:
    (own, before), (n, m) = counts, of
    found = trend(own, before, n, m, "persons", polarity)
    if own + before == 0:
        assert found is None
        return
    low, high = wilson(own / (own + before), own + before)
    if low <= n / (n + m) <= high:
        assert found == "common_cause"
    elif polarity == "neutral":
        assert found == "change"
    else:
        better = (own / n > before / m) == (polarity == "higher")
        assert found == ("improvement" if better else "deterioration")


@given(
    shares=st.tuples(*[st.integers(0, 100)] * 2),
    of=st.tuples(*[st.integers(1, 2000)] * 2),
)
def test_shares_differ_where_the_limits_of_their_difference_leave_out_none(
    shares: tuple[int, int], of: tuple[int, int]
) -> None:
    (p, q), (n, m) = (share / 100 for share in shares), of
    (low_p, high_p), (low_q, high_q) = wilson(p, n), wilson(q, m)
    low = p - q - sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    high = p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    if min(abs(low), abs(high)) < 1e-9:
        return
    expected = "improvement" if low > 0 else "deterioration" if high < 0 else "common_cause"
    assert trend(100 * p, 100 * q, n, m, "percent", "higher") == expected


@pytest.mark.parametrize(("n", "m"), [(None, 100), (100, None), (None, None)])
@pytest.mark.parametrize("unit", ["persons", "percent"])
def test_nothing_is_said_where_those_who_are_counted_are_not_known(
    n: int | None, m: int | None, unit: str
) -> None:
    assert trend(90, 10, n, m, unit, "higher") is None


def test_nothing_is_said_of_what_counts_no_persons() -> None:
    assert trend(90, 10, 100, 100, "SEK", "higher") is None
