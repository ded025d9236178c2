"""The page on declaring a report: its example is ingested as it stands."""

import re
import tomllib
from pathlib import Path

from ojmf.declarations import Source, with_defaults
from ojmf.declarations.toml import read_toml
from ojmf.ingest.document import Document
from ojmf.ingest.reading import read
from ojmf.ingest.source import resolve
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "declaring-a-report.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


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
