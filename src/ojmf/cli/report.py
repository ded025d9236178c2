"""``ojmf report``: the comparison as a Word document to a committee."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli.comparing import earlier_period
from ojmf.cli.options import AlsoAgainst, Before, Force, Quiet, Root, complete_kommun
from ojmf.cli.session import open_workspace, remember, save, say
from ojmf.cli.table import CommentFile, WholeDocument
from ojmf.errors import UsageError

_SUFFIX = ".docx"


def report(
    *,
    kommun: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="Municipality by name or SCB code; needed for a report.",
            show_default=False,
            autocompletion=complete_kommun,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The report, a .docx file; needed for a report.",
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your own Word template instead of the one that comes with ojmf.",
            show_default=False,
        ),
    ] = None,
    init_template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Only write a template to start from.",
            show_default=False,
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            help="Date of the report. Default: today.",
            show_default=False,
        ),
    ] = None,
    diary_number: Annotated[
        str, typer.Option(metavar="TEXT", help="Diary number of the report.", show_default=False)
    ] = "",
    committee: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The committee it goes to. Default: the one that published the answers.",
            show_default=False,
        ),
    ] = "",
    sender: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="The office and the person that it comes from.", show_default=False
        ),
    ] = "",
    signature: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="Who signs it, name and title; may be repeated.",
            show_default=False,
        ),
    ] = None,
    against: AlsoAgainst = None,
    since: Before = None,
    comments: CommentFile = None,
    document: WholeDocument = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Write the comparison as a Word document to a committee.

    It has a head, a proposal, a summary, the questions and measures that matter in each area with a
    place for the office's assessment, what has changed, reservations, sources and signatures; then
    an annex with a table per area, and one that says where in the document each of them is. With
    --against the summary and the annexes also say how the municipality stands beside that
    reference.
    In a workspace of your own its citations are noted in data/citations.csv, so that a later
    revision of a figure names the report.
    """
    from ojmf.present.citation import parse_citation
    from ojmf.present.files import refuse_foreign
    from ojmf.present.report import to_report
    from ojmf.present.report.template import report_template
    from ojmf.present.report.values import Head
    from ojmf.present.said_once import without_what_documents_say
    from ojmf.present.words import counted
    from ojmf.surface.handed_on import reported

    if init_template is not None:
        _require_docx(init_template, "--init-template")
        refuse_foreign([init_template], force=force)
        save({init_template: report_template()}, quiet=quiet)
        say(f"Skrev mallen {init_template}.", quiet=quiet)
        return
    if kommun is None or output is None:
        raise UsageError(
            "Ange både --kommun och --output för en rapport, eller --init-template för en mall."
        )
    _require_docx(output, "--output")
    refuse_foreign([output], force=force)
    workspace = open_workspace(root, quiet=quiet)
    workspace = without_what_documents_say(workspace, workspace.scan())
    before = earlier_period(since, against)
    comparison = reported(workspace, kommun, against, comments, document, before)
    asked = counted(comparison.rows.height, "indikator", "indikatorer")
    say(f"Jämför {asked} och fyller mallen …", quiet=quiet)
    today = day.date() if day else date.today()  # noqa: DTZ011
    head = Head(today, diary_number, committee, sender, tuple(signature or ()))
    save({output: to_report(workspace, comparison, head, template, before)}, quiet=quiet)
    say(f"Skrev {output}.", quiet=quiet)
    cited = map(parse_citation, comparison.rows["citation"].drop_nulls())
    remember(workspace, cited, used_in=str(output), quiet=quiet)


def _require_docx(path: Path, option: str) -> None:
    if path.suffix.lower() != _SUFFIX:
        raise UsageError(f"{path}: {option} ska sluta på {_SUFFIX}")
