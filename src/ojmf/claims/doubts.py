"""What speaks against calling a text wrong: a weak link, or words that no reading counts in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ojmf.claims.amounts import slipped
from ojmf.claims.claim import GOOD, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import SHARES, Candidate, Linker
from ojmf.claims.phrases import unsaid
from ojmf.claims.quantities import quantities
from ojmf.claims.scope import foreign, narrowed
from ojmf.claims.table_rows import Concept, is_whole

_CLEAR, _LEAST_ALIKE = 0.09, 0.7


@dataclass(frozen=True, slots=True)
class Doubts:
    """Weighs a link; the words of a ``damaged`` line may have been read wrongly."""

    linker: Linker
    setting: Setting
    damaged: bool

    def sure(self, claim: Claim, top: Candidate, usable: list[tuple[Candidate, Judgement]]) -> bool:
        """Whether a link is strong and clear enough to call the text wrong."""
        if claim.values and claim.values[0].article:
            return claim.kind is Kind.CHANGE
        return not any(self._doubts(claim, top, usable))

    def _doubts(
        self, claim: Claim, top: Candidate, usable: list[tuple[Candidate, Judgement]]
    ) -> Iterator[bool]:
        """What speaks against a link, in turn."""
        words, heading = self.setting.language, top.concept.heading
        limits = words.link
        lead = top.score - max((c.score for c, _ in usable[1:]), default=0.0)
        least = (
            self.setting.language.link.least
            if lead >= _CLEAR
            else self.setting.language.link.contradiction
        )
        yield top.score < least or top.alike < _LEAST_ALIKE
        named_part = compiled(rf"^\W*(?:{words.part})\b").search(top.concept.label)
        none = bool(claim.values) and self.linker.none_of(claim, top.concept)
        yield claim.part and named_part is None and not none
        judgement = next(j for c, j in usable if c is top)
        near = claim.sentence.damaged and slipped(claim, judgement)
        yield narrowed(claim, top.concept, words) and not near
        units = {c.unit for c in top.concept.cells}
        figureless = claim.kind in {Kind.TREND, Kind.RANK}
        money = claim.unit in {"MSEK", "SEK", "percent"} or (figureless and "MSEK" in units)
        money = money or (claim.region is not None and (figureless or claim.unit in SHARES))
        yield self.damaged and not near and not (top.agrees and money)
        overview = not claim.sentence.section and is_whole(top.concept, words)
        elsewhere = heading != claim.sentence.section and (bool(heading) or not money)
        yield elsewhere and not overview
        yield bool(claim.whole) and all(
            row.table != top.concept.table for row, _, _ in self.linker.named(claim.whole, claim)
        )
        yield bool(self.linker.others(claim, top.concept, anywhere=True))
        if not self.linker.names(claim, top.concept.number):  # "vilket är 20 mer än budget"
            led = replace(claim, near=claim.near[1:])
            yield bool(led.near and self.linker.others(led, top.concept, anywhere=True))
        level = claim.kind in {Kind.LEVEL, Kind.COMPARISON}
        yield level and claim.unit in SHARES and units.isdisjoint(SHARES)
        beside = quantities(claim.sentence.text, words)
        printed = [q for q in beside if q.unit in SHARES and not q.in_words]
        bare = bool(claim.values) and not printed
        yield not money and (
            (bare and not claim.unit and not units.isdisjoint(SHARES))
            or foreign(claim, top.concept, words)
        )
        yield any(
            j.verdict in GOOD
            and c.concept.heading == heading
            and not nested(c.concept, top.concept)
            and self.linker.as_named(claim, top.concept, c.concept)
            for c, j in usable[1:]
        )
        yield any(
            c.concept.indicator != top.concept.indicator
            and not nested(c.concept, top.concept)
            and c.score > top.score - limits.margin
            and j.verdict is not Verdict.CONTRADICTS
            for c, j in usable[1:]
        )


def nested(one: Concept, other: Concept) -> bool:
    """Whether a label of one row is a label of the other and more: the score tells them apart."""
    return any(a < b or b < a for a in one.labels for b in other.labels)


def left_unsaid(claim: Claim, judgement: Judgement, setting: Setting) -> str:
    """The first word of a claim that changes what it says and that no reading counts in."""
    language, row = setting.language, None
    if claim.kind is Kind.STATUS:
        return ""
    if claim.kind is Kind.LEVEL and claim.unit == "percentage_points":
        return claim.values[0].text
    if judgement.link:
        row = setting.concepts.all[judgement.link.concept]
    label = f"{row.label} {row.table}".casefold() if row else ""
    near = claim.near[0] if claim.values else claim.sentence.text
    text, told = claim.sentence.text, list[str]()
    if claim.kind is Kind.TREND:
        text = compiled(language.trend.only).sub(" ", text)
        ranked = compiled(rf"{language.aggregate.highest}|{language.aggregate.lowest}")
        told = [unsaid(text, language), *(m[0] for m in ranked.finditer(text))]
    elif claim.kind is not Kind.ANSWER:
        told = [unsaid(text, language)]
    single = row is not None and not row.monthly and len(judgement.cells) == 1
    if claim.values and row and single and not is_whole(row, language):
        told += (m[0] for m in compiled(language.alternative["summed"]).finditer(near))
    cells = [c for c in row.cells if c.row in judgement.cells] if row else []
    coming = claim.when.year is None or claim.when.year >= setting.now
    if claim.kind is Kind.LEVEL and claim.scenario == "forecast" and coming:
        planned = compiled(language.scenario.forecast).search(near)
        outcomes = bool(cells) and all(c.scenario == "outcome" for c in cells)
        told += [planned[0]] if planned and outcomes else []
    return next((word for word in told if word and word.casefold() not in label), "")
