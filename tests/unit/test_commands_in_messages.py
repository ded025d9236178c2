"""A command that a message tells to run is one that runs: it is there, and has what it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from ojmf.cli import app

SOURCE = Path(__file__).resolve().parents[2] / "src" / "ojmf"
NEEDED = {
    "status": {"--kommun": "--lan"},
    "gaps": {"--kommun": "--lan"},
    "areas": {"--kommun": "--lan"},
    "report": {"--kommun": "", "--output": ""},
    "fetch scb": {"--year": "--answers"},
    "import": {"FIL": ""},
}
"""What a command is of no use without, though it can be left out, and what may stand instead."""
TOOLS = (
    "Ett id från ojmf cite ser ut",
    "(ojmf verify-citation",
    "arbetsytan är gjord av `ojmf init --demo`",
    "som ojmf site gör",
    "hämtad av ojmf fetch scb",
    "Har ojmf import ställt frågor",
    "ojmf peers har inga",
    "# Skriven av",
    "# med ojmf source answer",
    "rättade med ojmf",
    "ojmf mcp behöver",
)
"""Texts that name a command and don't tell anyone to run it."""


def commands(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by what is typed for it."""
    if not hasattr(found, "list_commands"):
        yield " ".join(path), found
        return
    context = found.make_context("ojmf", [], resilient_parsing=True)
    for name in found.list_commands(context):
        yield from commands(found.get_command(context, name), (*path, name))


KNOWN = dict(commands(typer.main.get_command(app)))


def texts(path: Path) -> Iterator[str]:
    """The texts of a module as they are told, but its documentation; what is filled in is X."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # documentation
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


TOLD = sorted(
    {
        (str(path.relative_to(SOURCE)), told)
        for path in SOURCE.rglob("*.py")
        for text in texts(path)
        for told in re.findall(r".{0,30}\bojmf [a-z][^.;:)”\n]*(?:\.[a-z][^.;:)”\n]*)*", text)
        if re.search(r"[åäö]|\b(?:med|av|och|kör|se)\b", text, re.IGNORECASE)
    }
)


@pytest.mark.parametrize(("where", "told"), TOLD)
def test_a_command_in_a_message_runs(where: str, told: str) -> None:
    if any(tool in told for tool in TOOLS):
        return
    after = told.partition("ojmf ")[2]
    name = max((one for one in KNOWN if f"{after} ".startswith(f"{one} ")), key=len, default=None)
    if name is None:
        first = after.split()[0].strip(",")
        assert first not in {one.split()[0] for one in KNOWN}, f"{where}: {told}"
        return
    command, rest = KNOWN[name], re.split(r", | (?:och|eller|som) ", after[len(name) :])[0]
    options = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    for flag in re.findall(r"--[a-z-]+", rest):
        assert flag in options, f"{where}: {told}"
    words = re.findall(r"\"[^\"]*\"|\S+", rest)
    for one in command.params:
        if one.required and one.param_type_name == "option":
            assert any(flag in words for flag in one.opts), f"{where}: {one.opts} in {told}"
    arguments = [
        one for one in command.params if one.required and one.param_type_name == "argument"
    ]
    filled = re.findall(r"(?<!-)\b(?:X|[A-ZÅÄÖ]{2,})\b|\"[^\"]+\"|\{", rest.partition(" --")[0])
    assert len(filled) >= len(arguments), f"{where}: {told}"
    for flag, instead in NEEDED.get(name, {}).items():
        given = flag in rest if flag.startswith("--") else bool(re.search(r"\bX|FIL", rest))
        assert given or (instead and instead in rest), f"{where}: {flag} in {told}"
