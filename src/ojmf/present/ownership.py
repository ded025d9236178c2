"""Which files ojmf made, so that it replaces those and never anybody else's.

Each format says it in its own way, so that it goes away when a person saves the file in another
program: a workbook or a Word document by who saved it last, a web page by its generator, Markdown
by its first line, CSV by its last heading, a data package by its descriptor. Whatever a person has
edited and saved in Word, Excel or LibreOffice is theirs from then on.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import ojmf
from ojmf.errors import OutputError

MAKER = "ojmf"
CSV_LAST_HEADING = "Hänvisning (ojmf)"
_CORE = "docProps/core.xml"
_SAVED_BY = re.compile(rb"<cp:lastModifiedBy>([^<]*)</cp:lastModifiedBy>")
_BEGINNING = 4096


def generator() -> str:
    """What a text file that ojmf makes says of its maker."""
    return f"{MAKER} {ojmf.__version__}"


def markdown_mark() -> str:
    """The first line of a Markdown file; it is not shown."""
    return f"<!-- {generator()} -->\n"


def html_mark() -> str:
    """The tag in the head of a web page."""
    return f'<meta name="generator" content="{generator()}">'


def package_mark() -> dict[str, str]:
    """The property ``generator`` of a data package."""
    return {"name": MAKER, "version": ojmf.__version__}


def _office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            saved_by = _SAVED_BY.search(archive.read(_CORE))
    except (zipfile.BadZipFile, KeyError):
        return False
    return saved_by is not None and saved_by[1] == MAKER.encode()


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_BEGINNING).decode("utf-8-sig", errors="replace")


def _markdown(path: Path) -> bool:
    return _beginning(path).startswith(f"<!-- {MAKER} ")


def _html(path: Path) -> bool:
    return f'<meta name="generator" content="{MAKER} ' in _beginning(path)


def _csv(path: Path) -> bool:
    return _beginning(path).partition("\n")[0].rstrip("\r").endswith(CSV_LAST_HEADING)


def _json(path: Path) -> bool:
    try:
        descriptor = json.loads(path.read_bytes())
    except ValueError:
        return False
    made_by = descriptor.get("generator") if isinstance(descriptor, dict) else None
    return isinstance(made_by, dict) and made_by.get("name") == MAKER


_MARKED: Mapping[str, Callable[[Path], bool]] = {
    ".csv": _csv,
    ".docx": _office,
    ".html": _html,
    ".json": _json,
    ".md": _markdown,
    ".xlsx": _office,
}


def is_ours(path: Path) -> bool:
    """Whether ojmf made a file and nobody has saved it from another program since."""
    marked = _MARKED.get(path.suffix.lower())
    try:
        return marked is not None and marked(path)
    except OSError:
        return False


def refuse_foreign(paths: Iterable[Path], *, force: bool) -> None:
    """Raise ``OutputError`` for files that exist and that ojmf did not make, unless ``force``."""
    foreign = [] if force else [path for path in paths if path.is_file() and not is_ours(path)]
    if foreign:
        raise OutputError(
            "\n".join(
                f"{path}: filen finns redan och är inte gjord av ojmf, eller så har någon sparat "
                "den på nytt efteråt. Välj ett annat namn med --output, eller skriv över den med "
                "--force."
                for path in foreign
            )
        )
