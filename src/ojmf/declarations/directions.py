"""Directions and methods of many indicators at once: the table ``data/directions.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ojmf.errors import why
from ojmf.model import Polarity

DIRECTIONS = "directions.csv"
_NAMES = ("indicator_id", "kolada_id")
_COLUMNS = ("polarity", "polarity_reason", "method")


@dataclass(frozen=True, slots=True)
class Direction:
    """Which direction is good, why, and how the status is found."""

    polarity: str
    polarity_reason: str
    method: str


def load_directions(
    path: Path, methods: Iterable[str]
) -> tuple[dict[str, tuple[int, Direction]], list[str]]:
    """The directions of a table by indicator or KPI id with their lines, and all faults.

    A row names its indicator by ``indicator_id`` or ``kolada_id`` and says polarity,
    polarity_reason and method; other columns, such as those of ``ojmf indicators``, are passed
    over, and so are rows that say nothing. Columns are separated by commas or semicolons.
    """
    if not path.exists():
        return {}, []
    try:
        head = path.read_text(encoding="utf-8-sig").partition("\n")[0]
        separator = ";" if head.count(";") > head.count(",") else ","
        table = pl.read_csv(path, separator=separator, infer_schema=False, raise_if_empty=False)
    except OSError as error:
        return {}, [f"{path}: kan inte läsas ({why(error)}). Kontrollera filen."]
    except (UnicodeDecodeError, pl.exceptions.PolarsError):
        return {}, [
            f"{path}: kan inte läsas som CSV i UTF-8: en rad har fler fält än rubriken, eller ett "
            "citattecken stängs inte. Spara filen på nytt."
        ]
    if not set(_COLUMNS) <= set(table.columns) or not set(_NAMES) & set(table.columns):
        expected = f"{' eller '.join(_NAMES)}, {', '.join(_COLUMNS)}"
        return {}, [f"{path}: väntade kolumnerna {expected}"]
    found: dict[str, tuple[int, Direction]] = {}
    faults: list[str] = []
    for line, row in enumerate(table.iter_rows(named=True), start=2):
        said = {name: (row[name] or "").strip() for name in _COLUMNS}
        name = next((row[key].strip() for key in _NAMES if row.get(key)), "")
        if not any(said.values()):
            continue
        if not name:
            faults.append(f"{path} rad {line}: raden säger inte vilken indikator den gäller")
        elif name in found:
            faults.append(f"{path} rad {line}: {name} står redan på rad {found[name][0]}")
        for key, known in (("polarity", [p.value for p in Polarity]), ("method", list(methods))):
            if said[key] not in known:
                faults.append(
                    f"{path} rad {line}: {key} är ”{said[key]}”; väntade {', '.join(known)}"
                )
        if not said["polarity_reason"]:
            faults.append(f"{path} rad {line}: polarity_reason saknas; säg varför")
        found[name] = line, Direction(**said)
    return found, faults


def directed(
    indicators: list[dict[str, Any]], directions: Mapping[str, tuple[int, Direction]]
) -> list[dict[str, Any]]:
    """The entries of an indicator file with what the table says of them."""
    return [
        {**entry, **asdict(directions[name][1])}
        if (name := _named(entry, directions)) is not None
        else entry
        for entry in indicators
    ]


def _named(entry: Mapping[str, Any], directions: Mapping[str, object]) -> str | None:
    names = (entry.get("id"), entry.get("kolada"))
    return next((name for name in names if isinstance(name, str) and name in directions), None)


def unknown(
    path: Path, directions: Mapping[str, tuple[int, Direction]], known: set[str | None]
) -> list[str]:
    """The rows that name no indicator and no KPI of the catalogue."""
    return [
        f"{path} rad {line}: ”{name}” är ingen indikator och inget nyckeltal i katalogen"
        for name, (line, _) in directions.items()
        if name not in known
    ]
