"""Writing files: all or none, and a reason when it cannot be done."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import polars as pl
import pytest

from ojmf.errors import OutputError
from ojmf.output import explain, write_files
from ojmf.present.spreadsheets import WRITERS, to_csv


def test_files_are_made_with_their_folders_and_replaced(tmp_path: Path) -> None:
    first, second = tmp_path / "a/b/one", tmp_path / "two"
    second.write_bytes(b"old")
    write_files({first: b"1", second: b"2"})
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "one", "two"]


def test_one_that_cannot_be_written_keeps_all_as_they_were(tmp_path: Path) -> None:
    kept, taken = tmp_path / "kept", tmp_path / "taken"
    kept.write_bytes(b"old")
    taken.mkdir()
    with pytest.raises(OutputError, match="en mapp"):
        write_files({kept: b"new", tmp_path / "other": b"new", taken: b"new"})
    assert kept.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "taken"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_files({link: b"new"})
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_others_may_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_files({tmp_path / "file": b""})
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_protected_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "protected"
    path.write_bytes(b"old")
    real = Path.open

    def protected(self: Path, mode: str = "r", **options):
        if mode == "r+b":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, mode, **options)

    monkeypatch.setattr(Path, "open", protected)
    with pytest.raises(OutputError, match="får inte skrivas"):
        write_files({path: b"new"})
    monkeypatch.undo()
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, "disken är full"),
        (errno.EROFS, "får inte skrivas"),
        (errno.EACCES, "får inte skrivas"),
        (errno.EISDIR, "är en mapp"),
        (errno.ENOTDIR, "är en fil, inte en mapp"),
        (errno.ENAMETOOLONG, "kan inte skrivas (namnet är för långt)"),
    ],
)
def test_why_it_could_not_be_written(code: int, expected: str) -> None:
    message = explain("ut.csv", OSError(code, "namnet"))
    assert message.startswith("ut.csv: ")
    assert expected in message
    assert "--output" in message


FRAME = pl.DataFrame(
    {
        "text": ["=1+1", "@x", "http://a.se", "", None, 'a;"b,\nc'],
        "count": pl.Series([1, None, 3, 4, 5, 6], dtype=pl.Int32),
        "figure": [0.1, None, -2.5, 1e9, 100.0, 0.0],
        "list": [["a", "b"], [], None, ["c"], ["d"], ["e"]],
    }
)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_same_frame_gives_the_same_bytes(suffix: str) -> None:
    assert WRITERS[suffix](FRAME, ()) == WRITERS[suffix](FRAME.clone(), ())


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_an_empty_frame_can_be_written(suffix: str) -> None:
    assert isinstance(WRITERS[suffix](FRAME.clear(), ()), bytes)


def test_csv_keeps_texts_and_blanks() -> None:
    assert WRITERS[".csv"](FRAME, ()).decode().split("\n")[:6] == [
        "text,count,figure,list",
        "=1+1,1,0.1,a; b",
        '@x,,,""',
        "http://a.se,3,-2.5,",
        '"",4,1000000000.0,c',
        ",5,100.0,d",
    ]


def test_a_workbook_holds_texts_as_texts_and_a_frozen_heading(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "book.xlsx"
    path.write_bytes(WRITERS[".xlsx"](FRAME, ()))
    frame = pl.read_excel(path)
    assert frame["text"].to_list() == ["=1+1", "@x", "http://a.se", None, None, 'a;"b,\nc']
    assert frame["figure"].to_list() == FRAME["figure"].to_list()
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'topLeftCell="A2"' in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_csv_for_people_has_no_formulas_in_texts_or_headings() -> None:
    frame = pl.DataFrame({"=kommun": ["-1", "=cmd()", "a;b"], "andel": ["-1,5", "2", None]})
    assert to_csv(frame, ["andel"]).decode("utf-8-sig").splitlines() == [
        "'=kommun;andel",
        "'-1;-1,5",
        "'=cmd();2",
        '"a;b";',
    ]
