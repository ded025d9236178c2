"""Printed labels against the catalogue: the same text, a synonym, or what is most like it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from ojmf.declarations.catalogue import Catalogue

DRAFTED = "Utkast: ingen riktning är angiven."
"""The reason of a drafted indicator's polarity, until someone gives one."""
_LIKE = 80.0
_LIKELY = 90.0
_LIKELY_ANSWER = 85.0
"""So many percent of a question with answers must be as in the catalogue for it to be asked whether
it is the same: it has so many words that more of them can be touched up."""
_FEWEST_APART = 5.0
_TELLING = re.compile(
    r"\d+|\b(?:inte|ej|ingen|inga|utan|icke)\b|netto|brutto|intäkt|kostnad|flick|pojk|kvinn|\bmän"
)
_REWORDED = 70.0
"""So many percent of a new and a lost label must be alike for one to be asked about as the other:
a question whose wording is touched up keeps most of its words."""


def _key(text: str) -> str:
    return re.sub(r"[\s\-–—/.,:;()”\"']+", " ", text.casefold()).strip()


class Labels:
    """The catalogue's names and synonyms, folded for comparing."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._by_key: dict[str, dict[str, str]] = {}
        self._known: set[str] = set()
        # What another document's draft calls "Antal" is nothing that this one can mean.
        drafted = {
            i.id
            for area in catalogue.areas.values()
            for i in area.indicator
            if i.polarity_reason == DRAFTED
        }
        for area in catalogue.areas:
            for label in catalogue.labels(area):
                indicator = catalogue.by_label(area, label)
                if indicator is not None and indicator not in drafted:
                    self._by_key.setdefault(_key(label), {})[area] = indicator
                    self._known.add(label)
        self._keys = list(self._by_key)

    def knows(self, label: str) -> bool:
        """Whether a text is a name or synonym in any area."""
        return label in self._known

    def match(self, area: str, label: str) -> str | None:
        """The indicator that a label means: the area's own first, else the only one of all areas.

        Differences of case, spaces, hyphens and commas do not count.
        """
        found = self._by_key.get(_key(label), {})
        if own := self.catalogue.by_label(area, label) or found.get(area):
            return own
        return next(iter(found.values())) if len(set(found.values())) == 1 else None

    def area_of(self, indicator: str) -> str | None:
        """The area of a known indicator."""
        areas = self.catalogue.areas.values()
        return next((a.area.id for a in areas for i in a.indicator if i.id == indicator), None)

    def likely(
        self, areas: Iterable[str], label: str, printed: Iterable[str]
    ) -> tuple[str, int] | None:
        """The indicator of areas that a label may mean in other words, and how like they are.

        None where figures, a negation or words of money or sex tell them apart, and where two are
        as like. What the table has a row of, in ``printed``, is not meant by another row.
        """
        taken = {_key(text) for text in printed}
        named = [
            (key, own[area]) for key, own in self._by_key.items() for area in areas if area in own
        ]
        taken_ids = {indicator for key, indicator in named if key in taken}
        keys = {key: indicator for key, indicator in named if indicator not in taken_ids}
        found = process.extract(_key(label), list(keys), scorer=fuzz.ratio, limit=2)
        if not found:
            return None
        best, score, _ = found[0]
        other = found[1][1] if len(found) > 1 and keys[found[1][0]] != keys[best] else 0
        answer = self.catalogue.unit(keys[best]) == "answer" and score - other >= _FEWEST_APART
        if score < (_LIKELY_ANSWER if answer else _LIKELY) or other == score:
            return None
        if _TELLING.findall(best) != _TELLING.findall(_key(label)):
            return None
        return keys[best], int(score)

    def tied_areas(self, labels: Sequence[str]) -> list[str]:
        """The areas that most labels belong to, all of those that have as many."""
        counts = Counter(area for label in labels for area in self._by_key.get(_key(label), {}))
        best = max(counts.values(), default=0)
        return [area for area, count in counts.items() if count == best]

    def nearest(self, label: str) -> str:
        """The indicators most like a label that means none, with their likeness, or nothing."""
        found = process.extractOne(_key(label), self._keys, scorer=fuzz.ratio, score_cutoff=_LIKE)
        if found is None:
            return ""
        return f"{', '.join(sorted(set(self._by_key[found[0]].values())))} ({found[1]:.0f} %)"

    def area(self, labels: Sequence[str], title: str) -> str | None:
        """The area that most labels belong to; of two with as many, the one that the title names.

        None where no area has any, or where the title does not tell.
        """
        tied = self.tied_areas(labels)
        if len(tied) > 1:
            tied = [a for a in tied if _key(self.catalogue.areas[a].area.name) in _key(title)]
        return tied[0] if len(tied) == 1 else None


def reworded(new: Iterable[str], lost: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Pairs of a new and a lost label that may be the same in other words, and how like they are.

    The most like come first, and no label twice. Figures and negations tell two apart.
    """
    pairs = [
        (fuzz.ratio(first, second), label, was)
        for label in new
        for was in lost
        for first, second in [(_key(label), _key(was))]
        if sorted(_TELLING.findall(first)) == sorted(_TELLING.findall(second))
    ]
    taken: set[str] = set()
    for score, label, was in sorted(pairs, key=lambda pair: -pair[0]):
        if score >= _REWORDED and not {label, was} & taken:
            taken |= {label, was}
            yield label, was, min(99, int(score))
