"""A server on this machine that answers like the service, and can be made to misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

DATE = "Mon, 23 Mar 2026 10:00:00 GMT"


def kpi(name: str, title: str, **facts: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "description": f"Om {title}",
        "is_divided_by_gender": True,
        "municipality_type": "K",
        "auspice": "T",
        "operating_area": "Individ- och familjeomsorg",
        "perspective": "Resurser",
        "prel_publication_date": None,
        "publication_date": "2026-06-20",
        "publ_period": "2026",
        "has_ou_data": False,
        **facts,
    }


def value(gender: str, number: Any, status: str | None = "", deleted: bool = False) -> dict:
    return {
        "gender": gender,
        "count": 1,
        "status": status,
        "value": number,
        "isdeleted": deleted,
    }


def row(name: str, place: str, period: int, *values: Any) -> dict[str, Any]:
    """A data row; a bare number is the figure for both sexes together."""
    cells = [v if isinstance(v, dict) else value("T", v) for v in values]
    return {"kpi": name, "municipality": place, "period": period, "values": cells}


@dataclass
class Reply:
    """A prepared answer: bytes, status and headers; ``cut`` sends fewer bytes than promised.

    ``drip`` is the seconds between single bytes: of the body, or also of a header.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    before: Callable[[], object] = lambda: None
    drip: float = 0.0
    drip_headers: bool = False


@dataclass
class Kolada:
    """What the service knows, what it has been asked, and answers that take the next turns."""

    base: str = ""
    kpis: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    municipalities: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    per_page: int = 5000
    etags: bool = False
    asked: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    next: deque[Reply] = field(default_factory=deque)
    """Answers to the next requests for data, before the proper ones."""

    def select(self, path: str, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        parts = unquote(path).strip("/").split("/")[1:]
        match parts:
            case ["kpi"]:
                text = query.get("title", [""])[0].casefold()
                return [k for k in self.kpis if text in k["title"].casefold()]
            case ["kpi", ids]:
                return [k for k in self.kpis if k["id"] in limited(ids)]
            case ["municipality"]:
                return self.municipalities
            case ["municipality_groups", ids]:
                return [g for g in self.groups if g["id"] in limited(ids)]
            case ["data", "kpi", kpis, "municipality", places, "year", years]:
                return [
                    r
                    for r in self.rows
                    if r["kpi"] in limited(kpis)
                    and r["municipality"] in limited(places)
                    and str(r["period"]) in limited(years)
                ]
        raise KeyError(path)

    def page(self, target: str) -> Reply:
        url = urlsplit(target)
        query = parse_qs(url.query)
        try:
            values = self.select(url.path, query)
        except KeyError:
            return Reply(b'{"detail": "Not Found"}', 404)
        except ValueError as error:
            return Reply(json.dumps({"detail": str(error)}).encode(), 422)
        number = int(query.get("page", ["1"])[0])
        shown = values[(number - 1) * self.per_page : number * self.per_page]
        more = number * self.per_page < len(values)
        host = self.base.removesuffix("/v3")
        envelope = {
            "values": shown,
            "count": len(shown),
            "next_url": f"{host}{url.path}?page={number + 1}" if more else None,
            "previous_url": None,
        }
        return Reply(json.dumps(envelope, ensure_ascii=False).encode())


def limited(ids: str) -> list[str]:
    names = ids.split(",")
    if len(names) > 25:
        raise ValueError(f"{len(names)} ids")
    return names


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kolada: Kolada

    def do_GET(self) -> None:
        self.kolada.asked.append(self.path)
        reply = self.kolada.page(self.path)
        if "/data/" in self.path and self.kolada.next:
            reply = self.kolada.next.popleft()
        etag = f'"{hash(reply.body)}"'
        conditions = self.headers.get("If-None-Match", "")
        self.kolada.conditions.append(conditions)
        if self.kolada.etags and conditions == etag:
            reply = Reply(status=304)
        reply.before()
        headers = {
            "Date": DATE,
            "Content-Type": "application/json",
            "Content-Length": str(len(reply.body)),
            **({"ETag": etag} if self.kolada.etags else {}),
            **reply.headers,
        }
        if reply.drip_headers:
            self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 5000, reply.drip)
        self.send_response_only(reply.status)
        for name, text in headers.items():
            if text:
                self.send_header(name, text)
        self.end_headers()
        if reply.drip:
            self.drip(reply.body, reply.drip)
            return
        self.wfile.write(reply.body[: len(reply.body) - reply.cut])
        self.close_connection = reply.cut > 0

    def drip(self, content: bytes, pause: float) -> None:
        """Write byte by byte until the client has had enough."""
        self.close_connection = True
        with suppress(OSError):
            for number in range(len(content)):
                self.wfile.write(content[number : number + 1])
                self.wfile.flush()
                time.sleep(pause)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(kolada: Kolada) -> Iterator[Kolada]:
    """Answer on an own port until the end of the block."""
    handler = type("Bound", (Handler,), {"kolada": kolada})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    kolada.base = f"http://127.0.0.1:{server.server_port}/v3"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
