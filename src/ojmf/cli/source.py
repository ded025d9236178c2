"""``ojmf source`` and ``ojmf import``: a document that nothing declares yet into the workspace."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import UsageError
from ojmf.cli.options import Output, OutputFormat, Quiet, Root, complete_kommun, examples
from ojmf.cli.session import destination, emit, open_workspace, say
from ojmf.errors import SelectionError
from ojmf.output import write_files

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

DocumentFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A whole document: xlsx, xls, ods, csv, tsv, pdf, docx, px, json, md, txt.",
    ),
]
SourceId = Annotated[str, typer.Argument(metavar="ID", help="A source of the workspace.")]
NewId = Annotated[
    str | None,
    typer.Option(
        "--id", metavar="ID", help="Id of the source. Default: the file's name.", show_default=False
    ),
]
OfKommun = Annotated[
    str | None,
    typer.Option(
        "--kommun",
        metavar="NAME|CODE",
        help="Municipality by name or SCB code. Default: the one that the document names; a "
        "national file needs none.",
        autocompletion=complete_kommun,
        show_default=False,
    ),
]
ReportPeriod = Annotated[
    str | None,
    typer.Option(
        metavar="PERIOD",
        help="What the document reports on: 2024 or 2024-01/2024-08.",
        show_default=False,
    ),
]
Decided = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="When the document was decided.", show_default=False),
]

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
    file: DocumentFile,
    *,
    source_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Id of the new source: a-z, 0-9, - and dots.")
    ],
    kommun: OfKommun = None,
    period: ReportPeriod = None,
    date: Decided = None,
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

    What is certain from the form of its tables is written, also indicators for what the catalogue
    lacks; what is not is a question, and its table is not read until it has an answer.
    """
    from ojmf.authoring import draft_source, new_source

    _check_id(source_id)
    _check_period(period)
    workspace = open_workspace(root, quiet=quiet)
    if output is None and workspace.origin == "embedded":
        raise UsageError(
            "ingen arbetsyta att skriva i; gör en med ojmf init, eller ange mapp med --output"
        )
    target = (output or workspace.root / "data" / "sources") / source_id / "source.toml"
    if target.exists():
        raise UsageError(f"{target} finns redan; ta bort den eller välj ett annat --id")
    draft = draft_source(
        workspace,
        file,
        source_id,
        _municipality(workspace, kommun),
        period=period,
        published=date.date() if date else None,
    )
    write_files(new_source(workspace, draft, source_id, output))
    say(
        f"Skrev {target}: {_counted(draft.tables, draft.passed, len(draft.questions))}", quiet=quiet
    )
    if draft.questions:
        say(f"Se frågorna med ojmf source questions {source_id}.", quiet=quiet)


def _counted(tables: int, passed: int, questions: int) -> str:
    """How much a draft holds, in words: ``2 tabeller, 1 fråga``."""
    parts = [f"{tables} {'tabell' if tables == 1 else 'tabeller'}"]
    parts += [f"{passed} avsnitt som inte läses"] if passed else []
    parts += [f"{questions} {'fråga' if questions == 1 else 'frågor'}"]
    return ", ".join(parts) + "."


def _municipality(workspace: Workspace, kommun: str | None) -> str | None:
    from ojmf.compare import resolve_geo
    from ojmf.geography import resolve_municipality

    return (
        None if kommun is None else resolve_municipality(resolve_geo(kommun, workspace.geography))
    )


