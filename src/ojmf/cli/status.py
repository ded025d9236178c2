"""``ojmf status``, ``ojmf gaps`` and ``ojmf areas``: one municipality against a reference."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import UsageError
from ojmf.cli.options import (
    Against,
    Area,
    Explain,
    Kommuner,
    Output,
    OutputFormat,
    PeriodWithin,
    Quiet,
    Root,
)
from ojmf.cli.session import Destination, destination, emit, open_observations
from ojmf.errors import SelectionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ojmf.workspace import Workspace


class By(StrEnum):
    """How the gaps are chosen and ordered."""

    GAP = "gap"
    PRIORITY = "priority"
    LABEL = "label"


def status(
    *,
    kommun: Kommuner,
    against: Against = "lan",
    area: Area = None,
    all_methods: Annotated[
        bool,
        typer.Option(
            "--all-methods",
            help="Also indicators that are judged by another method than their answer: quartile, "
            "reference, target or neutral. They come by themselves where there are no answers.",
        ),
    ] = False,
    period: PeriodWithin = None,
    explain: Explain = False,
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
    from ojmf.compare import answers
    from ojmf.geography import resolve_municipalities
    from ojmf.schema import COMPARISONS

    to = destination(format, output)
    workspace, observations = open_observations(root, period, quiet=quiet)
    places = workspace.geography
    geos = resolve_municipalities(kommun, places)
    several = len(geos) > 1
    if several and all_methods:
        raise UsageError("--all-methods visar en kommun i taget; ange en med --kommun.")
    given = (observations, workspace.indicators)
    if several or (_has_answers(workspace, observations, geos, area) and not all_methods):
        rows = answers.traced_status(*given, geos, against=[against], area=area, geography=places)
        frame = _explained(rows, [*COMPARISONS, "reason"], explain)
        emit_comparison(workspace, frame, (kommun, against), to, quiet=quiet)
        return
    from ojmf.compare import distances, methods
    from ojmf.compare.basis import make_basis
    from ojmf.compare.figures import subgroups
    from ojmf.present import views

    basis = make_basis(observations, workspace.indicators, workspace.population, workspace.targets)
    judged = methods.traced_methods(
        *given, geos[0], against=against, area=area, geography=places, basis=basis
    )
    measured = distances(judged, workspace.indicators, basis.denominators)
    columns = [*methods.JUDGED, *subgroups(judged), *measured.columns[len(judged.columns) :]]
    frame = _explained(measured, columns, explain)
    names = views.Names(workspace.indicators, places)
    emit(frame, views.judged(names, explained=explain), to, quiet=quiet)


def gaps(
    *,
    kommun: Kommuner,
    against: Against = "lan",
    area: Area = None,
    top: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the N most negative gaps.")
    ] = None,
    by: Annotated[
        By,
        typer.Option(
            help="gap: the most negative first. priority: what is red, the most common among the "
            "county's municipalities first. label: questions that several areas ask, side by side.",
            case_sensitive=False,
        ),
    ] = By.GAP,
    period: PeriodWithin = None,
    explain: Explain = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the gaps, the most negative first.

    A gap is the municipality's own figure minus that of the reference area; rows where either is
    missing have none.
    """
    from ojmf.schema import COMPARISONS

    to = destination(format, output)
    workspace, observations = open_observations(root, period, quiet=quiet)
    rows, more = _by(workspace, observations, kommun, by, against, area)
    if by is By.GAP and rows.is_empty():
        raise SelectionError(
            f"Ingen fråga har uppgifter för både {kommun} och {against}. Välj ett annat område att "
            "jämföra med, till exempel lan eller riket, eller en annan period."
        )
    shown = rows.head(top) if top else rows
    frame = _explained(shown, [*COMPARISONS, *more, "reason"], explain)
    emit_comparison(workspace, frame, (kommun, against), to, quiet=quiet)


