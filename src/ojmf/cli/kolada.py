"""``ojmf kolada search`` and ``ojmf kolada show``: the KPIs of Kolada."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import OneEach
from ojmf.cli.options import Force, Output, OutputFormat, Quiet, examples
from ojmf.cli.session import destination, emit, say, write_stdout
from ojmf.errors import SelectionError

if TYPE_CHECKING:
    from ojmf.kolada.client import Client

BaseUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Address of the service. Default: Kolada's own, version 3 of the API.",
        show_default=False,
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Use only what is in the cache; no network.")
]

kolada = typer.Typer(
    name="kolada",
    help="Find KPIs in Kolada, the municipalities' database.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@contextmanager
def connected(
    base_url: str | None, *, offline: bool, quiet: bool, run: str = ""
) -> Iterator[Client]:
    """A client of the service for the time of a command; ``run`` names a run to take up again."""
    from ojmf.caches import cache_folder
    from ojmf.kolada.client import Client
    from ojmf.kolada.service import PUBLIC
    from ojmf.network.cache import Cache
    from ojmf.network.transport import Site, Transport

    site = Site(base_url or PUBLIC)
    cache = Cache(cache_folder("kolada"))
    if offline:
        yield Client(site, cache, None)
        return
    with Transport(site, tell=lambda message: say(message, quiet=quiet)) as transport:
        yield Client(site, cache, transport, run=run)


@kolada.command(cls=OneEach, epilog=examples('ojmf kolada search "ekonomiskt bistånd"'))
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words of the title.")],
    *,
    base_url: BaseUrl = None,
    offline: Offline = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Find KPIs by words of their titles.

    With --offline, among the KPIs that earlier commands have left in the cache.
    """
    from ojmf.kolada.metadata import kpis_frame
    from ojmf.kolada.service import Online
    from ojmf.present import kpis

    to = destination(format, output, force=force)
    with connected(base_url, offline=offline, quiet=quiet) as client:
        found = Online(client).search(text)
    if not found:
        where = "cachen" if offline else "Kolada"
        raise SelectionError(f"Inget nyckeltal i {where} har ”{text}” i titeln.")
    emit(kpis_frame(found), kpis.search(), to, quiet=quiet)


@kolada.command(cls=OneEach, epilog=examples("ojmf kolada show N31807"))
def show(
    kpi: Annotated[str, typer.Argument(metavar="ID", help="A KPI, such as N31807.")],
    *,
    base_url: BaseUrl = None,
    offline: Offline = False,
    format: OutputFormat = None,  # noqa: A002 - the name of the option
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Show what Kolada says about a KPI.

    Unit and discontinuation are read out of the title, where Kolada has them.
    """
    from ojmf.kolada.harvest import metadata
    from ojmf.kolada.metadata import kpis_frame
    from ojmf.kolada.selection import parse_kpis
    from ojmf.kolada.service import Online
    from ojmf.present import kpis

    to = destination(format, output, force=force)
    with connected(base_url, offline=offline, quiet=quiet) as client:
        frame = kpis_frame(metadata(Online(client), parse_kpis(kpi)).values())
    if to.suffix:
        emit(frame, (), to, quiet=quiet)
    else:
        write_stdout(kpis.facts(frame))
