"""What else a figure may be: every other reading that a sentence allows, before it is wrong.

The rows are those that the words touch, the totals of their tables, and the second best link; the
figures are levels, changes, deviations, shares, means and sums of the periods and scenarios that
the sentence speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from ojmf.claims.allowed import Allowed
from ojmf.claims.amounts import Figure, added, compare, difference, mean, of_cell, quotient, total
from ojmf.claims.claim import GOOD, Claim, Judgement, Kind
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import SHARES, Linker, fits
from ojmf.claims.quantities import quantities
from ojmf.claims.ranks import peers
from ojmf.claims.table_rows import (
    MONEY,
    PLANNED,
    Cell,
    Concept,
    follows,
    is_sum,
    is_whole,
    like_cells,
    likeness,
    tokens,
    toward_good,
)
from ojmf.model import DIFFERENCES as DIFFERENCE_SCENARIOS
from ojmf.model import PeriodKind

_TOUCHED, _NAMED, _TITLED, _IN_FULL = 0.4, 0.5, 0.6, 0.95
_CLOSE, _SAME, _TWO = 0.1, 1e-9, 2
_NO_FIGURE = frozenset({"answer", "category"})
_UNTRIED = frozenset({Kind.STATUS, Kind.TABLE})
_UP = {"lower": -1, "higher": 1}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure that may be meant, and the sign that the sentence gives it (0 for any)."""

    figure: Figure
    sign: int = 0


def another_reading(
    claim: Claim,
    judgement: Judgement,
    linker: Linker,
    setting: Setting,
    *,
    settled: bool,
    taken: frozenset[int] = frozenset(),
) -> Figure | None:
    """A figure other than the one a claim was set against that its sentence may mean and agrees.

    The row is ``settled`` where a figure of the sentence agrees with it and the claim names none;
    the rows ``taken`` are other figures'.

    Bounds ("över 100") agree with too much to be read another way, and a percentage in brackets is
    of the amount before it.
    """
    if not claim.values or claim.kind in _UNTRIED or claim.percent_of or claim.basis == "region":
        return None
    said = claim.values[0]
    if max(said.above, said.below) >= abs(said.value) or _sign_alone(claim, judgement, setting):
        return None
    for reading in _Readings(claim, setting, judgement, linker, settled, taken).all():
        vague = claim.unit in SHARES and reading.figure.half > abs(said.value) / _TWO
        if not vague and compare(said, reading.figure, reading.sign) in GOOD:
            return reading.figure
    return None


def _sign_alone(claim: Claim, judgement: Judgement, setting: Setting) -> bool:
    """Whether a printed deviation is the stated one with the other sign, which the text writes."""
    said = claim.values[0]
    cells = [c for row in setting.concepts.all for c in row.cells if c.row in judgement.cells]
    printed = len(cells) == 1 and cells[0].scenario in DIFFERENCE_SCENARIOS
    return said.signed and printed and abs(cells[0].value + said.value) <= said.half


