"""``ojmf repair``: proposals for figures that scanning has damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Force, Output, OutputFormat, Quiet, ReadAs, Root, complete_source
from ojmf.cli.session import destination, emit, open_workspace, say
from ojmf.errors import UsageError
from ojmf.output import write_files

if TYPE_CHECKING:
    import polars as pl

    from ojmf.ingest.reading import ReadDocument
    from ojmf.present.tables import View
    from ojmf.workspace import Workspace

_VERDICT_WORDS = {
    "provable": "bevisad",
    "likely": "sannolik",
    "ambiguous": "flertydig",
    "not_repairable": "går inte att bevisa",
}


def repair(
    document: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE_ID|FILE",
            help="A source id, or a file with a whole document.",
            autocompletion=complete_source,
        ),
    ],
    *,
    source: ReadAs = None,
    ignore_corrections: Annotated[
        bool,
        typer.Option(
            "--ignore-corrections",
            help="Start from the printed figures, as if nothing were corrected or accepted.",
        ),
    ] = False,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Also add the proved figures to the source's source.toml, for review.",
        ),
    ] = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Propose repairs of damaged figures.

    A figure is proved when it is the only reading, with as few faults of scanning as possible, that
    makes every identity hold. Nothing is changed without --write, which adds corrections at the end
    of the declaration and refuses those that would not load.
    """
    from ojmf.ingest.reading import names_file, read_given
    from ojmf.repair import propose

    if write and ignore_corrections:
        raise UsageError("--write och --ignore-corrections går inte ihop; utelämna en av dem")
    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    if write and workspace.origin == "embedded":
        raise UsageError(
            "--write ändrar inte de inbyggda uppgifterna; ange en arbetsyta med --root"
        )
    if source is not None and not names_file(workspace, document):
        raise UsageError("--source gäller filer; ange filen, eller bara källans id utan --source")
    read = read_given(workspace, document, source)
    proposals = propose(read, ignore_corrections=ignore_corrections)
    emit(proposals, _view(), to, quiet=quiet)
    found = proposals["verdict"].to_list()
    say(
        f"{len(found)} skadade eller motsagda tal: {found.count('provable')} bevisade, "
        f"{found.count('likely')} sannolika, {found.count('ambiguous')} flertydiga, "
        f"{found.count('not_repairable')} som inte går att bevisa.",
        quiet=quiet,
    )
    if write:
        _write(workspace, read, proposals, quiet=quiet)


def _view() -> View:
    import polars as pl

    from ojmf.present.tables import Column

    return (
        Column("Rad", pl.col("line").cast(pl.String), figures=True),
        Column("Tabell", pl.col("table")),
        Column("Etikett", pl.col("row_label")),
        Column("Kolumn", pl.col("column_label")),
        Column("Tryckt", pl.col("raw"), figures=True),
        Column("Omdöme", pl.col("verdict").replace(_VERDICT_WORDS)),
        Column("Läsningar", pl.col("candidates").list.join("; ")),
        Column("Bevis", pl.col("proof")),
    )


def _write(
    workspace: Workspace, read: ReadDocument, proposals: pl.DataFrame, *, quiet: bool
) -> None:
    from ojmf.repair.write import addition

    path = workspace.source_folder(read.source.id) / "source.toml"
    new = addition(read, proposals, path)
    if new.added:
        write_files({path: new.text.encode()})
    for correction in new.added:
        say(
            f"{correction.id}: {correction.row}, {correction.column}: "
            f"”{correction.expect}” → {correction.value} ({correction.reason})",
            quiet=quiet,
        )
    say(f"Lade till {len(new.added)} rättelser i {path}; granska dem.", quiet=quiet)
    if new.waiting:
        say(
            f"{new.waiting} bevisade tal lades inte till: deras samband går inte att pröva förrän "
            "också de flertydiga talen är avgjorda."
        )
