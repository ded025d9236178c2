"""A folder of results that is replaced as a whole, and only when ojmf made it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ojmf.errors import OutputError
from ojmf.present.files import explain
from ojmf.present.ownership import generator

MARKER = ".ojmf-site"


@contextmanager
def replaced_folder(target: Path, *, force: bool) -> Iterator[Path]:
    """A new folder to write in, which takes ``target``'s place when the block ends without error.

    Nothing of the old folder is touched before that. Raises ``OutputError`` where the folder
    cannot be written, and where ``target`` holds files but not the marker of ojmf, unless
    ``force``.
    """
    target = Path(os.path.realpath(target))
    refuse_foreign(target, force=force)
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


def refuse_foreign(target: Path, *, force: bool) -> None:
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