@dataclass(frozen=True)
class _Readings(Allowed):
    judgement: Judgement
    linker: Linker
    settled: bool
    taken: frozenset[int]

    def all(self) -> Iterator[_Reading]:
        """Every reading, of single rows first."""
        rows = self._rows()
        for row, _ in rows:
            yield from self._of_row(row)
        single = [(row, named) for row, named in rows if not row.monthly]
        shares = self.claim.unit in SHARES and not self.differs
        paired = [row for row, named in single if shares or named >= _NAMED]
        for one, other in combinations(paired, 2):
            yield from self._of_two(one, other)
        yield from self._of_all()

    def _rows(self) -> list[tuple[Concept, float]]:
        """The rows that the words touch, how well they name them, and the totals beside them.

        Of rows of many sections, those of the sentence's own are meant.
        """
        concepts, language, claim = self.linker.concepts.all, self.setting.language, self.claim
        found: dict[int, float] = {}
        words: list[str] = []
        link = self.judgement.link
        if link and self.settled:
            return [(concepts[link.concept], 1.0)]
        for text in (*claim.near[:1], claim.sentence.text):
            words, named = self.linker.touched(text, _TOUCHED)
            for number, how in named.items():
                found[number] = max(how, found.get(number, 0.0))
            best = max(found.values(), default=0.0)
            if (
                best >= _NAMED
                and link
                and not self.joined
                and found.get(link.concept, 0.0) >= best - _CLOSE
            ):
                found = {number: how for number, how in found.items() if how >= best - _CLOSE}
                break
        if link:
            found.setdefault(link.concept, 0.0)
            if link.runner_up is not None and found[link.concept] < _IN_FULL:
                found.setdefault(link.runner_up, 0.0)
        clear = any(how >= _NAMED for how in found.values())
        tables = {(concepts[n].table, concepts[n].heading) for n in found}
        for row in concepts if not clear else ():
            if is_sum(row, language) or is_whole(row, language):
                title = tokens(row.table, language)
                titled = any(likeness(t, word) >= _TITLED for t in title for word in words)
                if titled or (row.table, row.heading) in tables:
                    found.setdefault(row.number, 0.0)
        rows = [(concepts[n], named) for n, named in found.items() if n not in self.taken]
        section = claim.sentence.section
        if link and concepts[link.concept].heading == section:
            return [(row, named) for row, named in rows if row.heading in {"", section}]
        return rows

    def _cells(self, row: Concept) -> list[Cell]:
        """The figures of a row that the sentence may be about."""
        cells = [
            c
            for c in row.cells
            if c.value == c.value and c.unit not in _NO_FIGURE and c.region == self.claim.region
        ]
        cells = [
            c
            for c in cells
            if (
                c.scenario in self.scenarios
                and not (self.claim.side and c.scenario in DIFFERENCE_SCENARIOS)
            )
            or (c.scenario == "change" and self.differs)
        ] or cells
        if self.forecast_named:
            cells = [c for c in cells if c.scenario != "deviation" or c.kind == PeriodKind.YEAR]
        words, near = self.setting.language.scenario, self.claim.near[0]
        yearly = self.claim.when.span == "year" or compiled(words.whole_year).search(near)
        if self.claim.kind is Kind.DEVIATION and yearly:
            cells = [c for c in cells if c.kind == PeriodKind.YEAR] or cells
        so_far = compiled(words.so_far).search(near)
        if self.claim.when.span == "period" or so_far:
            part = [
                c for c in cells if c.kind != PeriodKind.YEAR or c.scenario in PLANNED - {"target"}
            ]
            cells = [c for c in part if c.kind != PeriodKind.YEAR or not self.differs] or cells
        return [c for c in cells if c.year in self.years and self._within(c)]

    def _within(self, cell: Cell) -> bool:
        """Whether a figure is of months that the sentence names, or of a whole year."""
        when, months = self.claim.when, self.months
        span = when.months
        dated = len(span) == 1 and when.year and str(when.year) in when.text
        if dated and not self.differs and cell.kind == PeriodKind.MONTH:
            return (cell.year, cell.month) == (when.year, span[0])
        if not months or not cell.months or cell.kind == PeriodKind.YEAR:
            return True
        if len(span) > 1 and cell.kind != PeriodKind.MONTH:
            return cell.months == span
        return cell.months[-1] in months

    def _sign(self, row: Concept) -> int:
        """Whether the sentence says that the size of a row has grown or shrunk."""
        if not self.differs:
            return 0
        if self.claim.values[0].signed:
            return -1 if self.claim.values[0].value < 0 else 1
        good = toward_good(row, self.setting.language) or (-1 if row.cost else 1)
        return _UP.get(str(self.claim.direction), 0) or self.claim.good * good

    def _of_row(self, row: Concept) -> Iterator[_Reading]:
        cells, claim, unit = self._cells(row), self.claim, self.claim.unit
        sign, signed = self._sign(row), claim.values[0].signed
        moved = compiled(self.setting.language.trend.moved).search(claim.near[0])
        since = claim.when.since and not moved
        whole = len(claim.when.months) > _TWO and not claim.when.since
        distance = bool(sign) or (claim.kind is Kind.DEVIATION and self.apart_from)
        both = claim.when.months and compiled(self.setting.language.aggregate.both).search(
            claim.sentence.text
        )
        joint = row.monthly and (claim.aggregate == "mean" or since or whole or both)
        for cell in cells if unit != "percentage_points" and not joint else ():
            if claim.kind is Kind.DEVIATION and self._is_level(cell) and not self.apart_from:
                yield _Reading(of_cell(cell, unit).named(row.label))
            if self.denied and cell.unit == unit == "percent":
                one = of_cell(cell, unit)
                text = f"100 − {one.shown} ({row.label})"
                yield _Reading(replace(one, value=100 - one.value, text=text))
            if fits(unit, cell.unit) and (cell.scenario in DIFFERENCE_SCENARIOS or not distance):
                printed = cell.scenario == "deviation" and cell.unit in MONEY and not signed
                way = -sign if printed and row.cost else sign
                yield _Reading(of_cell(cell, unit).named(row.label), way)
                yield from self._per_month(row, cell)
        levels = [c for c in cells if c.scenario not in DIFFERENCE_SCENARIOS]
        for now, then in permutations(levels, 2) if not whole or not row.monthly else ():
            if now.unit == then.unit and follows(now, then) and self._from(now, then):
                yield from self._apart(row, now, then, sign)
        if claim.scenario == "budget" and not self.differs:
            yield from self._budget_of_period(row)
        if row.monthly and not self.differs and not since:
            for year in sorted(self.years):
                months = [c for c in levels if c.year == year and fits(unit, c.unit)]
                if len(months) > 1:
                    yield _Reading(total(months, unit))
                    yield _Reading(mean(months, unit, whole=claim.values[0].exact))

    def _budget_of_period(self, row: Concept) -> Iterator[_Reading]:
        """The budget that an outcome and its deviation leave: the part-year's is not printed."""
        outcomes = [c for c in row.cells if c.scenario == "outcome" and c.unit in MONEY]
        for one in outcomes:
            for apart in row.cells:
                if apart.scenario == "deviation" and (one.start, one.end) == (
                    apart.start,
                    apart.end,
                ):
                    parts = [of_cell(c, self.claim.unit) for c in (one, apart)]
                    yield _Reading(difference(*parts))
                    yield _Reading(added([replace(part, value=part.size) for part in parts]))

    def _of_all(self) -> Iterator[_Reading]:
        """The levels that the rows have together that a sentence means all of.

        Their deviations are their total's, which has a sign.
        """
        unit = self.claim.unit
        for rows in self._joint() if unit not in SHARES and not self.differs else ():
            for cell in self._cells(rows[0]):
                like = [c for row in rows for c in self._cells(row) if like_cells(c, cell)]
                if len(like) == len(rows) and fits(unit, cell.unit):
                    yield _Reading(total(like, unit))

    def _joint(self) -> Iterator[list[Concept]]:
        """All rows of the table where the sentence says how many they are; its costs or incomes."""
        link, language = self.judgement.link, self.setting.language
        if link is None:
            return
        own, text = self.setting.concepts.all[link.concept], self.claim.sentence.text
        rows, each = peers(own, self.setting), compiled(language.aggregate.each_of)
        said = quantities(text, language)
        if any(one.value == len(rows) and each.search(text[: one.start]) for one in said):
            yield rows
        sides = ((language.cause.cost, "cost"), (language.cause.income, "income"))
        for words, side in sides if self.claim.unit in MONEY else ():
            if compiled(rf"\b{words}").search(self.claim.near[0]):
                of_side = [r for r in self.setting.concepts.all if r.side == side]
                beside = [r for r in of_side if r.table == own.table and not is_sum(r, language)]
                yield from [beside] if beside else []

    def _is_level(self, cell: Cell) -> bool:
        """Whether a telling figure is the very one of a cell, and so hardly a distance."""
        said = self.claim.values[0]
        same = abs(abs(cell.value) - abs(said.value)) < _SAME and fits(said.unit, cell.unit)
        return said.telling and same and cell.scenario not in DIFFERENCE_SCENARIOS

    def _from(self, now: Cell, then: Cell) -> bool:
        """Whether a figure is of the month and year that the sentence gives to compare with.

        Two months of a year are set beside each other only where the sentence names two.
        """
        earlier, named = self.claim.earlier, self.months
        if (
            now.kind == then.kind == PeriodKind.MONTH
            and now.month != then.month
            and (len(named) < _TWO and self.claim.basis != "months")
        ):
            return False
        if self.claim.kind is Kind.DEVIATION and self.apart_from:
            return then.scenario in PLANNED
        dated = earlier.months and str(earlier.year) in self.claim.sentence.text
        return not dated or (then.year, then.month) in {(earlier.year, m) for m in earlier.months}

    def _per_month(self, row: Concept, cell: Cell) -> Iterator[_Reading]:
        """What a figure of several months is for each of them."""
        count = len(cell.months)
        if count > 1 and not self.differs and cell.unit not in SHARES:
            one = of_cell(cell, self.claim.unit)
            text = f"{row.label}: {one.shown} / {count}"
            yield _Reading(replace(one, value=one.value / count, half=one.half / count, text=text))

    def _apart(self, row: Concept, now: Cell, then: Cell, sign: int) -> Iterator[_Reading]:
        """A change or a deviation of a row, in its unit or in percent, and one in percent of it."""
        unit = self.claim.unit
        if unit in SHARES and now.unit not in SHARES:
            if unit != "percent":
                return
            one, two = of_cell(now, now.unit), of_cell(then, then.unit)
            shares = [] if self.of_whole else [(difference(one, two), two, sign)]
            if not self.differs:
                shares += [(one, two, 0), (two, one, 0)]
            for over, under, way in shares:
                if share := quotient(over, under, f"{row.label}: {over.text} / {under.shown}"):
                    yield _Reading(share, way)
        elif self.against and (unit in SHARES or fits(unit, now.unit)):
            own = now.unit if unit in SHARES else unit
            yield _Reading(difference(of_cell(now, own), of_cell(then, own)).named(row.label), sign)

    def _of_two(self, row: Concept, other: Concept) -> Iterator[_Reading]:
        """What two rows are of each other or together, in figures of the same kind."""
        unit, text = self.claim.unit, self.claim.sentence.text
        than = compiled(rf"\b(?:{self.setting.language.against})").search(text)
        for one, two in (
            (a, b) for a in self._cells(row) for b in self._cells(other) if like_cells(a, b)
        ):
            if unit in SHARES and one.unit not in SHARES:
                same = (row.table, row.heading) == (other.table, other.heading)
                for over, under in ((one, two), (two, one)) if same and unit == "percent" else ():
                    figures = of_cell(over, over.unit), of_cell(under, under.unit)
                    shown = f"{figures[0].shown} / {figures[1].shown}"
                    if share := quotient(*figures, shown):
                        yield _Reading(share)
            elif unit in SHARES or fits(unit, one.unit):
                own = one.unit if unit in SHARES else unit
                if self.differs and than and one.scenario not in DIFFERENCE_SCENARIOS:
                    yield _Reading(difference(of_cell(one, own), of_cell(two, own)))
                if unit not in SHARES and (not self.differs or one.scenario == "deviation"):
                    yield _Reading(total([one, two], unit))
