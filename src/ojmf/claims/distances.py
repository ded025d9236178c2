"""How far the figure of one row is from that of another of its table.

In "13 utförare, fem färre än inom institutionsvården" the first figure gives the row and the
column, the words behind "än" the other row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ojmf.claims.amounts import difference, judge, of_cell
from ojmf.claims.claim import GOOD, OPEN, Claim, Judgement, Kind, Link
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import Linker, fits
from ojmf.claims.table_rows import Cell, Concept, likeness, tokens

_ALIKE = 0.75
_LEVELS = frozenset({Kind.LEVEL, Kind.COMPARISON})


def judge_distances(
    claims: Sequence[Claim], judged: list[Judgement], linker: Linker, setting: Setting
) -> None:
    """Judge the differences that are still open by the row of a figure before them and another."""
    words = setting.language.alternative
    for place, (claim, before) in enumerate(zip(claims, judged, strict=True)):
        if before.verdict not in OPEN or len(claim.values) != 1 or claim.region:
            continue
        than = compiled(words["than_row"]).match(claim.sentence.text[claim.values[0].end :])
        cell = _known(claim, claims, judged, linker) if than else None
        if than is None or cell is None or not fits(claim.unit, cell.unit):
            continue
        own = linker.concepts.holding(cell.row)
        rows = [row for row, _, full in linker.named(than["than"], claim) if full]
        rows = rows or told_apart(own, than["than"], linker, setting.language)
        beside = [(row, other) for row in rows for other in row.cells if _beside(other, cell)]
        if len(beside) != 1:
            continue
        row, other = beside[0]
        figure = difference(of_cell(cell, claim.unit), of_cell(other, claim.unit))
        up = compiled(rf"(?:{setting.language.words['more']})").fullmatch(than["w"]) is not None
        found = judge(claim, [figure], sign=1 if up else -1)
        if found is not None and (found.verdict in GOOD or not claim.sentence.damaged):
            judged[place] = replace(found, link=Link(own.number, 1.0, row.number))


def _known(
    claim: Claim, claims: Sequence[Claim], judged: Sequence[Judgement], linker: Linker
) -> Cell | None:
    """The cell of the last figure before a difference, where the figure agrees with it alone."""
    cells = [
        judgement.cells if judgement.verdict in GOOD and one.kind in _LEVELS else ()
        for one, judgement in zip(claims, judged, strict=True)
        if one.sentence is claim.sentence and one.values and one.offset < claim.offset
    ]
    if not cells or len(cells[-1]) != 1:
        return None
    return linker.concepts.cell(cells[-1][0])


def told_apart(own: Concept, said: str, linker: Linker, language: Language) -> list[Concept]:
    """The rows of a table that words name by what tells their labels from the one at hand."""
    known, words = set(tokens(own.label, language)), tokens(said, language)
    found = []
    for row in linker.concepts.all:
        telling = set(tokens(row.label, language)) - known
        named = all(max((likeness(t, w) for w in words), default=0.0) >= _ALIKE for t in telling)
        if row.table == own.table and row.heading == own.heading and telling and named:
            found.append(row)
    return found


def _beside(other: Cell, cell: Cell) -> bool:
    """Whether a cell is of the same column as another, in another row."""
    same = (other.column, other.unit, other.scenario, other.start, other.end, other.region)
    own = (cell.column, cell.unit, cell.scenario, cell.start, cell.end, cell.region)
    return same == own and other.row != cell.row
