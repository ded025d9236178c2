"""Deciding on a claim: the candidates it may be about, tried in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from ojmf.claims.answer_counts import AnswerCounts
from ojmf.claims.answer_tables import AnswerTables
from ojmf.claims.answers import Answers
from ojmf.claims.beside_rows import judge_two_rows
from ojmf.claims.causes import judge_cause
from ojmf.claims.changes import ends_alike, judge_change, judge_deviation
from ojmf.claims.claim import DIFFERENCES, GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.discourse import of_unit
from ojmf.claims.doubts import Doubts, nested
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting, ahead, judge_level, judge_side
from ojmf.claims.linking import Candidate, Linker, link
from ojmf.claims.movements import judge_own_figures, judge_trend
from ojmf.claims.ranks import judge_rank
from ojmf.claims.scope import accounted, foreign
from ojmf.claims.several import ADDED, Several
from ojmf.claims.shares import in_percent, judge_share
from ojmf.claims.table_rows import MONEY, Concept, Concepts

_REACH = 0.2
_REACH_FROM_SURE = 0.1
_PARTNER = 0.12
_LEAST_TREND = 0.6
_FAR_AHEAD = 0.25
_CLEAR = 0.09
_REACH_OF_FEW = 0.08
_MOST_TRIED = 8
_BOUND = 0.2
_PLANS = frozenset({"budget", "change"})
_UNSURE = "det är osäkert vilken tabellrad meningen gäller"


_JUDGES: Mapping[Kind, Callable[[Claim, Concept, Setting], Judgement | None]] = {
    Kind.LEVEL: judge_level,
    Kind.CHANGE: judge_change,
    Kind.DEVIATION: judge_deviation,
    Kind.COMPARISON: judge_side,
    Kind.TREND: judge_trend,
    Kind.RANK: judge_rank,
}
"""How a claim of each kind is judged; what is of no known kind is not testable."""


class Decider:
    """Links and judges the claims of one document."""

    def __init__(
        self, concepts: Concepts, observations: pl.DataFrame, setting: Setting, *, scanned: bool
    ) -> None:
        self.linker = Linker(concepts, setting.language)
        self.tables = AnswerTables(observations, setting.language)
        self.answers, self.counts = Answers(self.tables), AnswerCounts(self.tables)
        self.setting = setting
        self.limits = setting.language.link
        self.scanned = scanned
        ends = [
            cell.end or date.min
            for row in concepts.all
            for cell in row.cells
            if cell.scenario == "outcome" and cell.year == setting.now and cell.value == cell.value
        ]
        self.last = max(ends, default=date.max)

    def decide(self, claim: Claim) -> Judgement:
        """The verdict on a claim, with what it was linked to.

        What is told as past of months that the document does not reach is wrong.
        """
        found = self._decide(claim)
        judged = found.verdict in (Verdict.CONTRADICTS, Verdict.NOT_COMPARABLE)
        if judged or not found.link or not self.ahead(claim):
            return found
        until = self.setting.language.months.names[self.last.month - 1]
        note = f"uppgifterna går till och med {until} {self.last.year}, inte {claim.when.text}"
        return replace(found, verdict=Verdict.CONTRADICTS, expected=until, note=note)

    def ahead(self, claim: Claim) -> bool:
        """Whether an outcome is told of months that come after the last figures."""
        return ahead(claim, self.last, self.setting)

    def _decide(self, claim: Claim) -> Judgement:
        match claim.kind:
            case Kind.STATUS:
                return self._count(claim)
            case Kind.ANSWER:
                found = None if claim.region else self.answers.judge(claim)
                return found or Judgement(Verdict.NOT_LINKED)
            case Kind.CAUSE:
                return judge_cause(claim, self.linker, self.setting)
            case Kind.SHARE | Kind.RATIO:
                return self._share(claim)
            case Kind.TREND if len(claim.values) == 2:
                return judge_own_figures(claim, self.setting)
        return self._linked(claim)

    def _share(self, claim: Claim) -> Judgement:
        """The verdict on a share by two rows, or by one that is a share itself and agrees."""
        found = judge_share(claim, self.linker, self.setting, damaged=self._damaged(claim))
        said = claim.values[0]
        about = said.in_words and max(said.below, said.above) < _BOUND * said.value
        stated = claim.kind is Kind.RATIO or about
        share = in_percent(claim, self.setting.language) if stated else None
        if claim.kind is Kind.RATIO and found.verdict in OPEN:
            found = self._of_whole(claim) or found
        if share is None or found.verdict not in OPEN:
            return found
        told_of = claim.sentence.text[claim.values[-1].end :]
        regional = claim.region and compiled(self.setting.language.region_of).match(told_of)
        said_of = claim.quote
        for value in claim.values if regional else ():
            said_of = said_of.replace(value.text, " ", 1)
        level = replace(claim, kind=Kind.LEVEL, values=(share,), near=(said_of,), part=False)
        told = self._one(level)
        return told if regional or told.verdict in GOOD else found

    def _of_whole(self, claim: Claim) -> Judgement | None:
        """The verdict on a number out of one that is right ("tio av 32 deltagare har ...").

        What they did names the row of the number; an amount is of the budget of its own row. Null
        where the two are not of one table.
        """
        part, whole = claim.values
        behind = claim.sentence.text[whole.end :]
        level = replace(claim, kind=Kind.LEVEL, part=False)
        if whole.unit in MONEY:
            two = self._one(replace(level, values=(whole,), scenario="budget"))
            if two.verdict not in GOOD or two.link is None:
                return None
            said = of_unit(part, whole.text.partition(" ")[2], self.setting.language)
            spent = replace(level, values=(said,))
            found = [
                self.decide_on(replace(spent, scenario=name), two.link.concept)
                for name in ("outcome", "forecast")
            ]
            return next((one for one in found if one.verdict in GOOD), found[0])
        who = compiled(rf"\b{self.setting.language.trend.statement}").split(behind)[0]
        unit = replace(part, unit=whole.unit)
        deed = behind.removeprefix(who) or behind
        one = self._one(replace(level, values=(unit,), near=(deed,)))
        two = self._one(replace(level, values=(whole,), near=(f"{whole.text} {who}",)))
        if two.verdict not in GOOD or not one.link or not two.link:
            return None
        rows = [self.linker.concepts.all[link.concept] for link in (one.link, two.link)]
        beside = rows[0] is not rows[1] and rows[0].table == rows[1].table
        return one if beside else None

    def _linked(self, claim: Claim) -> Judgement:
        """The verdict on what is said of a row, of several rows, or of tables of answers."""
        counted = {Kind.RANK: self.counts.most, Kind.TREND: self.counts.against}
        if claim.kind in counted and (found := counted[claim.kind](claim)):
            return found
        several = Several(self.linker, self.setting, damaged=self._damaged(claim))
        if claim.kind is Kind.TREND:
            if found := judge_two_rows(claim, self.linker, self.setting):
                return found
            rows = self.linker.together(claim)
            if len(rows) > 1:
                return several.each(claim, rows, self._judge)
            return several.alone(claim, self._one(claim), self._judge)
        found = self._one(claim)
        return several.added(claim, found) if claim.kind in ADDED else found

    def decide_on(self, claim: Claim, number: int) -> Judgement:
        """The verdict on a claim that a figure of its own clause links to concept ``number``."""
        candidate = Candidate(self.linker.concepts.all[number], 1.0, 1.0)
        judgement = self._judge(claim, candidate)
        if judgement is None or (judgement.verdict not in GOOD and self._damaged(claim)):
            return self.decide(claim)
        return replace(judgement, link=link([candidate]))

    def _count(self, claim: Claim) -> Judgement:
        """The verdict on a count of answers; those of other years or places are not there."""
        found = self.counts.count(claim)
        if found is None:
            return self._one(replace(claim, kind=Kind.LEVEL))
        other = claim.when.year not in {None, self.setting.now} or self.counts.elsewhere(claim)
        since = compiled(self.setting.language.subject.compared).search(claim.sentence.text)
        other = other or since is not None
        return Judgement(Verdict.NOT_TESTABLE) if other and found.verdict not in GOOD else found

    def _judge(self, claim: Claim, candidate: Candidate) -> Judgement | None:
        """The verdict on a row.

        Of what is said of several years only ranks are judged. What has been in a year to come, or
        so far in another year, was in the present one. A
        difference that agrees says nothing of months that no figure of the row is of.
        """
        yearly = compiled(self.setting.language.aggregate.yearly).search(claim.quote)
        judge = None if yearly and claim.kind is not Kind.RANK else _JUDGES.get(claim.kind)
        if judge is None:
            return None
        known = {cell.scenario for cell in candidate.concept.cells}
        dated = str(self.setting.now) in claim.sentence.text
        if dated and claim.scenario == "outcome" and "budget" in known <= _PLANS:
            claim = replace(claim, scenario="budget")
        found = judge(claim, candidate.concept, self.setting)
        if claim.kind in DIFFERENCES and not ends_alike(claim, candidate.concept):
            right = found is not None and found.verdict in GOOD
            return Judgement(Verdict.NOT_TESTABLE) if right else found
        words, now, year = self.setting.language.trend, self.setting.now, claim.when.year
        text = claim.sentence.text
        so_far = compiled(words.until.replace("YEAR", str(year))).search(text) is not None
        if year is None or year == now or (year < now and not so_far):
            return found
        told = compiled(words.past).search(text) and not compiled(words.not_a_fact).search(text)
        past = so_far or told is not None
        if found is not None or not past:
            return found if past or claim.kind is not Kind.CHANGE else None
        present = replace(claim, when=replace(claim.when, year=now))
        found = judge(present, candidate.concept, self.setting)
        if found is None or found.verdict not in GOOD:
            return None
        note = f"uppgiften gäller {now}, inte {year}"
        return replace(found, verdict=Verdict.CONTRADICTS, note=note)

    def _one(self, claim: Claim) -> Judgement:
        candidates = self.linker.candidates(claim)
        near = [c for c in candidates if c.score >= self.limits.least - _REACH][:_MOST_TRIED]
        near = self._of_area(claim, near) or self._planned(claim, near) or near
        tried = [(c, self._judge(claim, c)) for c in near]
        usable = [(self._with_partner(claim, c), j) for c, j in tried if j is not None]
        usable.sort(key=lambda item: -item[0].score)
        usable = self._own_rows(claim, usable)
        if not usable:
            linked = bool(near) and near[0].score >= self.limits.least
            to = link(near) if linked else None
            return Judgement(Verdict.NOT_TESTABLE if linked else Verdict.NOT_LINKED, link=to)
        top, judgement = usable[0]
        first, words = top.concept, self.setting.language
        better = near[0].score > max(top.score + _CLEAR, self.limits.contradiction)
        if better and not (claim.values and claim.values[0].telling):
            return Judgement(Verdict.NOT_TESTABLE, link=link(near))
        if judgement.verdict not in GOOD:
            top, judgement = self._agreeing(claim, top, usable) or (top, judgement)
        to = link([top, *(c for c in near if c.concept.number != top.concept.number)])
        none = bool(claim.values) and claim.values[0].none
        lead = top.score - max((c.score for c, _ in usable[1:]), default=0.0)
        if top.score < self._least(claim, judgement, lead) or (
            none and foreign(claim, first, words)
        ):
            return Judgement(Verdict.NOT_LINKED)
        weak = top.score < min(self.limits.least, near[0].score)
        told = accounted(claim, top.concept, judgement, words, weak=weak)
        against = [c for c, j in usable if j.verdict not in GOOD]
        told = told and not self.linker.rivals(claim, top, against)
        doubts = Doubts(self.linker, self.setting, self._damaged(claim))
        right, wrong = judgement.verdict in GOOD, judgement.verdict is Verdict.CONTRADICTS
        if (right and not told) or (wrong and not doubts.sure(claim, top, usable)):
            return Judgement(Verdict.NOT_TESTABLE, note=_UNSURE, link=to)
        return replace(judgement, link=to)

    def _of_area(self, claim: Claim, near: list[Candidate]) -> list[Candidate]:
        """The rows of the table that a sentence is on, where several have a label alike."""
        title = self.tables.meant(claim) if claim.region else None
        best = [c for c in near if c.score >= near[0].score - self.limits.margin]
        return [c for c in best if c.concept.table == title] if len(best) > 1 else []

    def _planned(self, claim: Claim, near: list[Candidate]) -> list[Candidate]:
        """The rows with a forecast or a budget, where the words beside a figure speak of one."""
        words = self.setting.language.scenario
        pattern = {"forecast": words.forecast, "budget": words.budget}.get(claim.scenario)
        said = pattern and any(compiled(pattern).search(text) for text in claim.near[:2])
        later = claim.kind is Kind.COMPARISON and claim.side == "later"
        if not said or not (later or claim.kind is Kind.LEVEL):
            return []
        planned = [
            c for c in near if any(cell.scenario == claim.scenario for cell in c.concept.cells)
        ]
        return planned if planned and planned[0].score >= self.limits.least else []

    def _own_rows(
        self, claim: Claim, usable: list[tuple[Candidate, Judgement]]
    ) -> list[tuple[Candidate, Judgement]]:
        """Those rows that no word of the claim tells apart from the row that is meant.

        Where each row lacks a word it may be of all, unless it is a group's or a name ("HVB").
        """
        others = {c.concept.number: self.linker.others(claim, c.concept) for c, _ in usable}
        groups = compiled(rf"(?:{self.setting.language.scope.groups})$")
        own = [(c, j) for c, j in usable if not others[c.concept.number]]
        best = own[0][0].score if own else 0.0
        if len(own) > 1 and own[1][0].score >= best - self.limits.margin:
            own.sort(key=lambda item: self._nearness(claim, item[0], best))
        close = any(
            j.verdict in GOOD and 0 < abs(c.score - best) < self.limits.margin for c, j in usable
        )
        if best >= self.limits.least and not close:
            return own
        return [
            (c, j)
            for c, j in usable
            if not any(w.isupper() or groups.match(w) for w in others[c.concept.number])
        ]

    def _nearness(self, claim: Claim, candidate: Candidate, best: float) -> tuple[object, ...]:
        """Rows about as near as the best, first those with such figures and no strange words."""
        row, score = candidate.concept, candidate.score
        near = score >= best - self.limits.margin
        like = any(cell.scenario == claim.scenario for cell in row.cells)
        strange = len(self.linker.others(claim, row, anywhere=True)) if score == best else 0
        return (not near, near and not like, -score, strange)

    def _least(self, claim: Claim, judgement: Judgement, lead: float) -> float:
        """The score that a link needs; a telling figure that agrees speaks for it."""
        if claim.kind in {Kind.TREND, Kind.RANK}:
            return _LEAST_TREND if lead < _FAR_AHEAD else self.limits.least
        if judgement.verdict not in GOOD:
            return self.limits.least
        return self.limits.least - (_REACH if claim.values[0].telling else _REACH_OF_FEW)

    def _with_partner(self, claim: Claim, candidate: Candidate) -> Candidate:
        """Where the other figure of a comparison is the row's as well, the link is surer."""
        if claim.kind is not Kind.COMPARISON:
            return candidate
        now, then = self.setting.now, self.setting.now - 1
        later = claim.side == "later"
        other = replace(
            claim,
            values=(claim.values[1], claim.values[0]),
            side="earlier" if later else "later",
            when=claim.earlier if later else replace(claim.when, year=now, span="", months=()),
        )
        if not later and claim.when.year not in {None, then}:
            other = replace(other, when=replace(claim.when, year=now))
        if later:
            past = "budget" if "budget" in {claim.basis, claim.scenario} else "outcome"
            scenarios = [past]
        else:
            scenarios = ["outcome", "forecast"]
            if claim.scenario == "budget" and claim.basis != "budget":
                scenarios = ["budget"]
        partners = (self._judge(replace(other, scenario=one), candidate) for one in scenarios)
        if not any(partner and partner.verdict in GOOD for partner in partners):
            return candidate
        score = min(1.0, candidate.score + _PARTNER)
        return replace(candidate, score=round(score, 4), agrees=True)

    def _agreeing(
        self, claim: Claim, top: Candidate, usable: list[tuple[Candidate, Judgement]]
    ) -> tuple[Candidate, Judgement] | None:
        """A candidate close to the best whose figures agree; agreement speaks for the link.

        A figure that fits many cells by chance speaks for nothing.
        """
        if claim.kind in {Kind.TREND, Kind.RANK} or not claim.values[0].telling:
            reach = self.limits.margin
        elif top.score >= self.limits.contradiction and not claim.part:
            reach = _REACH_FROM_SURE
        else:
            reach = _REACH
        trend = claim.kind is Kind.TREND
        for candidate, judgement in usable[1:]:
            if trend and nested(candidate.concept, top.concept):
                continue
            if judgement.verdict in GOOD and candidate.score >= top.score - reach:
                return candidate, judgement
        return None

    def _damaged(self, claim: Claim) -> bool:
        """Whether the line of a claim may have been read wrongly by the scan."""
        return self.scanned and claim.line in claim.sentence.damaged_lines
