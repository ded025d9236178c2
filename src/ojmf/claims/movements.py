"""Judging what is said without a figure: more, less or the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ojmf.claims import phrases
from ojmf.claims.amounts import (
    cells_of,
    common_months,
    compared,
    deviations,
    months_of,
    of_cell,
    short,
    told,
    total,
)
from ojmf.claims.claim import GOOD, Claim, Judgement, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.table_rows import Cell, Concept, toward_good
from ojmf.model import COUNT_UNITS, PeriodKind
from ojmf.printed import swedish

_LAST_MONTHS = (10, 11, 12)
_KEPT, _TWO = 0.01, 2
_WORDS = {"higher": "högre", "lower": "lägre", "same": "lika"}


def judge_trend(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The verdict on a direction; null where there is nothing to set side by side."""
    if claim.basis == "target" or claim.region:
        return (_regions if claim.region else _target)(claim, concept, setting)
    way = claim.good * toward_good(concept, setting.language)
    if claim.direction is None and claim.basis != "budget":
        if not way:
            return None
        claim = replace(claim, direction="higher" if way > 0 else "lower")
    if concept.monthly:
        return _months(claim, concept, setting)
    if claim.when.since or compiled(setting.language.trend.years).search(claim.quote):
        return None
    if claim.basis == "budget":
        return _budget(claim, concept, setting)
    return _years(claim, concept, setting)


def judge_own_figures(claim: Claim, setting: Setting) -> Judgement:
    """The direction of a claim against the two figures that its own sentence gives."""
    later, earlier = claim.values
    change = later.value - earlier.value
    holds = _holds(claim, change, earlier.value, 1, setting.language)
    said = claim.sentence.text[claim.offset :]
    for words in setting.language.multiple if earlier.value else ():
        match = compiled(rf"(?:{words.pattern})").match(said)
        if match and (size := phrases.multiple(words, match, setting.language)):
            gap = 100 * change / earlier.value - size[0]
            holds = holds and abs(gap) <= size[1]
    name = "higher" if change > 0 else "lower" if change < 0 else "same"
    return Judgement(
        Verdict.AGREES if holds else Verdict.TEXT_AGAINST_TEXT,
        expected=_WORDS[name],
        computation=f"{later.text} mot {earlier.text} är {_WORDS[name]}",
    )


def _similar(claim: Claim, language: Language) -> bool:
    return compiled(language.tolerance.similar).search(claim.quote) is not None


def _holds(claim: Claim, change: float, base: float, months: int, language: Language) -> bool:
    """Whether a change is what the claim says; the same is a matter of tolerance."""
    if claim.direction == "higher":
        return (change > 0) is not claim.negated
    if claim.direction == "lower":
        return (change < 0) is not claim.negated
    limits = language.tolerance
    similar = _similar(claim, language)
    percent = limits.similar_percent if similar else limits.same_percent
    if compiled(limits.exact).search(claim.quote):
        percent = 0.0
    each = limits.similar_each if similar else 0.0
    few = abs(base) <= limits.few * months and abs(base + change) <= limits.few * months
    if similar and few:
        each = limits.few_each
    return abs(change) <= max(percent / 100 * abs(base), each * months)


