"""The workspace as open data: a Frictionless Data Package with its tables as CSV and Parquet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

import ojmf
from ojmf import compare, listing
from ojmf.compare.answers import ANSWER_METHOD
from ojmf.errors import SelectionError
from ojmf.model import COUNTRY
from ojmf.present.files import WRITERS
from ojmf.present.ownership import package_mark
from ojmf.present.package.fields import fields
from ojmf.schema import COMPARISONS

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

DESCRIPTOR = "datapackage.json"
_KEY = ("area_id", "indicator_id")
LICENCES: Mapping[str, Mapping[str, str]] = {
    "CC0-1.0": {
        "name": "CC0-1.0",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/deed.sv",
        "title": "Creative Commons Noll 1.0 Universell",
    },
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/deed.sv",
        "title": "Creative Commons Erkännande 4.0 Internationell",
    },
}
"""The licences that Swedish public bodies are advised to give open data, by SPDX id."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the package: its name, Swedish title, frame, key and references."""

    name: str
    title: str
    frame: pl.DataFrame
    key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    references: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()


def package_files(workspace: Workspace, licence: str = "CC0-1.0") -> dict[str, bytes]:
    """The files of the package by their path in its folder, the descriptor last.

    ``licence`` is one of ``LICENCES``. CSV holds texts exactly as they are. Raises the errors of
    ``Workspace.observations``.
    """
    tables = _tables(workspace)
    files: dict[str, bytes] = {}
    for table in tables:
        for suffix in (".csv", ".parquet"):
            files[f"data/{table.name}{suffix}"] = WRITERS[suffix](table.frame, ())
    descriptor = {
        "name": "ojmf",
        "title": "Öppna jämförelser och rapporter, cell för cell",
        "description": "Tryckta siffror ur kommuners rapporter med källa och rad, och kommunernas "
        "svar i Öppna jämförelser jämförda med länet och riket.",
        "profile": "data-package",
        "version": ojmf.__version__,
        "created": f"{workspace.newest().isoformat()}T00:00:00Z",
        "keywords": ["öppna jämförelser", "kommuner", "socialtjänst"],
        "languages": ["sv"],
        "generator": package_mark(),
        "licenses": [LICENCES[licence]],
        "sources": [
            {"title": f"{source.publisher}: {source.document}"}
            for source in workspace.sources.values()
        ],
        "resources": [_resource(table, files) for table in tables]
        + [_binary(table, files) for table in tables],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    return {**files, DESCRIPTOR: f"{text}\n".encode()}


def _resource(table: _Table, files: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"data/{table.name}.csv"
    schema: dict[str, Any] = {
        "fields": fields(_flat(table.frame).schema, table.required or table.key),
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(columns),
                "reference": {"resource": resource, "fields": list(target)},
            }
            for columns, resource, target in table.references
        ]
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "schema": schema,
    }


def _binary(table: _Table, files: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"data/{table.name}.parquet"
    return {
        "name": f"{table.name}-parquet",
        "type": "file",
        "title": f"{table.title}, som Parquet",
        "path": path,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(files[path]),
    }


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the types of its CSV file, where lists are texts."""
    return frame.with_columns(pl.selectors.by_dtype(pl.List(pl.String)).list.join("; "))


def _tables(workspace: Workspace) -> Sequence[_Table]:
    status, areas = _comparisons(workspace)
    place = (("geo",), "geography", ("code",))
    indicator = (_KEY, "indicators", _KEY)
    source = (("source_id",), "sources", ("source_id",))
    return (
        _Table(
            "sources",
            "Dokument",
            listing.sources(workspace).drop("tables", "corrections"),
            ("source_id",),
        ),
        _Table("geography", "Platser", workspace.geography, ("code",), ("code", "name", "level")),
        _Table(
            "indicators",
            "Indikatorer",
            workspace.indicators,
            _KEY,
            (*_KEY, "area_name", "name", "unit", "kind", "polarity", "method"),
        ),
        _Table(
            "observations",
            "Tryckta siffror, en rad per cell",
            workspace.observations(),
            required=("source_id", "document", "line", "geo", *_KEY, "obs_status"),
            references=(source, place, indicator),
        ),
        _Table(
            "status",
            "Status och gap per indikator",
            status,
            (*_KEY, "geo", "reference_geo"),
            (*_KEY, "geo", "reference_geo", "status"),
            (place, (("reference_geo",), "geography", ("code",)), indicator),
        ),
        _Table(
            "areas",
            "Antal av varje färg och andel på plats per område",
            areas,
            ("geo", "area_id"),
            references=(place,),
        ),
    )


def _comparisons(workspace: Workspace) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Status against county and country, and areas, of every municipality with answers."""
    cells, indicators = workspace.observations(), workspace.indicators
    questions = indicators.filter(pl.col("method") == ANSWER_METHOD)
    answered = cells.filter(
        pl.col("indicator_id").is_in(questions["indicator_id"].implode())
        & pl.col("geo").str.len_chars().eq(4)
    )
    status, areas = [COMPARISONS.to_frame()], []
    for geo in answered["geo"].unique().sort():
        places = workspace.geography
        status += [
            compare.status(cells, indicators, geo, against=against, geography=places)
            for against in ("lan", COUNTRY)
        ]
        areas.append(
            compare.areas(cells, indicators, geo, geography=places).select(
                pl.lit(geo).alias("geo"), pl.all()
            )
        )
    if not areas:
        raise SelectionError(
            "arbetsytan har inga svar i Öppna jämförelser att exportera; lägg till en källa med "
            "svar"
        )
    return pl.concat(status), pl.concat(areas)
