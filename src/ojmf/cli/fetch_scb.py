"""``ojmf fetch scb``: the population by age and sex from SCB to a source of the workspace."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.kolada import Offline
from ojmf.cli.options import Quiet, Root
from ojmf.cli.session import open_workspace, say, tracked, write_stdout
from ojmf.errors import UsageError
from ojmf.output import locked, write_files, write_folder

if TYPE_CHECKING:
    from ojmf.scb.population import Answer

SOURCE = "scb-befolkning"
_HEAD = """\
# Folkmängden efter ålder, hämtad av ojmf fetch scb, som skriver filen på nytt varje gång.
[area]
id = "befolkning"
name = "Befolkning"

[defaults]
unit = "persons"
kind = "count"
polarity = "neutral"
polarity_reason = "Hur många som bor i kommunen är varken bra eller dåligt."
method = "neutral"
statistic = "sum"
"""


def scb(
    *,
    year: Annotated[
        str,
        typer.Option(
            metavar="YEARS",
            help="Years: 2024, 2019-2024 or 2019,2024. Not with --answers.",
            show_default=False,
        ),
    ] = "",
    ages: Annotated[
        str | None,
        typer.Option(
            metavar="AGES",
            help="Groups of ages, as 0-20,65-. Default: those that social services count by.",
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE|DIR",
            help="Read answers that someone has saved (json-stat2) instead of asking; may be "
            "repeated.",
            show_default=False,
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Address of the service. Default: SCB's own, version 2 of PxWebApi.",
            show_default=False,
        ),
    ] = None,
    offline: Offline = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Fetch the population by age and sex from SCB.

    All municipalities, counties and the country become the source scb-befolkning, an indicator for
    each group of ages, which others may have as their denominator. What data/population.csv lacks
    of the whole population is added there. The same command replaces what it wrote before.
    """
    from ojmf.declarations.fetched import DECLARATION, PARQUET, as_parquet, declare
    from ojmf.declarations.inhabitants import AREA, EVERYONE, indicator_id
    from ojmf.declarations.registers import known_population
    from ojmf.declarations.toml import entries
    from ojmf.present.words import counted
    from ojmf.scb import population

    workspace = open_workspace(root, quiet=quiet, fetched_too=False)
    if workspace.origin == "embedded":
        raise UsageError(
            "De inbyggda uppgifterna kan inte ändras; gör en arbetsyta med ojmf init MAPP och ange "
            "den med --root."
        )
    wanted = population.AGES if ages is None else population.parse_ages(ages)
    given = _answers(year, answers, base_url, offline=offline, quiet=quiet)
    people = population.people(given, workspace.geography)
    groups = population.grouped(people, wanted)
    stored = population.observations(groups, workspace.geography)
    figures = as_parquet(stored)
    day = max(answer.given.date for answer in given).date()
    years = groups["year"].unique().sort().to_list()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    declaration = declare(
        {
            "id": SOURCE,
            "title": f"SCB: folkmängd efter ålder och kön, {span}",
            "document": f"SCB, {population.TABLE}, hämtat {day}",
            "publisher": "Källa: SCB",
        },
        figures,
        stored,
        {"table": [population.TABLE], "year": map(str, years), "ages": wanted},
        [answer.given for answer in given],
    )
    indicators = "".join(
        "\n[[indicator]]\n" + entries({"id": indicator_id(group), "name": population.label(group)})
        for group in (EVERYONE, *wanted)
    )
    data = workspace.root / "data"
    register = data / "population.csv"
    with locked(register):
        known = known_population(data)
        more = population.register(groups, known, day)
        # Indicators go first: without figures they change nothing, figures without them are a
        # fault.
        write_files(
            {
                data / "indicators" / f"{AREA}.toml": f"{_HEAD}{indicators}".encode(),
                register: more.write_csv().encode(),
            }
        )
    write_folder(data / "sources" / SOURCE, {PARQUET: figures, DECLARATION: declaration})
    write_stdout(
        f"Skrev källan {SOURCE}: {counted(groups.height, 'värde', 'värden')} för "
        f"{counted(groups['geo'].n_unique(), 'plats', 'platser')}, "
        f"{span}. Nya rader i population.csv: {more.height - known.height}.\n"
    )


def _answers(
    year: str, answers: list[Path] | None, base_url: str | None, *, offline: bool, quiet: bool
) -> list[Answer]:
    """The saved answers where there are any, else those of the service."""
    from ojmf.caches import cache_folder
    from ojmf.kolada.selection import parse_years
    from ojmf.network.asking import Asker
    from ojmf.network.cache import Cache
    from ojmf.network.transport import Site, Transport
    from ojmf.scb.population import PUBLIC, ask, saved

    if answers:
        if base_url or offline or year:
            raise UsageError(
                "--answers läser bara filer; utelämna --year, --base-url och --offline"
            )
        return saved(answers)
    if not year:
        raise UsageError("Ange åren med --year, som 2020-2024.")
    years = parse_years(year)
    site, cache = Site(base_url or PUBLIC), Cache(cache_folder("scb"))

    track = partial(tracked, quiet=quiet)
    if offline:
        return ask(Asker(site, cache, None), years, track)
    with Transport(site, tell=lambda message: say(message, quiet=quiet)) as transport:
        return ask(Asker(site, cache, transport, run=repr(years)), years, track)
