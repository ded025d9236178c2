"""``ojmf areas``: the colours, the verdicts and the shares of each area."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli import options
from ojmf.cli.comparing import Chosen, choose, show, shown
from ojmf.cli.county import show_county
from ojmf.cli.faults import UsageError
from ojmf.cli.session import destination
from ojmf.errors import SelectionError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.present.tables import View


class By(StrEnum):
    """What the indicators are put together by."""

    AREA = "area"
    DIMENSION = "dimension"
    TYPE = "type"


_TITLES = {
    By.AREA: "",
    By.DIMENSION: "Efter kvalitetsområde: vår läsning av frågorna, ingen officiell indelning",
    By.TYPE: "Efter typ (struktur, process, resultat): vår läsning av frågorna",
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
            help="Instead the indicators that carry each area's gap, with each one's part of it.",
        ),
    ] = False,
    by: Annotated[
        By,
        typer.Option(
            help="Areas, or dimension: the six areas of quality of Öppna jämförelser, or type: "
            "structure, process and result."
        ),
    ] = By.AREA,
    against: options.Against = "lan",
    period: options.PeriodWithin = None,
    before: options.Before = None,
    every_period: options.EveryPeriod = False,
    wide: options.Wide = None,
    explain: options.Explain = False,
    format: options.OutputFormat = None,  # noqa: A002 - the name of the option
    output: options.Output = None,
    root: options.Root = None,
    quiet: options.Quiet = False,
) -> None:
    """Show the colours and the share by area.

    The share of JA among the answered indicators, in percent, stands beside the mean shares of the
    county and the country; the gaps are in percentage points. Against fjolaret the share of JA
    stands beside that of the period before, over the questions answered both times. Areas of
    figures show how many are better, similar and worse than --against, and the largest gap; the
    country stands in for a county without figures. With --by dimension or type the questions stand
    by area of quality or type, which is our own reading of them. --kommun COUNTY means each of its
    municipalities, --lan COUNTY the county as one place.
    """
    from ojmf.compare.against import EARLIER_WORD, means_earlier
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
    from ojmf.present import difference_views, explanations

    to = destination(format, output)
    chosen = choose(
        *(root, kommun, area, period, before),
        lan=lan,
        against=against,
        all_methods=all_methods,
        every=every_period,
        quiet=quiet,
    )
    if lan is not None:
        unused = {"carriers": carriers, "by": by is not By.AREA, "wide": wide, "explain": explain}
        show_county(chosen, "areas", against, to, quiet=quiet, unused=unused)
        return
    if carriers:
        if by is not By.AREA or every_period or wide:
            raise UsageError("--carriers visar områden; utelämna --by, --every-period och --wide.")
        _carriers(chosen, against, to, explain=explain, quiet=quiet)
        return
    view = views_of_areas(chosen, with_geo=wide is not None, explain=explain)
    if chosen.answers and means_earlier(against):
        frame = _changed(chosen, by)
        view = difference_views.area_changes(chosen.names)
    else:
        if chosen.answers and against != COUNTY_OF_OWN:
            raise UsageError(
                "Områden av svar visas alltid mot både länet och riket. Ta bort --against, eller "
                f"ange {EARLIER_WORD}. Fråga för fråga mot {against} visas av ojmf gaps."
            )
        # Where the county has no figure the country stands in.
        beside = [against, COUNTRY_WORD] if against == COUNTY_OF_OWN else [against]
        frame = areas_of(chosen, chosen.compared(beside), by, with_geo=wide is not None)
        if explain and chosen.answers:
            frame = explanations.of_areas(frame)
    show(frame, view, to, chosen.names, wide, quiet=quiet, title=_TITLES[by])


def areas_of(
    chosen: Chosen, rows: pl.DataFrame, by: By = By.AREA, *, with_geo: bool = False
) -> pl.DataFrame:
    """The areas of rows of answers against county and country, or of figures against the first.

    Those of several municipalities, or ``with_geo``, say whose each row is.
    """
    from ojmf.compare import answers
    from ojmf.compare.areas_of_figures import figure_areas

    rows, indicators = _by(chosen, rows, by)
    every = chosen.selection.every
    if chosen.answers:
        several = chosen.several or with_geo
        by_question = by is not By.AREA
        return answers.areas_of(
            rows, indicators, several=several, by_question=by_question, by_period=every
        )
    return figure_areas(rows, indicators, by_period=every)


def views_of_areas(chosen: Chosen, *, with_geo: bool = False, explain: bool = False) -> View:
    """The columns that people see of the areas."""
    from ojmf.present import views

    every = chosen.selection.every
    if not chosen.answers:
        return views.figure_areas(chosen.names, timed=every)
    named = chosen.names if chosen.several or with_geo else None
    return views.areas(named, timed=every, explained=explain)


def _by(chosen: Chosen, rows: pl.DataFrame, by: By) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and the indicators, by area or with the area of quality or the type in its place."""
    from ojmf.compare.areas_of_figures import by_kind

    indicators = chosen.workspace.indicators
    return (rows, indicators) if by is By.AREA else by_kind(rows, indicators, by.value)


def _changed(chosen: Chosen, by: By) -> pl.DataFrame:
    """The areas of answers beside those of an earlier period."""
    from ojmf.compare.against import EARLIER_WORD
    from ojmf.compare.changes import area_changes

    rows = chosen.compared([EARLIER_WORD])
    if rows["gap"].is_null().all():
        raise SelectionError(
            "Ingen fråga är besvarad både nu och tidigare. Perioderna visas av ojmf observations."
        )
    return area_changes(*_by(chosen, rows, by))


def _carriers(chosen: Chosen, against: str, to: Destination, *, explain: bool, quiet: bool) -> None:
    """The indicators that carry the gaps of the areas of one municipality."""
    from ojmf.compare.weighing import contributions_of
    from ojmf.present import views

    if chosen.several:
        raise UsageError("--carriers visar en kommun i taget; ange en med --kommun.")
    if not chosen.answers:
        raise SelectionError(
            f"{chosen.names.place(chosen.geos[0])} har inga svar i Öppna jämförelser här, och bara "
            "de bär ett områdes gap. Måttens gap visas av ojmf gaps."
        )
    carried = contributions_of(chosen.compared([against]))
    frame = shown(chosen, carried, ["area_gap", "contribution", "counted_as"], explain=explain)
    show(frame, views.contributions(chosen.names, explained=explain), to, chosen.names, quiet=quiet)
