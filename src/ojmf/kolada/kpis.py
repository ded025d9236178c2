"""KPIs: their metadata, and the facts that only their titles carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from ojmf.errors import FetchError
from ojmf.model import Answer, IndicatorKind

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
_UNITS = (
    (r"procentenhet", "percentage_points"),
    (r"\(%\)|\bandel\b", "percent"),
    (r"\bmnkr\b|\bmkr\b|miljoner kr", "MSEK"),
    (r"\bkr\b|\bkronor\b", "SEK"),
    (r"antal[^,]*/|per \d|/\s*\d|index|\bkvot\b", "index"),
    (r"^invånare|\bpersoner\b", "persons"),
    (r"\bantal\b", "count"),
)
_KINDS = {
    "answer": IndicatorKind.ANSWER,
    "percent": IndicatorKind.SHARE,
    "percentage_points": IndicatorKind.SHARE,
    "MSEK": IndicatorKind.AMOUNT,
    "SEK": IndicatorKind.AMOUNT,
    "persons": IndicatorKind.COUNT,
    "count": IndicatorKind.COUNT,
}
_TEXTS = [name for name, kind in KPIS.items() if kind == pl.String and name != "unit"]


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI. ``facts`` is its row of ``KPIS``."""

    id: str
    title: str
    municipality_type: str
    facts: dict[str, Any]

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
        """The unit that the title names; ``index`` where it names none of ours."""
        if self.codes:
            return "answer"
        title = _DISCONTINUED.sub("", self.title)
        return next((u for form, u in _UNITS if re.search(form, title, re.IGNORECASE)), "index")

    @property
    def kind(self) -> IndicatorKind:
        """The kind of measurement that goes with the unit."""
        return _KINDS.get(self.unit, IndicatorKind.INDEX)


def read_kpis(values: Iterable[object], name: str) -> Iterator[Kpi]:
    """The KPIs of a page; raises ``FetchError`` for a row that is none."""
    for row in values:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise FetchError(f"{name}: väntade nyckeltal med id och titel, fann {str(row)[:80]}")
        facts: dict[str, Any] = {key: _text(row.get(key)) for key in _TEXTS}
        for key in ("is_divided_by_gender", "has_ou_data"):
            facts[key] = bool(row[key]) if row.get(key) is not None else None
        kpi = Kpi(row["id"], facts["title"] or row["id"], facts["municipality_type"] or "", facts)
        facts |= {"unit": kpi.unit, "discontinued_after": kpi.discontinued_after}
        yield kpi


def kpis_frame(kpis: Iterable[Kpi]) -> pl.DataFrame:
    """The KPIs in the schema ``KPIS``."""
    return pl.DataFrame([kpi.facts for kpi in kpis], schema=KPIS, orient="row")


def _text(value: object) -> str | None:
    """A text on one line that can be written as UTF-8; null for null."""
    if value is None:
        return None
    return " ".join(str(value).encode("utf-8", "replace").decode().split())
