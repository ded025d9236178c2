"""``ojmf fetch kolada``: figures from Kolada to a source of the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojmf.cli.faults import OneEach
from ojmf.cli.fetch_scb import scb
from ojmf.cli.kolada import BaseUrl, Offline, connected
from ojmf.cli.options import Quiet, Root, examples
from ojmf.cli.session import open_workspace, say, tracked, write_stdout
from ojmf.errors import SelectionError, UsageError
from ojmf.output import locked, write_files, write_folder

if TYPE_CHECKING:
    import polars as pl

    from ojmf.declarations.catalogue import Catalogue
    from ojmf.declarations.directions import Direction
    from ojmf.declarations.profiles import Profile
    from ojmf.kolada.harvest import Harvest
    from ojmf.kolada.selection import Selection
    from ojmf.kolada.service import Service
    from ojmf.kolada.web_export import Exports
    from ojmf.workspace import Workspace

EVERYONE = "alla"

fetch = typer.Typer(
    name="fetch",
    help="Fetch figures from a service to a source of the workspace.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
fetch.command(
    "scb",
    cls=OneEach,
    epilog=examples("ojmf fetch scb --year 2020-2024", "ojmf fetch scb --answers svar.json"),
)(scb)


@fetch.command(
    "kolada",
    cls=OneEach,
    epilog=examples(
        "ojmf fetch kolada --kpi N31807,N31808 --kommun NAME,riket --year 2019-2024",
        "ojmf fetch kolada --kpi N31807 --kommun alla --year 2024 --id kvartiler-2024",
        "ojmf fetch kolada --kpi N31807 --group G36449 --year 2024",
        "ojmf fetch kolada --profile ifo --kommun NAME",
    ),
)
def kolada(
    *,
    kpi: Annotated[
        str,
        typer.Option(metavar="ID,…", help="KPIs, with commas between.", show_default=False),
    ] = "",
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A ready set of KPIs, as ifo: for the municipality, those of its county, those "
            "similar to it and riket.",
            show_default=False,
        ),
    ] = None,
    year: Annotated[
        str,
        typer.Option(
            metavar="YEARS",
            help="Years: 2024, 2019-2024 or 2019,2024. Default: those of the profile.",
            show_default=False,
        ),
    ] = "",
    kommun: Annotated[
        str,
        typer.Option(
            metavar="NAME|CODE,…",
            help="Municipalities, counties or riket, by name or SCB code; alla for every "
            "municipality.",
            show_default=False,
        ),
    ] = "",
    group: Annotated[
        str,
        typer.Option(
            metavar="ID,…",
            help="Kolada's groups of municipalities: the figures of their members and their own.",
            show_default=False,
        ),
    ] = "",
    id: Annotated[  # noqa: A002 - the name of the option
        str | None,
        typer.Option(
            metavar="ID",
            help="Id of the source, the name of its folder. Default: made from what is asked for.",
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE|DIR",
            help="Read answers that someone has saved (JSON, or an Excel file from Kolada's web) "
            "instead of asking; may be repeated.",
            show_default=False,
        ),
    ] = None,
    regions_as_counties: Annotated[
        bool,
        typer.Option(
            "--regions-as-counties",
            help="Take a region's figure for its county's: right for inhabitants, wrong for what "
            "the region does. KPIs about regions never become a county's.",
        ),
    ] = False,
    base_url: BaseUrl = None,
    offline: Offline = False,
    root: Root = None,
    quiet: Quiet = False,
) -> None:
    """Fetch KPIs from Kolada.

    The figures become a source in data/sources with the address, time and fingerprint of every
    answer; KPIs that the catalogue lacks are added to data/indicators/kolada.toml. The same command
    replaces what it wrote before; an interrupted one goes on where it stopped.
    """
    from ojmf.declarations.catalogue import load_catalogue
    from ojmf.declarations.fetched import FIGURES
    from ojmf.declarations.registers import load_citations
    from ojmf.intake.revisions import kept, resting_on
    from ojmf.kolada.harvest import fetch as fetch_figures
    from ojmf.kolada.harvest import files
    from ojmf.kolada.mapping import AREA
    from ojmf.present.intake_text import revision_lines

    workspace = open_workspace(root, quiet=quiet, fetched_too=False)
    if workspace.origin == "embedded":
        raise UsageError(
            "De inbyggda uppgifterna kan inte ändras; gör en arbetsyta med ojmf init MAPP och ange "
            "den med --root."
        )
    chosen = _profile(workspace, profile)
    directions = {} if chosen is None else chosen.directions
    selection = _selection(workspace, kpi, kommun, group, year, chosen)
    if chosen is not None and id is None:
        id = _of_profile(workspace, chosen, kommun, selection)  # noqa: A001
    source_id = _source_id(workspace, id or selection.name)
    exports = partial(_exports, workspace, selection.kpis)
    with _service(
        answers, exports, base_url, offline=offline, quiet=quiet, run=repr(selection)
    ) as service:
        harvest = fetch_figures(
            service,
            selection,
            workspace.geography,
            workspace.indicators,
            may_lack=directions,
            regions_as_counties=regions_as_counties,
            track=lambda urls: tracked(urls, quiet=quiet),
            tell=lambda message: say(message, quiet=quiet),
        )
    data = workspace.root / "data"
    indicators = data / "indicators" / f"{AREA}.toml"
    # Indicators go first: without figures they change nothing, figures without them are a fault.
    with locked(indicators):
        # Another fetch may have added to them since the workspace was opened.
        catalogue, _ = load_catalogue(indicators.parent)
        contents = files(harvest, workspace.root, catalogue, source_id, chosen)
        if indicators in contents:
            write_files({indicators: contents.pop(indicators)})
    if own := _own_directions(catalogue, directions):
        say(
            f"{len(own)} nyckeltal har redan en annan riktning än profilens i katalogen, och den "
            f"gäller: {', '.join(own)}. Ändra där, eller i data/directions.csv.",
            quiet=quiet,
        )
    folder = data / "sources" / source_id
    changed = _revised(folder, source_id, harvest)
    contents |= kept(folder, changed)
    write_folder(folder, {path.name: content for path, content in contents.items()})
    # A source that was fetched before figures were kept as Parquet has them as CSV too.
    (folder / FIGURES).unlink(missing_ok=True)
    write_stdout(_summary(source_id, harvest))
    cited = resting_on(load_citations(data), source_id, changed)
    for line in revision_lines(changed, cited):
        say(line, quiet=quiet)


def _revised(folder: Path, source_id: str, harvest: Harvest) -> pl.DataFrame:
    """The figures that Kolada gave otherwise when the source was fetched before."""
    from ojmf.declarations.fetched import observed
    from ojmf.intake.revisions import refetched

    day = max(page.date for page in harvest.pages).date()
    new = observed(harvest.observations, source_id, "Kolada")
    return refetched(folder, new, day, "hämtad igen från Kolada")


@contextmanager
def _service(
    answers: list[Path] | None,
    exports: Callable[[], Exports],
    base_url: str | None,
    *,
    offline: bool,
    quiet: bool,
    run: str,
) -> Iterator[Service]:
    """The saved answers where there are any, else the service over the network."""
    from ojmf.kolada.service import Online, SavedAnswers

    if answers:
        if base_url or offline:
            raise UsageError("--answers läser bara filer; utelämna --base-url och --offline")
        yield SavedAnswers(answers, exports())
        return
    with connected(base_url, offline=offline, quiet=quiet, run=run) as client:
        yield Online(client)


def _exports(workspace: Workspace, asked: Sequence[str]) -> Exports:
    """What the catalogue, the geography and the cache know of what a web export names."""
    from ojmf.ingest.readers import read_file
    from ojmf.kolada.metadata import to_kolada
    from ojmf.kolada.service import kept_kpis
    from ojmf.kolada.web_export import Exports
    from ojmf.printed import folded

    with connected(None, offline=True, quiet=True) as client:
        titles = {folded(kpi.title): kpi.id for kpi in kept_kpis(client).values()}
    named = workspace.indicators.drop_nulls("kolada_id")
    for kpi, name, synonyms in named.select("kolada_id", "name", "synonyms").iter_rows():
        titles |= {folded(title): kpi for title in (name, *synonyms)}
    # A region is no county, so that counties have no id of the service's.
    places = workspace.geography.filter(workspace.geography["level"] != "county")
    return Exports(
        lambda path: [line.split("\t") for line in read_file(path).lines],
        titles,
        {folded(name): to_kolada(code) for code, name in places.select("code", "name").iter_rows()},
        asked,
    )


def _profile(workspace: Workspace, name: str | None) -> Profile | None:
    from ojmf.declarations.loading import embedded_root
    from ojmf.declarations.profiles import load_profile

    if name is None:
        return None
    roots = (workspace.root, embedded_root())
    return load_profile(name, tuple(root / "data" / "profiles" for root in roots))


def _selection(
    workspace: Workspace,
    kpi: str,
    kommun: str,
    group: str,
    year: str,
    profile: Profile | None,
) -> Selection:
    from ojmf.kolada.metadata import COUNTRY_ID
    from ojmf.kolada.selection import Selection, parse_groups, parse_kpis, parse_years

    if not (kommun or group):
        raise UsageError("Ange --kommun, --group eller båda.")
    if not kpi and profile is None:
        raise UsageError("Ange --kpi eller --profile.")
    if not year and profile is None:
        raise UsageError("Ange åren med --year, som 2019-2024.")
    places = resolved(workspace, kommun)
    kpis = parse_kpis(kpi) if kpi else ()
    if profile is not None:
        kpis = tuple(dict.fromkeys([*kpis, *profile.directions]))
        places = [*places, *_around(workspace, places), COUNTRY_ID]
    return Selection(
        kpis,
        tuple(dict.fromkeys(places)),
        parse_groups(group) if group else (),
        parse_years(year or (profile.years if profile else "")),
    )


def resolved(workspace: Workspace, kommun: str) -> list[str]:
    """The ids in the service of the places that ``--kommun`` names."""
    from ojmf.compare import resolve_geo
    from ojmf.kolada.metadata import COUNTRY_ID, region_ids, to_kolada
    from ojmf.kolada.selection import split

    places: list[str] = []
    for name in split(kommun):
        if name.casefold() == EVERYONE:
            places.extend(workspace.geography.filter(level="municipality")["code"])
        elif region_ids([to_kolada(name)]) or to_kolada(name) == COUNTRY_ID:
            places.append(to_kolada(name))
        else:
            places.append(to_kolada(resolve_geo(name, workspace.geography)))
    return places


def _of_profile(workspace: Workspace, chosen: Profile, kommun: str, selection: Selection) -> str:
    """The id of a profile's source: for whom it was asked for, without those around them."""
    from ojmf.kolada.selection import source_name, split

    everyone = EVERYONE in map(str.casefold, split(kommun))
    places = [EVERYONE] if everyone else resolved(workspace, kommun)
    parts = [chosen.id, *places, *selection.groups]
    return source_name(parts, repr(parts))


