"""Every text that the program can say, in the words of the guide: none of its listed faults.

What is rendered is read by ``tests/outputs/test_swedish.py``; here are all the texts that there
are to render: the strings of the code, the suites' messages, the guides and the help.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ojmf.cli import app

ROOT = Path(__file__).parents[2]
SWEDISH = {
    "a word of the program": r"undertryckt|\bgolden\b|perioden är year|\bidentitet(en|er)\b",
    "a year that is only true now": r"\bi fjol\b|hittills i år|sedan i fjol",
    "more than the method holds": r"inte är slump|slumpmässig variation|[Ss]lumpens gräns",
    "another word for no answer": r"\b[Ee]j svar\b|\bobesvarad\b",
    "another word for an average": r"[Aa]ndel på plats|länets medel\b",
    "a word from the English": r"möter aldrig|döma dem|bär talet|säker siffra|skrivs? ut i tabell"
    r"|leder i en ring|hel JSON|förlorat sina|får ha en formel|flikar mellan|sägs med sin",
    "a riddle": r"[Mm]edelvärde av ingenting|fast det inte är givet|väger så mycket som den är",
    "an unclear verdict": r"motsägs av tabellen|osäker koppling|inte kopplad till någon|följs åt",
    "a list of nouns": r"varken eller\b|högt är bra|lågt är bra|\bovan nämnda\b",
    "a badly cut sentence": r"\.\.,|(?<!fl)\.,(?!\d)| ,(?!\w*\))| \.(?!\w|\.)",
}
ENGLISH = {
    "quaint": r"\banew\b|least grave|went away|come by themselves|like periods meet"
    r"|told at once|passed over with a reason|looked for behind|told apart by|pages in a ring",
    "too much said": r"[Tt]ells? change from chance|what became of every",
    "another word for nämnd": r"\bto a board\b|--board\b",
    "unclear": r"lacks its proof|own values belong|values that are no figures|made if needed",
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module, with their lines; what documents the code is no text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documenting = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(p.value) if isinstance(p, ast.Constant) else "1" for p in node.values]
            yield node.lineno, "".join(parts)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documenting
            and " " in node.value.strip()
        ):
            yield node.lineno, node.value


def faults(text: str, listed: dict[str, str]) -> list[str]:
    return [name for name, pattern in listed.items() if re.search(pattern, text)]


def is_swedish(text: str) -> bool:
    return bool(re.search(r"[åäöÅÄÖ]|\b(och|inte|som|med|till)\b", text))


def test_no_text_of_the_code_has_a_listed_fault() -> None:
    texts = [
        (f"{path.relative_to(ROOT)}:{line}", text)
        for path in sorted((ROOT / "src").rglob("*.py"))
        for line, text in literals(path)
        if is_swedish(text)
    ]
    assert len(texts) > 1500
    assert [(at, found, text) for at, text in texts if (found := faults(text, SWEDISH))] == []


def test_no_message_of_a_suite_has_a_listed_fault() -> None:
    texts = []
    for path in sorted((ROOT / "expectations").glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        for one in suite["expectations"]:
            said = one.get("meta", {}).get("message"), one.get("notes")
            texts += [(path.name, text) for text in said if isinstance(text, str)]
    assert len(texts) > 200
    assert [(at, found, text) for at, text in texts if (found := faults(text, SWEDISH))] == []


def prose(path: Path) -> list[tuple[str, str]]:
    """The lines of a guide without its examples of input and output."""
    text = re.sub(
        r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    # What stands in code or in quotation marks is an example of what others write.
    return [(path.name, re.sub(r"`[^`]*`|”[^”]*”", "x", line)) for line in text.splitlines()]


def test_no_guide_has_a_listed_fault() -> None:
    lines = [one for path in sorted((ROOT / "docs").glob("*.md")) for one in prose(path)]
    for name in ("README.md", "CONTRIBUTING.md", "data/references/README.md"):
        lines += prose(ROOT / name)
    assert len(lines) > 1000
    found = [(at, line, faults(line, SWEDISH)) for at, line in lines if is_swedish(line)]
    found += [(at, line, faults(line, ENGLISH)) for at, line in lines]
    assert [one for one in found if one[2]] == []


def helps(command: Any, path: str = "ojmf") -> Iterator[tuple[str, str]]:
    """The help of a command, of its options and of the commands below it."""
    yield path, str(getattr(command, "help", "") or "")
    for parameter in getattr(command, "params", ()):
        yield f"{path} {parameter.name}", str(getattr(parameter, "help", "") or "")
        yield f"{path} {parameter.name}", " ".join(parameter.opts)
    for name in getattr(command, "commands", {}):
        yield from helps(command.get_command(None, name), f"{path} {name}")


def test_no_help_has_a_listed_fault() -> None:
    texts = list(helps(typer.main.get_command(app)))
    assert len(texts) > 300
    assert [(at, found) for at, text in texts if (found := faults(text, ENGLISH))] == []


@pytest.mark.parametrize(
    ("text", "listed", "name"),
    [
        ("Ett medelvärde av ingenting saknas.", SWEDISH, "a riddle"),
        ("Andel på plats (%)", SWEDISH, "another word for an average"),
        ("texten säger 44 personer., tabellen 42", SWEDISH, "a badly cut sentence"),
        ("The reader of stdout went away.", ENGLISH, "quaint"),
    ],
)
def test_a_fault_is_found(text: str, listed: dict[str, str], name: str) -> None:
    assert faults(text, listed) == [name]
