"""Every block of the documentation is run from a new workspace, or says here why it is not."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

import ojmf
from ojmf.cli import app
from ojmf.declarations import Source, with_defaults
from ojmf.validate.gx_polars import check_suite
from tests.cli.guide_files import write_files

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "src/ojmf/validate/gx_polars/README.md"
GUIDES = sorted(f"docs/{path.name}" for path in ROOT.glob("docs/*.md"))
PAGES = ("README.md", "CONTRIBUTING.md", ENGINE, *GUIDES)
RUN_BY = {
    ("README.md", "console"): "tests/cli/test_readme.py",
    ("README.md", "python"): "tests/cli/test_readme.py",
    (ENGINE, "python"): "tests/unit/gx_polars/test_expectations.py",
    ("docs/anvandarguide.md", "console"): "tests/cli/test_anvandarguide.py",
    ("docs/ci.md", "csv"): "tests/cli/test_ci.py",
    ("docs/ci.md", "yaml"): "tests/cli/test_ci.py",
    ("docs/declaring-a-report.md", "text"): "tests/unit/declarations/test_declaring.py",
    ("docs/declaring-a-report.md", "toml"): "tests/unit/declarations/test_declaring.py",
    ("docs/fel.md", "console"): "tests/outputs/test_documentation.py",
    ("docs/rapportmall.md", "csv"): "tests/outputs/test_report.py",
}
"""Blocks of a page in a language that a test of that page runs."""
NOT_RUN = {
    "python3 dev.py run": "installs and runs everything, as .ci/run does",
    "pip install": "installs packages over the network",
    "- uses: actions/checkout": "a step of GitHub; docs/ci.md has it in a workflow, which is run",
    "ojmf kolada search": "asks Kolada over the network",
    "ojmf fetch kolada": "asks Kolada over the network",
    "ojmf fetch scb": "asks SCB over the network",
    "ojmf acknowledge ID --against": "tests/cli/test_validate_workspace.py deletes a source so",
    "import duckdb": "is run by DuckDB, which is no part of ojmf; a test of the store reads so",
    "import ojmf.distributed": "runs where Spark does; tests/unit/distributed runs it on Sail",
    "INSTALL delta": "is run by DuckDB, which is no part of ojmf",
}
"""How a block begins that is not run, and why; its commands must still exist with their options."""


@dataclass(frozen=True)
class Block:
    page: str
    language: str
    text: str


BLOCKS = [
    Block(page, language, text)
    for page in PAGES
    for language, text in re.findall(
        r"^```(\w*)\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
]


def block(page: str, begins: str) -> str:
    """The one block of a page that begins so."""
    (found,) = (one.text for one in BLOCKS if one.page == page and one.text.startswith(begins))
    return found


def commands(text: str) -> list[list[str]]:
    lines = [re.split(r" # |     ", line)[0] for line in text.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("ojmf ")]


def call(words: list[str]) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (words, result.output)
    return result


RUN_HERE = {
    ("docs/assistenter.md", "{"),
    ("docs/export.md", "[publish]"),
    ("docs/export.md", "indicator_id;measure"),
    ("docs/fragor.md", "ojmf init"),
    ("docs/fragor.md", "{"),
    ("docs/pastaenden.md", "ojmf claims"),
    ("docs/pastaenden.md", "[[accepted]]"),
    ("docs/store.md", "ojmf publish"),
    ("docs/store.md", "ojmf gaps"),
    ("docs/store.md", "import polars"),
}


@pytest.mark.parametrize("one", BLOCKS, ids=lambda one: f"{one.page}: {one.text.split(chr(10))[0]}")
def test_a_block_is_run_or_says_why_not(one: Block) -> None:
    by = RUN_BY.get((one.page, one.language))
    here = any(page == one.page and one.text.startswith(begins) for page, begins in RUN_HERE)
    why = [reason for begins, reason in NOT_RUN.items() if begins in one.text]
    assert bool(by) + here + bool(why) >= 1
    if by is not None:
        assert Path(one.page).name in (ROOT / by).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [words for one in BLOCKS for words in commands(one.text) if one.language in ("", "sh")],
    ids=" ".join,
)
def test_a_shown_command_exists_with_its_options(words: list[str]) -> None:
    command: Any = get_command(app)
    context = command.make_context("ojmf", list(words), resilient_parsing=True)
    rest = list(words)
    while hasattr(command, "resolve_command"):
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, list(rest), parent=context, resilient_parsing=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def workspace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with the file of docs/fragor.md in it."""
    write_files(folder)
    shutil.copyfile(folder / "missbruk.xlsx", folder / "min-fil.xlsx")
    for line in block("docs/fragor.md", "ojmf init").splitlines():
        program, *words = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(folder / words[0])
        elif words[0] == "init":
            call([*words, "--smallest", "5"])
        else:
            told = call([*words, "--id", "min-fil", "--accept", "1", "--yes"])
            assert "min-fil" in told.output
    return Path.cwd()


