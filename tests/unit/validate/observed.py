"""Sound observations of a small municipality, to be damaged one column at a time."""

from datetime import date
from pathlib import Path

import polars as pl

from ojmf.declarations.catalogue import AreaFile, Catalogue
from ojmf.geography import GEOGRAPHY
from ojmf.schema import OBSERVATIONS
from ojmf.workspace import Workspace

QUESTION = {
    "source_id": "prov-2024",
    "document": "Prov 2024",
    "line": 5,
    "table": "Svar",
    "heading": "",
    "row_label": "Har rutin",
    "column_label": "Kommunen",
    "raw": "JA",
    "value": None,
    "decimals": None,
    "answer": "JA",
    "unit": "answer",
    "indicator_id": "oj-prov.rutin",
    "area_id": "oj-prov",
    "geo": "9901",
    "scenario": "outcome",
    "period_start": date(2024, 1, 1),
    "period_end": date(2024, 12, 31),
    "period_kind": "year",
    "obs_status": "A",
    "correction_id": None,
    "note": None,
    "place": "rad 5",
    "sex": "_T",
}
SHARE = QUESTION | {
    "column_label": "Länet",
    "raw": "40",
    "value": 40.0,
    "decimals": 0,
    "answer": None,
    "unit": "percent",
    "geo": "99",
    "scenario": "share",
}
COUNTRY = SHARE | {"column_label": "Riket", "geo": "00"}
SOUND = [QUESTION, SHARE, COUNTRY]


def frame(*rows: dict) -> pl.DataFrame:
    """The rows in the schema of observations."""
    return pl.DataFrame(list(rows), schema=OBSERVATIONS, orient="row")


def catalogue(*names: str) -> Catalogue:
    """An area of questions with these ids behind ``oj-prov.``."""
    indicators = [
        {
            "id": f"oj-prov.{name}",
            "name": f"Har {name}",
            "unit": "answer",
            "kind": "answer",
            "polarity": "higher",
            "polarity_reason": "Ja är bra.",
            "method": "answer",
        }
        for name in names
    ]
    area = {"area": {"id": "oj-prov", "name": "Prov"}, "indicator": indicators}
    return Catalogue([AreaFile.model_validate(area)])


def workspace(*names: str, root: Path = Path()) -> Workspace:
    """A workspace without sources: one area of questions, one county, two municipalities."""
    places = [
        ("00", "Riket", "country", None),
        ("99", "Provlän", "county", "99"),
        ("9901", "Provby", "municipality", "99"),
        ("9902", "Provstad", "municipality", "99"),
    ]
    geography = pl.DataFrame(places, schema=GEOGRAPHY, orient="row")
    return Workspace(root, "argument", catalogue(*(names or ("rutin",))), geography, {})
