"""A workspace with a few figures that somebody sent, to hold small numbers back in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.declarations.fetched import STORED
from ojmf.declarations.toml import entries
from ojmf.output import write_folder

PLACES = """\
code,name,level,county_code
00,Riket,country,
01,Stockholms län,county,01
0184,Solna,municipality,01
0180,Stockholm,municipality,01
0183,Sundbyberg,municipality,01
"""
AREA = """\
[area]
id = "prov"
name = "Prov"

[defaults]
unit = "persons"
kind = "count"
polarity = "lower"
polarity_reason = "Provets egen."
method = "quartile"

[[indicator]]
id = "prov.placerade"
name = "Placerade barn"

[[indicator]]
id = "prov.invanare"
name = "Barn i kommunen"

[[indicator]]
id = "prov.andel"
name = "Placerade barn, andel"
unit = "percent"
kind = "share"
numerator = "prov.placerade"
denominator = "prov.invanare"

[[indicator]]
id = "prov.utredda"
name = "Utredda barn, andel"
unit = "percent"
kind = "share"
denominator = "prov.invanare"

[[indicator]]
id = "prov.alla"
name = "Alla placerade"
parts = ["prov.placerade", "prov.vuxna"]

[[indicator]]
id = "prov.vuxna"
name = "Placerade vuxna"

[[indicator]]
id = "prov.dygn"
name = "Vårddygn"
unit = "days"
days_of = "prov.placerade"

[[indicator]]
id = "prov.nya"
name = "Nya ärenden"
over_time = "sum"

[[indicator]]
id = "prov.lokaler"
name = "Lokaler"
unit = "count"
"""
Row = dict[str, Any]


def row(indicator: str, geo: str, value: float | None, **more: Any) -> Row:
    """An observation of 2024 as it is stored; ``more`` are other columns of it."""
    year = more.pop("year", 2024)
    text = None if value is None else f"{value:g}".replace(".", ",")
    known = {
        "table": "Prov",
        "heading": "",
        "row_label": indicator.capitalize(),
        "column_label": f"{geo} {year}",
        "raw": text,
        "value": value,
        "decimals": len((text or "").partition(",")[2]),
        "unit": "persons",
        "indicator_id": f"prov.{indicator.removeprefix('prov.')}",
        "area_id": "prov",
        "geo": geo,
        "scenario": "outcome",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "period_kind": "year",
        "obs_status": "O" if value is None else "A",
        "sex": "_T",
    }
    return {**known, **more}


def make(root: Path, *sources: list[Row], smallest: int | None = 5, public: int = 0) -> Path:
    """Write the workspace; the last ``public`` of the sources are public."""
    files = {"data/geography.csv": PLACES, "data/indicators/prov.toml": AREA}
    if smallest is not None:
        files["data/publish.toml"] = f"[publish]\nsmallest = {smallest}\n"
    for number, rows in enumerate(sources):
        frame = pl.DataFrame(
            [{name: one.get(name) for name in STORED} for one in rows],
            schema_overrides={**STORED, "period_start": pl.String, "period_end": pl.String},
        )
        figures = frame.write_csv()
        name = f"skickat-{number}"
        declared: dict[str, Any] = {
            "id": name,
            "title": "Prov",
            "document": f"Prov {number}",
            "publisher": "Provnämnden",
            "public": number >= len(sources) - public,
            "sha256": hashlib.sha256(figures.encode()).hexdigest(),
            "rows": frame.height,
            "indicators": sorted(set(frame["indicator_id"].drop_nulls())),
            "file": "prov.csv",
            "file_sha256": "0" * 64,
        }
        files[f"data/sources/{name}/observations.csv"] = figures
        files[f"data/sources/{name}/imported.toml"] = f"date = 2025-01-31\n{entries(declared)}"
    write_folder(root, {path: text.encode() for path, text in files.items()})
    (root / "data/sources").mkdir(parents=True, exist_ok=True)
    return root
