"""Time ten rules: the Polars engine on a Parquet scan, Polars alone, other libraries, GX on pandas.

    python -m tests.benchmarks.gx_engine            10**4 and 10**6 rows
    python -m tests.benchmarks.gx_engine --large    also 10**7 rows

Every run has a process of its own, so that its peak memory is its own; the seconds leave imports
out, and the best of four runs counts. The ratio is to Polars alone. A library that is not installed
(dataframely, pandera, pointblank) is left out and said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from tests.benchmarks.validation_libraries import KEY, KINDS, LIBRARIES

ROUTES = ("raw polars", "engine BASIC", "engine COMPLETE", *LIBRARIES, "pandas BASIC")


def _rule(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": f"expect_{kind}", "kwargs": kwargs}


RULES = [
    _rule("column_values_to_not_be_null", column="municipality"),
    _rule("column_values_to_match_regex", column="municipality", regex="^[0-9]{4}$"),
    _rule("column_value_lengths_to_equal", column="municipality", value=4),
    _rule("column_values_to_be_in_set", column="kind", value_set=KINDS),
    _rule("column_values_to_be_between", column="year", min_value=2000, max_value=2030),
    _rule("column_values_to_be_between", column="share", min_value=0, max_value=100),
    _rule("column_values_to_not_be_null", column="share", mostly=0.9),
    _rule("column_pair_values_a_to_be_greater_than_b", column_A="high", column_B="low"),
    _rule("compound_columns_to_be_unique", column_list=KEY),
    _rule("table_row_count_to_be_between", min_value=1),
]


def write_data(path: Path, rows: int) -> None:
    """Eight columns, of which two in a million rows are out of range and one in 20 is missing."""
    n = pl.int_range(rows, eager=True)
    low = (n * 7919) % 1000 / 10
    frame = pl.DataFrame(
        {
            "id": n,
            "municipality": (100 + n % 290).cast(pl.String).str.zfill(4),
            "year": 2000 + n % 25,
            "low": low,
            "high": low + 1,
        }
    ).with_columns(
        kind=pl.lit(pl.Series(KINDS)).gather(pl.col("id") % 3),
        share=pl.when(pl.col("id") % 20 == 0)
        .then(None)
        .when(pl.col("id") % 500_000 == 1)
        .then(101.0)
        .otherwise(pl.col("low")),
    )
    frame.write_parquet(path)


def run_raw(path: Path) -> Callable[[], Any]:
    """The same ten checks as one streaming select and one group-by."""
    scan = pl.scan_parquet(path)
    code, share, low, high = (pl.col(c) for c in ("municipality", "share", "low", "high"))
    select = scan.select(
        code.is_null().sum().alias("missing"),
        (~code.str.contains("^[0-9]{4}$")).sum().alias("pattern"),
        (code.str.len_chars() != 4).sum().alias("length"),
        (~pl.col("kind").is_in(KINDS)).sum().alias("kind"),
        (~pl.col("year").is_between(2000, 2030)).sum().alias("year"),
        (~share.is_between(0, 100)).sum().alias("range"),
        share.is_null().sum().alias("no share"),
        (high <= low).sum().alias("order"),
        pl.len(),
    )
    twins = scan.group_by(KEY).agg(pl.len().alias("n")).filter(pl.col("n") > 1)
    return lambda: pl.collect_all([select, twins.select(pl.col("n").sum())], engine="streaming")


def run_engine(path: Path, level: Any) -> Callable[[], Any]:
    """The engine on a scan."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    from ojmf.validate import gx_polars

    suite = ExpectationSuite(name="ten", expectations=RULES)
    index = KEY if level == "COMPLETE" else []
    return lambda: gx_polars.validate(path, suite, level=level, index_columns=index)


def run_pandas(path: Path) -> Callable[[], Any]:
    """GX's engine for pandas on a frame that is in memory already."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    from ojmf.validate import gx_polars

    suite = ExpectationSuite(name="ten", expectations=RULES)
    frame = pl.read_parquet(path).to_pandas()
    asset = gx_polars.context().data_sources.add_pandas("pandas").add_dataframe_asset("frame")

    def run() -> Any:
        batch = asset.get_batch(asset.build_batch_request({"dataframe": frame}))
        return batch.validate(suite, result_format="BASIC")

    return run


def measure(route: str, path: Path) -> dict[str, float]:
    """Seconds of the best of four runs, and the peak memory of this process in MB."""
    kind, _, level = route.partition(" ")
    prepare: dict[str, Callable[[], Callable[[], Any]]] = {
        **{name: partial(run, path) for name, (_, run) in LIBRARIES.items()},
        "raw": lambda: run_raw(path),
        "engine": lambda: run_engine(path, level),
        "pandas": lambda: run_pandas(path),
    }
    prepared = prepare[kind]()
    with PeakMemory() as peak:
        seconds = []
        for _run in range(4):
            start = time.perf_counter()
            prepared()
            seconds.append(time.perf_counter() - start)
    return {"seconds": min(seconds), "megabytes": peak.megabytes}


class PeakMemory:
    """The resident memory of this process, sampled while the block runs; nan where unknown."""

    def __init__(self) -> None:
        self.megabytes = float("nan")
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        statm = Path("/proc/self/statm")
        if not statm.exists():
            return
        self.megabytes = 0.0
        while not self._done.wait(0.005):
            pages = int(statm.read_text(encoding="ascii").split()[1])
            self.megabytes = max(self.megabytes, pages * 4096 / 1e6)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def main() -> None:
    """Print one table row per route and size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--large", action="store_true", help="also 10**7 rows")
    parser.add_argument("--route", choices=ROUTES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.route:
        print(json.dumps(measure(arguments.route, arguments.data)))
        return
    print(f"{'rows':>12}  {'route':<16} {'seconds':>8} {'ratio':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (10**4, 10**6, *([10**7] if arguments.large else [])):
            path = Path(folder) / f"{rows}.parquet"
            write_data(path, rows)
            raw = 0.0
            for route in ROUTES:
                if route in LIBRARIES and find_spec(LIBRARIES[route][0]) is None:
                    print(f"{rows:>12,}  {route:<16} not installed")
                    continue
                module = ["-m", "tests.benchmarks.gx_engine"]
                command = [sys.executable, *module, "--route", route, "--data", str(path)]
                done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
                found = json.loads(done.stdout)
                raw = raw or found["seconds"]
                ratio = found["seconds"] / raw
                print(
                    f"{rows:>12,}  {route:<16} {found['seconds']:>8.3f} {ratio:>7.1f}"
                    f" {found['megabytes']:>8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
