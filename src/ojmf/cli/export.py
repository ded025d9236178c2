"""``ojmf export``: the whole workspace as open data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli.options import Force, Quiet, Root
from ojmf.cli.session import open_workspace, say
from ojmf.output import write_folder


class Licence(StrEnum):
    """The licences that the package can have."""

    CC0 = "CC0-1.0"
    CC_BY = "CC-BY-4.0"


def export(
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for the package."),
    ],
    licence: Annotated[
        Licence, typer.Option(help="Licence of the package.", case_sensitive=False)
    ] = Licence.CC0,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Export everything as a Frictionless Data Package.

    Observations, indicators, geography, sources, status and areas, each as .csv and .parquet, and
    datapackage.json with schemas, Swedish titles, sources and licence.
    """
    from ojmf.present.files import is_ours, refuse_foreign, refuse_read
    from ojmf.present.package import DESCRIPTOR, package_files

    workspace = open_workspace(root, quiet=quiet)
    say(f"Räknar på {len(workspace.sources)} källor …", quiet=quiet)
    contents = package_files(workspace, licence)
    refuse_read(output / "data", [workspace.root / "data"])
    refuse_foreign(
        [output / name for name in contents], force=force or is_ours(output / DESCRIPTOR)
    )
    write_folder(output, contents)
    say(f"Skrev {len(contents)} filer i {output}.", quiet=quiet)
