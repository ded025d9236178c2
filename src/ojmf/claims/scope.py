"""Whether a sentence speaks of the whole of a row, or of a part of it that no table need print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ojmf.claims.claim import Claim, Judgement, Kind
from ojmf.claims.language import Language, compiled
from ojmf.claims.phrases import YEAR, months_named, without_comparison
from ojmf.claims.quantities import COUNT_UNITS
from ojmf.claims.table_rows import Concept, likeness, named_alike, tokens

_WORD = re.compile(r"([^\W\d_]+)(?::[^\W\d_]+)?|(\d[\d ,.]*)")
_NAMED = frozenset({"known", "genitive"})
_OTHER = {"owner": "other"}
_SHORT, _ALIKE = 3, 0.6


def narrowed(claim: Claim, concept: Concept, language: Language) -> bool:
    """Whether words that the row does not explain may make the figure one of a part of it.

    They do as what a preposition governs ("på Sunnangården"), as what the row's name stands with
    ("öppenvården inom vuxen", "vuxens lokaler"), as a subject of their own, in a partitive ("av
    de anställda"), and as what a number of people or things did.
    """
    words, sentence = language.scope, claim.sentence
    places = (cell.column for cell in concept.cells if cell.answer)
    scope = Scope(
        (concept.table, concept.heading, sentence.heading, sentence.section, *places),
        language,
        concept.labels,
        concept.label,
    )
    said = claim.values[0].text if claim.values else ""
    clause, _, behind = claim.near[0].partition(said) if said else (claim.near[0], "", "")
    whole = sentence.text[: claim.offset]
    if compiled(rf"\b(?:{language.aggregate.highest}|{language.aggregate.lowest})").search(whole):
        among = compiled(rf"^av\s.*?(?=\s(?:{words.verbs})(?!\w))")  # "av enheterna har A störst"
        whole, clause = among.sub("", whole), among.sub("", clause)
    before = clause if "known" in scope.kinds(clause) else whole
    before = compiled(words.cut).split(before.strip(" (,;:."))[-1 if said else 0]
    behind = compiled(words.cut).split(behind)[0]
    own = compiled(rf"^\W*(?:{language.part})\b").search(concept.label) or claim.region
    of = compiled(words.of).search(behind)
    if of and claim.unit == "percent":  # "82 procent av deltagarna känner sig trygga"
        said_of, rest = scope.kinds(of[0]), scope.kinds(behind[of.end() :])
        of = of if "other" in said_of or "known" not in rest else None
    parts = compiled(words.partitive).search(whole) or of
    told_of = (words.per, words.some) if claim.unit in COUNT_UNITS else (words.per,)
    single = any(
        compiled(told).search(before + behind) and not compiled(told).search(concept.label)
        for told in told_of
    )
    if single or (parts and not own and not claim.whole):
        return True
    told, then = scope.kinds(before), scope.kinds(behind)
    if governed(told) or governed(then) or own_subject(told):
        return True
    counted = claim.kind is Kind.LEVEL and claim.unit in COUNT_UNITS and bool(claim.values)
    named = [] if claim.unit else then[then.index("known") :] if "known" in then else then[:0]
    return counted and bool({"other", "owner"} & set(then if claim.unit else named))


def accounted(
    claim: Claim, concept: Concept, judgement: Judgement, language: Language, *, weak: bool
) -> bool:
    """Whether a row and its figures explain what a claim that agrees says of period and part.

    A month or a year that is named is one of the figures'; where the link is ``weak``, no other
    word may narrow the row.
    """
    cells = [c for c in concept.cells if c.row in judgement.cells]
    said = claim.values[0].text if claim.values else ""
    before, _, behind = claim.near[0].partition(said) if said else (claim.near[0], "", "")
    if claim.kind is Kind.LEVEL and not claim.values[0].none:
        before = without_comparison(before, language)
    text = f"{before} {compiled(language.scope.cut).split(behind)[0]}"
    begun = claim.when if claim.when.since else None
    years = {int(year) for year in YEAR.findall(text)} - {begun.year if begun else None}
    known = {date.year for c in cells for date in (c.start, c.end) if date}
    known |= {int(year) for c in cells for year in YEAR.findall(c.column)}
    if cells and claim.kind is not Kind.COMPARISON and not years <= known:
        return False
    ranked = claim.kind is Kind.RANK  # of two ranks each has its months
    months = set(claim.when.months if ranked else months_named(text, language)[0])
    if concept.monthly and months and not begun and months.isdisjoint(c.month for c in cells):
        return False
    return not weak or claim.part or not narrowed(claim, concept, language)


def foreign(claim: Claim, concept: Concept, language: Language) -> bool:
    """Whether the words behind a bare number are nothing that the row counts."""
    if not claim.values or claim.values[0].unit or claim.kind is not Kind.LEVEL:
        return False
    behind = compiled(r"^(?:\s+[^\W\d_]+){1,3}").search(claim.sentence.text[claim.values[0].end :])
    said = behind[0].casefold().split() if behind else []
    if not said or said[0] in language.subject.stop:
        return False
    light = {*language.months.names, *language.subject.weak, *language.subject.neutral}
    plain = compiled(language.scope.plain)
    words = [
        word
        for word in tokens(" ".join(said), language)
        if word not in light and not plain.fullmatch(word)
    ]
    parts = {part for label in concept.labels for part in label}
    columns = {cell.column for cell in concept.cells}
    parts |= set(tokens(" ".join((concept.heading, concept.table, *columns)), language))
    known = [w for w in words if any(likeness(part, w) for part in parts)]
    return bool(words) and words[0] not in known and (not known or said[0] == words[0])


class Scope:
    """What the words of a sentence are beside a row with ``labels`` among other ``texts``.

    Short words of its printed ``name`` ("kö") are the row's too.
    """

    def __init__(
        self,
        texts: Iterable[str],
        language: Language,
        labels: Iterable[frozenset[str]] = (),
        name: str = "",
    ) -> None:
        self.language = language
        weak = language.subject.weak
        named = {part for label in labels for part in label}
        same = (phrase.split() for phrase, meant in language.same.items() if named & set(meant))
        self.known = {*named, *(word for phrase in same for word in phrase)} - set(weak)
        self.known |= {w for t in texts for w in _words(t) if len(w) > _SHORT}
        self.short = {word for word in _words(name) if len(word) < _SHORT}

    def kinds(self, text: str) -> list[str]:
        """The kind of each word of a text."""
        return [self.kind(word) for word in _words(text)]

    def kind(self, word: str) -> str:
        """known, plain, verb, participle, preposition, figure, genitive, owner or other."""
        words = self.language.scope
        if word[0].isdigit():
            return "figure"
        if compiled(words.prepositions).fullmatch(word):
            return "preposition"
        plain = word in _plain(self.language) or compiled(words.plain).fullmatch(word)
        budgeted = compiled(self.language.scenario.budget).fullmatch(word)
        if word not in self.known and not budgeted and compiled(words.verbs).fullmatch(word):
            return "participle" if word.endswith("ade") else "verb"
        if any(named_alike(part, word, self.language) >= _ALIKE for part in self.known):
            return "genitive" if word.endswith("s") and word not in self.known else "known"
        if plain or word in self.short:
            return "plain" if plain else "known"
        return "owner" if word.endswith("s") else "other"


def _words(text: str) -> list[str]:
    """The words and figures of a text in lower case; "SIP:ar" is the word SIP."""
    return [word or figure for word, figure in _WORD.findall(text.casefold())]


@lru_cache(maxsize=8)
def _plain(language: Language) -> frozenset[str]:
    """Words that never narrow: small words, months, number words, units and words of kinds."""
    subject = language.subject
    units = " ".join(word for unit in language.unit for word in unit.words).split()
    return frozenset(
        word.casefold()
        for words in (subject.stop, subject.weak, subject.neutral, language.months.names, units)
        for word in (*words, *language.number_words)
    )


def governed(kinds: list[str]) -> bool:
    """Whether other words narrow: governed alone, before what names the row, or behind its s."""
    outside, inside = set[str](), set[str]()
    phrase: set[str] | None = None
    for place, word in enumerate([*kinds, "verb"]):
        kind = word
        if word == "participle":  # "i ofördelade medel"; else a verb
            kind = "other" if phrase == set() else "verb"
        if kind in {"preposition", "verb", "figure"}:
            if phrase is not None and "other" in phrase and not phrase & _NAMED:
                return True
            inside |= phrase or set()
            phrase = set() if kind == "preposition" else None
        elif phrase is None:
            outside.add(_OTHER.get(kind, kind))
        else:
            phrase.add(_OTHER.get(kind, kind))
        if (kind, *kinds[place + 1 : place + 2]) in {("genitive", "other"), ("owner", "known")}:
            return True
    return "other" in outside and bool(inside & _NAMED) and not outside & _NAMED


def own_subject(kinds: list[str]) -> bool:
    """Whether the words before the verb are others only."""
    verbs = [place for place, kind in enumerate(kinds) if kind in {"verb", "participle"}]
    subject = {_OTHER.get(kind, kind) for kind in (kinds[: verbs[0]] if verbs else ())}
    return "other" in subject and not {*_NAMED, "preposition"} & subject
