"""The data package as a folder on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ojmf.output import write_folder
from ojmf.present.files import refuse_foreign, refuse_read, remember_made
from ojmf.present.package import package_files

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


def write_package(
    workspace: Workspace, output: Path, licence: str = "CC0-1.0", *, force: bool = False
) -> int:
    """Write the package into a folder, in place of an older one, and return how many files it has.

    Raises ``OutputError`` where something else is there, unless ``force``, and where the folder is
    one that the workspace is read from.
    """
    contents = package_files(workspace, licence)
    refuse_read(output / "data", [workspace.root / "data"])
    refuse_foreign((output / name for name in contents), force=force)
    remember_made(contents.values())
    write_folder(output, contents)
    return len(contents)
