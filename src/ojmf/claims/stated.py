"""A figure of a sentence as a claim, and figures that words beside them make one of a kind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from ojmf.claims import phrases
from ojmf.claims.around import Around
from ojmf.claims.claim import Aggregate, Claim, Kind, When
from ojmf.claims.discourse import of_unit
from ojmf.claims.language import compiled
from ojmf.claims.quantities import Quantity

_LOWEST: Aggregate = "lowest"
_HIGHEST: Aggregate = "highest"


class Stated(Around):
    """Makes claims of the figures of a sentence."""

    def claim(
        self, index: int, kind: Kind, values: tuple[Quantity, ...], *, part: bool = False
    ) -> Claim:
        """The claim that figures make, ``index`` the first, by the words around them."""
        quantity = self.found[index]
        left, right = self.left(index), self.unexplained(self.right(index))
        clause = self.clause_before(index)
        lead = self.unexplained(self.text[: quantity.start]) if index else left
        begin = max(self.text.rfind(". ", 0, quantity.start) + 1, 0)
        near = (f"{clause} {self.within_clause(right)}", f"{lead} {right}", self.text)
        whole = self.found.index(values[-1])
        lacking = compiled(rf"\b(?:{self.language.status.lacking})").search(
            phrases.own_clause(self.text, quantity.start, self.language)
            + self.within_clause(self.right(whole))
        )
        unlike = compiled(rf"(?:{self.language.status.unlike})\s\S*\s?$")
        if unlike.search(self.text[: quantity.start]):
            own = compiled(rf"\b(?:{self.language.status.lacking})").search(self.text)
            lacking = None if own else unlike.search(self.text[: quantity.start])
        taken = phrases.aggregate(near[:2], self.language)
        bound = max(quantity.below, quantity.above) >= abs(quantity.value) > 0
        if bound and compiled(self.language.aggregate.any).search(self.text):
            taken = "highest" if quantity.below else "lowest"
        return Claim(
            sentence=self.sentence,
            offset=quantity.start,
            quote=self.text[begin:].strip(),
            kind=kind,
            values=values,
            when=self.period(clause, left, right, lead),
            earlier=When(year=self.now - 1),
            scenario=self.scenario(clause, left, right, lead),
            near=self.subjects(index),
            context=self.context(),
            part=part,
            negated=lacking is not None,
            aggregate=taken,
            region=self.place(index, whole, clause, lead),
        )

    def end_of_range(self, index: int) -> Claim | None:
        """An end of what a figure lies between ("mellan 20 och 31"), as a bound of it."""
        first = next((i for i in (index - 1, index) if self._is_range(i)), None)
        if first is None:
            return None
        one, two = self.found[first], self.found[first + 1]
        bound, way = replace(two, below=abs(two.value), above=0.0), _HIGHEST
        if first == index:
            unit = compiled(r"^[\W\d]+").sub("", two.text)
            bound = replace(of_unit(one, unit, self.language), above=math.inf, below=0.0)
            way = _LOWEST
        claim = self.claim(index, Kind.LEVEL, (self.found[index],))
        region = self.claim(first + 1, Kind.LEVEL, (two,)).region
        return replace(claim, values=(bound,), aggregate=way, region=region)

    def _is_range(self, first: int) -> bool:
        """Whether a figure and the next are the ends of a range: "mellan 20 och 31", "20–31"."""
        if first < 0 or first + 1 >= len(self.found):
            return False
        one, two = self.found[first], self.found[first + 1]
        beside = compiled(r"\s*[-–]\s*|\s+(?P<word>och|till)\s+").fullmatch(
            self.text, one.end, two.start
        )
        led = compiled(self.language.ranged).search(self.text[: one.start])
        return beside is not None and (led is not None or not beside["word"])

    def led(self, index: int) -> bool:
        """Whether a sentence begins with its level ("Med 77 procent ligger länet över riket")."""
        words, right = self.language, self.right(index)
        for many in words.multiple:  # "länet är med 77 procent mer än dubbelt så högt"
            if compiled(rf"\s+\w+\s+än\s+(?:{many.pattern})").match(right):
                return True
        with_level = compiled(words.with_level).fullmatch(self.left(index))
        verb = compiled(rf"\s+{words.trend.statement}").match(right)
        return index == 0 and with_level is not None and verb is not None

    def level_beside(self) -> Iterator[Claim]:
        """Which of two levels is greater ("Med 77 procent ligger länet över rikets 66")."""
        places = phrases.regions(self.text, self.language)
        if not len(self.found) == len(places) == 2 or not self.led(0):
            return
        first, second = self.found
        direction, _ = phrases.toward(self.text[first.end : second.start], self.language)
        if direction:
            claim = self.claim(0, Kind.TREND, (first, second))
            yield replace(claim, direction=direction, offset=first.end, region=None)

    def of_year(self, index: int) -> Claim | None:
        """A fraction of another year's figure ("hälften av budgeten för 2022"), as a change."""
        said, words = self.found[index], self.language
        of = compiled(words.of_year).match(self.text[said.end :])
        if of is None or not said.in_words or said.unit != "percent":
            return None
        claim = self.claim(index, Kind.CHANGE, (replace(said, value=100 - said.value),))
        year = phrases.when(self.text[: said.start], words, self.now).year
        return replace(
            claim,
            basis="previous_year",
            direction="lower",
            earlier=When(year=int(of["year"])),
            when=When(year=year if year != int(of["year"]) else None),
            near=(self.text[: said.start], self.text),
        )

    def sided(self, index: int) -> Claim | None:
        """A deviation that is said to be on one side ("avvikelsen är negativ, 1,2 mkr")."""
        left, words = self.left(index), self.language
        sided = compiled(words.sided).search(left)
        if sided is None or not compiled(words.scenario.deviation).search(left):
            return None
        claim = self.claim(index, Kind.DEVIATION, (self.found[index],))
        forecast = compiled(words.scenario.forecast).search(left)
        return replace(
            claim,
            good=phrases.toward(sided[0], words)[1],
            basis="budget",
            scenario="forecast_deviation" if forecast else "deviation",
        )

    def gap(self, index: int) -> Claim | None:
        """How far apart the shares of two groups are ("skillnaden mellan länet och riket")."""
        said, points = self.language.region_apart, self.found[index].unit == "percentage_points"
        between = compiled(said).search(self.text[: self.found[index].start])
        places = phrases.regions(self.text, self.language)
        if not points or between is None or len(places) != 2:
            return None
        claim = self.claim(index, Kind.CHANGE, (self.found[index],))
        return replace(claim, basis="region", region=places[0])
