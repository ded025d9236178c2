"""The README: its commands give the output that it shows, and its exit codes are the real ones."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ojmf import errors
from ojmf.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ ojmf (.*?)\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[c for c, _ in CONSOLE])
def test_a_shown_command_gives_the_shown_output(command, output):
    result = CliRunner().invoke(app, [*shlex.split(command), "--root", str(ROOT)])
    assert result.exit_code == 0
    assert result.stdout == output


def test_the_tour_shows_something():
    assert len(CONSOLE) >= 3


def test_every_exit_code_of_an_error_is_in_the_table():
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    raised = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.OjmfError)
    }
    assert raised <= listed
    assert {0, 2, 70, 130} <= listed


def test_the_python_example_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    example = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)[0]
    namespace: dict[str, object] = {}
    exec(example, namespace)
    assert "observations" in namespace


def test_the_two_commands_are_those_of_ci():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 dev.py run" in script
    assert re.search(r"^python3 dev\.py test$", script, flags=re.MULTILINE)
