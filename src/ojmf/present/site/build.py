"""The whole site: pages, pictures and downloads, written to a folder as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ojmf import compare
from ojmf.claims import audit_document
from ojmf.compare.frame import TRACED
from ojmf.compare.pairs import traced_pairs
from ojmf.declarations import Source
from ojmf.errors import SelectionError
from ojmf.geography import (
    COUNTRY_WORD,
    COUNTY_OF_OWN,
    MUNICIPALITY_CODE_LENGTH,
    resolve_municipality,
)
from ojmf.present.claims import readable, summary
from ojmf.present.files import replaced_folder
from ojmf.present.formats import iso_in_words
from ojmf.present.site import pages
from ojmf.present.site.municipality import Given, Place, municipality, slug
from ojmf.present.site.provenance import Provenance, correction_text
from ojmf.present.site.side_by_side import couple_download, couple_page, couple_rows, couples
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.present.words import STATUS_LABELS
from ojmf.workspace import Workspace

PAIRS = "jamfor"
CLAIMS = "pastaenden"
CLAIM_LEVELS = {
    "wrong": "Stämmer inte med tabellen",
    "look": "Bör ses över",
    "accepted": "Kvitterat",
    "right": "Stämmer",
    "open": "Gick inte att pröva",
}
"""The outcomes of claims to choose among, in the order of their weight."""
Track = Callable[[Sequence[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class SourceSection:
    """What the page of the sources says of one: ``corrections`` are table, row and text."""

    declared: Source
    period: str
    claims: str | None
    tables: tuple[str, ...]
    corrections: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CoupleLink:
    """Two municipalities that have a page together: their codes, names and file name."""

    geos: tuple[str, str]
    names: tuple[str, str]
    stem: str

    def link(self, base: str) -> pages.Link:
        """The text and the address of the page, seen from a page that ``base`` leads up from."""
        return " och ".join(self.names), f"{base}{PAIRS}/{self.stem}.html"


def build_site(
    workspace: Workspace,
    target: Path,
    *,
    kommuner: Sequence[str] = (),
    observations: pl.DataFrame | None = None,
    documents: Sequence[Path] = (),
    force: bool = False,
    track: Track = iter,
) -> int:
    """Write the site into ``target`` and return its number of pages.

    ``kommuner`` are names or codes; every municipality with figures where none is named.
    ``observations`` are those of the workspace unless given. ``documents`` are whole documents,
    whose claims in prose get a page each. ``track`` follows the work
    municipality by municipality. A municipality without data gets a page that says so.

    Raises ``SelectionError`` for an unknown municipality, ``OutputError`` where the folder cannot
    be written or holds what ojmf did not make (unless ``force``), and as ``compare.status`` and
    ``claims.audit_document``.
    """
    cells = workspace.observations() if observations is None else observations
    geos = _chosen(workspace, cells, kommuner)
    names = Names(workspace.indicators, workspace.geography)
    compared = _compared(workspace, geos, cells)
    given = Given(workspace, cells, compared, names, Provenance(cells, workspace.sources))
    concepts, population = workspace.concepts, workspace.population
    linked = [_linked(couple, names) for couple in couples(concepts, geos)]
    audits = [audit_document(workspace, path) for path in documents]
    _refuse_held(workspace, [source_id for _, source_id in audits])
    audited = {source_id: claims for claims, source_id in audits}
    read = [workspace.root / "data", workspace.root / "expectations", *documents]
    count = 0
    with replaced_folder(target, force=force, read=read) as folder:

        def write(files: dict[str, bytes], below: str = "") -> None:
            nonlocal count
            (folder / below).mkdir(exist_ok=True)
            for name, content in files.items():
                (folder / below / name).write_bytes(content)
                count += name.endswith(".html")

        write(pages.assets())
        places: list[Place] = []
        by_name = {names.place(geo): geo for geo in geos}
        for name in track(list(by_name)):
            geo = by_name[name]
            links = [couple.link("../") for couple in linked if geo in couple.geos]
            place, files = municipality(given, geo, links)
            places.append(place)
            write(files, place.slug)
        for couple in linked:
            compared = traced_pairs(cells, concepts, population, *couple.geos)
            write(_couple_files(given, compared, couple, set(geos)), PAIRS)
        for source_id, claims in audited.items():
            write(_claims_files(claims, workspace.source(source_id)), CLAIMS)
        write(
            {
                "index.html": _index(places, [couple.link("") for couple in linked]),
                "kallor.html": _sources(workspace, cells, set(audited)),
                "tillganglighet.html": _accessibility(workspace),
            }
        )
    return count


def _refuse_held(workspace: Workspace, audited: Sequence[str]) -> None:
    """Raise ``SelectionError`` for documents whose claims would tell figures that are held back."""
    held = workspace.held_back()
    told = set() if held is None else {*held["source_id"]} & {*audited}
    if told:
        documents = ", ".join(workspace.source(name).document for name in sorted(told))
        raise SelectionError(
            f"Påståendena i {documents} prövas mot små antal som inte visas, så de kan inte stå "
            "på webbplatsen. Utelämna --document, eller skriv public = true i källans source.toml "
            "om dokumentet redan är offentligt som det är."
        )


def _compared(workspace: Workspace, geos: Sequence[str], cells: pl.DataFrame) -> pl.DataFrame:
    """All municipalities against county and country in one pass; no rows where none has figures."""
    known = cells.filter(pl.col("geo").is_in(list(geos)))
    if known.is_empty():
        return TRACED.to_frame()
    return workspace.compared(geos, [COUNTY_OF_OWN, COUNTRY_WORD], observations=cells)


def _chosen(workspace: Workspace, cells: pl.DataFrame, kommuner: Sequence[str]) -> list[str]:
    if kommuner:
        named = (compare.resolve_geo(name, workspace.geography) for name in kommuner)
        return list(dict.fromkeys(resolve_municipality(geo) for geo in named))
    geos = cells["geo"].drop_nulls().unique(maintain_order=True).to_list()
    return sorted(geo for geo in geos if len(geo) == MUNICIPALITY_CODE_LENGTH)


def _linked(couple: tuple[str, str], names: Names) -> CoupleLink:
    own, other = couple
    called = (names.place(own), names.place(other))
    return CoupleLink(couple, called, f"{slug(own, called[0])}-{slug(other, called[1])}")


def _couple_files(
    given: Given, compared: pl.DataFrame, couple: CoupleLink, present: set[str]
) -> dict[str, bytes]:
    own, name = couple.geos[0], couple.names[0]
    crumbs: pages.Crumbs = [("Start", "../index.html")]
    # A municipality that was not chosen has no pages of its own to lead back to.
    if own in present:
        crumbs.append((name, f"../{slug(own, name)}/index.html"))
    rows = couple_rows(compared, couple.names, given.workspace.indicators, given.provenance)
    return {
        f"{couple.stem}.html": couple_page(couple.stem, couple.names, crumbs, rows),
        **downloads(couple.stem, couple_download(compared, couple.names)),
    }


def _claims_files(claims: pl.DataFrame, source: Source) -> dict[str, bytes]:
    """The page of one document's claims, also of those that agree: what was checked."""
    order = {level: number for number, level in enumerate(CLAIM_LEVELS)}
    rows = readable(claims).with_columns(
        pl.col("level").replace_strict(order, return_dtype=pl.Int8).alias("order")
    )
    present = set(rows["level"])
    heading = f"Påståenden i {source.document}"
    return {
        f"{source.id}.html": pages.page(
            "claims",
            heading,
            [("Start", "../index.html"), (heading, None)],
            "../",
            lead=summary(claims),
            rows=rows.to_dicts(),
            options=[(level, text) for level, text in CLAIM_LEVELS.items() if level in present],
        )
    }


