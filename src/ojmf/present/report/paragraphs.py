"""The Swedish sentences of a report: numbers, singular and plural, and what stands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from ojmf.model import Status
from ojmf.printed import swedish

HALF = 50.0
"""Percent: what more than half of the county's municipalities have is worth a mention."""
MOST_MENTIONED = 5
_MOST_IN_SUMMARY = 3
_WORDS = "noll ett två tre fyra fem sex sju åtta nio tio elva tolv".split()  # noqa: SIM905
_ADJECTIVES = {
    Status.RED.value: ("röd", "röda"),
    Status.YELLOW.value: ("gul", "gula"),
    Status.GREEN.value: ("grön", "gröna"),
}
_ANSWERS = {Status.RED.value: "NEJ", Status.YELLOW.value: "DELVIS"}

Row = Mapping[str, Any]
"""A row of ``annex.rows.ROWS``."""
Note = Callable[[Row], str]
"""Gives the mark of a footnote with the source of a row."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """A row of ``compare.areas``: counts by status, means in percent, gaps in percentage points."""

    area_id: str
    area_name: str
    indicators: int
    green: int
    yellow: int
    red: int
    grey: int
    share_yes: float | None
    county_mean: float | None
    national_mean: float | None
    gap_county: float | None
    gap_national: float | None

    def of(self, status: str) -> int:
        """The number of indicators with a status."""
        return int(getattr(self, status))


def area_figures(areas: pl.DataFrame) -> list[AreaFigures]:
    """The rows of ``compare.areas``."""
    names = [field.name for field in fields(AreaFigures)]
    return [AreaFigures(*row) for row in areas.select(names).iter_rows()]


def count(amount: int) -> str:
    """A number of indicators or questions in running text: ingen, en, 2, 3."""
    return ("ingen", "en")[amount] if amount < 2 else swedish(amount, 0)


def count_word(amount: int) -> str:
    """A small number of områden in words: ett, fem; above twelve in digits."""
    return _WORDS[amount] if amount < len(_WORDS) else swedish(amount, 0)


def listed(parts: Sequence[str]) -> str:
    """Parts in a row: a, b och c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} och {parts[-1]}"


def coloured(amount: int, status: str) -> str:
    """``9 är röda``, ``en är gul``, ``ingen är röd``."""
    singular, plural = _ADJECTIVES[status]
    return f"{count(amount)} är {plural if amount > 1 else singular}"


def unanswered(amount: int) -> str:
    """That answers are missing, or nothing where none is."""
    return f"Svar saknas på {count(amount)} av dem." if amount else ""


def area_opening(area: AreaFigures) -> str:
    """How many indicators an area has, and how many of them are red, yellow or unanswered."""
    total = area.indicators
    if total == 1:
        colour = next((status for status in _ADJECTIVES if area.of(status)), None)
        state = f"är {_ADJECTIVES[colour][0]}" if colour else "saknar svar"
        return f"Området består av en enda indikator, som {state}."
    opening = f"Området består av totalt {swedish(total, 0)} indikatorer"
    if area.grey == total:
        return (
            f"{opening}. Ingen av dem är besvarad, så området kan inte jämföras med länet eller "
            "riket."
        )
    colours = [coloured(area.red, "red")]
    colours += [coloured(area.yellow, "yellow")] if area.yellow else []
    return f"{opening}, varav {listed(colours)}. {unanswered(area.grey)}".strip()


def area_means(area: AreaFigures, place: str, county: str) -> str:
    """The share of JA beside the means of the county and the country; nothing without it."""
    if area.share_yes is None:
        return ""
    sides = [
        f"{_more(gap)} snittet i {name} ({swedish(mean, 1)} procent)"
        for name, mean, gap in (
            (county, area.county_mean, area.gap_county),
            ("riket", area.national_mean, area.gap_national),
        )
        if mean is not None and gap is not None
    ]
    start = (
        f"{place} har svarat JA på {swedish(area.share_yes, 1)} procent av de besvarade frågorna"
    )
    return f"{start}, vilket är {listed(sides)}." if sides else f"{start}."


def _more(gap: float) -> str:
    size = swedish(abs(gap), 1)
    if size == swedish(0, 1):
        return "lika mycket som"
    return f"{size} procentenheter {'mer' if gap > 0 else 'mindre'} än"


