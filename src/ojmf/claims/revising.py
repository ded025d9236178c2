"""What the claims of a sentence tell of each other: rows that get surer, verdicts that are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ojmf.claims.alternatives import another_reading
from ojmf.claims.claim import DIFFERENCES, GOOD, OPEN, Claim, Judgement, Kind, Verdict
from ojmf.claims.deciding import Decider
from ojmf.claims.doubts import left_unsaid
from ojmf.claims.language import Language, compiled
from ojmf.claims.ranks import peers
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Concepts, is_sum

_FIGURES = DIFFERENCES | {Kind.LEVEL, Kind.COMPARISON}


def row_of(
    claim: Claim, before: Sequence[Claim], judged: Sequence[Judgement], language: Language
) -> int | None:
    """The row of the figure that a direction leads to or stands behind, where it is linked.

    ("ökade till 818"; "818, vilket är en ökning")
    """
    if claim.kind is not Kind.TREND or claim.values:
        return None
    relative = compiled(language.trend.relative).match(claim.quote)
    for level, judgement in zip(reversed(before), reversed(judged), strict=True):
        if level.sentence is not claim.sentence:
            return None
        led = claim.sentence.text[claim.offset : level.offset]
        leads = relative or compiled(language.trend.leads).search(led)
        if level.kind is Kind.LEVEL and leads:
            return judgement.link.concept if judgement.link and judgement.verdict in GOOD else None
    return None


def make_surer(claims: Sequence[Claim], judged: list[Judgement], decider: Decider) -> None:
    """Judge a figure whose link is unsure where another of the sentence agrees with the row.

    A difference without words of its own is the row's that the sentence is on, or of which two
    figures stand beside it. Not by the very figure that the other agrees with: two figures of a
    sentence are not the same.
    """
    agreeing: defaultdict[tuple[Sentence, int], set[int]] = defaultdict(set)
    asked: dict[Sentence, int] = {}
    levels: set[tuple[Sentence, int | None]] = set()
    for claim, judgement in zip(claims, judged, strict=True):
        if claim.kind is Kind.ANSWER and len(judgement.cells) == 1:
            asked[claim.sentence] = decider.linker.concepts.holding(judgement.cells[0]).number
        figure = claim.kind in _FIGURES or claim.kind is Kind.SHARE
        if figure and judgement.verdict in GOOD and judgement.link:
            agreeing[claim.sentence, judgement.link.concept] |= set(judgement.cells)
            if claim.kind not in DIFFERENCES:
                levels.add((claim.sentence, judgement.link.concept))
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        row = judgement.link.concept if judgement.link else None
        if claim.region and judgement.verdict in OPEN and claim.sentence in asked:
            judged[place] = decider.decide_on(claim, asked[claim.sentence])
            continue
        rows = [number for sentence, number in agreeing if sentence is claim.sentence]
        rival = judgement.link.runner_up if judgement.link else None
        others = [number for number in rows if number != row]
        own = (claim.sentence, row) in levels or (
            row is not None and decider.linker.names(claim, row)
        )
        apart = claim.kind in DIFFERENCES and judgement.verdict in GOOD
        both = len(others) == 1 and len(agreeing[claim.sentence, others[0]]) > 1
        if apart and not own and (others == [rival] or both):
            judged[place] = decider.decide_on(claim, others[0])
            continue
        if _follows(claim) and judgement.verdict in OPEN and len(rows) == 1:
            judged[place] = decider.decide_on(claim, rows[0])
            continue
        if claim.part or claim.kind not in _FIGURES or judgement.verdict in GOOD:
            continue
        apart = claim.kind in DIFFERENCES or claim.scenario != "outcome"
        stray = row is None or (row not in rows and not decider.linker.names(claim, row))
        alone = len(rows) == 1 and row not in rows
        if alone and (claim.side or (apart and stray and decider.linker.elliptic(claim, rows[0]))):
            row = rows[0]
        elif judgement.verdict not in OPEN:
            continue
        if row is not None and (taken := agreeing.get((claim.sentence, row))):
            found = decider.decide_on(claim, row)
            foreign = not claim.side and not decider.linker.elliptic(claim, row)
            unsure = taken.issuperset(found.cells) or (found.verdict not in GOOD and foreign)
            judged[place] = judgement if unsure else found


def share_rows(claims: Sequence[Claim], judged: list[Judgement], decider: Decider) -> None:
    """Judge a share of other municipalities that names no question by its sentence's only one."""
    told: defaultdict[Sentence, set[int]] = defaultdict(set)
    for claim, judgement in zip(claims, judged, strict=True):
        if claim.region and judgement.verdict in GOOD and judgement.link:
            told[claim.sentence].add(judgement.link.concept)
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        if claim.kind is Kind.LEVEL and claim.region and judgement.verdict in OPEN:
            rows = [row for row in told[claim.sentence] if decider.linker.elliptic(claim, row)]
            if len(told[claim.sentence]) == len(rows) == 1:
                judged[place] = decider.decide_on(claim, rows[0])


def row_behind(claims: Sequence[Claim], judged: list[Judgement], decider: Decider) -> None:
    """Judge a level by the row of the difference that a relative clause behind it gives.

    ("484 ansökningar, vilket är 61 färre än budgeterat")
    """
    relative = compiled(rf",\s{decider.setting.language.trend.relative}")
    for place, (claim, judgement) in enumerate(zip(claims[:-1], judged[:-1], strict=True)):
        other, told = claims[place + 1], judged[place + 1]
        if claim.kind is not Kind.LEVEL or judgement.verdict is not Verdict.NOT_LINKED:
            continue
        behind = relative.search(claim.sentence.text, claim.values[0].end)
        apart = other.kind in DIFFERENCES and told.verdict in GOOD and told.link is not None
        same = other.sentence is claim.sentence and len(other.values) == 1
        if apart and same and told.link and behind and behind.start() < other.offset:
            judged[place] = decider.decide_on(claim, told.link.concept)


