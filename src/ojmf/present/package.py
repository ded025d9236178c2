"""The workspace as open data: a Frictionless Data Package with its tables as CSV and Parquet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

import ojmf
from ojmf.compare.answers import areas_of
from ojmf.compare.areas_of_figures import figure_areas
from ojmf.compare.figures import PERIOD
from ojmf.compare.frame import published
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.declarations import listing
from ojmf.errors import NOTHING_YET, SelectionError
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, GROUP, MUNICIPALITY_CODE_LENGTH
from ojmf.present.annex.documents import named_once
from ojmf.present.files import package_mark
from ojmf.present.marks import with_marks
from ojmf.present.package_fields import fields
from ojmf.present.reasons import with_reasons
from ojmf.present.sheets import flat
from ojmf.present.spreadsheets import WRITERS
from ojmf.present.views import Names
from ojmf.schema import COMPARISONS

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

CONTENTS = ("answers", "figures")
"""What a row of the areas is of; an area may have both."""
DESCRIPTOR = "datapackage.json"
REFERENCES = (COUNTY_OF_OWN, COUNTRY_WORD)
_KEY = ("area_id", "indicator_id")
LICENCES: Mapping[str, Mapping[str, str]] = {
    "CC0-1.0": {
        "name": "CC0-1.0",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/deed.sv",
        "title": "CC0 1.0 Universell",
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
        "title": "Kommunernas svar i Öppna jämförelser och uppgifter ur deras rapporter",
        "description": "Uppgifter ur kommuners rapporter med källa och plats, och kommunernas "
        "svar i Öppna jämförelser jämförda med länet och riket.",
        "profile": "data-package",
        "version": ojmf.__version__,
        "created": f"{workspace.newest().isoformat()}T00:00:00Z",
        "keywords": ["öppna jämförelser", "kommuner", "socialtjänst"],
        "languages": ["sv"],
        "generator": package_mark(),
        "licenses": [LICENCES[licence]],
        "sources": [
            {"title": name if name.startswith(publisher) else f"{publisher}: {name}"}
            for source in workspace.documents.values()
            for publisher in (source.publisher,)
            for name in (named_once(publisher, source.title, source.document),)
        ],
        "resources": [_resource(table, files) for table in tables]
        + [_binary(table, files) for table in tables],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    return {**files, DESCRIPTOR: f"{text}\n".encode()}


def _resource(table: _Table, files: Mapping[str, bytes]) -> dict[str, object]:
    path = f"data/{table.name}.csv"
    schema: dict[str, object] = {
        "fields": fields(flat(table.frame).schema, table.required or table.key),
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


def _binary(table: _Table, files: Mapping[str, bytes]) -> dict[str, object]:
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


def _tables(workspace: Workspace) -> Sequence[_Table]:
    status, areas = _comparisons(workspace)
    place = (("geo",), "geography", ("code",))
    indicator = (_KEY, "indicators", _KEY)
    source = (("source_id",), "sources", ("source_id",))
    # A store may have figures of indicators that this workspace does not.
    known = workspace.indicators.select(_KEY)
    asked = workspace.observations().select(_KEY).drop_nulls()
    of_known = asked.join(known, on=_KEY, how="anti").is_empty()
    return (
        _Table(
            "sources",
            "Dokument",
            _sources(workspace),
            ("source_id",),
        ),
        _Table("geography", "Platser", _places(workspace), ("code",), ("code", "name", "level")),
        _Table(
            "indicators",
            "Indikatorer",
            workspace.indicators,
            _KEY,
            (*_KEY, "area_name", "name", "unit", "kind", "polarity", "method"),
        ),
        _Table(
            "observations",
            "Uppgifter som de står i dokumenten, en rad per cell",
            workspace.observations(),
            required=("source_id", "document", "line", "geo", *_KEY, "obs_status"),
            references=(source, place, indicator) if of_known else (source, place),
        ),
        _Table(
            "status",
            "Status och skillnad per indikator",
            status,
            (*_KEY, "unit", "sex", *PERIOD, "geo", "reference_geo", "reference_kind"),
            (*_KEY, "unit", "sex", "geo", "reference_geo", "reference_kind", "status"),
            (place, (("reference_geo",), "geography", ("code",)), indicator),
        ),
        _Table(
            "areas",
            "Antal av varje färg, andel JA och mått som kan jämföras per område",
            areas,
            ("geo", "area_id", "content"),
            references=(place,),
        ),
    )


def _places(workspace: Workspace) -> pl.DataFrame:
    """The geography, and the groups that there are figures of."""
    of_figures = pl.col("code").is_in(workspace.observations()["geo"].unique().implode())
    return workspace.places.filter((pl.col("level") != GROUP) | of_figures)


def _sources(workspace: Workspace) -> pl.DataFrame:
    """What the figures come from, of the folder or of the store."""
    schema = listing.SOURCES
    if workspace.stored is None:
        found = listing.sources(workspace)
    else:
        rows = [
            dict.fromkeys(schema)
            | {name: value for name, value in asdict(one).items() if name in schema}
            | {"geo": one.geos[0] if len(one.geos) == 1 else None}
            for one in workspace.stored.imports.values()
        ]
        found = pl.DataFrame(rows, schema=schema, orient="row")
    return found.drop("tables", "corrections")


def _comparisons(workspace: Workspace) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every municipality's figures against county and country in one frame, and its areas."""
    known = workspace.observations()["geo"].drop_nulls().unique().sort()
    geos = known.filter(known.str.len_chars() == MUNICIPALITY_CODE_LENGTH).to_list()
    if not geos:
        raise SelectionError(NOTHING_YET)
    names = Names(workspace.indicators, workspace.places)
    rows = with_reasons(workspace.compared(geos, REFERENCES), names.places)
    first = with_marks(rows, COMPARISONS.names()).drop("column_label", strict=False)
    status = pl.concat([first, published(rows).select(pl.exclude(first.columns))], how="horizontal")
    answered = pl.col("method") == ANSWER_METHOD
    areas = [
        areas_of(rows.filter(answered), workspace.indicators, several=True),
        figure_areas(rows.filter(~answered), workspace.indicators),
    ]
    told = (part.with_columns(content=pl.lit(of)) for part, of in zip(areas, CONTENTS, strict=True))
    return status, pl.concat(told, how="diagonal")
