"""The gaps of what is chosen, in the order that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ojmf.errors import SelectionError, UsageError
from ojmf.suggestions import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ojmf.compare.frame import Selection
    from ojmf.surface.chosen import Chosen
    from ojmf.workspace import Workspace


class By(StrEnum):
    """How gaps are chosen and ordered."""

    GAP = "gap"
    PRIORITY = "priority"
    LABEL = "label"
    DIMENSION = "dimension"
    TYPE = "type"
    SEX = "sex"


KINDS = (By.DIMENSION, By.TYPE)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Gaps in some order, the columns that it adds, and the rows that are left out for want of one.

    The rows are those of ``compare.frame.TRACED`` with their ``reason``.
    """

    rows: pl.DataFrame
    more: list[str]
    without: pl.DataFrame


def ordered(chosen: Chosen, by: By, against: str) -> Ordered:
    """The gaps in the order that ``by`` names (not sex).

    Raises ``UsageError`` where ``by`` does not go with what is chosen, and ``SelectionError`` where
    there is no gap.
    """
    import polars as pl

    from ojmf.compare.areas_of_figures import in_kinds
    from ojmf.compare.changes import changes
    from ojmf.compare.weighing import largest_gaps
    from ojmf.model import Reason, ReferenceKind

    if by in (By.PRIORITY, By.LABEL):
        found, more = _of_answers(chosen, by, against)
        return Ordered(found, more, found.clear())
    if by is not By.GAP and chosen.selection.every:
        raise UsageError(f"Utelämna every_period=: by={by} visar en period i taget.")
    rows = chosen.compared([against])
    if by is By.GAP and rows["reference_kind"].eq(ReferenceKind.EARLIER.value).all():
        found, more = changes(rows), ["change"]
    elif by in KINDS:
        found = in_kinds(largest_gaps(rows), chosen.workspace.indicators, by.value)
        more = [by.value]
    else:
        found, more = largest_gaps(rows), []
    if found.is_empty():
        raise SelectionError(no_gap(chosen, against))
    told = [Reason.QUESTION_ADDED.value, Reason.QUESTION_RETIRED.value] if "change" in more else []
    lacking = pl.col("gap").is_null() & ~pl.col("reason_code").is_in(told).fill_null(value=False)
    return Ordered(found, more, rows.filter(lacking))


def _of_answers(chosen: Chosen, by: By, against: str) -> tuple[pl.DataFrame, list[str]]:
    """What is red by priority, or the questions that several areas ask, of one municipality."""
    from ojmf.compare.weighing import priorities_of, shared_of
    from ojmf.geography import (
        COUNTRY_WORD,
        COUNTY_OF_OWN,
        county_of,
        resolve_area,
        resolve_reference,
    )

    workspace, area = chosen.workspace, chosen.selection.area
    if chosen.several:
        raise UsageError(f"Ange en kommun: by={by} visar en i taget.")
    if chosen.selection.every:
        raise UsageError(f"Utelämna every_period=: by={by} visar en period i taget.")
    own = chosen.geos[0]
    if not chosen.answers:
        raise SelectionError(
            f"{chosen.names.place(own)} har inga svar i Öppna jämförelser här, och by={by} gäller "
            "svar. Utelämna by=."
        )
    if by is By.LABEL:
        area_id = None if area is None else resolve_area(area, workspace.indicators)
        shared = shared_of(chosen.everywhere().compared([against]), area_id)
        return shared, ["areas", "same_status"]
    if resolve_reference(against, own, workspace.geography) != county_of(own):
        raise UsageError(
            f"Utelämna against=: by={By.PRIORITY} väger mot länet, och mot riket där länet saknas, "
            f"inte mot {against}."
        )
    both = [COUNTY_OF_OWN, COUNTRY_WORD]
    return priorities_of(chosen.compared(both)), ["national", "priority", "basis"]


def between_sexes(chosen: Chosen) -> pl.DataFrame:
    """The gap between women and men, in ``schema.WOMEN_AND_MEN``, the widest first.

    Raises ``SelectionError`` where nothing has a figure of both.
    """
    from dataclasses import replace

    from ojmf.compare.women_and_men import women_and_men
    from ojmf.geography import COUNTY_OF_OWN
    from ojmf.model import Sex

    workspace = chosen.workspace
    both = (Sex.FEMALE.value, Sex.MALE.value)
    selection = replace(chosen.selection, methods=(), sexes=both)
    nothing = SelectionError(
        "Inget mått har uppgifter om både kvinnor och män för samma period. Måtten för det ena "
        "könet visas av ojmf status --kommun NAMN --sex each."
    )
    try:
        rows = workspace.compared(chosen.geos, [COUNTY_OF_OWN], selection)
    except SelectionError:  # no figure about either
        raise nothing from None
    found = women_and_men(rows, workspace.indicators, workspace.basis.denominators)
    if found.is_empty():
        raise nothing
    return found


def against_in_words(against: str) -> str | None:
    """What a word for a reference means, as a sentence names it; None for a place's own name."""
    from ojmf.compare.against import BUDGET_WORD, EARLIER_WORD, SIMILAR_WORD, TARGET_WORD
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN

    return {
        COUNTY_OF_OWN: "länet",
        COUNTRY_WORD: "riket",
        TARGET_WORD: "målet",
        BUDGET_WORD: "budgeten",
        EARLIER_WORD: "en tidigare period",
        SIMILAR_WORD: "de kommuner som liknar den",
    }.get(against)


def no_gap(chosen: Chosen, against: str) -> str:
    """Why there is no gap to show, and what to choose instead, of what gives one."""
    from ojmf.compare.against import BUDGET_WORD, EARLIER_WORD, TARGET_WORD
    from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN

    what = "Ingen fråga" if chosen.answers else "Inget mått"
    whose = "någon av kommunerna" if chosen.several else chosen.names.place(chosen.geos[0])
    other = against_in_words(against) or chosen.names.place(against)
    tried = [COUNTY_OF_OWN, COUNTRY_WORD, BUDGET_WORD, TARGET_WORD, EARLIER_WORD]
    works = [word for word in tried if word != against and _gives_gap(chosen, word)]
    instead = f"något annat att jämföra med: {one_of(works)}" if works else "en annan period"
    also = (
        ", eller ange all_methods="
        if chosen.answers and against in (TARGET_WORD, BUDGET_WORD)
        else ""
    )
    year = of_years(chosen.workspace, chosen.geos, against, chosen.selection)
    return (
        f"{what} har uppgifter för både {whose} och {other}. {year}Välj {instead}{also}. Skälen "
        f"visas av ojmf status --kommun {chosen.geos[0]}."
    )


def _gives_gap(chosen: Chosen, against: str) -> bool:
    try:
        return bool(chosen.compared([against])["gap"].is_not_null().any())
    except SelectionError:
        return False


def of_years(workspace: Workspace, geos: Sequence[str], against: str, selection: Selection) -> str:
    """How an earlier year is compared with, where the code of a place may be meant as one."""
    from ojmf.compare.years import earlier_instead, is_year, years_of

    if not is_year(against):
        return ""
    years = years_of(workspace.scan(), workspace.indicators, geos, selection)
    return f"{earlier_instead(against, years)} "
