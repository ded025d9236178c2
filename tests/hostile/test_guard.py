"""A file that asks for too much, or breaks its reader, ends in one message and exit code 3."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from ojmf.errors import DeclarationError, InputError
from ojmf.ingest import readers
from ojmf.ingest.document import read_extract
from ojmf.ingest.readers import guard, read_file
from ojmf.workspace import Workspace

READERS = """
import ctypes, os, time
from ojmf.errors import InputError
from ojmf.ingest.document import Document

def read(path):
    print("chatter of a library")
    match path.suffix:
        case ".sleeps": time.sleep(60)
        case ".spins":
            while True: pass
        case ".grows":
            held = []
            while True:
                held.append(bytearray(10_000_000)); time.sleep(0.005)
        case ".asks": bytearray(10**13)
        case ".recurses": return read(path)
        case ".raises": raise ValueError("fel i biblioteket\\nrad två")
        case ".refuses": raise InputError(f"{path}: nej tack.")
        case ".exits": os._exit(3)
        case ".crashes": ctypes.string_at(0)
        case ".floods": return Document(str(path), ["x" * 1000] * 200_000, None)
        case ".lies": return Liar()
    return Document(str(path), ["rad ett", "rad två"], None, {1: "sida 1"})

class Liar:
    lines = ()
    def __reduce__(self):
        return os.system, ("exit 1",)
"""


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "made_up_reader.py").write_text(READERS, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setenv(guard.SECONDS_VARIABLE, "2")
    monkeypatch.setenv(guard.MEGABYTES_VARIABLE, "300")
    return lambda name: guard.read_guarded(tmp_path / name, "made_up_reader")


def test_a_document_comes_back_as_the_reader_gave_it(guarded) -> None:
    document = guarded("prov.fine")
    assert (list(document.lines), document.places) == (["rad ett", "rad två"], {1: "sida 1"})


@pytest.mark.parametrize(
    ("suffix", "why"),
    [
        ("sleeps", "efter 2 sekunder"),
        ("spins", "efter 2 sekunder"),
        ("grows", "över 300 MB minne"),
        ("asks", "över 300 MB minne"),
        ("recurses", "skadad"),
        ("raises", "skadad och kan inte läsas (fel i biblioteket)"),
        ("refuses", "nej tack."),
        ("exits", "avbröts, kod 3"),
        ("crashes", "avbröts, kod"),
        ("floods", "200 miljoner tecken"),
    ],
)
def test_what_goes_wrong_is_one_message_with_the_file_and_what_to_do(guarded, suffix, why) -> None:
    with pytest.raises(InputError) as error:
        guarded(f"prov.{suffix}")
    assert f"prov.{suffix}: " in str(error.value)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_a_child_that_was_taken_over_runs_nothing_here(guarded) -> None:
    with pytest.raises(InputError, match="system"):
        guarded("prov.lies")


@pytest.mark.parametrize("text", ["", "0", "-1", "tio", "1e3"])
def test_a_limit_that_is_no_number_is_not_used(monkeypatch, text) -> None:
    monkeypatch.setenv(guard.SECONDS_VARIABLE, text)
    assert guard.limit(guard.SECONDS_VARIABLE, guard.SECONDS) == guard.SECONDS


def test_every_format_but_text_is_read_in_a_process_of_its_own(tmp_path, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(readers, "read_guarded", lambda path, module: asked.append(module))
    for suffix, reader in readers.READERS.items():
        monkeypatch.setattr(readers, "check_content", lambda path, suffix, known: None)
        path = tmp_path / f"fil{suffix}"
        path.write_text("text\n", encoding="utf-8")
        read_file(path)
        plain = reader in {"delimited", "text"}
        assert (asked.pop() if asked else None) == (
            None if plain else f"ojmf.ingest.readers.{reader}"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among the files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path) -> None:
    os.mkfifo(tmp_path / "ror.txt")
    with pytest.raises(InputError, match=r"ror\.txt: ingen vanlig fil"):
        read_file(tmp_path / "ror.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes or sockets among the files")
@pytest.mark.parametrize("kind", ["pipe", "socket", "loop"])
def test_a_workspace_with_a_strange_file_says_so(tmp_path, monkeypatch, kind) -> None:
    for folder in ("indicators", "sources/a"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "data")
    if kind == "pipe":
        os.mkfifo("sources/a/source.toml")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("sources/a/source.toml")
    else:
        Path("sources/a/source.toml").symlink_to("source.toml")
    with pytest.raises(DeclarationError, match=r"source\.toml: (ingen vanlig fil|länken leder)"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize("number", ["300000000", "5000001", "9" * 5000, "0"])
def test_a_line_number_that_no_document_has_is_refused(tmp_path, number) -> None:
    path = tmp_path / "extract.txt"
    path.write_text(f"1\tett\n{number}\ttvå\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"extract\.txt rad 2: väntade ett stigande radnummer"):
        read_extract(path, "prov")
