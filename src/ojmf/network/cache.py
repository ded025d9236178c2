"""Answers kept on disk: one file per URL, whole or not there, and marks of unfinished runs."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ojmf.caches import CACHE_VARIABLE
from ojmf.errors import OutputError, why


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer as kept.

    ``date`` is when the answer was given (ISO 8601, UTC), by the ``server`` or else by the
    ``local`` clock; ``sha256`` is that of the body's bytes; ``run`` is the run that asked last.
    """

    url: str
    date: str
    clock: str
    etag: str | None
    last_modified: str | None
    sha256: str
    body: str
    run: str


class Cache:
    """Answers by URL in a folder; a file that is damaged counts as not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, url: str) -> Entry | None:
        """The answer kept for a URL."""
        entry = _read(self._path(url, "json"))
        return entry if entry is not None and entry.url == url else None

    def put(self, entry: Entry) -> None:
        """Keep an answer; raises ``OutputError`` where it can't be written."""
        text = json.dumps(asdict(entry), ensure_ascii=False)
        self._write(self._path(entry.url, "json"), text)

    def forget(self, url: str) -> None:
        """Keep no answer for a URL."""
        with suppress(OSError):
            self._path(url, "json").unlink(missing_ok=True)

    def entries(self) -> Iterator[Entry]:
        """Every answer kept, in the order of the file names."""
        for path in sorted(self.folder.glob("*.json")):
            entry = _read(path)
            if entry is not None:
                yield entry

    def begin(self, name: str) -> str:
        """The token of the unfinished run of that name, or of a new one."""
        path = self._path(name, "unfinished")
        with suppress(OSError, UnicodeDecodeError):
            token = path.read_text(encoding="ascii")
            if token:
                return token
        token = secrets.token_hex(8)
        self._write(path, token)
        return token

    def finish(self, name: str) -> None:
        """Forget the run of that name, so that the next one asks anew."""
        with suppress(OSError):
            self._path(name, "unfinished").unlink(missing_ok=True)

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.{suffix}"

    def _write(self, path: Path, text: str) -> None:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(path)
        except OSError as error:
            raise OutputError(
                f"{path.parent}: cachen kan inte skrivas ({why(error)}). Sätt "
                f"{CACHE_VARIABLE} till en mapp som får skrivas."
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _read(path: Path) -> Entry | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        entry = Entry(**{field.name: raw[field.name] for field in fields(Entry)})
        body = entry.body.encode()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return entry if hashlib.sha256(body).hexdigest() == entry.sha256 else None
