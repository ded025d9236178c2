"""What a sentence allows a figure to be: years, months and kinds of figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ojmf.claims.claim import DIFFERENCES, Claim, Kind
from ojmf.claims.language import compiled
from ojmf.claims.levels import Setting
from ojmf.claims.phrases import YEAR, months_named, own_clause, when, without_comparison
from ojmf.claims.vocabulary import AlternativeName


@dataclass(frozen=True)
class Allowed:
    """Reads the words around the figure of a claim; each property is a question to them."""

    claim: Claim
    setting: Setting

    @cached_property
    def joined(self) -> bool:
        """Whether the clause of a figure goes on a list of rows ("avgifter samt bidrag")."""
        clause = self.claim.near[0].partition(self.claim.values[0].text)[0][:-1]
        before = self.claim.sentence.text[: self.claim.values[0].start]
        lead = before[: len(before) - len(clause)] if before.endswith(clause) else ""
        return compiled(rf"(?:{self.setting.language.subject.next})$").search(lead) is not None

    @cached_property
    def differs(self) -> bool:
        """Whether the figure is a change or a deviation."""
        return self.claim.kind in DIFFERENCES

    @cached_property
    def against(self) -> bool:
        """Whether the words beside the figure set it against another."""
        words = compiled(self.setting.language.alternative["against"])
        told = self.differs or self.claim.side is not None
        text = self.claim.sentence.text if self.before("by") else self.claim.near[0]
        return told or (not self.before("level") and words.search(text) is not None)

    @cached_property
    def apart_from(self) -> bool:
        """Whether the words beside a figure make it a distance from another."""
        words = compiled(self.setting.language.alternative["apart"])
        behind = self.claim.sentence.text[self.claim.values[0].end :]
        return words.search(behind) is not None or self.before("deviates")

    def before(self, name: AlternativeName) -> bool:
        """Whether words of the lexicon stand right before the figure."""
        words = compiled(self.setting.language.alternative[name])
        return words.search(self.claim.sentence.text[: self.claim.values[0].start]) is not None

    @cached_property
    def own(self) -> str:
        """The sentence, without what other figures of it are compared with."""
        text = self.claim.sentence.text
        return text if self.against else without_comparison(text, self.setting.language)

    @cached_property
    def years(self) -> set[int]:
        """The years that the sentence may be about; that of the report where it names none."""
        language, text, now = self.setting.language, self.own, self.setting.now
        written = {int(year) for year in YEAR.findall(text)}
        named = {year for year in (when(text, language, now).year, self.claim.when.year) if year}
        named |= written | {
            now + words.year
            for words in language.period
            if words.year is not None and compiled(words.pattern).search(text)
        }
        behind = YEAR.match(text[self.claim.values[0].end :].lstrip(" i").removeprefix("under "))
        if behind and self.claim.side:
            return {int(behind[0])}
        if not self.against:
            return named or {now}
        if not named:
            return {now, now - 1}
        before = compiled(language.alternative["year_before"]).search(text)
        return named | {now} | {year - 1 for year in written if before}

    @cached_property
    def months(self) -> set[int]:
        """The months that the sentence names or means."""
        language, text = self.setting.language, self.own.casefold()
        names = enumerate(language.months.names, start=1)
        single = {number for number, name in names if compiled(rf"\b{name}\b").search(text)}
        of_claim = {*self.claim.when.months, *self.claim.earlier.months}
        return single | of_claim | set(months_named(text, language)[0])

    @cached_property
    def scenarios(self) -> set[str]:
        """What the sentence speaks of: the outcome, and what it has words for."""
        text, claim, words = self.claim.sentence.text, self.claim, self.setting.language
        if claim.kind in {Kind.LEVEL, Kind.COMPARISON} and self.before("budgeted"):
            return {"budget"}
        said = {
            "budget": words.scenario.budget,
            "forecast": words.scenario.forecast,
            "deviation": words.alternative["deviation"],
            "target": words.alternative["target"],
        }
        found = {
            name
            for name, pattern in said.items()
            if compiled(pattern).search(text) or claim.scenario.startswith(name)
        }
        if self.of_whole and "forecast" in found:
            return found | {"share"}
        planned = {"deviation", "budget"} if claim.kind is Kind.DEVIATION else set[str]()
        return found | planned | {"outcome", "share"}

    @cached_property
    def forecast_named(self) -> bool:
        """Whether the deviation is said to be a forecast's, and so not that of the period."""
        words = compiled(self.setting.language.scenario.forecast_deviation)
        return words.search(self.claim.near[0]) is not None

    @cached_property
    def of_whole(self) -> bool:
        """Whether a share is said to be of something ("en tredjedel av budgeten"): no change."""
        part_of = compiled(self.setting.language.alternative["part_of"])
        behind = self.claim.sentence.text[self.claim.values[0].end :]
        return not self.differs and part_of.match(behind) is not None

    @cached_property
    def denied(self) -> bool:
        """Whether the sentence denies something, so that a share may be of those that do not."""
        language, text = self.setting.language, self.claim.sentence.text
        start = self.claim.values[0].start
        # "vilket den gör i 65 procent" says again what the clause before it denies.
        echoed = compiled(language.alternative["echoed"]).search(text)
        told = (text[:start] if echoed else own_clause(text, start, language)) + text[start:]
        return compiled(rf"\b(?:{language.status.negative})\b").search(told) is not None
