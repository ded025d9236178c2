"""The start page: how the municipalities stand together, and each of them by county."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl
from markupsafe import Markup

from ojmf.geography import county_of
from ojmf.present.counted_once import counted_twice
from ojmf.present.site import conclusions, drawing, pages
from ojmf.present.site.municipality import Given, plain_letters
from ojmf.present.site.standing import ALL_AREAS, FEWEST
from ojmf.present.spreadsheets import downloads
from ojmf.present.superlatives import named
from ojmf.present.words import counted, listed
from ojmf.printed import NO_BREAK_SPACE, swedish

COUNTIES = "lan"
STEPS = (25, 40, 55, 70)
"""Where the shades of the map of figures change, in percent; one hue, darker for more."""
_LONGEST_HEAD = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in the map of figures: ``shares`` are texts with the shade of each."""

    geo: str
    name: str
    folder: str
    shares: Sequence[tuple[str, str]]
    measures: int
    groups: str


@dataclass(frozen=True, slots=True)
class County:
    """A county with its municipalities; ``page`` leads to its own, where it has one."""

    code: str
    name: str
    about: str
    page: str | None
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class AreaSpread:
    """How the municipalities are spread in an area."""

    name: str
    picture: Markup
    middle: str
    median: str


def start_files(given: Given, geos: Sequence[str], pairs: Sequence[pages.Link]) -> dict[str, bytes]:
    """The start page, and the shares of all municipalities as files."""
    standing, names = given.standing, given.names
    areas = areas_of(given)
    together = standing.spread.get(ALL_AREAS)
    known = [
        (share, names.place(geo)) for geo in geos if (share := standing.share(geo)) is not None
    ]
    lead = ""
    if together is not None and known:
        lead = conclusions.start(together.median, known)
    elif len(geos) < FEWEST:
        lead = conclusions.few(
            [(names.place(geo), standing.at(geo, ALL_AREAS), _measures(given, geo)) for geo in geos]
        )
    years = sorted(set(standing.latest["year"].drop_nulls()))
    files = downloads("kommuner", _download(given, geos)) if known else {}
    files["index.html"] = pages.page(
        "index",
        pages.SITE_NAME,
        [("Start", None)],
        "",
        lead=lead,
        about=f"Svar för {listed([str(year) for year in years])}.{given.sources_of(geos)}"
        if years
        else "",
        areas=areas,
        heads=heads([name for _, name in areas]),
        dots=_dots(given) if together else None,
        spreads=(spreads := _spreads(given, areas)),
        furthest=_furthest(spreads),
        counties=[
            _county(given, code, [geo for geo in geos if county_of(geo) == code], areas)
            for code in sorted({county_of(geo) for geo in geos}, key=names.place)
        ],
        total=len(geos),
        groups=_groups(given, geos),
        steps=STEPS,
        pairs=pairs,
    )
    return files


def _measures(given: Given, geo: str) -> int:
    """How many measures a municipality without answers has, as its own page counts them."""
    known = given.standing.measures.get(geo, ())
    if not known or given.standing.share(geo) is not None:
        return 0
    return len(known) - counted_twice(given.workspace, geo, known)


def areas_of(given: Given) -> list[tuple[str, str]]:
    """The areas of questions that any municipality has, in the order of the catalogue."""
    present = set(given.standing.latest["area_id"])
    return [(area, name) for area, name in given.names.areas.items() if area in present]


def heads(names: Sequence[str]) -> list[str]:
    """A short head for each area, from its first word; its number where two would be alike."""
    words = [re.match(r"\w+", name) for name in names]
    short = [
        word[0] if word and len(word[0]) <= _LONGEST_HEAD else f"{name[: _LONGEST_HEAD - 1]}."
        for word, name in zip(words, names, strict=True)
    ]
    return short if len(set(short)) == len(short) else [str(n) for n in range(1, len(names) + 1)]


def county_page_name(code: str, name: str) -> str:
    """The file of a county in its folder."""
    return f"{plain_letters(name)}-{code}.html"


