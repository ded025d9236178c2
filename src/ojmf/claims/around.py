"""What stands around a figure of a sentence: the words that name it, its period and scenario."""

from __future__ import annotations

from ojmf.claims import phrases
from ojmf.claims.claim import When
from ojmf.claims.discourse import Discourse
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import quantities
from ojmf.claims.sentences import Sentence

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
        """The clause before a figure."""
        left = self.left(index)
        cuts = [m.end() for m in compiled(self.language.subject.clause).finditer(left)]
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
            year -= last_year.search(lead) is not None
        named = months and not phrases.months_named(joined, self.language)[0]
        if named and compiled(self.language.months.afterwards).search(clause):
            months, since = tuple(range(months[-1] + 1, 13)), True
        whole = compiled(self.language.scenario.whole_year).search(" ".join(clause.split()[-4:]))
        span = "year" if whole else next((w.span for w in own if w.span), "")
        said = next((w.text for w in own if w.text), "")
        if span == "year" and year is None:
            year = phrases.when(self.text, self.language, self.now).year
        if span == "year":
            months = ()
        return When(year, months, span, said, since)
