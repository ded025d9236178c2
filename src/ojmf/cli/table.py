"""``ojmf table``: the printed annexes of one municipality, with status and gaps, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ojmf.cli import options
from ojmf.cli.comparing import earlier_period, tell_of_left_out
from ojmf.cli.session import known_suffix, open_workspace, save, say

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
    since: options.Before = None,
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
    municipality without answers has its figures there, with what they are compared with. With
    --against fjolaret the summary says what has turned green or red, and what is new or gone.
    Several municipalities, every period, --by and --wide are one table of data, under the names of
    its columns.
    """
    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.present.annex.rows import Asked
    from ojmf.present.files import refuse_foreign
    from ojmf.present.words import counted, listed
    from ojmf.surface.handed_on import Table

    workspace = open_workspace(root, quiet=quiet)
    before = earlier_period(since, against)
    asked = Asked(area, against, () if all_methods else None, every_period, before)
    kind = None if by is None else by.value
    made = Table(workspace, kommun, asked, wide, kind, comments, document)
    suffix = known_suffix(output, made.suffixes)
    refuse_foreign([output], force=force)
    rows, content = made.made(suffix)
    save({output: content}, quiet=quiet)
    answers = rows.filter(method=ANSWER_METHOD).height
    figures = rows.height - answers
    # A row of data is an indicator of one municipality and period.
    words = (
        (("svar", "svar"), ("uppgift", "uppgifter"))
        if made.is_data
        else (("fråga", "frågor"), ("mått", "mått"))
    )
    amounts = zip((answers, figures), words, strict=True)
    written = listed([counted(amount, *forms) for amount, forms in amounts if amount])
    say(f"Skrev {output} ({written}).", quiet=quiet)
    if area is None and not all_methods:
        how = "--all-methods tar med dem."
        tell_of_left_out(workspace, made.geos, rows, how, quiet=quiet)
