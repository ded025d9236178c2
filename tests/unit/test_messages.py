"""What ojmf says of files and declarations: in Swedish, and with what to do about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "ojmf"
ROOMS = ("authoring", "ingest", "declarations", "intake", "kolada")
RAISED = {
    *("InputError", "FetchError", "UnknownDocumentError", "TableError", "DeclarationError"),
    *("CorrectionError", "SelectionError", "OutputError", "UsageError", "Fault"),
}
"""What is raised as it stands. A ``ValueError`` is a part of a sentence of the one that catches it.
"""
ENGLISH = re.compile(
    r"\b(the|and|not|must|should|cannot|can't|invalid|expected|missing|unknown|file|value|is an?|"
    r"of|with|has|have|does|found|input|greater|than|string|field|required|error)\b",
    re.IGNORECASE,
)
NEXT_STEP = re.compile(
    r"\b(ange|gör|rätta|skriv|svara|välj|ändra|ta bort|ta in|deklarera|kontrollera|läs|sök|lägg|"
    r"dela|spara|hämta|kör|visa|sätt|byt|lämna|importera|använd|öppna|stäng|ta|fyll|"
    r"svar[ae]|räkna|slå|exportera|begränsa|återställ|namnge|vrid|stryk|"
    r"väntade|väntades|ska|menas|menade|krävs|bör)\b|ojmf |--\w",
    re.IGNORECASE,
)


COLUMN = re.compile(r"\b(?:i|både) (?:value|answer)\b|\boch answer\b")
"""Columns of files of figures, by their names."""


def text_of(node: ast.AST) -> str | None:
    """The words of a literal or an f-string, ``{}`` for what is filled in; None for others."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) or "{}" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return f"{text_of(left) or '{}'}{text_of(right) or '{}'}"
        case _:
            return None


def said(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the words of every message that a module raises, asks or notes as a fault."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        given: list[ast.AST] = []
        if name in RAISED:
            given = [*node.args]
        elif name in {"fault", "_fault"}:
            given = [arg for arg in node.args if text_of(arg)]
        for arg in given:
            for part in arg.elts if isinstance(arg, ast.List) else [arg]:
                text = text_of(part.elt if isinstance(part, ast.ListComp) else part)
                if text and len(re.findall(r"[a-zåäö]{2,}", text)) > 2:
                    yield node.lineno, text
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Question":
            asked = next((k.value for k in node.keywords if k.arg == "question"), None)
            if asked is not None and (text := text_of(asked)):
                yield node.lineno, text


MESSAGES = [
    pytest.param(text, id=f"{path.relative_to(PACKAGE).as_posix()}:{line}")
    for room in ROOMS
    for path in sorted((PACKAGE / room).rglob("*.py"))
    for line, text in said(path)
]


def test_there_are_messages():
    assert len(MESSAGES) > 150


@pytest.mark.parametrize("text", MESSAGES)
def test_a_message_is_swedish(text):
    words = re.sub(r"”[^”]*”|\{\}|--\w+|\b[\w./-]+\.(?:toml|csv|txt|json|xlsx)\b", " ", text)
    words = COLUMN.sub(" ", words)
    assert ENGLISH.search(words) is None


@pytest.mark.parametrize("text", MESSAGES)
def test_a_message_says_what_was_expected_or_what_to_do(text):
    assert "?" in text or NEXT_STEP.search(text) or text.count("{}") > 2


COMMANDS = [
    pytest.param(text, id=f"{path.name}:{line}")
    for path in sorted((PACKAGE / "cli").rglob("*.py"))
    for line, text in said(path)
]
NAMED_FIRST = ("ojmf ", "compare ")
"""Commands, which a message may begin with as they are written."""


@pytest.mark.parametrize("text", COMMANDS)
def test_a_message_of_a_command_begins_as_a_sentence(text):
    assert not text[0].islower() or text.startswith(NAMED_FIRST)
