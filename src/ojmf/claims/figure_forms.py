"""How the figures of a sentence are stated, alone or in pairs, by the forms of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ojmf.claims import phrases
from ojmf.claims.language import Language, compiled
from ojmf.claims.quantities import Quantity
from ojmf.claims.vocabulary import FormWords

Pair = tuple[Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says of a figure; ``other`` is the figure that it goes with."""

    form: FormWords
    word: str
    other: int | None = None
    earlier: bool = False


class Forms:
    """The forms that the figures of a text stand in; ``flat`` is the text with ``#`` for them."""

    def __init__(self, text: str, found: Sequence[Quantity], language: Language) -> None:
        self.found, self.language = found, language
        for q in found:
            text = text[: q.start] + "#" * (q.end - q.start) + text[q.end :]
        self.flat = text
        self.said = self._read() if found else {}

    def pairs(self) -> list[Pair]:
        """The present and the earlier figure of each pair."""
        return [
            (self.found[index], self.found[said.other])
            for index, said in self.said.items()
            if said.form.kind == "pair" and not said.earlier and said.other is not None
        ]

    def beside(self) -> list[Pair]:
        """Figures that are said to be more or less than the one behind them."""
        index = {q.start: q for i, q in enumerate(self.found) if i not in self.said}
        found = [
            (index.get(match.start("later")), index.get(match.start("earlier")))
            for match in compiled(self.language.trend.beside).finditer(self.flat)
        ]
        months = compiled(self.language.trend.of_months)
        return [
            (a, b)
            for a, b in found
            if a and b and (a.unit == b.unit or (a.exact and b.exact))
            if not months.match(self.flat[a.end :])  # "i tre av månaderna fler än 20"
        ]

    def _read(self) -> dict[int, Said]:
        """Which form each figure stands in; the first form of the lexicon that fits."""
        index = {quantity.start: i for i, quantity in enumerate(self.found)}
        taken: dict[int, Said] = {}
        for form in self.language.form:
            pattern, place = compiled(form.pattern), 0
            while match := pattern.search(self.flat, place):
                place = match.start() + 1
                groups = match.groupdict()
                places = {g: index.get(match.start(g), -1) for g in groups if g != "w"}
                if (taken.keys() | {-1}) & set(places.values()):
                    continue
                word = groups.get("w") or ""
                if word and "n" in groups and match.start("w") < match.start("n"):
                    between = self.flat[match.start("w") : match.start("n")]
                    word = phrases.last_toward(between, self.language) or word
                if form.kind in {"pair", "ratio"}:
                    first, second = ("later", "earlier") if form.kind == "pair" else ("n", "whole")
                    one, other = places[first], places[second]
                    if self._comparable(one, other):
                        taken[one] = Said(form, word, other)
                        taken[other] = Said(form, word, one, earlier=True)
                elif not form.signed or self.found[places["n"]].signed:
                    taken[places["n"]] = Said(form, word)
        return taken

    def _comparable(self, one: int, other: int) -> bool:
        units = {self.found[one].unit, self.found[other].unit}
        return len(units - {""}) <= 1 and not self.found[one].none
