"""The values of a reference file: its declaration, its rows, and what is wrong with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import Field, field_validator

from ojmf.declarations import Declaration
from ojmf.model import ObsStatus, Scenario
from ojmf.periods import parse_period
from ojmf.printed import decimals, figure

_COLUMNS = ("code", "value", "period")
_SHOWN = 10


class Reference(Declaration):
    """The declaration of a file of values.

    ``source`` says where the values come from and is cited as their document. ``period`` is that of
    all values, unless the file has a column ``period``. ``separator`` stands between the columns
    and ``decimal`` in the figures. ``pad_codes`` restores the leading zeros that codes have lost
    when they were stored as numbers (999 for 0999). ``symbols`` gives marks for a missing figure
    and the status of each.
    """

    indicator: str
    unit: str
    source: str = Field(min_length=1)
    period: str | None = None
    scenario: Scenario = Scenario.OUTCOME
    separator: Annotated[str, Field(pattern=r"^[,;\t]$")] = ","
    decimal: Annotated[str, Field(pattern=r"^[.,]$")] = "."
    pad_codes: bool = False
    symbols: dict[str, ObsStatus] = Field(default_factory=dict)

    @field_validator("symbols")
    @classmethod
    def _missing(cls, value: dict[str, ObsStatus]) -> dict[str, ObsStatus]:
        for mark, status in value.items():
            if status in {ObsStatus.NORMAL, ObsStatus.IMPUTED, ObsStatus.UNVALIDATED}:
                raise ValueError(
                    f"”{mark}” har statusen {status}, som hör till ett värde som finns"
                )
        return value


def period_fault(period: str) -> str | None:
    """Why a text is no period; ``None`` where it is one."""
    try:
        parse_period(period)
    except ValueError as error:
        return str(error)
    return None


def read_values(path: Path, declaration: Reference) -> tuple[pl.DataFrame | None, list[str]]:
    """The columns as texts with the line of each row, or the fault that keeps them from it."""
    try:
        frame = pl.read_csv(
            path,
            separator=declaration.separator,
            infer_schema=False,
        )
    except (OSError, pl.exceptions.PolarsError) as error:
        return None, [_unread(path, declaration.separator, str(error).splitlines()[0])]
    names = set(frame.columns)
    if not {"code", "value"} <= names <= set(_COLUMNS):
        return None, [
            f"{path}: kolumnerna är {', '.join(frame.columns)}; väntade code, value och, om "
            f"perioderna skiljer, period (åtskilda av ”{declaration.separator}”)"
        ]
    if "period" not in names:
        if declaration.period is None:
            return None, [f"{path}: period saknas; ange den i {path.stem}.toml eller i en kolumn"]
        frame = frame.with_columns(period=pl.lit(declaration.period))
    elif declaration.period is not None:
        return None, [f"{path}: period står både i en kolumn och i {path.stem}.toml; ta bort en"]
    stripped = frame.select(pl.col(*_COLUMNS).fill_null("").str.strip_chars())
    # A spreadsheet may end with rows of nothing but separators.
    return stripped.with_row_index("line", offset=2).filter(
        pl.any_horizontal(pl.col("code", "value") != "")
    ), []


def _unread(path: Path, separator: str, why: str) -> str:
    """Why a file could not be read: the first row with too many fields, or what Polars says."""
    with suppress(OSError, UnicodeDecodeError, csv.Error), path.open(encoding="utf-8-sig") as file:
        rows = csv.reader(file, delimiter=separator)
        width = len(next(rows, []))
        for row in rows:
            if len(row) > width > 0:
                return (
                    f"{path} rad {rows.line_num}: kan inte läsas som CSV; {len(row)} fält, väntade "
                    f"{width} (åtskilda av ”{separator}”)"
                )
    return f"{path}: kan inte läsas som CSV i UTF-8 ({why})"


def normalised(rows: pl.DataFrame, declaration: Reference) -> pl.DataFrame:
    """Add ``geo``, ``symbol`` (the status of a missing figure), ``number`` and ``decimals``."""
    code = pl.col("code")
    if declaration.pad_codes:
        length = code.str.len_chars()
        digits = code.str.contains(r"^\d+$")
        code = (
            pl.when(digits & (length == 3))
            .then(code.str.zfill(4))
            .when(digits & (length == 1))
            .then(code.str.zfill(2))
            .otherwise(code)
        )
    printed = pl.col("value")
    if declaration.decimal == ".":
        plain = ~printed.str.contains(",", literal=True)
        printed = pl.when(plain).then(printed.str.replace(".", ",", literal=True))
    symbols: dict[str, str] = {"": ObsStatus.MISSING.value}
    symbols |= {mark: status.value for mark, status in declaration.symbols.items()}
    return rows.with_columns(
        geo=code,
        symbol=pl.col("value").replace_strict(symbols, default=None, return_dtype=pl.String),
        number=figure(printed),
        decimals=decimals(printed),
    )


def value_faults(
    rows: pl.DataFrame, declaration: Reference, geography: pl.DataFrame
) -> Iterator[str]:
    """What is wrong with the rows of :func:`normalised`, each fault with its line."""
    known = set(geography["code"])
    if rows.is_empty():
        yield "har inga rader"
    checks: tuple[tuple[pl.Expr, str], ...] = (
        (
            pl.col("geo").str.contains(r"^(\d|\d{3})$"),
            "koden ”{code}” har tappat sin inledande nolla; spara koderna som text, eller ange "
            "pad_codes = true i deklarationen",
        ),
        (
            ~pl.col("geo").str.contains(r"^(\d|\d{3})$") & ~pl.col("geo").is_in(known),
            "koden ”{code}” finns inte i geography.csv",
        ),
        (
            ~pl.struct("geo", "period").is_first_distinct(),
            "koden ”{code}” finns redan för {period}",
        ),
        (
            pl.col("number").is_null() & pl.col("symbol").is_null(),
            f"värdet ”{{value}}” är inget tal med ”{declaration.decimal}” som decimaltecken; en "
            "symbol för saknat värde anges under symbols",
        ),
    )
    for condition, message in checks:
        found = rows.filter(condition).to_dicts()
        yield from (f"rad {row['line']}: {message.format(**row)}" for row in found[:_SHOWN])
        if len(found) > _SHOWN:
            yield f"har samma slags fel på {len(found) - _SHOWN} rader till"
    for period, line in (
        rows.group_by("period", maintain_order=True).agg(pl.col("line").first()).iter_rows()
    ):
        if fault := period_fault(period):
            yield f"rad {line}: {fault}"
