"""Judging a stated level, alone or as one side of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import combinations

from ojmf.claims.amounts import (
    Figure,
    cells_of,
    compare,
    difference,
    judge,
    judgement,
    mean,
    months_of,
    of_cell,
    short,
)
from ojmf.claims.amounts import common_months as common
from ojmf.claims.amounts import total as added
from ojmf.claims.claim import GOOD, Claim, Judgement, Verdict, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.linking import fits
from ojmf.claims.phrases import first_basis, months_named
from ojmf.claims.table_rows import Cell, Concept, Concepts
from ojmf.model import DIFFERENCES, PeriodKind


@dataclass(frozen=True, slots=True)
class Setting:
    """What judging needs to know of the document: its language, year and rows."""

    language: Language
    now: int
    concepts: Concepts


def ahead(claim: Claim, last: date, setting: Setting) -> bool:
    """Whether an outcome is told of a month by name that comes after the ``last`` figures.

    A month without a year may be last year's, unless it ends months of which some are passed.
    """
    language, when, text = setting.language, claim.when, claim.sentence.text
    month = when.months[0 if when.since else -1] if when.months else 0
    named = month and language.months.names[month - 1] in when.text.casefold()
    if not named or month <= last.month or claim.scenario != "outcome":
        return False
    told = compiled(language.trend.past).search(text) is not None
    plans = compiled(language.trend.not_a_fact).search(text) is not None
    none = bool(claim.values) and claim.values[0].none
    begun = when.year is None and not when.since and when.months[0] <= last.month
    now = str(setting.now)
    dated = now in when.text or (when.year == setting.now and now in text)
    return told and not plans and not none and (begun or dated)


def judge_level(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on a level; null where the concept has no figure to set it against."""
    if concept.monthly:
        return _monthly(claim, concept, setting)
    if claim.values[0].none:
        if len({bool(c.value) for c in concept.cells if c.scenario == claim.scenario}) > 1:
            return None  # of which figures of the row there are none, no word tells
        money = any(c.unit == "MSEK" for c in concept.cells)
        claim = replace(claim, values=(replace(claim.values[0], unit="MSEK" if money else ""),))
    scenario = claim.scenario
    if scenario == "forecast" and claim.values[0].signed:
        scenario = "forecast_deviation"
    cells = cells_of(concept, scenario, claim.unit, region=claim.region)
    if claim.region and claim.negated and claim.unit == "percent":
        cells = [replace(c, value=100 - c.value, column=f"100 − {c.column}") for c in cells]
    for other in ("budget", "outcome") if scenario in {"budget", "forecast"} else ():
        cells = cells or cells_of(concept, other, claim.unit, region=claim.region, strict=True)
    if claim.aggregate == "mean" and compiled(setting.language.aggregate.each).search(
        claim.near[0]
    ):
        return _mean_of_months(claim, cells, setting)
    found = _of_year(claim, cells, setting)
    if found is None or found.verdict is not Verdict.CONTRADICTS:
        return found
    others = {"outcome": ("budget", "forecast"), "forecast": ("forecast_deviation",)}
    if claim.side:
        others["forecast"] = ("forecast_deviation", "outcome")
    stated = compiled(setting.language.scenario.outcome).search(claim.near[0])
    unit, year, region = claim.unit, claim.when.year, claim.region
    for other in others.get(scenario, ()) if not stated else ():
        for cell in cells_of(concept, other, unit, year, strict=True, region=region):
            if compare(claim.values[0], of_cell(cell, unit)) in GOOD:
                return None
    unclear = not found.note and not stated
    return None if unclear and _is_difference(claim, concept) else found


def _mean_of_months(claim: Claim, cells: list[Cell], setting: Setting) -> Judgement | None:
    """What figures are for each of their months; not testable where one may be such a mean."""
    if any(compare(claim.values[0], of_cell(c, claim.unit)) in GOOD for c in cells):
        return Judgement(Verdict.NOT_TESTABLE)
    monthly = [_each_month(c, claim) for c in cells if len(c.months) > 1]
    told = _of_year(claim, monthly, setting)
    return replace(told, text_value=None) if told else None


def _each_month(cell: Cell, claim: Claim) -> Cell:
    """A figure of several months as one for each of them, to a tenth or a ``whole`` number."""
    count, rounded = len(cell.months), 0.5 if claim.values[0].exact else 0.05
    half = max(cell.half / count, rounded)
    return replace(cell, value=cell.value / count, half=half, column=f"{cell.column} / {count}")


