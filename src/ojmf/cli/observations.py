"""``ojmf observations``: the figures of the workspace, filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import (
    Area,
    Force,
    Output,
    OutputFormat,
    PeriodWithin,
    Place,
    Quiet,
    Root,
    Source,
)
from ojmf.cli.session import destination, emit, open_workspace, period_within
from ojmf.errors import NOTHING_YET, SelectionError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.workspace import Workspace


def observations(
    *,
    kommun: Place = None,
    source: Source = None,
    area: Area = None,
    indicator: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this indicator.")
    ] = None,
    period: PeriodWithin = None,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show printed figures and where they stand.

    The options narrow the selection together. Exit code 9 when nothing is left.
    """
    from ojmf.present import views

    to = destination(format, output, force=force)
    within = period_within(period)
    workspace = open_workspace(root, quiet=quiet)
    chosen = _choices(workspace, kommun, source, area, indicator)
    frame = workspace.observations().filter(*chosen, within)
    if frame.is_empty():
        raise SelectionError(
            NOTHING_YET
            if workspace.observations().is_empty()
            else "Inga uppgifter stämmer med urvalet. Ta bort något villkor."
        )
    names = views.Names(workspace.indicators, workspace.places)
    emit(frame, views.observations(names), to, quiet=quiet)


def _choices(
    workspace: Workspace,
    place: str | None,
    source: str | None,
    area: str | None,
    indicator: str | None,
) -> list[pl.Expr]:
    """The conditions that the options make; ``SelectionError`` for what is not known."""
    import polars as pl

    from ojmf.compare import resolve_area
    from ojmf.suggestions import WHERE_ALL_ARE, did_you_mean

    chosen = []
    if place is not None:
        chosen.append(pl.col("geo").is_in(_places(workspace, place)))
    if source is not None:
        chosen.append(pl.col("source_id") == workspace.source_id(source))
    if area is not None:
        chosen.append(pl.col("area_id") == resolve_area(area, workspace.indicators))
    if indicator is not None:
        known = workspace.indicators["indicator_id"].to_list()
        if indicator not in known:
            near = did_you_mean(indicator, known, otherwise=WHERE_ALL_ARE)
            raise SelectionError(f"Okänd indikator: ”{indicator}”. {near}")
        chosen.append(pl.col("indicator_id") == indicator)
    return chosen


def _places(workspace: Workspace, place: str) -> list[str]:
    """The codes that a place means: its own, those of a group's members, or of all municipalities.

    A county is the county itself here, not its municipalities.
    """
    from ojmf.compare import resolve_geo
    from ojmf.geography import resolve_municipalities

    try:
        return [resolve_geo(place, workspace.geography)]
    except SelectionError:
        return resolve_municipalities(place, workspace.geography, workspace.groups)
