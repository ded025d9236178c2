"""From sentences to claims: which figures belong together and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ojmf.claims import phrases, trend_sentences
from ojmf.claims.causes import cause_claims
from ojmf.claims.claim import DIFFERENCES, Claim, Kind, When
from ojmf.claims.discourse import Discourse, companions, equals, respective
from ojmf.claims.figure_forms import Forms, Said
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence
from ojmf.claims.shares import shared

_BRACKET = 30
_LONGEST, _MOST_FIGURES = 3_000, 40
_KINDS = {
    "change": Kind.CHANGE,
    "deviation": Kind.DEVIATION,
    "level": Kind.LEVEL,
    "part": Kind.LEVEL,
    "ratio": Kind.RATIO,
    "unknown": Kind.UNKNOWN,
}


def read_claims(sentences: Sequence[Sentence], language: Language, now: int) -> list[Claim]:
    """All claims of the sentences, in order; ``now`` is the year that the document reports on.

    What is longer than a sentence is, or has more figures, is a list without stops, and no claim.
    """
    discourse = Discourse()
    found: list[Claim] = []
    for sentence in sentences:
        if (
            len(sentence.text) > _LONGEST
            or len(quantities(sentence.text, language)) > _MOST_FIGURES
        ):
            continue
        discourse.enter(sentence)
        found += _Reader(sentence, language, now, discourse).claims()
        basis, _ = phrases.first_basis(sentence.text, language)
        discourse.basis = basis if basis not in {None, "months"} else discourse.basis
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
        self.forms = Forms(self.text, self.found, language)
        self.said = self.forms.said

    def claims(self) -> list[Claim]:
        claims: list[Claim] = []
        for index in range(len(self.found)):
            said = self.said.get(index)
            if said and said.form.kind == "pair":
                claims += self._side(index, said)
            elif said and said.form.kind == "ratio" and said.earlier:
                continue
            else:
                claims.append(self._single(index, said))
        context, shares = self._context(), shared(claims, self.forms.flat, self.language)
        shares = respective(shares, self.forms.flat, self.language)
        return [
            *companions(shares, self.text, self.language),
            *equals(shares, self.text, self.language, self.now),
            *cause_claims(self.sentence, self.language, self.now, context),
            *trend_sentences.rank_claims(self.sentence, self.language, self.now, context),
            *trend_sentences.pair_directions(
                self.sentence, self.language, self.found, self.forms.pairs(), self.forms.beside()
            ),
            *trend_sentences.multiples(
                self.sentence, self.language, self.now, context, self.forms.pairs()
            ),
            *trend_sentences.trends(
                self.sentence,
                self.language,
                self.now,
                found=self.found,
                stated=[self.found[i] for i, said in self.said.items() if said.form.kind != "part"],
                context=context,
                basis=self.discourse.basis,
            ),
            *trend_sentences.target_claims(self.sentence, self.language, self.now, context),
            *trend_sentences.answer_claims(self.sentence, self.language, self.found),
            *trend_sentences.own_answers(self.sentence, self.language, self.found),
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
        quantity = self.found[index]
        right = self._unexplained(self._right(index))
        if index + 1 < len(self.found):
            right = compiled(self.language.subject.next).split(right)[0]
        behind = f"{quantity.text} {right}"
        clause = self._clause_before(index)
        if compiled(self.language.subject.relative).search(clause):
            return (f"{self._left(index)} {quantity.text}",)
        sentence = self._unexplained(self.text[: self.found[index].start]) + " " + behind
        whole = self.text[: quantity.start + len(behind)]
        return (f"{clause} {behind}", sentence, whole)

    # Kinds of claims.

    def _single(self, index: int, said: Said | None) -> Claim:
        quantity = self.found[index]
        if phrases.counts_answers(
            self.text, quantity.start, quantity.end, quantity.unit, self.language
        ):
            values: tuple[Quantity, ...] = (quantity,)
            if said and said.form.kind == "ratio" and said.other is not None:
                values = (quantity, self.found[said.other])
            return self._claim(index, Kind.STATUS, values)
        elliptic = compiled(self.language.elliptic).search(self._left(index)) is not None
        before = self.said.get(index - 1)
        if said is None and elliptic and before and before.form.kind in {"change", "deviation"}:
            said = before
        if said is None:
            return self._plain(index, elliptic=elliptic)
        kind = _KINDS[said.form.kind]
        if kind is Kind.RATIO and said.other is not None:
            return self._claim(index, kind, (quantity, self.found[said.other]), part=True)
        part = compiled(rf"\b(?:{self.language.part})\b").search(self.text[: quantity.start])
        explained = part is not None or said.form.kind == "part"
        claim = self._claim(index, kind, (quantity,), part=explained)
        if self._supposed(index):
            return replace(claim, kind=Kind.UNKNOWN)
        return self._difference(index, claim, said) if kind in DIFFERENCES else claim

    def _plain(self, index: int, *, elliptic: bool) -> Claim:
        """A figure in no form: a level, unless the words before it speak of a difference."""
        quantity = self.found[index]
        clause = self._clause_before(index)
        if not clause.strip(" ("):
            clause = self._left(index)
        unclear = compiled(rf"\b(?:{self.language.unclear})").search(clause) is not None
        if (unclear or elliptic or self._supposed(index)) and not quantity.none:
            return self._claim(index, Kind.UNKNOWN, (quantity,))
        also = compiled(rf"\b(?:{self.language.part})\b.*(?:\soch|,)\s*$")
        explained = also.search(self.text[: quantity.start]) is not None
        return self._claim(index, Kind.LEVEL, (quantity,), part=quantity.none or explained)

    def _supposed(self, index: int) -> bool:
        """Whether a figure is of what might have been; a target's own figure is not."""
        told = compiled(self.language.target.level).sub(lambda m: "_" * len(m[0]), self.forms.flat)
        before = told[: self.found[index].start]
        return compiled(self.language.hypothetical).search(before) is not None

    def _difference(self, index: int, claim: Claim, said: Said) -> Claim:
        """A difference with its direction and what it is from: a year, a month or the budget."""
        language, quantity = self.language, self.found[index]
        right = self._unexplained(self._right(index))
        within = self._within_clause(right)
        against = compiled(language.against).search(within)
        if claim.kind is Kind.CHANGE and against and not self._is_time(against["what"]):
            return replace(claim, kind=Kind.UNKNOWN)
        other = phrases.when(against["what"], language, self.now) if against else When()
        if other.year == self.now and not other.months:
            return replace(claim, kind=Kind.UNKNOWN)
        nearest = (right, self._clause_before(index), self.text[: quantity.start], self.text)
        named = [b for text in nearest if (b := phrases.first_basis(text, language)[0])]
        moved = compiled(rf"(?:{language.trend.moved})").search(said.word) is not None
        understood = None if moved else self.discourse.basis
        if moved and claim.when.since:
            understood = "months"
        basis = said.form.basis or next(iter(named), understood)
        if claim.kind is Kind.CHANGE and not said.form.basis:
            since = language.month_pattern(language.months.since).search(right)
            basis = phrases.first_basis(right, language)[0] or "months" if since else basis
        direction, good = phrases.toward(said.word, language)
        earlier = claim.earlier
        if basis == "months":
            _, at = phrases.first_basis(right, language)
            months, _ = phrases.months_named(right[max(at, 0) :], language)
            earlier = When(self.now, months[:1] or claim.when.months[:1])
        elif found := compiled(language.years_between).search(self.text):
            earlier = replace(earlier, year=int(found["first"]))
        elif found := compiled(language.earlier_year).search(right):
            whole = phrases.when(found[0], language, self.now).span
            earlier = replace(earlier, year=int(found["year"]), span=whole)
            year = None if claim.when.year == earlier.year else claim.when.year
            claim = replace(claim, when=replace(claim.when, year=year))
        elif claim.when.year and compiled(language.months.before_last[0]).search(within):
            earlier = replace(earlier, year=min(claim.when.year, self.now) - 1)
        if basis == "previous_year" and other.months:
            earlier = replace(earlier, months=other.months, year=other.year or earlier.year)
        scenario, kind = claim.scenario, claim.kind
        if kind is Kind.DEVIATION or (basis == "budget" and direction):
            kind = Kind.DEVIATION
            own = f"{self._clause_before(index)} {within}"
            so_far = compiled(language.scenario.so_far).search(own)
            around = own if so_far else f"{self.text[: quantity.start]} {within}"
            forecast = compiled(language.scenario.forecast).search(around) is not None
            scenario = "forecast_deviation" if forecast else "deviation"
        return replace(
            claim,
            kind=kind,
            scenario=scenario,
            direction=direction,
            good=good,
            basis=basis,
            earlier=earlier,
        )

    def _is_time(self, text: str) -> bool:
        """Whether what a figure is compared with is a year, a month or a budget."""
        basis, _ = phrases.first_basis(f"än {text}", self.language)
        period = phrases.when(text, self.language, self.now)
        return basis is not None or bool(period.text or period.year)

    def _side(self, index: int, said: Said) -> Iterator[Claim]:
        """One figure of a pair: the present one, or the one that it is compared with."""
        assert said.other is not None
        quantity, other = self.found[index], self.found[said.other]
        later, earlier = (said.other, index) if said.earlier else (index, said.other)
        around = self._pair_periods(min(index, said.other), earlier, later)
        between = self.text[min(quantity.end, other.end) : max(quantity.start, other.start)]
        budgeted = compiled(self.language.scenario.budget)
        to_budget = bool(
            budgeted.search(between + self._right(max(later, earlier))[:25])
            and not budgeted.search(self.text[: min(quantity.start, other.start)])
        )
        claim = self._claim(min(index, said.other), Kind.COMPARISON, (quantity, other))
        scenario = claim.scenario if claim.scenario in {"budget", "forecast"} else "outcome"
        if said.earlier and (to_budget or scenario == "forecast"):
            scenario = "budget" if to_budget else "outcome"
        places = phrases.regions(self.text, self.language)
        if len(places) == 2:
            own = places[quantity.start > other.start]
            yield replace(
                claim, kind=Kind.LEVEL, offset=quantity.start, values=(quantity,), region=own
            )
            return
        yield replace(
            claim,
            offset=quantity.start,
            when=around[1] if said.earlier and not to_budget else around[0],
            earlier=around[1],
            scenario=scenario,
            basis="budget" if to_budget else "previous_year",
            side="earlier" if said.earlier else "later",
        )

    def _pair_periods(self, index: int, earlier: int, later: int) -> tuple[When, When]:
        """The period of the present and of the earlier figure of a pair."""
        one_right = self.text[self.found[index].end : self.found[index + 1].start]
        two_right = self._within_clause(self._unexplained(self._right(index + 1)))
        own = {index: one_right, index + 1: two_right}
        say = {k: phrases.when(v, self.language, self.now) for k, v in own.items()}
        if earlier == index + 1 and say[earlier].year is None and not say[later].months:
            say[earlier] = phrases.when(one_right, self.language, self.now)
            say[later] = When()
        whole = phrases.when(self.text, self.language, self.now)
        past, present = say[earlier], say[later]
        now, then = self.now, self.now - phrases.years_back(self.text, self.language)
        if between := compiled(self.language.years_between).search(self.text):
            then, now = int(between["first"]), int(between["last"])
            past, present = replace(past, year=then), replace(present, year=now)
        if compiled(self.language.months.chained).search(
            one_right if later == index else two_right
        ):
            now, then = now - 1, then - 1
        since = compiled(self.language.earlier_year).search(self.text[: self.found[index].start])
        if since and int(since["year"]) < now and not whole.months:
            then = int(since["year"])
        if not past.months and not present.months:
            months, phrase = phrases.months_named(self.text, self.language)
            said = [one.text or phrase for one in (past, present)]
            past = replace(past, months=months, text=said[0])
            present = replace(present, months=months, text=said[1])
        elif present.months and past.months and past.year is None:
            past = replace(past, year=present.year or self.now)
        if past.year is None:
            past = replace(past, year=then, text=past.text or whole.text)
        if not past.span and not past.months and whole.span == "period":
            past = replace(past, span="period")
        if present.year is None:
            present = replace(present, year=now)
        if present.months and not past.months:
            past = replace(past, months=present.months)
        return present, past

    def _claim(
        self, index: int, kind: Kind, values: tuple[Quantity, ...], *, part: bool = False
    ) -> Claim:
        quantity = self.found[index]
        left, right = self._left(index), self._unexplained(self._right(index))
        clause = self._clause_before(index)
        lead = self._unexplained(self.text[: quantity.start]) if index else left
        begin = max(self.text.rfind(". ", 0, quantity.start) + 1, 0)
        near = (f"{clause} {self._within_clause(right)}", f"{lead} {right}", self.text)
        whole = self.found.index(values[-1])
        behind = (self._within_clause(self._right(whole)),) if whole > index else ()
        return Claim(
            sentence=self.sentence,
            offset=quantity.start,
            quote=self.text[begin:].strip(),
            kind=kind,
            values=values,
            when=self._period(clause, left, right, lead),
            earlier=When(year=self.now - 1),
            scenario=self._scenario(clause, left, right, lead),
            near=self._subjects(index),
            context=self._context(),
            part=part,
            aggregate=phrases.aggregate(near[:2], self.language),
            region=phrases.region(
                (*behind, self._within_clause(right), clause, right, lead), self.language
            ),
        )

    def _scenario(self, clause: str, left: str, right: str, lead: str) -> str:
        """What a figure is; a clause with a verb of its own does not take over from the others."""
        words = self.language.scenario
        if compiled(words.used).search(right):
            return "outcome"
        if compiled(self.language.target.level).search(f"{left}#") and left:
            return "target"
        own = compiled(words.own).search(f"{clause} {self._within_clause(right)}")
        near = (" ".join(clause.split()[-2:]), clause, self._named_behind(right))
        return phrases.scenario(near if own else (*near, left, lead), self.language)

    def _named_behind(self, right: str) -> str:
        """The words closely behind a figure that name what it is, and not what it is a part of."""
        own = compiled(self.language.cause.compared).split(self._within_clause(right))[0]
        words = own.split()[:3]
        return "" if words[:1] in (["av"], ["och"]) else " ".join(words)

    def _within_clause(self, right: str) -> str:
        cut = compiled(self.language.subject.clause).search(right)
        return right[: cut.start()] if cut else right

    def _period(self, clause: str, left: str, right: str, lead: str) -> When:
        """The period of a figure: behind it up to the next clause, else before it, nearest first.

        What a figure is only compared with gives it no period.
        """
        within = "" if right.startswith(")") else self._within_clause(right)
        joined = compiled(self.language.months.joined).split(within)[0]
        aside = "" if clause.strip() else within.join(right.split(f"{within}, ", 1)[1:])
        near = (joined, clause, self._within_clause(aside), left, lead)
        own = [
            phrases.when(phrases.without_comparison(text, self.language), self.language, self.now)
            for text in near
        ]
        if left.endswith("("):
            own.insert(0, phrases.when(left[-_BRACKET:], self.language, self.now))
        year = next((w.year for w in own if w.year is not None), None)
        months, since = next(((w.months, w.since) for w in own if w.months), ((), False))
        before_that, last_year = map(compiled, self.language.months.before_last)
        if year == self.now - 1 and before_that.search(f"{clause} {joined}"):
            year -= last_year.search(lead) is not None
        named = months and not phrases.months_named(joined, self.language)[0]
        if named and compiled(self.language.months.afterwards).search(clause):
            months, since = tuple(range(months[-1] + 1, 13)), True
        span = next((w.span for w in own if w.span), "")
        said = next((w.text for w in own if w.text), "")
        if span == "year" and year is None:
            year = phrases.when(self.text, self.language, self.now).year
        if span == "year":
            months = ()
        return When(year, months, span, said, since)
