"""A figure that other sources give otherwise: told of those that are alone, and with whom."""

from __future__ import annotations

import polars as pl
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
    known = given([69, *[96] * others])
    found = elsewhere(known.filter(source_id="k0"), known)
    assert found.select("elsewhere", "disputed", "newer").rows() == [(said, None, None)]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([69, 96], "xx"),  # nothing says which one is odd
        ([69, 96, 96], "x.."),
        ([69, 69, 96, 96], "xxxx"),
        ([69, 70, 96, 96], "xxxx"),
        ([69, 70, 96, 96, 96], "xx..."),
        ([69, *[96] * 25], "x" + "." * 25),
    ],
)
def test_a_contradiction_is_told_of_the_few_that_are_alone(values: list[int], told: str) -> None:
    known = given(values)
    together = elsewhere(known, known)
    assert "".join("x" if said else "." for said in together["elsewhere"]) == told
    assert together["disputed"].is_null().all()
    for at, critical in enumerate(told):
        (alone,) = elsewhere(known.filter(source_id=f"k{at}"), known).rows(named=True)
        assert (alone["elsewhere"] is not None) == (critical == "x")
        assert (alone["disputed"] is not None) == (critical == ".")


def test_those_that_most_agree_with_are_told_who_says_otherwise() -> None:
    known = given([69, 96, 96, 96])
    some = elsewhere(known.filter(pl.col("source_id").is_in(["k1", "k2"])), known)
    assert some["disputed"].to_list() == ["”69” i Rapport 0 (rad 1)"] * 2


def given(values: list[int]) -> pl.DataFrame:
    """The same share as so many reports print it."""
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
        for at, value in enumerate(values)
    ]
    return frames.observations(rows)
