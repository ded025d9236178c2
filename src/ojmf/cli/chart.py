"""``ojmf chart``: gaps, areas and series as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import UsageError
from ojmf.cli.options import (
    AllMethods,
    Area,
    Force,
    Kommun,
    PeriodWithin,
    Quiet,
    Root,
    Screening,
    SexOnly,
    complete_reference,
    examples,
)
from ojmf.cli.session import known_suffix, open_workspace, save, say, write_stdout
from ojmf.cli.stored import OfStore
from ojmf.errors import SelectionError

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

    from ojmf.present.views import Names
    from ojmf.workspace import Workspace

_REFERENCES = ("lan", "riket")
_ONE = ["area_id", "indicator_id", "sex", "period_start", "period_end", "period_kind", "unit"]
"""What an indicator of one municipality is known by."""

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
        "ojmf chart gaps --kommun NAME --against fjolaret --all-methods --output gaps.svg",
    ),
)
def gaps(
    *,
    kommun: Kommun,
    output: Picture,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="lan|riket|fjolaret|mal|budget|NAME",
            help="Reference, as of ojmf gaps. Default: the county and the country both.",
            show_default=False,
            autocompletion=complete_reference,
        ),
    ] = None,
    area: Area = None,
    all_methods: AllMethods = False,
    sex: SexOnly = None,
    period: PeriodWithin = None,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Only the N most negative gaps, against the county if by default.",
        ),
    ] = None,
    width: Width = 760,
    force: Force = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Draw each question's answer, or each figure, beside what it is compared with.

    Without --area and --top there is a picture per area, and each file's name ends with the
    area's id: gaps-AREA_ID.svg. Figures stand with others of the same unit and of like size,
    gaps-AREA_ID-UNIT.svg, before a band for the middle half of the municipalities where quartiles
    colour them, or for the confidence interval.
    """
    import polars as pl

    from ojmf.cli.comparing import choose, named_reference, no_gap
    from ojmf.compare.questions import ANSWER_METHOD
    from ojmf.geography import COUNTY_OF_OWN
    from ojmf.present import charts

    known_suffix(output, [f".{name}" for name in charts.FORMATS])
    chosen = choose(
        *(root, kommun, area, period),
        against=against,
        all_methods=all_methods,
        sex=sex,
        quiet=quiet,
    )
    if chosen.several:
        raise UsageError("ojmf chart ritar en kommun i taget; ange en med --kommun.")
    rows = chosen.compared(_REFERENCES if against is None else [against])
    if top is not None:
        rows = _largest(rows, top)
    own = chosen.names.place(chosen.geos[0])
    answered = rows["method"] == ANSWER_METHOD
    answers, figures = rows.filter(answered), charts.drawable(rows.filter(~answered))
    if figures.is_empty() and answers["gap"].is_null().all():
        raise SelectionError(no_gap(chosen, own, against or COUNTY_OF_OWN))

    def drawn(part: pl.DataFrame) -> alt.LayerChart:
        several = part["area_id"].n_unique() != 1
        title = own if several else f"{own}: {chosen.names.areas[part['area_id'][0]]}"
        if part["method"][0] != ANSWER_METHOD:
            called = chosen.names.places
            return charts.figure_chart(part, title=title, own_name=own, names=called, width=width)
        beside = "länet och riket"
        if against is not None:
            beside = named_reference(chosen, part, "länet")
        called = {} if against is None else {part["reference_geo"][0]: beside}
        title = f"{title}, jämfört med {beside}"
        return charts.gap_chart(part, title=title, own_name=own, names=called, width=width)

    parts = charts.sharing_an_axis(figures, by_area=top is None)
    if not answers.is_empty():
        asked = (
            {"svar": answers}
            if top is not None
            else {
                part["area_id"][0]: part
                for part in answers.partition_by("area_id", maintain_order=True)
            }
        )
        parts = {**asked, **parts}
    if len(parts) == 1:
        _write({output: drawn(next(iter(parts.values())))}, force=force, quiet=quiet)
    else:
        named = {output.with_stem(f"{output.stem}-{name}"): part for name, part in parts.items()}
        _write({path: drawn(part) for path, part in named.items()}, force=force, quiet=quiet)
    left = rows.filter(~answered, pl.col("own").is_not_null())
    left = left.join(figures, on=_ONE, how="anti", nulls_equal=True).unique(_ONE)
    if not left.is_empty():
        say(
            f"{left.height} mått har inget att stå bredvid och är inte ritade. Skälen visas av "
            "ojmf status --all-methods.",
            quiet=quiet,
        )


def _largest(rows: pl.DataFrame, top: int) -> pl.DataFrame:
    """The rows of the indicators whose gaps are the most negative, against the first reference."""
    from ojmf.compare.weighing import largest_gaps

    places = rows.filter(rows["reference_geo"] != rows["geo"])["reference_geo"]
    first = places[0] if len(places) else rows["reference_geo"][0]
    chosen = largest_gaps(rows.filter(reference_geo=first)).head(top).select(_ONE)
    return chosen.join(rows, on=_ONE, how="left", nulls_equal=True, maintain_order="left_right")


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
    from ojmf.compare.frame import Selection
    from ojmf.geography import county_of
    from ojmf.present import charts

    workspace, names = _open(root, output, quiet=quiet)
    geo = compare.resolve_geo(kommun, workspace.geography)
    if not workspace.has_answers([geo], Selection()):
        raise SelectionError(
            f"{names.place(geo)} har inga svar i Öppna jämförelser, och bara av svar görs en andel "
            "JA. Mått ritas av ojmf chart gaps."
        )
    frame = compare.areas(
        workspace.observations(), workspace.indicators, kommun, geography=workspace.geography
    )
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
