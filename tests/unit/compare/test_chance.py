"""A change that is no more than chance is told as that, whatever method judged it."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.compare.changes import changes

NO_COLOUR = ("grey", None)
RED = ("red", "red")


@pytest.mark.parametrize(
    ("colours", "verdict", "trend", "gap", "better", "change"),
    [
        (NO_COLOUR, "similar", "common_cause", -0.2, -0.2, "similar"),
        (NO_COLOUR, "similar", None, -0.2, -0.2, "similar"),
        (NO_COLOUR, "worse", "common_cause", -0.2, -0.2, "worse"),
        (NO_COLOUR, None, None, -0.2, -0.2, "worse"),
        (NO_COLOUR, None, "common_cause", 0.2, 0.2, "similar"),
        (NO_COLOUR, None, "common_cause", 0.0, 0.0, "unchanged"),
        (NO_COLOUR, None, "improvement", 0.2, 0.2, "better"),
        (NO_COLOUR, "lower", "common_cause", -4.0, None, "changed"),
        (RED, None, "common_cause", -0.2, -0.2, "similar"),
        (RED, None, "deterioration", -0.2, -0.2, "red_and_worse"),
        (("red", "yellow"), None, "common_cause", -0.2, -0.2, "turned_red"),
    ],
)
def test_chance_is_neither_better_nor_worse(
    colours: tuple[str, str | None],
    verdict: str | None,
    trend: str | None,
    gap: float,
    better: float | None,
    change: str,
) -> None:
    row = {
        "status": colours[0],
        "reference_status": colours[1],
        "verdict": verdict,
        "trend": trend,
        "gap": gap,
        "gap_better": better,
        "reason_code": None,
    }
    schema = dict.fromkeys(row, pl.String) | {"gap": pl.Float64, "gap_better": pl.Float64}
    assert changes(pl.DataFrame([row], schema=schema))["change"].to_list() == [change]
