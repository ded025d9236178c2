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
    chosen: Chosen, against: str, by: Together = Together.AREA, *, with_geo: bool = False
) -> tuple[pl.DataFrame, View]:
    """The areas and what people see of them: of answers, of figures, or beside an earlier period.

    Raises ``UsageError`` for answers against another place than county and country, and
    ``SelectionError`` where no question was answered both now and earlier.
    """
    from ojmf.compare.against import EARLIER_WORD, means_earlier
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN

    if chosen.answers and means_earlier(against):
        from ojmf.present import difference_views

        return _changed(chosen, by), difference_views.area_changes(chosen.names)
    if chosen.answers and against != COUNTY_OF_OWN:
        raise UsageError(
            "Områden av svar visas alltid mot både länet och riket. Utelämna against, eller "
            f"ange {EARLIER_WORD}. Fråga för fråga mot {against} visas av ojmf gaps."
        )
    # Where the county has no figure the country stands in.
    beside = [against, COUNTRY_WORD] if against == COUNTY_OF_OWN else [against]
    frame = areas_of(chosen, chosen.compared(beside), by, with_geo=with_geo)
    return frame, views_of_areas(chosen, with_geo=with_geo)


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
    if chosen.answers:
        several = chosen.several or with_geo
        by_question = by is not Together.AREA
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


def carried(chosen: Chosen, against: str) -> pl.DataFrame:
    """The indicators that carry the gaps of one municipality's areas, as ``contributions_of``.

    Raises ``UsageError`` for several municipalities, and ``SelectionError`` without answers.
    """
    from ojmf.compare.weighing import contributions_of

    if chosen.several:
        raise UsageError("carriers visar en kommun i taget; ange en kommun")
    if not chosen.answers:
        raise SelectionError(
            f"{chosen.names.place(chosen.geos[0])} har inga svar i Öppna jämförelser här, och bara "
            "de bär ett områdes gap. Måttens gap visas av ojmf gaps."
        )
    return contributions_of(chosen.compared([against]))


def _by(chosen: Chosen, rows: pl.DataFrame, by: Together) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and the indicators, by area or with the area of quality or the type in its place."""
    from ojmf.compare.areas_of_figures import by_kind

    indicators = chosen.workspace.indicators
    return (rows, indicators) if by is Together.AREA else by_kind(rows, indicators, by.value)


def _changed(chosen: Chosen, by: Together) -> pl.DataFrame:
    """The areas of answers beside those of an earlier period."""
    from ojmf.compare.against import EARLIER_WORD
    from ojmf.compare.changes import area_changes

    rows = chosen.compared([EARLIER_WORD])
    if rows["gap"].is_null().all():
        raise SelectionError(
            "Ingen fråga är besvarad både nu och tidigare. Perioderna visas av ojmf observations."
        )
    return area_changes(*_by(chosen, rows, by))
