"""Observations as json-stat2, a cube for each area: what statistical programs read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.compare.questions import POINTS
from ojmf.model import Sex
from ojmf.present.exports.time_keys import iso_period
from ojmf.present.files import package_mark
from ojmf.present.formats import period_in_words
from ojmf.present.units import unit_word_of
from ojmf.present.words import SCENARIO_WORDS

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

NOTE = (
    "Svar på frågor i Öppna jämförelser är 100 (JA), 50 (DELVIS) eller 0 (NEJ) för en kommun. För "
    "län och rike är talet andelen kommuner som har svarat JA, i procent."
)
UNDATED = "utan period"
_SEXES = {Sex.TOTAL.value: "Totalt", Sex.FEMALE.value: "Kvinnor", Sex.MALE.value: "Män"}
_KEY = ("indicator_id", "geo", "scenario", "sex", "period")
_NAMES = {
    "indicator_id": "Indikator",
    "geo": "Region",
    "scenario": "Typ av uppgift",
    "sex": "Kön",
    "period": "Period",
}


@dataclass(frozen=True, slots=True)
class Cubes:
    """Files by name, and the figures left out because the documents contradict them, in words."""

    files: Mapping[str, bytes]
    contradicted: Sequence[str]


def cubes(workspace: Workspace) -> Cubes:
    """A file ``<area>.json`` for each area with observations, in json-stat 2.0.

    A figure that is printed twice is one; where the two are different, neither is exported. A
    figure that is missing has its SDMX status instead.
    """
    points = pl.col("answer").replace_strict(POINTS, default=None, return_dtype=pl.Float64)
    cells = (
        workspace.observations()
        .with_columns(
            period=iso_period().fill_null(UNDATED),
            said=period_in_words().fill_null(UNDATED),
            value=pl.coalesce(points, "value"),
        )
        .group_by("area_id", *_KEY, maintain_order=True)
        .agg(
            pl.col("value").drop_nulls().n_unique().alias("_values"),
            pl.col("value").drop_nulls().first(),
            pl.col("obs_status").first(),
            pl.col("unit", "said").first(),
            pl.col("decimals").max(),
        )
    )
    plain = cells.filter(pl.col("_values") <= 1)
    titles = dict(workspace.indicators.select("area_id", "area_name").unique().iter_rows())
    words = _words(workspace)
    files = {
        f"{rows['area_id'][0]}.json": _cube(rows, titles[rows["area_id"][0]], words)
        for rows in plain.partition_by("area_id", maintain_order=True)
    }
    return Cubes(files, _named(cells.filter(pl.col("_values") > 1), words))


def _named(cells: pl.DataFrame, words: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Each figure by the words of what it is of; both sexes together are not mentioned."""
    total = pl.col("sex") == Sex.TOTAL.value
    parts = [
        pl.when(pl.lit(name != "sex") | ~total).then(pl.col(name).replace(words[name]))
        for name in _KEY
        if name != "period"
    ]
    return (
        cells.select(pl.concat_str(*parts, "said", separator=", ", ignore_nulls=True))
        .to_series()
        .to_list()
    )


def _words(workspace: Workspace) -> dict[str, Mapping[str, str]]:
    # Readers go by the label, so one that several indicators have is told apart by the id.
    shared = pl.col("name").is_duplicated()
    name = pl.when(shared).then(pl.format("{} ({})", "name", "indicator_id")).otherwise("name")
    return {
        "indicator_id": dict(workspace.indicators.select("indicator_id", name).iter_rows()),
        "geo": dict(workspace.places.select("code", "name").iter_rows()),
        "scenario": SCENARIO_WORDS,
        "sex": _SEXES,
        "period": {},
    }


def _cube(rows: pl.DataFrame, title: str, words: Mapping[str, Mapping[str, str]]) -> bytes:
    codes = {name: rows[name].unique(maintain_order=True).to_list() for name in _KEY}
    codes["period"].sort()
    sizes = [len(codes[name]) for name in _KEY]
    places = {name: {code: n for n, code in enumerate(codes[name])} for name in _KEY}
    at = pl.lit(0, pl.Int64)
    for name, size in zip(_KEY, sizes, strict=True):
        place = pl.col(name).replace_strict(places[name], return_dtype=pl.Int64)
        at = at * size + place
    placed = rows.with_columns(at.alias("at")).sort("at")
    known = placed.filter(pl.col("value").is_not_null())
    missing = placed.filter(pl.col("value").is_null())
    cube: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "note": [NOTE],
        "id": list(_KEY),
        "size": sizes,
        "role": {"metric": ["indicator_id"], "geo": ["geo"], "time": ["period"]},
        "dimension": {name: _dimension(name, codes[name], words[name], rows) for name in _KEY},
        "value": {str(n): value for n, value in known.select("at", "value").iter_rows()},
        "status": {str(n): mark for n, mark in missing.select("at", "obs_status").iter_rows()},
        "extension": {"generator": package_mark()},
    }
    return f"{json.dumps(cube, ensure_ascii=False, indent=1)}\n".encode()


def _dimension(
    name: str, codes: Sequence[str], words: Mapping[str, str], rows: pl.DataFrame
) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(codes),
        "label": {code: words.get(code, code) for code in codes},
    }
    if name == "indicator_id":
        units = rows.group_by(name, maintain_order=True).agg(
            pl.col("unit").first(), pl.col("decimals").max().fill_null(0)
        )
        category["unit"] = {
            code: {"label": unit_word_of(unit, words.get(code, "")), "decimals": decimals}
            for code, unit, decimals in units.iter_rows()
        }
    return {"label": _NAMES[name], "category": category}
