"""One commit step for all that is written: stage it beside its place, then swap it in at once.

A process can be ended between any two system calls. What it leaves is the old or the new, whole,
and entries whose name begins with a dot; the next one to write the same target removes those.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ojmf.errors import OutputError, why

PATIENCE = 30.0
"""Seconds to wait for another process that writes the same target."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST}
_STAGED = re.compile(r"\.(.+)\.[0-9a-f]{8}\.(?:tmp|new|old)", re.DOTALL)
_NAME = 100  # characters of a target's name in those of its staged entries, whose length is bounded
_held: set[Path] = set()
"""The locks of this process, which it doesn't wait for itself."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of renameat2(2), which Python does not offer


def explain(path: Path | str, error: OSError) -> str:
    """Why a result could not be written, and what to do about it."""
    if error.errno in _FULL:
        return f"{path}: disken är full. Frigör utrymme eller välj en annan plats med --output."
    if error.errno == errno.EFBIG:
        return (
            f"{path}: filen blir större än en fil får bli här. Höj gränsen (ulimit -f) eller välj "
            "en annan plats med --output."
        )
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
    return f"{path}: kan inte skrivas ({why(error)}). Välj en annan plats med --output."


def write_files(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write files so that each is whole, and none is changed when one cannot be written.

    Returns the folders that were missing and are made, the outermost of each.

    Every file is first written beside its place under another name; then all are renamed. A file
    that is replaced keeps its mode. Files that belong together are ``write_folder``'s. Raises
    ``OutputError``.
    """
    missing = [[p for p in path.parents if not p.exists()] for path in contents]
    ready: dict[Path, Path] = {}
    try:
        with ExitStack() as locks:
            # In one order for all processes, so that no two wait for each other.
            for target, (path, content) in sorted(
                (Path(os.path.realpath(path)), (path, content))
                for path, content in contents.items()
            ):
                with _explained(path):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _refuse_unwritable(path, target)
                    locks.enter_context(locked(target))
                    _sweep(target)
                    temporary = _beside(target, ".tmp")
                    ready[temporary] = target
                    with temporary.open("xb") as file:
                        file.write(content)
                    if target.exists():
                        _keep_owner(target, temporary)
            for temporary, target in ready.items():
                with _explained(target):
                    temporary.replace(target)
    finally:
        for temporary in ready:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return list(dict.fromkeys(folders[-1] for folders in missing if folders))


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, all at once; ``contents`` by path in the folder.

    The folder's other files stay. A folder that can't be swapped for a new one (a mount point, the
    current folder or one above it, one with links in the files' places, or with folders of others)
    gets its files one after another, each whole. Raises ``OutputError``.
    """
    target = Path(os.path.realpath(folder))
    if not _can_be_swapped(target, contents):
        write_files({target / name: content for name, content in contents.items()})
        return
    for name in contents:
        with _explained(folder / name):
            _refuse_unwritable(folder / name, target / name)
    with fresh_folder(target) as fresh:
        known = carry_over(target, fresh, set(contents))
        for name, content in contents.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if (target / name).exists():
                _keep_owner(target / name, path)
        # What others add to the folder meanwhile is newer than what was carried over.
        carry_over(target, fresh, known | set(contents))


def write_folder_last(folder: Path, contents: Mapping[Path, bytes]) -> None:
    """Write files of which those of a folder belong together: all at once, and after the others.

    Where the process is ended between, the folder is as it was, and what was written elsewhere is
    to be without what it is for: indicators without figures change nothing. Raises ``OutputError``.
    """
    own = {path.name: content for path, content in contents.items() if path.parent == folder}
    write_files({path: content for path, content in contents.items() if path.parent != folder})
    if own:
        write_folder(folder, own)


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A new folder to write in, which takes ``target``'s place when the block ends without error.

    Nothing of the old folder is touched before that. Raises ``OutputError`` where the folder cannot
    be written; other errors of the block stay as they are.
    """
    target = Path(os.path.realpath(target))
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target):
            _restore(target)
            _sweep(target)
            fresh = _beside(target, ".new")
            fresh.mkdir()
            try:
                yield fresh
                if target.exists():
                    _keep_owner(target, fresh)
                _swap(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Be the only process that writes ``target``, for as long as the block runs.

    The lock is a file beside the target, held by the system for the process and removed with the
    block; one that is left by a dead process holds nobody up. In a block for the same target it is
    held already. Raises ``OutputError`` that names the
    other process where it has not ended after ``PATIENCE`` seconds.
    """
    path = target.with_name(f".{target.name[:_NAME]}.lock")
    if path in _held:
        yield
        return
    until = time.monotonic() + PATIENCE
    while True:
        with _explained(target):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        # The holder removes the file, so a lock on a file that is no longer there locks nothing.
        if _try_lock(handle) and _is_at(handle, path):
            break
        who = ""
        with suppress(OSError):  # Windows lets nobody read what is locked
            who = os.read(handle, 20).decode("ascii", "replace")
        os.close(handle)
        if time.monotonic() > until:
            raise OutputError(
                f"{target}: skrivs redan av en annan körning (process {who or 'okänt nummer'}). "
                "Vänta tills den är klar och kör igen, eller välj en annan plats med --output."
            )
        time.sleep(0.05)
    _held.add(path)
    try:
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        _held.remove(path)
        if sys.platform == "win32":
            os.close(handle)  # an open file can't be removed there
            with suppress(OSError):
                path.unlink()
        else:
            with suppress(OSError):
                path.unlink()
            os.close(handle)


def _try_lock(handle: int) -> bool:
    # The standard library locks in two lines; filelock does too, and takes 80 ms to import.
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(explain(path, error)) from error


def _refuse_unwritable(path: Path, target: Path) -> None:
    """Raise for a folder, a device or a pipe, and a file that is protected or held by a program."""
    try:
        kind = target.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(kind):
        raise OutputError(
            f"{path}: är ingen vanlig fil (en enhet, ett rör eller en sockel) och ersätts inte. "
            "Välj ett annat namn med --output, eller utelämna --output och styr om standard ut."
        )
    target.open("r+b").close()


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name[:_NAME]}.{os.urandom(4).hex()}{ending}")


def _staged(target: Path) -> list[Path]:
    """What dead processes left beside a target, which must be locked."""
    return [
        path
        for path in target.parent.iterdir()
        if (match := _STAGED.fullmatch(path.name)) and match[1] == target.name[:_NAME]
    ]


def _sweep(target: Path) -> None:
    for path in _staged(target):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _restore(target: Path) -> None:
    """Put the old folder back where a process was ended between the two renames of a swap."""
    if target.exists():
        return
    old = [path for path in _staged(target) if path.suffix == ".old"]
    if old:
        old[0].rename(target)


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the old one's place, in one step where the system can.

    Then ``fresh`` is the old folder. Elsewhere the old one comes back if the second step fails.
    """
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        old = _beside(target, ".old")
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            with suppress(OSError):
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two paths have changed places in one step."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):  # an old C library
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def _keep_owner(old: Path, new: Path) -> None:
    """Give a new file or folder the mode and, where that is allowed, the owner of the old one."""
    was = old.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, was.st_uid, was.st_gid)
    new.chmod(stat.S_IMODE(was.st_mode))