def _index(places: Sequence[Place], links: Sequence[pages.Link]) -> bytes:
    return pages.page(
        "index",
        pages.SITE_NAME,
        [("Start", None)],
        "",
        places=sorted(places, key=lambda place: place.name),
        counties=sorted({(place.county, place.county_name) for place in places}),
        status_heads=[(label, "number") for label in STATUS_LABELS.values()],
        pairs=links,
    )


def _accessibility(workspace: Workspace) -> bytes:
    return pages.page(
        "accessibility",
        "Tillgänglighet",
        [("Start", "index.html"), ("Tillgänglighet", None)],
        "",
        publishing=workspace.publishing,
    )


def _sources(workspace: Workspace, cells: pl.DataFrame, audited: set[str]) -> bytes:
    used = cells["source_id"].unique(maintain_order=True)
    sources = [workspace.sources[name] for name in used if name in workspace.sources]
    # A correction of a figure that is held back would tell it.
    corrected = {*cells.select("source_id", "correction_id").iter_rows()}
    return pages.page(
        "sources",
        "Källor och rättelser",
        [("Start", "index.html"), ("Källor och rättelser", None)],
        "",
        sources=[
            SourceSection(
                source,
                iso_in_words(source.reporting_period),
                f"{CLAIMS}/{source.id}.html" if source.id in audited else None,
                tuple(dict.fromkeys(table.title for table in source.table)),
                tuple(
                    (
                        source.table_by_id(correction.table).title,
                        correction.row,
                        correction_text(source, correction.id),
                    )
                    for correction in source.correction
                    if (source.id, correction.id) in corrected
                ),
            )
            for source in sources
        ],
    )
