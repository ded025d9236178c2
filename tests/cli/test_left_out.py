"""What a comparison of answers alone leaves out is said, with where it is shown."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.cli.comparing import tell_of_left_out
from ojmf.workspace import Workspace

ROWS = pl.DataFrame({"method": ["answer"]})


def test_measures_that_are_left_out_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    workspace = Workspace.open()
    figures = workspace.observations().filter(pl.col("value").is_not_null(), geo="0184")
    amount = figures.filter(pl.col("answer").is_null())["indicator_id"].n_unique()
    assert amount > 1
    tell_of_left_out(workspace, ["0184"], ROWS, "Se dem där.", quiet=False)
    assert capsys.readouterr().err == f"{amount} mått med uppgifter är inte med. Se dem där.\n"
    tell_of_left_out(workspace, ["0184"], ROWS, "Se dem där.", quiet=True)
    tell_of_left_out(workspace, ["0100"], ROWS, "Se dem där.", quiet=False)
    tell_of_left_out(
        workspace, ["0184"], ROWS.with_columns(method=pl.lit("change")), "", quiet=False
    )
    assert not capsys.readouterr().err
