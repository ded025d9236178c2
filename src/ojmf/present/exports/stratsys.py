"""A file to import in Stratsys: unit, period, measure and value, separated by tabs.

What a measure and a unit are called there is the municipality's own choice, so a mapping says it:
CSV with ``indicator_id``, ``measure`` and ``unit``, and maybe ``geo`` and ``scenario``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import InputError, SelectionError, columns_lacking, why
from ojmf.model import Scenario, Sex
from ojmf.present.exports.time_keys import iso_period
from ojmf.printed import MINUS, NO_BREAK_SPACE, number
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

HEADINGS = ("Enhet", "Period", "Mått", "Värde")
MAPPING = ("indicator_id", "measure", "unit")
OPTIONAL = {"geo": "", "scenario": Scenario.OUTCOME.value}


@dataclass(frozen=True, slots=True)
class Import:
    """The text of the file, its number of rows, and the measures that nothing is known of."""

    text: bytes
    rows: int
    without: tuple[str, ...]


def read_mapping(path: Path, workspace: Workspace) -> pl.DataFrame:
    """The mapping, one row per measure: ``MAPPING`` and ``OPTIONAL``, all texts.

    Raises ``InputError`` with every fault: a missing column, an unknown indicator, an empty name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        separator = next((mark for mark in "\t;" if mark in first), ",")
        rows = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        reason = why(error) if isinstance(error, OSError) else "filen är inte hel CSV i UTF-8"
        raise InputError(f"{path}: kan inte läsas ({reason}). Kontrollera filen.") from error
    missing = [name for name in MAPPING if name not in rows.columns]
    if missing:
        raise InputError(
            f"{path}: {columns_lacking(missing)}. Väntade {', '.join(MAPPING)}, och om det "
            f"behövs {', '.join(OPTIONAL)}."
        )
    rows = rows.with_columns(
        (pl.col(name) if name in rows.columns else pl.lit(None, pl.String))
        .fill_null(default)
        .alias(name)
        for name, default in OPTIONAL.items()
    ).select(*MAPPING, *OPTIONAL)
    known = workspace.indicators["indicator_id"].to_list()
    codes = set(workspace.geography["code"])
    words = [scenario.value for scenario in Scenario]
    faults = []
    for line, row in enumerate(rows.iter_rows(named=True), start=2):
        where = f"{path} rad {line}"
        if row["indicator_id"] not in known:
            near = did_you_mean(row["indicator_id"] or "", known, briefly=True)
            faults.append(f"{where}: indikatorn ”{row['indicator_id']}” finns inte. {near}".strip())
        faults += [
            f"{where}: {name} saknas."
            for name in ("measure", "unit")
            if not (row[name] or "").strip()
        ]
        if row["geo"] and row["geo"] not in codes:
            faults.append(f"{where}: koden ”{row['geo']}” finns inte i geography.csv.")
        if row["scenario"] not in words:
            faults.append(f"{where}: ”{row['scenario']}” är inget av {', '.join(words)}.")
    if faults:
        raise InputError("\n".join(faults))
    return rows


def import_file(workspace: Workspace, mapping: pl.DataFrame, kommun: str | None) -> Import:
    """The rows of every measure of the mapping, by unit, measure and period.

    Values have the printed decimals, a decimal comma and no spaces. ``kommun`` is the code that
    measures without ``geo`` are of; None where there is only one. Raises ``SelectionError`` where
    it is needed, and where the documents give two values for one row.
    """
    cells = workspace.observations().filter(pl.col("sex") == Sex.TOTAL.value)
    own = cells.filter(pl.col("geo").str.len_chars() == 4)["geo"].unique().sort().to_list()
    if kommun is None and mapping["geo"].eq("").any() and len(own) != 1:
        raise SelectionError(
            "Ange --kommun, eller kolumnen geo i mappningen: uppgifter finns för "
            f"{len(own)} kommuner."
        )
    geo = pl.when(pl.col("geo") == "").then(pl.lit(kommun or own[0])).otherwise("geo")
    figure = _machine(pl.col("value"), pl.col("decimals"))
    asked = mapping.with_columns(geo.alias("geo"))
    rows = (
        asked.join(
            cells.select(
                "indicator_id",
                "geo",
                "scenario",
                iso_period().alias("period"),
                pl.coalesce("answer", figure).alias("value"),
            ),
            on=["indicator_id", "geo", "scenario"],
            maintain_order="left",
        )
        .filter(pl.col("value").is_not_null())
        .select("unit", "period", "measure", "value")
        .unique(maintain_order=True)
        .sort("unit", "measure", "period", maintain_order=True)
    )
    key = ["unit", "period", "measure"]
    doubled = rows.filter(pl.struct(key).is_duplicated()).unique(key, maintain_order=True)
    if not doubled.is_empty():
        told = "\n".join(", ".join(row) for row in doubled.select(key).iter_rows())
        raise SelectionError(
            "Dokumenten har olika värden för samma enhet, period och mått. Ange scenario eller ta "
            f"bort raden ur mappningen:\n{told}"
        )
    without = asked.join(rows, on=["measure", "unit"], how="anti", maintain_order="left")
    table = rows.rename(dict(zip(rows.columns, HEADINGS, strict=True)))
    text = table.write_csv(separator="\t", line_terminator="\r\n")
    return Import(text.encode("utf-8-sig"), rows.height, tuple(without["measure"]))


def _machine(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """A figure with a decimal comma, for a program: no spaces, a hyphen for minus."""
    return number(value, decimals).str.replace_all(NO_BREAK_SPACE, "").str.replace(MINUS, "-")
