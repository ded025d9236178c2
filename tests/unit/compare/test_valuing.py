"""Why no gap is worth anything known."""

from __future__ import annotations

import pytest

import ojmf
from tests.unit.compare import frames


def why(*units: str, **declared: str) -> str:
    """What is said of figures in some units of two municipalities."""
    asked, cells = [], []
    for unit in units:
        place = {"area_id": "a", "indicator_id": f"a.{unit}", "unit": unit}
        asked.append({**place, "name": unit, "method": "neutral", "kind": "share", **declared})
        cells += [{**place, "geo": geo, "value": 5.0} for geo in ("0184", "0381")]
    data = ojmf.Data(frames.observations(cells), frames.indicators(asked))
    with pytest.raises(ojmf.SelectionError) as refused:
        data.worth("0184", against="0381")
    return str(refused.value)


def test_gaps_that_stand_for_themselves_are_told_from_denominators_that_are_lacking():
    assert "Ingen skillnad är i procent" in why("index", denominator="population")
    assert "Måtten saknar nämnare, till exempel ”percent”" in why("percent", "index")
    lacking = "Nämnarens tal saknas för perioden, till exempel för ”percent”"
    assert lacking in why("index", "percent", denominator="a.nobody")
