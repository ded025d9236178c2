"""Printed labels against the catalogue: the same text, a synonym, or what is most like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ojmf.declarations.catalogue import Catalogue

_LIKE = 60.0
_SURE_AREA = 90.0
_TIE = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator for a label.

    ``score`` is 100 for its name or a synonym, else the likeness; ``rivals`` are other indicators
    that are as like.
    """

    indicator: str
    score: float
    rivals: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the label is the indicator's name or a synonym."""
        return self.score == 100.0 and not self.rivals


def _key(text: str) -> str:
    return re.sub(r"[\s\-–—/.,:;()”\"']+", " ", text.casefold()).strip()


class Labels:
    """The catalogue's names and synonyms, folded for comparing."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._by_area: dict[str, list[tuple[str, str]]] = {}
        for area in catalogue.areas:
            pairs = [
                (_key(label), indicator)
                for label in catalogue.labels(area)
                if (indicator := catalogue.by_label(area, label)) is not None
            ]
            self._by_area[area] = pairs

    def knows(self, label: str) -> bool:
        """Whether a text is a name or synonym in any area."""
        return any(self.catalogue.by_label(area, label) for area in self._by_area)

    def match(self, area: str, label: str) -> Match | None:
        """The indicator of an area that a label means or is most like; None where none is."""
        exact = self.catalogue.by_label(area, label)
        if exact is not None:
            return Match(exact, 100.0)
        pairs = self._by_area.get(area, [])
        found = process.extract(
            _key(label), [key for key, _ in pairs], scorer=fuzz.ratio, limit=5, score_cutoff=_LIKE
        )
        if not found:
            return None
        best = found[0][1]
        like = dict.fromkeys(pairs[i][1] for _, score, i in found if best - score <= _TIE)
        first, *rivals = like
        # Only the catalogue's own spelling is exact; the likeness of folded texts is never 100.
        return Match(first, min(best, 99.0), tuple(rivals))

    def area(self, labels: Sequence[str], title: str) -> tuple[str | None, dict[str, int]]:
        """The area that most labels belong to, and how many each area has.

        None where no area has any, or where two have as many and the title does not tell.
        """
        counts: dict[str, int] = {}
        for area in self._by_area:
            matches = (self.match(area, label) for label in labels)
            counts[area] = sum(m is not None and m.score >= _SURE_AREA for m in matches)
        best = max(counts.values(), default=0)
        if best == 0:
            return None, counts
        tied = [area for area, count in counts.items() if count == best]
        if len(tied) > 1:
            named = [a for a in tied if _key(self.catalogue.areas[a].area.name) in _key(title)]
            tied = named
        return (tied[0] if len(tied) == 1 else None), counts
