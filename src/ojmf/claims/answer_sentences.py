"""What sentences say is there, or is not: answers to questions, in clauses without figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.sentences import Sentence


def answer_claims(
    sentence: Sentence, language: Language, found: Sequence[Quantity]
) -> Iterator[Claim]:
    """What a sentence says is there, or is not, in a clause without figures: an answer.

    So do a first clause and the one that is joined to it ("men inte med sjukhuset"), which may
    take words from the first, its ``context``, or says the same ("liksom med sjukhuset").
    """
    status, text = language.status, sentence.text
    first = compiled(status.clause).split(text)[0]
    joined = compiled(status.joined).match(text, len(first))
    alike = compiled(status.alike).search(text, len(first))
    clauses: list[tuple[int, str, tuple[str, ...]]] = [(0, first, ())]
    if listed := compiled(status.listed).match(text):
        items = compiled(r",\s|\s(?:och|samt|eller|som)\s").split(listed["items"])
        clauses = [(listed.end("head"), f"{listed['head']}{item}", ()) for item in items]
    elif joined:
        clauses.append((joined.start("clause"), joined["clause"], (first,)))
    elif alike:
        clauses.append((alike.start("clause"), alike["clause"], (first,)))
    for begin, clause, context in clauses:
        told = first if alike and context else clause
        negative = compiled(rf"\b(?:{status.negative})\b").search(told)
        said = negative or compiled(rf"\b(?:{status.positive})").search(told)
        end = begin + len(clause)
        stated = said is not None or (joined is not None and not context)  # what the joined denies
        figured = any(begin <= q.start < end and not (q.none or q.article) for q in found)
        if not stated or figured or phrases.regions(clause, language):
            continue
        at = said.start() if said and told is clause else 0
        yield Claim(
            sentence=sentence,
            offset=begin + at,
            quote=clause if context else text,
            kind=Kind.ANSWER,
            near=(clause,),
            context=context,
            part=not context and compiled(rf"\b(?:{status.open}|men)\b").search(text) is not None,
            negated=negative is not None,
        )


def own_answers(
    sentence: Sentence, language: Language, found: Sequence[Quantity]
) -> Iterator[Claim]:
    """What a sentence on other municipalities says of the own one, clause by clause.

    ``whole`` is the clause's name for it ("men inte hos oss"), empty where the first clause names
    none ("Rutinen finns, liksom i 80 procent av länets kommuner").
    """
    status, text = language.status, sentence.text
    if not phrases.regions(text, language):
        return
    said = False
    cuts = list(compiled(status.apart).finditer(text))
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
    for begin, end in zip(starts, ends, strict=True):
        clause = text[begin:end]
        figured = any(begin <= q.start < end for q in found if not q.none)
        if figured or phrases.regions(clause, language):
            continue
        named = [m[0] for m in compiled(status.own).finditer(clause)]
        negative = compiled(rf"\b(?:{status.negative})\b").search(clause)
        told = negative or compiled(rf"\b(?:{status.positive}|{status.echo})").search(clause)
        unclear = compiled(rf"\b(?:{status.open})").search(clause)
        if told and not unclear and (named or not said):
            said = True
            yield Claim(
                sentence=sentence,
                offset=begin,
                quote=text,
                kind=Kind.ANSWER,
                near=(clause,),
                whole=named[-1] if named else "",
                part=True,
                region="country",
                negated=negative is not None,
            )
