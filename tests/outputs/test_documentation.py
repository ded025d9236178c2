"""The documentation: it is built without network, leads nowhere wrong, and says what is so."""

from __future__ import annotations

import importlib.util
import inspect
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from typer.testing import CliRunner

import ojmf
from ojmf.cli import COMMANDS, app
from ojmf.cli.faults import EXIT_CODES
from ojmf.model import Reason
from ojmf.present.reasons import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
FAULTS = (ROOT / "docs" / "fel.md").read_text(encoding="utf-8")
QUESTIONS = (
    "Hur läser jag min egen Excelfil?",
    "Vad betyder färgen?",
    "Varför har ett tal inget gap?",
    "Hur stoppas en dålig fil i CI?",
    "Hur lägger jag till en kontroll?",
)
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src"}
RELATIONS = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "manifest"}


@dataclass
class Page(HTMLParser):
    """What a page links to, loads, and can be linked to at."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    language: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "html":
            self.language = given.get("lang")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in LOADED and LOADED[tag] in given:
            self.loads.append(given[LOADED[tag]])
        if tag == "link" and RELATIONS & set(given.get("rel", "").split()):
            self.loads.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("sphinx") is None:
        pytest.skip("the extra docs is not installed")
    folder = tmp_path_factory.mktemp("documentation") / "site"
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "site" / "build.py"), str(folder)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **nowhere},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    read = {path: Page() for path in sorted(site.rglob("*.html"))}
    for path, page in read.items():
        page.feed(path.read_text(encoding="utf-8"))
    return read


def test_every_page_of_the_repository_is_there(site):
    sources = [*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    built = [site / path.relative_to(ROOT).with_suffix(".html") for path in sources]
    assert all(path.is_file() for path in built)


def test_no_link_leads_nowhere(site, pages):
    wrong = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or link == "#":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.exists() or (
                parts.fragment and known and unquote(parts.fragment) not in known.ids
            ):
                wrong.append(f"{path.relative_to(site)}: {link}")
    assert wrong == []


def test_nothing_is_loaded_from_elsewhere(site, pages):
    found = [
        (path.name, load)
        for path, page in pages.items()
        for load in page.loads
        if urlsplit(load).netloc
    ]
    sheets = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    found += [
        ("css", url)
        for sheet in sheets
        for url in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", sheet)
    ]
    assert pages
    assert sheets
    assert found == []


WORDS = {"sv": r"\b(och|att|som|är|inte|det)\b", "en": r"\b(and|the|that|is|not|of)\b"}


def test_every_page_is_in_the_language_that_it_says(site, pages):
    said = {}
    for path, page in pages.items():
        source = ROOT / path.relative_to(site).with_suffix(".md")
        if source.is_file():
            prose = re.sub(r"```.*?```|`[^`]*`", "", source.read_text(encoding="utf-8"), flags=re.S)
            count = {language: len(re.findall(words, prose)) for language, words in WORDS.items()}
            said[source.name] = (page.language, max(count, key=count.__getitem__))
    assert len(said) > 15
    assert {name: pair for name, pair in said.items() if pair[0] != pair[1]} == {}
    assert pages[site / "commands.html"].language == "en"


def test_what_stands_around_a_page_is_in_swedish(site):
    page = (site / "docs" / "fel.html").read_text(encoding="utf-8")
    assert (
        re.findall(r">\s*(?:Next|Previous|On this page|Back to top|Skip to content)\s*<", page)
        == []
    )
    assert ">Nästa<" in re.sub(r"\s+(?=<)|(?<=>)\s+", "", page)


def test_users_read_their_own_language(site):
    chapter = (ROOT / "docs" / "site" / "index.md").read_text(encoding="utf-8").split("```")[1]
    named = re.findall(r"^[\w/-]+$", chapter, flags=re.MULTILINE)
    conf = (ROOT / "docs" / "site" / "conf.py").read_text(encoding="utf-8")
    assert len(named) > 10
    assert [name for name in named if f'"{name}"' in conf] == []


def test_every_command_and_every_public_name_is_described(site, pages):
    commands = (site / "commands.html").read_text(encoding="utf-8")
    described = {f"ojmf-{name}" for name in COMMANDS}
    assert described <= pages[site / "commands.html"].ids
    assert "ojmf gaps --kommun NAME --by priority" in re.sub(r"<[^>]+>", "", commands)
    names = {
        f"module-ojmf.{name}" if inspect.ismodule(getattr(ojmf, name)) else f"ojmf.{name}"
        for name in ojmf.__all__
        if not name.endswith("Error") and name != "__version__"
    }
    names |= {f"ojmf.compare.{name}" for name in ojmf.compare.__all__ if name != "SHORTEST"}
    reference = pages[site / "python.html"].ids
    errors = {f"ojmf.errors.{name}" for name in ojmf.__all__ if name.endswith("Error")}
    assert names | errors | {"ojmf.Workspace.gaps", "ojmf.schema.stages.OBSERVATIONS"} <= reference


def test_what_a_newcomer_asks_is_a_click_from_the_start(site, pages):
    asked = pages[site / "docs" / "fragor.html"].ids
    links = [unquote(link) for link in pages[site / "index.html"].links]
    direct = {link.partition("#")[2] for link in links if link.startswith("docs/fragor.html#")}
    assert len(direct) == len(QUESTIONS)
    assert direct <= asked
    text = (ROOT / "docs" / "fragor.md").read_text(encoding="utf-8")
    assert all(f"## {question}\n" in text for question in QUESTIONS)


def test_every_exit_code_is_explained():
    told = set(re.findall(r"^\| (\d+) \|", FAULTS, flags=re.MULTILINE))
    assert told == set(re.findall(r"^ +(\d+) ", EXIT_CODES, flags=re.MULTILINE))


def test_every_reason_is_explained():
    assert all(f"`{reason.value}`" in FAULTS for reason in Reason)
    rows = {
        code: words
        for code, words, _ in re.findall(
            r"^\| `(\w+)` \| (.*?) \| (.*?) ?\|$", FAULTS, re.MULTILINE
        )
    }
    alone = {reason.value: text for reason, text in SENTENCES.items() if reason.value in rows}
    assert len(alone) > 5
    for code, sentence in alone.items():
        assert sentence in rows[code]


SHOWN = re.findall(r"^\$ ojmf (.*)\n(fel: .*)$", FAULTS, flags=re.MULTILINE)


@pytest.mark.parametrize(("command", "message"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_shown_message_is_the_one_that_is_given(command, message, monkeypatch, tmp_path):
    monkeypatch.setenv("OJMF_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, shlex.split(command))
    assert result.exit_code > 1
    assert message in result.stderr.splitlines()


def test_messages_are_shown():
    assert len(SHOWN) >= 5
