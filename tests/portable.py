"""Which paths can be on every system: what Windows and macOS ask of the names of files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

MADE = {"__pycache__", "node_modules"}
LONGEST = 150
"""Characters of a path: Windows allows 260, and a workspace may lie deep."""


def faults(paths: Iterable[PurePath]) -> list[str]:
    """The relative paths that can't be on every system, or that are one path on some."""
    found = []
    same: dict[str, str] = {}
    for path in paths:
        text = path.as_posix()
        if same.setdefault(text.casefold(), text) != text:
            found.append(f"{text}: differs from {same[text.casefold()]} in case only")
        if len(text) > LONGEST or set(text) & set('<>:"|?*\\'):
            found.append(text)
        for part in path.parts:
            name = part.lstrip(".").casefold()
            if part.endswith((".", " ")) or name.partition(".")[0] in {"con", "prn", "aux", "nul"}:
                found.append(text)
    return found


def files(folder: Path) -> list[PurePath]:
    return [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*"))
        if not MADE.intersection(path.relative_to(folder).parts)
    ]
