"""The indicator catalogue and the geography: what can be compared, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import polars as pl
from pydantic import BeforeValidator, Field, ValidationError

from ojmf.declarations import Declaration, FileId, Slug, duplicates
from ojmf.declarations.directions import (
    DIRECTIONS,
    Direction,
    directed,
    load_directions,
    unknown,
)
from ojmf.declarations.inhabitants import counts_inhabitants
from ojmf.declarations.known_units import OwnUnit, own_unit_faults, unknown_unit
from ojmf.declarations.relations import SeriesRelation
from ojmf.declarations.toml import describe, read_toml
from ojmf.model import UNITS, Dimension, IndicatorKind, IndicatorType, Polarity, Statistic
from ojmf.printed import folded, squeeze

AREA_SHAPE: Mapping[str, tuple[str, ...]] = {
    "tables": ("area", "defaults"),
    "lists": ("indicator", "relation"),
}
"""The entries of an indicator file that must be tables, and lists of tables."""

METHODS = ("answer", "quartile", "reference", "target", "neutral")

INDICATORS = pl.Schema(
    {
        "indicator_id": pl.String(),
        "area_id": pl.String(),
        "area_name": pl.String(),
        "name": pl.String(),
        "unit": pl.String(),
        "polarity": pl.String(),
        "polarity_reason": pl.String(),
        "kind": pl.String(),
        "synonyms": pl.List(pl.String()),
        "kolada_id": pl.String(),
        "method": pl.String(),
        "days_of": pl.String(),
        "tolerance": pl.Float64(),
        "denominator": pl.String(),
        "statistic": pl.String(),
        "fewest": pl.Int64(),
        "dimension": pl.String(),
        "type": pl.String(),
    }
)
"""One row per indicator. ``polarity`` says which direction is good, ``method`` how its status is
found, ``days_of`` which series of persons a series of care days belongs to, several with a comma
between them. ``tolerance`` is the
difference that still counts as similar, in the indicator's unit; ``denominator`` is ``population``
or the id of the indicator that counts those whom the figure is a part of. ``statistic`` says
how the figure of a county, the country or a group is computed from those of its municipalities and
``fewest`` how many of them it takes, both null where not declared. ``dimension`` (a
``Dimension``) is the area of quality and ``type`` an ``IndicatorType``, null where not declared."""


COMPOSITION = pl.Schema(
    {
        "indicator_id": pl.String(),
        "kind": pl.String(),
        "counts": pl.String(),
        "numerator": pl.String(),
        "denominator": pl.String(),
        "days_of": pl.List(pl.String()),
        "parts": pl.List(pl.String()),
        "over_time": pl.String(),
        "statistic": pl.String(),
    }
)
"""One row per indicator: what figures can be told from others. See :class:`Indicator`."""


class Indicator(Declaration):
    """One indicator as declared in ``data/indicators/<area>.toml``.

    ``asked_from`` and ``asked_to`` are the first and last year that a question was asked, where it
    was not always; ``replaced_by`` is the one that took its place. ``counts`` says whether a count
    is of persons, which its unit says where this is left out; ``numerator`` is the count that a
    share or a mean is made of, ``parts`` are the indicators that add up to this one, and
    ``over_time = "sum"`` says that the figures of months or quarters add up to that of the year.
    """

    id: Slug
    name: str
    unit: str
    kind: IndicatorKind
    polarity: Polarity
    polarity_reason: str
    method: str
    synonyms: tuple[str, ...] = ()
    kolada: str | None = None
    days_of: Annotated[
        tuple[str, ...],
        BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    ] = ()
    tolerance: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    denominator: str | None = None
    statistic: Statistic | None = None
    fewest: int | None = Field(default=None, ge=1)
    dimension: Dimension | None = None
    type: IndicatorType | None = None
    asked_from: int | None = None
    asked_to: int | None = None
    replaced_by: Slug | None = None
    counts: Literal["persons", "other"] | None = None
    numerator: Slug | None = None
    parts: tuple[Slug, ...] = ()
    over_time: Literal["sum"] | None = None


class AreaHead(Declaration):
    """The area that an indicator file is about.

    ``units`` are those of its indicators beside the ones that ojmf knows, as they are printed:
    ``MWh``, ``kg/inv.``. Figures in one are compared with others in it, and never converted.
    """

    id: FileId
    name: str
    units: tuple[OwnUnit, ...] = ()


class AreaFile(Declaration):
    """A whole indicator file."""

    area: AreaHead
    indicator: tuple[Indicator, ...] = Field(min_length=1)
    relation: tuple[SeriesRelation, ...] = ()


class Catalogue:
    """All indicators, found by area and printed label."""

    def __init__(self, areas: Iterable[AreaFile]) -> None:
        self.areas: Mapping[str, AreaFile] = {area.area.id: area for area in areas}
        self._by_id = {i.id: i for area in self.areas.values() for i in area.indicator}
        self._labels: dict[str, dict[str, str]] = {
            area_id: {
                squeeze(label): indicator.id
                for indicator in area.indicator
                for label in (indicator.name, *indicator.synonyms)
            }
            for area_id, area in self.areas.items()
        }
        self._by_label = {
            area_id: {label.casefold(): name for label, name in labels.items()}
            for area_id, labels in self._labels.items()
        }

    @classmethod
    def from_frame(cls, indicators: pl.DataFrame) -> Self:
        """The catalogue of a frame in the schema ``INDICATORS``, which has been checked.

        An indicator and an area without a name are called by their ids.
        """
        areas = [
            AreaFile.model_construct(
                area=AreaHead.model_construct(
                    id=area_id,
                    name=rows["area_name"][0] or area_id,
                    units=tuple(sorted({*rows["unit"].drop_nulls()} - {*UNITS})),
                ),
                indicator=tuple(
                    Indicator.model_construct(
                        **{name: row[name] for name in Indicator.model_fields if name in row}
                        | {
                            "id": row["indicator_id"],
                            "kind": IndicatorKind(row["kind"]),
                            "polarity": Polarity(row["polarity"]),
                            "statistic": row["statistic"] and Statistic(row["statistic"]),
                            "name": row["name"] or row["indicator_id"],
                            "kolada": row["kolada_id"],
                            "synonyms": tuple(row["synonyms"] or ()),
                            "days_of": tuple(filter(None, (row["days_of"] or "").split(", "))),
                        }
                    )
                    for row in rows.to_dicts()
                ),
            )
            for (area_id,), rows in indicators.group_by("area_id", maintain_order=True)
        ]
        return cls(areas)

    @property
    def relations(self) -> list[SeriesRelation]:
        """The relations between series that the areas declare."""
        return [relation for area in self.areas.values() for relation in area.relation]

    def __contains__(self, indicator_id: str) -> bool:
        return indicator_id in self._by_id

    def by_label(self, area_id: str, label: str) -> str | None:
        """The indicator whose name or synonym in the area is the label, in any case."""
        return self._by_label.get(area_id, {}).get(folded(label))

    def labels(self, area_id: str) -> list[str]:
        """Names and synonyms of an area's indicators."""
        return list(self._labels.get(area_id, {}))

    def unit(self, indicator_id: str | None) -> str | None:
        """The unit of an indicator."""
        known = self._by_id.get(indicator_id or "")
        return known.unit if known else None

    @property
    def units(self) -> dict[str, str]:
        """The unit of every indicator."""
        return {name: indicator.unit for name, indicator in self._by_id.items()}

    @property
    def own_units(self) -> list[str]:
        """The units that areas have beside those that ojmf knows."""
        return sorted({unit for area in self.areas.values() for unit in area.area.units})

    @property
    def homes(self) -> dict[str, str]:
        """The area of every indicator."""
        return {i.id: area.area.id for area in self.areas.values() for i in area.indicator}

    def asked(self) -> pl.DataFrame:
        """The first and last year that each indicator was asked, null where that is open."""
        years = [(i.id, i.asked_from, i.asked_to) for i in self._by_id.values()]
        schema = {"indicator_id": pl.String, "asked_from": pl.Int32, "asked_to": pl.Int32}
        return pl.DataFrame(years, schema=schema, orient="row")

    def composition(self) -> pl.DataFrame:
        """What each indicator counts and is made of, as ``COMPOSITION``."""
        rows = [
            (
                *(i.id, i.kind.value, i.counts, i.numerator, i.denominator),
                *([*i.days_of], [*i.parts], i.over_time, i.statistic and i.statistic.value),
            )
            for i in self._by_id.values()
        ]
        return pl.DataFrame(rows, schema=COMPOSITION, orient="row")

    def frame(self) -> pl.DataFrame:
        """All indicators in the schema ``INDICATORS``, in the order of the files."""
        rows = [
            {
                **dict(i),
                "indicator_id": i.id,
                "area_id": area.area.id,
                "area_name": area.area.name,
                "days_of": ", ".join(i.days_of) or None,
                "synonyms": list(i.synonyms),
                "kolada_id": i.kolada,
            }
            for area in self.areas.values()
            for i in area.indicator
        ]
        return pl.DataFrame(rows, schema=INDICATORS, orient="row")


