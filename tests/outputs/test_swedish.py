"""What readers read: no system words, no deictic years, no raw intervals, numbers that agree."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from ojmf import Workspace
from ojmf.cli import app
from ojmf.present.annex.rows import compare_rows
from ojmf.present.report import to_report
from ojmf.present.report.values import Head
from tests.outputs import workspaces
from tests.outputs.test_report import DAY

NOUNS = "tabeller|rader|frågor|indikatorer|filer|källor|kommuner|kontroller|uppgifter|mått finns"
FAULTS = {
    "a number that does not agree": rf"(?<![\d,.])1 (?:{NOUNS})\b",
    "a year that is only true now": r"\b[Ii] fjol\b|\bhittills i år\b|\bsedan i fjol\b",
    "a raw interval": r"\d{4}-\d{2}/\d{4}-\d{2}",
    "more than the method holds": r"inte är slump|slumpmässig",
    "another word for no answer": r"\b[Ee]j svar\b|\bobesvarad",
    "a word of the program": r"data/[a-z]+\.|\.toml\b|\.csv\b|\bpå plats\b|\bNone\b|\bnull\b",
    "a hyphen for a minus sign": r"(?<![\w-])-\d",
    "a sentence within a sentence": r"\.,|\.\.(?!\.)| ,|,,",
}
_WORDS = r"(?i:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
_NAMES = (
    r"”[^”]*”|\([^)]*\)|\b(?:19|20)\d\d\b|\d+ (?:januari|februari|mars|april|maj|juni|juli|augusti|"
    r"september|oktober|november|december)|\b(?:nr|rad|bilaga|plats) [\d.–]+|\d+[–-]\d+ år"
)
"""What is quoted, in brackets, a date or a number that names something counts nothing."""


def mixed(text: str) -> list[str]:
    """The sentences that have one number in digits and another in words."""
    sentences = re.split(r"(?<=[.:!?]) (?=[A-ZÅÄÖ0-9])", text.replace("\u00a0", " "))
    counting = ((one, re.sub(_NAMES, "", one)) for one in sentences)
    return [
        one
        for one, left in counting
        if re.search(rf"\b{_WORDS}\b", left) and re.search(r"\d", left)
    ]


class Texts(HTMLParser):
    """The texts of a page, but not its styles, scripts and ids for programs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.closed = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.closed += tag in {"style", "script", "code"}

    def handle_endtag(self, tag: str) -> None:
        self.closed -= tag in {"style", "script", "code"}

    def handle_data(self, data: str) -> None:
        if not self.closed and data.strip():
            self.found.append(" ".join(data.split()))


def faults(texts: list[str]) -> list[tuple[str, str]]:
    return [
        (name, text)
        for text in texts
        for name, pattern in FAULTS.items()
        if re.search(pattern, text.replace("\u00a0", " "))
    ]


@pytest.mark.parametrize("kommun", ["Solna", "Enköping"])
def test_the_report_has_none_of_the_faults(kommun: str) -> None:
    workspace = Workspace.open(workspaces.ROOT)
    content = to_report(workspace, compare_rows(workspace, kommun), Head(DAY))
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert len(texts) > 30
    assert faults(texts) == []
    assert [found for text in texts for found in mixed(text)] == []


def test_the_pages_have_none_of_the_faults(tmp_path: Path) -> None:
    rows = [("Har rutin", "NEJ", "89", "40", "Under arbete"), ("Har plan", "", "1", "2", "")]
    root = workspaces.make(tmp_path / "yta", {2024: {"oj-a": rows, "oj-b": rows[:1]}})
    for arguments in (
        ["site", "--kommun", "Solna", "--output", str(tmp_path / "sidor")],
        ["table", "--kommun", "Solna", "--output", str(tmp_path / "sidor.html")],
        ["validate", "-f", "html", "--fail-on", "never", "-o", str(tmp_path / "fynd.html")],
    ):
        result = CliRunner().invoke(app, [*arguments, "--root", str(root)])
        assert result.exit_code == 0, result.output
    pages = [*tmp_path.rglob("*.html")]
    assert len(pages) > 6
    for page in pages:
        reader = Texts()
        reader.feed(page.read_text(encoding="utf-8"))
        assert faults(reader.found) == [], page.name
        assert [found for text in reader.found for found in mixed(text)] == [], page.name


def test_the_reasons_that_readers_see_have_none_of_the_faults() -> None:
    workspace = Workspace.open(workspaces.ROOT)
    texts = [
        text
        for concept in workspace.concepts
        for text in (concept.reason, concept.denominator_note, concept.period_conversion)
        if text
    ]
    assert len(texts) > 20
    assert faults(texts) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1 tabeller", "a number that does not agree"),
        ("högre än i fjol", "a year that is only true now"),
        ("avser 2024-01/2024-08", "a raw interval"),
        ("den saknas i data/population.csv", "a word of the program"),
        ("skillnad -0,4", "a hyphen for a minus sign"),
    ],
)
def test_a_fault_is_found(text: str, name: str) -> None:
    assert [found for found, _ in faults([text])] == [name]
    assert faults(["Ekonomi 2024-08-31: 21 frågor, −0,4 mnkr på 1 fråga."]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Solna redovisar 83 uppgifter inom tre områden. Nio står i två.", 1),
        ("Plats 3 av 26 kommuner, delad med två.", 1),
        ("Sedan 2024 har fyra svar ändrats. I 12 har inget hänt.", 0),
        ("Vanligast är ”Uppföljning efter två år” på 3 av 4 platser (två saknas).", 0),
    ],
)
def test_numbers_of_one_sentence_in_two_ways_are_found(text: str, found: int) -> None:
    assert len(mixed(text)) == found
