"""A store in a bucket: what is published there, by several at once, and without the right to."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import polars as pl
import pytest

pytest.importorskip("deltalake", reason="the extra store is not installed")
pytest.importorskip("moto", reason="moto, which plays S3, is not installed")
pytest.importorskip("flask_cors", reason="what moto's server needs is not installed")

from ojmf.errors import InputError, OutputError
from ojmf.store.publishing import publish
from ojmf.store.table import Store
from tests.unit.store.frames import figures, imported

URI = "s3://hink/lager"


@contextmanager
def serving(log: Path, **settings: str) -> Iterator[str]:
    """The address of a server that plays S3, with an empty bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    # In a process of its own: the library that asks it holds on to the interpreter meanwhile.
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=out, stderr=out, env={**os.environ, **settings}
        ) as server,
    ):
        try:
            for _ in range(600):
                try:
                    urlopen(Request(f"http://127.0.0.1:{port}/hink", method="PUT")).close()
                    break
                except (ConnectionError, HTTPError, OSError):
                    assert server.poll() is None, log.read_text(encoding="utf-8")
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def given(patch: pytest.MonkeyPatch, address: str) -> None:
    """The environment that tells of a bucket and a key."""
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "nyckel",
        "AWS_SECRET_ACCESS_KEY": "hemlig",
        "AWS_REGION": "us-east-1",
    }.items():
        patch.setenv(name, value)


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with serving(tmp_path / "server.log") as address:
        given(monkeypatch, address)
        yield address


def put(source_id: str, values: dict[int, float | None]) -> int | None:
    rows = figures(source_id, values)
    return publish(URI, imported(rows, source_id), rows).version


def test_what_is_published_in_a_bucket_is_read_as_it_is_and_was(bucket):
    assert put("a", {2023: 10.0, 2024: 20.0}) == 1
    assert put("b", {2024: 7.0}) == 2
    assert put("a", {2023: 10.0, 2024: 21.0}) == 3
    assert put("a", {2023: 10.0, 2024: 21.0}) is None
    assert Store.open(URI).read()["value"].to_list() == [10.0, 21.0, 7.0]
    assert Store.open(URI, "1").read()["value"].to_list() == [10.0, 20.0]
    late = Store.open(URI).read(pl.col("period_end").dt.year() == 2024)
    assert late["value"].to_list() == [21.0, 7.0]
    with pytest.raises(InputError, match="här finns inget lager"):
        Store.open("s3://hink/annat")
    with pytest.raises(InputError, match="hinken finns inte"):
        Store.open("s3://ingen/lager")


def test_several_who_publish_in_a_bucket_at_once_lose_nothing(bucket):
    put("first", {2024: 1.0})
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: put(f"p{number}", {2024: float(number)}), range(6)))
    assert sorted(version for version in made if version) == list(range(2, 8))
    assert sorted(Store.open(URI).read()["value"]) == [0.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_a_bucket_that_refuses_the_key_is_told(tmp_path, monkeypatch):
    # The bucket is made by the one request that needs no key.
    with serving(tmp_path / "server.log", INITIAL_NO_AUTH_ACTION_COUNT="1") as address:
        given(monkeypatch, address)
        with pytest.raises(OutputError, match="lagret nekar åtkomst"):
            put("a", {2024: 1.0})
        with pytest.raises(InputError, match="lagret nekar åtkomst"):
            Store.open(URI)
