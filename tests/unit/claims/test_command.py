"""``ojmf claims`` as a person and a CI step run it."""

import json

import pytest
from typer.testing import CliRunner

from ojmf.cli import app
from tests.unit.claims.workspace import make, report

WRONG = "Löner är 2,1 mkr högre än budget."
RIGHT = "Löner är 1,2 mkr högre än budget."


@pytest.fixture
def run(tmp_path):
    make(tmp_path / "workspace")

    def of(prose, *options):
        draft = tmp_path / "utkast.txt"
        draft.write_text("\n".join(report(ekonomi=prose)), encoding="utf-8", newline="\n")
        root = str(tmp_path / "workspace")
        given = ["claims", str(draft), "--source", "prov", "--root", root, *options]
        return CliRunner().invoke(app, given)

    return of


def test_a_contradiction_ends_with_1_and_is_shown(run):
    result = run(WRONG)
    assert result.exit_code == 1
    assert "stämmer inte med tabellen" in result.stdout
    assert "1 påståenden; stämmer inte med tabellen: 1." in result.stderr


def test_what_agrees_ends_with_0_and_is_shown_when_asked_for(run):
    result = run(RIGHT)
    assert result.exit_code == 0
    assert "1,2 mnkr" not in result.stdout
    assert "1,2 mnkr" in run(RIGHT, "--all").stdout


def test_nothing_fails_when_told_so(run):
    assert run(WRONG, "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize("name", ["json", "ndjson", "md", "html", "sarif", "github"])
def test_every_format_tells_the_finding(run, name):
    result = run(WRONG, "--format", name, "--quiet")
    assert result.exit_code == 1
    assert "1,2" in result.stdout
    assert result.stderr == ""
    if name in {"json", "sarif"}:
        json.loads(result.stdout)


def test_the_suffix_says_the_format(run, tmp_path):
    result = run(WRONG, "--output", str(tmp_path / "claims.sarif"))
    assert result.exit_code == 1
    assert json.loads((tmp_path / "claims.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert result.stdout == ""


@pytest.mark.parametrize(
    "options", [("--output", "x.docx"), ("--output", "x.md", "--format", "html")]
)
def test_suffixes_that_are_unknown_or_say_another_format_are_refused(run, options):
    assert run(RIGHT, *options).exit_code == 2


def test_an_unknown_draft_needs_a_source(tmp_path):
    make(tmp_path / "workspace")
    draft = tmp_path / "utkast.txt"
    draft.write_text("\n".join(report(ekonomi=RIGHT)), encoding="utf-8", newline="\n")
    result = CliRunner().invoke(app, ["claims", str(draft), "--root", str(tmp_path / "workspace")])
    assert result.exit_code == 4
