"""Figures that tables give for a claim: picked, added up or set against each other.

A printed figure stands for itself plus or minus half a unit of its last decimal. Two figures agree
where their intervals can meet, as for identities (``ojmf.ingest.identities``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ojmf.claims.claim import Claim, Judgement, Verdict, When
from ojmf.claims.linking import SHARES, fits
from ojmf.claims.quantities import Quantity
from ojmf.claims.table_rows import MONEY, Cell, Concept, Region
from ojmf.model import PeriodKind
from ojmf.printed import swedish

MILLION = 1_000_000.0
_EPSILON = 1e-9
_SCENARIOS = {
    "outcome": ("outcome", "share"),
    "budget": ("budget",),
    "target": ("target",),
    "forecast": ("forecast",),
    "deviation": ("deviation",),
    "forecast_deviation": ("deviation",),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its half unit, as it is shown, how it was come by, and its cells."""

    value: float
    half: float
    shown: str
    text: str
    cells: tuple[Cell, ...]

    @property
    def size(self) -> float:
        """The figure without its sign."""
        return abs(self.value)

    @property
    def places(self) -> int:
        """How many decimals are shown."""
        return len(self.shown.rpartition(",")[2].rstrip(" %")) if "," in self.shown else 0

    def named(self, name: str) -> Figure:
        """The figure with a name before its computation."""
        return replace(self, text=f"{name}: {self.text}")


def of_cell(cell: Cell, unit: str) -> Figure:
    """A cell as a figure in the unit of a claim."""
    factor = 1.0
    if unit == "SEK" and cell.unit == "MSEK":
        factor = MILLION
    elif unit == "MSEK" and cell.unit == "SEK":
        factor = 1 / MILLION
    places = max(0, round(-math.log10(2 * cell.half))) if cell.half else None
    shown = swedish(cell.value, places)
    return Figure(cell.value * factor, cell.half * factor, shown, shown, (cell,))


def total(cells: Sequence[Cell], unit: str) -> Figure:
    """The sum of cells."""
    return added([of_cell(cell, unit) for cell in cells])


def added(parts: Sequence[Figure]) -> Figure:
    """The sum of figures."""
    if len(parts) == 1:
        return parts[0]
    value = sum(part.value for part in parts)
    terms, shown = " + ".join(part.shown for part in parts), swedish(round(value, 9))
    cells = tuple(cell for part in parts for cell in part.cells)
    return Figure(value, sum(p.half for p in parts), shown, f"{terms} = {shown}", cells)


def mean(cells: Sequence[Cell], unit: str, *, whole: bool = False) -> Figure:
    """The mean of cells, which a text may give rounded to a tenth, or to a ``whole`` number."""
    sum_ = total(cells, unit)
    value = sum_.value / len(cells)
    shown = swedish(value, 1)
    text = f"({sum_.text}) / {len(cells)} = {shown}"
    half = max(sum_.half / len(cells), 0.5 if whole else 0.05)
    return Figure(value, half, shown, text, sum_.cells)


def difference(one: Figure, two: Figure, *, sizes: bool = True) -> Figure:
    """By how much a figure is larger than another; by the sizes, where costs are negative."""
    a, b = (one.size, two.size) if sizes else (one.value, two.value)
    places = max(one.places, two.places)
    shown = swedish(round(a - b, 9), places)
    text = f"{swedish(a, one.places)} − {swedish(b, two.places)} = {shown}"
    return Figure(round(a - b, 9), one.half + two.half, shown, text, (*one.cells, *two.cells))


