"""Which folders are workspaces, and whose a file is."""

from __future__ import annotations

import os
from pathlib import Path

_OWN_FOLDERS = ("data", "expectations")
_DECLARATIONS = ("source.toml", "fetched.toml", "imported.toml")
_OF_A_SOURCE = ("extract.txt", "observations.parquet", "observations.csv", "revisions.csv")
_NOT_OURS = {"node_modules", "site-packages", "__pycache__"}


def root_of(path: Path) -> Path | None:
    """The workspace among whose own files a path is, or was; None where there is none."""
    resolved = path.resolve()
    for top in resolved.parents:
        if top.name in _OWN_FOLDERS and is_workspace(top.parent):
            return top.parent
    return None


def workspaces_below(folder: Path) -> list[Path]:
    """Every workspace in a folder and below it; hidden and installed ones are passed over."""
    found: list[Path] = []
    for place, folders, _ in os.walk(folder):
        folders[:] = sorted(n for n in folders if n[0] != "." and n not in _NOT_OURS)
        if is_workspace(Path(place)):
            found.append(Path(place))
    return found


def is_workspace(folder: Path) -> bool:
    """Whether a folder has what a workspace must have."""
    return all((folder / "data" / name).is_dir() for name in ("indicators", "sources"))


def left_behind(sources: Path) -> list[str]:
    """A fault for each folder with a source's figures whose declaration has been taken away.

    Nothing reads such figures, so they would be gone without a word.
    """
    return [
        f"{folder / held[0]}: källans deklaration saknas (varken "
        f"{', '.join(_DECLARATIONS[:-1])} eller {_DECLARATIONS[-1]}), så uppgifterna läses inte. "
        "Lägg tillbaka den, eller ta bort hela mappen."
        for folder in sorted(sources.glob("[!.]*/"))
        if not any((folder / name).exists() for name in _DECLARATIONS)
        and (held := [name for name in _OF_A_SOURCE if (folder / name).exists()])
    ]
