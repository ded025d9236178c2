"""Judging what is said of several rows at once: of each of them, or of their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ojmf.claims.amounts import Figure, added, cells_of, compare, deviations, judgement, of_cell
from ojmf.claims.changes import moved, stated_sign
from ojmf.claims.claim import GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import Candidate, Linker, link
from ojmf.claims.quantities import quantities
from ojmf.claims.ranks import peers
from ojmf.claims.table_rows import Concept, is_sum, named_alike, tokens

_ALIKE = 0.6

ADDED = frozenset({Kind.LEVEL, Kind.CHANGE, Kind.DEVIATION})
"""The kinds whose figure may be the sum of several rows."""


@dataclass(frozen=True, slots=True)
class Several:
    """Judges claims on several rows; ``damaged`` ones are never called wrong."""

    linker: Linker
    setting: Setting
    damaged: bool

    def each(
        self,
        claim: Claim,
        candidates: Sequence[Candidate],
        judge: Callable[[Claim, Candidate], Judgement | None],
    ) -> Judgement:
        """A direction said of several rows at once: it must hold of each."""
        told = [(c, j) for c in candidates if (j := judge(claim, c)) is not None]
        wrong = [(c, j) for c, j in told if j.verdict not in GOOD]
        if not told or (wrong and self.damaged):
            return Judgement(Verdict.NOT_TESTABLE, link=link(candidates))
        shown = wrong or told
        return Judgement(
            shown[0][1].verdict,
            expected="; ".join(f"{c.concept.label}: {j.expected}" for c, j in shown),
            computation="; ".join(f"{c.concept.label}: {j.computation}" for c, j in shown),
            cells=tuple(row for _, j in shown for row in j.cells),
            link=link([shown[0][0]]),
        )

    def alone(
        self,
        claim: Claim,
        found: Judgement,
        judge: Callable[[Claim, Candidate], Judgement | None],
    ) -> Judgement:
        """A direction of one row, which no other of its table has where the text says so."""
        only = compiled(self.setting.language.trend.only).search(claim.sentence.text)
        if only is None or found.link is None or found.verdict in OPEN:
            return found
        row, open_ = self.linker.concepts.all[found.link.concept], Verdict.NOT_TESTABLE
        several = compiled(self.setting.language.subject.next).search(only["who"] or "")
        if several or is_sum(row, self.setting.language):
            return Judgement(open_, link=found.link)
        if found.verdict not in GOOD:
            return found
        others = self._of_kind(row, only[0])
        told = [(one, judge(claim, Candidate(one, 1.0, 1.0))) for one in others]
        for one, other in told:
            if other is not None and other.verdict in GOOD:
                also = f"{other.computation} ({one.label})"
                wrong = replace(other, verdict=Verdict.CONTRADICTS, computation=also)
                return replace(wrong, link=found.link)
        known = all(other is not None for _, other in told)
        return found if known else Judgement(open_, link=found.link)

    def _of_kind(self, row: Concept, only: str) -> list[Concept]:
        """The rows beside one that a text calls the only one of its kind ("enda vårdformen")."""
        others = [one for one in peers(row, self.setting) if one is not row]
        kinds = [w for w in tokens(only, self.setting.language) if self._labelled(row, w)]
        return [one for one in others if all(self._labelled(one, kind) for kind in kinds)]

    def _labelled(self, row: Concept, word: str) -> bool:
        parts = {part for label in row.labels for part in label}
        return any(named_alike(part, word, self.setting.language) >= _ALIKE for part in parts)

    def added(self, claim: Claim, found: Judgement) -> Judgement:
        """A figure said of several rows taken together, their sum; else what is ``found`` of one.

        Rows that are only named beside each other may be meant together.
        """
        before = claim.sentence.text[: claim.values[0].start]
        joint = compiled(self.setting.language.aggregate.joint)
        lead = before if joint.search(before) else claim.near[0]
        said = joint.search(lead) is not None and not quantities(before, self.setting.language)
        said = said or joint.search(claim.near[0]) is not None
        if claim.part or not (said or found.verdict is Verdict.CONTRADICTS):
            return found
        rows = self.linker.together(replace(claim, near=(lead,) if said else claim.near[:1]))
        beside = compiled(rf"{self.setting.language.subject.next}|,\s|/").search(lead) is not None
        if not said and (len(rows) < 2 or not beside):
            return found
        figures = [figure for c in rows if (figure := self._figure(claim, c.concept))]
        open_ = Judgement(Verdict.NOT_TESTABLE, link=found.link)
        if len(figures) < max(2, len(rows)):
            one = found.verdict in GOOD and not compiled(r"\soch\s|\ssamt\s").search(lead)
            return found if one else open_
        sum_ = added(figures)
        sign = 0 if claim.kind is Kind.LEVEL else stated_sign(claim)
        verdict = compare(claim.values[0], sum_, sign)
        subject = lead.partition(claim.values[0].text)[0]
        others = self.linker.unexplained(subject, [c.concept for c in rows])
        if verdict not in GOOD and (others or self.damaged or not said):
            return open_
        return replace(judgement(verdict, sum_, claim, sign), link=link(rows))

    def _figure(self, claim: Claim, concept: Concept) -> Figure | None:
        """The figure of one of the rows, in the terms of the claim."""
        if concept.monthly:
            return None
        year = claim.when.year or self.setting.now
        if claim.kind is Kind.DEVIATION:
            return next(iter(deviations(concept, claim.scenario, claim.unit, year)), None)
        if claim.kind is Kind.CHANGE:
            return moved(claim, concept, self.setting)
        cells = cells_of(concept, claim.scenario, claim.unit, year)
        return of_cell(cells[0], claim.unit) if cells else None
