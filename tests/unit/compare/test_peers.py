"""A municipality among its peers: the median of the others, rank and quarter."""

from __future__ import annotations

import polars as pl

from ojmf import compare
from ojmf.declarations.registers import PEERS
from tests.unit.compare import frames

CATALOGUE = frames.indicators(
    [{"area_id": "a", "indicator_id": "x", "name": "X", "method": "quartile", "unit": "SEK"}]
)
GROUP = pl.DataFrame(
    [("g", "Liknande", "0184", member) for member in ("0180", "0117", "0381")],
    schema=PEERS,
    orient="row",
)


def test_the_reference_is_the_median_of_the_others_which_one_odd_peer_does_not_move() -> None:
    figures = {"0184": 5.0, "0180": 1.0, "0117": 2.0, "0381": 90.0}
    cells = [
        {"area_id": "a", "indicator_id": "x", "geo": geo, "value": value, "unit": "SEK", "line": 1}
        for geo, value in figures.items()
    ]
    row = compare.peer_places(frames.observations(cells), CATALOGUE, GROUP, "0184", "g")
    assert row.select("median", "gap", "rank", "compared", "members").rows() == [
        (2.0, 3.0, 2, 4, 4)
    ]
