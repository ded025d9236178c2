"""docs/ci.md and action.yml: their steps are run, in a git repository on disk, without network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.cli.conftest import DOCUMENT, SRC

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BRANCH = "nya-svar"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Prov"), ("EMAIL", "prov@example.org"))
}
NEXT = DOCUMENT.replace("Öppna jämförelser", "Öppna jämförelser 2025\n\n2025-10-11")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("git") is None or shutil.which("bash") is None,
    reason="the steps are for bash and git",
)


def blocks() -> list[Any]:
    """The workflows of the page."""
    return [YAML(typ="safe").load(text) for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)]


@pytest.fixture
def tools(tmp_path: Path) -> dict[str, str]:
    """The environment of a job: ojmf as it is here, and a pip that only says what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    runs = {
        "ojmf": f'exec "{sys.executable}" -m ojmf "$@"\n',
        "python": f'echo "$@" >> "{tmp_path}/installed"\n',
    }
    for name, text in runs.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
        (folder / name).chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT", "OJMF"))
    }
    return (
        kept
        | IDENTITY
        | {
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(SRC),
            "HOME": str(tmp_path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        }
    )


class Job:
    """Runs the steps of a job as GitHub does, in a clone of a repository on disk."""

    def __init__(self, clone: Path, environment: dict[str, str]) -> None:
        self.clone = clone
        self.environment = environment

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        done = subprocess.run(
            command, cwd=self.clone, env=self.environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    def steps(
        self, steps: list[Any], values: dict[str, str], **environment: str
    ) -> tuple[int, str]:
        """The exit code and the output of the steps with a script, up to one that fails."""
        told = ""
        for step in steps:
            if "run" not in step:
                continue
            own = {k: filled(v, values) for k, v in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.clone,
                env={**self.environment, **environment, **own},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            told += done.stdout.decode()
            if done.returncode:
                return done.returncode, told
        return 0, told


def filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], str(text))


@pytest.fixture
def job(root: Path, tmp_path: Path, tools: dict[str, str]) -> Job:
    """A clone of the workspace's repository, on a branch without changes."""
    (root / "report.txt").unlink()
    setup = Job(root, tools)
    setup.git("init", "--quiet")
    setup.git("add", ".")
    setup.git("commit", "--quiet", "--message", "Arbetsytan")
    setup.git("clone", "--quiet", "--bare", str(root), str(tmp_path / "arkiv.git"))
    setup.git("clone", "--quiet", str(tmp_path / "arkiv.git"), str(tmp_path / "klon"))
    made = Job(tmp_path / "klon", tools)
    made.git("switch", "--quiet", "--create", BRANCH)
    return made


def arrive(job: Job, name: str, text: str) -> tuple[int, str]:
    """Put a file in the branch, and run the workflow of the page on it."""
    path = job.clone / "inkommande" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    job.git("add", ".")
    job.git("commit", "--quiet", "--message", "Ny fil")
    job.git("push", "--quiet", "origin", BRANCH)
    (workflow,) = (block for block in blocks() if "import" in block.get("jobs", ()))
    steps = workflow["jobs"]["import"]["steps"]
    values = {"github.base_ref": "main", "github.head_ref": BRANCH}
    environment = {k: filled(v, values) for k, v in workflow["jobs"]["import"]["env"].items()}
    return job.steps(steps, values, **environment)


def test_a_file_that_arrives_becomes_a_change_to_merge(job, tmp_path):
    code, told = arrive(job, "årets svar 2025.txt", NEXT)
    assert code == 0, told
    assert "pip install --quiet ojmf" in (tmp_path / "installed").read_text(encoding="utf-8")
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert "Källan prov-2025, nästa dokument efter prov-2024." in summary
    job.git("fetch", "--quiet", "origin")
    changed = job.git("diff", "--name-only", f"main...origin/{BRANCH}").split("\n")
    assert "data/sources/prov-2025/source.toml" in changed
    assert "data/sources/prov-2025/extract.txt" in changed
    job.git("switch", "--quiet", "main")
    job.git("merge", "--quiet", "--no-ff", "--no-edit", f"origin/{BRANCH}")
    code, told = job.steps([{"run": "ojmf sources --format csv && ojmf check"}], {})
    assert code == 0
    assert "prov-2025" in told


def test_a_file_with_findings_changes_nothing(job):
    before = job.git("rev-parse", "HEAD")
    code, told = arrive(job, "mindre.txt", NEXT.replace("Har stöd\tNEJ\t89\t20\n", ""))
    assert code == 1
    assert "inget har skrivits" in told
    assert "Har frågan utgått: skriv asked_to" in told
    job.git("fetch", "--quiet", "origin")
    assert job.git("diff", "--name-only", before.strip(), f"origin/{BRANCH}") == (
        "inkommande/mindre.txt\n"
    )


def test_a_source_that_is_taken_away_stops_the_change(job):
    shutil.rmtree(job.clone / "data/sources/prov-2024")
    code, told = arrive(
        job, "egna.csv", "indicator_id,geo,period,answer\noj-prov.fraga-0,0184,2026,JA\n"
    )
    assert code == 1
    assert "källan prov-2024 fanns i" in told


def test_the_action_runs_its_steps(job):
    action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
    inputs = {f"inputs.{name}": said["default"] for name, said in action["inputs"].items()}
    values = inputs | {"github.action_path": str(ROOT), "inputs.fail-on": "never"}
    code, told = job.steps(action["runs"]["steps"], values)
    assert code == 0, told
    assert "1 källa" in told
    strict = values | {"inputs.fail-on": "warning", "inputs.paths": "prov-2024"}
    extract = job.clone / "data/sources/prov-2024/extract.txt"
    extract.write_text(
        extract.read_text(encoding="utf-8").replace(
            "Har plan\tDELVIS\t75", "Har plan\tDELVIS\t175"
        ),
        encoding="utf-8",
    )
    code, told = job.steps(action["runs"]["steps"], strict)
    assert code == 1
    assert "::error file=data/sources/prov-2024/extract.txt,line=" in told


def test_the_example_of_the_action_names_inputs_that_it_has():
    action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = (
        step
        for block in blocks()
        for one in block.get("jobs", {}).values()
        for step in one["steps"]
        if "ojmf@" in step.get("uses", "")
    )
    assert set(step["with"]) <= set(action["inputs"])


def test_the_example_for_pre_commit_names_hooks_that_there_are():
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (example,) = (block for block in blocks() if "repos" in block)
    (repository,) = example["repos"]
    assert [one["id"] for one in repository["hooks"]] == [one["id"] for one in hooks]
