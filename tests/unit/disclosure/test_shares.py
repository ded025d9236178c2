"""A reader of counts, wholes and shares cannot tell few persons in a share, nor few outside it."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojmf import Workspace
from ojmf.disclosure.holding import guarded, held_figures
from ojmf.schema import OBSERVATIONS
from tests.unit.disclosure.workspace import Row, make, row

LIMIT = 5
MOST = 20
"""Of no more women, or men, than these are the shares in these tests."""
SEXES = ("_T", "F", "M")
NAMES = {"count": "placerade", "whole": "invanare", "share": "andel"}


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(make(tmp_path_factory.mktemp("andelar")))


def frame(rows: list[Row]) -> pl.DataFrame:
    dates = {name: pl.col(name).str.to_date() for name in ("period_start", "period_end")}
    known = pl.DataFrame(rows).with_columns(**dates, source_id=pl.lit("prov"))
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in OBSERVATIONS.items()
    )


def rows_of(figures: dict[tuple[str, str], float]) -> list[Row]:
    units = {"share": {"unit": "percent"}}
    return [
        row(NAMES[name], "0184", value, sex=sex, line=n, **units.get(name, {}))
        for n, ((name, sex), value) in enumerate(figures.items())
    ]


def shown(declared: Workspace, figures: dict[tuple[str, str], float]) -> dict[tuple[str, str], Any]:
    """What stands for each figure: its value, or the words."""
    given = frame(rows_of(figures))
    rows = guarded(given, held_figures(declared, given, LIMIT), LIMIT).observations
    values = rows.select(pl.coalesce(pl.col("value").cast(pl.String), "raw")).to_series()
    found = dict(zip(figures, values, strict=True))
    return {key: text if " " in text else figures[key] for key, text in found.items()}


@pytest.mark.parametrize(
    ("figures", "hidden"),
    [
        ({"count": 48, "whole": 50, "share": 96}, {"count", "share"}),
        ({"count": 48, "whole": 50}, {"count"}),
        ({"whole": 50, "share": 96}, {"share"}),
        ({"count": 48, "share": 96}, {"share"}),
        # None of 50 is as few as one or two of them.
        ({"whole": 50, "share": 100}, {"share"}),
        ({"count": 45, "whole": 50, "share": 90}, set()),
        # In whole percent: 99 percent of 900 may be any of 887 to 895.
        ({"whole": 900, "share": 99}, set()),
        ({"count": 2, "whole": 50, "share": 4}, {"count", "share"}),
    ],
)
def test_few_others(declared: Workspace, figures: dict[str, float], hidden: set[str]) -> None:
    found = shown(declared, {(name, "_T"): value for name, value in figures.items()})
    assert {name for (name, _), value in found.items() if isinstance(value, str)} == hidden


def others_of(table: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """Counts, wholes and the others of each sex, of arrays of women and men."""
    sums = {(name, "_T"): table[name, "F"] + table[name, "M"] for name in ("count", "whole")}
    known = table | sums
    return known | {("others", sex): known["whole", sex] - known["count", sex] for sex in SEXES}


@settings(max_examples=60, deadline=None)
@given(
    wholes=st.tuples(st.integers(1, MOST), st.integers(1, MOST)),
    missing=st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, MOST))] * 2),
    printed=st.sets(st.sampled_from(sorted(NAMES)), min_size=2),
    decimals=st.integers(0, 1),
)
def test_no_share_tells_few_persons(
    declared: Workspace,
    wholes: tuple[int, int],
    missing: tuple[int, int],
    printed: set[str],
    decimals: int,
) -> None:
    """All women and men are tried, of how many and how many of them, that agree with the figures.

    This knows of no relations and no programming: it counts, divides and rounds.
    """
    true: dict[tuple[str, str], Any] = {}
    for sex, whole, others in zip(("F", "M"), wholes, missing, strict=True):
        true["whole", sex], true["count", sex] = whole, max(0, whole - others)
    true = others_of(true)
    share = {sex: round(100 * true["count", sex] / true["whole", sex], decimals) for sex in SEXES}
    figures = {
        (name, sex): share[sex] if name == "share" else true[name, sex]
        for name, sex in itertools.product(sorted(printed), SEXES)
    }
    seen = shown(declared, figures)
    axis = np.arange(MOST + 2 * LIMIT)
    grid = np.meshgrid(*[axis] * 4, indexing="ij")
    tried = others_of(
        dict(zip(itertools.product(("whole", "count"), ("F", "M")), grid, strict=True))
    )
    possible = np.ones(grid[0].shape, dtype=bool)
    for sex in SEXES:
        possible &= tried["others", sex] >= 0
    half = 0.5 * 10.0**-decimals
    for (name, sex), value in seen.items():
        if name == "share":
            if not isinstance(value, str):
                part = 100 * tried["count", sex] / np.maximum(tried["whole", sex], 1)
                possible &= (tried["whole", sex] > 0) & (np.abs(part - value) <= half + 1e-9)
        elif value == "färre än 5":
            possible &= tried[name, sex] < LIMIT
        elif isinstance(value, str):
            possible &= tried[name, sex] >= 0
        else:
            possible &= tried[name, sex] == value
    assert possible.any()
    for key, values in tried.items():
        if true[key] < LIMIT:
            assert len(np.unique(values[possible])) >= LIMIT, key
