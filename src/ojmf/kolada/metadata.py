"""What the service says of its KPIs, places and groups, and their ids against SCB's codes.

The ids are SCB's for municipalities, not for the rest: the service has regions such as ``0003``
where SCB has counties such as ``03``. A region's figure is the region's own and becomes the place
``R03``; it is a county's only where the service itself calls the id a county, or where the person
who asks vouches for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

import polars as pl

from ojmf.errors import FetchError
from ojmf.model import COUNTRY, Answer, IndicatorKind
from ojmf.network.transport import one_line
from ojmf.unit_words import kind_of, unit_of

KPIS = pl.Schema(
    {
        "id": pl.String,
        "title": pl.String,
        "description": pl.String,
        "unit": pl.String,
        "is_divided_by_gender": pl.Boolean,
        "municipality_type": pl.String,
        "operating_area": pl.String,
        "perspective": pl.String,
        "auspice": pl.String,
        "prel_publication_date": pl.String,
        "publication_date": pl.String,
        "publ_period": pl.String,
        "has_ou_data": pl.Boolean,
        "discontinued_after": pl.Int32,
    }
)
"""One row per KPI: the service's metadata, the unit by our names and, from the title, the last
year of a discontinued one."""

REGIONAL = "L"
"""The ``municipality_type`` of KPIs about the regions themselves."""

_DISCONTINUED = re.compile(r"\(\s*[-–−]\s*(\d{4})\s*\)")
_CODE = re.compile(r"\b(ja|nej|delvis)\s*=\s*(\d+)", re.IGNORECASE)
_PERSONS = re.compile(r"\bpersoner\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI: a row of ``KPIS``, with the facts that only its title carries as properties."""

    id: str
    title: str
    description: str | None = None
    is_divided_by_gender: bool | None = None
    municipality_type: str | None = None
    operating_area: str | None = None
    perspective: str | None = None
    auspice: str | None = None
    prel_publication_date: str | None = None
    publication_date: str | None = None
    publ_period: str | None = None
    has_ou_data: bool | None = None

    @property
    def discontinued_after(self) -> int | None:
        """The last year of a discontinued KPI, from ``(-2023)`` in its title."""
        found = _DISCONTINUED.search(self.title)
        return int(found[1]) if found else None

    @property
    def codes(self) -> dict[float, Answer]:
        """The answer that each figure stands for, from ``(Ja=1, Nej=2)``; empty for a measure."""
        found = {Answer(word.upper()): float(code) for word, code in _CODE.findall(self.title)}
        if not {Answer.YES, Answer.NO} <= set(found) or len(set(found.values())) < len(found):
            return {}
        return {code: answer for answer, code in found.items()}

    @property
    def unit(self) -> str:
        """The unit that the title names; ``index`` where it names none that figures are kept in."""
        if self.codes:
            return "answer"
        title = _DISCONTINUED.sub("", self.title)
        unit, shift = unit_of(title) or ("index", None)
        if shift is not None:
            return "index"
        return "persons" if unit == "count" and _PERSONS.search(title) else unit

    @property
    def kind(self) -> IndicatorKind:
        """The kind of measurement that goes with the unit and the title."""
        return kind_of(self.unit, self.title)


def read_kpis(values: Iterable[object], name: str) -> Iterator[Kpi]:
    """The KPIs of a page; raises ``FetchError`` for a row that is none."""
    for row in values:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise FetchError(f"{name}: väntade nyckeltal med id och titel, fann {str(row)[:80]}")
        known: dict[str, str | bool] = {}
        for field in fields(Kpi):
            said = row.get(field.name)
            if said is not None:
                known[field.name] = one_line(said) if "str" in str(field.type) else bool(said)
        yield Kpi(**{"title": one_line(row["id"]), **known})  # type: ignore[arg-type]


def kpis_frame(kpis: Iterable[Kpi]) -> pl.DataFrame:
    """The KPIs in the schema ``KPIS``."""
    rows = [[getattr(kpi, name) for name in KPIS] for kpi in kpis]
    return pl.DataFrame(rows, schema=KPIS, orient="row")