def _by(
    workspace: Workspace,
    observations: pl.DataFrame,
    kommun: str,
    by: By,
    against: str,
    area: str | None,
) -> tuple[pl.DataFrame, list[str]]:
    """The gaps in the order that ``by`` names, and the columns that it adds."""
    from ojmf.compare import answers, resolve_area
    from ojmf.compare.priorities import priorities_of, shared_of
    from ojmf.geography import (
        COUNTRY_WORD,
        COUNTY_OF_OWN,
        county_of,
        resolve_municipalities,
        resolve_reference,
    )

    places = workspace.geography
    geos = resolve_municipalities(kommun, places)
    if len(geos) > 1 and by is not By.GAP:
        raise UsageError(f"--by {by} visar en kommun i taget; ange en med --kommun.")
    given = (observations, workspace.indicators, geos)
    if by is By.PRIORITY:
        if resolve_reference(against, geos[0], places) != county_of(geos[0]):
            raise UsageError(
                "--by priority väger mot länet, och mot riket där länet saknas, inte mot "
                f"{against}. Ta bort --against."
            )
        both = [COUNTY_OF_OWN, COUNTRY_WORD]
        rows = answers.traced_status(*given, against=both, area=area, geography=places)
        return priorities_of(rows), ["national", "priority", "basis"]
    if by is By.LABEL:
        rows = answers.traced_status(*given, against=[against], geography=places)
        area_id = None if area is None else resolve_area(area, workspace.indicators)
        return shared_of(rows, area_id), ["areas", "same_status"]
    rows = answers.traced_status(*given, against=[against], area=area, geography=places)
    return answers.largest_gaps(rows), []


def areas(
    *,
    kommun: Kommuner,
    area: Area = None,
    carriers: Annotated[
        bool,
        typer.Option(
            "--carriers",
            help="Instead the indicators that carry each area's gap, with each one's part of it.",
        ),
    ] = False,
    against: Against = "lan",
    period: PeriodWithin = None,
    explain: Explain = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the colours and the share by area.

    The share in place is the mean of 100, 50 and 0 over the answered indicators, in percent, beside
    the mean shares of the county and the country; the gaps are in percentage points.
    """
    from ojmf.compare import answers
    from ojmf.compare.priorities import contributions_of
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, resolve_municipalities
    from ojmf.present import explanations, views
    from ojmf.schema import COMPARISONS

    to = destination(format, output)
    workspace, observations = open_observations(root, period, quiet=quiet)
    places = workspace.geography
    geos = resolve_municipalities(kommun, places)
    several = len(geos) > 1
    given = (observations, workspace.indicators, geos)
    if carriers:
        if several:
            raise UsageError("--carriers visar en kommun i taget; ange en med --kommun.")
        rows = answers.traced_status(*given, against=[against], area=area, geography=places)
        carried = contributions_of(rows)
        columns = [*COMPARISONS, "area_gap", "contribution"]
        names = views.Names(workspace.indicators, places)
        view = views.contributions(names, explained=explain)
        emit(_explained(carried, columns, explain), view, to, quiet=quiet)
        return
    if against != COUNTY_OF_OWN:
        raise UsageError(
            "--against gäller bara tillsammans med --carriers; översikten visar både län och rike."
        )
    both = [COUNTY_OF_OWN, COUNTRY_WORD]
    rows = answers.traced_status(*given, against=both, area=area, geography=places)
    frame = answers.areas_of(rows, workspace.indicators, several=several)
    if explain:
        frame = explanations.of_areas(frame)
    shown = views.Names(workspace.indicators, places) if several else None
    emit(frame, views.areas(shown, explained=explain), to, quiet=quiet)


def _has_answers(
    workspace: Workspace, observations: pl.DataFrame, geos: Sequence[str], area: str | None
) -> bool:
    """Whether a municipality was asked any question that is judged by its answer."""
    from ojmf.compare import resolve_area

    asked = observations.filter(observations["geo"].is_in(geos), unit="answer")
    if area is not None:
        asked = asked.filter(area_id=resolve_area(area, workspace.indicators))
    return not asked.is_empty()


def _explained(rows: pl.DataFrame, columns: Sequence[str], explain: bool) -> pl.DataFrame:
    """The columns of a result with how each row came about, if asked for, and its marks."""
    from ojmf.present import explanations
    from ojmf.present.marks import with_marks

    if not explain:
        return with_marks(rows, columns)
    return with_marks(explanations.of_comparisons(rows), [*columns, "explanation"])


def emit_comparison(
    workspace: Workspace,
    frame: pl.DataFrame,
    pair: tuple[str, str],
    to: Destination,
    *,
    quiet: bool,
) -> None:
    """Write rows of status or gaps; ``pair`` is the municipality and the reference as given."""
    from ojmf.geography import resolve_municipalities, resolve_reference
    from ojmf.present import views

    geos = resolve_municipalities(pair[0], workspace.geography)
    references = {resolve_reference(pair[1], own, workspace.geography) for own in geos}
    names = views.Names(workspace.indicators, workspace.geography)
    reference = names.place(references.pop()) if len(references) == 1 else "Länet"
    own = names.place(geos[0]) if len(geos) == 1 else "Kommunerna"
    title = f"{own} mot {reference if reference != 'Länet' else 'sitt län'}, gap i procentenheter"
    view = views.status(names, reference, explained="explanation" in frame.columns)
    emit(frame, view, to, quiet=quiet, title=title)
