"""A store is read by programs that know nothing of ojmf, at any version."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

pytest.importorskip("deltalake", reason="the extra store is not installed")

from deltalake import DeltaTable

from ojmf.schema import OBSERVATIONS
from ojmf.store.publishing import publish
from ojmf.store.table import Store
from tests.unit.store.frames import figures, imported

ROOT = Path(__file__).resolve().parents[3]
SAIL = ROOT / ".venv-sail" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
ON_SAIL = """
import sys
import pyarrow.parquet
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
host, port = server.listening_address
session = SparkSession.builder.remote(f"sc://{host}:{port}").getOrCreate()
uri, version, target = sys.argv[1:]
table = session.read.format("delta").option("versionAsOf", int(version)).load(uri)
pyarrow.parquet.write_table(table.toArrow(), target)
"""


def by_deltalake(uri: Path, version: int) -> pl.DataFrame:
    found = pl.from_arrow(DeltaTable(str(uri), version=version).to_pyarrow_table())
    assert isinstance(found, pl.DataFrame)
    return found


def by_duckdb(uri: Path, version: int) -> pl.DataFrame:
    """The files that the log names: DuckDB's own extension is fetched when it is first used."""
    duckdb = importlib.import_module("duckdb")
    files = DeltaTable(str(uri), version=version).file_uris()
    query = "SELECT * FROM read_parquet($files, hive_partitioning = true)"
    found = duckdb.sql(query, params={"files": files}).to_arrow_table()
    frame = pl.from_arrow(found)
    assert isinstance(frame, pl.DataFrame)
    return frame


def by_sail(uri: Path, version: int) -> pl.DataFrame:
    program, target = uri.parent / "on_sail.py", uri.parent / "found.parquet"
    program.write_text(ON_SAIL, encoding="utf-8")
    words: list[str | Path] = [SAIL, program, uri, str(version), target]
    ran = subprocess.run(words, capture_output=True, check=False, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return pl.read_parquet(target)


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize(
    "read",
    [
        by_deltalake,
        pytest.param(
            by_duckdb,
            marks=pytest.mark.skipif(
                importlib.util.find_spec("duckdb") is None, reason="duckdb is not installed"
            ),
        ),
        pytest.param(
            by_sail,
            marks=pytest.mark.skipif(
                not SAIL.exists(), reason="Sail has no environment: python3 dev.py sail makes it"
            ),
        ),
    ],
)
def test_every_row_is_the_same(
    tmp_path: Path, read: Callable[[Path, int], pl.DataFrame], version: int
) -> None:
    uri = tmp_path / "lager"
    given: list[tuple[str, dict[int, float | None]]] = [
        ("a", {2022: None, 2023: 10.0, 2024: -0.5}),
        ("b", {2024: 7.0}),
        ("a", {2022: 1.0, 2023: 10.0, 2024: 0.25}),
    ]
    for source_id, values in given:
        rows = figures(source_id, values)
        publish(str(uri), imported(rows, source_id), rows)
    key = ["source_id", "line"]
    found = read(uri, version).sort(key)
    assert found["year"].cast(pl.Int64).equals(found["period_end"].dt.year().cast(pl.Int64))
    expected = Store.open(str(uri), str(version)).read().sort(key)
    assert_frame_equal(
        found.select(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items()), expected
    )
