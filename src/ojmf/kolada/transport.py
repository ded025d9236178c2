"""One answer over HTTP: bounded in time and size, asked again when that may help."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx

from ojmf.errors import FetchError
from ojmf.kolada.address import Site

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds, tries and bytes.

    ``silence`` is the longest wait for the next bytes, ``deadline`` for a whole answer,
    ``pause`` between two tries.
    """

    tries: int = 5
    silence: float = 30.0
    deadline: float = 180.0
    pause: float = 120.0
    size: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status 200 with JSON as ``body``, 304 or 404 without."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a try failed; ``pause`` is how long the server asks us to wait, if it does."""

    what: str
    pause: float | None = None


class Transport:
    """A client that stays on one host. ``wait`` and ``clock`` are for seconds of waiting."""

    def __init__(
        self,
        site: Site,
        *,
        limits: Limits | None = None,
        tell: Callable[[str], None] = lambda _: None,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._site = site
        self._limits = limits or Limits()
        self._tell = tell
        self._wait = wait
        self._clock = clock
        self._client = httpx.Client(
            timeout=self._limits.silence,
            follow_redirects=False,
            headers={"Accept": "application/json", "User-Agent": "ojmf"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a URL of the site.

        Asks again after 429, 5xx, silence and broken answers, with a doubled pause or the one
        that ``Retry-After`` asks for. Raises ``FetchError`` when the tries are used up, for a
        longer pause than the limit, HTML, a redirect to another host, and any other status.
        """
        trouble = _Trouble("inget svar")
        for number in range(1, self._limits.tries + 1):
            result = self._try(url, headers or {})
            if not isinstance(result, _Trouble):
                return result
            trouble = result
            pause = max(2.0 ** (number - 1), trouble.pause or 0.0)
            if pause > self._limits.pause:
                raise FetchError(
                    f"{url}: {trouble.what}, och tjänsten ber om {pause:.0f} s väntan. Kör samma "
                    "kommando igen efter det; det som redan är hämtat frågas inte om."
                )
            if number < self._limits.tries:
                self._tell(f"{url}: {trouble.what}; försöker igen om {pause:.0f} s.")
                self._wait(pause)
        raise FetchError(
            f"{url}: {trouble.what} vid vart och ett av {self._limits.tries} försök. Kontrollera "
            "nätverket och kör samma kommando igen; det som redan är hämtat frågas inte om."
        )

    def _try(self, url: str, headers: Mapping[str, str]) -> Reply | _Trouble:
        for _ in range(_MOST_REDIRECTS):
            try:
                reply = self._once(url, headers)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise FetchError(f"{url}: adressen kan inte användas ({error})") from error
            except httpx.RequestError as error:
                return _Trouble(f"inget helt svar ({type(error).__name__}: {error})")
            if reply is None:
                return _Trouble(f"svaret var inte klart efter {self._limits.deadline:.0f} s")
            if reply.status not in _REDIRECTS:
                return self._judge(url, reply)
            url = self._site.within(reply.headers.get("location", ""), url)
        raise FetchError(f"{url}: tjänsten omdirigerar i en ring. Kontrollera --base-url.")

    def _once(self, url: str, headers: Mapping[str, str]) -> Reply | None:
        """One answer as it comes; ``None`` where the deadline passes first."""
        ends = self._clock() + self._limits.deadline
        body = bytearray()
        with self._client.stream("GET", url, headers=headers) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > self._limits.size:
                    raise FetchError(
                        f"{url}: svaret är större än {self._limits.size / 1e6:.0f} MB. Fråga efter "
                        "färre nyckeltal, kommuner eller år."
                    )
                if self._clock() > ends:
                    return None
            return Reply(response.status_code, response.headers, bytes(body))

    def _judge(self, url: str, reply: Reply) -> Reply | _Trouble:
        if reply.status == 429 or reply.status >= 500:
            return _Trouble(f"tjänsten svarade {reply.status}", retry_after(reply.headers))
        if reply.status in (304, 404):
            return reply
        kind = reply.headers.get("content-type", "").lower()
        if "html" in kind or reply.body.lstrip()[:1] == b"<":
            raise FetchError(
                f"{url}: tjänsten svarade med en webbsida ({reply.status}), inte JSON. Är det en "
                "inloggningssida eller en proxy? Kontrollera nätverket och --base-url."
            )
        if reply.status != 200:
            said = " ".join(reply.body[:200].decode("utf-8", "replace").split())
            raise FetchError(f"{url}: tjänsten svarade {reply.status} ({said}).")
        try:
            parse(reply.body)
        except ValueError as error:
            return _Trouble(f"svaret är inte hel JSON i UTF-8 ({error})")
        return reply


def parse(body: bytes | str) -> object:
    """JSON in UTF-8; bare ``NaN`` and ``Infinity`` become floats of that kind.

    Raises ``ValueError`` for anything else.
    """
    try:
        text = body.decode("utf-8-sig") if isinstance(body, bytes) else body
        value: object = json.loads(text)
    except RecursionError:
        raise ValueError("för djupt nästlad") from None
    return value


def given(headers: Mapping[str, str], now: datetime) -> tuple[datetime, str]:
    """When an answer was given, and by which clock: the server's ``Date``, else ``now``."""
    date = _http_date(headers.get("date"))
    return (date, "server") if date else (now, "local")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that ``Retry-After`` asks for, as a number or a date after the answer's own."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    until, date = _http_date(asked), _http_date(headers.get("date"))
    if until is None or date is None:
        return None
    return max(0.0, (until - date).total_seconds())


def _http_date(text: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
