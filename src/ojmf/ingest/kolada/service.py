"""What a fetch needs of Kolada, and the service over the network that gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ojmf.errors import FetchError
from ojmf.kolada.client import Client, Page
from ojmf.kolada.kpis import Kpi, read_kpis
from ojmf.kolada.municipalities import Group, read_group, read_region_titles
from ojmf.kolada.request import Selection, chunks

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
            return kept_kpis(self._client)
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