def _around(workspace: Workspace, places: list[str]) -> list[str]:
    """The municipalities of the counties of some, and those similar to them."""
    import polars as pl

    county = pl.col("county_code").is_in([place[:2] for place in places])
    of_county = workspace.geography.filter(pl.col("level") == "municipality", county)["code"]
    similar = workspace.groups.filter(pl.col("of").is_in(places))["member_id"]
    return [*of_county, *similar]


def _own_directions(catalogue: Catalogue, directions: Mapping[str, Direction]) -> list[str]:
    """The KPIs that the catalogue has with another direction than the profile."""
    return [
        kpi
        for kpi, polarity in catalogue.frame().select("kolada_id", "polarity").iter_rows()
        if kpi in directions and directions[kpi].polarity != polarity
    ]


def _source_id(workspace: Workspace, name: str) -> str:
    """The id of the source; raises where it is no name of a folder, or a report has it."""
    from ojmf.cli.import_file import check_id

    check_id(name)
    if name in {*workspace.sources, *workspace.drafts}:
        raise SelectionError(f"”{name}” är redan en källa som är en rapport; välj ett annat --id.")
    return name


def _summary(source_id: str, harvest: Harvest) -> str:
    from ojmf.present.words import counted, whole

    rows = harvest.observations
    given = rows.filter(rows["value"].is_not_null() | rows["answer"].is_not_null()).height
    asked = counted(harvest.absent, "värde", "värden")
    absent = f" {asked} som frågades efter kom inte." if harvest.absent else ""
    return (
        f"Skrev källan {source_id}: {counted(rows.height, 'värde', 'värden')} "
        f"({whole(given)} med uppgift, {whole(rows.height - given)} saknade) "
        f"ur {len(harvest.pages)} svar från Kolada.{absent}\n"
    )
