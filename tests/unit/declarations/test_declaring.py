"""The page on declaring a report: its example is ingested as it stands."""

import re
import shlex
import tomllib
from pathlib import Path

from typer.testing import CliRunner

from ojmf.authoring.starter import starter
from ojmf.cli import app
from ojmf.declarations import Source, with_defaults
from ojmf.declarations.toml import read_toml
from ojmf.ingest.document import Document
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from ojmf.output import write_folder
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "declaring-a-report.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The blocks of the page in a language, but for those that are files of the catalogue."""
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)
    return [block for block in found if not block.startswith("# data/")]


def catalogue_files() -> dict[str, str]:
    """The files of the catalogue that the page shows, by their path."""
    return dict(re.findall(r"```toml\n# (data/\S+)\n(.*?)```", PAGE, flags=re.DOTALL))


def test_the_example_is_read():
    workspace = Workspace.open(ROOT)
    raw = with_defaults(tomllib.loads("\n".join(blocks("toml"))))
    source = Source.model_validate(raw)
    lines = blocks("text")[0].replace("→", "\t").splitlines()
    got = resolve(read(workspace, source, Document("exempel.txt", lines, None)))
    assert got.observations.group_by("table", maintain_order=True).len().rows() == [
        ("Resultaträkning", 9),
        ("Antal hushåll", 12),
    ]
    march = got.observations.filter(column_label="mar")
    assert march.select("obs_status", "note").row(0) == ("M", "streck: ingen verksamhet")
    assert got.account["unexplained"].sum() == 0


def test_the_page_leads_from_a_new_workspace_to_the_account(tmp_path, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "ny", starter("0184", Workspace.open(ROOT).geography))
    monkeypatch.chdir(tmp_path / "ny")
    for name, text in catalogue_files().items():
        Path(name).write_text(text, encoding="utf-8")
    source = Path("data/sources/exempel")
    source.mkdir(parents=True)
    (source / "source.toml").write_text("\n".join(blocks("toml")), encoding="utf-8")
    report = blocks("text")[0].replace("→", "\t")
    Path("rapport.txt").write_text(report, encoding="utf-8", newline="\n")
    commands = blocks("text")[-1].splitlines()
    assert len(commands) == 3
    for line in commands:
        program, *arguments = shlex.split(line.partition("     ")[0])
        assert program == "ojmf"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (line, result.output)
    assert Workspace.open().observations().height == 21


def test_the_correction_of_the_example_is_a_correction():
    correction = next(block for block in blocks("text") if block.startswith("[[correction]]"))
    raw = tomllib.loads("\n".join(blocks("toml")))
    source = Source.model_validate(
        with_defaults(raw | tomllib.loads(correction) | {"scanned": True})
    )
    lines = blocks("text")[0].replace("→", "\t").replace("-164,3", "164,3").splitlines()
    workspace = Workspace.open(ROOT)
    got = resolve(read(workspace, source, Document("exempel.txt", lines, None)))
    fixed = got.observations.filter(got.observations["correction_id"].is_not_null())
    assert fixed.select("raw", "value", "obs_status").rows() == [("164,3", -164.3, "A")]


def test_a_control_character_in_a_declaration_is_refused_with_its_code_point(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('[area]\nid = "a"\nname = "Vå\\u001b[31mld"\n', encoding="utf-8")
    assert read_toml(path)[1] == [
        f"{path}: texten 'Vå\\x1b[31mld' har styrtecknet U+001B; ta bort det"
    ]
