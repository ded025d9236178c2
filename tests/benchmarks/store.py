"""Measure ``ojmf gaps`` of one municipality from a shared store of the whole country.

    python -m tests.benchmarks.store        3,000 indicators, 25 years: 65 million figures
    python -m tests.benchmarks.store --years 2 --indicators 300

One import a year is published beside a new workspace, where counts under five persons are held
back: 290 municipalities × indicators × 3 sexes. Seconds, those of the processor and the peak memory
are told, of the first command on a version, which looks for small numbers, and of a later one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ojmf.schema import OBSERVATIONS
from ojmf.store.publishing import publish
from ojmf.workspace import Workspace
from tests.benchmarks.small_numbers import measured
from tests.unit.store.frames import imported

SEED = 20260630


def fill(uri: Path, root: Path, indicators: int, years: int) -> int:
    """Publish the country year by year; the number of figures."""
    workspace = Workspace.open(root)
    random = np.random.default_rng(SEED)
    declared = workspace.indicators.filter(pl.col("kind") != "answer").select(
        "indicator_id", "area_id", "unit"
    )
    names = [f"land.n{number:05d}" for number in range(indicators - declared.height)]
    others = pl.DataFrame({"indicator_id": names, "area_id": "land", "unit": "percent"})
    geos = workspace.geography.filter(level="municipality").select(geo="code")
    keys = (
        geos.sort("geo")
        .join(pl.concat([declared, others]), how="cross")
        .join(pl.DataFrame({"sex": ["_T", "F", "M"]}), how="cross")
    )
    for year in range(2025 - years, 2025):
        value = pl.Series(np.round(random.normal(50, 15, keys.height), 1))
        rows = keys.with_columns(
            value=value,
            raw=value.cast(pl.String).str.replace(".", ",", literal=True),
            source_id=pl.lit(f"land-{year}"),
            document=pl.lit(f"Landet {year}"),
            line=pl.int_range(1, keys.height + 1),
            place=pl.lit("rad 1"),
            decimals=pl.lit(1),
            scenario=pl.lit("outcome"),
            period_start=pl.lit(date(year, 1, 1)),
            period_end=pl.lit(date(year, 12, 31)),
            period_kind=pl.lit("year"),
            obs_status=pl.lit("A"),
        )
        lacking = [pl.lit(None).alias(name) for name in OBSERVATIONS if name not in rows.columns]
        rows = rows.with_columns(lacking).select(
            pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items()
        )
        told = imported(rows.head(1), f"land-{year}")
        told = replace(told, figures=rows.height, geos=tuple(geos["geo"]), content=f"{year}")
        publish(str(uri), told, rows)
    return keys.height * years


def main() -> None:
    """Print a row per command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", type=int, default=3000)
    parser.add_argument("--years", type=int, default=25)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, uri, cache = (Path(folder) / name for name in ("arbetsyta", "lager", "cache"))
        made = [sys.executable, "-m", "ojmf", "init", str(root), "--smallest", "5", "--quiet"]
        subprocess.run(made, check=True)
        # Not in this process: a child's peak memory starts at what its parent holds.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            rows = alone.submit(fill, uri, root, asked.indicators, asked.years).result()
        print(f"{rows:,} figures")
        print("| command | seconds | CPU s | peak MB |\n| --- | ---: | ---: | ---: |")
        for name in ("first", "later"):
            start = time.perf_counter()
            words = ("gaps", "--kommun", "0114", "--store", str(uri))
            used, memory = measured(root, cache, *words)
            seconds = time.perf_counter() - start
            print(f"| gaps, {name} | {seconds:.2f} | {used:.2f} | {memory} |")


if __name__ == "__main__":
    main()
