"""The service's ids of places and SCB's codes: alike for municipalities, not for the rest.

The service has regions such as ``0003`` where SCB has counties such as ``03``. A region's
figure is the region's own and becomes the place ``R03``; it is a county's only where the
service itself calls the id a county, or where the person who asks vouches for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from ojmf.errors import FetchError
from ojmf.model import COUNTRY

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


def region_ids(ids: Iterable[str]) -> list[str]:
    """Those of the ids that may be a region or a county."""
    return [name for name in ids if _REGION_ID.fullmatch(name) and name != COUNTRY_ID]


def read_region_titles(values: Iterable[object]) -> dict[str, str]:
    """The titles of places by id, from the service's list of them."""
    return {
        str(row["id"]): " ".join(str(row.get("title") or row["id"]).split())
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
        title = " ".join(str(row.get("title") or group_id).split())
        return Group(group_id, title, tuple(str(m["member_id"]) for m in members))
    return None


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
    rows, unknown = [], []
    for name in ids:
        row = _place(name, names, titles, groups)
        if row is None:
            unknown.append(name)
        else:
            rows.append({"municipality": name, **row})
    if unknown:
        raise FetchError(
            f"svaret har platser som varken finns i geography.csv eller i Koladas lista: "
            f"{', '.join(sorted(unknown)[:10])}"
        )
    return pl.DataFrame(rows, schema=PLACES, orient="row")


def _place(
    name: str,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    groups: Mapping[str, Group],
) -> dict[str, str | None] | None:
    if name in groups:
        title = groups[name].title
        unweighted = _UNWEIGHTED in title.casefold()
        note = (
            f"{_UNWEIGHTED} för kommungruppen"
            if unweighted
            else ("värde för en kommungrupp; Kolada anger inte hur medlet är vägt")
        )
        return _row(name, None, title, "group", note)
    if name == COUNTRY_ID:
        return _row(COUNTRY, None, names.get(COUNTRY, "Riket"), "country")
    region = _REGION_ID.fullmatch(name)
    if region is None:
        return _row(name, None, names[name], "municipality") if name in names else None
    title = titles.get(name, f"Region {region[1]}")
    county = region[1] if region[1] in names else None
    if county and title.casefold().endswith(" län"):
        return _row(county, county, names[county], "county")
    return _row(f"R{region[1]}", county, title, "region", "regionens eget värde, inte länets")


def _row(
    geo: str, county: str | None, place: str, level: str, note: str | None = None
) -> dict[str, str | None]:
    return {"geo": geo, "county": county, "place": place, "level": level, "place_note": note}
