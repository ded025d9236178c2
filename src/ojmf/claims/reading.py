"""From sentences to claims: which figures belong together and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import Claim, Kind, When
from ojmf.claims.discourse import Discourse, companions
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence
from ojmf.claims.trend_sentences import trends

_MAX_GAP = 90


def read_claims(sentences: Sequence[Sentence], language: Language, now: int) -> list[Claim]:
    """All claims of the sentences, in order; ``now`` is the year that the document reports on."""
    discourse = Discourse()
    found: list[Claim] = []
    for sentence in sentences:
        discourse.enter(sentence)
        here = _Reader(sentence, language, now, discourse).claims()
        found += here
        basis, _ = phrases.first_basis(sentence.text, language)
        discourse.basis = basis or discourse.basis
        if not compiled(language.subject.anaphora).search(sentence.text):
            discourse.subject = sentence.text
    return found


class _Reader:
    """Reads one sentence."""

    def __init__(
        self, sentence: Sentence, language: Language, now: int, discourse: Discourse
    ) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.language = language
        self.now = now
        self.discourse = discourse
        self.found = quantities(self.text, language)

    def claims(self) -> list[Claim]:
        claims: list[Claim] = []
        taken: set[int] = set()
        for index, quantity in enumerate(self.found):
            if index in taken:
                continue
            pair = self._pair(index)
            if pair is not None:
                claims += pair
                taken.add(index + 1)
            else:
                claims.append(self._single(index, quantity))
        return [
            *companions(claims, self.text),
            *trends(
                self.sentence,
                self.language,
                self.now,
                has_figures=bool(self.found),
                context=self._context(),
                basis=self.discourse.basis,
            ),
        ]

    # Pieces of the sentence around a figure.

    def _left(self, index: int) -> str:
        start = self.found[index - 1].end if index else 0
        return self.text[start : self.found[index].start]

    def _right(self, index: int) -> str:
        stop = self.found[index + 1].start if index + 1 < len(self.found) else len(self.text)
        return self.text[self.found[index].end : stop]

    def _clause_before(self, index: int) -> str:
        left = self._left(index)
        cuts = [m.end() for m in compiled(self.language.subject.clause).finditer(left)]
        return left[cuts[-1] :] if cuts else left

    def _unexplained(self, text: str) -> str:
        match = compiled(self.language.subject.explains).search(text)
        return text[: match.start()] if match else text

    def _context(self) -> tuple[str, ...]:
        """What may name the subject when the clause does not: earlier sentence, heading."""
        return tuple(t for t in (self.discourse.subject, self.sentence.heading) if t)

    def _subjects(self, index: int) -> tuple[str, ...]:
        behind = self._unexplained(self._right(index))
        clause = self._clause_before(index)
        sentence = self._unexplained(self.text[: self.found[index].start]) + " " + behind
        whole = self.text[: self.found[index].end + len(behind)]
        return (f"{clause} {behind}", sentence, whole)

    # Kinds of claims.

    def _pair(self, index: int) -> list[Claim] | None:  # noqa: PLR0911 - one return per pattern
        """Two figures of which one is compared with the other: each becomes a claim."""
        if index + 1 >= len(self.found):
            return None
        one, two = self.found[index], self.found[index + 1]
        if one.unit != two.unit and one.unit and two.unit:
            return None
        between = self.text[one.end : two.start]
        words = self.language.pair
        before = self._clause_before(index)
        if len(between) > _MAX_GAP:
            return None
        if compiled(rf"^\s*{words.out_of}\s*$").search(between):
            return [self._claim(index, Kind.RATIO, (one, two), part=True)]
        if compiled(rf"\b{words.from_to}\s*$").search(before) and compiled(
            rf"\b{words.to}\s*$"
        ).search(between):
            return self._sides(index, earlier=index, later=index + 1)
        budgeted = self.language.scenario.budget
        chained = index + 2 < len(self.found) and compiled(rf"\b{words.to}\s*$").search(
            self.text[two.end : self.found[index + 2].start]
        )
        if (
            not chained
            and (
                compiled(rf"\b(?:{words.previous})\s*$").search(between)
                or compiled(rf"\b{words.previous}\b").search(between)
                or compiled(rf"\b(?:{words.versus})\s*$").search(between)
                or compiled(rf"\b(?:{words.versus})\s+(?:{budgeted})").search(between)
            )
            and not compiled(words.change_before).search(between)
        ):
            return self._sides(index, earlier=index + 1, later=index)
        return None

    def _sides(self, index: int, *, earlier: int, later: int) -> list[Claim]:
        """The claims of a pair: the present figure, and the one that it is compared with."""
        around = self._pair_periods(index, earlier, later)
        both = (self.found[later], self.found[earlier])
        budgeted = compiled(self.language.scenario.budget)
        between = self.text[self.found[index].end : self.found[index + 1].start]
        to_budget = bool(budgeted.search(between + self._right(index + 1)[:25]))
        made = []
        for position, quantity in ((later, both[0]), (earlier, both[1])):
            other = both[0] if quantity is both[1] else both[1]
            claim = self._claim(index, Kind.COMPARISON, (quantity, other))
            is_earlier = position == earlier
            scenario = "budget" if is_earlier and to_budget else "outcome"
            made.append(
                replace(
                    claim,
                    offset=quantity.start,
                    when=around[1] if is_earlier and not to_budget else around[0],
                    earlier=around[1],
                    scenario=scenario,
                    basis="budget" if to_budget else "previous_year",
                    words="earlier" if is_earlier else "later",
                )
            )
        return sorted(made, key=lambda claim: claim.offset)

    def _pair_periods(self, index: int, earlier: int, later: int) -> tuple[When, When]:
        """The period of the present and of the earlier figure of a pair."""
        one_right = self.text[self.found[index].end : self.found[index + 1].start]
        two_right = self._unexplained(self._right(index + 1))
        own = {index: one_right, index + 1: two_right}
        say = {k: phrases.when(v, self.language, self.now) for k, v in own.items()}
        if earlier == index + 1 and say[earlier].year is None:
            say[earlier] = phrases.when(one_right, self.language, self.now)
            say[later] = When()
        whole = phrases.when(self.text, self.language, self.now)
        past = say[earlier]
        if past.year is None:
            past = replace(past, year=self.now - 1, text=past.text or whole.text)
        if not past.span and not past.months and whole.span == "period":
            past = replace(past, span="period")
        if not past.months and not say[later].months:
            months, _ = phrases.months_named(self.text, self.language)
            past = replace(past, months=months)
            say[later] = replace(say[later], months=months)
        present = say[later]
        if present.year is None:
            present = replace(present, year=self.now)
        return present, past

    def _single(self, index: int, quantity: Quantity) -> Claim:
        left, right = self._left(index), self._right(index)
        words = self.language.pair
        clause = self._clause_before(index)
        behind = compiled(rf"^\s*(?:\([^)]*\)\s*)?{words.change_after}\b").search(
            self.text[quantity.end :]
        )
        change = compiled(rf"{words.change_before}\s*$").search(left) or behind
        if self._is_status(index):
            return self._claim(index, Kind.STATUS, (quantity,))
        part = bool(compiled(rf"\b(?:{words.part})\b(?:\s+\w+){{0,4}}\s*$").search(left))
        part = (
            part
            or quantity.none
            or bool(
                index
                and compiled(words.also).search(left)
                and compiled(rf"\b(?:{words.part})\b").search(self.text[: quantity.start])
            )
        )
        kind = Kind.CHANGE if change else Kind.LEVEL
        claim = self._claim(index, kind, (quantity,), part=part)
        if not change:
            return claim
        said = (behind[0] if behind else "") or left[-60:]
        direction, _ = phrases.first_direction(said, self.language)
        if direction == "same":
            direction = None
        nearest = (self._unexplained(right), clause, self.text[: quantity.start], self.text)
        named = (phrases.first_basis(text, self.language)[0] for text in nearest)
        basis = next((name for name in named if name), self.discourse.basis)
        return replace(claim, direction=direction, basis=basis)

    def _is_status(self, index: int) -> bool:
        colours = (
            *self.language.status.green,
            *self.language.status.yellow,
            *self.language.status.red,
        )
        near = self.text[self.found[index].end :][:40]
        named = compiled(rf"^\s*(?:{self.language.status.indicators})")
        coloured = compiled(
            rf"^\s*(?:{self.language.status.indicators})?\s*(?:är|visar)?\s*"
            rf"(?:{'|'.join(colours)})\b"
        )
        return bool(named.search(near) or coloured.search(near))

    def _claim(
        self, index: int, kind: Kind, values: tuple[Quantity, ...], *, part: bool = False
    ) -> Claim:
        quantity = self.found[index]
        left, right = self._left(index), self._unexplained(self._right(index))
        clause = self._clause_before(index)
        lead = self._unexplained(self.text[: quantity.start]) if index else left
        scenario = phrases.scenario(clause, right, self.language)
        if scenario == "outcome":
            scenario = phrases.scenario(left if index == 0 else lead, right, self.language)
        period = self._period(clause, left, right, lead)
        begin = max(self.text.rfind(". ", 0, quantity.start) + 1, 0)
        return Claim(
            sentence=self.sentence,
            offset=quantity.start,
            quote=self.text[begin:].strip(),
            kind=kind,
            values=values,
            when=period,
            earlier=When(year=self.now - 1),
            scenario=scenario,
            basis=None,
            direction=None,
            near=self._subjects(index),
            context=self._context(),
            part=part,
            words=f"{lead} {clause} {right}",
        )

    def _period(self, clause: str, left: str, right: str, lead: str) -> When:
        """The period of a figure: behind it up to the next clause, else before it, nearest first.

        What a figure is only compared with gives it no period.
        """
        cut = compiled(self.language.subject.clause).search(right)
        near = (right[: cut.start()] if cut else right, clause, left, lead)
        own = [
            phrases.when(phrases.without_comparison(text, self.language), self.language, self.now)
            for text in near
        ]
        year = next((w.year for w in own if w.year is not None), None)
        months = next((w.months for w in own if w.months), ())
        span = next((w.span for w in own if w.span), "")
        said = next((w.text for w in own if w.text), "")
        if span == "year" and year is None:
            year = phrases.when(self.text, self.language, self.now).year
        if span == "year":
            months = ()
        return When(year, months, span, said)
