"""Asking a service: from the cache where an answer is still good, else over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ojmf.errors import FetchError
from ojmf.network.cache import Cache, Entry
from ojmf.network.transport import Site, Transport, given

_RESUMABLE = timedelta(hours=24)


class Asker:
    """Asks a site for answers, and keeps them.

    Without a ``transport`` only the cache is read. ``run`` names a run that is taken up again where
    it was interrupted: what it has got within a day is not asked for again, until ``finish``.
    """

    def __init__(
        self,
        site: Site,
        cache: Cache,
        transport: Transport | None,
        *,
        run: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.site = site
        self._cache = cache
        self._transport = transport
        self._name = f"{site.base} {run}"
        self._run = cache.begin(self._name) if run and transport is not None else ""
        self._now = now

    @property
    def offline(self) -> bool:
        """Whether only the cache is read."""
        return self._transport is None

    def finish(self) -> None:
        """Forget the run, so that its pages are asked for anew the next time."""
        self._cache.finish(self._name)

    def entry(self, url: str, *, resume: bool = False) -> Entry | None:
        """The answer at a URL; ``None`` where there is nothing (404).

        With ``resume`` what the run has got already is not asked for again. Raises ``FetchError``.
        """
        kept = self._cache.get(url)
        if self._transport is None:
            if kept is None:
                raise FetchError(
                    f"{url} finns inte i cachen ({self._cache.folder}). Kör utan --offline en gång."
                )
            return kept
        if kept is not None and resume and self._is_of_this_run(kept):
            return kept
        known = (
            {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
        )
        reply = self._transport.get(url, {name: value for name, value in known.items() if value})
        if reply.status == 404:
            return None
        date, clock = given(reply.headers, self._now())
        if reply.status == 304:
            if kept is None:
                raise FetchError("tjänsten svarade 304 utan att vi hade något sparat svar.")
            entry = replace(kept, date=date.isoformat(), clock=clock, run=self._run)
        else:
            body = reply.body.decode("utf-8-sig")
            entry = Entry(
                url,
                date.isoformat(),
                clock,
                reply.headers.get("etag"),
                reply.headers.get("last-modified"),
                hashlib.sha256(body.encode()).hexdigest(),
                body,
                self._run,
            )
        self.refuse_unusable(entry)
        self._cache.put(entry)
        return entry

    def refuse_unusable(self, entry: Entry) -> None:
        """Raise ``FetchError`` for an answer that is not one of the service's; it is not kept."""

    def _is_of_this_run(self, kept: Entry) -> bool:
        age = self._now() - datetime.fromisoformat(kept.date)
        return bool(self._run) and kept.run == self._run and age < _RESUMABLE
