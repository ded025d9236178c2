"""The whole site: pages, pictures and downloads, written to a folder as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl

from ojmf import compare
from ojmf.claims import audit_document
from ojmf.compare.pairs import traced_pairs
from ojmf.errors import SelectionError
from ojmf.geography import MUNICIPALITY_CODE_LENGTH, county_of, resolve_municipality
from ojmf.present.said_once import without_what_documents_say
from ojmf.present.site import pages
from ojmf.present.site.claims import CLAIMS, claims_files
from ojmf.present.site.county_pages import county_pages
from ojmf.present.site.differences import Differences
from ojmf.present.site.municipality import Given, municipality, slug
from ojmf.present.site.provenance import Provenance
from ojmf.present.site.questions import QUESTIONS, question_ids, question_pages
from ojmf.present.site.side_by_side import couple_download, couple_page, couple_rows, couples
from ojmf.present.site.sources import sources_page
from ojmf.present.site.standing import standing
from ojmf.present.site.start import COUNTIES, start_files
from ojmf.present.site_folder import replaced_folder, written
from ojmf.present.spreadsheets import downloads
from ojmf.present.views import Names
from ojmf.workspace import Workspace

PAIRS = "jamfor"
MISSING = "404.html"
"""What servers of files show where there is no page."""
Track = Callable[[Sequence[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class CoupleLink:
    """Two municipalities that have a page together: their codes, names and file name."""

    geos: tuple[str, str]
    names: tuple[str, str]
    stem: str

    def link(self, base: str) -> pages.Link:
        """The text and the address of the page, seen from a page that ``base`` leads up from."""
        return " och ".join(self.names), f"{base}{PAIRS}/{self.stem}.html"


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages a site has, and how many an older one in its place had that it hasn't."""

    pages: int
    gone: int


def build_site(
    workspace: Workspace,
    target: Path,
    *,
    kommuner: Sequence[str] = (),
    observations: pl.DataFrame | None = None,
    documents: Sequence[Path] = (),
    force: bool = False,
    track: Track = iter,
) -> Written:
    """Write the site into ``target`` and return what was written.

    ``kommuner`` are names or codes; every municipality with figures where none is named.
    ``observations`` are those of the workspace unless given. ``documents`` are whole documents,
    whose claims in prose get a page each. ``track`` follows the work
    municipality by municipality. A municipality without data gets a page that says so.

    Raises ``SelectionError`` for an unknown municipality, ``OutputError`` where the folder cannot
    be written or what others wrote there would be lost (unless ``force``), and as
    ``compare.status`` and ``claims.audit_document``.
    """
    cells = workspace.observations() if observations is None else observations
    workspace = without_what_documents_say(workspace, cells.lazy())
    geos = _chosen(workspace, cells, kommuner)
    names = Names(workspace.indicators, workspace.places)
    stand = standing(workspace, cells, geos)
    given = Given(
        workspace,
        cells,
        stand,
        Differences(stand.compared, workspace.indicators, workspace.basis, names),
        names,
        Provenance(cells, workspace.sources, _printed(workspace)),
        {geo: slug(geo, names.place(geo)) for geo in geos},
        question_ids(stand.compared),
        _groups_of(workspace),
    )
    concepts, population = workspace.concepts, workspace.population
    linked = [_linked(couple, names) for couple in couples(concepts, geos)]
    audits = [audit_document(workspace, path) for path in documents]
    _refuse_held(workspace, [source_id for _, source_id in audits])
    audited = {source_id: claims for claims, source_id in audits}
    read = [workspace.root / "data", workspace.root / "expectations", *documents]
    before = written(target).keys()
    with replaced_folder(target, force=force, read=read) as folder:

        def write(files: Mapping[str, bytes], below: str = "") -> None:
            (folder / below).mkdir(exist_ok=True)
            for name, content in files.items():
                (folder / below / name).write_bytes(content)

        write(pages.assets())
        by_name = {names.place(geo): geo for geo in geos}
        for name in track(list(by_name)):
            geo = by_name[name]
            links = [couple.link("../") for couple in linked if geo in couple.geos]
            write(municipality(given, geo, links), given.slugs[geo])
        for file, page in question_pages(given):
            write({file: page}, QUESTIONS)
        if in_counties := county_pages(given, geos):
            write(in_counties, COUNTIES)
        for couple in linked:
            compared = traced_pairs(
                cells, concepts, population, *couple.geos, geography=workspace.geography
            )
            write(_couple_files(given, compared, couple, set(geos)), PAIRS)
        for source_id, claims in audited.items():
            write(claims_files(claims, workspace.source(source_id)), CLAIMS)
        write(start_files(given, geos, [couple.link("") for couple in linked]))
        write(
            {
                "kallor.html": sources_page(workspace, cells, set(audited)),
                "tillganglighet.html": _accessibility(workspace),
                MISSING: _missing(workspace, geos, names),
            }
        )
    after = written(target).keys()
    return Written(*(sum(map(_is_page, names)) for names in (after, before - after)))


def _is_page(name: str) -> bool:
    return name.endswith(".html")


def _printed(workspace: Workspace) -> set[str]:
    """The ids of the reports, whose lines can be led to; others' figures are cited as a whole."""
    if workspace.stored is None:
        return {*workspace.sources}
    return {name for name, one in workspace.stored.imports.items() if one.reporting_period}


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


def _groups_of(workspace: Workspace) -> dict[str, list[str]]:
    grouped = workspace.groups.group_by("member_id", maintain_order=True).agg("group_id")
    return dict(grouped.iter_rows())


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
    one, other = (given.slugs.get(geo) for geo in couple.geos)
    used = {one.source_id for row in rows for one in (*row.own_cited, *row.reference_cited)}
    cells = given.observations.filter(
        pl.col("geo").is_in(couple.geos), pl.col("source_id").is_in([*filter(None, used)])
    )
    documents = cells["document"].drop_nulls().unique(maintain_order=True).to_list()
    page = couple_page(couple.stem, couple.names, (one, other), crumbs, rows, documents)
    return {
        f"{couple.stem}.html": page,
        **downloads(couple.stem, couple_download(compared, couple.names)),
    }


def _accessibility(workspace: Workspace) -> bytes:
    return pages.page(
        "accessibility",
        "Tillgänglighet",
        [("Start", "index.html"), ("Tillgänglighet", None)],
        "",
        publishing=workspace.publishing,
    )


def _missing(workspace: Workspace, geos: Sequence[str], names: Names) -> bytes:
    """The page for wrong addresses, at any depth, so that it links from the server's root."""
    codes = sorted({county_of(geo) for geo in geos}, key=names.place)
    base = f"{urlsplit(workspace.publishing.site).path.rstrip('/')}/"
    title = "Sidan finns inte"
    crumbs: pages.Crumbs = [("Start", f"{base}index.html"), (title, None)]
    counties = [(code, names.place(code)) for code in codes]
    return pages.page("missing", title, crumbs, base, counties=counties)
