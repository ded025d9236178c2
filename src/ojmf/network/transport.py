"""One host over HTTP: its addresses, and answers that are bounded and asked for again.

Knows nothing of any one service, so that every service shares it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx

from ojmf.errors import FetchError, why_no_json

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5


class Site:
    """A base address, and the rule that nothing outside its host is asked for."""

    def __init__(self, base: str) -> None:
        """Take a base address; raises ``FetchError`` where it is none."""
        parts = urlsplit(base)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.query:
            raise FetchError(
                f"”{base}” är ingen adress till en tjänst; väntade något som https://api.exempel.se/v3"
            )
        self.base = base.rstrip("/")
        self._parts = parts

    def url(self, *parts: str | Sequence[str], query: Mapping[str, str] | None = None) -> str:
        """The URL of a path; a part that is a list of ids is joined by commas."""
        path = "/".join(
            quote(part, safe="") if isinstance(part, str) else quote(",".join(part), safe=",")
            for part in parts
        )
        return f"{self.base}/{path}" + (f"?{urlencode(query)}" if query else "")

    def within(self, link: str, found_at: str) -> str:
        """A link or redirect made absolute, with the scheme of the base.

        Raises ``FetchError`` where it leads to another host.
        """
        try:
            target = urlsplit(urljoin(found_at, link))
            same = (
                target.scheme in _PORTS
                and target.username is None
                and target.hostname == self._parts.hostname
                and _relative_port(target.scheme, target.port)
                == _relative_port(self._parts.scheme, self._parts.port)
            )
        except ValueError:
            same = False
        if not same:
            raise FetchError(
                f"{found_at}: svaret hänvisar till {link}, som inte hör till {self.base}. "
                "Hämtningen avbröts; kontrollera nätverket eller --base-url."
            )
        return target._replace(
            scheme=self._parts.scheme, netloc=self._parts.netloc, fragment=""
        ).geturl()


def _relative_port(scheme: str, port: int | None) -> int | None:
    """The port, or ``None`` for the usual one of the scheme."""
    return None if port == _PORTS[scheme] else port


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds, tries and bytes.

    ``silence`` is the longest wait for the next bytes, ``deadline`` for a whole answer with its
    headers, ``pause`` between two tries. ``size`` is that of one answer, ``total`` of all together.
    """

    tries: int = 5
    silence: float = 30.0
    deadline: float = 180.0
    pause: float = 120.0
    size: int = 64 * 1024 * 1024
    total: int = 512 * 1024 * 1024


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
    """A client that stays on one host. ``wait`` is called with the seconds of a pause."""

    def __init__(
        self,
        site: Site,
        *,
        limits: Limits | None = None,
        tell: Callable[[str], None] = lambda _: None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._site = site
        self._limits = limits or Limits()
        self._tell = tell
        self._wait = wait
        self._received = 0
        self._socket: socket.socket | None = None
        self._client = httpx.Client(
            timeout=self._limits.silence,
            follow_redirects=False,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": "ojmf",
            },
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
                # The whole address is told once, at the end.
                host = urlsplit(url).hostname
                self._tell(f"{host}: {trouble.what}; försöker igen om {pause:.0f} s.")
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
                return _Trouble(_why(error))
            if reply is None:
                return _Trouble(f"svaret var inte klart efter {self._limits.deadline:.0f} s")
            if reply.status not in _REDIRECTS:
                return self._judge(url, reply)
            url = self._site.within(reply.headers.get("location", ""), url)
        raise FetchError(f"{url}: tjänsten omdirigerar i en ring. Kontrollera --base-url.")

    def _once(self, url: str, headers: Mapping[str, str]) -> Reply | None:
        """One answer as it comes; ``None`` where the deadline passes first."""
        body = bytearray()
        with self._deadline() as passed:
            try:
                trace = {"trace": self._remember_socket}
                with self._client.stream("GET", url, headers=headers, extensions=trace) as response:
                    # Each layer of compression multiplies what a small answer can grow to.
                    coding = response.headers.get("content-encoding", "").strip().lower()
                    if coding not in {"", "identity", "gzip"}:
                        raise FetchError(
                            f"{url}: svaret är packat på ett sätt som inte efterfrågades "
                            f"(Content-Encoding: {coding[:60]}). Kontrollera --base-url."
                        )
                    for chunk in response.iter_bytes():
                        body += chunk
                        self._received += len(chunk)
                        self._refuse_oversize(url, len(body))
                    reply = Reply(response.status_code, response.headers, bytes(body))
            except httpx.RequestError:
                if passed.is_set():
                    return None
                raise
        return None if passed.is_set() else reply

    @contextmanager
    def _deadline(self) -> Iterator[threading.Event]:
        """Cut the connection when the time for an answer is up, and set the event.

        A limit on silence alone never ends an answer whose bytes come one by one, headers too.
        """
        passed = threading.Event()

        def cut() -> None:
            passed.set()
            with suppress(OSError):
                if self._socket is not None:
                    # Not the method of a TLS socket: it would change what the reading thread uses.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

        timer = threading.Timer(self._limits.deadline, cut)
        timer.daemon = True
        timer.start()
        try:
            yield passed
        finally:
            timer.cancel()

    def _remember_socket(self, event: str, info: Mapping[str, object]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            stream = info["return_value"]
            self._socket = stream.get_extra_info("socket")  # type: ignore[attr-defined]

    def _refuse_oversize(self, url: str, size: int) -> None:
        limits = self._limits
        for held, most, what in (
            (size, limits.size, "svaret är"),
            (self._received, limits.total, "svaren är tillsammans"),
        ):
            if held > most:
                raise FetchError(
                    f"{url}: {what} större än {most / 1e6:.0f} MB. Fråga efter färre "
                    "värden, kommuner eller år."
                )

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
            said = one_line(reply.body[:200].decode("utf-8", "replace"))
            raise FetchError(f"{url}: tjänsten svarade {reply.status} ({said}).")
        try:
            parse(reply.body)
        except ValueError as error:
            return _Trouble(f"svaret är skadat ({error})")
        return reply


def _why(error: httpx.RequestError) -> str:
    """Why there was no whole answer, without the system's own English."""
    name = type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return f"inget svar i tid ({name})"
    if not isinstance(error, httpx.ConnectError):
        return f"inget helt svar ({name})"
    if "CERTIFICATE" in str(error):
        return f"ingen kontakt: tjänstens certifikat godtas inte ({name})"
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, socket.gaierror):
        return f"ingen kontakt: adressen hittas inte på nätet ({name})"
    return f"ingen kontakt med tjänsten ({name})"


def parse(body: bytes | str) -> object:
    """JSON in UTF-8; bare ``NaN`` and ``Infinity`` become floats of that kind.

    Raises ``ValueError`` for anything else, with the reason in Swedish.
    """
    try:
        text = body.decode("utf-8-sig") if isinstance(body, bytes) else body
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(why_no_json(error)) from None
    return value


def one_line(text: object) -> str:
    """A text of the server on one line, without what a terminal takes for a command."""
    known = str(text).encode("utf-8", "replace").decode()
    spaced = "".join(
        letter if letter.isprintable() else " " if letter.isspace() else "\ufffd"
        for letter in known
    )
    return " ".join(spaced.split())


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
