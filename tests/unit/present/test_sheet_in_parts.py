"""A sheet whose rows are given in parts."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.errors import OutputError
from ojmf.present import spreadsheets
from ojmf.present.spreadsheets import to_workbook


def test_frames_one_after_the_other_are_one_sheet() -> None:
    frame = pl.DataFrame({"a": [f"text {n}" for n in range(9)], "b": [float(n) for n in range(9)]})
    parts = [frame.head(1), frame.slice(1, 0), frame.slice(1, 5), frame.slice(6)]
    assert to_workbook({"A": parts}) == to_workbook({"A": [frame]})


def test_more_rows_than_a_sheet_has_room_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 4)
    assert to_workbook({"A": [pl.DataFrame({"a": [1, 2, 3]})]})
    with pytest.raises(OutputError, match="rymmer under rubrikerna"):
        to_workbook({"A": [pl.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [3, 4]})]})
