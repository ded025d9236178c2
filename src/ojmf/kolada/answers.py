"""The rows of data answers as a flat frame, every fault of their form refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from ojmf.errors import FetchError
from ojmf.kolada.client import Page

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
GENDERS = {"T": "", "K": "kvinnor", "M": "män"}
KPI_ID = re.compile(r"[A-Z]\d{5}")
PLACE_ID = re.compile(r"\d{4}|G\d{4,9}")
_SHOWN_FAULTS = 10


def figures(pages: Sequence[Page]) -> pl.DataFrame:
    """The figures of all pages in the schema ``FIGURES``; the same figure twice is one.

    Raises ``FetchError`` with the faults: rows of another form, and figures that contradict
    each other.
    """
    faults: list[str] = []
    columns: dict[str, list[Any]] = {name: [] for name in FIGURES}
    for number, page in enumerate(pages):
        for place, row in enumerate(page.values, start=1):
            found = _row_fault(row)
            if found:
                faults.append(f"{page.url}: rad {place} {found}")
                continue
            for value in row["values"]:
                for name, cell in _cells(row, value, number).items():
                    columns[name].append(cell)
    _refuse(faults)
    frame = pl.DataFrame(columns, schema=FIGURES).unique(
        subset=[*KEY, "value", "raw", "status", "deleted"], keep="first", maintain_order=True
    )
    present = frame.filter(~pl.col("deleted"))
    _refuse(
        [
            f"{pages[row['page']].url}: {row['kpi']} för {row['municipality']} {row['period']} "
            f"({row['gender']}) har två olika värden, {row['raw'] or 'inget'} och ett till"
            for row in present.filter(~pl.struct(KEY).is_first_distinct()).to_dicts()
        ]
    )
    return frame


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        more = len(faults) - _SHOWN_FAULTS
        shown = [*faults[:_SHOWN_FAULTS], *([f"… och {more} fel till"] if more > 0 else [])]
        raise FetchError("\n".join(shown))


def _row_fault(row: object) -> str | None:
    """What is wrong with a row, in Swedish."""
    if not isinstance(row, dict):
        return f"är inget objekt: {str(row)[:60]}"
    kpi, place, period = row.get("kpi"), row.get("municipality"), row.get("period")
    fault = None
    if not isinstance(kpi, str) or not KPI_ID.fullmatch(kpi):
        fault = f"har nyckeltalet {str(kpi)[:30]!r}; väntade en bokstav och fem siffror"
    elif isinstance(place, int):
        fault = f"har kommunkoden {place} som tal; en inledande nolla kan ha gått förlorad"
    elif not isinstance(place, str) or not PLACE_ID.fullmatch(place):
        fault = f"har kommunkoden {str(place)[:30]!r}; väntade fyra siffror eller en grupps id"
    elif not _is_year(period):
        fault = f"har perioden {str(period)[:30]!r}; väntade ett år"
    elif not isinstance(row.get("values"), list):
        fault = "saknar listan ”values”"
    return fault or next((wrong for v in row["values"] if (wrong := _value_fault(v))), None)


def _is_year(period: object) -> bool:
    if isinstance(period, str) and period.isascii() and period.isdigit():
        period = int(period[:9])
    return isinstance(period, int) and not isinstance(period, bool) and 1900 <= period <= 2200


def _value_fault(value: object) -> str | None:
    if not isinstance(value, dict):
        return f"har ett värde som inte är ett objekt: {str(value)[:60]}"
    if value.get("gender") not in GENDERS:
        return f"har könet {str(value.get('gender'))[:20]!r}; väntade T, K eller M"
    number = value.get("value")
    if isinstance(number, bool) or not isinstance(number, int | float | None):
        return f"har värdet {str(number)[:30]!r}; väntade ett tal eller null"
    if not isinstance(value.get("status"), str | None):
        return f"har statusen {str(value['status'])[:30]!r}; väntade en text"
    if not isinstance(value.get("isdeleted"), bool | None):
        return f"har isdeleted {str(value['isdeleted'])[:30]!r}; väntade true eller false"
    return None


def _cells(row: dict[str, Any], value: dict[str, Any], page: int) -> dict[str, Any]:
    number = value.get("value")
    figure = _finite(number)
    status = (value.get("status") or "").encode("utf-8", "replace").decode()
    return {
        "kpi": row["kpi"],
        "municipality": row["municipality"],
        "period": int(row["period"]),
        "gender": value["gender"],
        "raw": "" if number is None else json.dumps(number)[:40],
        "value": figure,
        "status": " ".join(status.split()),
        "not_a_number": number is not None and figure is None,
        "deleted": bool(value.get("isdeleted")),
        "page": page,
    }


def _finite(number: float | None) -> float | None:
    """The figure as a float; null for one that is none, or beyond what a float can hold."""
    try:
        return float(number) if number is not None and math.isfinite(number) else None
    except OverflowError:
        return None
