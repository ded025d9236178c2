"""Asking the service: pages, patience, limits, other hosts, the cache and resumption."""

from __future__ import annotations

import gzip
import itertools
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ojmf.errors import FetchError
from ojmf.kolada.client import Client, Page
from ojmf.kolada.selection import Selection
from ojmf.network.transport import Limits, Site, retry_after
from tests.unit.kolada.conftest import NOW
from tests.unit.kolada.server import DATE, Kolada, Reply, limited

Connect = Callable[..., Client]
YEARS = tuple(range(2015, 2025))
HTML = b"<!DOCTYPE html><html><body>Logga in</body></html>"


def data(client: Client, years: tuple[int, ...] = YEARS) -> str:
    (url,) = Selection(("N00001",), ("0184",), (), years).requests(client.site)
    return url


def only(client: Client) -> Page:
    pages = client.pages(data(client))
    assert pages is not None
    (page,) = pages
    return page


def periods(client: Client, **options: bool) -> list[int]:
    pages = client.pages(data(client), **options)
    rows: list[Any] = [row for page in pages or () for row in page.values]
    return [row["period"] for row in rows]


def test_pages_are_followed_to_the_end(service: Kolada, connect: Connect) -> None:
    service.per_page = 3
    client = connect()
    pages = client.pages(data(client))
    assert [len(page.values) for page in pages or ()] == [3, 3, 3, 1]
    assert periods(connect()) == list(YEARS)


@pytest.mark.parametrize("count", [1, 2])
def test_a_count_of_the_page_or_of_all_pages_will_do(
    service: Kolada, connect: Connect, count: int
) -> None:
    client = connect()
    for number, link in enumerate((f"{service.base}/data/2", None)):
        body = {"values": [service.rows[number]], "count": count, "next_url": link}
        service.next.append(Reply(json.dumps(body).encode()))
    assert periods(client) == [2015, 2016]


@pytest.mark.parametrize(
    ("counts", "shown", "expected"),
    [
        ((2, 2), ([0, 1], [1, 2]), "sidorna överlappar: 1 av 4 rader kom två gånger"),
        ((0, 0), ([0, 1], [1, 2]), "sidorna överlappar"),
        ((4, 4), ([0, 1], [1, 2]), "säger 4 rader .* men har 3"),
        ((3, 2), ([0, 1], [2, 3]), "säger 3 rader .* men har 4"),
    ],
    ids=["of the page", "none", "of all", "a page that is cut"],
)
def test_rows_that_pages_lose_between_them_are_told(
    service: Kolada, connect: Connect, counts: Any, shown: Any, expected: str
) -> None:
    for count, rows, link in zip(counts, shown, (f"{service.base}/data/2", None), strict=True):
        body = {"values": [service.rows[i] for i in rows], "count": count, "next_url": link}
        service.next.append(Reply(json.dumps(body).encode()))
    with pytest.raises(FetchError, match=expected):
        periods(connect(run="a"), resume=True)
    assert periods(connect(run="a"), resume=True) == list(YEARS)


def test_pages_that_overlap_but_hold_all_that_there_is_are_read(
    service: Kolada, connect: Connect
) -> None:
    for rows, link in ((service.rows[:2], f"{service.base}/data/2"), (service.rows[1:3], None)):
        body = {"values": rows, "count": 3, "next_url": link}
        service.next.append(Reply(json.dumps(body).encode()))
    assert periods(connect()) == [2015, 2016, 2016, 2017]


def test_a_page_knows_where_and_when_it_was_given(service: Kolada, connect: Connect) -> None:
    client = connect()
    page = only(client)
    assert page.url == f"{service.base}/data/kpi/N00001/municipality/0184/year/" + ",".join(
        map(str, YEARS)
    )
    assert (page.date.isoformat(), page.clock) == ("2026-03-23T10:00:00+00:00", "server")


@pytest.mark.parametrize("date", ["", "i förrgår"])
def test_without_a_date_of_the_server_the_own_clock_counts(
    service: Kolada, connect: Connect, date: str
) -> None:
    body = b'{"values": [], "count": 0, "next_url": null}'
    service.next.append(Reply(body, headers={"Date": date.encode().decode("latin-1")}))
    client = connect()
    page = only(client)
    assert (page.date, page.clock) == (NOW, "local")


def test_what_is_not_there_is_none(connect: Connect) -> None:
    client = connect()
    assert client.pages(client.site.url("nothing")) is None


