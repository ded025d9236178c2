"""The sentences that the pages begin with: each follows from the figures by a stated rule.

A question is lacking where the municipality has answered NEJ and at least half of the county's
municipalities JA (the country's, where the county has no share). An area is behind or ahead of the
county by what the shares show as printed, with one decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojmf.present.area_rows import shown_share
from ojmf.present.superlatives import ends, named
from ojmf.present.words import count_word, count_words, listed, whole
from ojmf.printed import swedish

if TYPE_CHECKING:
    from ojmf.present.area_rows import AreaFigures
    from ojmf.present.site.answers import AnswerRow
    from ojmf.present.site.measures import Measured
    from ojmf.present.site.municipality import AreaRow, Changed

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """The answers that are others than in ``year``; ``other`` are those where one is missing."""

    year: int
    better: Sequence[Changed]
    worse: Sequence[Changed]
    other: Sequence[Changed]

    @property
    def total(self) -> int:
        """How many answers have changed."""
        return len(self.better) + len(self.worse) + len(self.other)

    @property
    def heading(self) -> str:
        """How many have changed, in words."""
        if not self.total:
            return f"Inget svar har ändrats sedan {self.year}"
        return f"{count_word(self.total).capitalize()} svar har ändrats sedan {self.year}"

    @property
    def sides(self) -> list[tuple[str, Sequence[Changed]]]:
        """The changes for the better, for the worse and the others, those that there are."""
        named = (
            (self.worse, "försämring", "försämringar"),
            (self.better, "förbättring", "förbättringar"),
            (self.other, "annan ändring", "andra ändringar"),
        )
        return [
            (f"{count_word(len(rows), 'en').capitalize()} {one if len(rows) == 1 else many}", rows)
            for rows, one, many in named
            if rows
        ]


def shares(own: float | None, county: float | None, country: float | None) -> str:
    """A share of JA beside those of the county and the country, and which way they differ."""
    if own is None:
        return ""
    beside = [
        (f"{_than(own, other)} {name}", swedish(other, 1))
        for name, other in (("länet", county), ("riket", country))
        if other is not None
    ]
    said = listed([f"{how} ({figure})" for how, figure in beside])
    return f"JA på {swedish(own, 1)} procent av frågorna{f', {said}' if said else ''}"


def _than(own: float, other: float) -> str:
    step = shown_share(own) - shown_share(other)
    return "mer än" if step > 0 else "mindre än" if step < 0 else "lika mycket som"


def municipality(
    name: str,
    total: AreaFigures | None,
    areas: Sequence[AreaRow],
    lacking: int,
    changes: Changes | None,
    measures: Measured,
) -> str:
    """What a reader should know of a municipality first: where it stands, lacks and has moved."""
    if total is None:
        return measures.lead(name)
    if total.share_yes is None:
        asked = count_word(total.indicators)
        which = "frågan" if total.indicators == 1 else f"någon av de {asked} frågor"
        return f"{name} har inte svarat på {which} som ställs."
    said = [f"{name} har svarat {shares(total.share_yes, total.county_mean, total.national_mean)}."]
    gaps = [(area.area_name, area.gap) for area in areas if area.gap is not None]
    behind = [area_name for area_name, gap in gaps if shown_share(gap) < 0]
    if behind and len(behind) <= _MOST_NAMED:
        said.append(f"Under länet ligger {listed(behind)}.")
    elif behind:
        said.append(f"{count_word(len(behind)).capitalize()} områden ligger under länet.")
    elif gaps:
        said.append("Inget område ligger under länet.")
    said.append(_lacking(name, lacking))
    if changes is not None and changes.total:
        sides = [(len(changes.better), "bättre"), (len(changes.worse), "sämre")]
        known = [(count, way) for count, way in sides if count]
        words = count_words([changes.total, *(count for count, _ in known)])
        ways = [f"{word} till det {way}" for word, (_, way) in zip(words[1:], known, strict=True)]
        way = f", {listed(ways)}" if ways else ""
        said.append(f"Sedan {changes.year} har {words[0]} svar ändrats{way}.")
    return " ".join(filter(None, said))


def _lacking(name: str, lacking: int) -> str:
    if not lacking:
        return f"{name} har inget NEJ där minst hälften av länets kommuner har svarat JA."
    questions = "en fråga" if lacking == 1 else f"{count_word(lacking)} frågor"
    return (
        f"I {questions} har {name} svarat NEJ där minst hälften av länets kommuner har svarat JA."
    )


def area(name: str, row: AreaRow, questions: Sequence[AnswerRow]) -> str:
    """What a committee should know of an area first."""
    if not row.lead:
        return f"{name} har inte svarat på någon fråga i området."
    return f"{name} har svarat {row.lead}. {_lacking(name, sum(q.lacking for q in questions))}"


def place_in_county(own: float | None, others: Sequence[float]) -> str | None:
    """The rank of a share among those of the county's municipalities, in words."""
    if own is None or not others:
        return None
    above = sum(shown_share(other) > shown_share(own) for other in others)
    same = sum(shown_share(other) == shown_share(own) for other in others)
    place = f"Plats {above + 1} av {len(others) + 1} kommuner i länet"
    return f"{place}, delad med {whole(same)}" if same else place


def start(typical: float, known: Sequence[tuple[float, str]]) -> str:
    """How the municipalities stand together; the lowest and the highest shares with their names."""
    found = ends(known, lambda share: swedish(share, 0))
    if found.one:
        return f"Alla kommuner har svarat JA på {found.low} procent av frågorna."
    return (
        f"Hälften av kommunerna har svarat JA på minst {swedish(typical, 0)} procent av frågorna. "
        f"Lägst är {named(found.lowest)} ({found.low}) och högst {named(found.highest)} "
        f"({found.high})."
    )


def few(places: Sequence[tuple[str, AreaFigures | None, int]]) -> str:
    """What there is of each of a few municipalities: its answers, or else how many measures."""
    said = []
    for name, found, measures in places:
        if found is not None and found.share_yes is not None:
            shared = shares(found.share_yes, found.county_mean, found.national_mean)
            said.append(f"{name} har svarat {shared}.")
        elif measures:
            said.append(f"För {name} finns {count_word(measures)} mått, men inga svar.")
        else:
            said.append(f"Det finns inga uppgifter för {name} ännu.")
    return " ".join(said)
