"""A report is read again where anything that its observations follow from has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import ojmf
from ojmf.caches import cache_folder
from ojmf.ingest import remembered, source
from ojmf.workspace import Workspace
from tests.unit.ingest.builder import CATALOGUE, HEAD

TABLE = """
[[table]]
id = "svar"
layout = "grid"
kind = "oj-answers"
title = "Svar"
area = "a"
header = ["Fråga", "Svar", "Kommentar"]
columns = [
  { label = "Fråga", content = "label" },
  { label = "Svar", content = "answer", period = "2024", unit = "answer" },
  { label = "Kommentar", content = "comment" },
]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OJMF_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "work"
    folder = root / "data" / "sources" / "prov"
    folder.mkdir(parents=True)
    (root / "data" / "indicators").mkdir()
    (root / "data" / "indicators" / "a.toml").write_text(CATALOGUE, encoding="utf-8")
    (root / "data" / "geography.csv").write_text(
        "code,name,level,county_code\n9999,Askeby,municipality,99\n99,Provlän,county,\n00,Riket,country,\n",
        encoding="utf-8",
    )
    (folder / "source.toml").write_text(HEAD.format(zeros="0" * 64) + TABLE, encoding="utf-8")
    (folder / "extract.txt").write_text(
        "1\tSvar\n3\tFråga\tSvar\tKommentar\n4\tFörsta frågan\tJA\t[…]\n5\tAndra frågan\tNEJ\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that have been read, in turn."""
    ids: list[str] = []
    ingest_source: Callable[..., source.IngestedDocument] = source.ingest_source

    def counting(declarations: Workspace, source_id: str) -> source.IngestedDocument:
        ids.append(source_id)
        return ingest_source(declarations, source_id)

    monkeypatch.setattr(source, "ingest_source", counting)
    return ids


def observed(root: Path) -> pl.DataFrame:
    return Workspace.open(root).observations()


def test_what_has_not_changed_is_not_read_twice(root: Path, read: list[str]) -> None:
    first = observed(root)
    again = Workspace.open(root)
    assert again.observations().equals(first)
    assert again.observations().schema == first.schema
    assert again.comments().rows() == [("prov", 4, 4)]
    assert read == ["prov"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sources/prov/extract.txt", "NEJ", "JA"),
        ("sources/prov/source.toml", 'period = "2024"', 'period = "2023"'),
        ("indicators/a.toml", "polarity", "# \npolarity"),
        ("geography.csv", "Askeby", "Björkby"),
    ],
)
def test_what_has_changed_is_read_again(
    root: Path, read: list[str], name: str, old: str, new: str
) -> None:
    observed(root)
    path = root / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    observed(root)
    assert len(read) == 2


def test_other_code_reads_again(
    root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    observed(root)
    other = tmp_path / "ojmf"
    shutil.copytree(Path(ojmf.__file__).parent / "ingest", other / "ingest")
    monkeypatch.setattr(ojmf, "__file__", str(other / "__init__.py"))
    observed(root)
    assert len(read) == 2


def test_what_changed_after_it_was_opened_is_not_remembered(root: Path, read: list[str]) -> None:
    """The declarations of an open workspace are older than the file: what they give is not kept."""
    opened = Workspace.open(root)
    path = root / "data" / "sources" / "prov" / "source.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('2024"', '2023"'), encoding="utf-8")
    old = opened.observations()
    new = observed(root)
    assert old["period_end"][0].year == 2024
    assert new["period_end"][0].year == 2023
    assert len(read) == 2


@pytest.mark.parametrize("damage", [b"", b"x" * 200, None])
def test_a_damaged_file_is_read_past(root: Path, read: list[str], damage: bytes | None) -> None:
    first = observed(root)
    (kept,) = cache_folder("observations").rglob("*.parquet")
    content = bytearray(kept.read_bytes())
    content[-20] ^= 1
    kept.write_bytes(bytes(content) if damage is None else damage)
    assert observed(root).equals(first)
    assert len(read) == 2


def test_one_file_is_kept_of_a_workspace(root: Path) -> None:
    path = root / "data" / "sources" / "prov" / "extract.txt"
    for answer in ("JA", "DELVIS", "NEJ"):
        path.write_text(f"1\tSvar\n3\tFråga\tSvar\tKommentar\n4\tFörsta frågan\t{answer}\n")
        observed(root)
    assert len(list(cache_folder("observations").rglob("*.parquet"))) == 1


def test_a_cache_that_cannot_be_written_stops_nothing(root: Path, read: list[str]) -> None:
    cache_folder("observations").parent.mkdir()
    cache_folder("observations").write_text("en fil")
    assert observed(root).equals(observed(root))
    assert len(read) == 2


def test_all_code_that_reads_an_extract_is_known(root: Path) -> None:
    """A module outside the patterns could change what is read, and nobody would know."""
    script = (
        "import sys, pathlib, ojmf\n"
        "from ojmf.workspace import Workspace\n"
        "Workspace.open(sys.argv[1]).observations()\n"
        "home = pathlib.Path(ojmf.__file__).parent\n"
        "for name, module in sorted(sys.modules.items()):\n"
        "    if name.partition('.')[0] == 'ojmf' and module.__file__:\n"
        "        print(pathlib.Path(module.__file__).relative_to(home).as_posix())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(ojmf.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    home = Path(ojmf.__file__).parent
    known = {p.relative_to(home).as_posix() for p in remembered._files(home, remembered._CODE)}
    loaded = set(done.stdout.split())
    assert "ingest/layouts/tabbed.py" in loaded
    assert loaded <= known
