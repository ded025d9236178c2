"""Measure ``ojmf.distributed.national_gaps`` of the country that ``national.py`` writes.

It runs in an environment that has pyspark: Sail in the same process, or Spark itself with
``--master local[2]`` or ``spark://HOST:PORT``. Prints JSON: the sum of the gaps, the seconds until
the session is there, of the first query and of the same again, the processors' seconds of that one
and the peak memory in MB of this process, which is Sail's too (Spark has processes of its own).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import polars as pl
from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812

from ojmf.distributed import national_gaps


def total(session: Any, folder: Path, form: str) -> float:
    """The sum of the gaps to the counties, as the other ways print it."""
    country = session.read.format(form).load(str(folder / "country"))
    indicators = pl.read_parquet(folder / "indicators.parquet")
    done = national_gaps(country, indicators, partition="year")
    sums = done.select(F.sum("gap_county"), F.sum("gap_national"), F.count("status")).collect()
    return float(sums[0][0])


def main() -> None:
    """Start the engine, ask it twice and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--master")
    options = parser.parse_args()
    start = time.perf_counter()
    if options.master:
        builder = SparkSession.builder.master(options.master)
    else:
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        host, port = server.listening_address
        builder = SparkSession.builder.remote(f"sc://{host}:{port}")
    session = builder.getOrCreate()
    session.range(1).count()
    times = [time.perf_counter()]
    for _ in range(2):
        used = time.process_time()
        # Sail reads no categories of Arrow; the table says that they are text.
        found = total(session, options.folder, "parquet" if options.master else "delta")
        times.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    starting, first, warm = times[0] - start, times[1] - times[0], times[2] - times[1]
    print(json.dumps([found, starting, first, warm, time.process_time() - used, peak]))
    session.stop()


if __name__ == "__main__":
    main()
