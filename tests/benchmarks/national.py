"""Measure status and gap of every figure in the country, beside the obvious alternatives.

Run ``python tests/benchmarks/national.py --help`` for the size. Each way runs in a process of
its own, so that its peak memory is its own; a library that is not installed is skipped and said.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ojmf.compare.national import national_gaps

SEED = 20240831
DUCKDB = "duckdb"
SEXES = ("K", "M", "T")


def synthesise(
    folder: Path, municipalities: int, indicators: int, years: int, sexes: int, patchy: bool
) -> int:
    """Write one Parquet file per year under ``folder`` and return the number of rows.

    A patchy country lacks one municipality in ten for each indicator, another tenth each year, and
    every indicator starts and ends in a year of its own.
    """
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
    indicator = np.repeat(np.arange(indicators), sexes * municipalities)
    first, last = np.sort(random.integers(0, years, (2, indicators)), axis=0)
    rows = 0
    for year in range(years):
        path = folder / "country" / f"year={2000 + year}"
        path.mkdir(parents=True)
        value = np.round(random.normal(50, 15, keys.height), 1)
        value[random.random(keys.height) < 0.03] = np.nan
        frame = keys.with_columns(pl.Series("value", value, nan_to_null=True))
        if patchy:
            there = random.random((indicators, 1, municipalities)) >= 0.1
            runs = (first[indicator] <= year) & (year <= last[indicator])
            kept = np.broadcast_to(there, (indicators, sexes, municipalities)).reshape(-1)
            frame = frame.filter(pl.Series(kept & runs))
        frame.write_parquet(path / "0.parquet")
        rows += frame.height
    polarity = [("higher", "lower")[number % 2] for number in range(indicators)]
    pl.DataFrame({"indicator_id": names, "polarity": polarity}).with_columns(
        fewest=1
    ).write_parquet(folder / "indicators.parquet")
    return rows


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("country/year=*/*.parquet"))


def plain_read(folder: Path) -> float:
    """Only read the columns: what no way can be faster than."""
    return sum(float(pl.read_parquet(path)["value"].sum()) for path in files(folder))


def ours(folder: Path) -> float:
    """``national_gaps`` of the lazy folder, a year at a time."""
    indicators = pl.read_parquet(folder / "indicators.parquet")
    country = pl.scan_parquet(folder / "country" / "**" / "*.parquet", hive_partitioning=True)
    done = national_gaps(country, indicators, partition="year")
    return _total(done)


def ours_of_a_store(folder: Path) -> float:
    """The same of the folder as a table in Delta Lake, as a shared store is."""
    indicators = pl.read_parquet(folder / "indicators.parquet")
    country = pl.scan_delta(str(folder / "country"))
    done = national_gaps(country, indicators, partition="year")
    return _total(done)


def _total(done: pl.LazyFrame) -> float:
    sums = done.select(pl.col("gap_county", "gap_national").sum(), pl.col("status").count())
    return float(sums.collect()["gap_county"][0])


def polars_streaming(folder: Path) -> float:
    """Polars groups joined to the long frame, year by year, on the streaming engine."""
    indicators = pl.scan_parquet(folder / "indicators.parquet")
    group = ["indicator_id", "sex"]
    value = pl.col("value")
    total = 0.0
    for path in files(folder):
        county = pl.col("geo").cast(pl.String).str.head(2).cast(pl.Categorical)
        rows = pl.scan_parquet(path).with_columns(county.alias("county"))
        country = rows.group_by(group).agg(
            value.mean().alias("mean"),
            value.quantile(0.25, "linear").alias("lower"),
            value.quantile(0.75, "linear").alias("upper"),
        )
        polarity = indicators.select(pl.col("indicator_id").cast(pl.Categorical), "polarity")
        references = (
            rows.group_by([*group, "county"])
            .agg(value.median().alias("median"))
            .join(country, on=group)
            .join(polarity, on="indicator_id")
        )
        higher = pl.col("polarity") == "higher"
        top, bottom = value >= pl.col("upper"), value <= pl.col("lower")
        total += _total(
            rows.join(references, on=[*group, "county"]).select(
                (value - pl.col("median")).alias("gap_county"),
                (value - pl.col("mean")).alias("gap_national"),
                pl.when(value.is_null())
                .then(pl.lit("grey"))
                .when(pl.when(higher).then(top).otherwise(bottom))
                .then(pl.lit("green"))
                .when(pl.when(higher).then(bottom).otherwise(top))
                .then(pl.lit("red"))
                .otherwise(pl.lit("yellow"))
                .alias("status"),
            )
        )
    return total


def duckdb_sql(folder: Path) -> float:
    """DuckDB in SQL, year by year."""
    duckdb = importlib.import_module(DUCKDB)

    query = """
        with rows as (
            select indicator_id as i, sex as s, left(geo, 2) as c, value as v
            from read_parquet($year)),
        country as (
            select i, s, avg(v) as mean, quantile_cont(v, [0.25, 0.75]) as limits
            from rows group by i, s),
        county as (select i, s, c, median(v) as median from rows group by all),
        polarity as (
            select indicator_id as i, polarity = 'higher' as higher from read_parquet($indicators)),
        done as (
            select v - median as gap_county, v - mean as gap_national,
                   case when v is null then 'grey'
                        when v >= limits[2] then if(higher, 'green', 'red')
                        when v <= limits[1] then if(higher, 'red', 'green')
                        else 'yellow' end as status
            from rows join country using (i, s) join county using (i, s, c)
            join polarity using (i))
        select sum(gap_county), sum(gap_national), count(status) from done
    """
    indicators = str(folder / "indicators.parquet")
    total = 0.0
    for path in files(folder):
        found = duckdb.execute(query, {"year": str(path), "indicators": indicators}).fetchone()
        total += float(found[0]) if found else 0.0
    return total


def pandas_groups(folder: Path) -> float:
    """Pandas group transforms, year by year."""
    pd = importlib.import_module("pandas")

    polarity = pd.read_parquet(folder / "indicators.parquet").set_index("indicator_id")["polarity"]
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
        higher = (frame["indicator_id"].map(polarity) == "higher").to_numpy()
        top, bottom = frame["value"] >= upper, frame["value"] <= lower
        best, worst = np.where(higher, top, bottom), np.where(higher, bottom, top)
        frame["status"] = np.select(
            [frame["value"].isna(), best, worst], ["grey", "green", "red"], "yellow"
        )
        total += float(frame["gap_county"].sum())
    return total


WAYS: dict[str, tuple[Callable[[Path], float], str | None]] = {
    "plain read": (plain_read, None),
    "ojmf": (ours, None),
    "ojmf, store": (ours_of_a_store, "deltalake"),
    "polars, streaming": (polars_streaming, None),
    "DuckDB": (duckdb_sql, DUCKDB),
    "pandas": (pandas_groups, "pandas"),
}


def measured(name: str, folder: Path) -> tuple[float, float, float, float]:
    """The sum of the gaps (a check), seconds, those of the processors, and peak memory in MB.

    The last two are of this process.
    """
    start, used = time.perf_counter(), time.process_time()
    total = WAYS[name][0](folder)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    try:
        import resource
    except ImportError:
        return total, seconds, used, float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return total, seconds, used, peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def as_table(folder: Path) -> None:
    """Let the files be a table in Delta Lake too: a log beside them, and nothing copied."""
    deltalake = importlib.import_module("deltalake")
    year = deltalake.schema.Field("year", "long")
    deltalake.convert_to_deltalake(
        str(folder / "country"),
        partition_by=deltalake.Schema([year]),
        partition_strategy="hive",
    )


def on_spark(python: str, folder: Path, *words: str) -> list[float]:
    """What ``national_on_spark.py`` prints in another environment."""
    root = Path(__file__).resolve().parents[2]
    program = Path(__file__).with_name("national_on_spark.py")
    ran = subprocess.run(
        [python, program, folder, *words],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return [float(number) for number in json.loads(ran.stdout.splitlines()[-1])]


def main() -> None:
    """Write the data, run every way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=290)
    parser.add_argument("--indicators", type=int, default=300)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--sexes", type=int, default=3, choices=(1, 2, 3))
    parser.add_argument(
        "--patchy",
        action="store_true",
        help="leave out municipalities, and let indicators start and end",
    )
    parser.add_argument("--only", nargs="*", help="measure only these ways")
    parser.add_argument("--sail", metavar="PYTHON", help="an interpreter with pysail")
    parser.add_argument("--spark", metavar="PYTHON", help="an interpreter with pyspark, and Java")
    parser.add_argument("--master", default="local[2]", help="the master that Spark is given")
    given = parser.parse_args()
    size = [given.municipalities, given.indicators, given.years, given.sexes, given.patchy]
    context = multiprocessing.get_context("spawn")

    def alone(work: Callable[..., Any], *arguments: Any) -> Any:
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            return pool.submit(work, *arguments).result()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Not in this process: a child's peak memory starts at what its parent holds.
        rows = alone(synthesise, folder, *size)
        print(f"{rows:,} rows")
        if importlib.util.find_spec("deltalake") is not None:
            alone(as_table, folder)
        head = f"{'way':<20} {'seconds':>8} {'CPU s':>8} {'peak MB':>8} {'rows/s':>12}"
        print(f"{head} {'sum of gaps':>14}")

        def show(way: str, total: float, seconds: float, used: float, peak: float) -> None:
            told = f"{way:<20} {seconds:8.2f} {used:8.2f} {peak:8.0f} {rows / seconds:12,.0f}"
            print(f"{told} {total:14.1f}", flush=True)

        for way, (_, library) in WAYS.items():
            if given.only is not None and way not in given.only:
                continue
            if library and importlib.util.find_spec(library) is None:
                print(f"{way:<20} not installed, skipped")
                continue
            show(way, *alone(measured, way, folder))
        engines = {"Sail": (given.sail, ()), "Spark": (given.spark, ("--master", given.master))}
        for way, (python, words) in engines.items():
            if python is None:
                print(f"{way:<20} no interpreter given, skipped")
                continue
            total, starting, first, warm, used, peak = on_spark(python, folder, *words)
            show(way, total, warm, used, peak)
            print(f"{'':<20} start {starting:.2f} s, the first query {first:.2f} s")


if __name__ == "__main__":
    main()
