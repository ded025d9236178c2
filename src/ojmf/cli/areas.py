"""``ojmf areas``: the colours, the verdicts and the shares of each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.comparing import choose, show, shown, tell_of_years
from ojmf.cli.county import show_county
from ojmf.cli.session import destination, say
from ojmf.errors import UsageError
from ojmf.surface.of_areas import Together, areas_against, carried

if TYPE_CHECKING:
    from ojmf.cli.session import Destination
    from ojmf.surface.chosen import Chosen


_TITLES = {
    Together.AREA: "",
    Together.DIMENSION: "Efter kvalitetsområde: vår läsning av frågorna, ingen officiell indelning",
    Together.TYPE: "Efter typ (struktur, process, resultat): vår läsning av frågorna",
}


def areas(
    *,
    kommun: options.MunicipalitiesOrCounty = None,
    lan: options.County = None,
    area: options.Area = None,
    all_methods: options.AllMethods = False,
    carriers: Annotated[
        bool,
        typer.Option(
            "--carriers",
            help="List each indicator's contribution to the area's gap instead.",
        ),
    ] = False,
    by: Annotated[
        Together,
        typer.Option(
            help="Areas, or dimension: the six areas of quality of Öppna jämförelser, or type: "
            "structure, process and result."
        ),
    ] = Together.AREA,
    against: options.Against = "lan",
    period: options.PeriodWithin = None,
    before: options.Before = None,
    every_period: options.EveryPeriod = False,
    wide: options.Wide = None,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    force: options.Force = False,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show the colours and the share by area.

    The share of JA among the answered indicators, in percent, stands beside the mean shares of the
    county and the country; the gaps are in percentage points. Against another place or group it
    stands beside that share alone, and against fjolaret beside that of the period before, over the
    questions answered both times. Areas of figures show how many are better, similar and worse
    than --against, and the largest gap; the country stands in for a county without figures. With
    --by dimension or type the questions stand by area of quality or type, which is our own reading
    of them. --kommun COUNTY means each of its municipalities, --lan COUNTY the county as one place.
    """
    to = destination(format, output, force=force)
    chosen = choose(
        *(root, kommun, area, period, before),
        lan=lan,
        against=against,
        all_methods=all_methods,
        every=every_period,
        quiet=quiet,
    )
    if lan is not None:
        unused = {
            "carriers": carriers,
            "by": by is not Together.AREA,
            "wide": wide,
            "explain": explain,
        }
        show_county(chosen, "areas", against, to, quiet=quiet, unused=unused)
        return
    if carriers:
        if by is not Together.AREA or every_period or wide:
            raise UsageError("--carriers visar områden; utelämna --by, --every-period och --wide.")
        _carriers(chosen, against, to, explain=explain, quiet=quiet)
        return
    from ojmf.present.area_rows import gaps_of_fewer

    frame, view = areas_against(chosen, against, by, with_geo=wide is not None, explain=explain)
    if "with_gap" in frame.columns:
        tell_of_years(chosen, against, int(frame["with_gap"].sum()), quiet=quiet)
    show(frame, view, to, chosen.names, wide, quiet=quiet, title=_TITLES[by])
    if by is Together.AREA and not every_period and "geo" not in frame.columns:
        for fewer in gaps_of_fewer(frame):
            say(fewer, quiet=quiet)


def _carriers(chosen: Chosen, against: str, to: Destination, *, explain: bool, quiet: bool) -> None:
    """The indicators that carry the gaps of the areas of one municipality."""
    from ojmf.present import views

    rows = carried(chosen, against)
    frame = shown(chosen, rows, ["area_gap", "contribution", "counted_as"], explain=explain)
    show(frame, views.contributions(chosen.names, explained=explain), to, chosen.names, quiet=quiet)
