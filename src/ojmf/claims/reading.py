"""From sentences to claims: which figures belong together and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ojmf.claims import answer_sentences, phrases, trend_sentences
from ojmf.claims.causes import cause_claims
from ojmf.claims.claim import DIFFERENCES, Claim, Kind, When
from ojmf.claims.discourse import Discourse, companions, equals, respective
from ojmf.claims.figure_forms import Forms, Said
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.rank_sentences import rank_claims
from ojmf.claims.sentences import Sentence
from ojmf.claims.shares import shared
from ojmf.claims.stated import Stated
from ojmf.claims.vocabulary import BasisName

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


class _Reader(Stated):
    """Reads one sentence."""

    def __init__(
        self, sentence: Sentence, language: Language, now: int, discourse: Discourse
    ) -> None:
        super().__init__(sentence, language, now, discourse)
        self.forms = Forms(self.text, self.found, language)
        self.said = {
            index: said
            for index, said in self.forms.said.items()
            if not self._apart(index, said) and not self.led(index)
        }

    def claims(self) -> list[Claim]:
        claims: list[Claim] = []
        for index in range(len(self.found)):
            said = self.said.get(index)
            if end := self.end_of_range(index):
                claims.append(end)
            elif said and said.form.kind == "pair":
                claims += self._side(index, said)
            elif said and said.form.kind == "ratio" and said.earlier:
                continue
            else:
                claims.append(self._single(index, said))
        context = self.context()
        trends = [*self._trends(context)]
        counting = [v for trend in trends for v in trend.values]  # "i sex av åtta månader"
        claims = [claim for claim in claims if claim.values[0] not in counting]
        shares = shared(claims, self.forms.flat, self.language)
        shares = respective(shares, self.forms.flat, self.language)
        return [
            *companions(shares, self.text, self.language),
            *equals(shares, self.text, self.language, self.now),
            *cause_claims(self.sentence, self.language, self.now, context),
            *rank_claims(self.sentence, self.language, self.now, context),
            *trend_sentences.pair_directions(
                self.sentence, self.language, self.found, self.forms.pairs(), self.forms.beside()
            ),
            *self.level_beside(),
            *trend_sentences.multiples(
                self.sentence, self.language, self.now, context, self.forms.pairs()
            ),
            *trends,
            *trend_sentences.target_claims(self.sentence, self.language, self.now, context),
            *answer_sentences.answer_claims(self.sentence, self.language, self.found),
            *answer_sentences.own_answers(self.sentence, self.language, self.found),
        ]

    def _trends(self, context: tuple[str, ...]) -> Iterator[Claim]:
        """The directions that the sentence states without a figure."""
        return trend_sentences.trends(
            self.sentence,
            self.language,
            self.now,
            found=self.found,
            stated=[self.found[i] for i, said in self.said.items() if said.form.kind != "part"],
            context=context,
            basis=self.discourse.basis,
        )

    def _apart(self, index: int, said: Said) -> bool:
        """Whether a fraction and the number that it is of ("hälften av fjolårets 327") stand alone.

        Those of questions that are answered are counted together.
        """
        if said.form.kind != "ratio" or said.other is None:
            return False
        part = self.found[said.other if said.earlier else index]
        counted = (self.text, part.start, part.end, part.unit, self.language)
        return part.unit == "percent" and not phrases.counts_answers(*counted)

    # Kinds of claims.

    def _single(self, index: int, said: Said | None) -> Claim:
        quantity = self.found[index]
        if phrases.counts_answers(
            self.text, quantity.start, quantity.end, quantity.unit, self.language
        ):
            values: tuple[Quantity, ...] = (quantity,)
            if said and said.form.kind == "ratio" and said.other is not None:
                values = (quantity, self.found[said.other])
            return self.claim(index, Kind.STATUS, values)
        elliptic = compiled(self.language.elliptic).search(self.left(index)) is not None
        before = self.said.get(index - 1)
        if said is None and elliptic and before and before.form.kind in {"change", "deviation"}:
            said = before
        beside = self.text[self.found[index - 1].end : quantity.start] if index else ""
        joined = compiled(r"\s*(?:,|och|samt)\s*").fullmatch(beside)
        if said is None and joined and before and before.form.kind == "part":
            said, before = before, self.said.get(index - 2)  # "varav elva kvinnor och nio män"
        if said is None:
            return self._plain(index, elliptic=elliptic)
        if (kind := _KINDS[said.form.kind]) is Kind.RATIO and said.other is not None:
            return self.claim(index, kind, (quantity, self.found[said.other]), part=True)
        part = compiled(rf"\b(?:{self.language.part})\b").search(self.text[: quantity.start])
        explained = part is not None or said.form.kind == "part"
        claim = self.claim(index, kind, (quantity,), part=explained)
        if self._supposed(index):
            return replace(claim, kind=Kind.UNKNOWN)
        if said.form.kind == "part" and before and before.form.kind == "change":
            kind, said = Kind.CHANGE, before
            claim = replace(claim, kind=kind)
        if kind not in DIFFERENCES:
            return claim
        return self._month_before(index, claim, said) or self._difference(index, claim, said)

    def _month_before(self, index: int, claim: Claim, said: Said) -> Claim | None:
        """A change from the month before the one that a sentence names; null where it is none."""
        right = self.within_clause(self.right(index))
        named = compiled(self.language.months.month_before).search(right)
        if claim.kind is not Kind.CHANGE or named is None or claim.when.months[:1] <= (1,):
            return None
        earlier = When(self.now, (claim.when.months[0] - 1,))
        direction, _ = phrases.toward(said.word, self.language)
        return replace(claim, basis="months", earlier=earlier, direction=direction)

    def _plain(self, index: int, *, elliptic: bool) -> Claim:
        """A figure in no form: a level, unless the words before it speak of a difference."""
        quantity, first = self.found[index], self.said.get(0)
        if index and first and compiled(self.language.of_change).match(self.text):
            claim = self.claim(index, Kind.CHANGE, (quantity,), part=True)
            return self._difference(index, claim, first)
        clause = self.clause_before(index)
        if not clause.strip(" ("):
            clause = self.left(index)
        unclear = compiled(rf"\b(?:{self.language.unclear})").search(clause) is not None
        unclear = unclear or self.among(index) or self.of_another(quantity)
        by_verb = compiled(self.language.by_verb).search(self.text[: quantity.start])
        unclear = unclear or by_verb is not None
        if told := self.sided(index) or self.of_year(index) or (unclear and self.gap(index)):
            return told
        if (unclear or elliptic or self._supposed(index)) and not quantity.none:
            return self.claim(index, Kind.UNKNOWN, (quantity,))
        also = compiled(rf"\b(?:{self.language.part})\b.*(?:\soch|,)\s*$")
        explained = also.search(self.text[: quantity.start]) is not None
        return self.claim(index, Kind.LEVEL, (quantity,), part=quantity.none or explained)

    def _supposed(self, index: int) -> bool:
        """Whether a figure is of what might have been; a target's own figure is not."""
        told = compiled(self.language.target.level).sub(lambda m: "_" * len(m[0]), self.forms.flat)
        before = told[: self.found[index].start]
        return compiled(self.language.hypothetical).search(before) is not None

    def _difference(self, index: int, claim: Claim, said: Said) -> Claim:
        """A difference with its direction and what it is from: a year, a month or the budget."""
        language, right = self.language, self.unexplained(self.right(index))
        within = self.within_clause(right)
        if said.form.basis == "region":
            direction, _ = phrases.toward(said.word, language)
            than = compiled(r"\bän\b").split(within)[-1]
            region = phrases.beside(than, self.text, language)
            known = replace(claim, basis="region", region=region, direction=direction)
            return known if region else replace(claim, kind=Kind.UNKNOWN)
        against = compiled(language.against).search(within)
        if (
            claim.kind is Kind.CHANGE
            and against
            and not phrases.is_time(against["what"], language, self.now)
        ):
            return replace(claim, kind=Kind.UNKNOWN)
        other = phrases.when(against["what"], language, self.now) if against else When()
        now = other.year == self.now and not other.months
        if against and now and not phrases.first_basis(f"än {against['what']}", language)[0]:
            return replace(claim, kind=Kind.UNKNOWN)
        nearest = (
            right,
            self.clause_before(index),
            self.text[: self.found[index].start],
            self.text,
        )
        named: list[BasisName] = [
            b for text in nearest if (b := phrases.first_basis(text, language)[0])
        ]
        moved = compiled(rf"(?:{language.trend.moved})").search(said.word) is not None
        understood: BasisName | None = None if moved else self.discourse.basis
        if moved and claim.when.since:
            understood = "months"
        basis: BasisName | None = said.form.basis or next(iter(named), understood)
        since_year = compiled(language.earlier_year)
        if self.from_range(right):
            basis = "previous_year"
        elif claim.kind is Kind.CHANGE and not said.form.basis:
            since = language.month_pattern(language.months.since).search(right)
            basis = phrases.first_basis(right, language)[0] or "months" if since else basis
        direction, good = self.toward(index, said.word)
        earlier = claim.earlier
        if basis == "months":
            earlier = When(self.now, self.month_of(index, right) or claim.when.months[:1])
        elif found := compiled(language.years_between).search(self.text):
            earlier = replace(earlier, year=int(found["first"]))
        elif found := since_year.search(right) or since_year.match(self.text):
            part = compiled(language.months.same).search(found[0])
            whole = phrases.when(found[0], language, self.now).span or ("" if part else "year")
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
            own = f"{self.clause_before(index)} {within}"
            so_far = compiled(language.scenario.so_far).search(own)
            around = own if so_far else f"{self.text[: self.found[index].start]} {within}"
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

    def _side(self, index: int, said: Said) -> Iterator[Claim]:
        """One figure of a pair: the present one, or the one that it is compared with."""
        assert said.other is not None
        quantity, other = self.found[index], self.found[said.other]
        later, earlier = (said.other, index) if said.earlier else (index, said.other)
        around = self.pair_periods(min(index, said.other), earlier, later)
        between = self.text[min(quantity.end, other.end) : max(quantity.start, other.start)]
        budgeted = compiled(self.language.scenario.budget)
        than = compiled(self.language.planned_before)
        to_budget = than.search(self.text[: min(quantity.start, other.start)]) is not None
        to_budget = to_budget or bool(
            budgeted.search(between + self.right(max(later, earlier))[:25])
            and not budgeted.search(self.text[: min(quantity.start, other.start)])
        )
        claim = self.claim(min(index, said.other), Kind.COMPARISON, (quantity, other))
        scenario = claim.scenario if claim.scenario in {"budget", "forecast"} else "outcome"
        if said.earlier and (to_budget or scenario == "forecast"):
            scenario = "budget" if to_budget else "outcome"
        places = phrases.regions(self.text, self.language)
        told = self.text[: min(quantity.start, other.start)]
        revised = said.earlier and compiled(self.language.scenario.revised).search(told)
        if revised or compiled(self.language.trend.so_many).search(told):
            yield replace(claim, kind=Kind.UNKNOWN, offset=quantity.start, values=(quantity,))
            return
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