def load_catalogue(folder: Path) -> tuple[Catalogue, list[str]]:
    """Read every ``*.toml`` of a folder; returns the catalogue and all faults found.

    What ``directions.csv`` beside the folder says of an indicator goes before its own entry.
    """
    areas: list[AreaFile] = []
    table = folder.parent / DIRECTIONS
    directions, faults = load_directions(table, METHODS)
    for path in sorted(folder.glob("*.toml")):
        raw, broken = read_toml(path, **AREA_SHAPE)
        area, more = (None, []) if broken else area_of(raw, path, directions)
        faults += [*broken, *more]
        areas += [area] if area is not None else []
    named = {name for area in areas for i in area.indicator for name in (i.id, i.kolada)}
    faults += [] if faults else unknown(table, directions, named)
    counts = {i.id for area in areas for i in area.indicator if i.kind is IndicatorKind.COUNT}
    known = {i.id for area in areas for i in area.indicator}
    faults += [
        f"{folder / area.area.id}.toml: indikatorn {i.id} har nämnaren ”{i.denominator}”; väntade "
        "population eller en annan indikator som är ett antal"
        for area in areas
        for i in area.indicator
        if i.denominator not in {None, "population"}
        and (i.denominator not in counts or i.denominator == i.id)
        # Inhabitants by age may be fetched later than what they are the denominator of.
        and (i.denominator in known or not counts_inhabitants(i.denominator or ""))
    ]
    for area in areas:
        faults += [
            f"{folder / area.area.id}.toml: sambandet {relation.id} nämner ”{name}”, som inte "
            "finns i katalogen"
            for relation in area.relation
            for name in relation.named()
            if name not in known
        ]
        for i in area.indicator:
            faults += [
                f"{folder / area.area.id}.toml: indikatorn {i.id} har {key} ”{name}”; väntade en "
                "annan indikator som är ett antal"
                for key, names in (("numerator", [i.numerator]), ("parts", i.parts))
                for name in names
                if name is not None and (name not in counts or name == i.id)
            ]
            if i.replaced_by is not None and (i.replaced_by not in known or i.replaced_by == i.id):
                faults.append(
                    f"{folder / area.area.id}.toml: indikatorn {i.id} har replaced_by "
                    f"”{i.replaced_by}”; väntade en annan indikator i katalogen"
                )
            if i.asked_from and i.asked_to and i.asked_from > i.asked_to:
                faults.append(
                    f"{folder / area.area.id}.toml: indikatorn {i.id} ställdes från {i.asked_from} "
                    f"till {i.asked_to}; väntade att asked_from är före asked_to"
                )
    if not areas and not faults:
        faults.append(f"{folder}: inga indikatorfiler (*.toml) finns här")
    return Catalogue(areas), faults


