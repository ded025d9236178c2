"""The service on this machine, and clients of it that never really wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ojmf.kolada.client import Client
from ojmf.network.cache import Cache
from ojmf.network.transport import Limits, Site, Transport
from tests.unit.kolada.server import Kolada, kpi, row, serving

NOW = datetime(2026, 3, 23, 11, tzinfo=UTC)


@pytest.fixture
def service() -> Iterator[Kolada]:
    kolada = Kolada(
        kpis=[kpi("N00001", "Något, andel (%)"), kpi("N00002", "Annat, antal (-2023)")],
        rows=[row("N00001", "0184", year, float(year)) for year in range(2015, 2025)],
    )
    with serving(kolada):
        yield kolada


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def connect(service: Kolada, waits: list[float], tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Make a client of the service; options are those of the transport, and run, now, base."""
    opened: list[Transport] = []

    def make(
        run: str = "", now: datetime = NOW, base: str = "", online: bool = True, **options: Any
    ) -> Client:
        site = Site(base or service.base)
        options = {"limits": Limits(silence=5.0), "wait": waits.append, **options}
        transport = Transport(site, **options) if online else None
        if transport is not None:
            opened.append(transport)
        return Client(site, Cache(tmp_path / "cache"), transport, run=run, now=lambda: now)

    yield make
    for transport in opened:
        transport.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
