"""The pages of one municipality: its overview, a page per area, and where its figures stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.geography import county_of
from ojmf.model import Answer
from ojmf.present.annex.rows import Comparison, comparison_of
from ojmf.present.area_rows import AreaFigures, shown_share
from ojmf.present.said_once import shared_ending
from ojmf.present.site import conclusions, drawing, figure_pages, measures, pages
from ojmf.present.site.answers import AnswerRow, answer_download, answer_rows, grouped
from ojmf.present.site.differences import Differences
from ojmf.present.site.moves import sides
from ojmf.present.site.provenance import Provenance
from ojmf.present.site.standing import ALL_AREAS, Standing
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.present.words import listed
from ojmf.printed import swedish
from ojmf.workspace import Workspace

BASE = "../"
MOST_DOCUMENTS = 3
"""So many documents are named at the head of a page about several municipalities."""
MOST_LISTED = 12
"""So many questions of a kind stand on the overview; the rest on the pages of their areas."""
_ANSWERED = (*(answer.value for answer in Answer), "utan svar")


@dataclass(frozen=True, slots=True)
class Given:
    """What every page is made from."""

    workspace: Workspace
    observations: pl.DataFrame
    standing: Standing
    differences: Differences
    names: Names
    provenance: Provenance
    slugs: Mapping[str, str]
    """The folder of every municipality on the site, by code."""
    question_pages: frozenset[str]
    """The questions that have a page."""
    groups_of: Mapping[str, Sequence[str]]
    """The ids of the groups of each municipality."""

    def sources_of(self, geos: Sequence[str]) -> str:
        """Where the answers of several municipalities stand, by name where they are few."""
        answers = pl.col("method") == ANSWER_METHOD
        rows = self.standing.compared.lazy().filter(answers, pl.col("geo").is_in(geos))
        told = rows.select(pl.col("document").drop_nulls().unique(maintain_order=True)).collect()
        documents = told["document"].to_list()
        if len(documents) > MOST_DOCUMENTS:
            return f" Källa: {len(documents)} dokument{shared_ending(documents)}."
        return f" Källa: {listed(documents)}." if documents else ""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area in the overview, as texts and pictures; without an id it is all of them together."""

    area_id: str
    area_name: str
    counts: str
    own: str
    county: str
    country: str
    since: tuple[str, str]
    picture: Markup
    spark: Markup | None
    lead: str
    gap: float | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A question with another answer than the year before."""

    label: str
    area_name: str
    before: str | None
    after: str | None

    @property
    def shapes(self) -> tuple[Markup, Markup]:
        """The shapes of both answers."""
        return drawing.answer_shape(self.before), drawing.answer_shape(self.after)

    @property
    def kinds(self) -> tuple[str, str]:
        """The classes of both answers' colours."""
        return drawing.answer_class(self.before), drawing.answer_class(self.after)


def slug(geo: str, name: str) -> str:
    """The folder of a municipality: its name in plain letters, and its code."""
    return f"{plain_letters(name)}-{geo}".lstrip("-")


