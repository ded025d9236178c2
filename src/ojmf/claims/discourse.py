"""What sentences and figures take over from those before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ojmf.claims import phrases
from ojmf.claims.claim import DIFFERENCES, Claim, Kind
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence
from ojmf.claims.vocabulary import BasisName


@dataclass(slots=True)
class Discourse:
    """What earlier sentences of a section leave understood."""

    paragraph: int = 0
    heading: str = ""
    subject: str = ""
    basis: BasisName | None = None

    def enter(self, sentence: Sentence) -> None:
        """Go on to a sentence; a new heading forgets all, a new paragraph the subject."""
        if sentence.heading != self.heading:
            self.basis = None
        if sentence.paragraph != self.paragraph:
            self.subject = ""
        self.heading, self.paragraph = sentence.heading, sentence.paragraph


def _same(before: Claim, share: Quantity, text: str, language: Language) -> bool:
    """Whether a percentage says the same as the amount before it.

    How large a part of something an amount is ("69 procent av budgeten") is no change of it.
    """
    between, behind = text[before.values[0].end : share.start], text[share.end :]
    if before.kind is not Kind.DEVIATION and compiled(language.part_of).search(behind):
        return False
    if compiled(language.companion).search(between):
        return True
    beside, then = (compiled(pattern) for pattern in language.companion_of_change)
    return bool(before.kind in DIFFERENCES and beside.search(between) and then.search(behind))


def companions(claims: list[Claim], text: str, language: Language) -> Iterator[Claim]:
    """Percentages behind an amount that say the same take over what is said of the amount."""
    for index, claim in enumerate(claims):
        before = claims[index - 1] if index else None
        quantity = claim.values[0]
        if (
            before is not None
            and before.kind in DIFFERENCES | {Kind.LEVEL, Kind.COMPARISON}
            and claim.kind in {Kind.LEVEL, Kind.UNKNOWN}
            and quantity.unit == "percent"
            and before.unit in {"MSEK", "SEK"}
            and _same(before, quantity, text, language)
        ):
            yield replace(
                before,
                offset=quantity.start,
                values=(quantity,),
                percent_of=before.offset,
                kind=Kind.DEVIATION if before.kind is Kind.DEVIATION else Kind.CHANGE,
                when=replace(before.when, year=None),
                side=None,
            )
        else:
            yield claim


def equals(claims: Sequence[Claim], text: str, language: Language, now: int) -> Iterator[Claim]:
    """Figures said to be those of another period too ("sju, lika många som i mars 2024")."""
    begin = 0
    for claim, behind in zip_longest(claims, claims[1:]):
        start, end = claim.values[0].start, behind.offset if behind else len(text)
        alike = compiled(language.alike)
        match = alike.search(text[:end], claim.values[0].end) or alike.search(text[:start], begin)
        begin = claim.values[0].end
        if claim.kind is not Kind.LEVEL or match is None:
            continue
        told = phrases.when(match["than"], language, now)
        if told.year or told.months:
            months = told.months or claim.when.months
            before = told.year or claim.when.year
            other = replace(told, months=months, year=before)
            yield replace(claim, offset=match.start(), when=other)


def respective(claims: list[Claim], flat: str, language: Language) -> list[Claim]:
    """The claims, where figures listed for as many subjects are each said of their own.

    ``flat`` is the sentence with ``#`` for its figures. In "A och B kostade 2 respektive 3 mkr" a
    figure is of no kind known where the lists are not as long as each other.
    """
    words, joined = language.respective, rf"\s(?:och|{language.respective})\s"
    match = compiled(
        rf"^(?P<names>[^#.;:()]+?)(?P<verb>\s(?:{language.scope.verbs})\b[^#.;]*?)"
        rf"(?P<figures>#+(?:,\s#+)*{joined}#+)"
    ).search(flat)
    if match is None or not compiled(rf"\b{words}\b").search(match["names"] + match["figures"]):
        return claims
    told = compiled(words).search(match["names"])
    names = compiled(rf",\s|\s{words}\s" if told else rf",\s|{joined}").split(match["names"])
    starts = [match.start("figures") + m.start() for m in re.finditer("#+", match["figures"])]
    listed = {c.offset: c for c in claims if c.offset in starts and len(c.values) == 1}
    if len(names) != len(starts) or list(listed) != starts:
        return [replace(c, kind=Kind.UNKNOWN) if c.offset in starts else c for c in claims]
    first, last = listed[starts[0]], listed[starts[-1]].values[0]
    *others, name = names
    place = compiled(rf"\s(?:{language.scope.prepositions})\s.*").search(name)
    names = [*(f"{other}{place[0] if place else ''}" for other in others), name]
    unit = re.sub(r"^[\d\s.,−–+-]+", "", last.text) if last.unit else ""
    own = {
        start: replace(
            first,
            offset=start,
            values=(of_unit(listed[start].values[0], unit, language),),
            near=(f"{name}{match['verb']} {listed[start].values[0].text}",),
        )
        for name, start in zip(names, starts, strict=True)
    }
    return [own.get(c.offset, c) for c in claims]


def of_unit(said: Quantity, unit: str, language: Language) -> Quantity:
    """A figure that has its unit behind a later one of its list."""
    if said.unit or not unit or said.in_words:
        return said
    (found,) = quantities(f"{said.text} {unit}", language)
    return replace(found, start=said.start, end=said.end)
