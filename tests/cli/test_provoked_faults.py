"""Faults provoked through the commands: told in Swedish, with their place and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import DOCUMENT
from tests.unit.test_messages import COLUMN, ENGLISH, NEXT_STEP

Run = Callable[..., Result]
SOURCE = "data/sources/prov-2024/source.toml"
AREA = "data/indicators/oj-prov.toml"
NEW = ("source", "new", "ny.txt", "--kommun", "Solna", "--id", "ny")
TABLE = "Kostnader\nPost\tUtfall 2024\nHyror\t5\n"
FIGURES = "indicator_id;geo;period;value;answer\n"

DECLARED = {
    "a scenario": ('scenario = "share"', 'scenario = "andelen"'),
    "a key": ('layout = "grid"', 'layout = "grid"\nlayuot = 1'),
    "a layout": ('layout = "grid"', 'layout = "rutnät"'),
    "a number": ("rows = 4", 'rows = "fyra"'),
    "a negative number": ("rows = 4", "rows = -4"),
    "a date": ("date = 2024-10-11", 'date = "i höstas"'),
    "a period": ('reporting_period = "2024"', 'reporting_period = "2024-13"'),
    "a code": ('geo = "0184"', 'geo = "184"'),
    "a fingerprint": ('sha256 = "', 'sha256 = "x'),
    "a content": ('content = "answer"', 'content = "svar"'),
    "a missing key": ('publisher = "Provkommunen"\n', ""),
    "an area": ('area = "oj-prov"', 'area = "oj-porv"'),
    "no TOML": ('id = "prov-2024"', 'id = "prov-2024'),
}
AREAS = {
    "a polarity": ('polarity = "higher"', 'polarity = "hög"'),
    "a method": ('method = "answer"', 'method = "svar"'),
    "a key": ('polarity = "higher"', 'polarity = "higher"\npolaritet = 1'),
    "a kind": ('kind = "answer"', 'kind = "fråga"'),
}
COMMANDS = {
    "no file": ("", ("import", "saknas.xlsx")),
    "nothing in it": ("", NEW),
    "no table": ("Bara text.\n", NEW),
    "an unknown place": (TABLE, ("import", "ny.txt", "--kommun", "Slona")),
    "no place": (TABLE, ("import", "ny.txt")),
    "no period": (TABLE, (*NEW, "--period", "2024-13")),
    "no id": (TABLE, (*NEW[:-1], "../ut")),
    "an answer without a key": (TABLE, ("import", "ny.txt", "--answer", "5")),
    "an answer to nothing": (TABLE, ("import", "ny.txt", "--kommun", "Solna", "--answer", "x=5")),
    "no date": (TABLE, ("import", "ny.txt", "--kommun", "Solna", "--answer", "date=i går")),
    "an unknown source": (TABLE, ("source", "questions", "okänd")),
    "an unknown earlier source": (TABLE, ("source", "next", "okänd", "ny.txt")),
    "an unknown edition": (TABLE, ("import", "ny.txt", "--source", "okänd")),
    "an edition of another form": (TABLE, ("import", "ny.txt", "--source", "prov-2024")),
    "an unknown document": (TABLE, ("ingest", "ny.txt")),
    "an unknown indicator": (FIGURES + "oj-prov.x;Solna;2024;;JA\n", ("import", "ny.txt")),
    "an unknown answer": (FIGURES + "oj-prov.fraga-0;Solna;2024;;kanske\n", ("import", "ny.txt")),
    "no figure": (FIGURES + "kostnader.post-1;Solna;2024;fem;\n", ("import", "ny.txt")),
    "a row twice": (FIGURES + "oj-prov.fraga-0;Solna;2024;;JA\n" * 2, ("import", "ny.txt")),
    "no rows": (FIGURES, ("import", "ny.txt")),
    "no answers to read": ("", ("fetch", "kolada", "--kpi", "N00001", "--kommun", "Solna")),
}


def hold(told: str, root: Path, place: str) -> None:
    lines = [line.replace(str(root), "") for line in told.splitlines() if line.strip()]
    assert lines
    for line in lines:
        words = re.sub(r"”[^”]*”|--\w[\w-]*|[\w./-]+\.\w{2,4}\b|[a-z]+(?:_[a-z0-9]+)+", " ", line)
        assert ENGLISH.search(COLUMN.sub(" ", words)) is None, line
        assert NEXT_STEP.search(line) or "?" in line, line
    assert place in told, told


@pytest.mark.parametrize("edit", [pytest.param(edit, id=name) for name, edit in DECLARED.items()])
def test_a_fault_in_a_declaration(run: Run, root: Path, edit: tuple[str, str]) -> None:
    path = root / SOURCE
    text = path.read_text(encoding="utf-8")
    assert edit[0] in text
    path.write_text(text.replace(*edit, 1), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 6
    hold(result.stderr, root, "source.toml")


@pytest.mark.parametrize("edit", [pytest.param(edit, id=name) for name, edit in AREAS.items()])
def test_a_fault_in_the_catalogue(run: Run, root: Path, edit: tuple[str, str]) -> None:
    path = root / AREA
    text = path.read_text(encoding="utf-8")
    assert edit[0] in text
    path.write_text(text.replace(*edit, 1), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 6
    hold(result.stderr, root, "oj-prov.toml")


@pytest.mark.parametrize(
    ("content", "command"), [pytest.param(*given, id=name) for name, given in COMMANDS.items()]
)
def test_a_fault_of_a_file_or_a_command(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, content: str, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(root)
    (root / "ny.txt").write_text(content, encoding="utf-8")
    result = run(*command)
    assert result.exit_code in {2, 3, 4, 5, 6, 9}, result.output
    hold(result.stderr, root, "")


def test_a_fault_of_an_extract(run: Run, root: Path) -> None:
    assert "JA\t40" in DOCUMENT
    path = root / "data/sources/prov-2024/extract.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\tJA\t", "\tKANSKE\t"), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 6
    hold(result.stderr, root, "extract.txt")