PLACES = pl.Schema(
    {
        "municipality": pl.String,
        "geo": pl.String,
        "county": pl.String,
        "place": pl.String,
        "level": pl.String,
        "place_note": pl.String,
    }
)
"""One row per id: its place, the ``county`` that has the same number, its name, and its
``level``: municipality, country, county, region or group."""

COUNTRY_ID = "0000"
_REGION_ID = re.compile(r"00(\d\d)")
_UNWEIGHTED = "ovägt medel"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of municipalities and the ids of its members."""

    id: str
    title: str
    members: tuple[str, ...]


def to_kolada(code: str) -> str:
    """The service's id of a municipality, the country, or the region with a county's number."""
    return code if len(code) == 4 else code.zfill(4)


def scb_code(name: str) -> str:
    """SCB's code of the service's id of a municipality, the country, or a region's county."""
    return name[2:] if name.startswith("00") else name


def region_ids(ids: Iterable[str]) -> list[str]:
    """Those of the ids that may be a region or a county."""
    return [name for name in ids if _REGION_ID.fullmatch(name) and name != COUNTRY_ID]


def read_region_titles(values: Iterable[object]) -> dict[str, str]:
    """The titles of places by id, from the service's list of them."""
    return {
        str(row["id"]): one_line(row.get("title") or row["id"])
        for row in values
        if isinstance(row, dict) and "id" in row
    }


def read_group(values: Iterable[object], group_id: str) -> Group | None:
    """The group with that id, if the page has it; raises ``FetchError`` for broken members."""
    for row in values:
        if not isinstance(row, dict) or row.get("id") != group_id:
            continue
        members = row.get("members")
        if not isinstance(members, list) or not all(
            isinstance(m, dict) and re.fullmatch(r"\d{4}", str(m.get("member_id"))) for m in members
        ):
            raise FetchError(
                f"gruppen {group_id}: väntade listan ”members” med fyrsiffriga member_id"
            )
        title = one_line(row.get("title") or group_id)
        return Group(group_id, title, tuple(str(m["member_id"]) for m in members))
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """A row of ``PLACES``."""

    municipality: str
    geo: str
    county: str | None
    place: str
    level: str
    place_note: str | None = None


def places(
    ids: Iterable[str],
    geography: pl.DataFrame,
    titles: Mapping[str, str],
    groups: Mapping[str, Group],
) -> pl.DataFrame:
    """The place of every id in the schema ``PLACES``.

    ``titles`` has those of the regions; one without is named by its number. Raises ``FetchError``
    with the ids that are no known place.
    """
    names = dict(geography.select("code", "name").iter_rows())
    found = {name: _place(name, names, titles, groups) for name in ids}
    unknown = sorted(name for name, place in found.items() if place is None)
    if unknown:
        raise FetchError(
            f"svaret har platser som varken finns i geography.csv eller i Koladas lista: "
            f"{', '.join(unknown[:10])}. Lägg till dem i data/geography.csv, eller ange andra."
        )
    return pl.DataFrame(list(found.values()), schema=PLACES, orient="row")


def _place(
    name: str, names: Mapping[str, str], titles: Mapping[str, str], groups: Mapping[str, Group]
) -> Place | None:
    if name in groups:
        title = groups[name].title
        note = "värde för en kommungrupp; Kolada anger inte hur medlet är vägt"
        if _UNWEIGHTED in title.casefold():
            note = f"{_UNWEIGHTED} för kommungruppen"
        return Place(name, name, None, title, "group", note)
    if name == COUNTRY_ID:
        return Place(name, COUNTRY, None, names.get(COUNTRY, "Riket"), "country")
    region = _REGION_ID.fullmatch(name)
    if region is None:
        return Place(name, name, None, names[name], "municipality") if name in names else None
    county = region[1] if region[1] in names else None
    title = titles.get(name, f"Region {region[1]}")
    if county and title.casefold().endswith(" län"):
        return Place(name, county, county, names[county], "county")
    note = "regionens eget värde, inte länets"
    return Place(name, f"R{region[1]}", county, title, "region", note)
