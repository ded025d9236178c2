"""``ojmf diff``: what an import would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Force, Output, OutputFormat, Quiet, Root, complete_source
from ojmf.cli.session import destination, emit, open_workspace, say

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.present.tables import View

EXIT_DIFFERENCES = 1

Side = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE_ID|FILE",
        help="The id of a source of any kind, a file with a whole document, or a .csv or .parquet "
        "file of observations.",
        autocompletion=complete_source,
    ),
]


def diff(
    old: Side,
    new: Side,
    *,
    lines: Annotated[
        bool, typer.Option("--lines/--no-lines", help="Tell also what only moved to another line.")
    ] = True,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show what an import would change.

    Observations that are added, removed, or that change their value, answer, unit, status,
    correction or line. Of documents of different periods the latest figure or answer of each
    question and place is compared, and questions that are new, gone or reworded are listed. The
    exit code is 1 when there is a difference.
    """
    from ojmf.validate import diff as difference

    to = destination(format, output, force=force)
    workspace = open_workspace(root, quiet=quiet)
    before, after = (difference.observations(workspace, name) for name in (old, new))
    tell_changes(before, after, to, lines=lines, quiet=quiet)


def tell_changes(
    before: pl.DataFrame,
    after: pl.DataFrame,
    to: Destination,
    *,
    lines: bool = True,
    quiet: bool = False,
) -> None:
    """Write the changes between observations and sum them up; exit code 1 where there are any."""
    from ojmf.validate import diff as difference

    if periods := difference.of_other_periods(before, after):
        changes = difference.between_periods(before, after)
    else:
        changes = difference.compare(before, after, lines=lines)
    emit(changes, _view(), to, quiet=quiet)
    counts = difference.counts(changes)
    told = ", ".join(f"{counts[name]} {word}" for name, word in _WORDS.items() if name in counts)
    what = "observationer av olika perioder" if periods else "observationer"
    say(f"{before.height} mot {after.height} {what}: {told or 'ingen skillnad'}.", quiet=quiet)
    if not changes.is_empty():
        raise typer.Exit(EXIT_DIFFERENCES)


_WORDS = {"added": "tillkomna", "removed": "borttagna", "changed": "ändrade"}
_CHANGES = {"added": "ny", "removed": "borta", "changed": "ändrad"}


def _view() -> View:
    import polars as pl

    from ojmf.present.tables import Column
    from ojmf.validate.diff import FIELDS

    first, last = pl.col("old_line").cast(pl.String), pl.col("new_line").cast(pl.String)
    return (
        Column("Ändring", pl.col("change").replace(_CHANGES)),
        Column("Tabell", pl.col("table")),
        Column("Etikett", pl.col("row_label")),
        Column("Kolumn", pl.col("column_label")),
        Column("Vad", pl.col("field").replace(FIELDS)),
        Column("Före", _as_read("old"), figures=True),
        Column("Efter", _as_read("new"), figures=True),
        Column("Rad före", first, figures=True),
        Column("Rad efter", last, figures=True),
    )


def _as_read(name: str) -> pl.Expr:
    """A side of a change, its values with a decimal comma."""
    import polars as pl

    figure = pl.col(name).str.replace(r"\.0$", "").str.replace(".", ",", literal=True)
    return pl.when(pl.col("field") == "value").then(figure).otherwise(name)