def test_what_a_newcomer_reads_first_takes_a_file_in(workspace: Path) -> None:
    assert (workspace / "data/sources/min-fil/source.toml").is_file()
    assert "Missbruks" in call(["areas", "--kommun", "Enköping"]).stdout


def test_the_check_that_is_shown_can_be_run(workspace: Path) -> None:
    rule = json.loads(block("docs/fragor.md", "{"))
    path = Path("expectations/measures.json")
    suite = json.loads(path.read_text(encoding="utf-8"))
    suite["expectations"].append(rule)
    path.write_text(json.dumps(suite), encoding="utf-8")
    assert check_suite(suite) == []
    assert "Inga fel" in call(["check"]).output


def test_the_exports_are_made_with_what_is_shown(workspace: Path) -> None:
    publish = Path("data/publish.toml")
    shown = block("docs/export.md", "[publish]").removeprefix("[publish]\n")
    publish.write_text(publish.read_text(encoding="utf-8") + shown, encoding="utf-8")
    answered = ojmf.Workspace.open().status("Enköping")["indicator_id"][0]
    Path("mappning.csv").write_text(
        block("docs/export.md", "indicator_id;").replace("oj-vald.samverkan-primarvard", answered),
        encoding="utf-8",
    )
    to = ["--kommun", "Enköping", "--output", "oj.tsv"]
    call(["export", "--format", "stratsys", "--mapping", "mappning.csv", *to])
    assert "Samverkan med primärvården" in Path("oj.tsv").read_text(encoding="utf-8")
    call(["export", "--format", "dcat-ap-se", "--output", "oj.rdf"])
    entry = Path("oj.rdf").read_text(encoding="utf-8")
    assert tomllib.loads("[publish]\n" + shown)["publish"]["url"] in entry


def test_the_assistant_is_started_as_shown() -> None:
    server = json.loads(block("docs/assistenter.md", "{"))["mcpServers"]["ojmf"]
    assert server["command"] == "ojmf"
    test_a_shown_command_exists_with_its_options(server["args"])


def test_a_store_is_published_and_read_as_shown(workspace: Path) -> None:
    pytest.importorskip("deltalake")
    for words in commands(block("docs/store.md", "ojmf publish")):
        call(words)
    version = 1
    gaps, status, _ = commands(block("docs/store.md", "ojmf gaps"))
    own = [word.replace("Solna", "Enköping") for word in gaps]
    assert "Missbruks" in call(own).stdout
    call([*(word.replace("Solna", "Enköping") for word in status[:-1]), str(version)])
    program = block("docs/store.md", "import polars").replace("version=12", f"version={version}")
    namespace: dict[str, Any] = {}
    exec(program.replace("pl.scan_delta", "rows = pl.scan_delta"), namespace)
    assert namespace["rows"].columns


def test_prose_is_checked_as_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call(["init", "--smallest", "5", "ny", "--kommun", "0184"])
    monkeypatch.chdir(folder / "ny")
    page = "docs/declaring-a-report.md"
    shown = [one for one in BLOCKS if one.page == page and one.language == "toml"]
    for one in shown:
        if named := re.match(r"# (data/\S+)\n", one.text):
            Path(named[1]).write_text(one.text, encoding="utf-8")
    declared = "\n".join(one.text for one in shown if not one.text.startswith("# data/"))
    text = block(page, "Delårsrapport").replace("→", "\t")
    declared = declared.replace("0" * 64, sha256(text.encode()).hexdigest())
    source = Path("data/sources/exempel")
    source.mkdir(parents=True)
    (source / "source.toml").write_text(declared, encoding="utf-8")
    Path("rapport.txt").write_text(text, encoding="utf-8", newline="\n")
    Path("utkast.txt").write_text(text, encoding="utf-8", newline="\n")
    for line in (one for one in BLOCKS if one.page == page and one.language == "text"):
        for words in commands(line.text):
            call(words)
    for words in commands(block("docs/pastaenden.md", "ojmf claims")):
        call([word.replace("KÄLLA", "exempel") for word in words])
    accepted = tomllib.loads(block("docs/pastaenden.md", "[[accepted]]"))
    written = with_defaults(tomllib.loads(declared) | accepted)
    assert Source.model_validate(written).accepted[0].finding_id == "p-0123456789ab"
