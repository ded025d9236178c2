"""Compare the countries of a folder with ``ojmf.distributed``, on Sail or on any Spark.

``python tests/unit/distributed/compare_on_spark.py FOLDER`` starts Sail in the same process; with
``--remote sc://HOST:PORT`` it asks a server of Spark Connect, and with ``--master`` Spark itself,
as ``local[2]`` or ``spark://HOST:PORT``. Each folder in FOLDER has what ``made_up.written`` writes,
and gets ``found.parquet``, or ``fault.json`` with the error's name and text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet
from pyspark.sql import SparkSession

from ojmf.distributed import national_gaps


def compared(session: Any, folder: Path) -> None:
    """Compare one country and write what came out beside it."""
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    geography = folder / "geography.parquet"
    try:
        done = national_gaps(
            session.read.parquet(str(folder / "values.parquet")),
            pl.read_parquet(folder / "indicators.parquet"),
            **asked,
            geography=pl.read_parquet(geography) if geography.exists() else None,
        )
        pyarrow.parquet.write_table(done.toArrow(), folder / "found.parquet")
    except Exception as error:  # whatever the engine raises is what is tested
        told = {"error": type(error).__name__, "text": str(error)}
        (folder / "fault.json").write_text(json.dumps(told), encoding="utf-8")


def main() -> None:
    """Compare every country of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--remote", help="a server of Spark Connect")
    parser.add_argument("--master", help="a master of Spark")
    options = parser.parse_args()
    builder = SparkSession.builder
    server = None
    if options.master:
        builder = builder.master(options.master)
    elif options.remote:
        builder = builder.remote(options.remote)
    else:
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        host, port = server.listening_address
        builder = builder.remote(f"sc://{host}:{port}")
    session = builder.getOrCreate()
    for asked in sorted(options.folder.glob("*/asked.json")):
        compared(session, asked.parent)
    session.stop()
    if server is not None:
        server.stop()


if __name__ == "__main__":
    main()
