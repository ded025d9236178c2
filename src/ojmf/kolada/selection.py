"""What is asked for: KPIs, places and years, cut into requests of at most 25 ids each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ojmf.errors import SelectionError
from ojmf.kolada.data_rows import KPI_ID
from ojmf.network.transport import Site

MOST_IDS = 25
_MOST_YEARS = 100
_LONGEST_ID = 60
_YEARS = re.compile(r"(\d{4})(?:[-–](\d{4}))?")
_GROUP_ID = re.compile(r"G\d{4,9}")


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids of KPIs, places and groups, and the years, each once and in order."""

    kpis: tuple[str, ...]
    places: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def name(self) -> str:
        """The id of the source that it makes: readable where short, else a fingerprint."""
        years = sorted(self.years)
        span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
        whole = years == list(range(years[0], years[-1] + 1))
        parts = [*self.kpis, *self.places, *self.groups, span]
        text = repr((self.kpis, self.places, self.groups, self.years))
        return source_name(parts if whole else [], text)

    def requests(self, site: Site) -> list[str]:
        """The URLs that together give all figures; those of groups stand by themselves."""
        return [
            site.url("data", "kpi", kpis, "municipality", places, "year", years)
            for ids in (self.places, self.groups)
            for kpis, places, years in product(
                chunks(self.kpis), chunks(ids), chunks([str(year) for year in self.years])
            )
        ]


def source_name(parts: Sequence[str], asked: str) -> str:
    """The id of a source: its parts where there are some and few, else a fingerprint."""
    readable = "-".join(["kolada", *parts]).lower()
    if parts and len(readable) <= _LONGEST_ID:
        return readable
    return f"kolada-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"


def chunks(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The ids in parts of at most ``MOST_IDS``."""
    for start in range(0, len(ids), MOST_IDS):
        yield tuple(ids[start : start + MOST_IDS])


def some_of(ids: Sequence[str], most: int = 5) -> str:
    """The first ids in a message, and how many more there are."""
    more = len(ids) - most
    return f"{', '.join(ids[:most])}{f' och {more} till' if more > 0 else ''}"


def parse_kpis(text: str) -> tuple[str, ...]:
    """KPI ids of a list with commas; raises ``SelectionError`` for what is none."""
    return _parse(text.upper(), KPI_ID, "nyckeltal", "en bokstav och fem siffror, som N12345")


def parse_groups(text: str) -> tuple[str, ...]:
    """Group ids of a list with commas; raises ``SelectionError`` for what is none."""
    return _parse(text.upper(), _GROUP_ID, "grupp", "G och siffror, som G12345")


def _parse(text: str, form: re.Pattern[str], what: str, expected: str) -> tuple[str, ...]:
    names = split(text)
    wrong = [name for name in names if not form.fullmatch(name)]
    if wrong or not names:
        raise SelectionError(f"”{', '.join(wrong) or text}” är inget id för {what}: {expected}.")
    return names


def parse_years(text: str) -> tuple[int, ...]:
    """Years of a list such as ``2019-2024,2017``; raises ``SelectionError`` for what is none."""
    years: set[int] = set()
    for part in split(text):
        match = _YEARS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not 1900 <= first <= last <= 2200:
            raise SelectionError(f"”{part}” är inga år; skriv 2024, 2019-2024 eller 2019,2024.")
        years.update(range(first, last + 1))
    if not 0 < len(years) <= _MOST_YEARS:
        raise SelectionError(f"Ange mellan 1 och {_MOST_YEARS} år, inte {len(years)}.")
    return tuple(sorted(years))


def split(text: str) -> tuple[str, ...]:
    """The parts of a list with commas, each once."""
    return tuple(dict.fromkeys(part for piece in text.split(",") if (part := piece.strip())))
