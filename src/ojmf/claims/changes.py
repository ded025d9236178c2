"""Judging a stated difference: from the year before, or from the budget."""

from __future__ import annotations

from ojmf.claims import phrases
from ojmf.claims.amounts import (
    Figure,
    cells_of,
    common_months,
    compare,
    of_cell,
    short,
    total,
)
from ojmf.claims.claim import Claim, Judgement, Verdict
from ojmf.claims.levels import Setting
from ojmf.claims.table_rows import Cell, Concept
from ojmf.model import PeriodKind
from ojmf.printed import swedish

_SHARES = ("percent", "percentage_points")


def judge_change(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on a difference; null where the concept cannot tell."""
    if claim.scenario in {"deviation", "forecast_deviation"} or claim.basis == "budget":
        return _deviation(claim, concept, setting)
    if concept.monthly:
        return _months(claim, concept, setting)
    pair = _years(concept, claim, setting)
    if pair is None:
        return None
    now, then = pair
    percent = claim.unit == "percent" and now.unit not in _SHARES
    figure = _percent(now, then) if percent else _difference(now, then, claim.unit)
    if figure is None:
        return None
    quantity = claim.values[0]
    stated = quantity.value * {"lower": -1, "higher": 1}.get(str(claim.direction), 0)
    if stated:
        verdict = compare(stated, quantity.half, figure, signed=True)
    else:
        verdict = compare(quantity.value, quantity.half, figure)
    if (
        verdict is Verdict.CONTRADICTS
        and PeriodKind.YEAR in {now.kind, then.kind}
        and (now.kind != then.kind)
    ):
        verdict = Verdict.NOT_COMPARABLE
    return _judgement(verdict, figure, quantity.value)


def _unit(claim: Claim, cells: tuple[Cell, ...]) -> str:
    """The unit of the figures behind a claim in percent: their own."""
    if claim.unit != "percent":
        return claim.unit
    return next((c.unit for c in cells if c.unit not in _SHARES), "percent")


def _years(concept: Concept, claim: Claim, setting: Setting) -> tuple[Cell, Cell] | None:
    scenario = "budget" if claim.scenario == "budget" else "outcome"
    unit = _unit(claim, concept.cells)
    year = setting.now
    now = cells_of(concept, scenario, unit, year)
    then = cells_of(concept, scenario, unit, year - 1)
    for one in now:
        for other in then:
            if one.kind == other.kind:
                return one, other
    return (now[0], then[0]) if now and then else None


def _difference(now: Cell, then: Cell, unit: str) -> Figure:
    """By how much the size of a figure has grown."""
    one, two = of_cell(now, unit), of_cell(then, unit)
    value = round(one.size - two.size, 9)
    text = f"{swedish(one.size, _places(one))} − {swedish(two.size, _places(two))}"
    places = max(_places(one), _places(two))
    return Figure(value, one.half + two.half, f"{text} = {swedish(value, places)}", (now, then))


def _places(figure: Figure) -> int:
    return len(figure.text.rpartition(",")[2]) if "," in figure.text else 0


def _percent(now: Cell, then: Cell) -> Figure | None:
    one, two = of_cell(now, now.unit), of_cell(then, then.unit)
    return _ratio(
        one.size - two.size,
        one.half + two.half,
        two.size,
        two.half,
        f"({one.text.strip('−')} − {two.text.strip('−')}) / {two.text.strip('−')}",
        (now, then),
    )


def _ratio(
    over: float,
    over_half: float,
    under: float,
    under_half: float,
    text: str,
    cells: tuple[Cell, ...],
) -> Figure | None:
    if under <= under_half:
        return None
    ends = [
        100 * (over + a * over_half) / (under + b * under_half) for a in (-1, 1) for b in (-1, 1)
    ]
    value = 100 * over / under
    half = max(max(ends) - value, value - min(ends))
    return Figure(value, half, f"{text} = {swedish(value, 1)} %", cells)


def _judgement(
    verdict: Verdict, figure: Figure | None, said: float, note: str = ""
) -> Judgement | None:
    if figure is None:
        return None
    return Judgement(
        verdict,
        expected=figure.text.rsplit("= ", 1)[-1],
        computation=figure.text,
        cells=tuple(c.row for c in figure.cells),
        note=note,
        text_value=said,
    )


def _deviation(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Against what the table prints as deviation; costs above budget deviate downwards."""
    if concept.monthly:
        return None
    scenario = "forecast_deviation" if claim.scenario.startswith("forecast") else "deviation"
    unit = _unit(claim, concept.cells)
    cells = cells_of(concept, scenario, unit, setting.now, strict=True)
    if not cells:
        return None
    quantity = claim.values[0]
    if claim.unit == "percent":
        return _deviation_percent(claim, concept, cells[0], setting)
    figure = of_cell(cells[0], claim.unit)
    sign = _sign(claim, concept, setting)
    verdict = compare(
        sign * quantity.value if sign else quantity.value, quantity.half, figure, signed=bool(sign)
    )
    label = f"{cells[0].column}: {figure.text}"
    shown = Figure(figure.value, figure.half, label, figure.cells)
    judged = _judgement(verdict, shown, sign * quantity.value if sign else quantity.value)
    if judged is None:
        return None
    return Judgement(judged.verdict, figure.text, label, judged.cells, text_value=judged.text_value)


def _sign(claim: Claim, concept: Concept, setting: Setting) -> int:
    """The sign of the stated deviation as tables print it; 0 where the text does not say."""
    if claim.values[0].signed:
        return 1
    if claim.direction in {"higher", "lower"} and claim.kind == "change":
        up = 1 if claim.direction == "higher" else -1
        amount = claim.unit in {"MSEK", "SEK"}
        return -up if amount and concept.cost else up
    return phrases.sign((claim.near[0], claim.words), setting.language)


def _deviation_percent(
    claim: Claim, concept: Concept, deviation: Cell, setting: Setting
) -> Judgement | None:
    """A deviation in percent: of the budget of the same period, outcome less deviation."""
    unit = deviation.unit
    outcomes = [
        c
        for c in cells_of(concept, "outcome", unit, setting.now, strict=True)
        if c.kind == deviation.kind
    ]
    if not outcomes or unit in _SHARES:
        return None
    outcome, apart = of_cell(outcomes[0], unit), of_cell(deviation, unit)
    budget = abs(outcome.value - apart.value)
    text = (
        f"budget = {swedish(outcome.size, 1)} {'+' if concept.cost else '−'} "
        f"{swedish(apart.value, 1)} = {swedish(budget, 1)}; "
        f"{swedish(apart.size, 1)} / {swedish(budget, 1)}"
    )
    figure = _ratio(
        apart.size, apart.half, budget, outcome.half + apart.half, text, (outcomes[0], deviation)
    )
    if figure is None:
        return None
    quantity = claim.values[0]
    verdict = compare(quantity.value, quantity.half, figure)
    note = ""
    other = _ratio(apart.size, apart.half, outcome.size, outcome.half, "", ())
    if (
        verdict is Verdict.CONTRADICTS
        and other is not None
        and (compare(quantity.value, quantity.half, other) is not Verdict.CONTRADICTS)
    ):
        note = "talet är avvikelsen i procent av utfallet, inte av budgeten"
    return _judgement(verdict, figure, quantity.value, note)


def _months(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A difference against the same months of the year before, or against January."""
    quantity = claim.values[0]
    present, past = common_months(
        concept, claim.unit if claim.unit != "percent" else "", setting.now, claim.when
    )
    if not present:
        return None
    up = {"lower": -1, "higher": 1}.get(str(claim.direction), 1)
    now, then = total(present, ""), total(past, "")
    value = now.value - then.value
    text = f"{short(present)} mot {short(past)}: {now.text} − ({then.text}) = {swedish(value)}"
    figure: Figure | None = Figure(value, now.half + then.half, text, (*present, *past))
    if claim.unit == "percent":
        figure = _ratio(value, now.half + then.half, then.value, then.half, text, (*present, *past))
    if figure is None:
        return None
    verdict = compare(up * quantity.value, quantity.half, figure, signed=True)
    first = [c for c in cells_of(concept, "outcome", "", setting.now) if c.month == 1]
    if verdict is Verdict.CONTRADICTS and len(present) == 1 and first:
        since = _difference(present[0], first[0], "")
        if compare(up * quantity.value, 0.0, since, signed=True) is Verdict.AGREES:
            return _judgement(Verdict.AGREES, since, quantity.value)
        return _judgement(
            verdict, figure, up * quantity.value, f"från {short(first)}: {since.text}"
        )
    if verdict is Verdict.CONTRADICTS and not claim.when.months:
        return None
    return _judgement(verdict, figure, up * quantity.value)
