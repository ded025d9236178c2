"""Files of a result: what a frame is in each format, and writing all of it or nothing.

A frame keeps its own column names and types in every format but Markdown, which is for people.
CSV holds texts exactly as they are: one that begins with =, +, - or @ is a formula to a
spreadsheet that opens the file, so give people .xlsx, where texts are stored as texts.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import ojmf
from ojmf.errors import OutputError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST}


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write files so that each is whole, and none is changed when one cannot be written.

    Every file is first written beside its place under another name; then all are renamed.
    Missing folders are made. Raises ``OutputError``.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with _explained(path):
                target = Path(os.path.realpath(path))
                target.parent.mkdir(parents=True, exist_ok=True)
                _refuse_unwritable(target)
                temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
                ready[temporary] = target
                with temporary.open("xb") as file:
                    file.write(content)
        for temporary, target in ready.items():
            with _explained(target):
                temporary.replace(target)
    finally:
        for temporary in ready:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _refuse_unwritable(target: Path) -> None:
    """Raise ``OSError`` for a folder, or a file that is protected or held by another program."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists():
        target.open("r+b").close()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(explain(path, error)) from error


def explain(path: Path | str, error: OSError) -> str:
    """Why a result could not be written, and what to do about it."""
    if error.errno in _FULL:
        return f"{path}: disken är full. Frigör utrymme eller välj en annan plats med --output."
    if error.errno in _NOT_ALLOWED:
        return (
            f"{path}: får inte skrivas (skrivskyddad, rättigheter saknas eller öppen i ett annat "
            "program). Välj en annan plats med --output."
        )
    if error.errno in _IN_THE_WAY:
        obstacle = "en mapp" if error.errno == errno.EISDIR else "en fil, inte en mapp"
        return (
            f"{path}: kan inte skrivas, för {error.filename or path} är {obstacle}. "
            "Välj ett annat namn med --output."
        )
    return (
        f"{path}: kan inte skrivas ({error.strerror or error}). Välj en annan plats med --output."
    )


MAKER = "ojmf"


CHART_MARK = f"{MAKER} chart"
"""Stands in every picture, where a program reads it and a person does not see it."""


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


def _made_markdown(path: Path) -> bool:
    return _beginning(path).startswith(f"<!-- {MAKER} ")


def _made_html(path: Path) -> bool:
    return f'<meta name="generator" content="{MAKER} ' in _beginning(path)


def _made_csv(path: Path) -> bool:
    return _beginning(path).partition("\n")[0].rstrip("\r").endswith(CSV_LAST_HEADING)


def _made_chart(path: Path) -> bool:
    return CHART_MARK.encode() in path.read_bytes()


def _made_json(path: Path) -> bool:
    try:
        descriptor = json.loads(path.read_bytes())
    except ValueError:
        return False
    made_by = descriptor.get("generator") if isinstance(descriptor, dict) else None
    return isinstance(made_by, dict) and made_by.get("name") == MAKER


_MARKED: Mapping[str, Callable[[Path], bool]] = {
    ".csv": _made_csv,
    ".docx": _made_office,
    ".html": _made_html,
    ".json": _made_json,
    ".md": _made_markdown,
    ".png": _made_chart,
    ".svg": _made_chart,
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
def replaced_folder(target: Path, *, force: bool) -> Iterator[Path]:
    """A new folder to write in, which takes ``target``'s place when the block ends without error.

    Nothing of the old folder is touched before that. Raises ``OutputError`` where the folder
    cannot be written, and where ``target`` holds files but not the marker of ojmf, unless
    ``force``.
    """
    target = Path(os.path.realpath(target))
    refuse_foreign_folder(target, force=force)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        fresh.mkdir()
    except OSError as error:
        raise OutputError(explain(target, error)) from error
    try:
        yield fresh
        (fresh / MARKER).write_text(f"{generator()}\n", encoding="utf-8", newline="\n")
        _swap(fresh, target)
    except OSError as error:
        raise OutputError(explain(target, error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the old one's place; the old one comes back if that fails."""
    old = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
    existed = target.exists()
    if existed:
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if existed:
            with suppress(OSError):
                old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
