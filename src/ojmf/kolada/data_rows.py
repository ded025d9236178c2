"""The rows of data answers as a flat frame, every fault of their form refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.errors import FetchError
from ojmf.kolada.client import Page
from ojmf.model import Sex
from ojmf.network.transport import one_line

FIGURES = pl.Schema(
    {
        "kpi": pl.String,
        "municipality": pl.String,
        "period": pl.Int32,
        "gender": pl.String,
        "raw": pl.String,
        "value": pl.Float64,
        "status": pl.String,
        "not_a_number": pl.Boolean,
        "deleted": pl.Boolean,
        "page": pl.Int32,
    }
)
"""One row per figure: ``raw`` is the figure as the answer gives it, ``value`` null where it is
missing or no number (a bare ``NaN`` or ``Infinity``), ``page`` the place of its page."""

KEY = ["kpi", "municipality", "period", "gender"]
SEXES = {"T": Sex.TOTAL.value, "K": Sex.FEMALE.value, "M": Sex.MALE.value}
"""Our sex by the service's letter."""
KPI_ID = re.compile(r"[A-Z]\d{5}")
PLACE_ID = re.compile(r"\d{4}|G\d{4,9}")
_DIGITS = re.compile(r"[0-9]+")
_SHOWN_FAULTS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of ``FIGURES``."""

    kpi: str
    municipality: str
    period: int
    gender: str
    raw: str
    value: float | None
    status: str
    not_a_number: bool
    deleted: bool
    page: int


def figures(pages: Sequence[Page]) -> pl.DataFrame:
    """The figures of all pages in the schema ``FIGURES``; the same figure twice is one.

    Raises ``FetchError`` with the faults: rows of another form, and figures that contradict
    each other.
    """
    faults: list[str] = []
    found: list[Figure] = []
    for number, page in enumerate(pages):
        for place, row in enumerate(page.values, start=1):
            try:
                found += _row(row, number)
            except ValueError as fault:
                faults.append(f"{page.url}: rad {place} {fault}")
    _refuse(faults)
    frame = pl.DataFrame(found, schema=FIGURES, orient="row").unique(
        subset=[*KEY, "value", "raw", "status", "deleted"], keep="first", maintain_order=True
    )
    twice = frame.filter(~pl.col("deleted")).filter(~pl.struct(KEY).is_first_distinct())
    _refuse(
        [
            f"{pages[page].url}: {kpi} för {place} {period} ({gender}) har två olika värden, "
            f"{raw or 'inget'} och ett till"
            for page, raw, kpi, place, period, gender in twice.select(
                "page", "raw", *KEY
            ).iter_rows()
        ]
    )
    return frame


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        more = len(faults) - _SHOWN_FAULTS
        shown = [*faults[:_SHOWN_FAULTS], *([f"… och {more} fel till"] if more > 0 else [])]
        raise FetchError("\n".join(shown))


def _row(row: object, page: int) -> list[Figure]:
    """The figures of a row; raises ``ValueError`` with what is wrong with it, in Swedish."""
    if not isinstance(row, dict):
        raise ValueError(f"är inget objekt: {str(row)[:60]}")
    kpi, place, period = row.get("kpi"), row.get("municipality"), row.get("period")
    if not isinstance(kpi, str) or not KPI_ID.fullmatch(kpi):
        raise ValueError(f"har nyckeltalet {str(kpi)[:30]!r}; väntade en bokstav och fem siffror")
    if isinstance(place, int):
        raise ValueError(
            f"har kommunkoden {place} som tal; en inledande nolla kan ha gått förlorad"
        )
    if not isinstance(place, str) or not PLACE_ID.fullmatch(place):
        raise ValueError(
            f"har kommunkoden {str(place)[:30]!r}; väntade fyra siffror eller en grupps id"
        )
    year = int(period[:9]) if isinstance(period, str) and _DIGITS.fullmatch(period) else period
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2200:
        raise ValueError(f"har perioden {str(period)[:30]!r}; väntade ett år")
    if not isinstance(row.get("values"), list):
        raise ValueError("saknar listan ”values”")
    return [_figure(value, kpi, place, year, page) for value in row["values"]]


def _figure(value: object, kpi: str, place: str, year: int, page: int) -> Figure:
    if not isinstance(value, dict):
        raise ValueError(f"har ett värde som inte är ett objekt: {str(value)[:60]}")
    gender, number, status = value.get("gender"), value.get("value"), value.get("status")
    if gender not in SEXES:
        raise ValueError(f"har könet {str(gender)[:20]!r}; väntade T, K eller M")
    if isinstance(number, bool) or not isinstance(number, int | float | None):
        raise ValueError(f"har värdet {str(number)[:30]!r}; väntade ett tal eller null")
    if not isinstance(status, str | None):
        raise ValueError(f"har statusen {str(status)[:30]!r}; väntade en text")
    if not isinstance(value.get("isdeleted"), bool | None):
        raise ValueError(
            f"har isdeleted {str(value['isdeleted'])[:30]!r}; väntade true eller false"
        )
    try:
        finite = float(number) if number is not None and math.isfinite(number) else None
    except OverflowError:  # an integer beyond what a float can hold
        finite = None
    return Figure(
        kpi=kpi,
        municipality=place,
        period=year,
        gender=gender,
        raw="" if number is None else json.dumps(number)[:40],
        value=finite,
        status=one_line(status or ""),
        not_a_number=number is not None and finite is None,
        deleted=bool(value.get("isdeleted")),
        page=page,
    )
