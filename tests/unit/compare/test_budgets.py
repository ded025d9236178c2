"""A verdict beside a budget rests on a sign that is declared or that the table itself shows."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.compare.methods import compared
from ojmf.present.explanations import of_comparisons
from ojmf.present.reasons import with_reasons
from tests.unit.compare import frames

SIGNS = [
    # method, polarity, outcome, budget, printed deviation; gap, gap_better, verdict
    ("neutral", "neutral", 48.95, 46.0, None, 2.95, None, "higher"),
    ("neutral", "neutral", -48.95, -46.0, None, -2.95, None, "lower"),
    ("neutral", "neutral", 46.0, 46.0, None, 0.0, None, "equal"),
    ("neutral", "neutral", 48.95, 46.0, 2.95, 2.95, None, "higher"),
    ("neutral", "neutral", 48.95, 46.0, -2.95, -2.95, -2.95, "worse"),
    ("neutral", "neutral", 69.0, 73.4, 4.4, 4.4, 4.4, "better"),
    ("neutral", "neutral", 48.95, 46.0, -9.0, -9.0, None, "higher"),
    ("neutral", "lower", 48.95, 46.0, None, 2.95, -2.95, "worse"),
    ("neutral", "lower", 48.95, 46.0, -2.95, -2.95, -2.95, "worse"),
    ("neutral", "higher", 48.95, 46.0, -2.95, -2.95, 2.95, "better"),
    ("target", "neutral", -48.95, -46.0, None, -2.95, -2.95, "worse"),
    ("target", "neutral", 48.95, 46.0, -2.95, -2.95, -2.95, "worse"),
]


@pytest.mark.parametrize(
    ("method", "polarity", "outcome", "budget", "deviation", "gap", "better", "verdict"), SIGNS
)
def test_a_verdict_beside_a_budget_needs_a_known_sign(
    method: str,
    polarity: str,
    outcome: float,
    budget: float,
    deviation: float | None,
    gap: float,
    better: float | None,
    verdict: str,
) -> None:
    about = {"area_id": "a", "indicator_id": "x", "geo": "0184", "unit": "MSEK", "decimals": 2}
    printed = {"outcome": outcome, "budget": budget, "deviation": deviation}
    cells = [
        {**about, "value": value, "scenario": scenario, "line": line}
        for line, (scenario, value) in enumerate(printed.items(), 1)
        if value is not None
    ]
    catalogue = frames.indicators(
        [
            {
                **{name: about[name] for name in ("area_id", "indicator_id", "unit")},
                "name": "X",
                "method": method,
                "polarity": polarity,
            }
        ]
    )
    found = with_reasons(compared(frames.observations(cells), catalogue, "0184", ["budget"]))
    row = found.filter(pl.col("reference_kind") == "budget").row(0, named=True)
    assert row["verdict"] == verdict
    assert (row["gap"], row["gap_better"]) == (
        pytest.approx(gap),
        None if better is None else pytest.approx(better),
    )
    assert ("ingen riktning" in row["reason"]) == (verdict in ("higher", "lower"))
    explained = of_comparisons(found.drop("reason"))["explanation"][0]
    same = deviation is None or deviation == pytest.approx(outcome - budget)
    assert ("som den står i dokumentet" in explained) != same
    assert (" = " in explained.partition("skillnad = ")[2]) == same
