"""The areas of what is chosen: colours, shares and verdicts, and what carries their gaps."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from ojmf.errors import SelectionError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.present.tables import View
    from ojmf.surface.chosen import Chosen


class Together(StrEnum):
    """What the indicators are put together by."""

    AREA = "area"
    DIMENSION = "dimension"
    TYPE = "type"


def areas_against(
    chosen: Chosen,
    against: str,
    by: Together = Together.AREA,
    *,
    with_geo: bool = False,
    explain: bool = False,
) -> tuple[pl.DataFrame, View]:
    """The areas and what people see of them: of answers, of figures, or beside an earlier period.

    Answers stand beside both the county and the country where the county is asked for, and else
    beside ``against`` alone. Raises ``SelectionError`` for a reference that is none.
    """
    from ojmf.compare import answers
    from ojmf.compare.against import EARLIER_WORD, means_earlier
    from ojmf.compare.changes import area_changes
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN
    from ojmf.present import area_views, explanations
    from ojmf.surface.chosen import named_reference

    every, names = chosen.selection.every, chosen.names
    if against == COUNTY_OF_OWN:
        # Where the county has no figure the country stands in.
        rows = chosen.compared([COUNTY_OF_OWN, COUNTRY_WORD])
        frame = areas_of(chosen, rows, by, with_geo=with_geo)
        if explain and chosen.answers:
            frame = explanations.of_areas(frame)
        return frame, views_of_areas(chosen, with_geo=with_geo, explain=explain)
    earlier = means_earlier(against)
    rows = chosen.compared([EARLIER_WORD if earlier else against])
    if not chosen.answers:
        return areas_of(chosen, rows, by), views_of_areas(chosen)
    moved, indicators = _by(chosen, rows, by)
    if earlier:
        if rows["gap"].is_null().all():
            raise SelectionError(
                "Ingen fråga är besvarad både nu och tidigare. Perioderna visas av ojmf "
                "observations."
            )
        frame = area_changes(moved, indicators)
        view = area_views.area_changes(names)
    else:
        by_question = by is not Together.AREA
        frame = answers.areas_beside(moved, indicators, by_question=by_question, by_period=every)
        view = area_views.areas_beside(names, named_reference(chosen, moved, "länet"), timed=every)
    return frame, view


def areas_of(
    chosen: Chosen, rows: pl.DataFrame, by: Together = Together.AREA, *, with_geo: bool = False
) -> pl.DataFrame:
    """The areas of rows of answers against county and country, or of figures against the first.

    Those of several municipalities, or ``with_geo``, say whose each row is.
    """
    from ojmf.compare import answers
    from ojmf.compare.areas_of_figures import figure_areas

    rows, indicators = _by(chosen, rows, by)
    every = chosen.selection.every
    if not chosen.answers:
        return figure_areas(rows, indicators, by_period=every)
    several = chosen.several or with_geo
    by_question = by is not Together.AREA
    return answers.areas_of(
        rows, indicators, several=several, by_question=by_question, by_period=every
    )


def views_of_areas(chosen: Chosen, *, with_geo: bool = False, explain: bool = False) -> View:
    """The columns that people see of the areas."""
    from ojmf.present import area_views

    every = chosen.selection.every
    if not chosen.answers:
        return area_views.figure_areas(chosen.names, timed=every)
    named = chosen.names if chosen.several or with_geo else None
    return area_views.areas(named, timed=every, explained=explain)


def carried(chosen: Chosen, against: str) -> pl.DataFrame:
    """The indicators that carry the gaps of one municipality's areas, as ``contributions_of``.

    Raises ``UsageError`` for several municipalities, and ``SelectionError`` without answers.
    """
    from ojmf.compare.weighing import contributions_of

    if chosen.several:
        raise UsageError("Områdenas skillnader delas upp för en kommun i taget. Ange en kommun.")
    if not chosen.answers:
        raise SelectionError(
            f"{chosen.names.place(chosen.geos[0])} har inga svar i Öppna jämförelser här, och bara "
            "de bär ett områdes skillnad. Måttens skillnader visas av ojmf gaps --kommun "
            f"{chosen.geos[0]}."
        )
    return contributions_of(chosen.compared([against]))


def _by(chosen: Chosen, rows: pl.DataFrame, by: Together) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and the indicators, by area or with the area of quality or the type in its place."""
    from ojmf.compare.areas_of_figures import by_kind

    indicators = chosen.workspace.indicators
    return (rows, indicators) if by is Together.AREA else by_kind(rows, indicators, by.value)
