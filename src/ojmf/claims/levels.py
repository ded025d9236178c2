"""Judging a stated level, alone or as one side of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ojmf.claims import phrases
from ojmf.claims.amounts import Figure, cells_of, compare, mean, of_cell, short, total
from ojmf.claims.claim import Claim, Judgement, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.table_rows import Cell, Concept
from ojmf.model import PeriodKind

_ALTERNATIVES = {
    "outcome": ("outcome",),
    "budget": ("budget", "outcome"),
    "forecast": ("forecast", "forecast_deviation"),
    "deviation": ("deviation",),
    "forecast_deviation": ("forecast_deviation",),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What judging needs to know of the document: its language and the year it reports on."""

    language: Language
    now: int


def judge_level(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on a level; null where the concept has no figure to set it against."""
    if concept.monthly:
        return _monthly(claim, concept, setting)
    quantity = claim.values[0]
    year = claim.when.year or setting.now
    judged = [
        judgement
        for scenario in _ALTERNATIVES[claim.scenario]
        for judgement in _against(
            claim, quantity, cells_of(concept, scenario, claim.unit, None), year, scenario, setting
        )
    ]
    return _best(judged, ambiguous=claim.scenario == "forecast")


def _best(judged: list[Judgement], *, ambiguous: bool) -> Judgement | None:
    for wanted in (Verdict.AGREES, Verdict.ROUNDING):
        for judgement in judged:
            if judgement.verdict is wanted:
                return judgement
    if not judged or (ambiguous and len(judged) > 1):
        return None
    return judged[0]


def _against(
    claim: Claim, quantity: Quantity, cells: list[Cell], year: int, scenario: str, setting: Setting
) -> Iterator[Judgement]:
    """Judge a level against the cell of its year; other years only as a hint."""
    deviates = scenario.endswith("deviation")
    sign = phrases.sign((claim.near[0], claim.words), setting.language) if deviates else 0
    signed = deviates and (quantity.signed or sign != 0)
    said = quantity.value if quantity.signed or not sign else sign * quantity.value
    fitting = [c for c in cells if c.year == year]
    if claim.when.span == "year":
        fitting = [c for c in fitting if c.kind == PeriodKind.YEAR] or fitting
    if not fitting:
        return
    for cell in fitting[:2]:
        figure = of_cell(cell, claim.unit)
        verdict = compare(said, quantity.half, figure, signed=signed)
        if verdict is Verdict.CONTRADICTS and _unlike(claim, cell, cells, setting):
            verdict = Verdict.NOT_COMPARABLE
        yield Judgement(
            verdict,
            expected=figure.text,
            computation=f"{cell.column}: {figure.text}",
            cells=(cell.row,),
            note=_hint(quantity, cells, cell, claim),
            text_value=said,
        )


def _unlike(claim: Claim, cell: Cell, cells: list[Cell], setting: Setting) -> bool:
    """Whether a whole year stands where the claim is about the part that has passed."""
    if cell.kind != PeriodKind.YEAR or claim.when.span == "year":
        return False
    if cell.year == setting.now:
        return False
    part = any(c.kind == PeriodKind.YEAR_TO_DATE and c.year == setting.now for c in cells)
    return part or claim.when.span == "period"


def _hint(quantity: Quantity, cells: list[Cell], at: Cell, claim: Claim) -> str:
    for cell in cells:
        figure = of_cell(cell, claim.unit)
        if cell is not at and compare(quantity.value, quantity.half, figure) is Verdict.AGREES:
            return f"talet {figure.text} står under {cell.column}"
    return ""


def _monthly(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A level against months: the month named, or the latest, the sum or every one of them."""
    quantity = claim.values[0]
    year = claim.when.year or setting.now
    cells = cells_of(concept, "outcome", claim.unit, year)
    if claim.when.months:
        cells = [c for c in cells if c.month in claim.when.months]
    if not cells:
        return None
    language = setting.language
    if compiled(rf"\b(?:{language.trend.most})").search(claim.sentence.text):
        return _mostly(quantity, cells)
    stated_total = compiled(rf"\b(?:{language.pair.total})\b").search(claim.words) is not None
    stated_mean = compiled(rf"\b(?:{language.pair.mean})\b").search(claim.words) is not None
    if len(cells) == 1:
        readings = [_named(cells[0], claim.unit)]
    else:
        added, average = total(cells, claim.unit), mean(cells, claim.unit)
        latest = _named(cells[-1], claim.unit)
        readings = [latest, added, average]
        if stated_mean:
            readings = [average]
        elif stated_total:
            readings = [added, latest]
    latest_stated = compiled(rf"\b(?:{language.pair.latest})\b").search(claim.words) is not None
    sure = len(cells) == 1 or stated_mean or stated_total or latest_stated
    return _pick(quantity, readings, sure=sure)


def _named(cell: Cell, unit: str) -> Figure:
    figure = of_cell(cell, unit)
    return Figure(figure.value, figure.half, f"{short([cell])}: {figure.text}", figure.cells)


def _pick(quantity: Quantity, readings: list[Figure], *, sure: bool) -> Judgement | None:
    for figure in readings:
        half = quantity.half or (0.5 if "/" in figure.text else 0.0)
        verdict = compare(quantity.value, half, figure)
        if verdict is not Verdict.CONTRADICTS:
            return _judgement(verdict, figure, quantity)
    if not sure:
        return None
    return _judgement(Verdict.CONTRADICTS, readings[0], quantity)


def _mostly(quantity: Quantity, cells: list[Cell]) -> Judgement:
    same = [c for c in cells if abs(c.value - quantity.value) < 1e-9]
    listed = ", ".join(of_cell(c, "").text for c in cells)
    verdict = Verdict.AGREES if len(same) * 2 > len(cells) else Verdict.CONTRADICTS
    return Judgement(
        verdict,
        expected=f"{len(same)} av {len(cells)} månader",
        computation=f"{short(cells)}: {listed}",
        cells=tuple(c.row for c in cells),
        text_value=quantity.value,
    )


def _judgement(verdict: Verdict, figure: Figure, quantity: Quantity) -> Judgement:
    return Judgement(
        verdict,
        expected=figure.text.rsplit("= ", 1)[-1].rsplit(": ", 1)[-1],
        computation=figure.text,
        cells=tuple(c.row for c in figure.cells),
        text_value=quantity.value,
    )


def judge_side(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on one side of a comparison; the other side tells how months are taken."""
    if not concept.monthly:
        return judge_level(claim, concept, setting)
    present, past = _both_years(claim, concept, setting)
    if not present:
        return None
    own, partner = claim.values[0], claim.values[1]
    earlier = claim.words == "earlier"
    takes = [total, mean] if len(present) > 1 else [total]
    for sure in (True, False):
        for take in takes:
            here = take(past if earlier else present, claim.unit)
            there = take(present if earlier else past, claim.unit)
            slack = 0.05 if take is mean else 0.0
            judged = here if not sure else there
            measured = own if not sure else partner
            if compare(measured.value, measured.half + slack, judged) is not Verdict.CONTRADICTS:
                verdict = compare(own.value, own.half + slack, here)
                return _judgement(verdict, here, own)
    added = compiled(rf"\b(?:{setting.language.pair.total})\b").search(claim.sentence.text)
    if added and claim.when.months:
        return _judgement(Verdict.CONTRADICTS, total(past if earlier else present, claim.unit), own)
    return None


def _both_years(claim: Claim, concept: Concept, setting: Setting) -> tuple[list[Cell], list[Cell]]:
    present = {c.month: c for c in cells_of(concept, "outcome", claim.unit, setting.now)}
    past = {c.month: c for c in cells_of(concept, "outcome", claim.unit, setting.now - 1)}
    named = claim.when.months or claim.earlier.months
    months = [m for m in sorted(present.keys() & past.keys()) if not named or m in named]
    return [present[m] for m in months], [past[m] for m in months]
