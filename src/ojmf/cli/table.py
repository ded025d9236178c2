"""``ojmf table``: the printed annexes of one municipality, with status and gaps, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import AllMethods, AlsoAgainst, Area, Force, Kommun, Quiet, Root
from ojmf.cli.session import known_suffix, open_workspace, save, say

if TYPE_CHECKING:
    from ojmf.present.annex.rows import Comments
    from ojmf.workspace import Workspace

CommentFile = Annotated[
    Path | None,
    typer.Option(
        "--comments",
        metavar="FILE",
        help="Comments to the rows: CSV in UTF-8 with the columns area_id, indicator_id and "
        "kommentar. They come before those of --document.",
        show_default=False,
    ),
]
WholeDocument = Annotated[
    Path | None,
    typer.Option(
        "--document",
        metavar="FILE",
        help="The whole document of a source, known by its fingerprint: its printed comments are "
        "shown. Without it the rows say on which line there is one.",
        show_default=False,
    ),
]


def table(
    *,
    kommun: Kommun,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file; its suffix is .xlsx, .html, .md, .csv or .docx. CSV is for "
            "spreadsheets: semicolons, decimal comma, and an apostrophe before texts that would be "
            "formulas.",
        ),
    ],
    area: Area = None,
    against: AlsoAgainst = None,
    all_methods: AllMethods = False,
    comments: CommentFile = None,
    document: WholeDocument = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Make the printed annexes anew, with status and gaps.

    Each row has the indicator, the municipality's answer, the county, the country, the comment,
    the status as symbol, word and colour, the gaps, and the line that it was printed on. A
    municipality without answers has its figures there, with what they are compared with.
    """
    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.present.annex import SUFFIXES, to_file
    from ojmf.present.annex.rows import Asked, compare_rows
    from ojmf.present.files import refuse_foreign
    from ojmf.present.words import counted, listed

    suffix = known_suffix(output, SUFFIXES)
    refuse_foreign([output], force=force)
    workspace = open_workspace(root, quiet=quiet)
    given = gather_comments(workspace, comments, document)
    asked = Asked(area, against, () if all_methods else None)
    comparison = compare_rows(workspace, kommun, asked=asked, comments=given)
    save({output: to_file(comparison, suffix, workspace.newest())}, quiet=quiet)
    answers = comparison.rows.filter(method=ANSWER_METHOD).height
    figures = comparison.rows.height - answers
    amounts = ((answers, "fråga", "frågor"), (figures, "mått", "mått"))
    written = listed([counted(amount, *words) for amount, *words in amounts if amount])
    say(f"Skrev {output} ({written}).", quiet=quiet)


def gather_comments(workspace: Workspace, comments: Path | None, document: Path | None) -> Comments:
    """The comments of the document and of the user's file, which comes first."""
    if comments is None and document is None:
        return {}
    from ojmf.present.annex.comments import document_comments, read_comments

    printed = document_comments(workspace, document) if document else {}
    own = read_comments(comments, workspace.indicators) if comments else {}
    return {**printed, **own}
