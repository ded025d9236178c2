"""How a result came about: only what is printed has a place, and every mark is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from ojmf.compare.basis import Basis
from ojmf.compare.frame import Known
from ojmf.compare.methods import compared
from ojmf.present import explanations
from ojmf.present.marks import with_marks
from tests.unit.compare import frames

CATALOGUE = frames.indicators(
    [{"area_id": "a", "indicator_id": "x", "name": "X", "method": "target", "unit": "MSEK"}]
)
OUTCOME = {"scenario": "outcome", "value": -9.0, "line": 1}
BUDGET = {"scenario": "budget", "value": -10.0, "line": 2}
DEVIATION = {"scenario": "deviation", "value": 1.0, "line": 3}
COMMON = {"area_id": "a", "indicator_id": "x", "geo": "0184", "unit": "MSEK"}


def explained(*cells: dict[str, object], target: float | None = None) -> dict[str, Any]:
    targets = None
    if target is not None:
        period = {"period_start": [date(2024, 1, 1)], "period_end": [date(2024, 12, 31)]}
        targets = pl.DataFrame(
            {"indicator_id": ["x"], "geo": ["0184"], "target": [target], **period}
        )
    rows = compared(
        frames.observations([COMMON | cell for cell in cells]),
        CATALOGUE,
        "0184",
        known=Known(basis=Basis(targets=targets)),
    )
    told = explanations.of_comparisons(rows)
    return with_marks(told, ["explanation", "gap"]).row(0, named=True)


def test_a_printed_budget_is_cited() -> None:
    assert "referens −10,0 (rapport.txt rad 2);" in explained(OUTCOME, BUDGET)["explanation"]


def test_a_decided_target_is_cited_nowhere_also_where_the_budget_is_the_same_figure() -> None:
    told = explained(OUTCOME, BUDGET, target=-10.0)
    assert "referens −10,0;" in told["explanation"]
    assert told["reference_place"] is None


def test_a_corrected_budget_and_an_unconfirmed_deviation_are_marked() -> None:
    told = explained(
        OUTCOME,
        BUDGET | {"correction_id": "fix", "raw": "100"},
        DEVIATION | {"obs_status": "V"},
    )
    assert "referens −10,0 (rapport.txt rad 2, rättad från ”100”)" in told["explanation"]
    assert told["explanation"].endswith("= +1,0 mnkr, avvikelsen obekräftad")
    assert (told["mark"], told["reference_mark"], told["deviation_mark"]) == (
        None,
        "rättad från ”100”",
        "obekräftad",
    )


def test_a_deviation_that_a_decided_target_replaces_leaves_no_mark() -> None:
    told = explained(OUTCOME, BUDGET, DEVIATION | {"obs_status": "V"}, target=-8.0)
    assert told["deviation_mark"] is None
    assert told["gap"] == -1.0
