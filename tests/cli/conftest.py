"""A small workspace that the commands are run on, and two ways to run them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ojmf.cli import app

SRC = Path(__file__).resolve().parents[2] / "src"
DOCUMENT = """\
Prov av Öppna jämförelser

Svar
Fråga\tSolna\tLänet\tRiket
Har rutin\tJA\t40\t30
Har plan\tDELVIS\t75\t80
Har stöd\tNEJ\t89\t20
Har råd\t\t10\t10

Kostnader
Post\tUtfall
=SUM(A1)\t1 234,5
Hyror\t-17,25

Slut.
"""
AREA = """\
[area]
id = "{id}"
name = "{name}"

[defaults]
unit = "{unit}"
kind = "{kind}"
polarity = "higher"
polarity_reason = "Provets egen."
method = "{method}"
"""
INDICATOR = '\n[[indicator]]\nid = "{id}"\nname = "{name}"\n'
SOURCE = """\
id = "prov-2024"
title = "Prov 2024"
document = "Prov 2024"
publisher = "Provkommunen"
date = 2024-10-11
geo = "0184"
reporting_period = "2024"
sha256 = "{sha256}"

[[table]]
id = "svar"
layout = "grid"
kind = "oj-answers"
title = "Svar"
area = "oj-prov"
header = ["Fråga", "Solna", "Länet", "Riket"]
rows = 4
columns = [
  {{ label = "Fråga", content = "label" }},
  {{ label = "Solna", content = "answer", geo = "0184", blank_note = "ej svar" }},
  {{ label = "Länet", geo = "01", scenario = "share", unit = "percent" }},
  {{ label = "Riket", geo = "00", scenario = "share", unit = "percent" }},
]

[[table.override]]
period = "2024"

[[table.override]]
columns = ["Solna"]
scenario = "outcome"
unit = "answer"

[[table]]
id = "kostnader"
layout = "grid"
kind = "economy"
title = "Kostnader"
area = "kostnader"
header = ["Post", "Utfall"]
columns = [
  {{ label = "Post", content = "label" }},
  {{ label = "Utfall", scenario = "outcome", unit = "MSEK", period = "2024-01/2024-08" }},
]
rows = 2
"""
GEOGRAPHY = """\
code,name,level,county_code
00,Riket,country,
01,Stockholms län,county,01
0184,Solna,municipality,01
0180,Stockholm,municipality,01
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one source, and its whole document in report.txt."""
    root = tmp_path / "arbetsyta"
    answers = AREA.format(
        id="oj-prov", name="Prov av svar", unit="answer", kind="answer", method="answer"
    )
    for number, name in enumerate(("Har rutin", "Har plan", "Har stöd", "Har råd")):
        answers += INDICATOR.format(id=f"oj-prov.fraga-{number}", name=name)
    costs = AREA.format(
        id="kostnader", name="Kostnader", unit="MSEK", kind="amount", method="neutral"
    )
    for number, name in enumerate(("=SUM(A1)", "Hyror")):
        costs += INDICATOR.format(id=f"kostnader.post-{number}", name=name)
    write(root / "data/indicators/oj-prov.toml", answers)
    write(root / "data/indicators/kostnader.toml", costs)
    write(root / "data/geography.csv", GEOGRAPHY)
    write(root / "report.txt", DOCUMENT)
    folder = root / "data/sources/prov-2024"
    sha256 = hashlib.sha256(DOCUMENT.encode()).hexdigest()
    write(folder / "source.toml", SOURCE.format(sha256=sha256))
    numbered = enumerate(DOCUMENT.splitlines(), start=1)
    write(folder / "extract.txt", "".join(f"{n}\t{line}\n" for n, line in numbered if line))
    return root


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command inside the workspace."""
    monkeypatch.chdir(root)
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    monkeypatch.delenv("OJMF_DEBUG", raising=False)
    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(
        app, [*map(str, arguments)], catch_exceptions=False, **options
    )


@pytest.fixture
def process(root: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``python -m ojmf`` inside the workspace."""

    def start(
        *arguments: str,
        stdin: int | None = None,
        stdout: int = subprocess.PIPE,
        cwd: Path = root,
        **environment: str,
    ) -> subprocess.CompletedProcess[bytes]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("OJMF_")}
        return subprocess.run(
            [sys.executable, "-m", "ojmf", *arguments],
            cwd=cwd,
            env={**inherited, "PYTHONPATH": str(SRC), **environment},
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )

    return start
