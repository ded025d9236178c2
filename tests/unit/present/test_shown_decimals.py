"""The decimals that own figure, reference and gap are shown with."""

import polars as pl
import pytest

from ojmf.present.difference_views import women_and_men_view
from ojmf.present.view_columns import shown_decimals, unless_whole
from ojmf.printed import number


@pytest.mark.parametrize(
    ("own", "decimals", "reference", "least", "shown"),
    [
        (0.901, 3, 0.95, 1, ("0,901", "0,950", "−0,049")),
        (87.0, 0, 86.1, 0, ("87,0", "86,1", "+0,9")),
        (86.0, 0, 85.0, 0, ("86", "85", "+1")),
        (86.0, 0, 85.6666, 1, ("86,0", "85,7", "+0,3")),
        (174305.0, 0, 171000.0, 1, ("174\u00a0305", "171\u00a0000", "+3\u00a0305")),
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
    ).with_columns(
        gap=pl.col("own") - pl.col("reference"),
        unit=pl.lit("MSEK"),
        reference_origin=pl.lit("printed"),
    )
    texts = row.select(
        number(pl.col(name), shown_decimals(least), signed=name == "gap").alias(name)
        for name in ("own", "reference", "gap")
    )
    assert texts.row(0) == shown


@pytest.mark.parametrize(
    ("unit", "own", "decimals", "reference", "shown"),
    [
        ("persons", 14297.0, 0, 11243.5, ("14\u00a0297", "11\u00a0243,5", "+3\u00a0053,5")),
        ("persons", 354.0, None, 350.0, ("354", "350", "+4")),
        ("persons", 12.5, 1, 12.0, ("12,5", "12", "+0,5")),
        ("percent", 12.0, 0, 11.0, ("12", "11", "+1")),
    ],
)
def test_a_whole_number_of_persons_has_no_decimals(unit, own, decimals, reference, shown):
    row = pl.DataFrame(
        {"own": [own], "own_decimals": [decimals], "reference": [reference], "unit": [unit]},
        schema_overrides={"own_decimals": pl.Int8},
    ).with_columns(gap=pl.col("own") - pl.col("reference"), reference_origin=pl.lit("printed"))
    texts = row.select(
        number(pl.col(name), unless_whole(name, shown_decimals(1)), signed=name == "gap").alias(
            name
        )
        for name in ("own", "reference", "gap")
    )
    assert texts.row(0) == shown


@pytest.mark.parametrize(
    ("own", "decimals", "reference", "origin", "shown"),
    [
        (50.6, 1, 30.35, "computed", ("30,4", "+20,3")),
        (50.6, 1, 30.35, "printed", ("30,35", "+20,25")),
        (14297.0, 0, 11243.5, "computed", ("11\u00a0244", "+3\u00a0054")),
        (3.5, 1, 3.46, "computed", ("3,46", "+0,04")),
        (3.5, 1, 3.5, "computed", ("3,5", "0,0")),
        (3.5, None, 3.25, "computed", ("3,3", "+0,3")),
        (3.5, 1, None, None, (None, None)),
    ],
)
def test_a_median_is_no_finer_than_the_figure_that_is_printed_beside_it(
    own, decimals, reference, origin, shown
):
    row = pl.DataFrame(
        {
            "own": [own],
            "own_decimals": [decimals],
            "reference": [reference],
            "reference_origin": [origin],
            "unit": ["percent"],
        },
        schema_overrides={
            "own_decimals": pl.Int8,
            "reference": pl.Float64,
            "reference_origin": pl.String,
        },
    ).with_columns(gap=pl.col("own") - pl.col("reference"))
    texts = row.select(
        number(pl.col("reference"), shown_decimals(0)).alias("reference"),
        number(pl.col("gap"), shown_decimals(0), signed=True).alias("gap"),
    )
    assert texts.row(0) == shown


def test_women_and_men_have_the_decimals_that_tell_them_apart() -> None:
    frame = pl.DataFrame(
        {
            "label": ["Andel", "Antal", "Snitt"],
            "unit": ["percent", "persons", "percent"],
            "women": [0.31, 12.0, 3.8],
            "men": [0.32, 9.0, 3.0],
        }
    ).with_columns(gap=pl.col("women") - pl.col("men"))
    shown = {
        column.heading: frame.select(column.text).to_series().to_list()
        for column in women_and_men_view()
        if column.heading in {"Kvinnor", "Män", "Skillnad"}
    }
    assert shown == {
        "Kvinnor": ["0,31", "12", "3,8"],
        "Män": ["0,32", "9", "3,0"],
        "Skillnad": ["−0,01", "+3", "+0,8"],
    }
