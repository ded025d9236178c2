"""The output folder: replaced as a whole, only when ojmf made it, untouched when work fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ojmf.errors import OutputError, SelectionError
from ojmf.present.files import MARKER, replaced_folder
from ojmf.present.site import build_site
from ojmf.workspace import Workspace
from tests.portable import faults, files


def write(target: Path, name: str, *, force: bool = False) -> None:
    with replaced_folder(target, force=force) as folder:
        (folder / name).write_text(name, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_its_parents_and_marked(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", "ny")
    assert names(tmp_path / "a" / "b") == [MARKER, "ny"]
    assert names(tmp_path / "a") == ["b"]


def test_a_folder_of_its_own_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path / "ut", "gammal")
    write(tmp_path / "ut", "ny")
    assert names(tmp_path / "ut") == [MARKER, "ny"]
    assert names(tmp_path) == ["ut"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    write(tmp_path / "ut", "ny")
    assert names(tmp_path / "ut") == [MARKER, "ny"]


def test_a_folder_of_others_is_kept_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "viktig.txt").write_text("kvar", encoding="utf-8")
    with pytest.raises(OutputError, match="--force"):
        write(tmp_path / "ut", "ny")
    assert names(tmp_path / "ut") == ["viktig.txt"]
    write(tmp_path / "ut", "ny", force=True)
    assert names(tmp_path / "ut") == [MARKER, "ny"]


@pytest.mark.parametrize("force", [False, True])
def test_the_current_folder_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    (tmp_path / "projekt" / "under").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "projekt" / "under")
    with pytest.raises(OutputError, match="du står i den"):
        write(tmp_path / "projekt", "ny", force=force)
    assert names(tmp_path / "projekt") == ["under"]


def test_a_file_in_the_way_is_kept(tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("en fil", encoding="utf-8")
    with pytest.raises(OutputError, match="inte en mapp"):
        write(tmp_path / "ut", "ny", force=True)
    assert (tmp_path / "ut").read_text(encoding="utf-8") == "en fil"


def test_nothing_changes_when_the_work_fails(tmp_path: Path) -> None:
    write(tmp_path / "ut", "gammal")

    def half(folder: Path) -> None:
        (folder / "halv").write_text("", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError), replaced_folder(tmp_path / "ut", force=False) as folder:
        half(folder)
    assert names(tmp_path / "ut") == [MARKER, "gammal"]
    assert names(tmp_path) == ["ut"]


def test_a_full_disk_is_told_of_and_leaves_the_old_site(tmp_path: Path) -> None:
    write(tmp_path / "ut", "gammal")
    with (
        pytest.raises(OutputError, match="disken är full"),
        replaced_folder(tmp_path / "ut", force=False),
    ):
        raise OSError(28, "No space left on device")
    assert names(tmp_path / "ut") == [MARKER, "gammal"]
    assert names(tmp_path) == ["ut"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_without_rights_is_told_of(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="får inte skrivas"):
            write(tmp_path / "ut", "ny")
    finally:
        tmp_path.chmod(0o700)


def test_an_unknown_municipality_is_refused_before_anything_is_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(SelectionError):
        build_site(workspace, tmp_path / "ut", kommuner=["Ingenstans"])
    assert names(tmp_path) == []


def test_every_page_can_be_on_every_system(made_up: Path) -> None:
    pages = files(made_up)
    assert len(pages) > 10
    assert faults(pages) == []
