"""How large a part one figure of a sentence is of another, by what the sentence itself gives.

Where a share stands beside figures that agree with the tables ("243 anställda, varav 180 kvinnor,
tre fjärdedelar"), it is theirs; the words behind it may name the whole by its row ("hälften av
intäkterna"), or by what is said of the row at hand ("två tredjedelar av årsbudgeten").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ojmf.claims import phrases
from ojmf.claims.amounts import Figure, cells_of, compare, judgement, months_of, of_cell, quotient
from ojmf.claims.amounts import total as added
from ojmf.claims.claim import DIFFERENCES, GOOD, OPEN, Claim, Judgement, Kind, Verdict, When
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import SHARES, Linker
from ojmf.claims.quantities import Quantity
from ojmf.claims.shares import in_percent
from ojmf.claims.table_rows import MONEY, Cell, Concept, is_whole
from ojmf.model import PeriodKind
from ojmf.printed import swedish

_SHARES = frozenset({Kind.LEVEL, Kind.UNKNOWN, Kind.SHARE, Kind.RATIO, Kind.STATUS})
_LEFT = (*OPEN, Verdict.NOT_COMPARABLE)
_PLANNED = frozenset({"budget", "forecast"})
_LAST, _VAGUE, _TWO = 12, 0.25, 2
_FIGURES = DIFFERENCES | {Kind.LEVEL, Kind.COMPARISON, Kind.STATUS}
_END = r"[.,;:()–#]|\s(?:och|men|medan|samt)\s|$"


def judge_relations(
    claims: Sequence[Claim], judged: list[Judgement], linker: Linker, setting: Setting
) -> None:
    """Judge the shares that are still open by the figures beside them."""
    for place, (claim, before) in enumerate(zip(claims, judged, strict=True)):
        if before.verdict not in _LEFT or claim.kind not in _SHARES:
            continue
        share = in_percent(claim, setting.language) if claim.values else None
        if share is None or claim.region:
            continue
        beside = [
            (one, told)
            for one, told in zip(claims, judged, strict=True)
            if one.sentence is claim.sentence and one is not claim
        ]
        found = _Relation(claim, share, beside, linker, setting).judge()
        if found is not None:
            judged[place] = replace(found, link=found.link or before.link)


def _figure(said: Quantity, cells: tuple[Cell, ...] = ()) -> Figure:
    return Figure(said.value, said.half, swedish(said.value), said.text, cells)


@dataclass(frozen=True)
class _Relation:
    claim: Claim
    share: Quantity
    beside: Sequence[tuple[Claim, Judgement]]
    linker: Linker
    setting: Setting

    def judge(self) -> Judgement | None:
        """The verdict by the first part and whole that the sentence gives; null without them.

        Where words may mean the whole of more than one row, any of them may be right.
        """
        for part, whole in (*self._ratios(), *self._figures(), *self._last()):
            return self._told(part, whole, Verdict.TEXT_AGAINST_TEXT)
        told = [self._told(part, whole, Verdict.CONTRADICTS) for part, whole in self._rows()]
        right = (one for one in told if one is not None and one.verdict in GOOD)
        return next(right, None) or (told[0] if told and None not in told else None)

    def _told(self, part: Figure, whole: Figure, wrong: Verdict) -> Judgement | None:
        size = replace(part, value=part.size)
        figure = quotient(size, whole, f"{part.shown.lstrip('−')} / {whole.shown.lstrip('−')}")
        if figure is None or figure.half > _VAGUE * figure.size:
            return None
        claim = replace(self.claim, values=(self.share,))
        verdict = compare(self.share, figure)
        return judgement(verdict if verdict in GOOD else wrong, figure, claim)

    @cached_property
    def _text(self) -> str:
        return self.claim.sentence.text

    @cached_property
    def _end(self) -> int:
        return max(value.end for value in self.claim.values)

    @cached_property
    def _known(self) -> list[tuple[Quantity, Claim, Judgement]]:
        """The figures of the sentence that agree with a table, in order."""
        found = [
            (one.values[0], one, told)
            for one, told in self.beside
            if told.verdict in GOOD
            and told.cells
            and one.values
            and one.unit not in SHARES
            and one.kind in _FIGURES
        ]
        return sorted(found, key=lambda item: item[0].start)

    def _ratios(self) -> Iterator[tuple[Figure, Figure]]:
        """A part and a whole in one phrase ("15 av 20, alltså 75 procent")."""
        for one, _ in self.beside:
            if len(one.values) != 2 or one.kind not in {Kind.RATIO, Kind.STATUS}:
                continue
            part, whole = one.values
            said, text = self.share, self._text
            first, last = sorted(((part.start, whole.end), (said.start, self._end)))
            between = compiled(self.setting.language.restated).search(text[first[1] : last[0]])
            behind = text[last[1] :].lstrip()
            if between and (between[0][-1] not in "(," or behind[:1] in {")", ",", "."}):
                yield _figure(part), _figure(whole)

    def _last(self) -> Iterator[tuple[Figure, Figure]]:
        """A part and a whole before a share that ends the sentence ("..., knappt en tredjedel")."""
        language, text = self.setting.language, self._text
        ends = not text[self._end :].strip(" .")
        if not ends or not compiled(language.ends_with).search(text[: self.share.start]):
            return
        said = [
            one.values
            for one, told in self.beside
            if one.kind is Kind.RATIO and len(one.values) == _TWO and told.verdict in GOOD
        ]
        known = [item[0] for item in self._known]
        if not said and len(known) == _TWO and _alike(*known):
            said = [tuple(sorted(known, key=lambda one: abs(one.value)))]
        if len(said) == 1:
            yield _figure(said[0][0]), _figure(said[0][1])

    def _figures(self) -> Iterator[tuple[Figure, Figure]]:
        """A part and a whole among the figures that agree."""
        text, language = self._text, self.setting.language
        before = [item for item in self._known if item[0].end <= self.share.start]
        behind = [item for item in self._known if item[0].start >= self._end]
        of = compiled(language.part_of).match(text[self._end :])
        spent = compiled(language.scenario.used_up)
        used = spent.search(text[self._end :]) or spent.search(text[: self.share.start])
        if of and behind and not compiled(_END[:-2]).search(text[self._end : behind[0][0].start]):
            whole = behind[0]
            if before and _alike(before[-1][0], whole[0]):
                yield self._stated(before[-1]), self._stated(whole)
            elif not before and used and (cell := self._outcome(whole[2])):
                yield of_cell(cell, whole[1].unit), self._stated(whole)
            return
        if of or not before:
            return
        part = before[-1]
        led = compiled(r"^av\s[^,;]*$").match(text[: part[0].start])
        if len(before) == 1 and led and used and (cell := self._outcome(part[2])):
            yield of_cell(cell, part[1].unit), self._stated(part)
        if len(before) < 2 or not _alike(before[-2][0], part[0]):
            return
        whole = before[-2]
        partly = compiled(rf"\b(?:{language.part}|av dem)\b").search(
            text[whole[0].end : self.share.start]
        )
        first = compiled(r"^av\s[^,;]*$").match(text[: whole[0].start])
        apart = compiled(language.restated).search(text[part[0].end : self.share.start])
        if (partly or first) and apart and text[self._end :].lstrip()[:1] in {".", ",", ")", ""}:
            yield self._stated(part), self._stated(whole)

    def _stated(self, known: tuple[Quantity, Claim, Judgement]) -> Figure:
        """A figure as the sentence gives it, with the cells that it agrees with."""
        said, _, told = known
        rows = self.linker.concepts.all
        return _figure(said, tuple(c for row in rows for c in row.cells if c.row in told.cells))

    def _outcome(self, told: Judgement) -> Cell | None:
        """The outcome so far of the row of a figure that is its budget or forecast."""
        row = self.linker.concepts.all[told.link.concept] if told.link else None
        cells = [c for c in row.cells if c.row in told.cells] if row else []
        if row is None or not cells or cells[0].scenario not in _PLANNED:
            return None
        unit, now = cells[0].unit, self.setting.now
        return next(iter(cells_of(row, "outcome", unit, now, strict=True)), None)

    def _rows(self) -> Iterator[tuple[Figure, Figure]]:
        """A part and a whole that the words behind the share name."""
        language = self.setting.language
        half = "" if self.share.text.casefold().endswith("halva") else r"av\s+"
        of = compiled(rf"^\s+{half}(?P<whole>.+?)(?:{_END})").match(self._text[self._end :])
        if of is None:
            return
        used = compiled(language.scenario.used_up).search(of["whole"])
        said = of["whole"][: used.start()] if used else of["whole"]
        part = self._part(self._text[: self.share.start])
        rows = [row for row, _, full in self.linker.named(said, self.claim) if full]
        if not rows and part and compiled(language.subject.whole).search(said.strip()):
            beside = (row for row in self.linker.concepts.all if row.table == part[0].table)
            rows = [row for row in beside if is_whole(row, language)]
        if part and len(rows) > 1:
            rows = [row for row in rows if row.table == part[0].table]
        if len(rows) != 1:
            rows = []
        if part and rows[:1] != [part[0]] and not self.linker.unexplained(said, [part[0]]):
            rows.insert(0, part[0])
        scenario = phrases.scenario((said,), language)
        for row in rows:
            unit, now = row.cells[0].unit, self.setting.now
            cells = [] if row.monthly else cells_of(row, "outcome", unit, now, strict=True)
            own = part[1] if part else None
            if own is None and used and scenario in _PLANNED and cells:
                own = of_cell(cells[0], unit)
            base = self._whole(row, said, scenario) if own else None
            if own and base and own.cells != base.cells:
                yield own, base

    def _part(self, before: str) -> tuple[Concept, Figure] | None:
        """The row that a share is a part from, by a figure before it or by its name alone."""
        known = [item for item in self._known if item[0].end <= len(before)]
        rows = [row for row, _, full in self.linker.named(self.claim.near[0], self.claim) if full]
        if known:
            _, claim, told = known[-1]
            row = self.linker.concepts.all[told.link.concept] if told.link else None
            apart = compiled(self.setting.language.restated)
            beside = apart.search(before[known[-1][0].end :]) is not None
            if row and (beside or claim.kind is Kind.LEVEL):
                return row, self._stated(known[-1])
            rows = [row] if row else []
        if len(rows) != 1 or rows[0].monthly:
            return None
        scenario = "forecast" if self.claim.scenario == "forecast" else "outcome"
        cells = cells_of(rows[0], scenario, rows[0].cells[0].unit, self.setting.now, strict=True)
        return (rows[0], of_cell(cells[0], cells[0].unit)) if cells else None

    def _whole(self, row: Concept, said: str, scenario: str) -> Figure | None:
        """The figure of a row that a text says a share is of."""
        when = phrases.when(said, self.setting.language, self.setting.now)
        if row.monthly:
            cells = months_of(row, "", When(year=when.year), self.setting.now)
            whole = cells and (when.span != "year" or cells[-1].month == _LAST)
            return added(cells, "") if whole else None
        so_far = compiled(self.setting.language.scenario.so_far).search(said)
        year = when.year or self.setting.now
        planned = scenario in _PLANNED
        cells = cells_of(row, scenario, row.cells[0].unit, year, strict=planned)
        if planned and so_far:
            cells = [c for c in cells if c.kind != PeriodKind.YEAR]
        return of_cell(cells[0], cells[0].unit) if cells else None


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may be a part and a whole: both in money, or neither."""
    return (one.unit in MONEY) is (other.unit in MONEY)