@pytest.mark.parametrize("count", [1, 25, 26, 60])
def test_a_request_has_at_most_25_ids_of_each_kind(count: int) -> None:
    kpis = tuple(f"N{n:05}" for n in range(count))
    places = tuple(f"{n:04}" for n in range(count))
    years = tuple(range(1950, 1950 + count))
    asked = set()
    for url in Selection(kpis, places, ("G12345",), years).requests(Site("https://x.se/v3")):
        _, _, ids, _, where, _, when = url.removeprefix("https://x.se/").split("/")[-7:]
        asked |= set(itertools.product(limited(ids), limited(where), limited(when)))
    assert asked == set(itertools.product(kpis, (*places, "G12345"), (str(year) for year in years)))


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ([Reply(status=429, headers={"Retry-After": "7"})], [7.0]),
        ([Reply(status=429, headers={"Retry-After": "Mon, 23 Mar 2026 10:00:42 GMT"})], [42.0]),
        ([Reply(status=429, headers={"Retry-After": "snart"})], [1.0]),
        ([Reply(status=429, headers={"Retry-After": "0"})], [1.0]),
        ([Reply(status=503), Reply(status=502), Reply(HTML, 500)], [1.0, 2.0, 4.0]),
        ([Reply(b'{"values": [{"kpi": "N0', 200)], [1.0]),
        ([Reply(b'{"values": [], "count": 0}', cut=5)], [1.0]),
        ([Reply(b"\xff\xfe{}", 200)], [1.0]),
        ([Reply(b"[" * 100_000, 200)], [1.0]),
        ([Reply(b"", 200)], [1.0]),
    ],
    ids=["seconds", "date", "nonsense", "zero", "5xx", "half", "cut", "latin", "deep", "empty"],
)
def test_what_may_pass_is_asked_again(
    service: Kolada,
    connect: Connect,
    waits: list[float],
    trouble: list[Reply],
    expected: list[float],
) -> None:
    service.next.extend(trouble)
    told: list[str] = []
    assert periods(connect(tell=told.append)) == list(YEARS)
    assert waits == expected
    assert len(told) == len(expected)


def test_patience_ends(service: Kolada, connect: Connect, waits: list[float]) -> None:
    service.next.extend(Reply(status=503) for _ in range(10))
    with pytest.raises(FetchError, match=r"svarade 503 vid vart och ett av 5 försök.*kör samma"):
        periods(connect())
    assert waits == [1.0, 2.0, 4.0, 8.0]
    assert len(service.asked) == 5