def _is_difference(claim: Claim, concept: Concept) -> bool:
    """Whether a figure is a difference that the row prints or gives, in words not known."""
    said = claim.values[0]
    if not said.telling:
        return False
    known = [
        c
        for c in concept.cells
        if c.value == c.value and fits(claim.unit, c.unit) and c.region == claim.region
    ]
    printed = [of_cell(c, claim.unit) for c in known if c.scenario in DIFFERENCES]
    levels = [of_cell(c, claim.unit) for c in known if c.scenario not in DIFFERENCES]
    apart = [difference(one, two) for one, two in combinations(levels, 2)]
    return any(compare(said, figure) is Verdict.AGREES for figure in (*printed, *apart))


def _of_year(claim: Claim, cells: list[Cell], setting: Setting) -> Judgement | None:
    """A level against the cell of its year; figures of other years only as a hint."""
    quantity = claim.values[0]
    year = claim.when.year or setting.now
    sign = (-1 if quantity.value < 0 else 1) if quantity.signed else 0
    fitting = [c for c in cells if c.year == year]
    if claim.when.span == "year":
        fitting = [c for c in fitting if c.kind == PeriodKind.YEAR] or fitting
    else:
        fitting.sort(key=lambda c: c.kind == PeriodKind.YEAR)
        part = [c for c in fitting if c.kind == PeriodKind.YEAR_TO_DATE]
        fitting = part if part and claim.when.span == "period" else fitting
    same = [c for c in cells if compare(quantity, of_cell(c, claim.unit)) is Verdict.AGREES]
    if not fitting:
        if claim.when.year and same and quantity.telling:
            note = f"talet gäller {same[0].column}, inte {year}"
            return judgement(Verdict.CONTRADICTS, of_cell(same[0], claim.unit), claim, note=note)
        return None
    cell = next((c for c in fitting if c in same), fitting[0])
    figure = of_cell(cell, claim.unit).named(cell.column)
    verdict = compare(quantity, figure, sign)
    if verdict is Verdict.CONTRADICTS and _unlike(claim, cell, cells, setting):
        beyond = quantity.exact and quantity.value > figure.size and not claim.when.months
        if _other_months(claim, cells, setting):
            note = f"rapporten gäller inte {claim.when.text}"
            return judgement(Verdict.CONTRADICTS, figure, claim, note=note)
        moved = claim.side == "later" and claim.when.year and claim.when.span != "period"
        if moved and any(c.year == setting.now for c in same):
            beyond = not claim.when.months
        elsewhere = (
            claim.when.year and same and all(c.year not in {year, setting.now} for c in same)
        )
        beyond = beyond or (quantity.telling and bool(elsewhere))
        verdict = Verdict.CONTRADICTS if beyond else Verdict.NOT_COMPARABLE
    elif not _covers(cell, claim, setting):
        named = setting.language.month_pattern("MONTH").search(claim.when.text)
        ends = not named and claim.when.months[-1] == cell.months[-1]  # "andra tertialet"
        if verdict is Verdict.CONTRADICTS or len(claim.when.months) == 1 or ends:
            return None
        note = f"talet gäller {cell.column}, inte {claim.when.text}"
        return judgement(Verdict.CONTRADICTS, figure, claim, note=note)
    note = ""
    if verdict not in GOOD and same:
        note = f"talet {of_cell(same[0], claim.unit).shown} står under {same[0].column}"
    return judgement(verdict, figure, claim, sign, note)


def _covers(cell: Cell, claim: Claim, setting: Setting) -> bool:
    """Whether a cell is of the months that a claim names; a month farther off does not count."""
    months = claim.when.months
    if len(months) == 1 and not months_named(claim.near[0], setting.language)[0]:
        return True
    if not months or not cell.months or cell.kind not in {PeriodKind.YEAR_TO_DATE, PeriodKind.YEAR}:
        return True
    if len(months) == 1:
        return months[0] == cell.months[-1]
    return months[0] == cell.months[0] and months[-1] in {cell.months[-1], 12}


def _other_months(claim: Claim, cells: list[Cell], setting: Setting) -> bool:
    """Whether the same period of another year is said to be other months than the report's."""
    months = claim.when.months
    if len(months) < 2 or not compiled(setting.language.months.same).search(claim.sentence.text):
        return False
    own = {c.months for c in cells if c.year == setting.now and c.months}
    return bool(own) and months not in own


