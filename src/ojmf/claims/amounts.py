"""Figures that tables give for a claim: picked, added up or set against each other.

A printed figure stands for itself plus or minus half a unit of its last decimal. Two figures agree
where their intervals can meet, as for identities (``ojmf.ingest.identities``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ojmf.claims.claim import Verdict, When
from ojmf.claims.linking import fits
from ojmf.claims.table_rows import Cell, Concept
from ojmf.model import PeriodKind
from ojmf.printed import swedish

MILLION = 1_000_000.0
_EPSILON = 1e-9
_PARTS = {
    "outcome": (("outcome", "share"),),
    "budget": (("budget",),),
    "forecast": (("forecast",),),
    "deviation": (("deviation",),),
    "forecast_deviation": (("deviation",),),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its half unit, how it was come by, and the cells it is from."""

    value: float
    half: float
    text: str
    cells: tuple[Cell, ...]

    @property
    def size(self) -> float:
        """The figure without its sign."""
        return abs(self.value)


def of_cell(cell: Cell, unit: str) -> Figure:
    """A cell as a figure in the unit of a claim."""
    factor = 1.0
    if unit == "SEK" and cell.unit == "MSEK":
        factor = MILLION
    elif unit == "MSEK" and cell.unit == "SEK":
        factor = 1 / MILLION
    places = max(0, round(-_log10(2 * cell.half))) if cell.half else None
    return Figure(cell.value * factor, cell.half * factor, swedish(cell.value, places), (cell,))


def _log10(value: float) -> float:
    from math import log10

    return log10(value)


def total(cells: Sequence[Cell], unit: str) -> Figure:
    """The sum of cells."""
    parts = [of_cell(cell, unit) for cell in cells]
    value = sum(part.value for part in parts)
    terms = " + ".join(part.text for part in parts)
    text = f"{terms} = {swedish(value)}" if len(parts) > 1 else terms
    return Figure(value, sum(p.half for p in parts), text, tuple(cells))


def mean(cells: Sequence[Cell], unit: str) -> Figure:
    """The mean of cells."""
    added = total(cells, unit)
    value = added.value / len(cells)
    text = f"({added.text}) / {len(cells)} = {swedish(value, 1)}"
    return Figure(value, added.half / len(cells), text, added.cells)


def compare(claimed: float, half: float, figure: Figure, *, signed: bool = False) -> Verdict:
    """Agrees, agrees within rounding, or contradicts; signs count only when ``signed``."""
    found = figure.value if signed else figure.size
    said = claimed if signed else abs(claimed)
    gap = abs(found - said)
    if gap < _EPSILON:
        return Verdict.AGREES
    return Verdict.ROUNDING if gap < half + figure.half - _EPSILON else Verdict.CONTRADICTS


def cells_of(
    concept: Concept, scenario: str, unit: str, year: int | None, *, strict: bool = False
) -> list[Cell]:
    """The cells of a concept that are in a scenario, a unit and a year (any where null).

    Where the concept has no outcomes at all, the forecasts or budgets stand in for them, unless
    ``strict``.
    """
    known = [c for c in concept.cells if c.value == c.value and fits(unit, c.unit)]
    for group in _PARTS[scenario]:
        found = [c for c in known if c.scenario in group]
        if found or strict:
            break
    if not found and scenario == "outcome" and not strict:
        for other in ("forecast", "budget"):
            found = found or [c for c in known if c.scenario == other]
    if scenario == "deviation":
        part = [c for c in found if c.kind != PeriodKind.YEAR]
        found = part or found
    if scenario == "forecast_deviation":
        found = [c for c in found if c.kind == PeriodKind.YEAR] or []
    return [c for c in found if year is None or c.year == year]


def common_months(
    concept: Concept, unit: str, now: int, when: When
) -> tuple[list[Cell], list[Cell]]:
    """The months with figures in both years, limited to those that the claim names."""
    present = {c.month: c for c in cells_of(concept, "outcome", unit, now)}
    past = {c.month: c for c in cells_of(concept, "outcome", unit, now - 1)}
    months = sorted(present.keys() & past.keys())
    if when.months:
        months = [m for m in months if m in when.months]
    return [present[m] for m in months], [past[m] for m in months]


def short(months: Sequence[Cell]) -> str:
    """The span of months, as ``jan–aug 2025``."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    span = first.column if len(months) == 1 else f"{first.column}–{last.column}"
    return f"{span} {last.year}"
