"""The whole of a fetch: metadata, figures, places, observations, what to tell, and the files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import polars as pl

from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.directions import Direction
from ojmf.declarations.fetched import DECLARATION, PARQUET, Given, as_parquet, declare
from ojmf.declarations.inhabitants import counts_inhabitants
from ojmf.declarations.profiles import Profile
from ojmf.declarations.toml import entry
from ojmf.errors import FetchError, SelectionError
from ojmf.kolada.client import Page
from ojmf.kolada.data_rows import figures
from ojmf.kolada.mapping import AREA, indicator_id, observations
from ojmf.kolada.metadata import Kpi, places, region_ids, scb_code
from ojmf.kolada.selection import Selection, some_of
from ojmf.kolada.service import Service, Tell, Track
from ojmf.model import Polarity

_HEAD = f"""\
# Nyckeltal som har hämtats från Kolada. ojmf fetch kolada lägger till nya sist i filen och ändrar
# aldrig det som står här. Kolada säger inte vilken riktning som är bra: ange polarity (higher eller
# lower) och varför, och en method (quartile, reference, target; answer för JA och NEJ), för att få
# färger, här eller för många på en gång i data/directions.csv.
[area]
id = "{AREA}"
name = "Kolada"
"""
_SHOWN_PLACES = 30
_SHOWN_ABSENCES = 25
_UNDIRECTED = Direction(
    Polarity.NEUTRAL.value, "Kolada anger ingen riktning, och ingen har angetts här.", "neutral"
)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a fetch gave: observations in ``fetched.STORED``, and the pages they came from.

    ``absent`` is how many figures (KPI, place and year) were asked for but did not come.
    """

    selection: Selection
    kpis: Mapping[str, Kpi]
    observations: pl.DataFrame
    absent: int
    pages: Sequence[Page]


def fetch(
    service: Service,
    selection: Selection,
    geography: pl.DataFrame,
    indicators: pl.DataFrame,
    *,
    may_lack: Collection[str] = (),
    regions_as_counties: bool = False,
    track: Track = iter,
    tell: Tell = lambda _: None,
) -> Harvest:
    """Fetch the figures of a selection.

    ``indicators`` is the catalogue, ``may_lack`` are KPIs that are left out, and told of, where
    the service does not have them, ``track`` follows the requests, ``tell`` is given in Swedish
    what a person should know. Raises ``SelectionError`` for what the service does not have and for
    an answer without figures, ``FetchError`` for answers that can't be used.
    """
    kpis = metadata(service, selection.kpis, may_lack)
    if gone := [name for name in selection.kpis if name not in kpis]:
        tell(f"{len(gone)} av profilens nyckeltal finns inte i Kolada: {', '.join(gone)}.")
        selection = replace(selection, kpis=tuple(kpis))
    groups = {name: group for name in selection.groups if (group := service.group(name))}
    if unknown := [name for name in selection.groups if name not in groups]:
        raise SelectionError(
            f"Kolada har inte kommungruppen {', '.join(unknown)}. "
            "Ange gruppens id i Kolada med --group, som G36449."
        )
    members = [name for group in groups.values() for name in group.members]
    asked = replace(selection, places=tuple(dict.fromkeys([*selection.places, *members])))
    pages = service.pages(asked, track, tell)
    rows = figures(pages)
    _refuse_unasked(rows, asked)
    present = rows.filter(~pl.col("deleted"))
    if present.is_empty():
        raise SelectionError(_nothing(asked, rows.height))
    ids = present["municipality"].unique(maintain_order=True).to_list()
    titles = service.region_titles() if region_ids(ids) else {}
    found = observations(
        present,
        kpis,
        places(ids, geography, titles, groups),
        _known(kpis, indicators, tell),
        regions_as_counties=regions_as_counties,
    )
    absent = _absent(asked, rows)
    for message in (*_remarks(asked, kpis, rows, found), *_absences(absent, asked, geography)):
        tell(message)
    return Harvest(asked, kpis, found, absent.height, pages)


def metadata(
    service: Service, ids: Sequence[str], may_lack: Collection[str] = ()
) -> dict[str, Kpi]:
    """The KPIs by id, without those that ``may_lack``.

    Raises ``SelectionError`` for others that the service does not have, and where it has none.
    """
    found = service.kpis(ids)
    missing = [name for name in ids if name not in found and name not in may_lack]
    if missing or not found:
        missing = missing or list(ids)
        raise SelectionError(
            f"Nyckeltalet {some_of(missing)} finns inte i Kolada, eller inte bland svaren som "
            "är sparade. Sök med ojmf kolada search TEXT."
        )
    return {name: found[name] for name in ids if name in found}