def test_a_long_pause_is_left_to_the_person(
    service: Kolada, connect: Connect, waits: list[float]
) -> None:
    service.next.append(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(FetchError, match="ber om 3600 s väntan"):
        periods(connect())
    assert waits == []


def test_silence_is_not_waited_out(service: Kolada, connect: Connect, waits: list[float]) -> None:
    gate = threading.Event()
    service.next.append(Reply(b"{}", before=lambda: gate.wait(10)))
    try:
        assert periods(connect(limits=Limits(silence=0.2))) == list(YEARS)
    finally:
        gate.set()
    assert waits == [1.0]


@pytest.mark.parametrize("headers", [True, False], ids=["headers", "body"])
def test_a_trickle_is_cut_off_at_the_deadline(
    service: Kolada, connect: Connect, waits: list[float], headers: bool
) -> None:
    service.next.append(Reply(b"[" + b" " * 5000, drip=0.05, drip_headers=headers))
    assert periods(connect(limits=Limits(silence=5.0, deadline=0.5))) == list(YEARS)
    assert waits == [1.0]


def test_a_trickle_that_never_ends_is_told_of(service: Kolada, connect: Connect) -> None:
    service.next.extend(Reply(b"[" + b" " * 5000, drip=0.05) for _ in range(2))
    with pytest.raises(FetchError, match="inte klart efter 0 s vid vart och ett av 2 försök"):
        periods(connect(limits=Limits(tries=2, deadline=0.3)))


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,gzip,gzip", "br", "zstd", "deflate"])
def test_compression_that_was_not_asked_for_is_refused(
    service: Kolada, connect: Connect, coding: str
) -> None:
    body = b'{"values": []}'
    for _ in coding.split(","):
        body = gzip.compress(body)
    service.next.append(Reply(body, headers={"Content-Encoding": coding}))
    with pytest.raises(FetchError, match=f"Content-Encoding: {coding}"):
        periods(connect())


def test_a_compressed_answer_is_bounded_by_what_it_unfolds_to(
    service: Kolada, connect: Connect
) -> None:
    small = gzip.compress(b'{"values": []' + b" " * 1_000_000 + b"}")
    service.next.append(Reply(small, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(FetchError, match="större än 0 MB"):
        periods(connect(limits=Limits(size=100_000)))


def test_all_answers_together_are_bounded(service: Kolada, connect: Connect) -> None:
    client = connect(limits=Limits(total=2_000))
    assert periods(client) == list(YEARS)
    with pytest.raises(FetchError, match="svaren är tillsammans större än"):
        periods(client)


def test_pages_without_end_are_refused(service: Kolada, connect: Connect) -> None:
    client = connect()
    for number in range(300):
        link = f"{service.base}/data/{number}"
        service.next.append(Reply(json.dumps({"values": [], "next_url": link}).encode()))
    with pytest.raises(FetchError, match=r"tar aldrig slut: .* \(200 sidor\)"):
        periods(client)
    assert len(service.asked) == 200


def test_a_run_does_not_keep_pages_that_lead_nowhere(service: Kolada, connect: Connect) -> None:
    client = connect(run="a")
    body = json.dumps({"values": [], "next_url": data(client)}).encode()
    service.next.append(Reply(body))
    with pytest.raises(FetchError, match="tar aldrig slut"):
        periods(client, resume=True)
    assert periods(connect(run="a"), resume=True) == list(YEARS)


def test_a_host_that_does_not_answer_is_told_of(connect: Connect) -> None:
    client = connect(base="http://127.0.0.1:9/v3", limits=Limits(tries=2))
    with pytest.raises(FetchError, match=r"ingen kontakt med tjänsten \(ConnectError\) vid"):
        periods(client)


def test_an_answer_is_not_read_without_end(service: Kolada, connect: Connect) -> None:
    with pytest.raises(FetchError, match="större än"):
        periods(connect(limits=Limits(size=100)))


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(HTML, headers={"Content-Type": "text/html"}), "webbsida"),
        (Reply(b"\n" + HTML), "webbsida"),
        (Reply('{"detail": "för många"}'.encode(), 400), "svarade 400 .*för många"),
        (Reply(b'{"values": 3}'), "inte en sida från Kolada"),
        (Reply(b"[]"), "inte en sida från Kolada"),
        (Reply(b'{"values": [], "next_url": 3}'), "inte en sida från Kolada"),
        (Reply(b'{"values": [], "count": 3, "next_url": null}'), "säger 3 rader .* men har 0"),
        (Reply(status=302, headers={"Location": "https://annan.se/v3"}), "annan.se"),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:1/v3"}), "127.0.0.1:1"),
        (Reply(status=302, headers={"Location": "//127.0.0.1@annan.se/"}), "annan.se"),
        (Reply(status=302, headers={"Location": "file:///etc/hosts"}), "file:"),
        (Reply(b'{"values": [], "next_url": "https://annan.se/2"}'), "annan.se"),
        (Reply(b'{"values": [], "next_url": "http://[x"}'), r"\[x"),
    ],
)
def test_what_can_not_pass_is_refused_at_once(
    service: Kolada, connect: Connect, waits: list[float], reply: Reply, expected: str
) -> None:
    service.next.append(reply)
    with pytest.raises(FetchError, match=expected):
        periods(connect())
    assert waits == []


def test_a_redirect_within_the_host_is_followed(service: Kolada, connect: Connect) -> None:
    client = connect()
    target = data(client).removeprefix(service.base.removesuffix("/v3"))
    service.next.append(Reply(status=307, headers={"Location": target}))
    assert periods(client) == list(YEARS)


def test_redirects_in_a_ring_end(service: Kolada, connect: Connect) -> None:
    client = connect()
    loop = Reply(status=302, headers={"Location": data(client)})
    service.next.extend([loop] * 20)
    with pytest.raises(FetchError, match="ring"):
        periods(client)


def test_pages_in_a_ring_end(service: Kolada, connect: Connect) -> None:
    client = connect()
    body = json.dumps({"values": [], "next_url": data(client)}).encode()
    service.next.append(Reply(body))
    with pytest.raises(FetchError, match="tar aldrig slut"):
        periods(client)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("http://api.x.se/v3/kpi?page=2", "https://api.x.se/v3/kpi?page=2"),
        ("https://api.x.se:443/v3/kpi?page=2#a", "https://api.x.se/v3/kpi?page=2"),
        ("/v3/kpi?page=2", "https://api.x.se/v3/kpi?page=2"),
        ("?page=2", "https://api.x.se/v3/kpi?page=2"),
    ],
)
def test_a_link_keeps_the_scheme_of_the_base(link: str, expected: str) -> None:
    assert Site("https://api.x.se/v3/").within(link, "https://api.x.se/v3/kpi") == expected


