"""Several who write a store at once, one that is killed, and a disk that is full."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("deltalake", reason="the extra store is not installed")

from ojmf.store.table import Store

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from ojmf.errors import OjmfError
from ojmf.store.publishing import publish
from tests.unit.store.frames import figures, imported
uri, first, *names = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for name in names:
    rows = figures(name, {year: float(first) for year in range(2015, 2025)})
    try:
        publish(uri, imported(rows, name, first), rows)
        print("done", flush=True)
    except OjmfError as error:
        print(error.exit_code, error, flush=True)
"""


def writers(uri: Path, given: list[tuple[str, ...]]) -> list[subprocess.Popen[str]]:
    """Processes that have loaded everything and begin at a line of input."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(uri), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**environment, "PYTHONIOENCODING": "utf-8"},
        )
        for words in given
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    return started


def answers(started: list[subprocess.Popen[str]]) -> list[str]:
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    told = [one.communicate(timeout=180) for one in started]
    assert [error for _, error in told if error] == []
    return [line for text, _ in told for line in text.splitlines()]


def test_twelve_imports_by_six_processes_lose_nothing(tmp_path):
    uri = tmp_path / "lager"
    told = answers(writers(uri, [(str(n), f"a{n}", f"b{n}") for n in range(6)]))
    assert told == ["done"] * 12
    store = Store.open(str(uri))
    assert store.version == 12
    assert sorted(store.imports) == sorted(f"{letter}{n}" for letter in "ab" for n in range(6))
    counted = store.read().group_by("source_id", "value").len().sort("source_id").rows()
    assert counted == [(f"{letter}{n}", float(n), 10) for letter in "ab" for n in range(6)]


def test_of_six_that_replace_the_same_import_each_is_there_whole_or_told(tmp_path):
    uri = tmp_path / "lager"
    answers(writers(uri, [("9", "a"), ("8", "b")]))
    told = answers(writers(uri, [(str(n), "a") for n in range(6)]))
    done = told.count("done")
    assert done >= 1
    assert all(line.startswith("8 ") and "samtidigt av" in line for line in told if line != "done")
    store = Store.open(str(uri))
    assert store.version == 2 + done
    rows = store.read()
    assert rows.group_by("source_id").len().sort("source_id").rows() == [("a", 10), ("b", 10)]
    (value,) = rows.filter(source_id="a")["value"].unique()
    assert store.imports["a"].by == str(int(value))


def test_a_writer_that_is_killed_leaves_the_last_version_whole(tmp_path):
    uri = tmp_path / "lager"
    answers(writers(uri, [("9", "a")]))
    chance = random.Random(7)
    for number in range(8):
        (one,) = writers(uri, [(str(number), "a")])
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
        time.sleep(chance.uniform(0, 0.15))
        one.kill()
        one.communicate()
        rows = Store.open(str(uri)).read()
        assert rows.height == 10
        assert rows["value"].n_unique() == 1
    assert answers(writers(uri, [("77", "a")])) == ["done"]
    assert Store.open(str(uri)).read()["value"].unique().to_list() == [77.0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_published(tmp_path):
    uri = tmp_path / "lager"
    answers(writers(uri, [("9", "a")]))
    code = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from ojmf.errors import OutputError
from ojmf.store.publishing import publish
from tests.unit.store.frames import figures, imported
rows = figures("a", {year: 5.0 for year in range(2015, 2025)})
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    publish(sys.argv[1], imported(rows, "a"), rows)
except OutputError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(uri)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "PYTHONIOENCODING": "utf-8",
        },
        timeout=120,
    )
    assert "större än en fil får bli" in done.stdout or "disken är full" in done.stdout
    assert Store.open(str(uri)).read()["value"].unique().to_list() == [9.0]
