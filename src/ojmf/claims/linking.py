"""Which row of a table a claim is about, with a score between 0 and 1."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ojmf.claims.claim import DIFFERENCES, Claim, Link
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import COUNT_UNITS, quantities
from ojmf.claims.table_rows import (
    MONEY,
    Concept,
    Concepts,
    is_sum,
    is_whole,
    modifier,
    named_alike,
    tokens,
)

_NAMED, _EXPLAINED = 0.66, 0.22
_WHOLE, _SETTLED, _OWN = 0.9, 0.75, 3
_NAMED_WELL = 0.85
_HERE, _ANYWHERE, _ELSEWHERE = 0.14, 0.06, -0.22
_OTHER_UNIT = 0.15
_OTHERS = 0.85
_ABOUT = 0.2
_FARTHER = (0.0, 0.04, 0.08, 0.12, 0.16)
_ACRONYM = re.compile(r"\b[A-ZÅÄÖ]{3,}\b")
SHARES = frozenset({"percent", "percentage_points"})
PRICES = frozenset({"SEK_per_inhabitant", "SEK_per_unit"})
"""The units of what something costs a head or apiece, in kronor."""
_LEAST_IN_MILLIONS = 100_000
_KINDS = (frozenset({"days"}), frozenset({"households"}))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a claim may be about, and how well it fits.

    ``alike`` is how like the likest words are; ``agrees`` tells that the other figure of a
    comparison is the concept's.
    """

    concept: Concept
    score: float
    named: float
    alike: float = 1.0
    agrees: bool = False


