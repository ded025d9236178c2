"""``ojmf status``, ``ojmf gaps`` and ``ojmf areas``: one municipality against a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Against, Area, Kommun, Output, OutputFormat, Quiet, Root
from ojmf.cli.session import Destination, destination, emit, open_workspace

if TYPE_CHECKING:
    import polars as pl

    from ojmf.workspace import Workspace


def status(
    *,
    kommun: Kommun,
    against: Against = "lan",
    area: Area = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the colour of every indicator.

    Answers are JA (100, green), DELVIS (50, yellow), NEJ (0, red) or none (grey), beside the
    figure of a reference area. The gap is the municipality's own figure minus the reference, for
    answers in percentage points.
    """
    from ojmf import compare

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    frame = compare.status(
        workspace.observations(),
        workspace.indicators,
        kommun,
        against=against,
        area=area,
        geography=workspace.geography,
    )
    emit_comparison(workspace, frame, (kommun, against), to, quiet=quiet)


def gaps(
    *,
    kommun: Kommun,
    against: Against = "lan",
    area: Area = None,
    top: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the N most negative gaps.")
    ] = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the gaps, the most negative first.

    A gap is the municipality's own figure minus that of the reference area; rows where either is
    missing have none.
    """
    from ojmf import compare

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    frame = compare.gaps(
        workspace.observations(),
        workspace.indicators,
        kommun,
        against=against,
        area=area,
        top=top,
        geography=workspace.geography,
    )
    emit_comparison(workspace, frame, (kommun, against), to, quiet=quiet)


def areas(
    *,
    kommun: Kommun,
    area: Area = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the colours and the share by area.

    The share in place is the mean of 100, 50 and 0 over the answered indicators, in percent, beside
    the mean shares of the county and the country; the gaps are in percentage points.
    """
    from ojmf import compare
    from ojmf.present import views

    to = destination(format, output)
    workspace = open_workspace(root, quiet=quiet)
    frame = compare.areas(
        workspace.observations(),
        workspace.indicators,
        kommun,
        area=area,
        geography=workspace.geography,
    )
    emit(frame, views.areas(), to, quiet=quiet)


def emit_comparison(
    workspace: Workspace,
    frame: pl.DataFrame,
    pair: tuple[str, str],
    to: Destination,
    *,
    quiet: bool,
) -> None:
    """Write rows of status or gaps; ``pair`` is the municipality and the reference as given."""
    from ojmf.compare import resolve_geo
    from ojmf.compare.selection import resolve_reference
    from ojmf.present import views

    own = resolve_geo(pair[0], workspace.geography)
    reference = resolve_reference(pair[1], own, workspace.geography)
    names = views.Names(workspace.indicators, workspace.geography)
    title = f"{names.place(own)} mot {names.place(reference)}, gap i procentenheter"
    emit(frame, views.status(names, reference), to, quiet=quiet, title=title)
