"""What people see of Kolada's KPIs: a list of those found, and the facts of some."""

from __future__ import annotations

import polars as pl

from ojmf.present.tables import Column, View
from ojmf.present.units import unit_word

_HEADINGS = {
    "id": "Nyckeltal",
    "title": "Titel",
    "unit": "Enhet, ur titeln",
    "municipality_type": "Gäller",
    "is_divided_by_gender": "Per kön",
    "operating_area": "Område",
    "perspective": "Perspektiv",
    "publ_period": "Senaste period",
    "publication_date": "Publicerad",
    "discontinued_after": "Avslutat efter",
    "has_ou_data": "Per enhet",
    "description": "Beskrivning",
}
_TYPES = {"K": "kommuner", "L": "regioner", "A": "kommuner och regioner"}
_YES_NO = {"true": "ja", "false": "nej"}


def search() -> View:
    """The KPIs that a search found, one a row."""
    return tuple(
        Column(_HEADINGS[name], _shown(name))
        for name in ("id", "title", "unit", "municipality_type", "publ_period")
    )


def facts(frame: pl.DataFrame) -> str:
    """What is known about the KPIs of a frame (``kpis.KPIS``), a line for each fact."""
    shown = frame.select(_shown(name).alias(heading) for name, heading in _HEADINGS.items())
    return "\n".join(
        "".join(f"{heading}: {value}\n" for heading, value in row.items() if value is not None)
        for row in shown.to_dicts()
    )


def _shown(name: str) -> pl.Expr:
    if name == "unit":
        return unit_word(name="title")
    words = _TYPES if name == "municipality_type" else _YES_NO
    return pl.col(name).cast(pl.String).replace(words)
