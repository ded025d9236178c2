"""Sentences as wholes: agreement is said only where all that a sentence states was tested."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ojmf.claims.claim import DIFFERENCES, GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.language import Language, compiled
from ojmf.claims.phrases import unsaid
from ojmf.claims.sentences import Sentence

_UNTESTED = (*OPEN, Verdict.NOT_COMPARABLE)
_NOT_STATED = frozenset({Kind.CAUSE, Kind.ANSWER, Kind.TABLE})
_MOVED = DIFFERENCES | {Kind.TREND, Kind.RANK}
_LISTED = re.compile(r":\s*\d")


def judge_wholes(
    claims: Sequence[Claim],
    judged: list[Judgement],
    left_out: Sequence[tuple[Claim, Judgement]],
    places: Sequence[str],
    language: Language,
) -> None:
    """Let no figure agree in a sentence with a part that could make it false and was not tested.

    Nor is a figure false that is set against the cell with which another of the sentence agrees.
    ``left_out`` are the claims that are not shown, and their verdicts; ``places`` the names of
    those whose answers the tables give.
    """
    _settle(claims, judged)
    told: defaultdict[Sentence, list[tuple[Claim, Judgement]]] = defaultdict(list)
    for claim, judgement in (*zip(claims, judged, strict=True), *left_out):
        told[claim.sentence].append((claim, judgement))
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        around = told[claim.sentence]
        if judgement.verdict not in GOOD:
            continue
        part = _own_place(claim, around, places) or _untested(claim, judgement, around, language)
        if part:
            note = f"uppgiften stämmer, men ”{part}” i samma mening är inte prövat"
            judged[place] = replace(judgement, verdict=Verdict.NOT_TESTABLE, note=note)


def _own_place(
    claim: Claim, around: Sequence[tuple[Claim, Judgement]], places: Sequence[str]
) -> str | None:
    """The place that a sentence on other municipalities names too, where no answer is tested."""
    if not claim.region or claim.kind is Kind.ANSWER:
        return None
    answers = [(one, j) for one, j in around if one.kind is Kind.ANSWER]
    if any(j.verdict in GOOD for _, j in answers):
        return None
    untold = [one.near[0].strip() for one, _ in answers if one.region]
    named = (place for place in places if re.search(rf"\b{place}\b", claim.sentence.text))
    return next(iter([*untold, *named]), None)


def _settle(claims: Sequence[Claim], judged: list[Judgement]) -> None:
    """Leave a figure open that is set against the cell with which another agrees."""
    taken: defaultdict[Sentence, set[int]] = defaultdict(set)
    levels = [
        (place, claim, judgement)
        for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True))
        if (claim.kind is Kind.LEVEL or (claim.kind in DIFFERENCES and len(judgement.cells) == 1))
        and not (claim.values[0].below or claim.values[0].above or claim.aggregate == "mean")
    ]
    for _, claim, judgement in levels:
        if judgement.verdict in GOOD:
            taken[claim.sentence] |= set(judgement.cells)
    for place, claim, judgement in levels:
        wrong = judgement.verdict is Verdict.CONTRADICTS and judgement.cells
        if wrong and taken[claim.sentence].issuperset(judgement.cells):
            note = "en annan uppgift i meningen stämmer med den tabellraden"
            judged[place] = Judgement(Verdict.NOT_TESTABLE, note=note, link=judgement.link)


def _untested(
    claim: Claim,
    judgement: Judgement,
    around: Sequence[tuple[Claim, Judgement]],
    language: Language,
) -> str | None:
    """What a sentence states beside a claim that was not tested, in its words.

    Lists of labels and figures, causes named beside each other and what a scan has damaged are no
    parts of one statement; what fits the text's own figures is tested by them.
    """
    text = claim.sentence.text
    own = not judgement.cells and claim.kind is not Kind.TREND
    if own or len(_LISTED.findall(text)) > 1:
        return None
    cause = compiled(language.cause.intro).search(text, 1)
    right = [(one, j) for one, j in around if j.verdict in GOOD]
    ranked = any(c.kind is Kind.RANK for c, _ in right)
    answered = [c.near[0] for c, _ in right if c.kind is Kind.ANSWER and c.region]
    for one, other in around:
        if one.kind is Kind.ANSWER and any(one.near[0].strip() in text for text in answered):
            continue
        second = claim.kind is one.kind is Kind.ANSWER
        if one.line in one.sentence.damaged_lines:
            continue
        if other.verdict not in _UNTESTED or (one.kind in _NOT_STATED and not second):
            continue
        causes = cause and cause.end() <= min(one.offset, claim.offset)
        among = ranked and compiled(language.aggregate.of_all).search(text[: one.offset])
        counted = one.values and compiled(language.more_behind).match(text[one.values[0].end :])
        telling = counted is not None or (bool(one.when.months) and other.link is not None)
        none = bool(one.values) and one.values[0].none and not one.when.months  # "ingen i juli"
        small = none or (one.values and one.values[0].article and not telling)
        if causes or among or (small and (ranked or one.kind not in _MOVED)):
            continue
        said = [v for c, _ in right for v in c.values if v.start <= one.offset < v.end]
        pair = any(c.kind is Kind.TREND and c.values for c, _ in right)
        if not one.values and (said or pair or claim.kind is Kind.CAUSE):
            continue
        return one.values[0].text if one.values else one.quote
    if claim.kind is Kind.STATUS and (also := compiled(language.status.as_many).search(text)):
        return also[0]
    if claim.sentence.damaged or all(one.kind is Kind.STATUS for one, _ in around):
        return None  # counts are tested each by itself, also those of what is left
    alone = any(c.kind is Kind.TREND for c, _ in right)
    told_of = compiled(language.trend.only).sub(" ", text) if alone else text
    if claim.kind is Kind.ANSWER and compiled(language.status.listed).match(text):
        told_of = compiled(language.status.either).sub(" ", told_of)
    if uncounted := unsaid(told_of, language):
        return uncounted
    return _uncompared(text, right, language)


def _uncompared(
    text: str, right: Sequence[tuple[Claim, Judgement]], language: Language
) -> str | None:
    """The word of a sentence that sets something beside another thing, and that nothing tested."""
    for than in compiled(language.set_beside).finditer(text):
        cuts = [m.end() for m in compiled(language.subject.clause).finditer(text)]
        begin = max((cut for cut in cuts if cut <= than.start()), default=0)
        end = min((cut for cut in cuts if cut > than.start()), default=len(text))
        starts = [c.offset for c, _ in right] + [v.start for c, _ in right for v in c.values]
        if not any(begin <= start < end for start in starts):
            return than[0]
    moved = [c.offset for c, _ in right if c.kind in _MOVED]
    told = {c.offset for c, _ in right}
    for word in compiled(language.relating).finditer(text):
        if word.start() in told:
            continue
        ends = [sorted((word.start(), offset)) for offset in moved]
        if all(", " in text[first:last] for first, last in ends):
            return word[0]
    return None