def _refuse_unasked(rows: pl.DataFrame, asked: Selection) -> None:
    strange = rows.filter(
        ~pl.col("kpi").is_in(asked.kpis)
        | ~pl.col("municipality").is_in([*asked.places, *asked.groups])
        | ~pl.col("period").is_in(asked.years)
    )
    if not strange.is_empty():
        row = strange.row(0, named=True)
        raise FetchError(
            f"svaret har {strange.height} värden som inte har frågats efter, som {row['kpi']} för "
            f"{row['municipality']} {row['period']}. Kontrollera --base-url."
        )


def _nothing(asked: Selection, deleted: int) -> str:
    kpis, ids = ", ".join(asked.kpis[:5]), ", ".join([*asked.places, *asked.groups][:5])
    if deleted:
        return f"Kolada har bara borttagna värden ({deleted} st) för {kpis}, {ids}."
    return (
        f"Kolada svarade utan några värden för {kpis}, {ids}, {asked.years[0]}–{asked.years[-1]}. "
        "Kontrollera åren, och med ojmf kolada show ID att nyckeltalet gäller sådana platser."
    )


def _known(
    kpis: Mapping[str, Kpi], indicators: pl.DataFrame, tell: Tell
) -> dict[str, tuple[str, str]]:
    """The catalogue's indicator and area of each KPI that it has just once, in the same unit."""
    known: dict[str, tuple[str, str]] = {}
    declared = indicators.filter(pl.col("kolada_id").is_in(list(kpis)))
    for (kpi,), rows in declared.group_by("kolada_id", maintain_order=True):
        names, unit = rows["indicator_id"].to_list(), kpis[str(kpi)].unit
        if len(names) > 1:
            tell(f"{kpi}: står för {', '.join(names)} i katalogen; läses som ett eget mått.")
        elif rows["unit"][0] != unit and names == [indicator_id(str(kpi))]:
            raise SelectionError(
                f"{kpi}: har enheten {unit}, men {names[0]} står i data/indicators/{AREA}.toml med "
                f"{rows['unit'][0]}. Ändra unit (och kind) där, och hämta om de källor som har det."
            )
        elif rows["unit"][0] != unit:
            tell(
                f"{kpi}: har enheten {unit} men {names[0]} i katalogen {rows['unit'][0]}; läses "
                "som ett eget mått."
            )
        else:
            known[str(kpi)] = (names[0], rows["area_id"][0])
    return known


def _remarks(
    asked: Selection, kpis: Mapping[str, Kpi], rows: pl.DataFrame, found: pl.DataFrame
) -> Iterator[str]:
    """What a person should know about the figures."""
    for name in asked.kpis:
        if rows.filter(~pl.col("deleted"), pl.col("kpi") == name).is_empty():
            yield f"{name}: inga värden för de platser och år som frågades efter."
        if kpis[name].title == name:
            yield f"{name}: metadata saknas, så enhet, titel och om det är avslutat är okända."
        if year := kpis[name].discontinued_after:
            yield f"{name}: nyckeltalet är avslutat efter {year}."
    for name, text in (
        ("deleted", "borttagna i Kolada och läses inte"),
        ("not_a_number", "NaN eller oändliga och läses som saknade"),
    ):
        if count := rows[name].sum():
            yield f"{count} {'värde' if count == 1 else 'värden'} är {text}."
    regions = found["geo"].str.starts_with("R").sum()
    if regions:
        yield (
            f"{regions} {'värde' if regions == 1 else 'värden'} är regioners egna och jämförs inte "
            "med län (koden börjar med R). "
            "Är de länens, som folkmängd, ange --regions-as-counties."
        )


def _absent(asked: Selection, rows: pl.DataFrame) -> pl.DataFrame:
    """The figures that were asked for but are not in the answer: ``kpi``, ``place``, ``year``.

    Those of groups are not counted: the service has them for some groups only.
    """
    schema = {"kpi": pl.String, "place": pl.String, "year": pl.Int32}
    wanted = pl.DataFrame(
        list(product(asked.kpis, asked.places, asked.years)), schema=schema, orient="row"
    )
    return wanted.join(
        rows,
        left_on=["kpi", "place", "year"],
        right_on=["kpi", "municipality", "period"],
        how="anti",
        maintain_order="left",
    )


