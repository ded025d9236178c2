"""The whole site: pages, pictures and downloads, written to a folder as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from ojmf import compare
from ojmf.claims import audit_document
from ojmf.declarations import Source
from ojmf.declarations.concepts import Concept, Grade
from ojmf.geography import MUNICIPALITY_CODE_LENGTH, resolve_municipality
from ojmf.present.files import replaced_folder
from ojmf.present.site import pages, pairs
from ojmf.present.site.claims import CLAIMS, claims_page
from ojmf.present.site.municipality import Given, municipality
from ojmf.present.site.overview import Place, slug
from ojmf.present.site.provenance import Provenance, correction_text
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.present.words import GRADE_LABELS, STATUS_LABELS
from ojmf.workspace import Workspace

TITLE = "Öppna jämförelser mellan kommuner"
PAIRS = "jamfor"
Track = Callable[[Sequence[str]], Iterable[str]]


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
    ``validate.claims.audit_document``.
    """
    cells = workspace.observations() if observations is None else observations
    geos = _chosen(workspace, cells, kommuner)
    names = Names(workspace.indicators, workspace.geography)
    given = Given(workspace, cells, names, Provenance(cells, workspace.sources))
    concepts, population = _concepts(workspace)
    couples = pairs.pairs(concepts, geos)
    audits = [audit_document(workspace, path) for path in documents]
    audited = {source_id: claims for claims, source_id in audits}
    count = 0
    with replaced_folder(target, force=force) as folder:

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
            place, files = municipality(given, geo, _links(couples, names, geo))
            places.append(place)
            write(files, place.slug)
        for couple in couples:
            compared = compare.compare(cells, concepts, population, *couple)
            write(_pair(given, compared, couple, set(geos)), PAIRS)
        for source_id, claims in audited.items():
            title = workspace.source(source_id).document
            write(claims_page(claims, source_id, title), CLAIMS)
        write(
            {
                "index.html": _index(places, couples, names),
                "kallor.html": _sources(workspace, cells, set(audited)),
            }
        )
    return count


def _chosen(workspace: Workspace, cells: pl.DataFrame, kommuner: Sequence[str]) -> list[str]:
    if kommuner:
        named = (compare.resolve_geo(name, workspace.geography) for name in kommuner)
        return list(dict.fromkeys(resolve_municipality(geo) for geo in named))
    geos = cells["geo"].drop_nulls().unique(maintain_order=True).to_list()
    return sorted(geo for geo in geos if len(geo) == MUNICIPALITY_CODE_LENGTH)


def _concepts(workspace: Workspace) -> tuple[tuple[Concept, ...], pl.DataFrame]:
    """The concepts and the population of a workspace; empty where it declares none."""
    data = workspace.root / "data"
    concepts = compare.load_concepts(data / "concepts", workspace.indicators)
    return concepts, compare.known_population(data)


def _file(couple: tuple[str, str], names: Names) -> str:
    return "-".join(slug(geo, names.place(geo)) for geo in couple)


def _beside(couple: tuple[str, str], names: Names) -> str:
    return " och ".join(names.place(geo) for geo in couple)


def _links(couples: Sequence[tuple[str, str]], names: Names, geo: str) -> list[pages.Link]:
    return [
        (_beside(couple, names), f"../{PAIRS}/{_file(couple, names)}.html")
        for couple in couples
        if geo in couple
    ]


def _pair(
    given: Given, compared: pl.DataFrame, couple: tuple[str, str], present: set[str]
) -> dict[str, bytes]:
    names, title = given.names, _beside(couple, given.names)
    stem = _file(couple, names)
    places = (names.place(couple[0]), names.place(couple[1]))
    crumbs: pages.Crumbs = [("Start", "../index.html")]
    if couple[0] in present:
        crumbs.append((places[0], f"../{slug(couple[0], places[0])}/index.html"))
    rows = pairs.pair_rows(compared, given.workspace.indicators, given.provenance)
    usable = sum(row.grade != Grade.NOT_COMPARABLE for row in rows)
    grades = {row.grade for row in rows}
    return {
        f"{stem}.html": pages.page(
            "pair",
            title,
            [*crumbs, (title, None)],
            "../",
            lead=f"{usable} av {len(rows)} begrepp går att jämföra, helt, efter omräkning eller "
            "delvis. Skälet står vid varje begrepp.",
            names=places,
            rows=rows,
            stem=stem,
            grade_order=list(GRADE_LABELS),
            grade_options=[(key, text) for key, text in GRADE_LABELS.items() if key in grades],
        ),
        **downloads(stem, pairs.pair_download(compared, places)),
    }


def _index(places: Sequence[Place], couples: Sequence[tuple[str, str]], names: Names) -> bytes:
    counties = sorted({(place.county, place.county_name) for place in places})
    return pages.page(
        "index",
        TITLE,
        [("Start", None)],
        "",
        places=sorted(places, key=lambda place: place.name),
        counties=counties,
        status_heads=[(label, "number") for label in STATUS_LABELS.values()],
        pairs=[
            (_beside(couple, names), f"{PAIRS}/{_file(couple, names)}.html") for couple in couples
        ],
    )


def _sources(workspace: Workspace, cells: pl.DataFrame, audited: set[str]) -> bytes:
    used = cells["source_id"].unique(maintain_order=True)
    sources = [workspace.sources[name] for name in used if name in workspace.sources]
    return pages.page(
        "sources",
        "Källor och rättelser",
        [("Start", "index.html"), ("Källor och rättelser", None)],
        "",
        sources=[_source(source, source.id in audited) for source in sources],
    )


def _source(source: Source, audited: bool) -> dict[str, Any]:
    return {
        "id": source.id,
        "document": source.document,
        "title": source.title,
        "publisher": source.publisher,
        "diary_number": source.diary_number,
        "date": source.date.isoformat(),
        "period": source.reporting_period,
        "sha256": source.sha256,
        "claims": f"{CLAIMS}/{source.id}.html" if audited else None,
        "tables": list(dict.fromkeys(table.title for table in source.table)),
        "corrections": [
            (
                source.table_by_id(correction.table).title,
                correction.row,
                correction_text(source, correction.id),
            )
            for correction in source.correction
        ],
    }
