"""Files write a figure with the digits that it has, and not with those of arithmetic."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest

from ojmf.present.spreadsheets import WRITERS, to_csv

FIGURES = pl.DataFrame({"figure": [64 - 62.6, 81.3 - 70.6, 1.5e-9, 1e12 / 3, 16 / 23 * 100, None]})
SAID = ["1.4", "10.7", "1.5e-9", "333333333333.3333", "69.565217391", ""]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_difference_has_the_decimals_of_its_figures(suffix: str) -> None:
    lines = WRITERS[suffix](FIGURES.head(5), ()).decode().splitlines()
    assert [line.replace("e-09", "e-9") for line in lines[1:]] == SAID[:5]


def test_so_it_has_in_what_spreadsheets_and_programs_read() -> None:
    lines = to_csv(FIGURES).decode("utf-8-sig").splitlines()
    assert lines[1:3] == ["1,4", "10,7"]
    assert [row["figure"] for row in json.loads(WRITERS[".json"](FIGURES, ()))][:2] == [1.4, 10.7]
    rows = WRITERS[".ndjson"](FIGURES, ()).decode().splitlines()
    assert json.loads(rows[0]) == {"figure": 1.4}
    assert json.loads(rows[5]) == {"figure": None}
    binary = pl.read_parquet(io.BytesIO(WRITERS[".parquet"](FIGURES, ())))
    assert binary["figure"].to_list()[:2] == [1.4, 10.7]
