"""The whole of a fetch: metadata, figures, places, observations, and what to tell about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from ojmf.errors import FetchError, SelectionError
from ojmf.kolada.answers import figures
from ojmf.kolada.client import Client, Page
from ojmf.kolada.kpis import Kpi, read_kpis
from ojmf.kolada.mapping import observations
from ojmf.kolada.municipalities import Group, places, read_group, read_region_titles, region_ids
from ojmf.kolada.request import Selection, chunks


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a fetch gave: observations in ``fetched.STORED``, and the pages they came from."""

    selection: Selection
    kpis: Mapping[str, Kpi]
    observations: pl.DataFrame
    pages: Sequence[Page]


def fetch(
    service: Service,
    selection: Selection,
    geography: pl.DataFrame,
    indicators: pl.DataFrame,
    *,
    regions_as_counties: bool = False,
    track: Track = iter,
    tell: Tell = lambda _: None,
) -> Harvest:
    """Fetch the figures of a selection.

    ``indicators`` is the catalogue, ``track`` follows the requests, ``tell`` is given in Swedish
    what a person should know. Raises ``SelectionError`` for what the service does not have and for
    an answer without figures, ``FetchError`` for answers that can't be used.
    """
    kpis = metadata(service, selection.kpis)
    groups = _groups(service, selection.groups)
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
    for message in _remarks(asked, kpis, rows, found):
        tell(message)
    return Harvest(asked, kpis, found, pages)


def metadata(service: Service, ids: Sequence[str]) -> dict[str, Kpi]:
    """The KPIs by id; raises ``SelectionError`` for those that the service does not have."""
    found = service.kpis(ids)
    missing = [name for name in ids if name not in found]
    if missing:
        raise SelectionError(
            f"nyckeltalet {', '.join(missing)} finns inte i Kolada, eller inte bland svaren som "
            "är sparade. Sök med ojmf kolada search TEXT."
        )
    return {name: found[name] for name in ids}


def _groups(service: Service, ids: Sequence[str]) -> dict[str, Group]:
    groups = {name: group for name in ids if (group := service.group(name))}
    missing = [name for name in ids if name not in groups]
    if missing:
        raise SelectionError(f"Kolada har inte kommungruppen {', '.join(missing)}.")
    return groups


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
        "Kontrollera åren, och med ojmf kolada show att nyckeltalet gäller sådana platser."
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
        ("deleted", "värden är borttagna i Kolada och läses inte"),
        ("not_a_number", "värden är NaN eller oändliga och läses som saknade"),
    ):
        if count := rows[name].sum():
            yield f"{count} {text}."
    regions = found["geo"].str.starts_with("R").sum()
    if regions:
        yield (
            f"{regions} värden är regioners egna och jämförs inte med län (koden börjar med R). "
            "Är de länens, som folkmängd, ange --regions-as-counties."
        )


Track = Callable[[Sequence[str]], Iterable[str]]


Tell = Callable[[str], None]


class Service(Protocol):
    """Metadata and figures. ``track`` follows the requests, ``tell`` is told of what is lacking."""

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """The KPIs by id, without those that there are none of."""

    def group(self, group_id: str) -> Group | None:
        """A group of municipalities."""

    def region_titles(self) -> dict[str, str]:
        """The titles of places by id."""

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """The pages that hold the figures asked for."""


class Online:
    """The service through a client; with one that is offline, what the cache holds of it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def kpis(self, ids: Sequence[str]) -> dict[str, Kpi]:
        """See ``Service``."""
        if self._client.offline:
            return kept_kpis(self._client)
        return {kpi.id: kpi for part in chunks(ids) for kpi in self._kpis("kpi", part)}

    def search(self, text: str) -> list[Kpi]:
        """The KPIs whose titles have the text; offline, those of the cache with all its words."""
        if self._client.offline:
            words = text.casefold().split()
            known = kept_kpis(self._client).values()
            return [kpi for kpi in known if all(word in kpi.title.casefold() for word in words)]
        return self._kpis("kpi", query={"title": text})

    def group(self, group_id: str) -> Group | None:
        """See ``Service``."""
        url = self._client.site.url("municipality_groups", group_id)
        pages = self._client.pages(url) or ()
        return next((g for page in pages if (g := read_group(page.values, group_id))), None)

    def region_titles(self) -> dict[str, str]:
        """See ``Service``."""
        pages = self._client.pages(self._client.site.url("municipality")) or ()
        return read_region_titles(value for page in pages for value in page.values)

    def pages(self, asked: Selection, track: Track, tell: Tell) -> list[Page]:
        """See ``Service``; raises ``FetchError`` where there is nothing at an address (404)."""
        found: list[Page] = []
        for url in track(asked.requests(self._client.site)):
            pages = self._client.pages(url, resume=True)
            if pages is None and not any(group in url for group in asked.groups):
                raise FetchError(f"{url}: tjänsten svarade 404. Kontrollera id:na och --base-url.")
            if pages is None:
                tell(f"{url}: tjänsten har inga värden för grupperna själva, bara för medlemmarna.")
            found += pages or ()
        self._client.finish()
        return found

    def _kpis(self, *parts: str | Sequence[str], query: dict[str, str] | None = None) -> list[Kpi]:
        pages = self._client.pages(self._client.site.url(*parts, query=query)) or ()
        return [kpi for page in pages for kpi in read_kpis(page.values, page.url)]


def kept_kpis(client: Client) -> dict[str, Kpi]:
    """The KPIs that a client's cache knows, by id."""
    pages = client.kept(f"{client.site.base}/kpi")
    kpis = [kpi for page in pages for kpi in read_kpis(page.values, page.url)]
    return {kpi.id: kpi for kpi in sorted(kpis, key=lambda kpi: kpi.id)}
