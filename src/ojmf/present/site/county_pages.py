"""A page per county: its municipalities by share of JA, and where it differs from the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl
from markupsafe import Markup

from ojmf.compare.figures import KEY
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.geography import county_of
from ojmf.model import ReferenceKind
from ojmf.present.formats import shares_in_a_column
from ojmf.present.site import drawing, pages
from ojmf.present.site.municipality import Given
from ojmf.present.site.standing import ALL_AREAS
from ojmf.present.site.start import areas_of, county_page_name, heads, shade
from ojmf.present.superlatives import ends, named
from ojmf.present.words import listed
from ojmf.printed import swedish

_MOST = 6
"""So many questions stand in each direction."""


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality of the county."""

    name: str
    folder: str
    share: str
    bar: Markup
    areas: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that the county answers otherwise than the country, in percent."""

    indicator_id: str
    label: str
    county: str
    country: str
    picture: Markup


def county_pages(given: Given, geos: Sequence[str]) -> dict[str, bytes]:
    """The pages of the counties of which at least two municipalities have answered."""
    standing, names = given.standing, given.names
    areas = areas_of(given)
    shares = {geo: share for geo in geos if (share := standing.share(geo)) is not None}
    country = standing.spread.get(ALL_AREAS)
    by_county = _shares_by_county(given)
    files = {}
    for code in sorted({county_of(geo) for geo in shares}):
        members = sorted(
            (geo for geo in shares if county_of(geo) == code),
            key=lambda geo: (-shares[geo], names.place(geo)),
        )
        if len(members) < 2:
            continue
        name = names.place(code)
        middle = median(shares[geo] for geo in members)
        years = sorted(
            set(standing.latest.filter(pl.col("geo").is_in(members))["year"].drop_nulls())
        )
        found = ends(
            [(shares[geo], names.place(geo)) for geo in members], lambda one: swedish(one, 0)
        )
        lead = (
            f"Hälften av kommunerna i {name} har svarat JA på minst {swedish(middle, 0)} procent "
            "av frågorna"
            + (f", i riket {swedish(country.median, 0)}" if country else "")
            + (
                ". Andelen är lika stor i alla."
                if found.one
                else f". Högst är {named(found.highest)} ({found.high}) och lägst "
                f"{named(found.lowest)} ({found.low})."
            )
        )
        behind, ahead = _differences(by_county.filter(pl.col("county_geo") == code))
        files[county_page_name(code, name)] = pages.page(
            "county",
            name,
            [("Start", "../index.html"), (name, None)],
            "../",
            lead=lead,
            about=f"Öppna jämförelser {listed([str(year) for year in years])}."
            + given.sources_of(members),
            members=[
                Member(
                    names.place(geo),
                    given.slugs[geo],
                    swedish(shares[geo], 1),
                    drawing.bar(shares[geo]),
                    [shade(standing.share(geo, area)) for area, _ in areas],
                )
                for geo in members
            ],
            areas=areas,
            heads=heads([area for _, area in areas]),
            sides=[
                (heading, rows)
                for heading, rows in (
                    ("Vanligare i riket än i länet", behind),
                    ("Vanligare i länet än i riket", ahead),
                )
                if rows
            ],
            question_pages=given.question_pages,
        )
    return files


def _shares_by_county(given: Given) -> pl.DataFrame:
    """The shares of JA of every question in each county and in the country."""
    answers = (
        given.standing.compared.lazy()
        .filter(pl.col("method") == ANSWER_METHOD, pl.col("reference").is_not_null())
        .select(*KEY, "label", "reference_kind", "reference_geo", "reference", "reference_decimals")
        .collect()
    )
    kinds = (ReferenceKind.COUNTY.value, ReferenceKind.COUNTRY.value)
    county, country = (
        answers.filter(pl.col("reference_kind") == kind).unique(
            [*KEY, "reference_geo"], keep="first", maintain_order=True
        )
        for kind in kinds
    )
    return county.select(
        *KEY,
        "label",
        pl.col("reference_geo").alias("county_geo"),
        pl.col("reference").alias("county"),
        pl.col("reference_decimals").alias("county_decimals"),
    ).join(
        country.select(
            *KEY,
            pl.col("reference").alias("country"),
            pl.col("reference_decimals").alias("country_decimals"),
        ),
        on=KEY,
        maintain_order="left",
    )


def _differences(rows: pl.DataFrame) -> tuple[list[Difference], list[Difference]]:
    """The questions furthest below the country, and those furthest above it."""
    far = rows.with_columns((pl.col("county") - pl.col("country")).alias("gap")).sort(
        "gap", maintain_order=True
    )
    below = far.filter(pl.col("gap") < 0).head(_MOST)
    above = far.filter(pl.col("gap") > 0).reverse().head(_MOST)
    return _told(below), _told(above)


def _told(rows: pl.DataFrame) -> list[Difference]:
    shown = (
        shares_in_a_column(side, f"{side}_decimals").alias(f"{side}_text")
        for side in ("county", "country")
    )
    told = rows.select("indicator_id", "label", *shown, "county", "country")
    return [
        Difference(indicator, label, own, other, drawing.scale(None, county, country))
        for indicator, label, own, other, county, country in told.iter_rows()
    ]
