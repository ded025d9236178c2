"""Which of two rows is greater, in words alone ("lönerna är större än hyrorna")."""

from __future__ import annotations

from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.amounts import cells_of, months_of, of_cell, short, told
from ojmf.claims.claim import Claim, Judgement, Link, Verdict
from ojmf.claims.distances import told_apart
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import Linker
from ojmf.claims.quantities import quantities
from ojmf.claims.table_rows import MONEY, Cell, Concept, tokens
from ojmf.model import DIFFERENCES


def judge_two_rows(claim: Claim, linker: Linker, setting: Setting) -> Judgement | None:
    """The verdict on which of two rows of a table is greater.

    Null where a row is set beside another time, a budget, a figure or other municipalities; open
    where it is not clear what it is set beside, or which of their figures are meant.
    """
    language = setting.language
    than = compiled(language.against).search(claim.quote)
    if than is None or claim.region or claim.values or quantities(than["what"], language):
        return None
    what, before = than["what"], claim.quote[: than.start()]
    ones = [row for row, _, full in linker.named(before, claim) if full]
    others = [row for row, _, full in linker.named(what, claim) if full]
    timed = phrases.when(what, language, setting.now)
    named = tokens(what, language)  # none in "lägre än så"
    alike = not others or any(one is other for one in ones for other in others)
    if (
        not named
        or timed.text
        or timed.year
        or (alike and phrases.is_time(what, language, setting.now))
    ):
        return None
    pairs = [
        (one, other)
        for one in ones
        for other in others or told_apart(one, what, linker, language)
        if one is not other and (one.monthly, one.table) == (other.monthly, other.table)
    ]
    moved = compiled(language.trend.change).search(before)
    if moved or len(pairs) != 1:
        return Judgement(Verdict.NOT_TESTABLE)
    first, second = (_cell(row, claim, setting) for row in pairs[0])
    if first is None or second is None or first.kind != second.kind or first.unit != second.unit:
        return Judgement(Verdict.NOT_TESTABLE)
    one, other = (of_cell(cell, cell.unit) for cell in (first, second))
    gap = {"higher": 1, "lower": -1}.get(str(claim.direction), 0) * (one.size - other.size)
    holds = (gap > 0) is not claim.negated if claim.direction != "same" else one.size == other.size
    shown = [one.shown.lstrip("−"), other.shown.lstrip("−")]
    sides = zip(pairs[0], (first, second), shown, strict=True)
    text = "; ".join(
        f"{row.label} ({short([cell]) if row.monthly else cell.column}): {figure}"
        for row, cell, figure in sides
    )
    found = told(holds, f"{shown[0]} mot {shown[1]}", text, (first, second))
    return replace(found, link=Link(pairs[0][0].number, 1.0, pairs[0][1].number))


def _cell(row: Concept, claim: Claim, setting: Setting) -> Cell | None:
    """The figure of a row that a sentence sets beside another; null where one must be chosen."""
    if claim.scenario in DIFFERENCES:
        return None
    unit = next((c.unit for c in row.cells if c.unit in MONEY), "")
    if row.monthly:
        months = months_of(row, unit, claim.when, setting.now) if claim.when.months else []
        return months[0] if len(months) == 1 else None
    year = claim.when.year or setting.now
    cells = cells_of(row, claim.scenario, unit, year)
    return cells[0] if cells else None