def gap_text(row: Row, note: Note) -> str:
    """A question with the county's share, the gap and a note: ”…” (89 procent i länet, …)."""
    decimals = row["county_decimals"] or 0
    return (
        f"”{row['label']}” ({swedish(row['county'], decimals)} procent i länet, gap "
        f"{swedish(row['gap_county'], decimals, signed=True)} procentenheter){note(row)}"
    )


def area_gaps(rows: pl.DataFrame, place: str, note: Note) -> str:
    """Which of the questions without a JA more than half of the county answered JA to.

    ``rows`` are those of one area (``comparison_rows.ROWS``). Without any such question the
    largest gap is named; nothing where every answer is JA or no gap is known.
    """
    without = rows.filter(pl.col("status").is_in(list(_ANSWERS)))
    ranked = without.drop_nulls("gap_county").sort("gap_county", maintain_order=True)
    if without.is_empty():
        answered = rows.filter(pl.col("answer").is_not_null())
        all_of_them = "alla besvarade frågor" if answered.height > 1 else "frågan"
        return "" if answered.is_empty() else f"{place} har svarat JA på {all_of_them}."
    if ranked.is_empty():
        return ""
    said = " eller ".join(
        word for status, word in _ANSWERS.items() if status in set(without["status"])
    )
    common = ranked.filter(pl.col("county") > HALF).to_dicts()
    if not common:
        questions = "Den fråga" if without.height == 1 else "Ingen av de frågor"
        has = "har inte" if without.height == 1 else "har"
        return (
            f"{questions} där {place} har svarat {said} {has} besvarats med JA av fler än hälften "
            f"av länets kommuner. Störst är gapet i {gap_text(ranked.row(0, named=True), note)}."
        )
    which = _which(len(common), without.height)
    shown = listed([gap_text(row, note) for row in common[:MOST_MENTIONED]])
    among = "bland annat " if len(common) > MOST_MENTIONED else ""
    return (
        f"Fler än hälften av länets kommuner har svarat JA på {which} där {place} har svarat "
        f"{said}: {among}{shown}."
    )


def _which(some: int, total: int) -> str:
    if total == 1:
        return "den fråga"
    if some == total == 2:
        return "båda de frågor"
    if some == total:
        return f"alla {swedish(total, 0)} frågor"
    return f"{count(some)} av de {swedish(total, 0)} frågor"


def summary(areas: Sequence[AreaFigures], place: str, county: str) -> str:
    """How many indicators there are in all, of which colours, and how many are unanswered."""
    total = {status.value: sum(area.of(status) for area in areas) for status in Status}
    amount = sum(area.indicators for area in areas)
    indicators = "en indikator" if amount == 1 else f"{swedish(amount, 0)} indikatorer"
    within = "område" if len(areas) == 1 else "områden"
    opening = (
        f"Jämförelsen av {place} med {county} och riket omfattar {indicators} inom "
        f"{count_word(len(areas))} {within}."
    )
    if total["grey"] == amount:
        return f"{opening} Ingen av frågorna är besvarad."
    if amount == 1:
        colour = next(words[0] for status, words in _ADJECTIVES.items() if total[status])
        return f"{opening} Den är {colour}."
    colours = [
        f"{count(total[status])} {_ADJECTIVES[status][total[status] > 1]}"
        for status in ("green", "yellow", "red")
    ]
    return f"{opening} Av dem är {listed(colours)}. {unanswered(total['grey'])}".strip()


def summary_areas(areas: Sequence[AreaFigures], place: str) -> str:
    """In which areas the municipality stands best and worst beside the county."""
    known = sorted(
        ((area.gap_county, area.area_name) for area in areas if area.gap_county is not None),
        key=lambda known: known[0],
    )
    if len(known) < 2:
        return ""
    worst, best = (
        f"{name} ({swedish(gap, 1, signed=True)} procentenheter)"
        for gap, name in (known[0], known[-1])
    )
    return f"Jämfört med länet ligger {place} bäst till i området {best} och sämst i {worst}."


def summary_gaps(rows: pl.DataFrame, note: Note) -> str:
    """The largest gaps below the county over all areas; nothing where there is none."""
    ranked = rows.filter(pl.col("gap_county") < 0).sort("gap_county", maintain_order=True)
    largest = ranked.head(_MOST_IN_SUMMARY).to_dicts()
    shown = [f"{gap_text(row, note)} inom {row['area_name']}" for row in largest]
    if not shown:
        return ""
    what = "De största gapen" if len(shown) > 1 else "Det enda gapet"
    return f"{what} till länet gäller {listed(shown)}."