def plain_letters(name: str) -> str:
    """A name as a part of an address."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def municipality(given: Given, geo: str, pairs: Sequence[pages.Link]) -> dict[str, bytes]:
    """A municipality's files by name in its folder; ``pairs`` are links seen from there."""
    own = Own.of(given, geo)
    files = own.overview(pairs)
    if own.comparison is not None:
        for area in own.areas:
            files |= own.area_page(own.comparison, area)
    files |= figure_pages.measure_pages(own.measures, own.crumbs, own.links)
    if printed := given.provenance.tables(geo):
        files["kallor.html"] = pages.page(
            "printed",
            f"{own.name}: var uppgifterna står",
            own.crumbs("Var uppgifterna står"),
            BASE,
            tables=printed,
            citations=own.citations,
        )
    return files


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one municipality; ``comparison`` is None where it has no answers."""

    given: Given
    geo: str
    name: str
    comparison: Comparison | None
    rows: Sequence[AnswerRow]
    areas: Sequence[AreaRow]
    measures: measures.Measured
    compared: pl.DataFrame

    @classmethod
    def of(cls, given: Given, geo: str) -> Own:
        """All that the pages of a municipality rest on."""
        compared = given.standing.of(geo)
        answers = compared.filter(pl.col("method") == ANSWER_METHOD)
        comparison = None
        rows: list[AnswerRow] = []
        if not answers.is_empty():
            comparison = comparison_of(given.workspace, geo, answers)
            rows = answer_rows(comparison, given.provenance, _answers_before(given.standing, geo))
        name = given.names.place(geo)
        return cls(
            given,
            geo,
            name,
            comparison,
            rows,
            _area_rows(given, geo, comparison),
            measures.measured(
                given.workspace, given.names, given.provenance, given.observations, compared, geo
            ),
            compared,
        )

    @property
    def links(self) -> list[pages.Link]:
        """The id and the name of every area with a page."""
        areas: list[AreaRow | measures.Area] = [*self.areas, *self.measures.areas]
        return [(area.area_id, area.area_name) for area in areas]

    @property
    def citations(self) -> dict[str, str]:
        """The citation ids by the anchor of the line that the answer stands on."""
        if self.comparison is None:
            return {}
        found = self.comparison.rows["citation"].fill_null("")
        cited = (row.cited.anchor for row in self.rows)
        return {anchor: text for anchor, text in zip(cited, found, strict=True) if anchor and text}

    @property
    def about(self) -> str:
        """The years that the answers are about, and the documents that they stand in."""
        if self.comparison is None:
            return ""
        years = listed([str(year) for year in self.years])
        documents = listed([source.called for source in self.comparison.sources])
        return f"Öppna jämförelser {years}. Källa: {documents}."

    @property
    def years(self) -> list[int]:
        """The years that the answers are about."""
        rows = self.given.standing.latest.filter(pl.col("geo") == self.geo)
        return sorted(set(rows["year"].drop_nulls()))

    def crumbs(self, here: str | None = None) -> pages.Crumbs:
        """The way down to a page of the municipality, or to its overview."""
        county = county_of(self.geo)
        above: pages.Crumbs = [
            ("Start", f"{BASE}index.html"),
            (self.given.names.place(county), f"{BASE}index.html#lan-{county}"),
        ]
        return (
            [*above, (self.name, "index.html"), (here, None)]
            if here
            else [*above, (self.name, None)]
        )

    def overview(self, pairs: Sequence[pages.Link]) -> dict[str, bytes]:
        """The municipality's first page, with the downloads of its answers."""
        files: dict[str, bytes] = {}
        lacking = sorted((row for row in self.rows if row.lacking), key=lambda row: row.rank)
        changes = _changes(self.given.standing, self.given.names, self.geo)
        total = self.given.standing.at(self.geo, ALL_AREAS)
        if self.comparison is not None:
            files |= downloads(
                "indikatorer", answer_download(self.comparison.rows, self.comparison)
            )
        workspace = self.given.workspace
        differences = self.given.differences.tables(self.geo, files)
        files["index.html"] = pages.page(
            "municipality",
            self.name,
            self.crumbs(),
            BASE,
            name=self.name,
            about=self.about or self.measures.about,
            lead=conclusions.municipality(
                self.name, total, self.areas, len(lacking), changes, self.measures
            ),
            areas=self.areas,
            total=_area_row(self.given, self.geo, total, "Alla områden") if total else None,
            county=self.comparison.county if self.comparison else "",
            with_band=bool(self.given.standing.spread),
            with_years=any(area.spark for area in self.areas),
            lacking=lacking[:MOST_LISTED],
            more_lacking=max(0, len(lacking) - MOST_LISTED),
            changes=changes,
            most=MOST_LISTED,
            measures=self.measures,
            moved=sides(self.given.standing.earlier_of(self.geo), workspace.indicators),
            differences=differences,
            peers=_peers(self.given, self.geo),
            pairs=pairs,
            has_printed=bool(self.given.provenance.tables(self.geo)),
        )
        return files

    def area_page(self, comparison: Comparison, area: AreaRow) -> dict[str, bytes]:
        """The page of an area of questions, with its downloads."""
        here = [row for row in self.rows if row.area_id == area.area_id]
        standing, county = self.given.standing, county_of(self.geo)
        others = [
            share
            for geo in self.given.slugs
            if county_of(geo) == county
            and geo != self.geo
            and (share := standing.share(geo, area.area_id)) is not None
        ]
        mine = standing.share(self.geo, area.area_id)
        asked = comparison.area(area.area_id, answers=True)
        return {
            **downloads(area.area_id, answer_download(asked, comparison)),
            f"{area.area_id}.html": pages.page(
                "answers",
                f"{area.area_name} i {self.name}",
                self.crumbs(area.area_name),
                BASE,
                name=self.name,
                about=self.about,
                lead=conclusions.area(self.name, area, here),
                area=area,
                groups=grouped(here),
                rows=here,
                changed=any(row.changed for row in here),
                place=conclusions.place_in_county(mine, others),
                strip=drawing.strip(others, mine) if others and mine is not None else None,
                history=(history := standing.history.get((self.geo, area.area_id), [])),
                history_note=_left_out(history),
                county=comparison.county,
                question_pages=self.given.question_pages,
                all_areas=self.links,
                here=area.area_id,
            ),
        }


