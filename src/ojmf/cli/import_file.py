"""``ojmf import``: a file into the workspace, after a look at what it would change."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Quiet, Root, complete_kommun, complete_source
from ojmf.cli.session import EXIT_FINDINGS, open_workspace, save, say, write_stdout
from ojmf.errors import SelectionError, UsageError

if TYPE_CHECKING:
    from ojmf.intake.proposed import Import, Wishes
    from ojmf.workspace import Workspace


class ImportFormat(StrEnum):
    """The formats of what an import would change."""

    TEXT = "text"
    JSON = "json"


class ImportFailOn(StrEnum):
    """The lowest severity that keeps a file out where nobody is asked."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


DocumentFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A whole document: xlsx, xls, ods, csv, tsv, pdf, docx, px, json, md, txt.",
    ),
]
NewId = Annotated[
    str | None,
    typer.Option(
        "--id",
        metavar="ID",
        help="Id of the source. Default: the earlier one's with its year moved, or the file's "
        "name.",
        show_default=False,
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
Answers = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="KEY=VALUE",
        help="Answer a question; may be repeated.",
        show_default=False,
    ),
]
Accept = Annotated[
    int | None,
    typer.Option(
        metavar="SCORE",
        min=0,
        max=100,
        help="Take the proposals with at least this score.",
        show_default=False,
    ),
]
AcceptAll = Annotated[bool, typer.Option("--accept-all", help="Take every proposal.")]
Retire = Annotated[
    bool,
    typer.Option(
        "--retire",
        help="Write asked_to in the catalogue for questions that the document has no longer.",
    ),
]
Revises = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="The source that the file is a new edition of: its figures become a revision.",
        autocompletion=complete_source,
        show_default=False,
    ),
]
Separate = Annotated[
    bool,
    typer.Option(
        "--separate", help="The file is a document of its own, however like a source's it is."
    ),
]
Yes = Annotated[
    bool,
    typer.Option(
        "--yes",
        help="Write without asking; refuses open questions and findings at or over --fail-on.",
    ),
]
FailOn = Annotated[
    ImportFailOn,
    typer.Option(help="Lowest severity that keeps the file out with --yes.", case_sensitive=False),
]
ReportFormat = Annotated[
    ImportFormat,
    typer.Option("--format", "-f", help="Format of what it changes.", case_sensitive=False),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of a file."""

    source_id: str | None
    kommun: str | None
    period: str | None
    date: datetime | None
    answers: list[str] | None
    accept: int | None
    accept_all: bool
    retire: bool
    revises: str | None = None
    separate: bool = False


def import_file(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A whole document (xlsx, xls, ods, csv, tsv, pdf, docx, px, json, md, txt), or "
            "a csv or xlsx of figures as --template writes it.",
            show_default=False,
        ),
    ] = None,
    *,
    source_id: NewId = None,
    kommun: OfKommun = None,
    period: ReportPeriod = None,
    date: Decided = None,
    answers: Answers = None,
    accept: Accept = None,
    accept_all: AcceptAll = False,
    retire: Retire = False,
    revises: Revises = None,
    separate: Separate = False,
    yes: Yes = False,
    fail_on: FailOn = ImportFailOn.CRITICAL,
    format: ReportFormat = ImportFormat.TEXT,  # noqa: A002 - the name of the option
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Only write an empty file of figures (.csv or .xlsx) to fill in.",
            show_default=False,
        ),
    ] = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Take a file into the workspace.

    A document that a source declares is read, and a new edition of one becomes a revision of its
    source; one of the form of an earlier source gets its declaration for its own period; a file of
    figures is taken as it is; any other is drafted and asked about. Then every check is run, and
    what the import changes is shown. Nothing is written before you say so, or --yes does. The exit
    code is 1 when findings keep the file out, 9 with open questions and 2 where no one is there to
    say yes.
    """
    if template is not None:
        _write_template(template, root, quiet=quiet)
        return
    if file is None:
        raise UsageError("Ange filen som ska tas in, eller --template FIL för en mall.")
    from ojmf.intake.imports import import_file as take_in

    workspace = writable_workspace(root, quiet=quiet)
    said = Asked(
        source_id, kommun, period, date, answers, accept, accept_all, retire, revises, separate
    )
    found = take_in(workspace, file, wishes(workspace, said))
    decide(workspace, found, yes=yes, fail_on=fail_on, format=format, quiet=quiet)


def _write_template(path: Path, root: Path | None, *, quiet: bool) -> None:
    from ojmf.cli.session import known_suffix
    from ojmf.present.figures_template import TEMPLATES

    write = TEMPLATES[known_suffix(path, TEMPLATES, option="--template")]
    if path.exists():
        raise UsageError(f"{path} finns redan; ange en ny fil")
    workspace = open_workspace(root, quiet=quiet)
    save({path: write(workspace.indicators, workspace.geography)}, quiet=quiet)
    say(f"Skrev mallen {path}. Fyll i den, och ta in den med ojmf import {path}.", quiet=quiet)


def writable_workspace(root: Path | None, *, quiet: bool) -> Workspace:
    """The workspace of this command; ``UsageError`` where it is the one in the package."""
    workspace = open_workspace(root, quiet=quiet)
    if workspace.origin == "embedded":
        raise UsageError(
            "Det finns ingen arbetsyta här. Gör en med ojmf init MAPP, eller ange en med --root."
        )
    return workspace


def wishes(workspace: Workspace, said: Asked) -> Wishes:
    """What the person says of a file; raises ``UsageError`` and ``SelectionError``."""
    from ojmf.authoring.questioning import ALL
    from ojmf.intake.proposed import Wishes

    check_period(said.period)
    if said.source_id is not None:
        check_id(said.source_id)
    accept = None if said.accept is None else max(said.accept, ALL)
    return Wishes(
        said.source_id,
        municipality(workspace, said.kommun),
        said.period,
        said.date.date() if said.date else None,
        answers_by_key(said.answers),
        ALL if said.accept_all else accept,
        said.retire,
        said.revises,
        said.separate,
    )


def answers_by_key(given: list[str] | None) -> dict[str, str]:
    """Answers as they are written, ``KEY=VALUE``, by their key; raises ``UsageError``."""
    if given and any("=" not in text for text in given):
        raise UsageError("Skriv svar som NYCKEL=SVAR, till exempel date=2025-03-31.")
    return {key: said for key, _, said in (text.partition("=") for text in given or ())}


def decide(
    workspace: Workspace,
    found: Import,
    *,
    yes: bool,
    fail_on: ImportFailOn,
    format: ImportFormat,  # noqa: A002
    quiet: bool,
) -> None:
    """Show what a file would become, ask, and write it where the person or ``--yes`` says so.

    Raises ``SelectionError`` with open questions, and exits with 1 for findings, under ``--yes``.
    """
    from ojmf.findings import FOUND
    from ojmf.model import Severity
    from ojmf.present.claims import TITLES
    from ojmf.present.findings import Report
    from ojmf.present.intake_text import to_json, to_text

    severity = None if fail_on is ImportFailOn.NEVER else Severity(fail_on.value)
    rows = FOUND.to_frame() if found.validation is None else found.validation.found
    report = Report("import", rows, [found.source_id], severity, TITLES)
    write = to_json if format is ImportFormat.JSON else to_text
    write_stdout(write(found, report))
    if yes and found.left:
        raise SelectionError(
            f"{_open(len(found.left))}, så inget har skrivits. Svara med "
            "--answer NYCKEL=SVAR (--accept-all tar de förslag som finns), eller kör utan --yes."
        )
    stopped = int(report.fails().sum())
    if yes and stopped:
        say(
            f"{stopped} fynd stoppar filen, så inget har skrivits. Rätta dem. Är ett fynd riktigt, "
            "ta in filen med --fail-on never och kvittera det sedan med ojmf acknowledge ID "
            f"--source {found.source_id} --reason SKÄL."
        )
        raise typer.Exit(EXIT_FINDINGS)
    if not found.files:
        say("Inget att skriva: arbetsytan har redan detta.", quiet=quiet)
        return
    what = ", ".join(sorted(_shown(workspace, found)))
    if not (yes or _agreed(f"Skriva {what} i {workspace.root}?", found)):
        say("Inget har skrivits.", quiet=quiet)
        return
    found.write()
    say(f"Skrev {found.source_id}: {', '.join(sorted(_shown(workspace, found)))}.", quiet=quiet)
    if found.left:
        say(f"Svara på frågorna med ojmf source answer {found.source_id}.", quiet=quiet)


def _shown(workspace: Workspace, found: Import) -> list[str]:
    return [path.relative_to(workspace.root).as_posix() for path in found.files]


def _open(questions: int) -> str:
    """How many questions have no answer, in words."""
    return "1 fråga är inte besvarad" if questions == 1 else f"{questions} frågor är inte besvarade"


def _agreed(question: str, found: Import) -> bool:
    """Whether the person says yes, in Swedish or English; the end of the input is a no.

    Without a terminal nobody is asked, but a yes may stand on stdin. Raises ``SelectionError``
    with open questions and else ``UsageError`` where none does.
    """
    left = f"{_open(len(found.left))}. " if found.left else ""
    if not sys.stdin.isatty():
        if _is_yes(sys.stdin.readline()):
            return True
        if left:
            raise SelectionError(
                f"{left}Inget har skrivits. Svara med --answer NYCKEL=SVAR "
                "(--accept-all tar de förslag som finns)."
            )
        raise UsageError("Ingen har sagt ja, så inget har skrivits; --yes skriver utan fråga.")
    if left:
        say(
            f"{left}Svara i samma kommando med --answer NYCKEL=SVAR, eller skriv nu och svara "
            f"sedan med ojmf source answer {found.source_id}."
        )
    try:
        return _is_yes(typer.prompt(f"{question} [j/N]", "n", show_default=False, err=True))
    except typer.Abort:
        return False


def _is_yes(said: str) -> bool:
    return said.strip().casefold() in {"j", "ja", "y", "yes"}


def municipality(workspace: Workspace, kommun: str | None) -> str | None:
    """The code that ``--kommun`` names; ``SelectionError`` where it is no municipality's."""
    from ojmf.geography import resolve_geo, resolve_municipality

    return (
        None if kommun is None else resolve_municipality(resolve_geo(kommun, workspace.geography))
    )


def check_id(source_id: str) -> None:
    """Raise ``UsageError`` for what can be no name of a source's folder."""
    from ojmf.declarations import is_file_id

    if not is_file_id(source_id):
        raise UsageError(
            f"--id {source_id}: kan inte vara en källas id. Skriv små bokstäver a–z, siffror, "
            "punkt och bindestreck, högst 100 tecken, utan punkt sist, och inget namn som Windows "
            "har för egen del (con, nul, com1 …)."
        )


def check_period(text: str | None) -> None:
    """Raise ``UsageError`` for what is no period."""
    from ojmf.periods import check_reported

    if text is not None:
        try:
            check_reported(text)
        except ValueError as error:
            raise UsageError(f"--period: {error}") from error
