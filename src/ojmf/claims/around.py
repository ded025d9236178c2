"""What stands around a figure of a sentence: the words that name it, its period and scenario."""

from __future__ import annotations

from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.claim import When
from ojmf.claims.discourse import Discourse
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity, quantities
from ojmf.claims.sentences import Sentence
from ojmf.claims.table_rows import Region
from ojmf.claims.vocabulary import DirectionName

_BRACKET = 30


class Around:
    """A sentence with its figures, and the pieces of it around each of them."""

    def __init__(
        self, sentence: Sentence, language: Language, now: int, discourse: Discourse
    ) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.language = language
        self.now = now
        self.discourse = discourse
        self.found = quantities(self.text, language)

    def left(self, index: int) -> str:
        """The text between a figure and the one before it, without a year of that one."""
        if not index:
            return self.text[: self.found[index].start]
        between = self.text[self.found[index - 1].end : self.found[index].start]
        return compiled(self.language.year_behind).sub("", between)

    def right(self, index: int) -> str:
        """The text between a figure and the one behind it."""
        stop = self.found[index + 1].start if index + 1 < len(self.found) else len(self.text)
        return self.text[self.found[index].end : stop]

    def clause_before(self, index: int) -> str:
        """The clause before a figure; what stands in brackets does not end one."""
        left = self.left(index)
        flat = compiled(r"\([^()]*\)").sub(lambda m: "_" * len(m[0]), left)
        cuts = [m.end() for m in compiled(self.language.subject.clause).finditer(flat)]
        return left[cuts[-1] :] if cuts else left

    def unexplained(self, text: str) -> str:
        """A text up to where it explains something."""
        match = compiled(self.language.subject.explains).search(text)
        return text[: match.start()] if match else text

    def context(self) -> tuple[str, ...]:
        """What may name the subject when the clause does not: earlier sentence, heading."""
        return tuple(t for t in (self.discourse.subject, self.sentence.heading) if t)

    def subjects(self, index: int) -> tuple[str, ...]:
        """The texts that may name what a figure is about, nearest first."""
        quantity = self.found[index]
        right = self.unexplained(self.right(index))
        cut = self.language.subject.next if self.found[index + 1 :] else self.language.subject.anew
        right = compiled(cut).split(right)[0]
        behind = f"{quantity.text} {right}"
        clause = self.clause_before(index)
        if compiled(self.language.subject.relative).search(clause):
            return (f"{self.left(index)} {quantity.text}",)
        sentence = self.unexplained(self.text[: self.found[index].start]) + " " + behind
        whole = self.text[: quantity.start + len(behind)]
        return (f"{clause} {behind}", sentence, whole)

    def scenario(self, clause: str, left: str, right: str, lead: str) -> str:
        """What a figure is; a clause with a verb of its own does not take over from the others."""
        words = self.language.scenario
        if compiled(words.used).search(right):
            return "outcome"
        if compiled(self.language.target.level).search(f"{left}#") and left:
            return "target"
        own = compiled(words.own).search(f"{clause} {self.within_clause(right)}")
        near = (" ".join(clause.split()[-2:]), clause, self.named_behind(right))
        return phrases.scenario(near if own else (*near, left, lead), self.language)

    def named_behind(self, right: str) -> str:
        """The words closely behind a figure that name what it is, and not what it is a part of."""
        own = compiled(self.language.cause.compared).split(self.within_clause(right))[0]
        words = own.split()
        words = words if words[:1] == ["som"] else words[:3]
        return "" if words[:1] in (["av"], ["och"]) else " ".join(words)

    def named_before(self, index: int) -> tuple[str, ...]:
        """The words right before a figure that may name a place.

        The word next to it ("rikets 66 procent"), or all before one set between commas or in
        brackets ("i länet, 17 procent, än i riket").
        """
        left, right = self.left(index), self.right(index).lstrip()
        aside = left.rstrip().endswith(",") and right[:1] in {"", ",", "."}
        aside = aside or (left.endswith("(") and right.startswith(")"))
        one = aside and len(phrases.regions(left, self.language)) == 1
        return (" ".join(left.split()[-1:]), *((left,) if one else ()))

    def place(self, index: int, last: int, clause: str, lead: str) -> Region | None:
        """Whose share a figure is, by the words nearest to it; ``last`` goes with it."""
        right = self.unexplained(self.right(index))
        if self.found[index + 1 :]:  # "34 procent och i länet 20"
            right = compiled(self.language.subject.next).split(right)[0]
        if than := compiled(self.language.against).search(right):
            right = right[: than.start()]
        behind = (self.within_clause(self.right(last)),) if last > index else ()
        beside = (*behind, *self.named_before(index), self.within_clause(right))
        return phrases.region((*beside, clause, right, lead), self.language)

    def within_clause(self, right: str) -> str:
        """The text behind a figure up to the end of its clause."""
        cut = compiled(self.language.subject.clause).search(right)
        return right[: cut.start()] if cut else right

    def period(self, clause: str, left: str, right: str, lead: str) -> When:
        """The period of a figure: behind it up to the next clause, else before it, nearest first.

        What a figure is only compared with gives it no period.
        """
        within = "" if right.startswith(")") else self.within_clause(right)
        joined = compiled(self.language.months.joined).split(within)[0]
        aside = "" if clause.strip() else within.join(right.split(f"{within}, ", 1)[1:])
        aside = "" if compiled(self.language.subject.then).match(aside) else aside
        near = (joined, clause, self.within_clause(aside), left, lead)
        beside = compiled(rf"(?:{self.language.subject.compared})\s*$").search(clause)
        own = [
            phrases.when(
                text
                if beside and text in {clause, left}
                else phrases.without_comparison(text, self.language),
                self.language,
                self.now,
            )
            for text in near
        ]
        if left.endswith("("):
            own.insert(0, phrases.when(left[-_BRACKET:], self.language, self.now))
        year = next((w.year for w in own if w.year is not None), None)
        months, since = next(((w.months, w.since) for w in own if w.months), ((), False))
        before_that, last_year = map(compiled, self.language.months.before_last)
        if year == self.now - 1 and before_that.search(f"{clause} {joined}"):
            year -= last_year.search(lead) is not None or str(self.now - 1) in lead
        named = months and not phrases.months_named(joined, self.language)[0]
        if named and compiled(self.language.months.afterwards).search(clause):
            months, since = tuple(range(months[-1] + 1, 13)), True
        if named and compiled(self.language.months.before_that).search(clause):
            months = tuple(range(1, months[0]))
        if named and compiled(self.language.months.others).search(clause):
            months = tuple(month for month in range(1, 13) if month not in months)
        whole = compiled(self.language.scenario.whole_year).search(" ".join(clause.split()[-4:]))
        span = "year" if whole else next((w.span for w in own if w.span), "")
        said = next((w.text for w in own if w.text), "")
        if span == "year" and year is None:
            year = phrases.when(self.text, self.language, self.now).year
        if span == "year":
            months = ()
        if phrases.looks_back(f"{clause} {within}", self.language, self.now):
            year = None  # it is the present that is lower or higher
        return When(year, months, span, said, since)

    def pair_periods(self, index: int, earlier: int, later: int) -> tuple[When, When]:
        """The period of the present and of the earlier figure of a pair."""
        one_right = self.text[self.found[index].end : self.found[index + 1].start]
        two_right = self.within_clause(self.unexplained(self.right(index + 1)))
        told = phrases.without_comparison(two_right, self.language)
        own = {index: one_right, index + 1: two_right if later == index else told}
        if (own_clause := compiled(r"\bmedan\b").split(one_right))[1:] and earlier == index + 1:
            own = {index: own_clause[0], index + 1: f"{own_clause[1]} {two_right}"}
        say = {k: phrases.when(v, self.language, self.now) for k, v in own.items()}
        own_year = phrases.when(one_right, self.language, self.now).year == self.now
        moves = earlier == index + 1 and not own_year  # "365 i år, ner från 438"
        if moves and say[earlier].year is None and not say[later].months:
            say[earlier] = phrases.when(one_right, self.language, self.now)
            say[later] = When()
        whole = phrases.when(self.text, self.language, self.now)
        past, present = say[earlier], say[later]
        now, then = self.now, self.now - phrases.years_back(self.text, self.language)
        if between := compiled(self.language.years_between).search(self.text):
            then, now = int(between["first"]), int(between["last"])
            past, present = replace(past, year=then), replace(present, year=now)
        chained = compiled(self.language.months.chained)
        if chained.search(one_right if later == index else two_right):
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
        before_that = compiled(self.language.months.before_last[0]).search(own[earlier])
        if before_that and past.year == present.year == self.now - 1:
            past = replace(past, year=self.now - 2)
        if past.year is None:
            past = replace(past, year=then, text=past.text or whole.text)
        if not past.span and not past.months and whole.span == "period":
            past = replace(past, span="period")
        if present.year is None:
            present = replace(present, year=now)
        if present.months and not past.months:
            past = replace(past, months=present.months)
        return present, past

    def toward(self, index: int, word: str) -> tuple[DirectionName | None, int]:
        """Which way a difference points, also where it is last year's ("var 5 lägre i fjol")."""
        told = phrases.toward(word, self.language)
        return phrases.turned(*told) if self.looks_back(index) else told

    def looks_back(self, index: int) -> bool:
        """Whether a difference is what the year before was beside the present."""
        clause = f"{self.clause_before(index)} {self.within_clause(self.right(index))}"
        return phrases.looks_back(clause, self.language, self.now)

    def from_range(self, right: str) -> bool:
        """Whether a difference is from the same months of a year ("från januari–augusti 2023")."""
        since = compiled(self.language.earlier_year).search(right)
        return since is not None and len(phrases.months_named(since[0], self.language)[0]) > 1

    def month_of(self, index: int, right: str) -> tuple[int, ...]:
        """The month that a difference is from, named behind the figure or else before it."""
        behind = right if phrases.first_basis(right, self.language)[0] == "months" else ""
        told = behind or self.text[: self.found[index].start]
        _, at = phrases.first_basis(told, self.language)
        return phrases.months_named(told[max(at, 0) :], self.language)[0][:1]

    def of_another(self, quantity: Quantity) -> bool:
        """Whether a bound in words is of something else ("mindre än hälften av det budgeterade").

        A bound agrees with too many shares of other things.
        """
        bound = max(quantity.below, quantity.above) >= quantity.value
        part = bound and quantity.in_words and quantity.unit == "percent"
        of_it = compiled(self.language.alternative["of_it"])
        return part and of_it.search(self.text[quantity.end :]) is not None

    def among(self, index: int) -> bool:
        """Whether a figure is how many a rank is among ("den största av de fyra")."""
        words = self.language.aggregate
        ranked = compiled(rf"{words.highest}|{words.lowest}").search(self.text)
        of_all = compiled(words.of_all).search(self.text[: self.found[index].start])
        return ranked is not None and of_all is not None
