"""Where answers come from: the service over the network, its cache, or files of saved answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from ojmf.errors import FetchError, InputError, SelectionError, why
from ojmf.kolada.client import Client, Page, refuse_lost_rows, said_count
from ojmf.kolada.data_rows import KPI_ID
from ojmf.kolada.metadata import Group, Kpi, read_group, read_kpis, read_region_titles
from ojmf.kolada.selection import Selection, chunks, some_of
from ojmf.kolada.web_export import Exports, exported
from ojmf.network.transport import one_line, parse
from ojmf.printed import folded

PUBLIC = "https://api.kolada.se/v3"
WORKBOOK = ".xlsx"
_LARGEST = 256 * 1024 * 1024

Track = Callable[[Sequence[str]], Iterable[str]]
Tell = Callable[[str], None]


class Service(Protocol):
    """Metadata and figures. ``track`` follows the requests, ``tell`` is told of what is lacking."""

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """The KPIs by id, without those that there are none of."""

    def group(self, group_id: str) -> Group | None:
        """A group of municipalities."""

    def region_titles(self) -> dict[str, str]:
        """The titles of places by id."""

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """The pages that hold the figures asked for."""


class Online:
    """The service through a client; with one that is offline, what the cache holds of it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """See ``Service``."""
        if self._client.offline:
            known = kept_kpis(self._client)
            if known.keys().isdisjoint(ids):
                raise SelectionError(
                    f"Inget svar om nyckeltalet {some_of(ids)} är sparat av ett tidigare kommando. "
                    "Kör utan --offline en gång, eller ange sparade svar med --answers."
                )
            return known
        return {kpi.id: kpi for part in chunks(ids) for kpi in self._kpis("kpi", part)}

    def search(self, text: str) -> list[Kpi]:
        """The KPIs whose titles have the text; offline, those of the cache with all its words."""
        if self._client.offline:
            words = text.casefold().split()
            known = kept_kpis(self._client).values()
            return [kpi for kpi in known if all(word in kpi.title.casefold() for word in words)]
        return self._kpis("kpi", query={"title": text})

    def group(self, group_id: str) -> Group | None:
        """See ``Service``."""
        url = self._client.site.url("municipality_groups", group_id)
        pages = self._client.pages(url) or ()
        return next((g for page in pages if (g := read_group(page.values, group_id))), None)

    def region_titles(self) -> dict[str, str]:
        """See ``Service``."""
        pages = self._client.pages(self._client.site.url("municipality")) or ()
        return read_region_titles(value for page in pages for value in page.values)

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """See ``Service``; raises ``FetchError`` where there is nothing at an address (404)."""
        found: list[Page] = []
        for url in track(asked.requests(self._client.site)):
            pages = self._client.pages(url, resume=True)
            if pages is None and not any(group in url for group in asked.groups):
                raise FetchError(f"{url}: tjänsten svarade 404. Kontrollera id:na och --base-url.")
            if pages is None:
                tell(f"{url}: tjänsten har inga värden för grupperna själva, bara för medlemmarna.")
            found += pages or ()
        self._client.finish()
        return found

    def _kpis(self, *parts: str | Sequence[str], query: dict[str, str] | None = None) -> list[Kpi]:
        pages = self._client.pages(self._client.site.url(*parts, query=query)) or ()
        return [kpi for page in pages for kpi in read_kpis(page.values, page.url)]


def kept_kpis(client: Client) -> dict[str, Kpi]:
    """The KPIs that a client's cache knows, by id."""
    pages = client.kept(f"{client.site.base}/kpi")
    kpis = [kpi for page in pages for kpi in read_kpis(page.values, page.url)]
    return {kpi.id: kpi for kpi in sorted(kpis, key=lambda kpi: kpi.id)}