def _follows(claim: Claim) -> bool:
    """Whether a claim is on the row of the sentence: a rank, two places, none of a month."""
    none = bool(claim.values) and claim.values[0].none and len(claim.when.months) == 1
    return none or claim.kind is Kind.RANK or (claim.kind is Kind.TREND and bool(claim.region))


def count_rows(
    claims: Sequence[Claim], judged: list[Judgement], decider: Decider, language: Language
) -> None:
    """Let the number of rows that one is named among be right ("av de tre måtten")."""
    among = {
        claim.sentence: judgement
        for claim, judgement in zip(claims, judged, strict=True)
        if claim.kind in {Kind.TREND, Kind.RANK} and judgement.verdict in GOOD and judgement.link
    }
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        of = compiled(language.status.total).search(claim.sentence.text[: claim.offset])
        plain = claim.kind in {Kind.LEVEL, Kind.UNKNOWN} and not claim.unit
        plain = plain and judgement.verdict in OPEN
        if of and plain and (told := among.get(claim.sentence)) and told.link:
            row = decider.linker.concepts.all[told.link.concept]
            rows = peers(row, decider.setting)
            if len(rows) == claim.values[0].value:
                text = f"{len(rows)} rader i tabellen: " + ", ".join(one.label for one in rows)
                judged[place] = replace(
                    told, verdict=Verdict.AGREES, expected=str(len(rows)), computation=text
                )


def doubt(claims: Sequence[Claim], judged: list[Judgement], decider: Decider) -> None:
    """Leave open what is set against a row's figure but may mean something else.

    Where another figure agrees that the sentence may mean as well, where a word changes what is
    said and no reading counts it in, and where a sum is set against one row.
    """
    agreeing = {
        (claim.sentence, judgement.link.concept)
        for claim, judgement in zip(claims, judged, strict=True)
        if claim.kind in _FIGURES and judgement.verdict in GOOD and judgement.link
    }
    turned = _turned(claims, judged, decider.linker.concepts)
    for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True)):
        if judgement.verdict is not Verdict.CONTRADICTS or decider.ahead(claim):
            continue
        note, row = "", judgement.link.concept if judgement.link else -1
        settled = (
            claim.kind in DIFFERENCES
            and (claim.sentence, row) in agreeing
            and decider.linker.elliptic(claim, row)
        )
        before = [
            told.verdict in GOOD
            for other, told in zip(claims, judged, strict=True)
            if other.sentence is claim.sentence and other.offset < claim.offset
        ]
        if claim.part and judgement.link and before and not any(before):
            note = "det som det är en del av är inte prövat"
        elif word := left_unsaid(claim, judgement, decider.setting):
            note = f"”{word}” är inte inräknat"
        elif place not in turned and (
            figure := another_reading(
                claim,
                judgement,
                decider.linker,
                decider.setting,
                settled=settled,
                taken=_taken(claim, row, claims, judged, decider),
            )
        ):
            note = f"uppgiften kan gälla {figure.text}"
        elif _elliptic_total(claim, row, agreeing, decider):
            note = "kostnaden kan vara den rads som nämns före"
        if note:
            judged[place] = Judgement(Verdict.NOT_TESTABLE, note=note, link=judgement.link)


def _elliptic_total(
    claim: Claim, row: int, agreeing: set[tuple[Sentence, int]], decider: Decider
) -> bool:
    """Whether a total is linked to, in a sentence on a row, by a word such as "kostnaden" alone."""
    language, rows = decider.setting.language, decider.linker.concepts.all
    if row < 0 or not is_sum(rows[row], language) or claim.kind not in _FIGURES:
        return False
    said = compiled(rf"{language.aggregate.total}|{language.subject.whole}").search(claim.near[0])
    own = [n for sentence, n in agreeing if sentence is claim.sentence]
    return said is None and any(not is_sum(rows[number], language) for number in own)


def _taken(
    claim: Claim,
    row: int,
    claims: Sequence[Claim],
    judged: Sequence[Judgement],
    decider: Decider,
) -> frozenset[int]:
    """The rows that other figures of a sentence name, where a figure names its own ``row``."""
    names = decider.linker.names
    if row < 0 or not names(claim, row):
        return frozenset()
    return frozenset(
        told.link.concept
        for other, told in zip(claims, judged, strict=True)
        if other.sentence is claim.sentence
        and other.kind in _FIGURES
        and told.link
        and told.link.concept != row
        and names(other, told.link.concept)
        and not names(claim, told.link.concept)
    )


def _turned(claims: Sequence[Claim], judged: Sequence[Judgement], concepts: Concepts) -> set[int]:
    """The figures of pairs of which each is wrong and is what a row gives for the other."""
    pairs = [
        (place, claim, concepts.holding(judgement.cells[0]), concepts.cell(judgement.cells[0]))
        for place, (claim, judgement) in enumerate(zip(claims, judged, strict=True))
        if (claim.side or claim.kind is Kind.LEVEL)
        and judgement.verdict is Verdict.CONTRADICTS
        and len(judgement.cells) == 1
    ]
    return {
        place
        for place, one, row, cell in pairs
        for _, other, same, beside in pairs
        if one.sentence is other.sentence
        and (one.side != other.side or (one is not other and one.side is None))
        and row is same
        and abs(one.values[0].value) == abs(beside.value)
        and abs(other.values[0].value) == abs(cell.value)
    }
