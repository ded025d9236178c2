"""The service's address: which URLs belong to it, and how they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urljoin, urlsplit

from ojmf.errors import FetchError

PUBLIC = "https://api.kolada.se/v3"
_PORTS = {"http": 80, "https": 443}


class Site:
    """A base address, and the rule that nothing outside its host is asked for."""

    def __init__(self, base: str = PUBLIC) -> None:
        """Take a base address; raises ``FetchError`` where it is none."""
        parts = urlsplit(base)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.query:
            raise FetchError(f"”{base}” är ingen adress till en tjänst; väntade något som {PUBLIC}")
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
