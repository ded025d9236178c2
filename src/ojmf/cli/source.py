"""``ojmf source new``: a draft declaration of a document that nothing declares yet."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli.faults import UsageError
from ojmf.cli.options import Kommun, Quiet, Root, examples
from ojmf.cli.session import open_workspace, say
from ojmf.output import write_files

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _source() -> None:
    """Declare a document of your own."""


@app.command(
    epilog=examples(
        "ojmf source new report.pdf --kommun NAME --id SOURCE_ID",
        "ojmf source new report.xlsx --kommun CODE --id SOURCE_ID --period 2024-01/2024-08",
    )
)
def new(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A whole document: xlsx, xls, ods, csv, tsv, pdf, docx, md, txt."
        ),
    ],
    *,
    kommun: Kommun,
    source_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Id of the new source: a-z, 0-9, - and dots.")
    ],
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="What the document reports on: 2024 or 2024-01/2024-08.",
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="When the document was decided.", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Write ID/source.toml in this folder. Default: data/sources of the workspace.",
            show_default=False,
        ),
    ] = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draft the declaration of a document.

    What is certain from the form of its tables is written; what is not is a TODO, and until each is
    answered the document cannot be read. ojmf check lists the questions that are left.
    """
    from ojmf.authoring import draft_source
    from ojmf.compare import resolve_geo
    from ojmf.geography import resolve_municipality

    if re.fullmatch(r"[a-z0-9][a-z0-9.-]*", source_id) is None:
        raise UsageError(f"--id {source_id}: skriv små bokstäver a–z, siffror, bindestreck, punkt")
    _check_period(period)
    workspace = open_workspace(root, quiet=quiet)
    if output is None and workspace.origin == "embedded":
        raise UsageError(
            "ingen arbetsyta att skriva i; gör en med ojmf init, eller ange mapp med --output"
        )
    target = (output or workspace.root / "data" / "sources") / source_id / "source.toml"
    if target.exists():
        raise UsageError(f"{target} finns redan; ta bort den eller välj ett annat --id")
    geo = resolve_municipality(resolve_geo(kommun, workspace.geography))
    draft = draft_source(
        workspace, file, source_id, geo, period=period, published=date.date() if date else None
    )
    write_files({target: draft.text.encode()})
    say(
        f"Skrev {target}: {draft.tables} tabeller, {draft.passed} avsnitt som inte läses, "
        f"{draft.questions} frågor (TODO).",
        quiet=quiet,
    )


def _check_period(text: str | None) -> None:
    from ojmf.periods import parse_period

    if text is not None:
        try:
            parse_period(text)
        except ValueError as error:
            raise UsageError(f"--period: {error}") from error
