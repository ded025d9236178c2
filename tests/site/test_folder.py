"""The output folder: replaced as a whole, only when ojmf made it, untouched when work fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ojmf.errors import OutputError, SelectionError
from ojmf.present.site import build_site
from ojmf.present.site_folder import MARKER, replaced_folder
from ojmf.workspace import Workspace
from tests.portable import faults, files


def write(target: Path, name: str, *, force: bool = False) -> None:
    with replaced_folder(target, force=force) as folder:
        (folder / name).parent.mkdir(exist_ok=True)
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
    assert names(tmp_path / "ut") == [MARKER, "ny", "viktig.txt"]


def test_what_others_put_in_a_site_stays(tmp_path: Path) -> None:
    site = tmp_path / "ut"
    write(site, "gammal/sida")
    (site / "gammal" / "anteckning.txt").write_text("kvar", encoding="utf-8")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    write(site, "ny/sida")
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there == {".git/HEAD", MARKER, "gammal/anteckning.txt", "ny/sida"}
    write(site, "sida")
    assert names(site) == [".git", MARKER, "gammal", "sida"]


@pytest.mark.parametrize("changed", ["index.html", "under/sida.html"])
def test_a_page_that_somebody_has_changed_is_kept_unless_forced(
    tmp_path: Path, changed: str
) -> None:
    site = tmp_path / "ut"
    with replaced_folder(site, force=False) as folder:
        (folder / "under").mkdir()
        for name in ("index.html", "under/sida.html"):
            (folder / name).write_text("sida", encoding="utf-8")
    (site / changed).write_text("egen", encoding="utf-8")
    with pytest.raises(OutputError, match=changed):
        write(site, "ny")
    assert (site / changed).read_text(encoding="utf-8") == "egen"
    write(site, "ny", force=True)
    assert names(site) == [MARKER, "ny"]


@pytest.mark.parametrize("taken", ["ny", "ny/sida"])
def test_a_file_of_others_in_the_place_of_a_new_page_is_kept(tmp_path: Path, taken: str) -> None:
    site = tmp_path / "ut"
    write(site, "gammal")
    (site / taken).parent.mkdir(exist_ok=True)
    (site / taken).write_text("egen", encoding="utf-8")
    with pytest.raises(OutputError, match=f"ersättas: {taken}"):
        write(site, "ny/sida")
    assert (site / taken).read_text(encoding="utf-8") == "egen"


def test_a_page_that_is_changed_during_the_work_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "ut", "sida")

    def meanwhile() -> None:
        with replaced_folder(tmp_path / "ut", force=False):
            (tmp_path / "ut" / "sida").write_text("egen", encoding="utf-8")

    with pytest.raises(OutputError, match="ersättas: sida"):
        meanwhile()
    assert (tmp_path / "ut" / "sida").read_text(encoding="utf-8") == "egen"


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
