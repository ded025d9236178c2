"""The dense array gives what the long frame gives."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.compare.national import national_gaps
from ojmf.compare.quartiles import quartiles
from ojmf.errors import SelectionError

INDICATORS = pl.DataFrame(
    {"indicator_id": ["a", "b", "c"], "polarity": ["higher", "lower", "neutral"]}
)
BY = ["indicator_id", "sex"]


def country(figures: list[float | None]) -> pl.DataFrame:
    """30 municipalities in three counties, the figures dealt out in turn."""
    keys = [
        (indicator, sex, f"{county}{number:02d}")
        for indicator in "abc"
        for sex in "KM"
        for county in ("01", "03", "25")
        for number in range(10)
    ]
    rows = [(*key, figures[i % len(figures)]) for i, key in enumerate(keys)]
    return pl.DataFrame(
        rows,
        schema={"indicator_id": pl.String, "sex": pl.String, "geo": pl.String, "value": pl.Float64},
        orient="row",
    )


@given(
    st.lists(st.one_of(st.none(), st.integers(-20, 20).map(float)), min_size=1, max_size=61),
    st.integers(0, 100),
)
def test_it_agrees_with_groups_over_the_long_frame(figures: list[float | None], seed: int) -> None:
    values = country(figures).sample(fraction=0.9, shuffle=True, seed=seed)
    dense = national_gaps(values, INDICATORS)
    county = pl.col("geo").str.head(2)
    long = values.with_columns(
        pl.col("value").median().over([*BY, county]).alias("median"),
        pl.col("value").mean().over(BY).alias("mean"),
    )
    own = pl.col("value")
    expected = long.select((own - pl.col("median")).alias("c"), (own - pl.col("mean")).alias("n"))
    for name, reference in (("gap_county", expected["c"]), ("gap_national", expected["n"])):
        assert dense[name].is_null().equals(reference.is_null())
        assert dense[name].drop_nulls().to_list() == pytest.approx(reference.drop_nulls().to_list())
    coloured = quartiles(values.join(INDICATORS, on="indicator_id"), BY).collect()
    beside = dense.join(coloured, on=[*BY, "geo"], suffix="_long")
    assert beside.height == values.height
    assert beside["status"].equals(beside["status_long"])


def test_categorical_columns_give_the_same_as_strings() -> None:
    values = country([3.0, None, 1.0, 2.0, 7.0])
    categories = values.with_columns(pl.col(pl.String).cast(pl.Categorical))
    added = ["county_median", "national_mean", "gap_county", "gap_national", "status"]
    assert (
        national_gaps(categories, INDICATORS)
        .select(added)
        .equals(national_gaps(values, INDICATORS).select(added))
    )


def test_two_figures_for_the_same_cell_are_refused() -> None:
    values = country([1.0])
    with pytest.raises(SelectionError, match="flera uppgifter"):
        national_gaps(pl.concat([values, values.head(1)]), INDICATORS)


def test_an_empty_year_is_an_empty_result() -> None:
    assert national_gaps(country([1.0]).clear(), INDICATORS).is_empty()