def _can_be_swapped(target: Path, contents: Mapping[str, bytes]) -> bool:
    if not target.is_dir():
        return not target.exists()
    own = {name.partition("/")[0] for name in contents if "/" in name}
    return not (
        target.is_mount()
        or Path.cwd().is_relative_to(target)
        or not os.access(target.parent, os.W_OK | os.X_OK)
        or any((target / name).is_symlink() for name in contents)
        # A workspace or a home is no folder of results, whatever is written into it.
        or any(path.is_dir() and path.name not in own for path in target.iterdir())
    )


def carry_over(target: Path, fresh: Path, known: set[str]) -> set[str]:
    """Link the files of the old folder into the new one, but for ``known``; returns which."""
    found: set[str] = set()
    ours = {Path(name).name for name in known}
    for folder, folders, files in os.walk(target, onerror=_raise):
        place = Path(folder).relative_to(target)
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for name in {*folders} - {*linked}:
            (fresh / place / name).mkdir(exist_ok=True)
            _keep_owner(Path(folder, name), fresh / place / name)
        for name in files + linked:
            path = place / name
            staged = _STAGED.fullmatch(name)
            if path.as_posix() in known or (staged and staged[1] in ours):
                continue
            found.add(path.as_posix())
            try:
                os.link(target / path, fresh / path, follow_symlinks=False)
            except (OSError, NotImplementedError):  # a file system without links
                shutil.copy2(target / path, fresh / path, follow_symlinks=False)
    return found


def _raise(error: OSError) -> None:
    """What can't be listed can't be carried over; a folder that isn't there has nothing."""
    if not isinstance(error, FileNotFoundError):
        raise error