def shade(share: float | None) -> tuple[str, str]:
    """A share in whole percent, and the class of its shade."""
    if share is None:
        return "–", "missing"
    rounded = swedish(share, 0)
    return rounded, f"h{sum(float(rounded) >= step for step in STEPS)}"


def _county(
    given: Given, code: str, geos: Sequence[str], areas: Sequence[tuple[str, str]]
) -> County:
    names, standing = given.names, given.standing
    columns = [ALL_AREAS, *(area for area, _ in areas)]
    places = [
        Place(
            geo,
            names.place(geo),
            given.slugs[geo],
            [shade(standing.share(geo, area)) for area in columns],
            _measures(given, geo),
            " ".join(given.groups_of.get(geo, ())),
        )
        for geo in sorted(geos, key=names.place)
    ]
    own = [share for geo in geos if (share := standing.share(geo)) is not None]
    about = counted(len(geos), "kommun", "kommuner")
    if len(own) > 1:
        about += f", median{NO_BREAK_SPACE}{swedish(median(own), 0)}"
    name = names.place(code)
    page = f"{COUNTIES}/{county_page_name(code, name)}" if len(own) > 1 else None
    return County(code, name, about, page, places)


def _dots(given: Given) -> Markup:
    spread = given.standing.spread[ALL_AREAS]
    low, high = (swedish(limit, 0) for limit in spread.band)
    told = (
        f"Fördelningen av andelen JA i {len(spread.values)} kommuner. Hälften ligger mellan {low} "
        f"och {high} procent, medianen är {swedish(spread.median, 0)}."
    )
    return drawing.dots(spread.values, spread.band, told)


def _spreads(given: Given, areas: Sequence[tuple[str, str]]) -> list[AreaSpread]:
    """The areas where the municipalities have come furthest first."""
    known = [(name, found) for area, name in areas if (found := given.standing.spread.get(area))]
    return [
        AreaSpread(
            name,
            drawing.distribution(spread.values, spread.band, spread.median),
            "–".join(swedish(limit, 0) for limit in spread.band),
            swedish(spread.median, 0),
        )
        for name, spread in sorted(known, key=lambda one: -one[1].median)
    ]


def _furthest(spreads: Sequence[AreaSpread]) -> str:
    """In which areas the municipalities have come furthest, and in which least far."""
    if not spreads:
        return ""
    first, last = (
        [area.name for area in spreads if area.median == end.median]
        for end in (spreads[0], spreads[-1])
    )
    if len(spreads) > 1 and len(first) == len(spreads):
        return "Kommunerna har kommit lika långt i alla områden"
    least = f", kortast i {named(last)}" if len(spreads) > 1 else ""
    return f"Längst har kommunerna kommit i {named(first)}{least}"


def _groups(given: Given, geos: Sequence[str]) -> list[pages.Link]:
    """The groups that have at least two of the municipalities, to choose among."""
    groups = given.workspace.groups.filter(pl.col("member_id").is_in(list(geos)))
    known = groups.group_by("group_id", "group_title").len().filter(pl.col("len") > 1)
    return sorted(known.select("group_id", "group_title").iter_rows(), key=lambda one: one[1])


def _download(given: Given, geos: Sequence[str]) -> pl.DataFrame:
    """The shares of JA by municipality and area, with the references."""
    areas = {ALL_AREAS: "Alla områden", **given.names.areas}
    return (
        given.standing.latest.filter(pl.col("geo").is_in(list(geos)))
        .select(
            pl.col("geo").alias("Kommunkod"),
            pl.col("geo").replace(given.names.places).alias("Kommun"),
            pl.col("geo").str.head(2).replace(given.names.places).alias("Län"),
            pl.col("area_id").replace(areas).alias("Område"),
            pl.col("year").alias("År"),
            pl.col("indicators").alias("Frågor"),
            pl.col("green").alias("JA"),
            pl.col("yellow").alias("DELVIS"),
            pl.col("red").alias("NEJ"),
            pl.col("grey").alias("Utan svar"),
            pl.col("share_yes").alias("Andel JA (%)"),
            pl.col("county_mean").alias("Länet (%)"),
            pl.col("national_mean").alias("Riket (%)"),
        )
        .sort("Kommunkod", maintain_order=True)
    )