def quotient(over: Figure, under: Figure, text: str) -> Figure | None:
    """A figure in percent of another, with the interval of both; null where it divides by zero."""
    if under.size <= under.half:
        return None
    ends = [
        100 * (over.value + a * over.half) / (under.size + b * under.half)
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    value = 100 * over.value / under.size
    half = max(max(ends) - value, value - min(ends))
    shown = f"{swedish(value, 1)} %"
    return Figure(value, half, shown, f"{text} = {shown}", (*over.cells, *under.cells))


def compare(said: Quantity, figure: Figure, sign: int = 0) -> Verdict:
    """Agrees, agrees within rounding, or contradicts; without a ``sign`` only sizes are compared.

    With a sign, the stated size is given it. What is just between two figures is either.
    """
    found = figure.value if sign else figure.size
    value = sign * abs(said.value) if sign else abs(said.value)
    low, high = value - said.half - said.below, value + said.half + said.above
    if sign < 0:
        low, high = value - said.half - said.above, value + said.half + said.below
    if abs(found - value) < _EPSILON:
        return Verdict.CONTRADICTS if said.strict and not figure.half else Verdict.AGREES
    edge = -_EPSILON if said.below or said.above or not figure.half else _EPSILON
    meets = found + figure.half > low + edge and found - figure.half < high - edge
    return Verdict.ROUNDING if meets else Verdict.CONTRADICTS


def slipped(claim: Claim, judgement: Judgement) -> bool:
    """Whether a figure of a known kind is its row's but for one digit, or for its year.

    So near a miss speaks for the link even where words are damaged.
    """
    if not claim.values:
        return False
    said, printed = (
        [c for c in text if c.isdigit()] for text in (claim.values[0].text, judgement.expected)
    )
    apart = sum(a != b for a, b in zip(said, printed, strict=False))
    least = 2 if claim.scenario.startswith("forecast") else 3
    return claim.values[0].telling and least <= len(said) == len(printed) and apart < 2


def judge(
    claim: Claim, figures: Sequence[Figure], *, sign: int = 0, sure: bool = True
) -> Judgement | None:
    """A claim's figure against figures of which any may be meant; the first is shown.

    Null where none of them fits and it is not sure that one of them is meant.
    """
    said = claim.values[0]
    for figure in figures:
        verdict = compare(said, figure, sign)
        if verdict is not Verdict.CONTRADICTS:
            return judgement(verdict, figure, claim, sign)
    if not figures or not sure:
        return None
    return judgement(Verdict.CONTRADICTS, figures[0], claim, sign)


def told(
    verdict: Verdict | bool, expected: str, computation: str, cells: Iterable[Cell]
) -> Judgement:
    """A verdict on what is said of cells, or whether it holds."""
    if isinstance(verdict, bool):
        verdict = Verdict.AGREES if verdict else Verdict.CONTRADICTS
    return Judgement(verdict, expected, computation, tuple(c.row for c in cells))


def judgement(
    verdict: Verdict, figure: Figure, claim: Claim, sign: int = 0, note: str = ""
) -> Judgement:
    """A verdict with the figure that it is based on."""
    value = claim.values[0].value if claim.values else None
    return Judgement(
        verdict,
        expected=figure.shown,
        computation=figure.text,
        cells=tuple(c.row for c in figure.cells),
        note=note,
        text_value=sign * abs(value) if sign and value is not None else value,
    )


def cells_of(
    concept: Concept,
    scenario: str,
    unit: str,
    year: int | None = None,
    *,
    strict: bool = False,
    region: Region | None = None,
) -> list[Cell]:
    """The cells of a concept that are in a scenario, a unit and a year (any where null).

    Where the concept has no outcomes at all, the forecasts or budgets stand in for them, unless
    ``strict``.
    """
    known = [
        c for c in concept.cells if c.value == c.value and fits(unit, c.unit) and c.region == region
    ]
    found = [c for c in known if c.scenario in _SCENARIOS[scenario]]
    if scenario == "outcome" and not strict:
        for other in ("forecast", "budget"):
            found = found or [c for c in known if c.scenario == other]
    if scenario == "deviation":
        found = [c for c in found if c.kind != PeriodKind.YEAR] or found
    if scenario == "forecast_deviation":
        found = [c for c in found if c.kind == PeriodKind.YEAR]
    return [c for c in found if year is None or c.year == year]


def compared(
    concept: Concept, claim: Claim, unit: str, now: int, then: int | None, *, strict: bool = False
) -> tuple[list[Cell], list[Cell]]:
    """The cells of a year and of the one before it that a change is between.

    What is forecast, or has no outcome yet, is set against the outcome of the year before.
    """
    scenario = "budget" if claim.scenario == "budget" else "outcome"
    before = cells_of(concept, scenario, unit, then, strict=strict)
    present = cells_of(concept, scenario, unit, now, strict=strict)
    if claim.scenario == "forecast" or not present:
        present = cells_of(concept, "forecast", unit, now, strict=True) or present
    return present, before


def deviations(
    concept: Concept, scenario: str, unit: str, year: int, base: str = "budget"
) -> list[Figure]:
    """What a row deviates from its budget, as printed, or else as outcome or forecast gives it.

    More than budget is below zero for costs. Amounts that may be either give no deviation. From
    another ``base``, the target, no table prints it.
    """
    printed = cells_of(concept, scenario, unit, year, strict=True)
    if printed and base == "budget":
        return [of_cell(cell, unit).named(cell.column) for cell in printed]
    names = ("outcome", "forecast") if scenario == "deviation" else ("forecast",)
    budgets = cells_of(concept, base, unit, year, strict=True)
    found = []
    for cell in (c for name in names for c in cells_of(concept, name, unit, year, strict=True)):
        for budget in budgets:
            told = cell.unit not in MONEY or concept.side
            like = cell.kind == budget.kind or (base == "target" and cell.unit in SHARES)
            if told and like and cell.scenario in names:
                apart = difference(of_cell(cell, unit), of_cell(budget, unit))
                sign = -1 if cell.unit in MONEY and concept.cost else 1
                found.append(replace(apart, value=sign * apart.value))
    return found


def months_of(concept: Concept, unit: str, when: When, now: int) -> list[Cell]:
    """The outcomes of the months that a period names, or of its whole year.

    Without a year, months that the figures of now have not reached are those of the year before,
    where a period over the turn of the year begins as well.
    """
    cells = sorted(cells_of(concept, "outcome", unit), key=lambda c: (c.year or 0, c.month))
    year, named = when.year or now, when.months
    reached = max((c.month for c in cells if c.year == year), default=0)
    past = bool(named) and when.year is None and reached > 0 and named[0] > reached
    if named and (named[0] > named[-1] or len(named) > len(set(named)) or (past and when.since)):
        begun = [c for c in cells if c.year == year - 1 and c.month >= named[0]]
        return begun + [c for c in cells if c.year == year and c.month <= named[-1]]
    year -= past
    if when.since and year < now:
        return [c for c in cells if (c.year or 0, c.month) >= (year, named[0])]
    return [c for c in cells if c.year == year and (not named or c.month in named)]


def common_months(
    concept: Concept, unit: str, now: int, when: When, then: int | None = None
) -> tuple[list[Cell], list[Cell]]:
    """The months that a period names, and the same months of the year compared with."""
    year = when.year or now
    back = year - then if then is not None and then < year else 1
    known = {(c.year, c.month): c for c in cells_of(concept, "outcome", unit)}
    present = months_of(concept, unit, when, now)
    pairs = [(c, known.get(((c.year or 0) - back, c.month))) for c in present]
    return [c for c, past in pairs if past], [past for _, past in pairs if past]


def short(months: Sequence[Cell]) -> str:
    """The span of months, as ``jan–aug 2025``."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first.year != last.year:
        return f"{first.column} {first.year}–{last.column} {last.year}"
    span = first.column if len(months) == 1 else f"{first.column}–{last.column}"
    return f"{span} {last.year}"
