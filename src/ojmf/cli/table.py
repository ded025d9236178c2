"""``ojmf table``: the printed annexes of one municipality, with status and gaps, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.session import known_suffix, open_workspace, save, say
from ojmf.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

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
        help="The whole document of a source, identified by its SHA-256 checksum: its comments are "
        "shown. Without it the rows say on which line there is one.",
        show_default=False,
    ),
]


_LONG = (".csv", ".json", ".md", ".ndjson", ".parquet", ".tsv", ".xlsx")
"""What a table of several municipalities, or of every period, can be written as."""


def table(
    *,
    kommun: options.Kommuner,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file; its suffix is .xlsx, .html, .md, .csv or .docx, and of several "
            "municipalities or periods .xlsx, .csv, .parquet, .json, .ndjson, .tsv or .md. CSV is "
            "for spreadsheets: semicolons, decimal comma, and an apostrophe before texts that "
            "would be formulas.",
        ),
    ],
    area: options.Area = None,
    against: options.AlsoAgainst = None,
    all_methods: options.AllMethods = False,
    by: options.ByKind = None,
    every_period: options.EveryPeriod = False,
    wide: options.Wide = None,
    comments: CommentFile = None,
    document: WholeDocument = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Recreate the comparison tables, with status and gaps.

    Each row has the indicator, the municipality's answer, the county, the country, the comment,
    the status as symbol, word and colour, the gaps, and the line that it was printed on. A
    municipality without answers has its figures there, with what they are compared with. Several
    municipalities, every period, --by and --wide are one table of data, under the names of its
    columns.
    """
    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.geography import resolve_municipalities
    from ojmf.present.annex import SUFFIXES, to_file
    from ojmf.present.annex.rows import Asked, compare_rows, table_rows
    from ojmf.present.files import refuse_foreign
    from ojmf.present.words import counted, listed

    workspace = open_workspace(root, quiet=quiet)
    geos = resolve_municipalities(kommun, workspace.geography, workspace.groups)
    asked = Asked(area, against, () if all_methods else None, every_period)
    long = len(geos) > 1 or every_period or wide is not None or by is not None
    suffix = known_suffix(output, _LONG if long else SUFFIXES)
    refuse_foreign([output], force=force)
    if long:
        if comments or document:
            raise UsageError(
                "--comments och --document gäller bilagetabellen för en kommun; utelämna dem, "
                "eller --every-period, --by och --wide."
            )
        rows = table_rows(workspace, geos, asked=asked)
        save({output: _as_data(workspace, rows, wide, suffix, by)}, quiet=quiet)
    else:
        given = gather_comments(workspace, comments, document)
        comparison = compare_rows(workspace, geos[0], asked=asked, comments=given)
        rows = comparison.rows
        save({output: to_file(comparison, suffix, workspace.newest())}, quiet=quiet)
    answers = rows.filter(method=ANSWER_METHOD).height
    figures = rows.height - answers
    # A row of data is an indicator of one municipality and period.
    words = (
        (("svar", "svar"), ("uppgift", "uppgifter"))
        if long
        else (("fråga", "frågor"), ("mått", "mått"))
    )
    amounts = zip((answers, figures), words, strict=True)
    written = listed([counted(amount, *forms) for amount, forms in amounts if amount])
    say(f"Skrev {output} ({written}).", quiet=quiet)


def _as_data(
    workspace: Workspace,
    rows: pl.DataFrame,
    wide: str | None,
    suffix: str,
    by: options.Kinds | None,
) -> bytes:
    """The rows as a file of data, with a column per municipality where that is asked for."""
    from ojmf.present.annex.views import data_view
    from ojmf.present.spreadsheets import WRITERS, to_csv
    from ojmf.present.views import Names

    view = data_view()
    if by is not None:
        from ojmf.compare.areas_of_figures import in_kinds
        from ojmf.present.view_columns import of_kind

        rows = in_kinds(rows, workspace.indicators, by.value)
        view = (of_kind(by.value), *view)
    if wide is not None:
        from ojmf.present.wide import side_by_side

        names = Names(workspace.indicators, workspace.geography)
        rows, view = side_by_side(rows.drop("municipality"), wide, names)
    return to_csv(rows) if suffix == ".csv" else WRITERS[suffix](rows, view)


def gather_comments(workspace: Workspace, comments: Path | None, document: Path | None) -> Comments:
    """The comments of the document and of the user's file, which comes first."""
    if comments is None and document is None:
        return {}
    from ojmf.present.annex.comments import document_comments, read_comments

    printed = document_comments(workspace, document) if document else {}
    own = read_comments(comments, workspace.indicators) if comments else {}
    return {**printed, **own}
