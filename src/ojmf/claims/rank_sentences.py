"""What sentences name as the highest or the lowest, and as the next after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind, When
from ojmf.claims.language import Language, compiled
from ojmf.claims.sentences import Sentence


def rank_claims(
    sentence: Sentence, language: Language, now: int, context: tuple[str, ...]
) -> Iterator[Claim]:
    """The highest and the lowest that a sentence names, of months or of the rows of a table.

    What comes next after it ("följd av ...") is a claim of its own.
    """
    text = compiled(language.aggregate.followed).split(sentence.text)[0]
    after = compiled(language.aggregate.next_after).search(sentence.text)
    if none := compiled(language.aggregate.none_beyond).search(sentence.text):
        places = phrases.regions(sentence.text, language)
        yield Claim(
            sentence=sentence,
            offset=none.start(),
            quote=sentence.text,
            kind=Kind.RANK,
            when=phrases.when(none["than"], language, now),
            earlier=When(year=now - 1),
            scenario=phrases.scenario((sentence.text,), language),
            direction="lower" if none["less"] else "higher",
            near=(none["than"], sentence.text),
            context=context,
            region=places[0] if places else None,
        )
        return
    if nth := compiled(language.aggregate.second).search(text):
        places = phrases.regions(text, language)
        yield Claim(
            sentence=sentence,
            offset=nth.start() + len("näst "),
            quote=sentence.text,
            kind=Kind.RANK,
            when=phrases.when(text, language, now),
            earlier=When(year=now - 1),
            scenario=phrases.scenario((sentence.text,), language),
            direction="lower" if nth["less"] else "higher",
            near=(text,),
            context=context,
            aggregate="next",
            region=places[0] if places else None,
        )
        return
    words = (("higher", language.aggregate.highest), ("lower", language.aggregate.lowest))
    bound = rf"en|ett|vart?\s(?:{'|'.join(language.fraction.every)})|\d"
    ends = [compiled(rf"\b(?:{pattern})(?!\s+(?:{bound}))").search(text) for _, pattern in words]
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
        places = phrases.regions(own, language)
        beside = len(places) > 1
        if match is None or among or denied or beside or (moved and name == "lower"):
            continue
        when = phrases.when(own, language, now)
        claim = Claim(
            sentence=sentence,
            offset=match.start(),
            quote=sentence.text,
            kind=Kind.RANK,
            when=replace(when, year=None) if moved and when.year == now - 1 else when,
            earlier=When(year=now - 1),
            scenario=phrases.scenario((sentence.text,), language),
            basis="previous_year" if moved else None,
            direction="higher" if name == "higher" and not falls else "lower",
            near=(text,),
            context=context,
            region=places[0] if places else None,
        )
        yield replace(claim, near=(after["first"],)) if after else claim
        if second := after or compiled(language.aggregate.next).search(sentence.text):
            next_ = second["second"]
            yield replace(claim, offset=second.start(), near=(next_,), aggregate="next")
        if not (match and other):
            return
