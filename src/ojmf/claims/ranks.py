"""Judging a highest or lowest: of months, of the rows of a table, or of their changes."""

from __future__ import annotations

from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.amounts import cells_of, difference, of_cell, quotient, short, told
from ojmf.claims.claim import GOOD, Claim, Judgement
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.quantities import quantities
from ojmf.claims.scope import Scope
from ojmf.claims.table_rows import MONEY, Cell, Concept, is_sum
from ojmf.model import COUNT_UNITS, PeriodKind


def judge_rank(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A highest or lowest: of the months named, or of the row among the rows of its table.

    What is said of every year must hold of each that the table has.
    """
    unit = next((c.unit for c in concept.cells if c.unit in MONEY), "")
    many = compiled(setting.language.aggregate.many).search(claim.quote)
    name = claim.scenario.removeprefix("forecast_")
    if many and any(c.unit in COUNT_UNITS and c.scenario == name for c in concept.cells):
        unit = ""
    yearly = compiled(setting.language.aggregate.yearly).search(claim.quote) is not None
    if claim.basis == "previous_year":
        return None if yearly else _moved_most(claim, concept, setting)
    if yearly:
        return _each_year(claim, concept, unit, setting) if concept.monthly else None
    if concept.monthly:
        cells = cells_of(concept, "outcome", unit, claim.when.year or setting.now)
        return _of_months(claim, cells, unit, setting)
    if compiled(setting.language.aggregate.of_years).search(claim.quote):
        return _of_years(claim, concept, setting)
    scenario = next(
        (
            s
            for s in (claim.scenario, "budget", "forecast")
            if cells_of(concept, s, unit, strict=True, region=claim.region)
        ),
        claim.scenario,
    )
    rows = [
        (row, cells[0])
        for row in peers(concept, setting)
        if (cells := _ranked_by(row, scenario, unit, claim, setting))
    ]
    named = [cell for row, cell in rows if row is concept]
    others = [cell for row, cell in rows if row is not concept]
    apart = scenario in {"deviation", "forecast_deviation"}
    good = phrases.toward(claim.quote, setting.language)[1] if apart else 0
    small = good and claim.direction == "lower"
    exceeded = compiled(setting.language.scenario.exceeded).search(claim.quote)
    unclear = (
        not named
        or small
        or (exceeded and not apart)
        or (unit and len({cell.unit for _, cell in rows}) > 1)
    )
    among = counted(claim, setting.language) in {None, len(rows)}
    if unclear or not among or _of_else(claim, rows, setting):
        return None
    return _ranked(claim, named, others, unit, setting, good=good)


def _of_else(claim: Claim, rows: list[tuple[Concept, Cell]], setting: Setting) -> bool:
    """Whether a rank is by something that the table does not give ("minst marginal")."""
    names = [name for row, cell in rows for name in (row.label, row.table, cell.column)]
    words = claim.sentence.text[claim.offset :].split()
    scope = Scope((*names, claim.sentence.heading, claim.sentence.section), setting.language)
    by = words[1].strip(",.;:()") if len(words) > 1 else ""
    return bool(by) and by.islower() and scope.kind(by) == "other"


def counted(claim: Claim, language: Language) -> int | None:
    """How many a rank is said to be among ("den största av de fyra"); null where it is not said."""
    text, of_all = claim.sentence.text, compiled(language.aggregate.of_all)
    among = [q.value for q in quantities(text, language) if of_all.search(text[: q.start])]
    return int(among[0]) if len(among) == 1 else None


def _ranked_by(
    row: Concept, scenario: str, unit: str, claim: Claim, setting: Setting
) -> list[Cell]:
    """The figures of a row that a rank is of: counts where "most" and "fewest" are counted."""
    year, region = claim.when.year or setting.now, claim.region
    cells = cells_of(row, scenario, unit, year, strict=True, region=region)
    many = compiled(setting.language.aggregate.many).search(claim.quote)
    return [c for c in cells if c.unit in COUNT_UNITS] or cells if many else cells


def _of_years(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """The year named among the years of a row.

    Null where a part of a year would have to be less than a whole one.
    """
    unit = concept.cells[0].unit
    cells = cells_of(concept, "outcome", unit, strict=True)
    named = [c for c in cells if c.year == claim.when.year]
    others = [c for c in cells if c not in named]
    unlike = len({c.kind for c in cells}) > 1
    counted = unit in COUNT_UNITS or unit in MONEY
    if not named or not others or (unlike and (claim.direction == "lower" or not counted)):
        return None
    return _ranked(claim, named, others, unit, setting)


def _of_months(claim: Claim, cells: list[Cell], unit: str, setting: Setting) -> Judgement | None:
    """The months named among some months; null where one side is empty."""
    named = [c for c in cells if c.month in claim.when.months]
    others = [c for c in cells if c not in named]
    return _ranked(claim, named, others, unit, setting) if named and others else None


def _each_year(claim: Claim, concept: Concept, unit: str, setting: Setting) -> Judgement | None:
    """The months named in every year, among the months that all years have and among all."""
    cells = cells_of(concept, "outcome", unit)
    years = [
        [c for c in cells if (c.year or 0) == year] for year in sorted({c.year or 0 for c in cells})
    ]
    shared = set.intersection(*({c.month for c in own} for own in years)) if years else set()
    alike = [[c for c in own if c.month in shared] for own in years]
    judged = [_of_months(claim, own, unit, setting) for own in (*alike, *years)]
    found = [one for one in judged if one is not None]
    wrong = [one for one in found[: len(years)] if one.verdict not in GOOD]
    beyond = [one for one in found[len(years) :] if one.verdict not in GOOD]
    if len(years) < 2 or len(found) < len(judged) or bool(wrong) is not bool(beyond):
        return None
    return replace(
        (wrong or found)[0],
        computation="; ".join(one.computation for one in wrong or found[: len(years)]),
        cells=tuple(row for one in wrong or found[: len(years)] for row in one.cells),
    )


def _ranked(
    claim: Claim,
    named: list[Cell],
    others: list[Cell],
    unit: str,
    setting: Setting,
    *,
    good: int = 0,
) -> Judgement:
    """Whether some figures are the highest or lowest; of surpluses or deficits, that way.

    Or the next after it, where there is one.
    """

    def size(cell: Cell) -> float:
        return good * cell.value if good else abs(cell.value)

    higher, next_ = claim.direction == "higher", claim.aggregate == "next"
    ordered = sorted((*named, *others), key=size, reverse=higher)
    extreme = ordered[1 if next_ and others else 0]
    sizes, rest = [size(c) for c in named], [size(c) for c in others]
    holds = min(sizes) >= max(rest, default=0.0) if higher else max(sizes) <= min(rest, default=0.0)
    if next_:
        holds = sizes == [size(extreme)] and rest.count(size(ordered[0])) == 1
    word = ("näst " if next_ else "") + ("störst" if higher else "minst")
    labels = {setting.concepts.holding(cell.row).label for cell in (*named, *others)}
    where = extreme.column if len(labels) == 1 else setting.concepts.holding(extreme.row).label
    where = short([extreme]) if extreme.kind == PeriodKind.MONTH else where
    shown = of_cell(extreme, unit).shown
    return told(holds, f"{where}: {shown}", f"{word} är {shown} ({where})", (*named, extreme))


def peers(concept: Concept, setting: Setting) -> list[Concept]:
    """The rows that a row may be ranked among: those of its table and side that are no sums."""
    return [
        row
        for row in setting.concepts.all
        if row.table == concept.table
        and row.heading == concept.heading
        and row.cost == concept.cost
        and not is_sum(row, setting.language)
    ]


def _moved_most(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """A row that has risen or fallen most against the same figures of the year before.

    Null where it is since another time.
    """
    relative = compiled(setting.language.aggregate.relative).search(claim.quote)
    if claim.when.months or claim.when.year not in {None, setting.now}:
        return None
    unit, way = concept.cells[0].unit, 1 if claim.direction == "higher" else -1
    rows = []
    for row in peers(concept, setting) if not concept.monthly else ():
        name = "outcome" if any(c.scenario == "outcome" for c in row.cells) else "budget"
        now = cells_of(row, name, unit, setting.now, strict=True)
        then = cells_of(row, name, unit, setting.now - 1, strict=True)
        if now and then and now[0].kind == then[0].kind:
            base = of_cell(then[0], unit)
            figure = difference(of_cell(now[0], unit), base)
            share = quotient(figure, base, f"({figure.text}) / {base.text}") if relative else figure
            if share is None:
                return None
            rows.append((way * share.value, row, share))
    if len(rows) < 2 or all(row is not concept for _, row, _ in rows):
        return None
    next_ = claim.aggregate == "next"
    most = sorted((value for value, _, _ in rows), reverse=True)[1 if next_ else 0]
    _, row, figure = next(one for one in rows if one[0] == most)
    holds = most > 0 and any(value == most and one is concept for value, one, _ in rows)
    text = f"{'näst ' if next_ else ''}störst skillnad är {figure.text} ({row.label})"
    return told(holds, f"{row.label}: {figure.shown}", text, figure.cells)
