"""The file of Sweden's places: the country, counties and municipalities with SCB's codes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from ojmf.errors import why
from ojmf.geography import GEOGRAPHY
from ojmf.typography import control


def load_geography(path: Path) -> tuple[pl.DataFrame, list[str]]:
    """Read ``geography.csv`` in the schema ``GEOGRAPHY``; returns the frame and all faults."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            rows = [(reader.line_num, row) for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = why(error) if isinstance(error, OSError) else "filen är inte hel CSV i UTF-8"
        return GEOGRAPHY.to_frame(), [f"{path}: kan inte läsas ({reason}). Kontrollera filen."]
    if sorted(header) != sorted(GEOGRAPHY) or not rows:
        found = f"kolumnerna är {', '.join(header) or 'inga'}" if rows else "filen har inga platser"
        expected = ", ".join(GEOGRAPHY)
        return GEOGRAPHY.to_frame(), [
            f"{path}: {found}, väntade {expected}, med kommatecken emellan"
        ]
    faults = [
        f"{path} rad {number}: {fault}"
        for number, row in rows
        for fault in _place_faults(dict(zip(header, row, strict=False)), len(row))
    ]
    if faults:
        return GEOGRAPHY.to_frame(), faults
    return pl.DataFrame([row for _, row in rows], schema=header, orient="row").select(
        GEOGRAPHY.names()
    ), []


def _place_faults(row: Mapping[str, str], count: int) -> Iterator[str]:
    """What is wrong with a row of so many fields."""
    if count != len(GEOGRAPHY):
        yield f"raden har {count} fält, väntade {len(GEOGRAPHY)}"
        return
    if not re.fullmatch("[0-9]{2}|[0-9]{4}", row["code"]):
        yield f"koden ”{row['code']}” ska vara två eller fyra siffror"
    if found := control("".join(row.values())):
        yield f"styrtecknet {found} står i en text; ta bort det"
