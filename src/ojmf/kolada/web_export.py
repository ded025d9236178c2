"""Exports of Kolada's web pages: workbooks with a row per measure and place, a column per year.

They name measures by title and places by name, not by id, and mark what is blank by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ojmf.errors import FetchError
from ojmf.kolada.data_rows import KPI_ID
from ojmf.printed import folded

Cells = Sequence[Sequence[str]]

_YEAR = re.compile(r"(?:19|20)\d\d")
_SEXES = {"": "T", "totalt": "T", "kvinnor och män": "T", "kvinnor": "K", "män": "M"}
_THOUSANDS = re.compile(r"[-−]?[1-9]\d{0,2},\d{3}")
_HOW = (
    "Spara också nyckeltalets svar från https://api.kolada.se/v3/kpi/ID och ange det med "
    "--answers, eller ta in filen som den är med ojmf import FIL."
)


@dataclass(frozen=True, slots=True)
class Exports:
    """What is needed to read an export.

    ``read`` gives the cells of a workbook as they are shown, ``titles`` and ``places`` the
    service's ids by folded title and name, ``asked`` the KPIs that are asked for.
    """

    read: Callable[[Path], Cells]
    titles: Mapping[str, str]
    places: Mapping[str, str]
    asked: Sequence[str]


@dataclass(slots=True)
class Exported:
    """An export as rows of the service's own form; what has no id is left out, and named."""

    rows: list[dict[str, object]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def exported(name: str, cells: Cells, known: Exports) -> Exported:
    """The figures of an export in the form of the service's answers.

    A title is known by an id in it or by ``known``; the only one of a file is the only one asked
    for. Raises ``FetchError`` with what is no export, or can't be told for sure.
    """
    head, years = _header(name, cells)
    first = min(years)
    found, faults = Exported(), list[str]()
    labels = {row[0].strip() for row in cells[head + 1 :] if row and row[0].strip()}
    alone = known.asked[0] if len(labels) == len(known.asked) == 1 else None
    for title in sorted(labels):
        written = KPI_ID.search(title)
        kpi = written[0] if written else known.titles.get(folded(title), alone)
        if kpi is None:
            faults.append(f"{name}: nyckeltalet ”{title}” står utan id. {_HOW}")
        else:
            found.titles[title] = kpi
    missing = [kpi for kpi in known.asked if kpi not in found.titles.values()]
    if faults and missing:
        raise FetchError("\n".join(faults))
    for number, row in enumerate(cells[head + 1 :], start=head + 2):
        texts = [cell.strip() for cell in row] + [""] * first
        place = known.places.get(folded(texts[1])) if texts[0] in found.titles else None
        if texts[0] in found.titles and place is None and texts[1] not in found.unknown:
            found.unknown.append(texts[1])
        if place is None:
            continue
        sex = _SEXES.get(texts[2].casefold() if first > 2 else "")
        if sex is None:
            raise FetchError(f"{name} rad {number}: könet är ”{texts[2]}”; väntade Kvinnor, Män.")
        for index, year in years.items():
            said = row[index].strip() if index < len(row) else ""
            value = {"gender": sex, "value": _number(name, number, said), "status": ""}
            found.rows.append(
                {
                    "kpi": found.titles[texts[0]],
                    "municipality": place,
                    "period": year,
                    "values": [value],
                }
            )
    return found


def _header(name: str, cells: Cells) -> tuple[int, dict[int, int]]:
    """The line of the years, counted from 0, and the year of each of their columns."""
    for number, row in enumerate(cells):
        years = dict(_years(row))
        if years and min(years) >= 2 and not any(map(str.strip, row[:1])):
            return number, years
    raise FetchError(
        f"{name}: är inget uttag ur Koladas webb; väntade en rad med år över kolumnerna, efter "
        f"titel och plats. Ta in filen som den är med ojmf import {name}."
    )


def _years(row: Sequence[str]) -> Iterator[tuple[int, int]]:
    for index, cell in enumerate(row):
        if _YEAR.fullmatch(cell.strip()):
            yield index, int(cell)


def _number(name: str, line: int, said: str) -> int | float | None:
    """A figure with a decimal point, or with a comma as a workbook shows it; None where blank."""
    text = re.sub(r"[\s\u00a0\u202f]", "", said).replace("−", "-")
    if not text:
        return None
    if _THOUSANDS.fullmatch(text):
        raise FetchError(
            f"{name} rad {line}: ”{said}” kan vara tusental eller decimaler. Visa cellerna utan "
            "tusentalstecken i Excel, spara och försök igen."
        )
    text = text.replace(",", ".")
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        raise FetchError(
            f"{name} rad {line}: ”{said}” är inget tal. Lämna cellen tom om uppgiften saknas."
        ) from None
