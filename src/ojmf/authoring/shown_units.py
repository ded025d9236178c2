"""The units that number formats show behind the figures of a workbook: ``#,##0" tkr"``."""

from __future__ import annotations

from collections.abc import Iterable

from ojmf.authoring.blocks import Block, kind
from ojmf.authoring.forms import Open
from ojmf.authoring.unit_questions import ask_unit
from ojmf.unit_words import unit_in_cell

Unit = tuple[Open, int | None]
"""A unit, or the question of it, with the shift of the printed figures to it."""


def shown_in_column(block: Block, index: int) -> Unit | None:
    """The one unit that all figures of a column show, if they do."""
    return _shown(block, ((number, index) for number in block.rows))


def shown_in_row(block: Block, number: int, columns: Iterable[int]) -> str | None:
    """The word for the one unit that all figures of a row show in some columns, if they do."""
    words = _words(block, ((number, index) for index in columns))
    return words.pop() if len(words) == 1 else None


def agreed(name: str, said: Unit | None, shown: Unit) -> Unit:
    """The unit that a header says beside the one that its cells show; a question where they differ.

    Money for each inhabitant or place is shown in kronor, as all money is.
    """
    each = shown[0] == "SEK" and said is not None and str(said[0]).startswith("SEK")
    if said is None or said[0] == "count":
        return shown
    return said if said == shown or each else (ask_unit(name), None)


def _shown(block: Block, cells: Iterable[tuple[int, int]]) -> Unit | None:
    words = _words(block, cells)
    return unit_in_cell(words.pop() or "") if len(words) == 1 else None


def _words(block: Block, cells: Iterable[tuple[int, int]]) -> set[str | None]:
    if not block.shown:
        return set()
    figures = (
        (number, index)
        for number, index in cells
        if index < len(block.rows[number]) and kind(block.rows[number][index]) == "figure"
    )
    return {block.shown.get(cell) for cell in figures}