class SavedAnswers:
    """Saved answers: pages as the service gives them, lists of pages or of rows, web exports.

    Rows of figures, KPIs, places and groups are told apart by their fields. A KPI without
    metadata keeps its id as its title.
    """

    def __init__(self, paths: Iterable[Path], exports: Exports) -> None:
        """Read the files, and those that end in .json or .xlsx of the folders.

        Raises ``FetchError`` with every file that is no answer, ``InputError`` where there is none.
        """
        faults: list[str] = []
        self._pages: list[Page] = []
        self._links: list[tuple[str | None, str | None]] = []
        self._titles: dict[str, str] = {}
        self._unknown: list[str] = []
        files = [
            file
            for path in paths
            for file in (sorted(path.rglob("*.*")) if path.is_dir() else [path])
            if not path.is_dir() or file.suffix.lower() in {".json", WORKBOOK}
        ]
        # What names the KPIs and places of an export is read before it.
        for file in sorted(files, key=lambda file: file.suffix.lower() == WORKBOOK):
            try:
                book = file.suffix.lower() == WORKBOOK
                self._pages.append(self._exported(file, exports) if book else self._read(file))
            except FetchError as error:
                faults.append(str(error))
        if faults:
            raise FetchError("\n".join(faults))
        if not self._pages:
            raise InputError(
                "det finns inga filer med svar (.json eller .xlsx) där. Ange filerna eller mappen."
            )

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """See ``Service``; a KPI that only has figures is known by its id."""
        rows = [row for row in self._rows() if KPI_ID.fullmatch(str(row.get("id")))]
        titled = {kpi.id: kpi for kpi in read_kpis(rows, "filerna")}
        figured = {row["kpi"] for row in self._rows() if isinstance(row.get("kpi"), str)}
        bare = {
            name: Kpi(name, self._titles.get(name, name))
            for name in ids
            if name in figured and name not in titled
        }
        return titled | bare

    def group(self, group_id: str) -> Group | None:
        """See ``Service``."""
        return read_group(self._rows(), group_id)

    def region_titles(self) -> dict[str, str]:
        """See ``Service``."""
        return read_region_titles(row for row in self._rows() if "kpi" not in row)

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """The files with the figures asked for; tells of other rows and of pages that are missing.

        Rows that are broken are kept, so that they are told of.
        """
        found, others = [], 0
        names = track([page.url for page in self._pages])
        for page, _ in zip(self._pages, names, strict=True):
            rows = [row for row in page.values if not isinstance(row, dict) or "id" not in row]
            kept = [row for row in rows if not isinstance(row, dict) or _is_asked(row, asked)]
            others += len(rows) - len(kept)
            if kept:
                found.append(replace(page, values=kept))
        if others:
            tell(f"{others} rader i filerna är inte bland det som frågades efter och läses inte.")
        if self._unknown:
            shown = ", ".join(f"”{name}”" for name in self._unknown[:5])
            more = f" och {len(self._unknown) - 5} till" if len(self._unknown) > 5 else ""
            tell(f"Platserna {shown}{more} har inget id i filerna, och deras rader läses inte.")
        for link in missing_pages(self._links):
            tell(f"Sidan {one_line(link)} finns inte bland filerna; spara den också.")
        return found

    def _rows(self) -> Iterator[dict[str, object]]:
        for page in self._pages:
            yield from (row for row in page.values if isinstance(row, dict))

    def _exported(self, path: Path, exports: Exports) -> Page:
        """The figures of a web export, whose KPIs and places other files may name."""
        body, changed = _content(path)
        named = [row for row in self._rows() if "kpi" not in row and row.get("title")]
        ids = {folded(one_line(row["title"])): str(row.get("id")) for row in named}
        kpis = {title: name for title, name in ids.items() if KPI_ID.fullmatch(name)}
        others = {title: name for title, name in ids.items() if title not in kpis}
        known = replace(
            exports, titles={**exports.titles, **kpis}, places={**exports.places, **others}
        )
        found = exported(str(path), exports.read(path), known)
        self._titles |= {name: title for title, name in found.titles.items()}
        self._unknown += [name for name in found.unknown if name not in self._unknown]
        digest = hashlib.sha256(body).hexdigest()
        return Page(path.name, changed, "local", digest, list(found.rows))

    def _read(self, path: Path) -> Page:
        body, changed = _content(path)
        try:
            answer = parse(body)
        except ValueError as error:
            raise FetchError(f"{path}: filen är skadad ({error}). Hämta svaret igen.") from None
        values = self._values(answer)
        if values is None:
            raise FetchError(
                f"{path}: är JSON men inget svar från Kolada; väntade ett objekt med listan "
                "”values”, eller en lista av sådana eller av rader."
            )
        page = Page(path.name, changed, "local", hashlib.sha256(body).hexdigest(), values)
        if isinstance(answer, dict) and not answer.get("next_url"):
            refuse_lost_rows([replace(page, url=str(path), count=said_count(answer))])
        return page

    def _values(self, answer: object) -> list[object] | None:
        """The rows of a page, of a list of pages or of a list of rows; remembers their links."""
        if isinstance(answer, dict):
            values = answer.get("values")
            links = (answer.get("previous_url"), answer.get("next_url"))
            self._links.append(tuple(x if isinstance(x, str) else None for x in links))  # type: ignore[arg-type]
            return values if isinstance(values, list) else None
        if not isinstance(answer, list):
            return None
        rows: list[object] = []
        for part in answer:
            is_page = isinstance(part, dict) and "values" in part and "kpi" not in part
            rows += (self._values(part) or []) if is_page else [part]
        return rows


def _content(path: Path) -> tuple[bytes, datetime]:
    """The bytes of a file, and when it was changed; raises ``FetchError``."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FetchError(
                f"{path}: filen är större än {_LARGEST / 1e6:.0f} MB. Dela upp den på flera filer."
            )
        return path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise FetchError(
            f"{path}: filen kan inte läsas ({why(error)}). Kontrollera sökvägen."
        ) from error


def missing_pages(links: Iterable[tuple[str | None, str | None]]) -> list[str]:
    """The pages that saved ones lead to but that are not among them, as URLs.

    ``links`` are those to the page before and behind each page; a page does not say its own
    address, so its number is the one between those of its links.
    """
    wanted: dict[tuple[str, int], str] = {}
    held: set[tuple[str, int]] = set()
    for before, behind in links:
        for link, step in ((before, 1), (behind, -1)):
            if link is None:
                continue
            parts = urlsplit(link)
            query = parse_qs(parts.query)
            said = query.pop("page", ["1" if link == before else ""])[0]
            if said.isascii() and said.isdigit():
                answer = parts._replace(query=urlencode(query, doseq=True)).geturl()
                wanted[answer, int(said)] = link
                held.add((answer, int(said) + step))
            else:
                wanted[link, 0] = link
    return [link for page, link in wanted.items() if page not in held]


def _is_asked(row: dict[str, object], asked: Selection) -> bool:
    kpi, place, period = row.get("kpi"), row.get("municipality"), str(row.get("period"))
    return (
        (kpi in asked.kpis or not isinstance(kpi, str))
        and (place in (*asked.places, *asked.groups) or not isinstance(place, str))
        and (not period.isdigit() or period in map(str, asked.years))
    )
