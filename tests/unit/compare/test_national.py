"""The dense table gives what the long frame gives, whatever the rows look like."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojmf.compare import national
from ojmf.compare.against import resolve_against
from ojmf.compare.members import computed
from ojmf.compare.national import national_gaps
from ojmf.compare.national.terms import ADDED
from ojmf.compare.quarters import quartiles
from ojmf.errors import SelectionError

INDICATORS = pl.DataFrame(
    {"indicator_id": ["a", "b", "c"], "polarity": ["higher", "lower", "neutral"]}
)
BY = ["indicator_id", "sex"]
FIGURES = st.lists(st.one_of(st.none(), st.integers(-20, 20).map(float)), min_size=1, max_size=61)


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


def years(tmp_path: Path, *, first: int = 2020) -> pl.LazyFrame:
    """Three years of Parquet files; the indicator a ends, c starts, a municipality comes late."""
    for number, kept in enumerate(("a b", "a b c", "b c")):
        year = country([3.0, None, 1.0, 2.0 + number, 7.0]).filter(
            pl.col("indicator_id").is_in(kept.split()), (pl.col("geo") != "2509") | (number == 2)
        )
        path = tmp_path / f"year={first + number}"
        path.mkdir()
        year.with_columns(note=pl.lit("x")).write_parquet(path / "0.parquet")
    return pl.scan_parquet(tmp_path / "year=*" / "*.parquet", hive_partitioning=True)


def _enough(counted: pl.Expr, members: pl.Expr) -> pl.Expr:
    """At least three or all of them, and half of them."""
    return (counted >= pl.min_horizontal(3, members)) & (counted * 2 >= members)


def agrees_with_groups(values: pl.DataFrame, done: pl.DataFrame) -> None:
    """Assert that the result is that of windows over the long frame and of ``quartiles``."""
    county = pl.col("geo").str.head(2)
    own = pl.col("value").fill_nan(None)
    expected = values.with_columns(
        pl.when(_enough(own.count().over([*BY, county]), pl.col("geo").n_unique().over(county)))
        .then(own.median().over([*BY, county]))
        .alias("county_reference"),
        pl.when(_enough(own.count().over(BY), pl.col("geo").n_unique()))
        .then(own.median().over(BY))
        .alias("national_reference"),
    ).with_columns(
        (own - pl.col("county_reference")).alias("gap_county"),
        (own - pl.col("national_reference")).alias("gap_national"),
    )
    assert done.select(values.columns).equals(values)
    for name in ("county_reference", "national_reference", "gap_county", "gap_national"):
        assert done[name].is_null().equals(expected[name].is_null())
        assert done[name].to_list() == pytest.approx(expected[name].to_list(), nan_ok=False)
    coloured = quartiles(values.join(INDICATORS, on="indicator_id"), BY).collect()
    key = [*BY, "geo"]
    beside = done.join(coloured, on=key, suffix="_long", nulls_equal=True, maintain_order="left")
    assert beside.height == values.height
    assert beside["status"].cast(pl.String).equals(beside["status_long"], check_names=False)


@given(FIGURES, st.integers(0, 100), st.sampled_from([0.0, 0.1, 0.6]))
def test_rows_in_any_order_and_with_holes(
    figures: list[float | None], seed: int, missing: float
) -> None:
    values = country(figures).sample(fraction=1 - missing, shuffle=True, seed=seed)
    agrees_with_groups(values, national_gaps(values, INDICATORS))


@given(FIGURES, st.sampled_from([0.0, 0.1, 0.6]), st.integers(1, 200))
def test_sorted_rows_in_blocks_of_any_size(
    figures: list[float | None], missing: float, rows: int
) -> None:
    values = country(figures).sample(fraction=1 - missing, seed=rows).sort(*BY, "geo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(national, "_ROWS_AT_A_TIME", rows)
        agrees_with_groups(values, national_gaps(values, INDICATORS))


@pytest.mark.parametrize("order", [["geo", *BY], ["sex", "geo", "indicator_id"]])
def test_rows_sorted_by_municipality(order: list[str]) -> None:
    values = country([3.0, None, 1.0, 2.0, 7.0]).sort(order)
    agrees_with_groups(values, national_gaps(values, INDICATORS))


def test_every_group_in_the_same_order_but_not_sorted() -> None:
    geos = country([1.0])["geo"].unique(maintain_order=True).to_list()
    random.Random(3).shuffle(geos)
    values = country([3.0, None, 1.0, 2.0, 7.0]).sort(
        *BY, pl.col("geo").replace_strict(geos, range(len(geos)))
    )
    agrees_with_groups(values, national_gaps(values, INDICATORS))


@pytest.mark.parametrize("kept", ["all", "some"])
def test_categories_and_enums_give_the_same_as_strings(kept: str) -> None:
    values = country([3.0, None, 1.0, 2.0, 7.0])
    if kept == "some":
        values = values.sample(fraction=0.8, seed=1)
    strings = national_gaps(values, INDICATORS).select(ADDED.names())
    categories = values.with_columns(pl.col(pl.String).cast(pl.Categorical))
    enums = values.with_columns(
        pl.col(name).cast(pl.Enum(values[name].unique().sort(descending=True)))
        for name in ("indicator_id", "sex", "geo")
    )
    for same in (categories, enums):
        assert national_gaps(same, INDICATORS).select(ADDED.names()).equals(strings)


def test_a_group_without_a_sex_is_a_group_of_its_own() -> None:
    values = country([3.0, None, 1.0, 2.0, 7.0, 4.0, 4.5])
    values = values.with_columns(pl.when(pl.col("sex") == "K").then(pl.lit("K")).alias("sex"))
    alike = national_gaps(values.with_columns(pl.col("sex").fill_null("M")), INDICATORS)
    done = national_gaps(values, INDICATORS)
    assert done.select(ADDED.names()).equals(alike.select(ADDED.names()))
    assert done["sex"].null_count() == values.height / 2


def test_missing_figures_count_in_nothing() -> None:
    values = country([1.0, float("nan"), None, 4.0])
    agrees_with_groups(values, national_gaps(values, INDICATORS))
    none = national_gaps(country([None]), INDICATORS)
    assert none.select(ADDED.names()[:-1]).null_count().row(0) == (none.height,) * 4
    assert set(none["status"]) == {"grey"}


def test_a_county_without_figures_has_no_median() -> None:
    values = country([1.0, 2.0]).with_columns(
        pl.when(pl.col("geo").str.head(2) != "03").then(pl.col("value")).alias("value")
    )
    done = national_gaps(values, INDICATORS).filter(pl.col("geo") == "0301")
    assert done["county_reference"].is_null().all()
    assert done["national_reference"].drop_nulls().len() == done.height


def test_a_negative_zero_is_an_ordinary_one() -> None:
    values = country([-0.0])
    done = national_gaps(values, INDICATORS)
    assert str(done["gap_county"][0]) == str(done["gap_national"][0]) == "0.0"


def test_an_undeclared_indicator_has_gaps_but_no_colour() -> None:
    done = national_gaps(country([1.0, 2.0, 3.0]), INDICATORS.head(0))
    assert done["gap_county"].null_count() == 0
    assert set(done["status"]) == {"grey"}


def test_whole_numbers_are_figures_too() -> None:
    values = country([1.0, 2.0, 3.0])
    whole = values.with_columns(pl.col("value").cast(pl.Int32))
    added = ADDED.names()
    assert (
        national_gaps(whole, INDICATORS)
        .select(added)
        .equals(national_gaps(values, INDICATORS).select(added))
    )


def test_two_figures_for_the_same_cell_are_refused() -> None:
    values = country([1.0])
    with pytest.raises(SelectionError, match="flera uppgifter"):
        national_gaps(pl.concat([values, values.head(1)]), INDICATORS)


def test_two_years_without_a_partition_are_refused() -> None:
    values = country([1.0])
    with pytest.raises(SelectionError, match="flera uppgifter"):
        national_gaps(pl.concat([values, values]).sort(*BY, "geo"), INDICATORS)


@pytest.mark.parametrize("geo", ["00", "01", "0000", "0001", "018X"])
def test_a_row_of_no_municipality_is_refused(geo: str) -> None:
    values = country([1.0])
    other = values.head(1).with_columns(pl.lit(geo).alias("geo"))
    with pytest.raises(SelectionError, match=f"”{geo}” är ingen kommun"):
        national_gaps(pl.concat([values, other]), INDICATORS)


def test_a_row_without_a_municipality_is_refused() -> None:
    values = country([1.0])
    other = values.head(1).with_columns(pl.lit(None, pl.String).alias("geo"))
    with pytest.raises(SelectionError, match="saknar kommun"):
        national_gaps(pl.concat([values, other]), INDICATORS)


def test_an_empty_year_is_an_empty_result() -> None:
    done = national_gaps(country([1.0]).clear(), INDICATORS)
    assert done.is_empty()
    assert done.schema == {**country([1.0]).schema, **ADDED}


def test_a_lazy_folder_is_compared_year_by_year(tmp_path: Path) -> None:
    lazy = years(tmp_path)
    done = national_gaps(lazy, INDICATORS, partition="year")
    assert isinstance(done, pl.LazyFrame)
    assert done.collect_schema() == {**lazy.collect_schema(), **ADDED}
    rows = done.collect()
    for year, part in lazy.collect().partition_by("year", as_dict=True).items():
        agrees_with_groups(part, rows.filter(pl.col("year") == year[0]))
    assert rows.height == lazy.select(pl.len()).collect().item()


@pytest.mark.parametrize("engine", ["streaming", "in-memory"])
def test_a_query_gets_what_it_asks_for(tmp_path: Path, engine: str) -> None:
    lazy = national_gaps(years(tmp_path), INDICATORS, partition="year")
    everything = lazy.collect()
    late = pl.col("year") > 2020
    red = pl.col("status") == "red"
    queries = [
        (lazy.filter(late), everything.filter(late)),
        (lazy.filter(late, red), everything.filter(late, red)),
        (lazy.filter(pl.col("geo") == "0103"), everything.filter(pl.col("geo") == "0103")),
        (lazy.head(7), everything.head(7)),
        (lazy.head(7).filter(late), everything.head(7).filter(late)),
        (lazy.filter(late).head(7), everything.filter(late).head(7)),
        (lazy.tail(7), everything.tail(7)),
        (lazy.slice(300, 7), everything.slice(300, 7)),
        (lazy.select("gap_county"), everything.select("gap_county")),
        (lazy.filter(late).select("note").head(3), everything.filter(late).select("note").head(3)),
        (lazy.select(pl.len()), everything.select(pl.len())),
    ]
    for query, expected in queries:
        assert query.collect(engine=engine).equals(expected)  # type: ignore[call-overload]


def test_years_that_are_filtered_out_are_not_read(tmp_path: Path) -> None:
    lazy = national_gaps(years(tmp_path), INDICATORS, partition="year")
    (tmp_path / "year=2020" / "0.parquet").write_bytes(b"PAR1 no more")
    assert lazy.filter(pl.col("year") == 2021).collect().height > 0


def test_a_lazy_fault_says_so_when_collected(tmp_path: Path) -> None:
    lazy = national_gaps(years(tmp_path), INDICATORS)
    with pytest.raises(SelectionError, match="flera uppgifter"):
        lazy.collect()


def test_the_result_can_be_written_part_by_part(tmp_path: Path) -> None:
    lazy = national_gaps(years(tmp_path), INDICATORS, partition="year")
    lazy.sink_parquet(tmp_path / "gaps.parquet")
    assert pl.read_parquet(tmp_path / "gaps.parquet").equals(lazy.collect())


def test_a_result_can_be_compared_again() -> None:
    once = national_gaps(country([3.0, None, 1.0]), INDICATORS)
    assert national_gaps(once, INDICATORS).equals(once)


def test_decimals_are_figures_too() -> None:
    values = country([1.0, 2.0, 3.5])
    exact = values.with_columns(pl.col("value").cast(pl.Decimal(10, 1)))
    added = ADDED.names()
    assert (
        national_gaps(exact, INDICATORS)
        .select(added)
        .equals(national_gaps(values, INDICATORS).select(added))
    )


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(SelectionError, match="kolumnen sex saknas"):
        national_gaps(country([1.0]).drop("sex"), INDICATORS)
    with pytest.raises(SelectionError, match="kolumnen year saknas"):
        national_gaps(country([1.0]).lazy(), INDICATORS, partition="year")
    done = national_gaps(
        country([1.0]).filter(sex="K").drop("sex"), INDICATORS, by=["indicator_id"]
    )
    assert done.height == 90


def test_figures_that_are_not_finite_are_missing() -> None:
    values = country([1.0, 2.0, None, 4.0, 5.5, 3.0, 7.0])
    infinite = values.with_columns(pl.col("value").fill_null(float("inf")))
    added = ADDED.names()
    assert (
        national_gaps(infinite, INDICATORS)
        .select(added)
        .equals(national_gaps(values, INDICATORS).select(added))
    )


def test_a_grouping_without_the_indicator_is_refused() -> None:
    for by in ([], ["sex"]):
        with pytest.raises(SelectionError, match="indicator_id saknas i by"):
            national_gaps(country([1.0]), INDICATORS, by=by)


def test_many_keys_take_no_more_room_than_their_groups() -> None:
    keys = [f"key{number}" for number in range(5)]
    values = pl.DataFrame(
        {
            "indicator_id": [f"i{number % 500}" for number in range(3_000)],
            "geo": [f"01{number % 30:02d}" for number in range(3_000)],
            "value": [float(number % 7) for number in range(3_000)],
        }
    ).with_columns(
        ((pl.int_range(3_000) * (7919 + number)) % 1000).alias(key)
        for number, key in enumerate(keys)
    )
    by = ["indicator_id", *keys]
    few = values.select(
        pl.col("indicator_id").unique(), polarity=pl.lit("neutral"), statistic=pl.lit("mean")
    ).with_columns(fewest=1)
    done = national_gaps(values, few, by=by)
    mean = values.with_columns(pl.col("value").mean().over(by))["value"]
    assert done["national_reference"].to_list() == pytest.approx(mean.to_list())


@given(FIGURES, st.sampled_from([0.0, 0.4]), st.integers(0, 50), st.sampled_from([None, 1, 8]))
def test_the_references_are_those_that_the_commands_compute(
    figures: list[float | None], missing: float, seed: int, fewest: int | None
) -> None:
    statistics = ("median", "mean", "weighted", "sum")
    values = pl.concat(
        country(figures).filter(indicator_id="a").with_columns(indicator_id=pl.lit(name))
        for name in statistics
    ).sample(fraction=1 - missing, seed=seed)
    values = values.with_columns(weight=(pl.col("geo").cast(pl.Int64) % 4).cast(pl.Float64))
    catalogue = pl.DataFrame({"indicator_id": statistics, "statistic": statistics}).with_columns(
        polarity=pl.lit("neutral"), fewest=pl.lit(fewest, pl.Int64)
    )
    places = country([1.0]).select(code=pl.col("geo").unique())
    geography = places.with_columns(
        name="code", level=pl.lit("municipality"), county_code=pl.col("code").str.head(2)
    )
    done = national_gaps(values, catalogue, geography=geography)
    against = resolve_against(["lan", "riket"], geography["code"].to_list(), geography)
    references = computed(
        values.join(catalogue, on="indicator_id").filter(pl.col("value").is_not_null()),
        BY,
        against,
    )
    for place, name in ((pl.col("geo").str.head(2), "county"), (pl.lit("00"), "national")):
        beside = done.with_columns(reference_geo=place).join(
            references, on=[*BY, "reference_geo"], how="left", maintain_order="left"
        )
        assert beside[f"{name}_reference"].to_list() == pytest.approx(beside["computed"].to_list())


def test_a_weighted_mean_needs_its_weights() -> None:
    weighted = INDICATORS.with_columns(statistic=pl.lit("weighted"))
    with pytest.raises(SelectionError, match="kolumnen weight saknas"):
        national_gaps(country([1.0]), weighted)


def test_a_query_that_ends_early_leaves_nothing_behind(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lazy = national_gaps(years(tmp_path), INDICATORS, partition="year")
    for _ in range(5):
        assert lazy.filter(pl.col("gap_county") > 0).head(1).collect().height == 1
    assert capfd.readouterr().err == ""
