"""What other systems ask, as far as it can be tried on any: names of files, locks, open files."""

from __future__ import annotations

import errno
import itertools
import os
import sys
import types
from pathlib import Path, PurePath

import pytest

from ojmf import output
from ojmf.declarations import is_file_id
from ojmf.errors import OutputError
from ojmf.output import locked, write_files, write_folder
from tests.portable import faults, files

ROOT = Path(__file__).resolve().parents[2]
OURS = (".ci", ".github", "data", "docs", "expectations", "notebooks", "src", "tests")


def test_every_file_of_the_repository_can_be_on_every_system() -> None:
    kept = itertools.chain.from_iterable(
        (PurePath(name) / path for path in files(ROOT / name)) for name in OURS
    )
    assert faults(kept) == []


@pytest.mark.parametrize("text", ["solna-2024", "a.b", "7", "console", "com", "lpt10x"])
def test_an_id_that_can_name_a_file(text: str) -> None:
    assert is_file_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "Solna", "söder", "a b", "a/b", "a.", "-a", ".a", "con", "nul.2024", "com1", "a" * 101],
)
def test_an_id_that_can_name_no_file_somewhere(text: str) -> None:
    assert not is_file_id(text)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can't let two folders change places in one step."""
    monkeypatch.setattr(output, "_exchanged", lambda one, other: False)


def test_a_folder_is_replaced_in_two_steps(tmp_path: Path, elsewhere: None) -> None:
    folder = tmp_path / "ut"
    write_folder(folder, {"a.csv": b"old", "b.csv": b"kept"})
    write_folder(folder, {"a.csv": b"new"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "a.csv": b"new",
        "b.csv": b"kept",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_folder_with_an_open_file_stays_as_it_was(
    tmp_path: Path, elsewhere: None, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Windows renames no folder of which a program holds a file."""
    folder = tmp_path / "ut"
    write_folder(folder, {"a.csv": b"old"})
    rename, steps = Path.rename, itertools.count(1)

    def held(self: Path, target: Path) -> Path:
        if next(steps) == step:
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OutputError, match="öppen i ett annat program"):
        write_folder(folder, {"a.csv": b"new"})
    assert (folder / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_a_lock_of_windows_lets_one_write_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: set[int] = set()
    closed: list[int] = []

    def locking(handle: int, mode: int, size: int) -> None:
        if held.difference(closed):
            raise PermissionError(errno.EACCES, "Permission denied")
        held.add(handle)

    close = os.close

    def closing(handle: int) -> None:
        closed.append(handle)
        close(handle)

    monkeypatch.setattr(os, "close", closing)
    monkeypatch.setattr(sys, "platform", "win32")
    module = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", module)
    monkeypatch.setattr(output, "PATIENCE", 0.1)
    with locked(tmp_path / "ut.csv"), pytest.raises(OutputError, match="av en annan körning"):
        write_files({tmp_path / "annan.csv": b"new"})
    held.clear()
    write_files({tmp_path / "annan.csv": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["annan.csv"]
