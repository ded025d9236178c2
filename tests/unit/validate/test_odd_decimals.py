"""Figures with other decimals than their column."""

import polars as pl
import pytest

from ojmf.printed import decimals, figure
from ojmf.validate.odd_decimals import usual_decimals

SHARE = {"source_id": "prov", "heading": "", "table": "Svar", "column_label": "Länet"}
SHARE |= {"unit": "percent", "scenario": "share"}
TEN = [str(n) for n in range(20, 30)]
TENTHS = [f"{n},5" for n in range(9)]


def told(*raws: str) -> dict[str, int]:
    rows = [SHARE | {"raw": raw} for raw in raws]
    raw = pl.col("raw")
    frame = pl.DataFrame(rows).with_columns(value=figure(raw), decimals=decimals(raw))
    found = frame.with_columns(usual=usual_decimals()).drop_nulls("usual")
    return dict(found.select("raw", "usual").iter_rows())


@pytest.mark.parametrize(
    ("raws", "wanted"),
    [
        ([*TEN, "4,3"], {"4,3": 0}),
        ([*TEN, "0,43"], {"0,43": 0}),
        ([*TENTHS, "2,0", "43"], {"43": 1}),
        # A spreadsheet leaves the zero out, and a nought may be printed in any way.
        ([*TENTHS, "43"], {}),
        ([*TENTHS, "2,0", "0"], {}),
        ([*TEN, "0,0"], {}),
        # Too few to say how the column is printed, or not printed in one way.
        ([*TEN[:7], "4,3"], {}),
        ([*TEN, "4,3", "5,1"], {}),
        ([*TEN, ""], {}),
    ],
)
def test_a_figure_that_alone_has_other_decimals_is_told(raws, wanted):
    assert told(*raws) == wanted


def test_other_columns_and_units_say_nothing_of_a_figure():
    rows = [*(SHARE | {"raw": raw} for raw in TEN), SHARE | {"raw": "4,3", "unit": "MSEK"}]
    raw = pl.col("raw")
    frame = pl.DataFrame(rows).with_columns(value=figure(raw), decimals=decimals(raw))
    assert frame.select(usual_decimals())["decimals"].null_count() == len(rows)
