"""Two municipalities side by side: by concepts, or by what both happen to have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ojmf.errors import SelectionError

if TYPE_CHECKING:
    import polars as pl

    from ojmf.compare.frame import Selection
    from ojmf.workspace import Workspace


def by_concept(
    workspace: Workspace, pair: Sequence[str], selection: Selection
) -> pl.DataFrame | None:
    """The concepts of two municipalities, as ``pairs.traced_pairs``; None where none is of both.

    ``pair`` are the codes of the municipalities.
    """
    from ojmf.compare.pairs import traced_pairs
    from ojmf.geography import resolve_area

    rows = traced_pairs(
        workspace.observations().filter(selection.within),
        workspace.concepts,
        workspace.population,
        *pair,
        geography=workspace.geography,
    )
    if selection.area is not None:
        rows = rows.filter(area_id=resolve_area(selection.area, workspace.indicators))
    declared = {formula.geo for concept in workspace.concepts for formula in concept.formula}
    return None if rows.is_empty() or not declared.issuperset(pair) else rows


def of_both(workspace: Workspace, pair: Sequence[str], selection: Selection) -> pl.DataFrame:
    """The questions and figures that both have, as ``common.in_common``, of rows of every period.

    Raises ``SelectionError`` where there are none.
    """
    from ojmf.compare.common import in_common
    from ojmf.geography import called

    try:
        rows = in_common(workspace.compared(pair[:1], pair[1:], selection))
    except SelectionError:  # the first has nothing at all
        rows = None
    if rows is None or rows.is_empty():
        names = [called(geo, workspace.geography) for geo in pair]
        raise SelectionError(
            f"{' och '.join(names)} har varken ett gemensamt jämförelsemått eller en fråga eller "
            "ett mått för samma period här. Uppgifterna visas av ojmf observations --kommun NAMN."
        )
    return rows
