"""``ojmf areas``: the colours, the verdicts and the shares of each area."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.comparing import Chosen, choose, shown
from ojmf.cli.faults import UsageError
from ojmf.cli.options import (
    Against,
    AllMethods,
    Area,
    Explain,
    Kommuner,
    Output,
    OutputFormat,
    PeriodWithin,
    Quiet,
    Root,
)
from ojmf.cli.session import destination, emit

if TYPE_CHECKING:
    import polars as pl

    from ojmf.cli.session import Destination
    from ojmf.present.tables import View


class By(StrEnum):
    """What the indicators are put together by."""

    AREA = "area"
    DIMENSION = "dimension"


_DIMENSIONS = "Efter kvalitetsområde: vår läsning av frågorna, ingen officiell indelning"


def areas(
    *,
    kommun: Kommuner,
    area: Area = None,
    all_methods: AllMethods = False,
    carriers: Annotated[
        bool,
        typer.Option(
            "--carriers",
            help="Instead the indicators that carry each area's gap, with each one's part of it.",
        ),
    ] = False,
    by: Annotated[
        By,
        typer.Option(help="Areas, or dimension: the six areas of quality of Öppna jämförelser."),
    ] = By.AREA,
    against: Against = "lan",
    period: PeriodWithin = None,
    explain: Explain = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Show the colours and the share by area.

    The share of JA among the answered indicators, in percent, stands beside the mean shares of the
    county and the country; the gaps are in percentage points. Areas of figures show how many are
    better, similar and worse than --against, and the largest gap; the country stands in for a
    county without figures. With --by dimension the questions
    stand by area of quality, which is our own reading of them.
    """
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
    from ojmf.present import explanations

    to = destination(format, output)
    chosen = choose(root, kommun, area, period, all_methods=all_methods, quiet=quiet)
    if carriers and by is not By.AREA:
        raise UsageError("--carriers visar områden; utelämna --by.")
    title = _DIMENSIONS if by is By.DIMENSION else ""
    if carriers:
        _carriers(chosen, against, to, explain=explain, quiet=quiet)
        return
    if not chosen.answers:
        # Where the county has no figure the country stands in.
        beside = [against, COUNTRY_WORD] if against == COUNTY_OF_OWN else [against]
        frame = areas_of(chosen, chosen.compared(beside), by)
        emit(frame, views_of_areas(chosen), to, quiet=quiet, title=title)
        return
    if against != COUNTY_OF_OWN:
        raise UsageError(
            "--against gäller bara tillsammans med --carriers; översikten visar både län och rike."
        )
    rows = chosen.compared([COUNTY_OF_OWN, COUNTRY_WORD])
    frame = areas_of(chosen, rows, by)
    if explain:
        frame = explanations.of_areas(frame)
    emit(frame, views_of_areas(chosen, explain=explain), to, quiet=quiet, title=title)


def areas_of(chosen: Chosen, rows: pl.DataFrame, by: By = By.AREA) -> pl.DataFrame:
    """The areas of rows of answers against county and country, or of figures against the first."""
    from ojmf.compare import answers
    from ojmf.compare.areas_of_figures import by_dimension, figure_areas

    indicators = chosen.workspace.indicators
    if by is By.DIMENSION:
        rows, indicators = by_dimension(rows, indicators)
    if chosen.answers:
        return answers.areas_of(
            rows, indicators, several=chosen.several, by_question=by is By.DIMENSION
        )
    return figure_areas(rows, indicators)


def views_of_areas(chosen: Chosen, *, explain: bool = False) -> View:
    """The columns that people see of the areas."""
    from ojmf.present import views

    if not chosen.answers:
        return views.figure_areas(chosen.names)
    return views.areas(chosen.names if chosen.several else None, explained=explain)


def _carriers(chosen: Chosen, against: str, to: Destination, *, explain: bool, quiet: bool) -> None:
    """The indicators that carry the gaps of the areas of one municipality."""
    from ojmf.compare.weighing import contributions_of
    from ojmf.errors import SelectionError
    from ojmf.present import views

    if chosen.several:
        raise UsageError("--carriers visar en kommun i taget; ange en med --kommun.")
    if not chosen.answers:
        raise SelectionError(
            f"{chosen.names.place(chosen.geos[0])} har inga svar i Öppna jämförelser här, och bara "
            "de bär ett områdes gap. Måttens gap visas av ojmf gaps."
        )
    carried = contributions_of(chosen.compared([against]))
    frame = shown(chosen, carried, ["area_gap", "contribution"], explain=explain)
    emit(frame, views.contributions(chosen.names, explained=explain), to, quiet=quiet)
