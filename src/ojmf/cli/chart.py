"""``ojmf chart``: gaps, areas and series as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Area, Force, Kommun, Quiet, Root, Screening, examples
from ojmf.cli.session import known_suffix, open_workspace, say, write_stdout
from ojmf.errors import SelectionError
from ojmf.output import write_files

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

    from ojmf.present.views import Names
    from ojmf.workspace import Workspace

_REFERENCES = ("lan", "riket")

Picture = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="FILE", help="The picture; its suffix is .svg, .png or .html."
    ),
]
Width = Annotated[
    int,
    typer.Option(
        metavar="PIXELS",
        min=280,
        max=2000,
        help="Width of the chart. Under 560 the labels stand above their marks.",
    ),
]

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Draw a chart; its text alternative goes to stdout.",
)


@app.command(
    epilog=examples(
        "ojmf chart gaps --kommun NAME --output gaps.svg",
        "ojmf chart gaps --kommun NAME --area AREA_ID --top 10 --output gaps.png",
    )
)
def gaps(
    *,
    kommun: Kommun,
    output: Picture,
    area: Area = None,
    top: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Only the N most negative gaps against the county."),
    ] = None,
    width: Width = 760,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draw each indicator's answer beside the county's and the country's shares."""
    from ojmf import compare
    from ojmf.compare.answers import traced_status
    from ojmf.compare.priorities import largest_gaps
    from ojmf.geography import county_of
    from ojmf.present import charts

    workspace, names = _open(root, output, quiet=quiet)
    places = workspace.geography
    frame = traced_status(
        workspace.observations(),
        workspace.indicators,
        kommun,
        against=_REFERENCES,
        area=area,
        geography=places,
    )
    if top is not None:
        county = frame.filter(frame["reference_geo"] == county_of(frame["geo"][0]))
        chosen = largest_gaps(county).head(top).select("area_id", "indicator_id")
        frame = chosen.join(frame, on=chosen.columns, maintain_order="left_right")
    own = names.place(compare.resolve_geo(kommun, places))
    chart = charts.gap_chart(
        frame, title=f"{own}: gap mot länet och riket", own_name=own, width=width
    )
    _write(chart, output, force=force, quiet=quiet)


@app.command(epilog=examples("ojmf chart areas --kommun NAME --output areas.svg"))
def areas(
    *,
    kommun: Kommun,
    output: Picture,
    width: Width = 760,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draw the share of JA of every area beside the county's and the country's."""
    from ojmf import compare
    from ojmf.geography import county_of
    from ojmf.present import charts

    workspace, names = _open(root, output, quiet=quiet)
    frame = compare.areas(
        workspace.observations(), workspace.indicators, kommun, geography=workspace.geography
    )
    geo = compare.resolve_geo(kommun, workspace.geography)
    chart = charts.area_chart(
        frame,
        title=f"{names.place(geo)}: andel JA per område",
        own_name=names.place(geo),
        county_name=names.place(county_of(geo)),
        width=width,
    )
    _write(chart, output, force=force, quiet=quiet)


@app.command(
    epilog=examples("ojmf chart trend --kommun NAME --indicator INDICATOR_ID --output trend.svg")
)
def trend(
    *,
    kommun: Kommun,
    indicator: Annotated[
        str, typer.Option(metavar="ID", help="Indicator by its id, as in ojmf indicators.")
    ],
    output: Picture,
    screening: Screening = True,
    width: Width = 760,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draw a series with its mean and control limits.

    Where the indicator has several series, the longest is drawn.
    """
    from ojmf import compare
    from ojmf.compare.trends import traced_points
    from ojmf.present import charts

    workspace, names = _open(root, output, quiet=quiet)
    points = traced_points(
        workspace.observations(),
        workspace.indicators,
        kommun,
        geography=workspace.geography,
        charts=workspace.charts,
        screened=screening,
    )
    own = names.place(compare.resolve_geo(kommun, workspace.geography))
    series = max(_series(points, indicator, own), key=len)
    known = workspace.indicators
    name = known.filter(known["indicator_id"] == indicator)["name"][0]
    chart = charts.trend_chart(series, title=f"{own}: {name}", width=width)
    _write(chart, output, force=force, quiet=quiet)


def _series(points: pl.DataFrame, indicator: str, own: str) -> list[pl.DataFrame]:
    """The series of one indicator; ``SelectionError`` where there is none."""
    from ojmf.present import charts
    from ojmf.suggestions import did_you_mean

    chosen = points.filter(points["indicator_id"] == indicator)
    if chosen.is_empty():
        known = points["indicator_id"].unique(maintain_order=True)
        raise SelectionError(
            f"Det finns ingen tidsserie för ”{indicator}” i {own}. {did_you_mean(indicator, known)}"
        )
    return charts.series_of(chosen)


def _open(root: Path | None, output: Path, *, quiet: bool) -> tuple[Workspace, Names]:
    """The workspace and its names; ``UsageError`` first where the file can be no picture."""
    from ojmf.present import charts
    from ojmf.present.views import Names

    known_suffix(output, [f".{name}" for name in charts.FORMATS])
    workspace = open_workspace(root, quiet=quiet)
    return workspace, Names(workspace.indicators, workspace.geography)


def _write(chart: alt.LayerChart, output: Path, *, force: bool, quiet: bool) -> None:
    from ojmf.present import charts
    from ojmf.present.files import refuse_foreign

    refuse_foreign([output], force=force)
    write_files({output: charts.render(chart, output.suffix.lower().removeprefix("."))})
    say(f"Skrev {output}.", quiet=quiet)
    write_stdout(f"{charts.alt_text(chart)}\n")
