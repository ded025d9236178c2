"""What suites and audits said, kept by content: what has not changed is not judged twice.

The content is all that a result depends on, such as the frames that are judged and the suites; the
code that judges is the same for a whole file. A file that is damaged or made by other code counts
as not there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ojmf
from ojmf.caches import cache_folder
from ojmf.errors import OutputError
from ojmf.output import write_files

_MOST_KEPT = 5_000  # contents; those that were judged last


@dataclass(slots=True)
class Kept:
    """Results as JSON has them, by the digest of all that each depends on, in a file."""

    path: Path
    entries: dict[str, Any] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def of(cls, root: Path) -> Kept:
        """What is kept of a workspace."""
        name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:20]
        path = cache_folder("validate") / f"{name}.json"
        with suppress(OSError, ValueError):
            digest, _, body = path.read_bytes().partition(b"\n")
            if digest.decode("ascii") == hashlib.sha256(body).hexdigest():
                held = json.loads(body)
                if held["made_by"] == _code():
                    return cls(path, held["entries"])
        return cls(path)

    def keep(self, digest: str, result: Any) -> None:
        """Keep a result."""
        self.entries[digest] = result
        self.changed = True

    def save(self) -> None:
        """Write the file; where that cannot be done, all is judged again the next time."""
        if not self.changed:
            return
        entries = dict(list(self.entries.items())[-_MOST_KEPT:])
        body = json.dumps({"made_by": _code(), "entries": entries}).encode()
        digest = hashlib.sha256(body).hexdigest().encode()
        with suppress(OutputError):
            write_files({self.path: digest + b"\n" + body})


@cache
def _code() -> str:
    """The digest of the code that judges, and of the versions of what it rests on."""
    told = hashlib.sha256(ojmf.__version__.encode())
    for name in ("great-expectations", "polars"):
        told.update(version(name).encode())
    for path in sorted(Path(ojmf.__file__).parent.rglob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()