def _months(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    trend, when = setting.language.trend, claim.when
    dated = setting.language.month_pattern(r"\bMONTH\s+\d{4}\b").findall(claim.quote)
    if claim.basis == "months":
        return _between(claim, concept, setting)
    if claim.basis == "budget" or len(dated) > 1:
        yearly = len(dated) == _TWO and claim.basis == "previous_year"
        return _dated(claim, concept, dated, setting) if yearly else None
    if when.year == setting.now - 1 and when.months == _LAST_MONTHS:
        return _within(claim, concept, setting)
    if compiled(trend.monthly).search(claim.quote):
        return _falling(claim, concept, setting)
    if compiled(trend.years).search(claim.quote):
        return _over_years(claim, concept, setting)
    return (
        _stepwise(claim, concept, setting)
        or _since(claim, concept, setting)
        or _moved(claim, concept, setting, _last_year(claim, concept, setting))
    )


def _moved(
    claim: Claim, concept: Concept, setting: Setting, found: Judgement | None
) -> Judgement | None:
    """A movement since a month agrees by last year's figures only where the text names them.

    What has fallen in some months may have done so from the first to the last of them.
    """
    words = setting.language.trend
    changed = compiled(rf"{words.change}|{words.became}").search(claim.quote)
    moved = claim.when.since and compiled(words.change).search(claim.quote)
    yearly = phrases.first_basis(claim.quote, setting.language)[0] == "previous_year"
    wrong = found is not None and found.verdict is Verdict.CONTRADICTS
    if wrong and changed and not (yearly or claim.when.since) and len(claim.when.months) > 1:
        inside = _between(claim, concept, setting)
        return inside if inside is not None and inside.verdict in GOOD else found
    if found is not None and found.verdict is Verdict.AGREES and moved and not yearly:
        return Judgement(Verdict.NOT_TESTABLE)
    return found


def _last_year(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The months of now against the same months of the year before, in all or each by itself."""
    units = {c.unit for c in concept.cells}
    unit = "SEK" if units & {"SEK", "MSEK"} else ""
    year = claim.when.year or setting.now
    present, past = common_months(concept, unit, year, claim.when)
    if not present:
        return None
    if claim.values:
        return _so_many(claim, present, past, unit, setting)
    if claim.every and not _similar(claim, setting.language):
        return _each(claim, present, past, unit, setting)
    holds = True
    if claim.when.since and claim.direction == "same":
        limits, begun = setting.language.tolerance, abs(present[0].value - past[0].value)
        holds = begun <= max(limits.begun_percent / 100 * abs(past[0].value), limits.few_each)
        present, past = (present, past) if holds else (present[:1], past[:1])
    return _added(claim, present, past, unit, setting, holds=holds)


def _added(
    claim: Claim,
    present: list[Cell],
    past: list[Cell],
    unit: str,
    setting: Setting,
    *,
    holds: bool = True,
) -> Judgement:
    """The sums of like months of two years."""
    now, then = total(present, unit), total(past, unit)
    change = now.value - then.value
    percent = f" ({swedish(100 * change / then.value, 1)} %)" if then.value else ""
    return told(
        holds and _holds(claim, change, then.value, len(present), setting.language),
        f"{swedish(now.value)} mot {swedish(then.value)}",
        f"{short(present)}: {now.text}; {short(past)}: {then.text}; "
        f"skillnad {swedish(change)}{percent}",
        (*present, *past),
    )


def _between(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """From the first to the last of the months named; from one month to the latest."""
    cells = cells_of(concept, "outcome", "", claim.when.year or setting.now)
    inside = [c for c in cells if c.month in claim.when.months]
    before = [c for c in cells if c.month in claim.earlier.months]
    if len(before) == len(inside) == 1 and before != inside:
        inside = [*before, *inside]
    elif len(claim.when.months) == 1 and inside and inside[0] is not cells[-1]:
        inside.append(cells[-1])
    if len(inside) < 2:
        return None
    now, then = of_cell(inside[-1], ""), of_cell(inside[0], "")
    holds = _holds(claim, now.value - then.value, then.value, 1, setting.language)
    text = f"{short(inside[-1:])}: {now.shown}; {short(inside[:1])}: {then.shown}"
    return told(holds, f"{now.shown} mot {then.shown}", text, (inside[0], inside[-1]))


def _since(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """From a month on lower or higher than the month before it; null where it is not.

    What has risen or fallen since a month may also be the latest against that month.
    """
    after = months_of(concept, "", claim.when, setting.now)
    yearly = phrases.first_basis(claim.quote, setting.language)[0] == "previous_year"
    if not claim.when.since or not after or claim.direction == "same" or yearly:
        return None
    month = 12 if after[0].month == 1 else after[0].month - 1
    year = (after[0].year or setting.now) - (month == 12)
    before = [c for c in cells_of(concept, "outcome", "", year) if c.month == month]
    readings = [(before[0], after)] if before else []
    if compiled(setting.language.trend.change).search(claim.quote):
        readings.append((after[0], after[-1:]))
    for first, later in readings:
        changes = [c.value - first.value for c in later]
        if all(_holds(claim, change, first.value, 1, setting.language) for change in changes):
            listed = ", ".join(swedish(c.value) for c in later)
            text = f"{short(later)}: {listed}; {short([first])}: {swedish(first.value)}"
            return told(True, f"{listed} mot {swedish(first.value)}", text, (first, *later))
    return None


def _over_years(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The same months of the first year in the table and of now."""
    cells = cells_of(concept, "outcome", "", None)
    first = min((c.year for c in cells if c.year), default=setting.now)
    present = [c for c in cells if c.year == setting.now]
    months = {c.month for c in present}
    past = [c for c in cells if c.year == first and c.month in months]
    if not past or first == setting.now:
        return None
    return _added(claim, present, past, "", setting)


def _each(
    claim: Claim, present: list[Cell], past: list[Cell], unit: str, setting: Setting
) -> Judgement:
    """Every month must be as stated; the months that are not are named."""
    wrong = [
        (a, b)
        for a, b in zip(present, past, strict=True)
        if not _holds(claim, a.value - b.value, b.value, 1, setting.language)
    ]
    shown = wrong or list(zip(present, past, strict=True))
    text = _side_by_side(shown, unit)
    wanted = _WORDS[str(claim.direction)]
    count = f"{len(present) - len(wrong)} av {len(present)} månader är {wanted}"
    expected = f"{count}, inte {', '.join(a.column for a, _ in wrong)}" if wrong else count
    return told(not wrong, expected, text, (c for pair in shown for c in pair))


def _so_many(
    claim: Claim, present: list[Cell], past: list[Cell], unit: str, setting: Setting
) -> Judgement:
    """In how many of the months it is as stated."""
    pairs = list(zip(present, past, strict=True))
    right = [
        (a, b) for a, b in pairs if _holds(claim, a.value - b.value, b.value, 1, setting.language)
    ]
    text = _side_by_side(right, unit)
    count = f"{len(right)} av {len(pairs)} månader är {_WORDS[str(claim.direction)]}"
    holds = claim.values[0].value == len(right)
    return told(holds, count, text or count, (c for pair in pairs for c in pair))


def _side_by_side(pairs: Sequence[tuple[Cell, Cell]], unit: str) -> str:
    """Months beside the same months of the year before."""
    return "; ".join(
        f"{a.column}: {of_cell(a, unit).text} mot {of_cell(b, unit).text}" for a, b in pairs
    )


def _dated(claim: Claim, concept: Concept, dated: list[str], setting: Setting) -> Judgement | None:
    """One month beside another, each with its year ("lägre i maj 2025 än i maj 2024")."""
    said = [phrases.when(text, setting.language, setting.now) for text in dated]
    cells = [months_of(concept, concept.cells[0].unit, when, setting.now) for when in said]
    if any(len(one) != 1 for one in cells) or said[0] == said[1]:
        return None
    now, then = cells[0][0], cells[1][0]
    holds = _holds(claim, now.value - then.value, then.value, 1, setting.language)
    first, second = of_cell(now, now.unit), of_cell(then, then.unit)
    text = f"{short([now])}: {first.shown}; {short([then])}: {second.shown}"
    return told(holds, f"{first.shown} mot {second.shown}", text, (now, then))


def _falling(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Month by month up or down within the year; months that stand still do not count against."""
    cells = cells_of(concept, "outcome", "", setting.now)
    values = [c.value for c in cells]
    if len(values) < 2:
        return None
    steps = [b - a for a, b in pairwise(values)]
    good = all(s <= 0 for s in steps) if claim.direction == "lower" else all(s >= 0 for s in steps)
    listed = ", ".join(swedish(v) for v in values)
    return told(good and any(steps), listed, f"{short(cells)}: {listed}", cells)


def _stepwise(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A change every month without a year to compare with may be one from month to month."""
    words, quote = setting.language.trend, claim.quote
    if not compiled(words.every).search(quote) or not compiled(words.change).search(quote):
        return None
    if phrases.first_basis(quote, setting.language)[0] is not None:
        return None
    found = _falling(claim, concept, setting)
    return found if found is not None and found.verdict is Verdict.AGREES else None


def _within(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Months of last year against the months before them."""
    cells = cells_of(concept, "outcome", "", setting.now - 1)
    inside = [c for c in cells if c.month in claim.when.months]
    before = [c for c in cells if c.month < min(claim.when.months)]
    if not inside or not before:
        return None
    now, then = total(inside, "").value / len(inside), total(before, "").value / len(before)
    holds = _holds(claim, now - then, then, 1, setting.language)
    one, two = swedish(now, 1), swedish(then, 1)
    text = f"snitt {short(inside)}: {one}; {short(before)}: {two}"
    return told(holds, f"{one} mot {two} i snitt", text, (*inside, *before))


def _budget(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """In line with budget: the deviation is small; above or below: its sign.

    Of a row with amounts and counts both must be so, unless words of the claim are on counts.
    """
    counted = compiled(setting.language.trend.counted).search(claim.quote)
    known = {"MSEK" if cell.unit == "MSEK" else "" for cell in concept.cells}
    units = sorted(known - {"MSEK"} if counted else known, reverse=True)
    found = [one for unit in units if (one := _of_budget(claim, concept, unit, setting))]
    return found[0] if len({one.verdict for one in found}) == 1 else None


def _of_budget(claim: Claim, concept: Concept, unit: str, setting: Setting) -> Judgement | None:
    name = "forecast_deviation" if claim.scenario == "forecast" else "deviation"
    figures = deviations(concept, name, unit, setting.now)
    budgets = cells_of(concept, "budget", unit, setting.now, strict=True)
    if not figures or (claim.direction in {"higher", "lower"} and not budgets):
        return None
    figure, base = figures[0], budgets[0].value if budgets else 0.0
    up = -figure.value if unit == "MSEK" and concept.cost else figure.value
    holds = _holds(claim, up, base, 1, setting.language)
    over = figure.value < 0 and abs(figure.value) > _KEPT * abs(base)
    kept, not_apart = setting.language.trend.kept, setting.language.trend.not_apart
    unclear = (over and compiled(kept).search(claim.quote)) or (
        figure.value and compiled(not_apart).search(claim.quote)
    )
    if claim.direction == "same" and holds and unclear:
        return None
    if claim.good:
        holds = (figure.value * claim.good > 0) is not claim.negated
    return told(holds, figure.shown, figure.text, figure.cells)


def _target(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Above or below the target, or on its good side by the catalogue; null where it is silent."""
    year = claim.when.year or setting.now
    one, two = (
        cells_of(concept, name, "", year, strict=True) or cells_of(concept, name, "MSEK", year)
        for name in ("outcome", "target")
    )
    good = toward_good(concept, setting.language)
    if not one or not two or not (claim.direction or good):
        return None
    gap = one[0].value - two[0].value
    holds = gap * good >= 0 if claim.good > 0 else gap * good < 0
    if claim.direction:
        holds = _holds(claim, gap, two[0].value, 1, setting.language)
    return _beside(holds, one[0], two[0])


def _regions(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The share of one group of municipalities beside that of the other."""
    cells = {c.region: c for c in concept.cells if c.region and c.value == c.value}
    if len(cells) < 2 or claim.region is None:
        return None
    one = cells.pop(claim.region)
    two = cells.popitem()[1]
    return _beside(_holds(claim, one.value - two.value, two.value, 1, setting.language), one, two)


def _beside(holds: bool, one: Cell, two: Cell) -> Judgement:
    """What is said of two figures that stand beside each other in a row."""
    first, second = of_cell(one, one.unit), of_cell(two, two.unit)
    text = f"{one.column}: {first.shown}; {two.column}: {second.shown}"
    return told(holds, f"{first.shown} mot {second.shown}", text, (one, two))


def _years(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    unit = concept.cells[0].unit
    year = claim.when.year or setting.now
    before = claim.earlier.year if claim.earlier.year and claim.earlier.year < year else year - 1
    now, then = compared(concept, claim, unit, year, before, strict=True)
    if not now or not then:
        return None
    then.sort(key=lambda cell: cell.kind != now[0].kind)
    one, two = of_cell(now[0], unit), of_cell(then[0], unit)
    change = one.size - two.size
    unlike = now[0].kind != then[0].kind and PeriodKind.YEAR in {now[0].kind, then[0].kind}
    holds = _holds(claim, change, two.size, 1, setting.language)
    beyond = change > 0 and now[0].kind != PeriodKind.YEAR and now[0].unit in COUNT_UNITS
    open_ = unlike and not (beyond and claim.direction in {"higher", "lower"})
    text = f"{now[0].column}: {one.text}; {then[0].column}: {two.text}"
    verdict = Verdict.NOT_COMPARABLE if open_ else holds
    return told(verdict, f"{one.text} mot {two.text}", text, (now[0], then[0]))
