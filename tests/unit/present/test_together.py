"""The table of several municipalities is the same, however many are compared at a time."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ojmf.errors import SelectionError
from ojmf.present.annex import together
from ojmf.present.annex.rows import Asked
from ojmf.present.annex.together import table_rows
from ojmf.workspace import Workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace.open()


def known(workspace: Workspace) -> list[str]:
    """Those with figures, and some without any before, between and after them."""
    codes = workspace.geography.filter(level="municipality")["code"]
    having = workspace.observations()["geo"].unique()
    there, lacking = (codes.filter(codes.is_in(having.implode()) == has) for has in (True, False))
    return [*lacking.head(3), there[0], *lacking.slice(3, 2), *there[1:], *lacking.slice(5, 3)]


@pytest.mark.parametrize(
    ("asked", "several"),
    [
        (Asked(), False),
        (Asked(methods=(), every=True), True),
        (Asked(methods=(), against="fjolaret"), True),
        (Asked(methods=(), against="Solna"), True),
    ],
)
def test_parts_give_the_rows_of_the_whole(
    workspace: Workspace, asked: Asked, monkeypatch: pytest.MonkeyPatch, *, several: bool
) -> None:
    geos = known(workspace)
    monkeypatch.setattr(together, "_TOGETHER", len(geos))
    (whole,) = table_rows(workspace, geos, asked)
    monkeypatch.setattr(together, "_TOGETHER", 2)
    parts = list(table_rows(workspace, geos, asked))
    assert (len(parts) > 1) is several
    assert_frame_equal(pl.concat(parts), whole)


def test_municipalities_without_figures_are_refused_together(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_TOGETHER", 2)
    lacking = known(workspace)[:3]
    with pytest.raises(SelectionError) as refused:
        list(table_rows(workspace, lacking, Asked()))
    names = workspace.geography.filter(pl.col("code").is_in(lacking))["name"]
    assert all(name in str(refused.value) for name in names)


@pytest.mark.parametrize(("geos", "sizes"), [([], []), (["0"], [1]), ([*"0123456"], [2, 2, 3])])
def test_parts_are_of_about_the_same_size(geos: list[str], sizes: list[int]) -> None:
    parts = [*together.in_parts(geos, 3)]
    assert [len(part) for part in parts] == sizes
    assert [geo for part in parts for geo in part] == geos
