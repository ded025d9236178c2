"""A figure that other sources give otherwise names the first of them, however many they are."""

from __future__ import annotations

import pytest

from ojmf.validate.elsewhere import elsewhere
from tests.unit.compare import frames


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (0, None),
        (1, "”96” i Rapport 1 (rad 1)"),
        (3, "”96” i Rapport 1 (rad 1), ”96” i Rapport 2 (rad 1), ”96” i Rapport 3 (rad 1)"),
        (
            25,
            "”96” i Rapport 1 (rad 1), ”96” i Rapport 2 (rad 1), ”96” i Rapport 3 (rad 1) "
            "och 22 till",
        ),
    ],
)
def test_other_sources_are_named_and_counted(others: int, said: str | None) -> None:
    share = {"area_id": "a", "indicator_id": "x", "geo": "01", "scenario": "share", "line": 1}
    rows = [
        {
            **share,
            "source_id": f"k{at}",
            "document": f"Rapport {at}",
            "place": "rad 1",
            "raw": str(value),
            "value": float(value),
        }
        for at, value in enumerate([69, *[96] * others])
    ]
    known = frames.observations(rows)
    found = elsewhere(known.filter(source_id="k0"), known)
    assert found.select("elsewhere", "newer").rows() == [(said, None)]
