"""``ojmf chart``: gaps, areas and series as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import Area, Force, Kommun, Quiet, Root, Screening, examples
from ojmf.cli.session import known_suffix, open_workspace, save, say, write_stdout
from ojmf.cli.stored import OfStore
from ojmf.errors import SelectionError

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
    cls=OfStore,
    epilog=examples(
        "ojmf chart gaps --kommun NAME --output gaps.svg",
        "ojmf chart gaps --kommun NAME --area AREA_ID --top 10 --output gaps.png",
    ),
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
    """Draw each question's answer beside the county's and the country's shares.

    Without --area and --top there is a picture per area, and each file's name ends with the
    area's id: gaps-AREA_ID.svg.
    """
    from ojmf import compare
    from ojmf.compare.answers import traced_status
    from ojmf.compare.weighing import largest_gaps
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
    parts = frame.partition_by("area_id", maintain_order=True) if top is None else [frame]

    def drawn(rows: pl.DataFrame) -> alt.LayerChart:
        several = rows["area_id"].n_unique() != 1
        title = own if several else f"{own}: {names.areas[rows['area_id'][0]]}"
        return charts.gap_chart(
            rows, title=f"{title}, jämfört med länet och riket", own_name=own, width=width
        )

    if len(parts) <= 1:
        _write({output: drawn(frame)}, force=force, quiet=quiet)
        return
    pictures = {
        output.with_stem(f"{output.stem}-{rows['area_id'][0]}"): drawn(rows) for rows in parts
    }
    _write(pictures, force=force, quiet=quiet)


@app.command(cls=OfStore, epilog=examples("ojmf chart areas --kommun NAME --output areas.svg"))
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
    _write({output: chart}, force=force, quiet=quiet)


@app.command(
    cls=OfStore,
    epilog=examples("ojmf chart trend --kommun NAME --indicator INDICATOR_ID --output trend.svg"),
)
def trend(
    *,
    kommun: Kommun,
    indicator: Annotated[
        str, typer.Option(metavar="ID|NAME", help="Indicator by its id, name or printed label.")
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
    from ojmf.compare.over_time import traced_points
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
    series = max(_series(points, workspace.indicators, indicator, own), key=len)
    chart = charts.trend_chart(series, title=f"{own}: {series['label'][0]}", width=width)
    _write({output: chart}, force=force, quiet=quiet)


def _series(
    points: pl.DataFrame, indicators: pl.DataFrame, wanted: str, own: str
) -> list[pl.DataFrame]:
    """The series of one indicator; ``SelectionError`` where there is none, or where several are."""
    from ojmf.declarations.catalogue import indicators_called
    from ojmf.present import charts
    from ojmf.suggestions import did_you_mean

    named = points.select("indicator_id", "label").unique(maintain_order=True)
    meant = indicators_called(wanted, indicators, named.iter_rows())
    known = [one for one in meant if one in named["indicator_id"]]
    if not known:
        near = did_you_mean(wanted, [*named["label"], *named["indicator_id"]])
        raise SelectionError(f"{own} har ingen tidsserie för ”{wanted}”. {near}")
    if len(known) > 1:
        raise SelectionError(
            f"”{wanted}” är flera tidsserier. Ange id:t för en av dem: {', '.join(known)}."
        )
    return charts.series_of(points.filter(points["indicator_id"] == known[0]))


def _open(root: Path | None, output: Path, *, quiet: bool) -> tuple[Workspace, Names]:
    """The workspace and its names; ``UsageError`` first where the file can be no picture."""
    from ojmf.present import charts
    from ojmf.present.views import Names

    known_suffix(output, [f".{name}" for name in charts.FORMATS])
    workspace = open_workspace(root, quiet=quiet)
    return workspace, Names(workspace.indicators, workspace.geography)


def _write(pictures: Mapping[Path, alt.LayerChart], *, force: bool, quiet: bool) -> None:
    from ojmf.present import charts
    from ojmf.present.files import refuse_foreign

    refuse_foreign(pictures, force=force)
    drawn = {
        path: charts.render(chart, path.suffix.lower().removeprefix("."))
        for path, chart in pictures.items()
    }
    save(drawn, quiet=quiet)
    for path, chart in pictures.items():
        say(f"Skrev {path}.", quiet=quiet)
        write_stdout(f"{charts.alt_text(chart)}\n")
