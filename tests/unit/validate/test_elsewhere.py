"""A figure that other sources give otherwise: told of those that are alone, and with whom."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from ojmf.declarations.fetched import Fetched, FetchedSource, Given
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


def test_what_a_later_vintage_has_replaced_contradicts_nobody(tmp_path: Path) -> None:
    known = given([10, 15, 15])  # an old fetch, a newer one, and a report
    fetched = [
        FetchedSource(_declared(name, at), tmp_path)
        for name, at in (("k0", datetime(2025, 1, 1)), ("k1", datetime(2025, 6, 1)))  # noqa: DTZ001
    ]
    for which in ([0], [1], [2], [0, 1, 2]):
        some = known.filter(pl.col("source_id").is_in([f"k{at}" for at in which]))
        found = elsewhere(some, known, fetched)
        assert found["elsewhere"].is_null().all()
        assert found["disputed"].is_null().all()
        old = found["newer"].is_not_null().to_list()
        assert old == [at == 0 for at in which]
    other = given([10, 15, 16])
    told = elsewhere(other, other, fetched)["elsewhere"].to_list()
    assert told == [None, "”16” i Rapport 2 (rad 1)", "”15” i Rapport 1 (rad 1)"]


def _declared(name: str, at: datetime) -> Fetched:
    answer = Given(url="x", date=at, clock="server", sha256="0" * 64)
    said = {"id": name, "title": name, "document": name, "publisher": "Tjänst", "rows": 1}
    more = {"date": at.date(), "sha256": "0" * 64, "indicators": ("x.y",), "request": {}}
    return Fetched.model_validate({**said, **more, "answer": (answer,)})


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