@app.command(epilog=examples("ojmf source questions ID", "ojmf source questions ID --format json"))
def questions(
    source: SourceId,
    *,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the open questions of a source, with the likely answers."""
    from ojmf.authoring import open_questions
    from ojmf.present import views

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    found = open_questions(workspace, source)
    if found.is_empty():
        say(f"Inga frågor är kvar om {source}.", quiet=quiet)
    emit(found, views.questions(), to, quiet=quiet)


@app.command(
    epilog=examples(
        "ojmf source answer ID date=2025-03-31",
        "ojmf source answer ID --accept 80",
        "ojmf source answer ID --accept-all",
        "ojmf source answer ID --interactive",
    )
)
def answer(
    source: SourceId,
    answers: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE…", show_default=False)
    ] = None,
    *,
    accept: Annotated[
        int | None,
        typer.Option(
            metavar="SCORE",
            min=0,
            max=100,
            help="Take the proposals with at least this score.",
            show_default=False,
        ),
    ] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Take every proposal.")] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask each question; Enter takes the proposal.")
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Answer questions about a source.

    The answers are written in its source.toml; comments and all else there stay. A question without
    a likely answer stays open until it has one, and its table is not read.
    """
    from ojmf.authoring import answer as answer_source
    from ojmf.authoring.importing import ALL, open_questions

    if answers and any("=" not in text for text in answers):
        raise UsageError("skriv svar som NYCKEL=SVAR, till exempel date=2025-03-31")
    given = dict(text.split("=", 1) for text in answers or ())
    if not (given or accept is not None or accept_all or interactive):
        raise UsageError("ange svar som NYCKEL=SVAR, --accept, --accept-all eller --interactive")
    workspace = open_workspace(root, quiet=quiet)
    if workspace.origin == "embedded":
        raise UsageError("de inbyggda uppgifterna kan inte ändras; ange en arbetsyta med --root")
    if interactive:
        rows = open_questions(workspace, source)
        for key, question, proposal in rows.select("key", "question", "proposal").iter_rows():
            if key in given:
                continue
            said = typer.prompt(f"{question}", default=proposal or "", err=True)
            given |= {key: said} if said else {}
    written, left = answer_source(
        workspace,
        source,
        given,
        accept=ALL if accept_all else None if accept is None else max(accept, ALL),
    )
    write_files(written)
    many = f"{len(left)} {'fråga' if len(left) == 1 else 'frågor'}"
    say(f"{many} kvar om {source}." if left else f"Inga frågor är kvar om {source}.", quiet=quiet)
    for question in left:
        say(f"  {question.key}: {question.question}", quiet=quiet)
    if not left and not (workspace.source_folder(source) / "extract.txt").is_file():
        say("Läs nu in filen med ojmf import.", quiet=quiet)


def import_file(
    file: DocumentFile,
    *,
    source_id: NewId = None,
    kommun: OfKommun = None,
    period: ReportPeriod = None,
    date: Decided = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Take every proposal.")] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", help="Write without asking first; refuses a file with open questions."
        ),
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Take a file into the workspace: draft, questions, account, checks.

    A document that a source declares is read; any other is drafted and asked about. Nothing is
    written before you say so, or --yes does.
    """
    from ojmf.authoring.forms import slug
    from ojmf.authoring.importing import ALL
    from ojmf.authoring.importing import import_file as take_in

    _check_period(period)
    workspace = open_workspace(root, quiet=quiet)
    if workspace.origin == "embedded":
        raise UsageError("ingen arbetsyta att skriva i; gör en med ojmf init MAPP")
    name = source_id or slug(file.stem)
    _check_id(name)
    found = take_in(
        workspace,
        file,
        name,
        _municipality(workspace, kommun),
        period=period,
        published=date.date() if date else None,
        accept=ALL if accept_all else None,
    )
    for question in found.left:
        likely = f" Förslag: {question.proposal}." if question.proposal else ""
        say(f"{question.key}: {question.question}{likely}", quiet=quiet)
    if yes and found.left:
        raise SelectionError(
            f"{len(found.left)} frågor är inte besvarade, så inget har skrivits. Kör utan --yes, "
            "eller med --accept-all."
        )
    if found.files:
        if not (yes or _agreed(f"Skriva källan {found.source_id}? [j/N]")):
            say("Inget har skrivits.", quiet=quiet)
            return
        write_files(found.files)
    _account(workspace.root, found.source_id, file, quiet=quiet)


def _agreed(question: str) -> bool:
    """Whether the person says yes, in Swedish or English; the end of the input is a no."""
    try:
        said = typer.prompt(question, default="n", show_default=False, err=True)
    except typer.Abort:
        return False
    return str(said).strip().casefold() in {"j", "ja", "y", "yes"}


def _account(root: Path, source_id: str, file: Path, *, quiet: bool) -> None:
    """Say what a source gave, and what checks say of it."""
    from ojmf.declarations.drafts import Drafted
    from ojmf.ingest.source import ingest_document
    from ojmf.workspace import Workspace

    workspace = Workspace.open(root)
    draft: Drafted | None = workspace.drafts.get(source_id)
    if source_id not in workspace.sources:
        say(f"Inget kan läsas förrän frågorna är besvarade: ojmf source answer {source_id}.")
        return
    found = ingest_document(workspace, file, source_id)
    withheld = len(draft.withheld or ()) if draft else 0
    say(
        f"{source_id}: {found.observations.height} värden"
        + (f"; {withheld} tabeller väntar på svar." if withheld else "."),
        quiet=quiet,
    )
    for severity, message in found.findings.select("severity", "message").iter_rows():
        if severity != "info":
            say(f"{severity}: {message}", quiet=quiet)


def _check_id(source_id: str) -> None:
    if re.fullmatch(r"[a-z0-9][a-z0-9.-]*", source_id) is None:
        raise UsageError(f"--id {source_id}: skriv små bokstäver a–z, siffror, bindestreck, punkt")


def _check_period(text: str | None) -> None:
    from ojmf.periods import parse_period

    if text is not None:
        try:
            parse_period(text)
        except ValueError as error:
            raise UsageError(f"--period: {error}") from error
