"""Files that ojmf made: how they are known again, and what is not replaced without being asked."""

from __future__ import annotations

import errno
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import ojmf
from ojmf.errors import OutputError
from ojmf.output import explain, fresh_folder

MAKER = "ojmf"

CHART_MARK = f"{MAKER} chart"
"""Stands in every picture, where a program reads it and a person does not see it."""

TSV_HEADINGS = ("Enhet", "Period", "Mått", "Värde")
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


def _made_office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            saved_by = _SAVED_BY.search(archive.read(_CORE))
    except (zipfile.BadZipFile, KeyError):
        return False
    return saved_by is not None and saved_by[1] == MAKER.encode()


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_BEGINNING).decode("utf-8-sig", errors="replace")


def _made_chart(path: Path) -> bool:
    return CHART_MARK.encode() in path.read_bytes()


def _made_json(path: Path) -> bool:
    try:
        descriptor = json.loads(path.read_bytes())
    except ValueError:
        return False
    told = descriptor if isinstance(descriptor, dict) else {}
    made_by = told.get("generator") or told.get("extension", {}).get("generator")
    return isinstance(made_by, dict) and made_by.get("name") == MAKER


_MARKED: Mapping[str, Callable[[Path], bool]] = {
    ".csv": lambda path: (
        _beginning(path).partition("\n")[0].rstrip("\r").endswith(CSV_LAST_HEADING)
    ),
    ".docx": _made_office,
    ".html": lambda path: f'<meta name="generator" content="{MAKER} ' in _beginning(path),
    ".json": _made_json,
    ".jsonld": _made_json,
    ".md": lambda path: _beginning(path).startswith(f"<!-- {MAKER} "),
    ".pq": lambda path: _beginning(path).startswith(f"// {MAKER} "),
    ".png": _made_chart,
    ".svg": _made_chart,
    ".tsv": lambda path: _beginning(path).partition("\r\n")[0] == "\t".join(TSV_HEADINGS),
    ".xlsx": _made_office,
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


MARKER = ".ojmf-site"


@contextmanager
def replaced_folder(target: Path, *, force: bool, read: Iterable[Path] = ()) -> Iterator[Path]:
    """A new folder to write in, which takes ``target``'s place when the block ends without error.

    Nothing of the old folder is touched before that. Raises ``OutputError`` where the folder
    cannot be written, where it holds or is part of what is ``read``, and where ``target`` holds
    files but not the marker of ojmf, unless ``force``.
    """
    target = Path(os.path.realpath(target))
    refuse_read(target, read)
    refuse_foreign_folder(target, force=force)
    with fresh_folder(target) as fresh:
        yield fresh
        (fresh / MARKER).write_text(f"{generator()}\n", encoding="utf-8", newline="\n")


def refuse_read(target: Path, read: Iterable[Path]) -> None:
    """Raise ``OutputError`` where writing a folder would replace something that is read for it."""
    target = Path(os.path.realpath(target))
    for path in map(Path, map(os.path.realpath, read)):
        if path.is_relative_to(target) or target.is_relative_to(path):
            raise OutputError(
                f"{target}: här finns det som läses ({path}), och det ersätts inte. Ange en annan "
                "mapp med --output."
            )


def refuse_foreign_folder(target: Path, *, force: bool) -> None:
    """Raise ``OutputError`` for a file, and for a filled folder without the marker.

    A folder that holds the current one is refused even with ``force``, for it is replaced whole.
    """
    if target.exists() and not target.is_dir():
        raise OutputError(explain(target, NotADirectoryError(errno.ENOTDIR, "", str(target))))
    if Path.cwd().is_relative_to(target):
        raise OutputError(
            f"{target}: mappen kan inte ersättas, för du står i den. Ange en ny mapp med --output."
        )
    try:
        foreign = target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file()
    except OSError as error:
        raise OutputError(explain(target, error)) from error
    if foreign and not force:
        raise OutputError(
            f"{target}: mappen innehåller filer som ojmf inte har gjort. Välj en annan mapp med "
            "--output, eller ersätt hela mappen med --force."
        )
