"""Pages of the service, and those that they lead to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ojmf.errors import FetchError
from ojmf.network.asking import Asker
from ojmf.network.cache import Entry
from ojmf.network.transport import parse

_MOST_PAGES = 200  # of 5,000 rows; an answer has 25 x 25 x 25 at most


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer: where it came from, when it was given, and its ``values``.

    ``count`` is how many rows the page says that there are, 0 where it says nothing.
    """

    url: str
    date: datetime
    clock: str
    sha256: str
    values: list[object]
    count: int = 0


class Client(Asker):
    """Reads pages of a site."""

    def refuse_unusable(self, entry: Entry) -> None:
        """See ``Asker``."""
        _page(entry)

    def kept(self, prefix: str) -> Iterator[Page]:
        """The pages in the cache whose URL begins so; those that are no pages are passed over."""
        for entry in self._cache.entries():
            if entry.url.startswith(prefix):
                with suppress(FetchError, ValueError):
                    yield _page(entry)[0]

    def pages(self, url: str, *, resume: bool = False) -> list[Page] | None:
        """A page and those that ``next_url`` leads to; ``None`` where there is nothing (404).

        With ``resume`` what the run has got already is not asked for again. Raises ``FetchError``.
        """
        pages: list[Page] = []
        following: str | None = url
        while following:
            entry = self.entry(following, resume=resume)
            if entry is None and not pages:
                return None
            try:
                following = self._add(pages, entry, following)
            except FetchError:
                # What cannot be used is asked for anew by the same command, also within its run.
                for page in pages:
                    self._cache.forget(page.url)
                raise
        return pages

    def _add(self, pages: list[Page], entry: Entry | None, url: str) -> str | None:
        """Add a page to those before it, and give the URL of the next one."""
        if entry is None:
            raise FetchError(
                f"{url}: sidan som next_url leder till finns inte (404). "
                "Hämta igen; hjälper det inte, spara svaren och ange dem med --answers."
            )
        page, link = _page(entry)
        pages.append(page)
        if not link:
            refuse_lost_rows(pages)
            return None
        following = self.site.within(link, url)
        if following in {page.url for page in pages} or len(pages) >= _MOST_PAGES:
            raise FetchError(
                f"{following}: svaret tar aldrig slut: sidorna hänvisar till varandra "
                f"({len(pages)} sidor). Hämtningen avbröts. Spara "
                "svaren och ange dem med --answers."
            )
        return following


def _page(entry: Entry) -> tuple[Page, str | None]:
    """The page of an answer and its ``next_url``; raises ``FetchError`` where it is none."""
    answer = parse(entry.body)
    if isinstance(answer, dict) and isinstance(answer.get("values"), list):
        link = answer.get("next_url")
        if link is None or isinstance(link, str):
            date = datetime.fromisoformat(entry.date)
            values, count = answer["values"], said_count(answer)
            return Page(entry.url, date, entry.clock, entry.sha256, values, count), link
    raise FetchError(
        f"{entry.url}: svaret är JSON men inte en sida från Kolada; väntade ett objekt med listan "
        "”values” och texten ”next_url”."
    )


def said_count(answer: Mapping[str, object]) -> int:
    """The ``count`` of a page; 0 where it has none."""
    count = answer.get("count")
    return count if isinstance(count, int) else 0


def refuse_lost_rows(pages: Sequence[Page]) -> None:
    """Raise ``FetchError`` where rows are lost between or within the pages of one answer.

    ``count`` may be that of the page or of all pages. A row that comes on two pages says that the
    pages shifted while they were read, and that another row may have come on none.
    """
    held = sum(len(page.values) for page in pages)
    distinct = len({json.dumps(row, sort_keys=True) for page in pages for row in page.values})
    if {page.count for page in pages} == {distinct}:
        return
    if any(page.count > len(page.values) for page in pages):
        said = max(page.count for page in pages)
        raise FetchError(
            f"{pages[0].url}: svaret säger {said} rader (count) men har {distinct}; rader har gått "
            "förlorade. Kör samma kommando igen."
        )
    if distinct < held:
        raise FetchError(
            f"{pages[0].url}: sidorna överlappar: {held - distinct} av {held} rader kom två "
            "gånger, så andra kan ha gått förlorade. Kör samma kommando igen."
        )
