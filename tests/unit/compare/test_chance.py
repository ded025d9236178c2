"""A change that is no more than chance is told as that, whatever method judged it."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.compare.changes import changes
from ojmf.compare.weighing import largest_gaps

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
        (("red", "yellow"), None, "common_cause", -0.2, -0.2, "similar"),
        (("red", "yellow"), None, "deterioration", -0.2, -0.2, "turned_red"),
        (("red", "yellow"), None, None, 0.0, 0.0, "turned_red"),
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
    row: dict[str, object] = {
        "status": colours[0],
        "reference_status": colours[1],
        "verdict": verdict,
        "trend": trend,
        "gap": gap,
        "gap_better": better,
        "reason_code": None,
    }
    assert _changed([row])["change"].to_list() == [change]


def test_changes_in_unlike_units_are_ordered_in_percent_of_before() -> None:
    """A mean of days that grows by a tenth is no worse than a share that doubles."""
    rows = [
        _worse("dagar", "days", 400.0, -40.0),
        _worse("fråga", "answer", 100.0, -50.0, method="answer"),
        _worse("andel", "percent", 10.0, -10.0),
    ]
    assert _changed(rows)["label"].to_list() == ["andel", "fråga", "dagar"]
    assert largest_gaps(_framed(rows))["label"].to_list() == ["andel", "fråga", "dagar"]
    alike = [_worse("a", "days", 400.0, -40.0), _worse("b", "days", 10.0, -10.0)]
    assert _changed(alike)["label"].to_list() == ["a", "b"]


def _worse(
    label: str, unit: str, before: float, better: float, *, method: str = "quartile"
) -> dict[str, object]:
    numbers = {"reference": before, "gap": better, "gap_better": better}
    return {"label": label, "unit": unit, "method": method, "status": "grey", **numbers}


def _framed(rows: list[dict[str, object]]) -> pl.DataFrame:
    texts = ("status", "reference_status", "verdict", "trend", "reason_code", "unit", "method")
    numbers = ("own", "reference", "gap", "gap_better")
    schema = dict.fromkeys(("label", *texts), pl.String) | dict.fromkeys(numbers, pl.Float64)
    return pl.DataFrame(rows, schema=schema)


def _changed(rows: list[dict[str, object]]) -> pl.DataFrame:
    return changes(_framed(rows))