def area_of(
    raw: dict[str, Any], path: Path, directions: Mapping[str, tuple[int, Direction]] | None = None
) -> tuple[AreaFile | None, list[str]]:
    """An indicator file by what it holds and the directions, or None, and all faults found."""
    defaults = raw.pop("defaults", {})
    entries = [{**defaults, **i} for i in raw.get("indicator", [])]
    raw["indicator"] = directed(entries, directions or {})
    try:
        area = AreaFile.model_validate(raw)
    except ValidationError as error:
        return None, [f"{path}: {fault}" for fault in describe(error, raw)]
    faults = [f"{path}: {fault}" for fault in _area_faults(area)]
    if area.area.id != path.stem:
        faults.append(f"{path}: area.id är ”{area.area.id}”, väntade filens namn ”{path.stem}”")
    return area, faults


def _area_faults(area: AreaFile) -> list[str]:
    """Ids and labels of an area that are not its own or stand twice, and unknown methods."""
    faults = own_unit_faults(area.area.units)
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for indicator in area.indicator:
        if indicator.id in ids:
            faults.append(f"indikatorn {indicator.id} finns två gånger")
        if not indicator.id.startswith(f"{area.area.id}."):
            faults.append(f"indikatorn {indicator.id} ska börja med ”{area.area.id}.”")
        weighted = indicator.statistic is Statistic.WEIGHTED
        if weighted and indicator.denominator is None:
            faults.append(
                f"indikatorn {indicator.id} har statistic = ”weighted” men ingen nämnare; ange "
                "denominator, eller statistic median, mean eller sum"
            )
        if weighted and indicator.kind is IndicatorKind.COUNT:
            faults.append(
                f"indikatorn {indicator.id} är ett antal, som inte kan vägas ihop; ange statistic "
                "median, mean eller sum"
            )
        if indicator.unit not in {*UNITS, *area.area.units}:
            faults.append(f"indikatorn {indicator.id}: {unknown_unit(indicator.unit)}")
        if indicator.method not in METHODS:
            faults.append(
                f"indikatorn {indicator.id} har metoden ”{indicator.method}”; väntade någon av "
                f"{', '.join(METHODS)}"
            )
        ids.add(indicator.id)
        own = {folded(text): squeeze(text) for text in (*indicator.synonyms, indicator.name)}
        for label, text in own.items():
            if label in owners:
                faults.append(f"”{text}” står för både {owners[label]} och {indicator.id}")
            owners[label] = indicator.id
    twice = duplicates(relation.id for relation in area.relation)
    return faults + [f"sambandet {name} finns två gånger" for name in twice]
