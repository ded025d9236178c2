"""The decimals that own figure, reference and gap are shown with."""

import polars as pl
import pytest

from ojmf.present.view_columns import shown_decimals
from ojmf.printed import number


@pytest.mark.parametrize(
    ("own", "decimals", "reference", "least", "shown"),
    [
        (0.901, 3, 0.95, 1, ("0,901", "0,950", "−0,049")),
        (87.0, 0, 86.1, 0, ("87,0", "86,1", "+0,9")),
        (86.0, 0, 85.0, 0, ("86", "85", "+1")),
        (86.0, 0, 85.6666, 1, ("86,0", "85,7", "+0,3")),
        (0.9, 1, 0.95, 1, ("0,90", "0,95", "−0,05")),
        (86.0, 0, 85.996, 0, ("86,000", "85,996", "+0,004")),
        (4500.0, -2, 4400.0, 0, ("4\u00a0500", "4\u00a0400", "+100")),
        (2105.0, 0, None, 0, ("2\u00a0105", None, None)),
        (46.3, None, 46.0, 1, ("46,3", "46,0", "+0,3")),
    ],
)
def test_figures_are_shown_as_printed_and_a_gap_is_not_shown_as_none(
    own, decimals, reference, least, shown
):
    row = pl.DataFrame(
        {"own": [own], "own_decimals": [decimals], "reference": [reference]},
        schema={"own": pl.Float64, "own_decimals": pl.Int8, "reference": pl.Float64},
    ).with_columns(gap=pl.col("own") - pl.col("reference"))
    texts = row.select(
        number(pl.col(name), shown_decimals(least), signed=name == "gap").alias(name)
        for name in ("own", "reference", "gap")
    )
    assert texts.row(0) == shown
