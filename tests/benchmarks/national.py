"""Measure status and gap of every figure in the country, beside the obvious alternatives.

Run ``python tests/benchmarks/national.py --help`` for the size. Each way runs in a process of
its own, so that its peak memory is its own; a library that is not installed is skipped and said.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl

from ojmf.compare.national import national_gaps

SEED = 20240831
DUCKDB = "duckdb"
SEXES = ("K", "M", "T")


def synthesise(folder: Path, municipalities: int, indicators: int, years: int, sexes: int) -> int:
    """Write one Parquet file per year under ``folder`` and return the number of rows."""
    random = np.random.default_rng(SEED)
    counties = [f"{1 + county:02d}" for county in range(21)]
    geos = sorted(f"{counties[i % 21]}{i // 21:02d}" for i in range(municipalities))
    names = [f"N{number:05d}" for number in range(indicators)]
    keys = (
        pl.DataFrame({"indicator_id": names})
        .join(pl.DataFrame({"sex": SEXES[:sexes]}), how="cross")
        .join(pl.DataFrame({"geo": geos}), how="cross")
        .with_columns(pl.col(pl.String).cast(pl.Categorical))
    )
    for year in range(2000, 2000 + years):
        path = folder / f"year={year}"
        path.mkdir(parents=True)
        value = np.round(random.normal(50, 15, keys.height), 1)
        value[random.random(keys.height) < 0.03] = np.nan
        keys.with_columns(pl.Series("value", value, nan_to_null=True)).write_parquet(
            path / "0.parquet"
        )
    polarity = [("higher", "lower")[number % 2] for number in range(indicators)]
    pl.DataFrame({"indicator_id": names, "polarity": polarity}).write_parquet(
        folder / "indicators.parquet"
    )
    return keys.height * years


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("year=*/*.parquet"))


def plain_read(folder: Path) -> float:
    """Only read the columns: what no way can be faster than."""
    return sum(float(pl.read_parquet(path)["value"].sum()) for path in files(folder))


def ours(folder: Path) -> float:
    """``national_gaps``, year by year."""
    indicators = pl.read_parquet(folder / "indicators.parquet")
    return sum(
        float(national_gaps(pl.read_parquet(path), indicators)["gap_county"].sum())
        for path in files(folder)
    )


def polars_long(folder: Path) -> float:
    """Polars windows over the long frame, year by year."""
    indicators = pl.read_parquet(folder / "indicators.parquet")
    group = ["indicator_id", "sex"]
    total = 0.0
    for path in files(folder):
        frame = pl.read_parquet(path).with_columns(pl.col("indicator_id").cast(pl.String))
        value = pl.col("value")
        limits = frame.join(indicators, on="indicator_id").with_columns(
            pl.col("geo").cast(pl.String).str.head(2).alias("county"),
            value.quantile(0.25, "linear").over(group).alias("lower"),
            value.quantile(0.75, "linear").over(group).alias("upper"),
            value.mean().over(group).alias("national"),
        )
        done = limits.with_columns(
            (value - value.median().over([*group, "county"])).alias("gap_county"),
            (value - pl.col("national")).alias("gap_national"),
            pl.when(value >= pl.col("upper"))
            .then(pl.lit("green"))
            .when(value <= pl.col("lower"))
            .then(pl.lit("red"))
            .otherwise(pl.lit("yellow"))
            .alias("status"),
        )
        total += float(done["gap_county"].sum())
    return total


def duckdb_sql(folder: Path) -> float:
    """DuckDB in SQL, year by year."""
    duckdb = importlib.import_module(DUCKDB)

    query = """
        with rows as (
            select indicator_id::varchar as i, sex::varchar as s, geo::varchar as g, value as v
            from read_parquet(?)),
        country as (
            select i, s, avg(v) as mean, quantile_cont(v, 0.25) as lower,
                   quantile_cont(v, 0.75) as upper
            from rows group by i, s),
        county as (select i, s, left(g, 2) as c, median(v) as mid from rows group by all),
        done as (
            select v - mid as gap_county, v - mean as gap_national,
                   case when v >= upper then 'green' when v <= lower then 'red'
                        else 'yellow' end as status
            from rows join country using (i, s)
            join county on county.i = rows.i and county.s = rows.s and county.c = left(rows.g, 2))
        select sum(gap_county), sum(gap_national), count(status) from done
    """
    total = 0.0
    for path in files(folder):
        row = duckdb.execute(query, [str(path)]).fetchone()
        total += float(row[0]) if row else 0.0
    return total


def pandas_groups(folder: Path) -> float:
    """Pandas group transforms, year by year."""
    pd = importlib.import_module("pandas")

    group = ["indicator_id", "sex"]
    total = 0.0
    for path in files(folder):
        frame = pd.read_parquet(path)
        frame["county"] = frame["geo"].astype(str).str[:2].astype("category")
        by_country = frame.groupby(group, observed=True)["value"]
        lower, upper = (by_country.transform("quantile", p) for p in (0.25, 0.75))
        by_county = frame.groupby([*group, "county"], observed=True)["value"]
        frame["gap_county"] = frame["value"] - by_county.transform("median")
        frame["gap_national"] = frame["value"] - by_country.transform("mean")
        frame["status"] = np.select(
            [frame["value"] >= upper, frame["value"] <= lower], ["green", "red"], "yellow"
        )
        total += float(frame["gap_county"].sum())
    return total


WAYS: dict[str, tuple[Callable[[Path], float], str | None]] = {
    "plain read": (plain_read, None),
    "ojmf": (ours, None),
    "polars, long frame": (polars_long, None),
    "DuckDB": (duckdb_sql, DUCKDB),
    "pandas": (pandas_groups, "pandas"),
}


def measured(name: str, folder: Path) -> tuple[float, float, float]:
    """The sum of the gaps (a check), the seconds and the peak memory in MB of this process."""
    start = time.perf_counter()
    total = WAYS[name][0](folder)
    seconds = time.perf_counter() - start
    try:
        import resource
    except ImportError:
        return total, seconds, float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return total, seconds, peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Write the data, run every way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=290)
    parser.add_argument("--indicators", type=int, default=300)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--sexes", type=int, default=3, choices=(1, 2, 3))
    size = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = synthesise(folder, size.municipalities, size.indicators, size.years, size.sexes)
        print(f"{rows:,} rows")
        print(f"{'way':<20} {'seconds':>8} {'peak MB':>8} {'rows/s':>12} {'sum of gaps':>14}")
        for way, (_, library) in WAYS.items():
            if library and importlib.util.find_spec(library) is None:
                print(f"{way:<20} not installed, skipped")
                continue
            with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
                total, seconds, peak = pool.submit(measured, way, folder).result()
            speed = rows / seconds
            print(f"{way:<20} {seconds:8.2f} {peak:8.0f} {speed:12,.0f} {total:14.1f}")


if __name__ == "__main__":
    main()
