"""One site for all tests: the declared sources, a place without data, and hostile texts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ojmf.authoring.demo import demo
from ojmf.present.site import build_site
from ojmf.workspace import Workspace
from tests.golden.test_sources import whole

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "solna-oj-2024"
HOSTILE = '=HYPERLINK("x";"y") <script>alert(\'ojmf\')</script> & "citat" | {{ 7 * 7 }} ' + (
    "mycket lång etikett " * 12
)
UNANSWERED = "oj-missbruk"


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return Workspace.open(ROOT)


@pytest.fixture(scope="session")
def site(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both declared municipalities and one that has no figures."""
    folder = tmp_path_factory.mktemp("site") / "sidor"
    build_site(workspace, folder, kommuner=["Solna", "0381", "Uppsala"])
    return folder


@pytest.fixture(scope="session")
def hostile(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two areas only: one whose first label is hostile, and one without a single answer."""
    asked = workspace.observations().filter(pl.col("area_id").is_in(["oj-vald", UNANSWERED]))
    first = pl.col("line") == asked.filter(pl.col("area_id") == "oj-vald")["line"].min()
    unanswered = pl.col("area_id") == UNANSWERED
    changed = asked.with_columns(
        row_label=pl.when(first).then(pl.lit(HOSTILE)).otherwise("row_label"),
        raw=pl.when(first).then(pl.lit(HOSTILE)).otherwise("raw"),
        answer=pl.when(unanswered).then(None).otherwise("answer"),
        value=pl.when(unanswered).then(None).otherwise("value"),
    )
    folder = tmp_path_factory.mktemp("hostile") / "sidor"
    build_site(workspace, folder, observations=changed, kommuner=["Solna"])
    return folder


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality of the made-up country and those like it: years, groups, women and men."""
    land = tmp_path_factory.mktemp("land")
    for name, content in demo().items():
        (land / name).parent.mkdir(parents=True, exist_ok=True)
        (land / name).write_bytes(content)
    workspace = Workspace.open(land)
    own = min(filter(None, workspace.groups["of"]))
    alike = workspace.groups.filter(pl.col("of") == own)["member_id"]
    folder = tmp_path_factory.mktemp("made-up") / "sidor"
    build_site(workspace, folder, kommuner=[own, *alike])
    return folder


@pytest.fixture(scope="session")
def audited(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the claims of a whole document; skips where the document is not at hand."""
    folder = tmp_path_factory.mktemp("audited") / "sidor"
    build_site(workspace, folder, kommuner=["Solna"], documents=[whole(SOURCE)])
    return folder
