"""A new workspace, and how a workspace is found."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ojmf.authoring.starter import TEMPLATE
from ojmf.cli import app
from ojmf.declarations import Source
from ojmf.declarations.loading import embedded_root, find_root
from ojmf.errors import DeclarationError
from ojmf.workspace import Workspace

Init = Callable[..., Result]


@pytest.fixture
def ojmf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Init:
    """Run a command in an empty folder."""
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)


def written(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("options", [[], ["--kommun", "0381"], ["--kommun", "Enköping"]])
def test_a_new_workspace_passes_the_check(ojmf: Init, tmp_path: Path, options: list[str]) -> None:
    made = ojmf("init", "ny", *options)
    assert made.exit_code == 0
    assert made.stdout.startswith("Skapade arbetsytan ny (")
    checked = ojmf("check", "--root", "ny")
    assert (checked.exit_code, checked.stderr) == (0, "")
    workspace = Workspace.open(tmp_path / "ny")
    assert "egna-matt.exempel" in workspace.catalogue
    assert workspace.sources == {}
    assert workspace.geography.equals(Workspace.open(embedded_root()).geography)
    assert workspace.observations().is_empty()


def test_the_municipality_is_filled_in(ojmf: Init, tmp_path: Path) -> None:
    ojmf("init", "ny", "--kommun", "0381")
    skeleton = (tmp_path / "ny/data/sources/mall" / TEMPLATE).read_text(encoding="utf-8")
    assert 'geo = "0381"' in skeleton
    assert '"Enköping"' in skeleton
    assert 'geo = "03",' in skeleton
    assert "enkoping-delarsrapport-2024-08" in skeleton
    assert "# Arbetsyta för Enköping" in (tmp_path / "ny/README.md").read_text(encoding="utf-8")


def test_the_skeleton_is_a_declaration_once_it_is_filled_in(ojmf: Init, tmp_path: Path) -> None:
    ojmf("init", "ny", "--kommun", "0381")
    mall = tmp_path / "ny/data/sources/mall" / TEMPLATE
    text = mall.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="sha256"):
        Source.model_validate(tomllib.loads(text))
    filled = text.replace('sha256 = "TODO"', f'sha256 = "{"0" * 64}"').replace("TODO", "todo")
    folder = tmp_path / "ny/data/sources/todo"
    folder.mkdir()
    (folder / "source.toml").write_text(filled, encoding="utf-8")
    assert ojmf("check", "--root", "ny").exit_code == 0
    assert list(Workspace.open(tmp_path / "ny").sources) == ["todo"]


def test_a_skeleton_that_is_not_filled_in_is_a_fault(ojmf: Init, tmp_path: Path) -> None:
    ojmf("init", "ny")
    folder = tmp_path / "ny/data/sources/mall"
    (folder / TEMPLATE).rename(folder / "source.toml")
    result = ojmf("check", "--root", "ny")
    assert result.exit_code == 6
    assert "TODO" in result.stderr


@pytest.mark.parametrize("held", ["fil.txt", ".dold", "data/x"])
def test_a_folder_that_holds_something_is_left_alone(ojmf: Init, tmp_path: Path, held: str) -> None:
    path = tmp_path / "ny" / held
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    before = written(tmp_path)
    result = ojmf("init", "ny")
    assert (result.exit_code, result.stdout) == (8, "")
    assert "mappen är inte tom" in result.stderr
    assert written(tmp_path) == before


def test_a_new_repository_is_an_empty_folder(ojmf: Init, tmp_path: Path) -> None:
    (tmp_path / "ny" / ".git").mkdir(parents=True)
    assert ojmf("init", "ny").exit_code == 0
    assert (tmp_path / "ny" / "data" / "geography.csv").is_file()


def test_a_file_is_no_folder(ojmf: Init, tmp_path: Path) -> None:
    (tmp_path / "ny").write_text("x", encoding="utf-8")
    result = ojmf("init", "ny")
    assert result.exit_code == 8
    assert "är ingen mapp" in result.stderr


def test_an_empty_folder_will_do(ojmf: Init, tmp_path: Path) -> None:
    (tmp_path / "ny").mkdir()
    assert ojmf("init", "ny").exit_code == 0


@pytest.mark.parametrize("name", ["Enkköping", "03", "riket"])
def test_an_unknown_municipality_writes_nothing(ojmf: Init, tmp_path: Path, name: str) -> None:
    assert ojmf("init", "ny", "--kommun", name).exit_code == 9
    assert not (tmp_path / "ny").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("status", "--kommun", "Solna"),
        ("table", "--kommun", "Solna", "--output", "x.xlsx"),
        ("report", "--kommun", "Solna", "--output", "x.docx"),
        ("compare", "Solna", "Enköping"),
        ("trends", "--kommun", "Solna"),
        ("observations",),
        ("run", "--output", "ut"),
        ("export", "--output", "ut"),
        ("export", "--format", "json-stat2", "--output", "ut"),
    ],
)
def test_a_new_workspace_says_how_it_gets_its_first_figures(
    ojmf: Init, command: tuple[str, ...]
) -> None:
    ojmf("init", "ny")
    refused = ojmf(*command, "--root", "ny")
    assert refused.exit_code == 9
    assert "ojmf import FIL" in refused.stderr


def test_quiet_says_nothing(ojmf: Init) -> None:
    result = ojmf("init", "ny", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_workspace_is_found_by_option_variable_folder_and_last_embedded(
    ojmf: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        ojmf("init", name)
    deep = tmp_path / "a/data/sources"
    monkeypatch.chdir(deep)
    assert find_root() == (tmp_path / "a", "folder")
    monkeypatch.setenv("OJMF_ROOT", str(tmp_path / "b"))
    assert find_root() == (tmp_path / "b", "environment")
    assert find_root(tmp_path / "c") == (tmp_path / "c", "argument")
    monkeypatch.delenv("OJMF_ROOT")
    monkeypatch.chdir(tmp_path)
    assert find_root() == (embedded_root(), "embedded")


def test_the_embedded_data_is_said_to_be_used(ojmf: Init) -> None:
    assert "Använder de inbyggda uppgifterna" in ojmf("sources").stderr


@pytest.mark.parametrize("given", ["--root", "OJMF_ROOT"])
def test_a_named_folder_that_is_no_workspace_is_refused(
    ojmf: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    words = ["--root", tmp_path] if given == "--root" else []
    if not words:
        monkeypatch.setenv("OJMF_ROOT", str(tmp_path))
    result = ojmf("check", *words)
    assert result.exit_code == 6
    assert "ingen arbetsyta" in result.stderr


def linked(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("links can't be made here")


@pytest.mark.parametrize(
    "place",
    [
        "data/sources/utifran",
        "data/indicators/utifran.toml",
        "data/references/utifran.csv",
        "expectations/utifran.json",
        "data",
    ],
)
def test_links_out_of_the_workspace_are_refused(ojmf: Init, tmp_path: Path, place: str) -> None:
    ojmf("init", "ny")
    outside = tmp_path / "utanför"
    link = tmp_path / "ny" / place
    if place == "data":
        link.rename(outside)
    elif link.suffix:
        outside.write_text("hemligt", encoding="utf-8")
    else:
        outside.mkdir()
    linked(link, outside)
    result = ojmf("check", "--root", "ny")
    assert result.exit_code == 6
    assert f"{link}: länken leder ut ur arbetsytan" in result.stderr
    assert "hemligt" not in result.stderr


def test_links_within_the_workspace_are_followed(ojmf: Init, tmp_path: Path) -> None:
    ojmf("init", "ny")
    linked(tmp_path / "ny/data/länk.csv", tmp_path / "ny/data/geography.csv")
    assert ojmf("check", "--root", "ny").exit_code == 0


@pytest.mark.parametrize("name", ["../utanför", "a/../../b", ".."])
def test_an_id_is_no_path(ojmf: Init, tmp_path: Path, name: str) -> None:
    ojmf("init", "ny", "--kommun", "0381")
    mall = tmp_path / "ny/data/sources/mall" / TEMPLATE
    text = mall.read_text(encoding="utf-8").replace('sha256 = "TODO"', f'sha256 = "{"0" * 64}"')
    named = text.replace('id = "TODO"', f'id = "{name}"', 1).replace("TODO", "todo")
    (mall.parent / "source.toml").write_text(named, encoding="utf-8")
    with pytest.raises(DeclarationError, match="id är"):
        Workspace.open(tmp_path / "ny")
    assert ojmf("ingest", name, "--root", "ny").exit_code == 6