def _unlike(claim: Claim, cell: Cell, cells: list[Cell], setting: Setting) -> bool:
    """Whether a whole year stands where the claim is about the part that has passed."""
    if cell.kind != PeriodKind.YEAR or claim.when.span == "year" or cell.year == setting.now:
        return False
    part = any(c.kind == PeriodKind.YEAR_TO_DATE and c.year == setting.now for c in cells)
    return part or claim.when.span == "period"


def _monthly(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A level against months: the month named, or the latest, the sum or every one of them.

    What there has been none of since a month, there may have been in that month.
    """
    cells = months_of(concept, claim.unit, claim.when, setting.now)
    last = claim.sentence.text.rfind(claim.when.text) > claim.offset
    cells = cells[1:] if claim.values[0].none and claim.when.since and last else cells
    if not cells or (claim.scenario == "forecast" and cells[0].year != setting.now):
        return None
    if claim.aggregate == "most":
        return _mostly(claim, cells)
    figures, sure = _meant(claim, concept, cells, setting.language)
    found = judge(claim, figures, sure=sure)
    only = compiled(setting.language.months.only).search(claim.sentence.text)
    return _only(claim, concept, found, setting) if only and len(cells) == 1 else found


def _only(
    claim: Claim, concept: Concept, found: Judgement | None, setting: Setting
) -> Judgement | None:
    """The verdict on a month that is said to be the only one of its year with such a figure."""
    if found is None or found.verdict not in GOOD:
        return found
    year = months_of(concept, claim.unit, When(claim.when.year), setting.now)
    also = [c for c in year if c.row not in found.cells]
    also = [c for c in also if compare(claim.values[0], of_cell(c, claim.unit)) in GOOD]
    if not also:
        return found
    note = f"också i {', '.join(setting.language.months.names[c.month - 1] for c in also)}"
    return judgement(Verdict.CONTRADICTS, _named(also[0], claim.unit), claim, note=note)


def _meant(
    claim: Claim, concept: Concept, cells: list[Cell], language: Language
) -> tuple[list[Figure], bool]:
    """The figures of months that a level may be, and whether it is sure that it is one of them.

    Averages are not added up, and a bound ("över 100") may be of each month or of all.
    """
    quantity, unit = claim.values[0], claim.unit
    bound = max(quantity.above, quantity.below) >= abs(quantity.value)
    latest, sum_ = _named(cells[-1], unit), added(cells, unit)
    average = mean(cells, unit, whole=quantity.exact)
    ordered = sorted(cells, key=lambda c: c.value)
    unlike = [c for c in cells if compare(quantity, of_cell(c, unit)) not in GOOD]
    ends = {"latest": cells[-1], "highest": ordered[-1], "lowest": ordered[0]}
    averages = compiled(language.aggregate.averages).search(concept.label) is not None
    beyond = quantity.value > sum_.value + quantity.half + sum_.half
    figures, sure = [latest, sum_, average], ordered[0].value == ordered[-1].value or beyond
    text = claim.sentence.text
    each = bool(compiled(language.aggregate.both).search(text) and claim.when.months)
    each |= bound and not claim.aggregate and bool(compiled(language.trend.every).search(text))
    each |= compiled(language.months.others).search(claim.near[0]) is not None
    dated = len(claim.when.months) > 1 or (not claim.when.months and claim.when.year is not None)
    each |= quantity.none and dated and not claim.aggregate
    if len(cells) == 1 or (not unlike and claim.aggregate not in ends):
        figures, sure = [latest], True
    elif each:
        figures, sure = [_named(unlike[0], unit)], True
    elif claim.aggregate == "mean":
        figures, sure = [average], True
    elif claim.aggregate == "total":
        figures, sure = [sum_] if claim.when.months else [sum_, latest], True
    elif claim.aggregate in ends:
        figures, sure = [_named(ends[claim.aggregate], unit)], True
    elif claim.when.since:
        figures, sure = [_named(unlike[0], unit)], True
    elif averages and bound:
        one, all_ = _named(unlike[-1], unit), compare(quantity, average)
        figures, sure = ([], False) if all_ in GOOD else ([one], True)
    elif averages:
        figures, sure = [latest, average], False
    elif bound and claim.when.months:
        figures, sure = [], False
    return figures, sure


def _named(cell: Cell, unit: str) -> Figure:
    return of_cell(cell, unit).named(short([cell]))


def _mostly(claim: Claim, cells: list[Cell]) -> Judgement:
    same = [c for c in cells if abs(c.value - claim.values[0].value) < 1e-9]
    listed = ", ".join(of_cell(c, "").text for c in cells)
    shown = f"{len(same)} av {len(cells)} månader"
    figure = Figure(0.0, 0.0, shown, f"{short(cells)}: {listed}", tuple(cells))
    verdict = Verdict.AGREES if len(same) * 2 > len(cells) else Verdict.CONTRADICTS
    return judgement(verdict, figure, claim)


def judge_side(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on one side of a comparison; the other side tells how months are taken."""
    if not concept.monthly or len(claim.when.months) == 1:
        found = judge_level(claim, concept, setting)
        return _month_before(claim, concept, setting, found) or found
    named = claim.when.months or claim.earlier.months
    when = replace(claim.when, months=named, year=None)
    present, past = common(concept, claim.unit, setting.now, when)
    end = _end(claim, concept, setting, both=True) if present else None
    if not present or end:
        return end
    own, partner = claim.values[0], claim.values[1]
    year = cells_of(concept, "outcome", claim.unit, setting.now)
    ends = (year[0], year[-1]) if claim.side == "earlier" else (year[-1], year[0])
    if not named and all(
        compare(quantity, of_cell(cell, claim.unit)) in GOOD
        for quantity, cell in zip((own, partner), ends, strict=True)
    ):
        return judge(claim, [_named(ends[0], claim.unit)])
    here, there = (past, present) if claim.side == "earlier" else (present, past)
    whole = own.exact and partner.exact
    takes: list[Callable[[list[Cell], str], Figure]] = [added]
    takes += [partial(mean, whole=whole)] if len(present) > 1 else []
    for measured, cells in ((partner, there), (own, here)):
        for take in takes:
            if compare(measured, take(cells, claim.unit)) in GOOD:
                figure = take(here, claim.unit)
                return judgement(compare(own, figure), figure, claim)
    turned = own.value != partner.value and any(
        compare(own, take(there, claim.unit)) in GOOD
        and compare(partner, take(here, claim.unit)) in GOOD
        for take in takes
    )
    if turned or (claim.aggregate == "total" and claim.when.months):
        take = takes[-1] if turned and claim.aggregate != "total" else added
        return judgement(Verdict.CONTRADICTS, take(here, claim.unit), claim)
    return _end(claim, concept, setting, both=False)


def _month_before(
    claim: Claim, concept: Concept, setting: Setting, found: Judgement | None
) -> Judgement | None:
    """What has moved in a month may have done so from the month before ("i maj från 1 till 2").

    Null where that does not agree either, or where the sentence says what it is against.
    """
    months, text = claim.when.months, claim.sentence.text
    known = first_basis(text, setting.language)[0] or str(setting.now - 1) in text
    wrong = found is not None and found.verdict not in GOOD
    if not concept.monthly or claim.side != "earlier" or known or not wrong or months[0] == 1:
        return None
    before = months_of(concept, claim.unit, When(months=(months[0] - 1,)), setting.now)
    told = judge(claim, [_named(before[0], claim.unit)]) if before else None
    return told if told is not None and told.verdict in GOOD else None


def _end(claim: Claim, concept: Concept, setting: Setting, *, both: bool) -> Judgement | None:
    """One end of a period that figures lead from and to ("mellan april och augusti").

    Null where the figures are not both those of the ends, if ``both`` must be.
    """
    months = claim.when.months or claim.earlier.months
    led = first_basis(claim.sentence.text, setting.language)[0] == "months"
    cells = months_of(concept, claim.unit, When(months=months), setting.now)
    if not led or len(cells) < 2:
        return None
    ends = (cells[0], cells[-1]) if claim.side == "earlier" else (cells[-1], cells[0])
    partner = compare(claim.values[1], of_cell(ends[1], claim.unit)) in GOOD
    turned = all(
        compare(one, of_cell(cell, claim.unit)) in GOOD
        for one, cell in zip(claim.values, reversed(ends), strict=True)
    )
    found = judge(claim, [_named(ends[0], claim.unit)], sure=partner or turned)
    right = partner and found is not None and found.verdict in GOOD
    return found if right or not both else None
