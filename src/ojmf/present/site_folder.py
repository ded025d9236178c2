"""The folder of a site: what ojmf wrote there is replaced as one, and what others put there stays.

The marker in it lists every file with its fingerprint, so that a page that somebody has changed is
known on any computer.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from ojmf.errors import OutputError
from ojmf.output import carry_over, explain, fresh_folder
from ojmf.present.files import generator, refuse_read

MARKER = ".ojmf-site"
_NAMED = 3  # files that a message names


@contextmanager
def replaced_folder(target: Path, *, force: bool, read: Iterable[Path] = ()) -> Iterator[Path]:
    """A new folder to write in, which takes ``target``'s place when the block ends without error.

    What ojmf wrote in the old folder is gone then, and the files of others have been carried over.
    Nothing of it is touched before that. Raises ``OutputError`` where the folder cannot be written,
    where it holds or is part of what is ``read``, and, unless ``force``, where it was never ojmf's
    or a file that would be lost is not as ojmf wrote it.
    """
    target = Path(os.path.realpath(target))
    refuse_read(target, read)
    _refuse_in_the_way(target)
    _refuse_lost(target, (), force=force)  # before the work as well
    with fresh_folder(target) as fresh:
        yield fresh
        made = {name: _fingerprint(fresh / name) for name in sorted(_files(fresh))}
        old = written(target)
        _refuse_lost(target, made, force=force)
        carry_over(target, fresh, {*made, *old, MARKER})
        for folder in sorted(_folders(old), reverse=True):
            with suppress(OSError):  # it has files
                (fresh / folder).rmdir()
        lines = [generator(), *(f"{digest}  {name}" for name, digest in made.items())]
        text = "".join(f"{line}\n" for line in lines)
        (fresh / MARKER).write_text(text, encoding="utf-8", newline="\n")


def written(folder: Path) -> Mapping[str, str]:
    """What ojmf wrote into a folder, as its marker has it: fingerprints by path in the folder."""
    try:
        lines = (folder / MARKER).read_text(encoding="utf-8").splitlines()[1:]
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def _folders(names: Iterable[str]) -> set[str]:
    return {str(folder) for name in names for folder in PurePosixPath(name).parents} - {"."}


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_in_the_way(target: Path) -> None:
    """Raise ``OutputError`` for a file, and for a folder that holds the current one."""
    if target.exists() and not target.is_dir():
        raise OutputError(explain(target, NotADirectoryError(errno.ENOTDIR, "", str(target))))
    if Path.cwd().is_relative_to(target):
        raise OutputError(
            f"{target}: mappen kan inte ersättas, för du står i den. Ange en ny mapp med --output."
        )


def _refuse_lost(target: Path, made: Iterable[str], *, force: bool) -> None:
    """Raise where writing would lose what somebody else has written, unless ``force``."""
    if force or not target.exists():
        return
    try:
        old = written(target)
        there = _files(target) - {MARKER}
        changed = {name for name in there & {*old} if _fingerprint(target / name) != old[name]}
    except OSError as error:
        raise OutputError(explain(target, error)) from error
    if there and not old:
        raise OutputError(
            f"{target}: mappen innehåller filer som ojmf inte har gjort. Välj en annan mapp med "
            "--output, eller skriv webbplatsen dit med --force: filer med samma namn som dess "
            "ersätts då, och övriga står kvar."
        )
    lost = sorted(changed | ((there - {*old}) & ({*made} | _folders(made))))
    if lost:
        more = f" och {len(lost) - _NAMED} till" if len(lost) > _NAMED else ""
        raise OutputError(
            f"{target}: det här är ändrat eller tillagt sedan ojmf skrev webbplatsen, och skulle "
            f"ersättas: {', '.join(lost[:_NAMED])}{more}. Spara undan det, välj en annan mapp med "
            "--output, eller ersätt det med --force."
        )
