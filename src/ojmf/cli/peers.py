"""``ojmf peers``: a municipality among those like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.session import destination, emit, open_workspace, period_within, say
from ojmf.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.workspace import Workspace


def peers(
    *,
    kommun: options.Kommun,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            "--against",
            metavar="ID",
            help="Group of municipalities. Without it the municipality's groups are listed.",
        ),
    ] = None,
    similar: Annotated[
        bool,
        typer.Option("--similar", help="The municipalities nearest by the indicators of --by."),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(metavar="INDICATOR,…", help="Indicators that the nearest are found by."),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(metavar="NUMBER,…", help="How much each of them counts. Default: alike."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many of the nearest are shown.")] = 7,
    area: options.Area = None,
    period: options.PeriodWithin = None,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show rank, quarter and median within a group of similar municipalities.

    The groups are Kolada's: the municipalities most similar in individual and family care, and
    those of SKR; a list of your own is more rows in data/peers.csv. Only figures that the workspace
    has for members of the group are compared; of answers, the share of JA among the others. With
    --similar the nearest are found by indicators of your choice, each divided by its standard
    deviation among all municipalities.
    """
    from ojmf.compare.figures import subgroups
    from ojmf.compare.peers import peer_groups, traced_peers
    from ojmf.geography import resolve_municipality
    from ojmf.present import explanations, views
    from ojmf.present.marks import with_marks
    from ojmf.schema import PEER_PLACES

    to = destination(format, output, force=force)
    within = period_within(period)
    if not similar and (by or weights):
        raise UsageError("--by och --weights gäller tillsammans med --similar")
    if similar and (group or area or explain):
        raise UsageError("--similar används utan --group, --area och --explain")
    workspace = open_workspace(root, quiet=quiet)
    known = workspace.groups
    if similar:
        if not by:
            raise UsageError("Ange indikatorerna med --by, som --by ID,ID.")
        _nearest(workspace, kommun, by, weights, top, within, to, quiet=quiet)
        return
    if group is None:
        geo = resolve_municipality(kommun, workspace.geography)
        if area is not None:
            raise UsageError(
                "--area gäller bara tillsammans med --group; grupperna har inga områden."
            )
        emit(peer_groups(known, geo), views.peer_groups(), to, quiet=quiet)
        return
    rows = traced_peers(
        workspace.observations().filter(within),
        workspace.indicators,
        known,
        kommun,
        group,
        area=area,
        geography=workspace.geography,
    )
    names = views.Names(workspace.indicators, workspace.places)
    title = rows["group_title"][0]
    own = rows["geo"][0]
    if peer_groups(known, own).filter(group_id=rows["group_id"][0]).is_empty():
        say(f"{names.place(own)} är inte med i gruppen men räknas in här.", quiet=quiet)
    columns = [*PEER_PLACES, *subgroups(rows)]
    if explain:
        rows, columns = explanations.of_peers(rows), [*columns, "explanation"]
    frame = with_marks(rows, columns)
    emit(frame, views.peers(names, explained=explain), to, quiet=quiet, title=title)


def _nearest(
    workspace: Workspace,
    kommun: str,
    by: str,
    weights: str | None,
    top: int,
    within: pl.Expr,
    to: Destination,
    *,
    quiet: bool,
) -> None:
    """Show the nearest municipalities by some indicators, with their distances."""
    from ojmf.compare.nearness import similar
    from ojmf.geography import resolve_municipality
    from ojmf.present import views

    try:
        counted = [float(part) for part in (weights or "").split(",") if part.strip()]
    except ValueError:
        raise UsageError(f"--weights: ”{weights}” är inga tal; skriv som 2,1,1") from None
    rows = similar(
        workspace.observations().filter(within),
        workspace.indicators,
        kommun,
        [part.strip() for part in by.split(",") if part.strip()],
        weights=counted,
        nearest=top,
        geography=workspace.geography,
    )
    names = views.Names(workspace.indicators, workspace.places)
    own = names.place(resolve_municipality(kommun, workspace.geography))
    title = f"Kommuner som liknar {own}, av {rows['of'][0]} med alla uppgifter"
    emit(rows, views.similar(names), to, quiet=quiet, title=title)
