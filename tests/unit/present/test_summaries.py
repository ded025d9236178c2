"""The tables that a municipality's table begins with are told apart by their headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ojmf.authoring.demo import demo
from ojmf.present.annex import to_file
from ojmf.present.annex.rows import Asked, Comparison, compare_rows
from ojmf.workspace import Workspace

HEADINGS = ["Sammanfattning", "Sammanfattning, mått", "Kvinnor och män", "Det som har ändrats"]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Comparison]:
    land = tmp_path_factory.mktemp("land")
    for name, content in demo().items():
        (land / name).parent.mkdir(parents=True, exist_ok=True)
        (land / name).write_bytes(content)
    workspace = Workspace.open(Path(land))
    own = min(filter(None, workspace.groups["of"]))
    return workspace, compare_rows(workspace, own, asked=Asked(methods=(), against="fjolaret"))


@pytest.mark.parametrize(
    ("suffix", "heading"), [(".html", r"<h2 id=[^>]*>([^<]*)</h2>"), (".md", r"(?m)^## (.*)$")]
)
def test_each_has_its_own_heading(
    everything: tuple[Workspace, Comparison], suffix: str, heading: str
) -> None:
    workspace, comparison = everything
    text = to_file(comparison, suffix, workspace.newest()).decode()
    found = re.findall(heading, text)
    assert found[:4] == HEADINGS
    assert len(set(found)) == len(found)


def test_figures_alone_have_the_first_heading() -> None:
    workspace = Workspace.open()
    page = to_file(compare_rows(workspace, "Enköping"), ".html", workspace.newest()).decode()
    assert re.findall(r"<h2 id=[^>]*>([^<]*)</h2>", page)[:2] == ["Sammanfattning", "Ekonomi"]
    assert "(budgeten) är värden ur källorna. Skillnaden är" in page  # and no budget is computed


def test_a_reference_that_is_computed_is_told_of(
    everything: tuple[Workspace, Comparison],
) -> None:
    workspace, comparison = everything
    text = to_file(comparison, ".md", workspace.newest()).decode()
    assert "är värden ur källorna, eller räknas fram av kommunernas värden." in text
