"""What sentences name as the highest or the lowest, and as the next after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.sentences import Sentence
from ojmf.claims.vocabulary import DirectionName


def rank_claims(
    sentence: Sentence, language: Language, now: int, context: tuple[str, ...]
) -> Iterator[Claim]:
    """The highest and the lowest that a sentence names, of months or of the rows of a table.

    What comes next after it ("följd av ...") is a claim of its own.
    """
    text = compiled(language.aggregate.followed).split(sentence.text)[0]
    after = compiled(language.aggregate.next_after).search(sentence.text)
    everywhere = phrases.region((sentence.text,), language)

    def ranked(offset: int, own: str, direction: DirectionName, *near: str) -> Claim:
        places = phrases.regions(own, language)
        when = phrases.when(own, language, now)
        told = phrases.when(phrases.without_comparison(own, language), language, now)
        return Claim(
            sentence=sentence,
            offset=offset,
            quote=sentence.text,
            kind=Kind.RANK,
            when=told if when.months and not told.months else when,
            earlier=When(year=now - 1),
            scenario=phrases.scenario((sentence.text,), language),
            direction=direction,
            near=near,
            context=context,
            region=places[0] if places else everywhere,
        )

    if none := compiled(language.aggregate.none_beyond).search(sentence.text):
        way: DirectionName = "lower" if none["less"] else "higher"
        claim = ranked(none.start(), sentence.text, way, none["than"], sentence.text)
        yield replace(claim, when=phrases.when(none["than"], language, now))
        return
    if nth := compiled(language.aggregate.second).search(text):
        way = "lower" if nth["less"] else "higher"
        yield replace(ranked(nth.start("which"), text, way, text), aggregate="next")
        return
    words = (("higher", language.aggregate.highest), ("lower", language.aggregate.lowest))
    bound = rf"en|ett|vart?\s(?:{'|'.join(language.fraction.every)})|\d"
    ends = [_end(text, pattern, bound, language) for _, pattern in words]
    for (name, _), match, other in zip(words, ends, reversed(ends), strict=True):
        before = text[: match.start()] if match else ""
        own = text
        if match:
            cuts = [m.start() for m in compiled(language.trend.clause).finditer(text)]
            begin = max((c for c in cuts if c <= match.start()), default=0)
            own = text[begin : min((c for c in cuts if c > match.start()), default=None)]
            own = own if phrases.months_named(own, language)[0] else text
        if match and other:
            own = text[match.start() : other.start() if other.start() > match.start() else None]
        denied = compiled(rf"\b(?:{language.negation})\b[^,;]*$").search(before)
        moved = compiled(language.aggregate.moved).search(sentence.text)
        falls = moved is not None and any(moved.groups())
        among = compiled(language.aggregate.among).search(before)
        beside = len(phrases.regions(own, language)) > 1
        if match is None or among or denied or beside or (moved and name == "lower"):
            continue
        way = "higher" if name == "higher" and not falls else "lower"
        side = [_side(text, match.start(), other.start(), language)] if other else []
        claim = ranked(match.start(), own, way, *side, text)
        if moved:
            when = claim.when
            when = replace(when, year=None) if when.year == now - 1 else when
            claim = replace(claim, when=when, basis="previous_year")
        yield replace(claim, near=(after["first"],)) if after else claim
        if second := after or compiled(language.aggregate.next).search(sentence.text):
            next_ = second["second"]
            yield replace(claim, offset=second.start(), near=(next_,), aggregate="next")
        if not (match and other):
            return


def _end(text: str, pattern: str, bound: str, language: Language) -> re.Match[str] | None:
    """The first word for an end, and no bound of a figure ("minst tre").

    "Som minst tre" is one where a month is named behind it.
    """
    for match in compiled(rf"\b(?:{pattern})").finditer(text):
        figure = compiled(rf"\s+(?:{bound})").match(text, match.end())
        named = language.month_pattern("MONTH").search(text, match.end())
        if figure is None or (" " in match[0] and named):
            return match
    return None


def _side(text: str, start: int, other: int, language: Language) -> str:
    """The clause of one of two ranks ("... är störst, och ... minst"); all where it has none."""
    later = max(start, other)
    cuts = [m.start() for m in compiled(language.trend.clause).finditer(text, min(start, other))]
    cut = max((c for c in cuts if c < later), default=None)
    if cut is None:
        return text
    return text[cut:] if start == later else text[:cut]
