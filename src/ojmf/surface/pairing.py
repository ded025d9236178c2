"""Two municipalities side by side: by concepts, or by what both happen to have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojmf.errors import NOTHING_YET, SelectionError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.compare.frame import Selection
    from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Paired:
    """The rows of two municipalities: ``pairs.traced_pairs`` by concept, else what both have.

    The questions and figures that both have are ``common.in_common``, of rows of every period.
    """

    rows: pl.DataFrame
    by_concept: bool


def paired(workspace: Workspace, pair: Sequence[str], selection: Selection) -> Paired:
    """The concepts where both have some, else what both have, else why no concept can be compared.

    ``pair`` are the codes of the municipalities. Raises ``SelectionError`` where there is nothing.
    """
    from ojmf.geography import called

    concepts = _concepts(workspace, pair, selection)
    declared = {formula.geo for concept in workspace.concepts for formula in concept.formula}
    if not concepts.is_empty() and declared.issuperset(pair):
        return Paired(concepts, by_concept=True)
    common = _of_both(workspace, pair, selection)
    if common is not None:
        return Paired(common, by_concept=False)
    if not concepts.is_empty():
        return Paired(concepts, by_concept=True)
    names = [called(geo, workspace.geography) for geo in pair]
    if workspace.observations().is_empty():
        raise SelectionError(NOTHING_YET)
    raise SelectionError(
        f"{' och '.join(names)} har varken ett gemensamt jämförelsemått eller en fråga eller "
        "ett mått för samma period här. Uppgifterna visas av ojmf observations --kommun NAMN."
    )


def _concepts(workspace: Workspace, pair: Sequence[str], selection: Selection) -> pl.DataFrame:
    from ojmf.compare.pairs import traced_pairs
    from ojmf.geography import resolve_area

    rows = traced_pairs(
        workspace.observations().filter(selection.within),
        workspace.concepts,
        workspace.population,
        *pair,
        geography=workspace.geography,
    )
    if selection.area is None:
        return rows
    return rows.filter(area_id=resolve_area(selection.area, workspace.indicators))


def _of_both(
    workspace: Workspace, pair: Sequence[str], selection: Selection
) -> pl.DataFrame | None:
    from ojmf.compare.common import in_common

    try:
        rows = in_common(workspace.compared(pair[:1], pair[1:], selection))
    except SelectionError:  # the first has nothing at all
        return None
    return None if rows.is_empty() else rows
