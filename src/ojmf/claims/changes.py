"""Judging a stated difference: from the year or month before, or from the budget."""

from __future__ import annotations

from dataclasses import replace

from ojmf.claims.amounts import (
    Figure,
    cells_of,
    common_months,
    compare,
    compared,
    deviations,
    difference,
    judge,
    judgement,
    mean,
    months_of,
    of_cell,
    quotient,
    short,
    total,
)
from ojmf.claims.claim import GOOD, Claim, Judgement, Verdict
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import SHARES
from ojmf.claims.table_rows import MONEY, Cell, Concept, toward_good
from ojmf.model import PeriodKind
from ojmf.printed import MINUS, swedish

_HARDLY_BY_CHANCE = 10
_UP = {"lower": -1, "higher": 1}


def judge_change(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on a difference from an earlier year or month; null where none can be told."""
    sign = _UP.get(str(claim.direction), 0)
    sign = sign or claim.good * toward_good(concept, setting.language)
    if claim.good and not sign:
        return None
    if claim.basis == "region" or concept.monthly:
        regional = claim.basis == "region"
        return (
            _regions(claim, concept, sign) if regional else _months(claim, concept, setting, sign)
        )
    pair = _years(concept, claim, setting)
    if pair is None or claim.basis == "months":
        return None if claim.basis == "months" else _other_year(claim, concept, setting)
    now, then = pair
    percent = claim.unit == "percent" and now.unit not in SHARES
    unit = now.unit if percent else claim.unit
    one, two = of_cell(now, unit), of_cell(then, unit)
    apart = difference(one, two)
    figure: Figure | None = apart
    if percent:
        text = f"({swedish(one.size, one.places)} − {swedish(two.size, two.places)})"
        figure = quotient(apart, two, f"{text} / {swedish(two.size, two.places)}")
    if figure is None:
        return None
    verdict = compare(claim.values[0], figure, sign)
    if sign * apart.value < 0 and apart.size >= apart.half:  # the direction is sure, its size not
        verdict = Verdict.CONTRADICTS
    if verdict is Verdict.CONTRADICTS and claim.scenario == "forecast" != now.scenario:
        return None
    kinds = {now.kind, then.kind}
    if verdict is Verdict.CONTRADICTS and PeriodKind.YEAR in kinds and len(kinds) > 1:
        turned = sign and claim.when.span != "period" and _turned(claim, figure)
        beyond = sign < 0 and now.kind != PeriodKind.YEAR and figure.value > 0
        meant = turned or beyond or claim.earlier.span == "year"
        verdict = verdict if meant else Verdict.NOT_COMPARABLE
    return judgement(verdict, figure, claim, sign)


def _regions(claim: Claim, concept: Concept, sign: int) -> Judgement | None:
    """How far apart the shares of two groups of municipalities are, in points or in percent."""
    cells = {c.region: c for c in concept.cells if c.region and c.value == c.value}
    if claim.region not in cells or len(cells) != 2 or claim.unit not in SHARES:
        return None
    one, two = cells.pop(claim.region), cells.popitem()[1]
    share, other = of_cell(one, one.unit), of_cell(two, one.unit)
    figure: Figure | None = difference(share, other)
    if claim.unit == "percent":
        figure = quotient(difference(share, other), other, f"({share.shown} − {other.shown})")
    return judge(claim, [figure], sign=sign) if figure else None


def stated_sign(claim: Claim) -> int:
    """The way that a claim says a figure has gone: +1 up or good, −1 down or bad, 0 for neither."""
    return _UP.get(str(claim.direction), 0) or claim.good


def moved(claim: Claim, concept: Concept, setting: Setting) -> Figure | None:
    """By how much the row of a claim differs from the year compared with."""
    pair = _years(concept, claim, setting)
    return difference(*(of_cell(cell, claim.unit) for cell in pair)) if pair else None


def _turned(claim: Claim, figure: Figure) -> bool:
    """Whether a stated difference is the very one of the table, but said the other way round."""
    same = compare(claim.values[0], figure) is Verdict.AGREES
    return same and figure.size >= _HARDLY_BY_CHANCE


def _years(concept: Concept, claim: Claim, setting: Setting) -> tuple[Cell, Cell] | None:
    """The cells of now and of the year compared with, of like periods where there are any."""
    unit, year, before = _unit(claim, concept), setting.now, claim.earlier.year
    if claim.when.year and before and before != claim.when.year < year:
        year = claim.when.year
    now, then = compared(concept, claim, unit, year, before)
    pairs = [(one, other) for one in now for other in then if one is not other]
    like = [(one, other) for one, other in pairs if one.kind == other.kind]
    return next(iter(like or pairs), None)


def _other_year(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A difference from a year that the table lacks, where it is the one from last year."""
    last = setting.now - 1
    if claim.earlier.year == last:
        return None
    known = replace(claim, earlier=replace(claim.earlier, year=last))
    found = judge_change(known, concept, setting)
    if found is None or found.verdict not in GOOD or not claim.values[0].telling:
        return None
    note = f"skillnaden gäller {last}, inte {claim.earlier.year}"
    return replace(found, verdict=Verdict.CONTRADICTS, note=note)


def _unit(claim: Claim, concept: Concept) -> str:
    """The unit of the figures behind a claim in percent: their own."""
    if claim.unit != "percent":
        return claim.unit
    return next((c.unit for c in concept.cells if c.unit not in SHARES), "percent")


def judge_deviation(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Against what the table prints as deviation; costs above budget deviate downwards."""
    if concept.monthly:
        return None
    other = {"deviation": "forecast_deviation", "forecast_deviation": "deviation"}
    found = _deviation(claim, concept, claim.scenario, setting)
    words = setting.language.scenario
    said = rf"{words.so_far}|{words.forecast_deviation}|{words.whole_year}"
    named = claim.when.span == "year" or compiled(said).search(claim.near[0])
    wrong = found is not None and found.verdict is Verdict.CONTRADICTS
    if found is not None and wrong and not named and claim.unit != "percent":
        soft = _deviation(claim, concept, other[claim.scenario], setting)
        if soft is not None and soft.verdict in GOOD and soft.cells != found.cells:
            return None
    return found


def _deviation(claim: Claim, concept: Concept, scenario: str, setting: Setting) -> Judgement | None:
    unit, year = _unit(claim, concept), claim.when.year or setting.now
    if claim.unit == "percent" and unit != "percent" and claim.basis != "target":
        apart = next(iter(deviations(concept, scenario, unit, year)), None)
        return _deviation_percent(claim, concept, apart, setting) if apart else None
    base = "target" if claim.basis == "target" else "budget"
    figures = deviations(concept, scenario, claim.unit, year, base)
    if not figures or (not claim.unit and not claim.direction):
        return None
    sign = _sign(claim, concept, setting)
    sure = not _of_forecast(claim, figures, scenario, setting)
    return None if sign is None else judge(claim, figures, sign=sign, sure=sure)


def _of_forecast(claim: Claim, figures: list[Figure], scenario: str, setting: Setting) -> bool:
    """Whether a table gives the deviation of a forecast only, where a claim is of the period."""
    whole = all(c.kind == PeriodKind.YEAR for figure in figures for c in figure.cells)
    so_far = compiled(setting.language.scenario.so_far).search(claim.quote)
    return scenario == "deviation" and whole and bool(so_far or claim.when.months)


def _sign(claim: Claim, concept: Concept, setting: Setting) -> int | None:
    """The sign of the stated deviation as tables print it; 0 where the text does not say.

    Null where it depends on whether the row is a cost, and no table gives its amounts.
    """
    if claim.values[0].signed:
        return -1 if claim.values[0].value < 0 else 1
    up = _UP.get(str(claim.direction), 0)
    if not up or claim.unit not in MONEY:
        return up or claim.good
    named = set(concept.labels)
    alike = [c for c in setting.concepts.all if c.amounts and named & set(c.labels)]
    if not alike:
        return None
    return -up if (concept if concept.amounts else alike[0]).cost else up


def _deviation_percent(
    claim: Claim, concept: Concept, apart: Figure, setting: Setting
) -> Judgement | None:
    """A deviation in percent: of the budget of the same period, outcome less deviation."""
    deviation = apart.cells[0]
    unit = deviation.unit
    planned = cells_of(concept, "budget", unit, setting.now, strict=True)
    like = [c for c in planned if c.kind == deviation.kind]
    if like and unit not in SHARES:
        way = -1 if unit in MONEY and concept.cost else 1
        up, base = replace(apart, value=way * apart.value), of_cell(like[0], unit)
        share = quotient(up, base, f"{up.shown.lstrip(MINUS)} / {base.shown.lstrip(MINUS)}")
        return judge(claim, [share], sign=_UP.get(str(claim.direction), 0)) if share else None
    outcomes = [
        c
        for c in cells_of(concept, "outcome", unit, setting.now, strict=True)
        if c.kind == deviation.kind
    ]
    if not outcomes or unit in SHARES:
        return None
    outcome = of_cell(outcomes[0], unit)
    size = replace(apart, value=apart.size)
    budget = abs(outcome.value - apart.value)
    text = (
        f"budget = {swedish(outcome.size, 1)} {'+' if concept.cost else '−'} "
        f"{swedish(apart.value, 1)} = {swedish(budget, 1)}; "
        f"{swedish(apart.size, 1)} / {swedish(budget, 1)}"
    )
    base = Figure(budget, outcome.half + apart.half, "", "", outcome.cells)
    figure = quotient(size, base, text)
    if figure is None:
        return None
    verdict = compare(claim.values[0], figure)
    if verdict is Verdict.CONTRADICTS and any(
        (share := quotient(size, of_cell(year, unit), ""))
        and compare(claim.values[0], share) in GOOD
        for year in cells_of(concept, "budget", unit, setting.now, strict=True)
    ):
        return None  # of the budget of the whole year, which the text may well mean
    note = ""
    other = quotient(size, replace(outcome, value=outcome.size), "")
    if verdict is Verdict.CONTRADICTS and other and compare(claim.values[0], other) in GOOD:
        note = "texten har räknat avvikelsen i procent av utfallet; den ska räknas på budgeten"
    return judgement(verdict, figure, claim, note=note)


def _months(claim: Claim, concept: Concept, setting: Setting, sign: int) -> Judgement | None:
    """A difference between months, or against the same months of the year before."""
    unit = _unit(claim, concept)
    cells = {c.month: c for c in cells_of(concept, "outcome", unit, setting.now)}
    if claim.basis == "months" and claim.earlier.months and cells:
        first = cells.get(claim.earlier.months[0])
        ends = [m for m in claim.when.months if m != claim.earlier.months[0]]
        last = cells[max([m for m in ends if m in cells] or cells)]
        if first is None or last is first:
            return None
        led = bool(ends) or claim.when.since
        return _apart(claim, of_cell(last, ""), of_cell(first, ""), sign, sure=led)
    if claim.earlier.months and claim.basis == "previous_year":
        here = months_of(concept, unit, claim.when, setting.now)
        there = months_of(concept, unit, claim.earlier, setting.now)
        if len(here) != 1 or len(there) != 1:
            return None
        return _apart(claim, of_cell(here[0], ""), of_cell(there[0], ""), sign)
    present, past = common_months(concept, unit, setting.now, claim.when, claim.earlier.year)
    if not present:
        return None
    first = cells.get(1) if present[0].month > 1 else None
    return _same_months(claim, present, past, first, sign or 1)


def _apart(
    claim: Claim, one: Figure, two: Figure, sign: int, *, sure: bool = True
) -> Judgement | None:
    """How far one figure is from another, or how far in percent of it."""
    figure: Figure | None = difference(one, two)
    if claim.unit == "percent":
        figure = quotient(difference(one, two), two, f"({one.text} − {two.text}) / {two.text}")
    return judge(claim, [figure], sign=sign, sure=sure) if figure else None


def _same_months(
    claim: Claim, present: list[Cell], past: list[Cell], first: Cell | None, sign: int
) -> Judgement | None:
    """A difference of like months; for one month also what it differs from ``first``, January."""
    take = mean if claim.aggregate == "mean" else total
    now, then = take(present, ""), take(past, "")
    value = now.value - then.value
    shown = swedish(value, None if take is total else 1)
    text = f"{short(present)} mot {short(past)}: {now.text} − ({then.text}) = {shown}"
    figure = Figure(value, now.half + then.half, shown, text, (*present, *past))
    if claim.unit == "percent":
        share = quotient(figure, then, text)
        return (
            None
            if share is None
            else judge(claim, [share], sign=sign, sure=bool(claim.when.months))
        )
    if compare(claim.values[0], figure, sign) in GOOD or not first or len(present) > 1:
        return judge(claim, [figure], sign=sign, sure=bool(claim.when.months))
    since = difference(of_cell(present[0], ""), of_cell(first, ""))
    if compare(claim.values[0], since, sign) in GOOD:
        return judgement(Verdict.AGREES, since, claim, sign)
    note = f"från {short([first])}: {since.text}"
    return judgement(Verdict.CONTRADICTS, figure, claim, sign, note)


def ends_alike(claim: Claim, concept: Concept) -> bool:
    """Whether the months of a claim end with those of a figure of the row, or with the year."""
    ends = {c.months[-1] for c in concept.cells if c.kind == PeriodKind.YEAR_TO_DATE and c.months}
    months = claim.when.months
    return concept.monthly or not months or not ends or months[-1] in ends | {12}
