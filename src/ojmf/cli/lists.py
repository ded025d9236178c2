"""``ojmf sources``, ``ojmf indicators`` and ``ojmf check``: what the workspace declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojmf.cli.options import Area, Output, OutputFormat, Quiet, Root
from ojmf.cli.session import destination, emit, open_workspace, say, write_stdout
from ojmf.errors import DeclarationError

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_SHOWN_CODES = 10


def sources(
    *,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the declared documents."""
    import polars as pl

    from ojmf.present import views

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    frame = pl.DataFrame(
        [
            (
                source.id,
                source.title,
                source.publisher,
                source.geo,
                source.date,
                source.reporting_period,
                source.diary_number,
                source.document,
                source.sha256,
                len(source.table),
                len(source.correction),
            )
            for source in workspace.sources.values()
        ]
        + _collected(workspace),
        schema={
            "source_id": pl.String,
            "title": pl.String,
            "publisher": pl.String,
            "geo": pl.String,
            "date": pl.Date,
            "reporting_period": pl.String,
            "diary_number": pl.String,
            "document": pl.String,
            "sha256": pl.String,
            "tables": pl.Int64,
            "corrections": pl.Int64,
        },
        orient="row",
    )
    names = views.Names(workspace.indicators, workspace.geography)
    emit(frame, views.sources(names), to, quiet=quiet)


def indicators(
    *,
    area: Area = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """List the indicators of the catalogue."""
    from ojmf.compare import resolve_area
    from ojmf.present import views

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    frame = workspace.indicators
    if area is not None:
        frame = frame.filter(frame["area_id"] == resolve_area(area, frame))
    emit(frame, views.indicators(), to, quiet=quiet)


def check(*, root: Root = None, quiet: Quiet = False) -> None:
    """Check every declaration.

    All faults are told at once, each on a line of its own on stderr, the open questions of drafts
    as well; the exit code is then 6.
    """
    workspace = open_workspace(root, quiet=quiet)
    if workspace.drafts:
        raise DeclarationError([f for draft in workspace.drafts.values() for f in draft.faults])
    catalogue = workspace.indicators
    for file in workspace.references.values():
        for period, codes in file.missing.items():
            shown = ", ".join(codes[:_SHOWN_CODES]) + (" …" if len(codes) > _SHOWN_CODES else "")
            say(
                f"upplysning: {file.path}: {len(codes)} kommuner saknas för {period} ({shown})",
                quiet=quiet,
            )
    sources = len(workspace.sources) + len(workspace.fetched) + len(workspace.references)
    write_stdout(
        f"Inga fel (källor: {sources}, områden: {catalogue['area_id'].n_unique()}, "
        f"indikatorer: {catalogue.height}).\n"
    )


def _collected(workspace: Workspace) -> list[tuple[object, ...]]:
    """The rows of the sources that are no reports: what was fetched, and reference values."""
    fetched = [
        (s.id, s.title, s.publisher, None, s.date, None, None, s.document, s.sha256, None, None)
        for s in (source.declaration for source in workspace.fetched.values())
    ]
    references = [
        (
            name,
            f"Värden för alla kommuner: {file.declaration.indicator}",
            *(None,) * 3,
            file.declaration.period,
            None,
            file.declaration.source,
            *(None,) * 3,
        )
        for name, file in workspace.references.items()
    ]
    return [*fetched, *references]
