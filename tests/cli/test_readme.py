"""The README: its commands give the output that it shows, and its exit codes are the real ones."""

import re
import shlex
from pathlib import Path
from typing import Any

import polars as pl
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


def test_every_picture_is_there_small_and_in_words():
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", README)
    assert len(pictures) == 4
    for words, path in pictures:
        assert len(words) > 40
        assert 0 < (ROOT / path).stat().st_size < 60_000


def test_the_shown_chart_says_what_the_data_say(tmp_path):
    path = tmp_path / "diagram.svg"
    given = ["chart", "areas", "--kommun", "Solna", "--output", str(path), "--root", str(ROOT)]
    assert CliRunner().invoke(app, given).exit_code == 0
    shown = ROOT / "docs" / "bilder" / "diagram.svg"
    drawn, kept = (
        re.findall(r"<desc[^>]*>(.*?)</desc>", file.read_text(encoding="utf-8"), re.DOTALL)
        for file in (path, shown)
    )
    assert drawn == kept != []


def test_every_exit_code_of_an_error_is_in_the_table():
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    raised = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.OjmfError)
    }
    assert raised <= listed
    assert {0, 2, 70, 130} <= listed


def test_the_python_examples_run(monkeypatch, tmp_path):
    (tmp_path / "country" / "year=2024").mkdir(parents=True)
    keys = [(name, "T", f"01{number:02d}") for name in "ab" for number in range(30)]
    pl.DataFrame(
        [(*key, number) for number, key in enumerate(keys)],
        schema={"indicator_id": str, "sex": str, "geo": str, "value": float},
        orient="row",
    ).write_parquet(tmp_path / "country" / "year=2024" / "0.parquet")
    pl.DataFrame({"indicator_id": ["a", "b"], "polarity": ["higher", "lower"]}).write_parquet(
        tmp_path / "indicators.parquet"
    )
    monkeypatch.setenv("OJMF_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for example in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL):
        exec(example, namespace)
    assert namespace["observations"].height > 0
    assert namespace["figures"].keys() == namespace["workspace"].sources.keys()
    assert namespace["faults"] == {}
    gaps = pl.read_parquet("gaps.parquet")
    assert gaps.filter(geo="0129")["status"].to_list() == ["green", "red"]


def test_the_two_commands_are_those_of_ci():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 dev.py run" in script
    assert re.search(r"^python3 dev\.py test$", script, flags=re.MULTILINE)
