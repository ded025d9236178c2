"""``ojmf compare`` and ``ojmf trends``: two municipalities, and the passing of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.comparing import show
from ojmf.cli.session import (
    destination,
    emit,
    open_observations,
    open_workspace,
    period_within,
    say,
)
from ojmf.errors import UsageError

if TYPE_CHECKING:
    import polars as pl


Municipalities = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|CODE NAME|CODE",
        help="Two municipalities by name or SCB code.",
        autocompletion=options.complete_kommun,
        show_default=False,
    ),
]


def compare(
    *,
    pair: Municipalities = None,
    kommun: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="The first municipality, instead of as an argument.",
            autocompletion=options.complete_kommun,
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|CODE",
            help="The second municipality, instead of as an argument.",
            autocompletion=options.complete_kommun,
        ),
    ] = None,
    area: options.Area = None,
    period: options.PeriodWithin = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show document and lines of every figure used.")
    ] = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Put two municipalities side by side, concept by concept.

    Only equal periods are compared. Each row says how comparable the figures are and why; what
    is not comparable has the reason instead of figures. Figures per inhabitant use the population
    nearest in time, and say which. Where no concept is declared for both, the questions and
    figures that both have of the same period stand side by side.
    """
    from ojmf.compare.frame import Selection, published
    from ojmf.geography import resolve_municipality
    from ojmf.present import difference_views, views
    from ojmf.present.marks import with_marks
    from ojmf.schema import COMPARED
    from ojmf.surface.pairing import paired

    to = destination(format, output, force=force)
    given = [kommun, *(pair or []), against]
    if len(named := [name for name in given if name is not None]) != 2:
        raise UsageError(
            f"compare jämför två kommuner, inte {len(named)}. Skriv ojmf compare NAMN NAMN."
        )
    selection = Selection(area, within=period_within(period), every=True)
    workspace = open_workspace(root, quiet=quiet)
    names = views.Names(workspace.indicators, workspace.places)
    geos = [resolve_municipality(place, workspace.geography) for place in named]
    places = [names.place(geo) for geo in geos]
    title = " och ".join(places)
    found = paired(workspace, geos, selection)
    if found.by_concept:
        frame = with_marks(found.rows, COMPARED.names())
        emit(frame, views.compared(*places, explained=explain), to, quiet=quiet, title=title)
        return
    say(
        f"Inget jämförelsemått är angivet för både {places[0]} och {places[1]}; här är de "
        "frågor och mått som båda har för samma period.",
        quiet=quiet,
    )
    common = published(found.rows)
    emit(common, difference_views.in_common(names, *places), to, quiet=quiet, title=title)


def trends(
    *,
    kommun: options.Kommuner,
    area: options.Area = None,
    period: options.PeriodWithin = None,
    points: Annotated[
        bool,
        typer.Option("--points", help="Every point with its limits instead of one row a series."),
    ] = False,
    short: Annotated[
        bool, typer.Option("--short", help="Also series that are too short to be judged.")
    ] = False,
    wide: options.Wide = None,
    screening: options.Screening = True,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show which monthly series have changed more than they normally vary.

    Control charts: XmR for amounts and large counts, c-charts or runs rules for small ones. A
    series shows improvement, deterioration or change by the indicator's polarity, or nothing but
    common-cause variation. data/charts.csv declares where a chart starts over (rebase) and which
    points its limits are of (baseline). Since last year says whether the year so far differs from
    the same months last year by more than chance.
    """
    from ojmf.compare.figures import PRINTED
    from ojmf.compare.over_time import traced_points, traced_trends
    from ojmf.compare.signals import SHORTEST
    from ojmf.errors import SelectionError
    from ojmf.geography import resolve_municipalities
    from ojmf.present import explanations, views
    from ojmf.present.marks import with_marks
    from ojmf.present.series_words import with_limits_shown

    to = destination(format, output, force=force)
    workspace, observations = open_observations(root, period, quiet=quiet)
    judge = traced_points if points else traced_trends
    frame: pl.DataFrame = judge(
        observations,
        workspace.indicators,
        resolve_municipalities(kommun, workspace.geography, workspace.groups),
        area=area,
        geography=workspace.geography,
        charts=workspace.charts,
        screened=screening,
    )
    frame = with_limits_shown(frame)
    if explain:
        frame = explanations.of_trends(frame)
    if not short:
        judged = frame.filter(frame["points"] >= SHORTEST)
        series = ["geo", "indicator_id", "sex", "unit", "period_kind"]
        left = frame.n_unique(series) - judged.n_unique(series)
        if left:
            what = "serie är för kort" if left == 1 else "serier är för korta"
            said = f"{left} {what} för att bedömas; --short visar dem."
            if judged.is_empty():
                raise SelectionError(f"{said} Det behövs {SHORTEST} perioder.")
            say(said, quiet=quiet)
        frame = judged
    names = views.Names(workspace.indicators, workspace.places)
    shown = views.chart_points if points else views.trends
    facts = {"printed", *PRINTED} - {"document", "line"}
    frame = with_marks(frame, [name for name in frame.columns if name not in facts])
    view = shown(names, explained=explain)
    show(frame, view, to, names, wide, quiet=quiet)
