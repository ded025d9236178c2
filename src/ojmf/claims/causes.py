"""What a sentence gives as the cause of a difference: higher or lower in the rows it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import GOOD, Claim, Judgement, Kind, Link, Verdict, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.levels import Setting
from ojmf.claims.linking import Candidate, Linker
from ojmf.claims.movements import judge_trend
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Concept, is_sum, is_whole, likeness, tokens
from ojmf.claims.vocabulary import BasisName, DirectionName


def cause_claims(
    sentence: Sentence, language: Language, now: int, context: tuple[str, ...]
) -> Iterator[Claim]:
    """The causes behind a phrase such as "förklaras av", one for each word of direction.

    ``near`` holds what the cause names and the clause that it explains; ``part`` marks one that
    stands against the others ("men"). The basis is the cause's own or that of the clause; a cause
    is read only where one of them gives it, and alone.
    """
    words, text = language.cause, sentence.text
    intro = compiled(rf"\b(?:{words.intro})\b").search(text)
    if intro is None:
        return
    told = text[intro.end() :]
    starts = [m.start() for m in compiled(rf"\b(?:{words.direction})\b").finditer(told)]
    for begin, end in zip(starts, [*starts[1:], len(told)], strict=False):
        piece = compiled(words.end).split(told[begin:end])[0]
        named = compiled(words.compared).split(piece)[0]
        direction, _ = phrases.toward(named.split()[0], language)
        basis = _basis(piece, language) or _basis(text[: intro.start()], language)
        if basis is None or direction is None:
            continue
        yield Claim(
            sentence=sentence,
            offset=intro.end() + begin,
            quote=piece.strip(),
            kind=Kind.CAUSE,
            earlier=When(year=now - 1),
            basis=basis,
            direction=direction,
            near=(named, text[: intro.start()]),
            context=context,
            part=compiled(words.against).search(told[:begin]) is not None,
        )


def _basis(text: str, language: Language) -> BasisName | None:
    """What a text sets its figures against; null where it names nothing, or two things."""
    found = {
        words.basis
        for words in language.basis
        if words.basis != "months" and compiled(words.pattern).search(text)
    }
    if compiled(language.scenario.deviation).search(text):
        found.add("budget")
    return found.pop() if len(found) == 1 else None


def judge_cause(claim: Claim, linker: Linker, setting: Setting) -> Judgement:
    """The verdict on a cause, by all rows that it and the clause it explains name in full.

    A cause within a cause ("löner inom skolan") or within a part of the whole has no row of its
    own: it agrees where all the rows move that way, and is false only where they all move the
    other way and so does the whole that it is to explain.
    """
    language = setting.language
    rows = linker.together(claim)
    rows = [c for c in rows if not is_sum(c.concept, language)] or rows
    if not rows or not _explained(claim.near[0], rows, language):
        return Judgement(Verdict.NOT_LINKED)
    link = Link(rows[0].concept.number, rows[0].score)
    subject = claim.near[1].strip(" ,") or "".join(claim.context[:1])
    head = compiled(rf"\b{language.trend.statement}").split(subject)[0]
    around = [
        c
        for text in (head, *claim.context)
        for c in linker.together(replace(claim, near=(text,)))
        if not is_sum(c.concept, language) and c.concept not in [r.concept for r in rows]
    ]
    judged = [_tells(claim, c.concept, setting) for c in (*rows, *around)]
    told = [j for j in judged if j is not None]
    alike = {j.verdict for j in told}
    if (
        len(told) < len(judged)
        or len(alike) > 1
        or len({c.concept.cost for c in (*rows, *around)}) > 1
        or not _explained(head, around, language)
    ):
        return Judgement(Verdict.NOT_TESTABLE, link=link)
    if Verdict.CONTRADICTS in alike and len(told) > 1:
        wholes = [
            _tells(claim, c, setting)
            for c in setting.concepts.all
            if c.table == rows[0].concept.table and is_whole(c, language)
        ]
        if claim.part or not wholes or any(w is None or w.verdict in GOOD for w in wholes):
            return Judgement(Verdict.NOT_TESTABLE, link=link)
    names = [c.concept.label for c in (*rows, *around)]
    return Judgement(
        alike.pop(),
        expected="; ".join(f"{n}: {j.expected}" for n, j in zip(names, told, strict=True)),
        computation="; ".join(f"{n}: {j.computation}" for n, j in zip(names, told, strict=True)),
        cells=tuple(row for j in told for row in j.cells),
        link=link,
    )


def _tells(claim: Claim, concept: Concept, setting: Setting) -> Judgement | None:
    """Which way a row moves; null where it stands still, or its parts of the year disagree."""
    words = setting.language.cause
    named = claim.near[0]
    if (compiled(words.cost).search(named) and not concept.cost) or (
        compiled(words.income).search(named) and concept.cost
    ):
        return None
    other: DirectionName = "lower" if claim.direction == "higher" else "higher"
    found = None
    for scenario in ("outcome", "forecast") if claim.basis == "budget" else ("outcome",):
        asked = replace(claim, scenario=scenario, near=())
        said = judge_trend(asked, concept, setting)
        against = judge_trend(replace(asked, direction=other), concept, setting)
        if said is None or against is None or (said.verdict in GOOD) is (against.verdict in GOOD):
            continue
        if found is not None and found.verdict is not said.verdict:
            return None
        found = found or said
    return found


def _explained(text: str, rows: list[Candidate], language: Language) -> bool:
    """Whether all words of a text are words of the rows, or name no part of the whole."""
    plain = compiled(rf"^(?:{language.cause.plain})$")
    known = {part for c in rows for label in c.concept.labels for part in label}
    return all(
        any(
            likeness(part, meant)
            for part in known
            for meant in (word, *language.same.get(word, ()))
        )
        for word in tokens(text, language)
        if not plain.match(word)
    )
