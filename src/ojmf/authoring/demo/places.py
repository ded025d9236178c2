"""The places of the made-up country: 290 municipalities in 21 counties, none of which exists."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import exp
from random import Random

import polars as pl

from ojmf.declarations.registers import PEERS, POPULATION
from ojmf.geography import GEOGRAPHY
from ojmf.model import COUNTRY

YEARS = (2023, 2024, 2025)
MADE_UP = "påhittade uppgifter"
"""What the titles of the made-up country say of themselves, so that every output says it."""

_SIZES = (26, 8, 9, 13, 13, 8, 12, 1, 5, 33, 6, 49, 16, 12, 10, 15, 10, 7, 8, 15, 14)
"""How many municipalities each county has: from one, a county of its own, to 49."""
_FIRST_COUNTY = 61  # SCB's codes of counties end at 25
_STEMS = (
    "Sago", "Dröm", "Fabel", "Dikt", "Låtsas", "Skrock", "Myt", "Önske", "Trolleri", "Gåte",
    "Nonsens", "Skämt", "Fantasi", "Utopi", "Magi", "Illusions", "Hägrings", "Skröne", "Vits",
    "Lyrik", "Novell", "Poesi", "Legend", "Anekdot", "Charad", "Rebus", "Metafor", "Parabel",
    "Ridå",
)  # fmt: skip
_ENDINGS = ("köping", "vik", "by", "fors", "hamn", "sjö", "ås", "torp", "näs", "mark")
_SMALLEST, _LARGEST = 3_000, 90_000
_CLASSES = (
    (10_000, "Mindre kommuner"),
    (25_000, "Medelstora kommuner"),
    (None, "Större kommuner"),
)


def geography() -> pl.DataFrame:
    """Country, counties and municipalities in the schema ``GEOGRAPHY``.

    A county is named after its first municipality, as most are. The codes are of SCB's form, but
    none is one of SCB's: they begin with 61–81.
    """
    seats = [f"{stem}{_ENDINGS[0]}" for stem in _STEMS[: len(_SIZES)]]
    names = (f"{stem}{ending}" for ending, stem in product(_ENDINGS, _STEMS))
    others = (name for name in names if name not in seats)
    rows = [(COUNTRY, "Det påhittade riket", "country", "")]
    municipalities = []
    for number, (size, seat) in enumerate(zip(_SIZES, seats, strict=True)):
        county = str(_FIRST_COUNTY + number)
        rows.append((county, f"{seat}s län", "county", county))
        municipalities += [
            (f"{county}{place:02}", seat if place == 1 else next(others), "municipality", county)
            for place in range(1, size + 1)
        ]
    return pl.DataFrame([*rows, *municipalities], schema=GEOGRAPHY, orient="row")


def population(places: pl.DataFrame) -> pl.DataFrame:
    """The population of every place at the end of each year, in the schema ``POPULATION``."""
    chance = Random("folkmängd")
    rows = []
    for (code,) in places.filter(level="municipality").select("code").iter_rows():
        people = _SMALLEST * exp(chance.random() * 2.6 + 0.8 * code.endswith("01"))
        growth = 1 + (chance.random() - 0.45) * 0.03
        for step, year in enumerate(YEARS):
            count = min(round(people * growth**step), _LARGEST)
            rows.append((code, date(year, 12, 31), count, f"{MADE_UP} om folkmängd"))
    own = pl.DataFrame(rows, schema=POPULATION, orient="row")
    sums = [
        own.with_columns(geo=above)
        .group_by("geo", "date", "source", maintain_order=True)
        .agg(pl.col("population").sum())
        .select(own.columns)
        for above in (pl.col("geo").str.head(2), pl.lit(COUNTRY))
    ]
    return pl.concat([own, *sums])


def peers(people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Groups in the schema ``PEERS``: the seven nearest in size to each, and three classes."""
    newest = people.filter(
        pl.col("geo").str.len_chars() == 4, pl.col("date") == pl.col("date").max()
    ).sort("population", "geo")
    names = dict(places.select("code", "name").iter_rows())
    codes, counts = newest["geo"].to_list(), newest["population"].to_list()
    rows = []
    for at, code in enumerate(codes):
        near = sorted(range(len(codes)), key=lambda other: (abs(other - at), other))[1:8]
        title = f"Liknande kommuner, {names[code]} ({MADE_UP})"
        rows += [(f"L{code}", title, code, codes[other]) for other in near]
    classes: dict[str, list[str]] = {title: [] for _, title in _CLASSES}
    for code, count in zip(codes, counts, strict=True):
        title = next(title for limit, title in _CLASSES if limit is None or count < limit)
        classes[title].append(code)
    for number, (title, members) in enumerate(classes.items(), start=1):
        rows += [(f"K{number}", f"{title} ({MADE_UP})", None, member) for member in sorted(members)]
    return pl.DataFrame(rows, schema=PEERS, orient="row")