def fits(claim_unit: str, unit: str) -> bool:
    """Whether a figure in ``claim_unit`` (empty for a bare number) may be one in ``unit``."""
    if claim_unit == unit:
        return True
    if claim_unit in MONEY:
        return unit in MONEY or (claim_unit == "SEK" and unit in PRICES)
    if claim_unit in SHARES:
        return unit in SHARES | {"count", "index"}
    if claim_unit == "":
        return unit not in MONEY
    return unit in COUNT_UNITS and all(
        (claim_unit in kind) == (unit in kind) or "count" in {unit, claim_unit} for kind in _KINDS
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a text, and for each word of a label that is like one of them the likest."""

    words: list[str]
    likest: Mapping[str, tuple[float, str]]
    acronyms: frozenset[str]


class Linker:
    """Scores the concepts of a document for a claim."""

    def __init__(self, concepts: Concepts, language: Language) -> None:
        self.concepts = concepts
        self.language = language
        self.vocabulary = frozenset(w for c in concepts.all for w in _words_of(c, language))
        self._known: dict[str, Mapping[str, float]] = {}
        self._beside: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self.costs = {c.table for c in concepts.all if c.cost}

    def candidates(self, claim: Claim) -> list[Candidate]:
        """The concepts that may be meant, best first; none with nothing in common."""
        best: dict[int, Candidate] = {}
        pool = [c for c in self.concepts.all if self._possible(claim, c)]
        texts = [*enumerate(claim.near), *enumerate(claim.context, start=_OWN)]
        for stage, text in texts:
            if self._settled(stage, best):
                break
            said = self._words(text)
            whole = compiled(self.language.subject.whole).search(text.strip()) is not None
            for concept in pool if said.likest or whole else ():
                found = self._score(claim, concept, said, whole, stage)
                if found and found.score > best.get(concept.number, found).score - 1e-9:
                    best[concept.number] = found
        return sorted(best.values(), key=lambda c: (-c.score, c.concept.number))

    def _settled(self, stage: int, best: dict[int, Candidate]) -> bool:
        """Whether nearer words name a row so well that farther ones need not be read."""
        limits = self.language.link
        if stage >= _OWN:
            return any(c.score >= limits.least for c in best.values())
        return any(c.named >= _NAMED_WELL and c.score >= _SETTLED for c in best.values())

    def named(self, text: str, claim: Claim) -> list[tuple[Concept, float, bool]]:
        """The rows of the claim's section that a text names, how well, and whether just them.

        A row is named in full where each of its words is said, and nothing else.
        """
        said = self._words(text)
        whole = compiled(self.language.subject.whole).search(text.strip()) is not None
        found, wholes = [], []
        for concept in self.concepts.all:
            if concept.heading and concept.heading != claim.sentence.section:
                continue
            named, _, alike = self._named(concept, said)
            explained = not self.unexplained(text, [concept])
            full = named >= _WHOLE and alike >= _WHOLE and explained
            if whole and explained and not full and is_whole(concept, self.language):
                wholes.append(concept)
            elif named >= _NAMED:
                found.append((concept, named, full))
        alone = not any(full for _, _, full in found)
        return [*found, *((concept, _WHOLE, alone) for concept in wholes)]

    def touched(self, text: str, least: float) -> tuple[list[str], dict[int, float]]:
        """The words of a text, and how well they name the rows that they name in part."""
        said = self._words(text)
        named = {c.number: self._named(c, said)[0] for c in self.concepts.all}
        return said.words, {number: how for number, how in named.items() if how >= least}

    def elliptic(self, claim: Claim, number: int) -> bool:
        """Whether nothing beside a figure names another row ("sex fler än i fjol")."""
        text = claim.near[0].replace(claim.values[0].text, "")
        return not self.unexplained(text, [self.concepts.all[number]])

    def names(self, claim: Claim, number: int) -> bool:
        """Whether the words nearest to a figure name a row."""
        return bool(self._named(self.concepts.all[number], self._words(claim.near[0]))[1])

    def rivals(self, claim: Claim, top: Candidate, others: Sequence[Candidate]) -> bool:
        """Whether words that say nothing of a row name one of the others in full."""
        left = self.unexplained(claim.near[0], [top.concept])
        said = self._words(claim.near[0])
        return any(
            named > _WHOLE and used <= left
            for one in others
            for named, used, _ in [self._named(one.concept, said)]
        )

    def as_named(self, claim: Claim, one: Concept, other: Concept) -> bool:
        """Whether the words that name one row name another as well, about as wholly."""
        said = self._words(claim.near[0])
        _, used, alike = self._named(one, said)
        _, also, likest = self._named(other, said)
        return used <= also and likest >= alike - _ABOUT

    def none_of(self, claim: Claim, concept: Concept) -> bool:
        """Whether "none" is said of what a row counts, alone, and of no deed beside it."""
        text, said = claim.near[0], claim.values[0]
        alone = said.none and len(quantities(text, self.language)) == 1
        rest = text.replace(said.text, " ", 1)
        return alone and not self.unexplained(rest, [concept], verbs="(?!)")

    def unexplained(
        self, text: str, concepts: Sequence[Concept], *, verbs: str | None = None
    ) -> set[str]:
        """The words of a text that may name something, but none of the rows; no ``verbs`` do."""
        said, words = self._words(text), self.language
        used = {word for concept in concepts for word in self._named(concept, said)[1]}
        light = {*words.subject.neutral, *words.subject.weak, *words.months.names}
        plain = compiled(
            rf"(?:{words.scope.plain}|{verbs or words.scope.verbs}|{words.aggregate.joint})(?!\w)"
        )
        heavy = set(tokens(text, words)) - used - light
        return {word for word in heavy if not plain.match(word)}

    def others(self, claim: Claim, concept: Concept, *, anywhere: bool = False) -> set[str]:
        """The words of a claim that name another row beside this one or of its name, and not it.

        Or a row of any table, ``anywhere``.
        """
        own, beside = self._around(concept)
        if anywhere:
            beside = self.vocabulary - own
        words = self.language
        plain = compiled(rf"(?:{words.scope.plain}|{words.scope.verbs})(?!\w)")
        groups = compiled(rf"(?:{words.scope.groups})$")
        units = " ".join(word for unit in words.unit for word in unit.words).split()
        light = {*words.subject.neutral, *words.months.names, *words.subject.weak, *units}
        title = f"{concept.label} {concept.heading} {concept.table}".casefold()
        text = compiled(r"\([^)]*\)").sub(" ", claim.near[0])
        for value in claim.values:
            text = text.replace(value.text, " ")
        named = re.finditer(rf"\b(?i:{words.scope.prepositions})\s+([A-ZÅÄÖ]{{3,}})\b", text)
        found = {match[1] for match in named if match[1].casefold() not in title}
        cause = words.cause
        for own_side, other_side in ((cause.cost, cause.income), (cause.income, cause.cost)):
            of_side = compiled(own_side).search(concept.label)
            if of_side and not compiled(own_side).search(text):
                found |= set(compiled(rf"\b{other_side}\w*").findall(text))
        for word in self._own_words(compiled(r"\w+-\s").sub(" ", text)):
            if (word in light or plain.match(word)) and not groups.match(word):
                continue
            like = self._like(word)
            of_another = groups.match(word) or any(like.get(w, 0.0) >= _OTHERS for w in beside)
            same = {part for one in words.same.get(word, ()) for part in self._like(one)}
            if own.isdisjoint({*like, *same}) and of_another:
                found.add(word)
        for phrase, names in words.same.items():
            meant = {part for name in names for part in self._like(name)}
            said = " " in phrase and compiled(rf"\b{phrase}").search(text)
            if said and own.isdisjoint(meant) and not beside.isdisjoint(meant):
                found.update(names)
        return found

    def _around(self, concept: Concept) -> tuple[frozenset[str], frozenset[str]]:
        """The words of a row, its heading and table, and those of the rows beside it only."""
        if concept.number not in self._beside:
            own = _words_of(concept, self.language)
            rows = [
                row
                for row in self.concepts.all
                if row is not concept
                and (
                    (row.table, row.heading) == (concept.table, concept.heading)
                    or (concept.heading and row.heading == concept.heading)
                    or row.label == concept.label
                )
            ]
            beside = frozenset[str]().union(*(_words_of(row, self.language) for row in rows))
            self._beside[concept.number] = own, beside - own
        return self._beside[concept.number]

    def together(self, claim: Claim) -> list[Candidate]:
        """The concepts that the subject names side by side ("A, B och C"), each in full.

        A sum is only meant where no other row is.
        """
        said = self._words(claim.near[0])
        full = [
            (concept, used)
            for concept in self.concepts.all
            if self._possible(claim, concept)
            and (not concept.heading or concept.heading == claim.sentence.section)
            for named, used, _ in [self._named(concept, said)]
            if named > 0.9
        ]
        chosen: list[Candidate] = []
        taken: set[str] = set()
        for concept, used in sorted(full, key=lambda item: (-len(item[1]), item[0].number)):
            if used and not used & taken:
                taken |= used
                chosen.append(Candidate(concept, 0.9, 1.0))
        return [c for c in chosen if not is_sum(c.concept, self.language)] or chosen

    def _possible(self, claim: Claim, concept: Concept) -> bool:
        figures = [
            c
            for c in concept.cells
            if c.answer is None
            and c.scenario != "change"
            and c.unit not in {"answer", "category"}
            and c.region == claim.region
        ]
        if not claim.values:
            counted = compiled(rf"\b(?:{self.language.trend.counted})").search(claim.quote)
            return any(not counted or c.unit in COUNT_UNITS for c in figures)
        if claim.values[0].none:
            return any(fits(unit, c.unit) for c in figures for unit in ("", "MSEK"))
        if claim.unit == "SEK" and abs(claim.values[0].value) < _LEAST_IN_MILLIONS:
            return any(c.unit == "SEK" for c in figures)
        if claim.kind in DIFFERENCES and claim.unit in SHARES:
            return bool(figures)
        if claim.values[0].in_words and claim.unit == "percent":
            return any(c.unit in SHARES for c in figures)
        return any(fits(claim.unit, c.unit) for c in figures)

    def _words(self, text: str) -> _Said:
        text = compiled(r"\([^)]*\)").sub(" ", text)
        words = self._own_words(text)
        for phrase, others in self.language.same.items():
            if compiled(rf"\b{phrase}").search(text):
                words += [other for other in others if other not in words]
        likest: dict[str, tuple[float, str]] = {}
        for word in words:
            for part, like in self._like(word).items():
                likest[part] = max(likest.get(part, (0.0, "")), (like, word))
        return _Said(words, likest, frozenset(_ACRONYM.findall(text)))

    def _own_words(self, text: str) -> list[str]:
        return tokens(compiled(self.language.subject.attribute).sub(" ", text), self.language)

    def _like(self, word: str) -> Mapping[str, float]:
        """The words of labels that a word is like, and how like."""
        if word not in self._known:
            alike = {part: named_alike(part, word, self.language) for part in self.vocabulary}
            self._known[word] = {part: like for part, like in alike.items() if like}
        return self._known[word]

    def _other_side(self, concept: Concept, said: _Said) -> bool:
        """Whether a compound speaks of incomes where the row has costs, or of costs for incomes."""
        if concept.table not in self.costs:
            return False
        cause = self.language.cause
        other = compiled(rf"\w(?:{cause.income if concept.cost else cause.cost})")
        return any(other.search(word) and modifier(word, self.language) for word in said.words)

    def _named(
        self, concept: Concept, said: _Said, title: Collection[str] = ()
    ) -> tuple[float, frozenset[str], float]:
        """How much of a label the words name, the words that do, and how like the likest is.

        Words of a ``title`` name its whole table, and so none of its rows.
        """
        best, used, alike = 0.0, frozenset[str](), 0.0
        for label in concept.labels:
            if label.isdisjoint(said.likest):
                continue
            total = got = 0.0
            hits = set()
            likest = 0.0
            for part in label:
                weight = self.concepts.weight(part)
                like, word = said.likest.get(part, (0.0, ""))
                total += weight
                if word in title:
                    continue
                got += weight * like
                if like > 0:
                    hits.add(word)
                likest = max(likest, like)
            if total and got / total > best:
                best, used, alike = got / total, frozenset(hits), likest
        if short := said.acronyms & frozenset(_ACRONYM.findall(concept.label)):
            best, alike = max(best, _WHOLE), 1.0
            used |= {word.casefold() for word in short}
        return best, used, alike

    def _score(
        self, claim: Claim, concept: Concept, said: _Said, whole: bool, stage: int
    ) -> Candidate | None:
        if self._other_side(concept, said):
            return None
        titled = stage >= _OWN and concept.label != concept.table
        title = set(tokens(concept.table, self.language)) if titled else set()
        named, used, alike = self._named(concept, said, title)
        money = claim.unit in MONEY or claim.percent_of is not None
        if whole and money and stage < _OWN and is_whole(concept, self.language):
            named, alike = max(named, _WHOLE), 1.0
        if not named:
            return None
        total = sum(self.concepts.weight(w) for w in said.words) or 1.0
        explained = sum(self.concepts.weight(w) for w in used) / total
        if not concept.heading:
            place = _ANYWHERE
        else:
            place = _HERE if concept.heading == claim.sentence.section else _ELSEWHERE
        if named == _WHOLE and not claim.sentence.section:
            place = max(place, _ANYWHERE)
        days = compiled(self.language.subject.days).search(claim.sentence.text) is not None
        if not claim.unit and days is not any(c.unit == "days" for c in concept.cells):
            place -= _OTHER_UNIT
        farther = _FARTHER[min(stage, len(_FARTHER) - 1)]
        score = _NAMED * named + _EXPLAINED * explained + place - farther
        return Candidate(concept, round(max(0.0, min(1.0, score)), 4), named, alike)


def link(candidates: Sequence[Candidate]) -> Link:
    """What a claim is about: the first of the candidates, with the second behind it."""
    first, *others = candidates
    second = others[0] if others else None
    return Link(
        first.concept.number,
        first.score,
        second.concept.number if second else None,
        second.score if second else 0.0,
    )


def _words_of(concept: Concept, language: Language) -> frozenset[str]:
    """The words of a row's names, its heading and its table."""
    titles = tokens(f"{concept.heading} {concept.table}", language)
    return frozenset().union(*concept.labels, titles)