def _absences(absent: pl.DataFrame, asked: Selection, geography: pl.DataFrame) -> Iterator[str]:
    """A line for each KPI and the years in which the same places did not come.

    Where that would be many lines there is one for each year instead, with how many did not come.
    """
    names = dict(geography.select("code", "name").iter_rows())
    # Of a KPI without any figure it is told already that nothing at all came.
    whole = pl.len().over("kpi") == len(asked.places) * len(asked.years)
    none = absent.filter(whole)["kpi"].n_unique()
    absent = absent.filter(~whole)
    together = (
        absent.sort("kpi", "year", maintain_order=True)
        .group_by("kpi", "year", maintain_order=True)
        .agg("place")
        .group_by("kpi", "place", maintain_order=True)
        .agg("year")
    )
    if together.height > _SHOWN_ABSENCES:
        yield from _absences_by_year(absent, asked, len(asked.kpis) - none)
        return
    for kpi, missing, years in together.iter_rows():
        shown = [names.get(scb_code(name), name) for name in missing[:_SHOWN_PLACES]]
        more = len(missing) - len(shown)
        yield (
            f"{kpi} {', '.join(map(str, years))}: {len(missing)} av {len(asked.places)} platser "
            f"som frågades efter kom inte: {', '.join(shown)}"
            f"{f' … och {more} till' if more > 0 else ''}."
        )


def _absences_by_year(absent: pl.DataFrame, asked: Selection, kpis: int) -> Iterator[str]:
    """A line for each year; ``kpis`` have figures of some."""
    places = len(asked.places)
    years = absent.group_by("year").agg(pl.len(), pl.col("kpi", "place").n_unique()).sort("year")
    for year, count, of_kpis, of_places in years.iter_rows():
        if count == of_kpis * places:
            yield f"{year}: inga värden kom för {of_kpis} av {kpis} nyckeltal."
        else:
            yield (
                f"{year}: {count} av {kpis * places} värden som frågades efter kom inte, ur "
                f"{of_kpis} av {kpis} nyckeltal och {of_places} av {places} platser."
            )


def files(
    harvest: Harvest,
    root: Path,
    catalogue: Catalogue,
    source_id: str,
    profile: Profile | None,
) -> dict[Path, bytes]:
    """The contents by path: the source's figures and declaration, and the new indicators.

    The indicators that are new get what the profile says of them.
    """
    folder = root / "data" / "sources" / source_id
    figures = as_parquet(harvest.observations)
    asked = harvest.selection
    answers = [
        Given(url=page.url, date=page.date, clock=page.clock, sha256=page.sha256)  # type: ignore[arg-type]
        for page in harvest.pages
    ]
    request = {
        "kpi": asked.kpis,
        "place": asked.places,
        "group": asked.groups,
        "year": tuple(map(str, asked.years)),
    }
    head = {
        "id": source_id,
        "title": _title(harvest),
        "document": f"Kolada, hämtat {max(answer.date for answer in answers).date()}",
        "publisher": "Källa: Kolada",
    }
    contents = {
        folder / PARQUET: figures,
        folder / DECLARATION: declare(head, figures, harvest.observations, request, answers),
    }
    added = _new_indicators(harvest, catalogue, profile)
    if added:
        path = root / "data" / "indicators" / f"{AREA}.toml"
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else _HEAD
        contents[path] = f"{before}{added}".encode()
    return contents


def _title(harvest: Harvest) -> str:
    years = harvest.observations["period_start"].dt.year().unique().sort().to_list()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    kpis, geos = (harvest.observations[name].n_unique() for name in ("table", "geo"))
    return f"Kolada: {kpis} nyckeltal, {geos} platser, {span}"


def _new_indicators(harvest: Harvest, catalogue: Catalogue, profile: Profile | None) -> str:
    """The entries of the indicators that the catalogue lacks."""
    directions = {} if profile is None else profile.directions
    denominators = {} if profile is None else profile.denominators
    used = set(harvest.observations["indicator_id"])
    taken = set(catalogue.labels(AREA))
    entries = []
    for kpi in harvest.kpis.values():
        name = indicator_id(kpi.id)
        if name in catalogue or name not in used:
            continue
        label = f"{kpi.title} ({kpi.id})" if kpi.title in taken else kpi.title
        taken.add(label)
        fields = {
            "id": name,
            "name": label,
            "unit": kpi.unit,
            "kind": kpi.kind.value,
            **asdict(directions.get(kpi.id, _UNDIRECTED)),
            "kolada": kpi.id,
        }
        denominator = denominators.get(kpi.id, "")
        if denominator in used or denominator in catalogue or counts_inhabitants(denominator):
            fields["denominator"] = denominator
        lines = "".join(entry(key, value) for key, value in fields.items())
        entries.append(f"\n[[indicator]]\n{lines}")
    return "".join(entries)
