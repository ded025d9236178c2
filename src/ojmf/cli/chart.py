"""``ojmf chart``: gaps, areas and series as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.options import (
    AllMethods,
    Area,
    Before,
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

if TYPE_CHECKING:
    import altair as alt

    from ojmf.workspace import Workspace


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
    since: Before = None,
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
    from ojmf.cli.comparing import choose
    from ojmf.present import charts
    from ojmf.surface.pictures import gap_pictures

    known_suffix(output, [f".{name}" for name in charts.FORMATS])
    chosen = choose(
        *(root, kommun, area, period, since),
        against=against,
        all_methods=all_methods,
        sex=sex,
        quiet=quiet,
    )
    drawn, left = gap_pictures(chosen, against, top, width=width)
    alone = len(drawn) == 1
    pictures = {
        output if alone else output.with_stem(f"{output.stem}-{name}"): one
        for name, one in drawn.items()
    }
    _write(pictures, force=force, quiet=quiet)
    if left:
        say(
            f"{left} mått har inget att stå bredvid och är inte ritade. Skälen visas av "
            f"ojmf status --kommun {chosen.geos[0]} --all-methods.",
            quiet=quiet,
        )


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
    from ojmf.surface.pictures import area_picture

    chart = area_picture(_open(root, output, quiet=quiet), kommun, width=width)
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
    from ojmf.surface.pictures import trend_picture

    workspace = _open(root, output, quiet=quiet)
    chart = trend_picture(workspace, kommun, indicator, screening=screening, width=width)
    _write({output: chart}, force=force, quiet=quiet)


def _open(root: Path | None, output: Path, *, quiet: bool) -> Workspace:
    """The workspace; ``UsageError`` first where the file can be no picture."""
    from ojmf.present import charts

    known_suffix(output, [f".{name}" for name in charts.FORMATS])
    return open_workspace(root, quiet=quiet)


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
