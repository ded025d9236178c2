"""``ojmf source``: declare a document of your own, and answer what is asked about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import OneEach
from ojmf.cli.import_file import (
    Accept,
    AcceptAll,
    Answers,
    Asked,
    Decided,
    DocumentFile,
    FailOn,
    ImportFailOn,
    ImportFormat,
    NewId,
    OfKommun,
    ReportFormat,
    ReportPeriod,
    Retire,
    Separate,
    Yes,
    answers_by_key,
    check_id,
    check_period,
    decide,
    municipality,
    wishes,
    writable_workspace,
)
from ojmf.cli.options import Force, Output, OutputFormat, Quiet, Root, examples
from ojmf.cli.session import destination, emit, open_workspace, say
from ojmf.errors import UsageError
from ojmf.output import write_folder_last

if TYPE_CHECKING:
    pass

SourceId = Annotated[str, typer.Argument(metavar="ID", help="A source of the workspace.")]
app = typer.Typer(no_args_is_help=True)


@app.callback()
def _source() -> None:
    """Declare a document of your own."""


@app.command(
    cls=OneEach,
    epilog=examples(
        "ojmf source new report.pdf --kommun NAME",
        "ojmf source new report.xlsx --kommun CODE --id SOURCE_ID --period 2024-01/2024-08",
    ),
)
def new(
    file: DocumentFile,
    *,
    source_id: Annotated[
        str | None,
        typer.Option(
            "--id",
            metavar="ID",
            help="Id of the new source: a-z, 0-9, - and dots. Default: the file's name.",
            show_default=False,
        ),
    ] = None,
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
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Draft the same document from the start, so that all its questions are asked.",
        ),
    ] = False,
    separate: Separate = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draft the declaration of a document.

    What is certain from the form of its tables is written, also indicators for what the catalogue
    lacks; what is not is a question, and its table is not read until it has an answer.
    """
    from ojmf.authoring import draft_source, new_source
    from ojmf.authoring.questioning import check_redrafted, own_id
    from ojmf.ingest.readers import read_file
    from ojmf.intake.drafted_figures import refuse_drafted
    from ojmf.intake.editions import refuse_edition

    check_period(period)
    workspace = open_workspace(root, quiet=quiet)
    source_id = source_id if source_id is not None else own_id(workspace, file)
    check_id(source_id)
    if output is None and workspace.origin == "embedded":
        raise UsageError(
            "Det finns ingen arbetsyta här. Gör en med ojmf init MAPP, eller ange en mapp med "
            "--output."
        )
    target = (output or workspace.root / "data" / "sources") / source_id / "source.toml"
    geo = municipality(workspace, kommun)
    asked = output is None and not separate
    document = read_file(file)
    if asked:
        refuse_edition(workspace, source_id, document, geo, period)
    if target.exists() and (output is not None or not again):
        raise UsageError(
            f"{target} finns redan; välj ett annat --id, eller gör om utkastet med --again"
        )
    if target.exists():
        check_redrafted(workspace, source_id, file)
    draft = draft_source(
        workspace,
        document,
        source_id,
        geo,
        period=period,
        published=date.date() if date else None,
    )
    if asked and not target.exists():
        refuse_drafted(workspace, draft)
    write_folder_last(target.parent, new_source(workspace, draft, source_id, output))
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


@app.command(
    cls=OneEach,
    epilog=examples("ojmf source questions ID", "ojmf source questions ID --answered"),
)
def questions(
    source: SourceId,
    *,
    answered: Annotated[
        bool, typer.Option("--answered", help="List those that have an answer, with it.")
    ] = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the open questions of a source, with the likely answers."""
    from ojmf.authoring import answered_questions, open_questions
    from ojmf.present import views

    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    found = (answered_questions if answered else open_questions)(workspace, source)
    if found.is_empty():
        what = "har besvarats" if answered else "är kvar"
        say(f"Inga frågor {what} om {source}.", quiet=quiet)
        if to.path is None and not to.suffix:
            return
    emit(found, views.questions(answered=answered), to, quiet=quiet)


@app.command(
    cls=OneEach,
    epilog=examples(
        "ojmf source answer ID date=2025-03-31",
        "ojmf source answer ID --accept 80",
        "ojmf source answer ID --accept-all",
        "ojmf source answer ID --interactive",
    ),
)
def answer(
    source: SourceId,
    answers: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE…", show_default=False)
    ] = None,
    *,
    accept: Accept = None,
    accept_all: AcceptAll = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask each question; Enter takes the proposal.")
    ] = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Answer questions about a source.

    The answers are written in its source.toml; comments and all else there stay. A question that
    has an answer can be answered again. One without a likely answer stays open until it has one,
    and its table is not read.
    """
    from ojmf.authoring import answer as answer_source
    from ojmf.authoring import open_questions
    from ojmf.authoring.questioning import ALL, drafted_from
    from ojmf.intake.drafted_figures import revised_by_answers

    given = answers_by_key(answers)
    if not (given or accept is not None or accept_all or interactive):
        raise UsageError("Ange svar som NYCKEL=SVAR, --accept, --accept-all eller --interactive.")
    workspace = open_workspace(root, quiet=quiet)
    if workspace.origin == "embedded":
        raise UsageError("De inbyggda uppgifterna kan inte ändras; ange en arbetsyta med --root.")
    rows = open_questions(workspace, source)
    if interactive:
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
    revisions = revised_by_answers(workspace, source, written)
    write_folder_last(workspace.root / "data" / "sources" / source, written | revisions)
    if revisions:
        say(f"Svaren ändrar värden; de gamla står i {next(iter(revisions))}.", quiet=quiet)
    many = f"{len(left)} {'fråga' if len(left) == 1 else 'frågor'}"
    say(f"{many} kvar om {source}." if left else f"Inga frågor är kvar om {source}.", quiet=quiet)
    for question in left:
        say(f"  {question.key}: {question.question}", quiet=quiet)
    if (
        set(given) - set(rows["key"])
        or not (workspace.source_folder(source) / "extract.txt").is_file()
    ):
        file = drafted_from(workspace, source) or "FIL"
        command = f'ojmf import "{file}"' if " " in file else f"ojmf import {file}"
        say(f"Läs nu in filen med {command}", quiet=quiet)


@app.command(
    "next",
    cls=OneEach,
    epilog=examples(
        "ojmf source next SOURCE_ID report.pdf",
        "ojmf source next SOURCE_ID report.xlsx --period 2025-01/2025-08 --accept-all",
    ),
)
def next_year(
    source: SourceId,
    file: DocumentFile,
    *,
    source_id: NewId = None,
    period: ReportPeriod = None,
    date: Decided = None,
    answers: Answers = None,
    accept: Accept = None,
    accept_all: AcceptAll = False,
    retire: Retire = False,
    yes: Yes = False,
    fail_on: FailOn = ImportFailOn.CRITICAL,
    format: ReportFormat = ImportFormat.TEXT,  # noqa: A002 - the name of the option
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Declare the document that follows a source's: next year's of the same form.

    The declaration is the source's own with this document's period, date, fingerprint and title;
    its answers are used again. Rows that are new, gone or have other words are listed, and it ends
    as ojmf import does.
    """
    from ojmf.intake.imports import next_source

    workspace = writable_workspace(root, quiet=quiet)
    said = Asked(source_id, None, period, date, answers, accept, accept_all, retire)
    found = next_source(workspace, source, file, wishes(workspace, said))
    decide(workspace, found, yes=yes, fail_on=fail_on, format=format, quiet=quiet)