@pytest.mark.parametrize("base", ["api.x.se", "ftp://x.se", "https://", "https://a:b@x.se", ""])
def test_a_base_is_an_address(base: str) -> None:
    with pytest.raises(FetchError, match="ingen adress"):
        Site(base)


def test_a_query_is_escaped() -> None:
    url = Site("https://x.se/v3").url("kpi", query={"title": "bistånd & råd"})
    assert url == "https://x.se/v3/kpi?title=bist%C3%A5nd+%26+r%C3%A5d"


def test_an_unchanged_answer_is_not_sent_again(service: Kolada, connect: Connect) -> None:
    service.etags = True
    assert periods(connect()) == list(YEARS)
    assert periods(connect()) == list(YEARS)
    assert service.conditions[0] == ""
    assert service.conditions[1].startswith('"')


def test_a_changed_answer_replaces_the_kept_one(service: Kolada, connect: Connect) -> None:
    service.etags = True
    periods(connect())
    service.rows = service.rows[:1]
    assert periods(connect()) == [2015]
    assert periods(connect(online=False)) == [2015]


def test_a_last_modified_is_given_back(service: Kolada, connect: Connect) -> None:
    body = b'{"values": [], "next_url": null}'
    service.next.append(Reply(body, headers={"Last-Modified": DATE}))
    seen: list[str | None] = []
    service.next.append(Reply(status=304))
    client = connect()
    periods(client)
    kept = client._cache.get(data(client))
    seen.append(kept.last_modified if kept else None)
    assert periods(client) == []
    assert seen == [DATE]


def test_offline_reads_the_cache_alone(service: Kolada, connect: Connect) -> None:
    periods(connect())
    asked = len(service.asked)
    assert periods(connect(online=False)) == list(YEARS)
    assert len(service.asked) == asked
    client = connect(online=False)
    with pytest.raises(FetchError, match="finns inte i cachen"):
        client.pages(data(client, (1999,)))


def test_a_damaged_file_of_the_cache_is_asked_for_again(
    service: Kolada, connect: Connect, tmp_path: Path
) -> None:
    periods(connect())
    (path,) = (tmp_path / "cache").glob("*.json")
    whole = path.read_text(encoding="utf-8")
    for damaged in ("", "{}", "[]", whole[:-20], whole.replace("2015", "2014")):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(FetchError, match="finns inte i cachen"):
            periods(connect(online=False))
        assert periods(connect()) == list(YEARS)


def test_an_interrupted_run_goes_on_where_it_stopped(service: Kolada, connect: Connect) -> None:
    service.per_page = 4
    service.next.extend([])
    client = connect(run="a")
    first = data(client)
    client.pages(first, resume=True)
    service.asked.clear()
    assert periods(connect(run="a"), resume=True) == list(YEARS)
    assert service.asked == []
    assert periods(connect(run="b"), resume=True) == list(YEARS)
    assert len(service.asked) == 3


def test_a_finished_run_asks_anew(service: Kolada, connect: Connect) -> None:
    client = connect(run="a")
    periods(client, resume=True)
    client.finish()
    service.asked.clear()
    periods(connect(run="a"), resume=True)
    assert len(service.asked) == 1


def test_a_run_left_for_long_asks_anew(service: Kolada, connect: Connect) -> None:
    periods(connect(run="a"), resume=True)
    service.asked.clear()
    periods(connect(run="a", now=NOW + timedelta(days=2)), resume=True)
    assert len(service.asked) == 1


def test_a_run_does_not_keep_an_answer_with_lost_rows(service: Kolada, connect: Connect) -> None:
    service.next.append(Reply(b'{"values": [], "count": 3, "next_url": null}'))
    with pytest.raises(FetchError, match="förlorade"):
        periods(connect(run="a"), resume=True)
    assert periods(connect(run="a"), resume=True) == list(YEARS)


def test_only_what_resumes_is_spared_the_question(service: Kolada, connect: Connect) -> None:
    periods(connect(run="a"), resume=True)
    service.asked.clear()
    periods(connect(run="a"))
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": DATE, "date": "Mon, 23 Mar 2026 10:05:00 GMT"}, 0.0),
        ({"retry-after": DATE}, None),
    ],
)
def test_retry_after(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after(headers) == expected
