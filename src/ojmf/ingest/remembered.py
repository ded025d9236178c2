"""The observations of a workspace's reports, remembered by content: nothing is read twice.

The content is all that they follow from: the declared files, the extracts, and the code that reads
them. What is damaged or was made by other code counts as not there.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import polars as pl

import ojmf
from ojmf.caches import cache_folder
from ojmf.errors import OutputError
from ojmf.output import write_files

_DECLARED = ("geography.csv", "indicators/*.toml", "sources/*/source.toml", "sources/*/extract.txt")
_CODE = (
    "*.py",
    "declarations/*.py",
    "frames/*.py",
    "ingest/*.py",
    "ingest/layouts/*.py",
    "schema/*.py",
)
"""What an extract is read by: no reader of other files, and nothing on the floors above."""


@dataclass(frozen=True, slots=True)
class What:
    """A kind of frame: its folder, the files under ``data/`` that it follows from, and the code."""

    folder: str
    declared: tuple[str, ...]
    code: tuple[str, ...]


OBSERVATIONS = What("observations", _DECLARED, _CODE)
HELD = What(
    "held",
    # What is fetched is known by the fingerprint in its declaration.
    (*_DECLARED, "*.csv", "publish.toml", "references/*", "sources/*/*.toml"),
    (*_CODE, "compare/basis.py", "compare/figures.py", "disclosure/*.py"),
)
HELD_OF_STORE = replace(HELD, folder="held-of-store")


def _files(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    return (path for pattern in patterns for path in sorted(folder.glob(pattern)))


_Stamps = tuple[tuple[str, int, int], ...]
"""When each declared file was changed, and its size."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where a frame of a workspace is remembered, by its files as they are when it is opened.

    ``opened`` is None where they can't be looked at: then nothing is remembered. ``store`` tells
    what the frame follows from beside the files: a version of a shared store.
    """

    root: Path
    opened: _Stamps | None
    what: What = OBSERVATIONS
    store: str = ""

    @classmethod
    def of(cls, root: Path, what: What = OBSERVATIONS) -> Self:
        """For a workspace whose declarations are about to be read."""
        return cls(root, _stamps(root, what), what)

    def path(self) -> Path | None:
        """The file for the content of now; None where it is no longer that which was opened."""
        told = hashlib.sha256(f"{ojmf.__version__} {pl.__version__} {self.store}".encode())
        with suppress(OSError):
            for folder, patterns in (
                (self.root / "data", self.what.declared),
                (Path(ojmf.__file__).parent, self.what.code),
            ):
                for path in _files(folder, patterns):
                    content = path.read_bytes()
                    name = path.relative_to(folder).as_posix()
                    told.update(f"\n{name} {len(content)}\n".encode() + content)
            # What is read from here on has been parsed before: it must be the same.
            if self.opened is not None and _stamps(self.root, self.what) == self.opened:
                workspace = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:20]
                return cache_folder(self.what.folder) / workspace / f"{told.hexdigest()}.parquet"
        return None

    @staticmethod
    def get(path: Path, schema: pl.Schema) -> pl.DataFrame | None:
        """What stands in the file; None where it is not there, not whole or of another schema."""
        with suppress(OSError, pl.exceptions.PolarsError):
            digest, _, body = path.read_bytes().partition(b"\n")
            if digest == hashlib.sha256(body).hexdigest().encode():
                frame = pl.read_parquet(io.BytesIO(body))
                return frame if frame.schema == schema else None
        return None

    @staticmethod
    def put(path: Path, frame: pl.DataFrame) -> None:
        """Write the file in place of older ones; where it can't be, all is read the next time."""
        body = io.BytesIO()
        frame.write_parquet(body)
        with suppress(OutputError, OSError):
            digest = hashlib.sha256(body.getvalue()).hexdigest().encode()
            write_files({path: digest + b"\n" + body.getvalue()})
            for older in set(path.parent.glob("*.parquet")) - {path}:
                older.unlink(missing_ok=True)


def _stamps(root: Path, what: What) -> _Stamps | None:
    with suppress(OSError):
        looked = ((path, path.stat()) for path in _files(root / "data", what.declared))
        return tuple((str(path), status.st_mtime_ns, status.st_size) for path, status in looked)
    return None
