"""The Swedish sentences of a report: what has been answered, and what stands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ojmf.model import Status
from ojmf.present.area_rows import MOST, AreaFigures, shown_share
from ojmf.present.superlatives import ends, first_with_equals, named
from ojmf.present.words import (
    answered_sentence,
    count_word,
    count_words,
    counted,
    listed,
    whole,
)
from ojmf.printed import swedish

MOST_MENTIONED = 6
_MOST_IN_SUMMARY = 3
_ADJECTIVES = {
    Status.RED.value: ("röd", "röda"),
    Status.YELLOW.value: ("gul", "gula"),
    Status.GREEN.value: ("grön", "gröna"),
}
_ANSWERS = {Status.RED.value: "NEJ", Status.YELLOW.value: "DELVIS"}

Row = Mapping[str, Any]
"""A row of ``annex.shown_rows.ROWS``."""
Note = Callable[[Row], str]
"""Says where a row stands in the annexes, with a footnote where its source is named first."""


def count(amount: int) -> str:
    """A number in running text: ingen, en, två … tolv, 13."""
    return "ingen" if not amount else count_word(amount, "en")


def colours(area: AreaFigures) -> str:
    """``16 är gröna och 9 är röda``; what is none is left out, and numbers are alike."""
    return listed(_coloured(area))


def _coloured(area: AreaFigures) -> list[str]:
    present = [(area.of(status), words) for status, words in _ADJECTIVES.items()]
    known = [(amount, words) for amount, words in reversed(present) if amount]
    return [f"{amount} är {words[amount > 1]}" for amount, words in known]


def area_opening(area: AreaFigures) -> str:
    """How many questions an area has, and how many are of each colour or unanswered."""
    total = area.indicators
    if area.grey == total:
        which = "frågan" if total == 1 else f"någon av områdets {count_word(total)} frågor"
        return f"Kommunen har inte svarat på {which}. Området kan därför inte jämföras."
    if total == 1:
        return f"Området har en fråga, och den {colours(area)[2:]}."
    parts = [*_coloured(area), *([f"{area.grey} saknar svar"] if area.grey else [])]
    return f"Området har {counted(total, 'fråga', 'frågor')}: {listed(parts)}."


def area_means(area: AreaFigures, place: str, county: str) -> str:
    """The share of JA beside those of the county and the country; nothing without it."""
    if area.share_yes is None:
        return ""
    sides = [
        f"{swedish(mean, 1)} procent av kommunerna i {name}"
        for name, mean in ((county, area.county_mean), ("riket", area.national_mean))
        if mean is not None
    ]
    share = swedish(area.share_yes, 1)
    start = f"{place} har svarat JA på {share} procent av de besvarade frågorna."
    beside = f"I genomsnitt har {listed(sides)} svarat JA på {area.asked()}."
    return " ".join(filter(None, (start, *((beside, area.fewer()) if sides else ()))))


def question(row: Row, note: Note) -> str:
    """A question with the county's share and its place: ”…” (89 procent i länet; nr 2.14).

    It is quoted as the document has it, as in the annex where it is looked up. A DELVIS is said,
    for it is not as far behind as a NEJ beside the same share.
    """
    partly = "svaret är DELVIS; " if row["status"] == Status.YELLOW.value else ""
    return f"”{row['label']}” ({partly}{_county_share(row)} procent i länet; {note(row)})"


@dataclass(frozen=True, slots=True)
class Lacking:
    """The questions without a JA that are most usual in the county: a sentence, then each."""

    sentence: str
    rows: Sequence[Row] = ()


def area_gaps(rows: pl.DataFrame, place: str, most: int = MOST_MENTIONED) -> Lacking:
    """Which of the questions without a JA at least half of the county answered JA to.

    ``rows`` are those of one area (``annex.shown_rows.ROWS``). Without any such question the most
    usual is named; nothing where every answer is JA or no share is known. ``most`` are named, and
    those that equal the last of them.
    """
    without = rows.filter(pl.col("status").is_in(list(_ANSWERS)))
    ranked = without.drop_nulls("gap_county").sort("gap_county", maintain_order=True)
    if without.is_empty():
        answered = rows.filter(pl.col("answer").is_not_null())
        all_of_them = "alla besvarade frågor" if answered.height > 1 else "frågan"
        return Lacking("" if answered.is_empty() else f"{place} har svarat JA på {all_of_them}.")
    if ranked.is_empty():
        return Lacking("")
    said = " eller ".join(
        word for status, word in _ANSWERS.items() if status in set(without["status"])
    )
    common = ranked.filter(pl.col("county") >= MOST).to_dicts()
    if not common:
        first, more = first_with_equals(ranked.to_dicts(), 1, _county_share)
        also = f", och {count_word(more, 'en')} till är lika vanliga" if more else ""
        return Lacking(
            f"Där {place} har svarat {said} har färre än hälften av länets kommuner svarat JA. "
            f"Vanligast i länet är{also}:",
            first,
        )
    which = _which(len(common), without.height)
    shown, more = first_with_equals(common, most, _county_share)
    also = f", och {count_word(more, 'en')} till är lika vanliga som den sista" if more else ""
    among = f" De vanligaste är{also}:" if len(common) > len(shown) else ""
    return Lacking(
        f"Minst hälften av länets kommuner har svarat JA på {which} där {place} har svarat "
        f"{said}{'.' if among else ':'}{among}",
        shown,
    )


def _county_share(row: Row) -> str:
    """The share of a county as it is shown."""
    return swedish(row["county"], row["county_decimals"] or 0)


def _which(some: int, total: int) -> str:
    if total == 1:
        return "den fråga"
    if some == total == 2:
        return "båda de frågor"
    if some == total:
        return f"alla {count_word(total)} frågor"
    both = count_words([some, total], "en")
    return f"{both[0]} av de {both[1]} frågor"


def summary(areas: Sequence[AreaFigures], place: str, period: str) -> str:
    """What Öppna jämförelser asked, and how many answers there are of each kind."""
    total = {status.value: sum(area.of(status) for area in areas) for status in Status}
    questions = sum(total.values())
    asked, among = count_words([questions, len(areas)])
    asked = "en" if questions == 1 else asked
    asked = f"{asked} {'fråga' if questions == 1 else 'frågor'}"
    return (
        f"Öppna jämförelser {period} omfattar {asked} inom {among} "
        f"{'område' if len(areas) == 1 else 'områden'}. "
        f"{answered_sentence(place, {Status(name): n for name, n in total.items()})}"
    )


def summary_areas(areas: Sequence[AreaFigures], place: str) -> tuple[str, str]:
    """In which areas the municipality is ahead of the county, and in which it is behind."""
    known = [
        (shown_share(area.gap_county), area.area_name)
        for area in areas
        if area.gap_county is not None
    ]
    if len(known) < 2:
        return _only_area(*known[0], place) if known else ("", "")
    found = ends(known, lambda gap: swedish(gap, 1))
    low, high = (end(known)[0] for end in (min, max))
    behind, ahead = (f"{swedish(abs(gap), 1)} procentenheter" for gap in (low, high))
    worst, best = named(found.lowest), named(found.highest)
    if found.one:
        if not low:
            return f"{place} ligger lika med länet i alla områden.", ""
        side = f"{place} ligger lika långt {{}} länet i alla områden ({ahead})."
        return (side.format("före"), "") if low > 0 else ("", side.format("efter"))
    if low >= 0:
        return (
            f"Störst är försprånget till länet i {_areas(found.highest)} ({ahead}) och minst i "
            f"{worst} ({behind}).",
            "",
        )
    if high <= 0:
        return (
            "",
            f"{place} ligger efter länet i alla områden, mest i {worst} ({behind}) och minst i "
            f"{best} ({ahead}).",
        )
    return (
        f"Längst före länet ligger {place} i {_areas(found.highest)} ({ahead}).",
        f"Längst efter länet ligger {place} i {_areas(found.lowest)} ({behind}).",
    )


def _only_area(gap: float, area_name: str, place: str) -> tuple[str, str]:
    """The two sentences of ``summary_areas`` where the county is known in one area."""
    if not gap:
        return f"{place} ligger lika med länet i området {area_name}.", ""
    size = f"{swedish(abs(gap), 1)} procentenheter"
    side = f"{place} ligger {size} {{}} länet i området {area_name}."
    return (side.format("före"), "") if gap > 0 else ("", side.format("efter"))


def _areas(names: Sequence[str]) -> str:
    return f"{'området' if len(names) == 1 else 'områdena'} {named(names)}"


def summary_beside(rows: pl.DataFrame, place: str) -> str:
    """How answers stand beside what else they are compared with; nothing where nothing is."""
    known = rows.filter(pl.col("gap_beside").is_not_null())
    if known.is_empty():
        return ""
    of_own = f", {place}"  # a group that is named after the municipality that it is of
    names = listed(
        [
            name[0].lower() + name[1:].removesuffix(of_own) if name.endswith(of_own) else name
            for name in known["beside_name"].unique(maintain_order=True)
        ]
    )
    parts = [
        (int((known["gap_beside"] * sign > 0).sum()), word)
        for sign, word in ((1, "före"), (-1, "efter"))
    ]
    parts.append((int((known["gap_beside"] == 0).sum()), "lika"))
    said = [f"{word} i {whole(amount)}" for amount, word in parts if amount]
    asked = counted(known.height, "fråga", "frågor")
    return f"Jämfört med {names} ligger {place} {listed(said)} av {asked} som kan jämföras."


def summary_gaps(rows: pl.DataFrame, place: str, note: Note) -> str:
    """The questions where the municipality is furthest behind the county; nothing without any."""
    ranked = rows.filter(pl.col("gap_county") < 0).sort("gap_county", maintain_order=True)
    first, more = first_with_equals(ranked.to_dicts(), _MOST_IN_SUMMARY, _gap_to_county)
    shown = [question(row, note) for row in first]
    if not shown:
        return ""
    where = "frågan" if len(shown) == 1 else "frågorna"
    also = f" Lika långt efter som i den sista ligger den i {whole(more)} till." if more else ""
    return f"Av enskilda frågor ligger {place} längst efter länet i {where} {listed(shown)}.{also}"


def _gap_to_county(row: Row) -> str:
    """The gap to the county as it is shown."""
    return swedish(row["gap_county"], row["county_decimals"] or 0)