def _answers_before(standing: Standing, geo: str) -> dict[str, str]:
    """What a question was answered the year before, where it was something else: ja år 2024."""
    return {
        row["indicator_id"]: f"{(row['before'] or 'inget svar').lower()} år {row['before_year']}"
        for row in standing.changes_of(geo).iter_rows(named=True)
    }


def _changes(standing: Standing, names: Names, geo: str) -> conclusions.Changes | None:
    rows = standing.changes_of(geo)
    year = standing.year_before.get(geo)
    if year is None:
        return None
    sides: dict[str, list[Changed]] = {"better": [], "worse": [], "other": []}
    for row in rows.iter_rows(named=True):
        step = row["step"]
        side = "other" if step is None else "better" if step > 0 else "worse"
        sides[side].append(
            Changed(row["label"], names.areas[row["area_id"]], row["before"], row["answer"])
        )
    return conclusions.Changes(year, **sides)


def _area_rows(given: Given, geo: str, comparison: Comparison | None) -> list[AreaRow]:
    """The areas with answers, the one furthest behind the county first."""
    if comparison is None:
        return []
    names = comparison.areas.select("area_id", "area_name").iter_rows()
    rows = [
        _area_row(given, geo, found, name)
        for area_id, name in names
        if (found := given.standing.at(geo, area_id)) is not None
    ]
    return sorted(rows, key=lambda row: (row.gap is None, row.gap or 0.0))


def _area_row(given: Given, geo: str, found: AreaFigures, name: str) -> AreaRow:
    history = given.standing.history.get((geo, found.area_id), [])
    shares = [share for _, share in history]
    spread = given.standing.spread.get(found.area_id)
    counts = zip((found.green, found.yellow, found.red, found.grey), _ANSWERED, strict=True)
    three = (found.share_yes, found.county_mean, found.national_mean)
    own, county, country = ("–" if value is None else swedish(value, 1) for value in three)
    return AreaRow(
        found.area_id,
        name,
        ", ".join(f"{count} {word}" for count, word in counts if count),
        own,
        county,
        country,
        since=_since(history),
        picture=drawing.scale(*three, spread.band if spread else None),
        spark=drawing.spark(shares) if len(shares) > 1 else None,
        lead=conclusions.shares(*three),
        gap=found.gap_county if found.gap_county is not None else found.gap_national,
    )


def _since(history: Sequence[tuple[int, float]]) -> tuple[str, str]:
    """The change in percentage points, as the printed shares differ, and since which year."""
    if len(history) < 2:
        return ("", "")
    (year, before), (_, now) = history[-2:]
    change = shown_share(now) - shown_share(before)
    return (swedish(change, 1, signed=True), f"sedan {year}")


def _left_out(history: Sequence[tuple[int, float]]) -> str:
    """Why a year between the others is not there; empty where none is left out."""
    years = [year for year, _ in history]
    between = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    if not between:
        return ""
    return f"{listed([str(year) for year in between])} hade ett annat antal frågor eller inga svar."


@dataclass(frozen=True, slots=True)
class Peer:
    """A municipality of the group of those that are like this one; ``folder`` where on the site."""

    name: str
    folder: str | None
    share: str
    bar: Markup
    own: bool


def _peers(given: Given, geo: str) -> Sequence[Peer]:
    """The municipalities like this one, and itself, the highest share of JA first; maybe none."""
    members = given.workspace.groups.filter(pl.col("of") == geo)["member_id"].to_list()
    found = [
        (share, code)
        for code in {geo, *members}
        if (share := given.standing.share(code)) is not None
    ]
    if len(found) < 2 or geo not in {code for _, code in found}:
        return []
    return [
        Peer(
            given.names.place(code),
            given.slugs.get(code),
            swedish(share, 1),
            drawing.bar(share),
            code == geo,
        )
        for share, code in sorted(found, key=lambda one: (-one[0], given.names.place(one[1])))
    ]
