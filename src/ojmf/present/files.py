"""Files that ojmf made: how they are known again, and what is not replaced without being asked."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import ojmf
from ojmf.caches import cache_folder
from ojmf.errors import OutputError
from ojmf.output import write_files

MAKER = "ojmf"

CHART_MARK = f"{MAKER} chart"
"""Stands in every picture, where a program reads it and a person does not see it."""

_CORE = "docProps/core.xml"
_SAVED_BY = re.compile(rb"<cp:lastModifiedBy>([^<]*)</cp:lastModifiedBy>")
_CUSTOM = "docProps/custom.xml"
SEAL = f"{MAKER} seal"
"""The property of a workbook that tells whether anybody has changed it."""
NO_SEAL = "0" * 64
"""What the property is before a workbook is sealed."""


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


def _made_workbook(path: Path) -> bool:
    """Whether a workbook has the seal of what it holds: a program that saves it makes it anew."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _made_office(path) and _seal(archive).encode() in archive.read(_CUSTOM)
    except (zipfile.BadZipFile, KeyError):
        return False


def _seal(archive: zipfile.ZipFile) -> str:
    """The fingerprint of all parts of a workbook but the one that it stands in itself."""
    digest = hashlib.sha256()
    for name in sorted(set(archive.namelist()) - {_CUSTOM}):
        digest.update(name.encode() + b"\0" + hashlib.sha256(archive.read(name)).digest())
    return digest.hexdigest()


def sealed(workbook: bytes) -> bytes:
    """A workbook whose property ``SEAL`` is ``NO_SEAL``, with the fingerprint of what it holds.

    A property of the author stays when another program saves a workbook; this one is wrong then.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        seal = _seal(old).encode()
        for part in old.infolist():
            content = old.read(part)
            if part.filename == _CUSTOM:
                content = content.replace(NO_SEAL.encode(), seal)
            new.writestr(part, content)
    return made.getvalue()


def is_ours(path: Path) -> bool:
    """Whether a file is empty, or what ojmf made and nobody has changed since.

    A workbook says so itself, on any computer; any other file is known by its fingerprint.
    """
    try:
        sealed_one = path.suffix.lower() == ".xlsx" and _made_workbook(path)
        if not path.stat().st_size or sealed_one:
            return True
        return _note_of(path.read_bytes()).exists()
    except OSError:
        return False


def write_made(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write results as ``write_files`` does, and note the fingerprint of each beforehand.

    Where that can't be noted, the file is not known again and needs ``--force``.
    """
    remember_made(contents.values())
    return write_files(contents)


def remember_made(contents: Iterable[bytes]) -> None:
    """Note the fingerprints of what is about to be written, as a file has no safe room for one."""
    with suppress(OSError, OutputError):
        write_files({_note_of(content): b"" for content in contents})


def _note_of(content: bytes) -> Path:
    return cache_folder("made") / hashlib.sha256(content).hexdigest()


def _opened_by(path: Path) -> str | None:
    """The program that has a file open, by the file that it keeps beside it meanwhile."""
    for program, name in (
        ("Excel", f"~${path.name}"),
        ("Word", f"~${path.name[2:]}"),  # which puts these in the place of two letters
        ("LibreOffice", f".~lock.{path.name}#"),
    ):
        if path.with_name(name).exists():
            return program
    return None


def refuse_foreign(paths: Iterable[Path], *, force: bool) -> None:
    """Raise ``OutputError`` for files that exist and that ojmf did not make, unless ``force``.

    A file that is open in an office program is refused too: what is done there would be lost.
    """
    paths = list(paths)
    opened = [] if force else [(path, by) for path in paths if (by := _opened_by(path))]
    if opened:
        raise OutputError(
            "\n".join(
                f"{path}: filen är öppen i {by}. Stäng den där och kör igen, eller välj ett annat "
                "namn med --output. Är den inte öppen längre skrivs den över med --force."
                for path, by in opened
            )
        )
    foreign = [] if force else [path for path in paths if path.is_file() and not is_ours(path)]
    if foreign:
        raise OutputError(
            "\n".join(
                f"{path}: filen finns redan och är inte gjord av ojmf, eller ändrad utanför det. "
                "Välj ett annat namn med --output, eller skriv över den med "
                "--force."
                for path in foreign
            )
        )


def refuse_read(target: Path, read: Iterable[Path]) -> None:
    """Raise ``OutputError`` where writing a folder would replace something that is read for it."""
    target = Path(os.path.realpath(target))
    for path in map(Path, map(os.path.realpath, read)):
        if path.is_relative_to(target) or target.is_relative_to(path):
            raise OutputError(
                f"{target}: här finns det som läses ({path}), och det ersätts inte. Ange en annan "
                "mapp med --output."
            )
