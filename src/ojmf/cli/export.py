"""``ojmf export``: the workspace as open data, and for others' systems."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Force, Quiet, Root, complete_kommun
from ojmf.cli.session import known_suffix, open_workspace, save, say
from ojmf.errors import NOTHING_YET, SelectionError, UsageError
from ojmf.output import write_folder

if TYPE_CHECKING:
    from ojmf.workspace import Workspace


class Licence(StrEnum):
    """The licences that the package can have."""

    CC0 = "CC0-1.0"
    CC_BY = "CC-BY-4.0"


class ExportFormat(StrEnum):
    """What the workspace can be exported as."""

    PACKAGE = "data-package"
    DCAT = "dcat-ap-se"
    JSON_STAT = "json-stat2"
    STRATSYS = "stratsys"
    POWER_QUERY = "power-query"


_NAMED = 5  # figures that a message names
_SUFFIXES = {
    ExportFormat.DCAT: [".rdf", ".jsonld"],
    ExportFormat.STRATSYS: [".tsv"],
    ExportFormat.POWER_QUERY: [".pq"],
}
"""Of the formats that are one file; the others are folders."""


def export(
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR|FILE",
            help="Folder for data-package and json-stat2; a file .rdf (or .jsonld) for dcat-ap-se, "
            ".tsv for stratsys, .pq for power-query.",
        ),
    ],
    format: Annotated[  # noqa: A002 - the name of the option
        ExportFormat,
        typer.Option("--format", "-f", help="What to export.", case_sensitive=False),
    ] = ExportFormat.PACKAGE,
    licence: Annotated[
        Licence, typer.Option(help="Licence of the package.", case_sensitive=False)
    ] = Licence.CC0,
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For stratsys: CSV with the columns indicator_id, measure and unit, and maybe "
            "geo and scenario; measure and unit are the names there.",
            show_default=False,
        ),
    ] = None,
    kommun: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="For stratsys: the municipality of measures whose row has no geo.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Export the workspace as open data or for another system.

    data-package: observations, indicators, geography, sources, status and areas, each as .csv and
    .parquet, and datapackage.json (Frictionless). dcat-ap-se: the package's entry for
    dataportal.se. json-stat2: a cube for each area. stratsys: a file to import, by a mapping.
    power-query: queries for Excel and Power BI. The address and the publisher that dcat-ap-se and
    power-query need stand in data/publish.toml.
    """
    from ojmf.present.words import counted

    if mapping is None and format is ExportFormat.STRATSYS:
        raise UsageError(
            "--format stratsys behöver --mapping FIL, en CSV-fil som säger vad måtten heter i "
            "Stratsys. Skriv den med en rad per mått under rubrikerna indicator_id;measure;unit: "
            "måttets id (visas av ojmf indicators), dess namn och enhetens namn i Stratsys. "
            "Kolumnerna geo och scenario får läggas till."
        )
    if mapping is not None and format is not ExportFormat.STRATSYS:
        raise UsageError("--mapping gäller bara --format stratsys; utelämna den.")
    if format in _SUFFIXES:
        known_suffix(output, _SUFFIXES[format])
    workspace = open_workspace(root, quiet=quiet)
    say(f"Läser {counted(len(workspace.documents), 'källa', 'källor')} …", quiet=quiet)
    match format:
        case ExportFormat.PACKAGE:
            _package(workspace, output, licence, force=force, quiet=quiet)
        case ExportFormat.JSON_STAT:
            _cubes(workspace, output, force=force, quiet=quiet)
        case ExportFormat.DCAT:
            from ojmf.present.exports.dcat import catalogue

            entry = catalogue(workspace, licence, output.suffix.lower())
            _file(output, entry, force=force, quiet=quiet)
        case ExportFormat.POWER_QUERY:
            from ojmf.present.exports.power_query import queries

            _file(output, queries(workspace), force=force, quiet=quiet)
        case ExportFormat.STRATSYS if mapping is not None:
            _stratsys(workspace, output, mapping, kommun, force=force, quiet=quiet)


def _package(workspace: Workspace, output: Path, licence: str, *, force: bool, quiet: bool) -> None:
    from ojmf.present.package_folder import write_package
    from ojmf.present.words import counted

    written = write_package(workspace, output, licence, force=force)
    say(f"Skrev {counted(written, 'fil', 'filer')} i {output}.", quiet=quiet)


def _cubes(workspace: Workspace, output: Path, *, force: bool, quiet: bool) -> None:
    from ojmf.present.exports.json_stat import cubes
    from ojmf.present.files import refuse_foreign, refuse_read, remember_made
    from ojmf.present.words import counted

    made = cubes(workspace)
    if not made.files:
        raise SelectionError(NOTHING_YET)
    refuse_read(output, [workspace.root / "data"])
    refuse_foreign([output / name for name in made.files], force=force)
    remember_made(made.files.values())
    write_folder(output, made.files)
    if made.contradicted:
        left = counted(len(made.contradicted), "uppgift", "uppgifter")
        named = "; ".join(made.contradicted[:_NAMED])
        more = len(made.contradicted) - _NAMED
        also = f"; och {more} till" if more > 0 else ""
        say(f"{left} har olika värden i dokumenten och är inte med: {named}{also}.", quiet=quiet)
    say(f"Skrev {counted(len(made.files), 'fil', 'filer')} i {output}.", quiet=quiet)


def _stratsys(
    workspace: Workspace,
    output: Path,
    mapping: Path,
    kommun: str | None,
    *,
    force: bool,
    quiet: bool,
) -> None:
    from ojmf.geography import resolve_municipality
    from ojmf.present.exports.stratsys import import_file, read_mapping

    code = None if kommun is None else resolve_municipality(kommun, workspace.geography)
    made = import_file(workspace, read_mapping(mapping, workspace), code)
    for measure in made.without:
        say(f"Måttet ”{measure}” har inga uppgifter och är inte med.")
    _file(output, made.text, force=force, quiet=quiet)


def _file(output: Path, content: bytes, *, force: bool, quiet: bool) -> None:
    from ojmf.present.files import refuse_foreign

    refuse_foreign([output], force=force)
    save({output: content}, quiet=quiet)
    say(f"Skrev {output}.", quiet=quiet)
