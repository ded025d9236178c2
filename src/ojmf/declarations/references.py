"""Reference values from files: one indicator for all municipalities, as ``data/references`` holds.

A file of values ``<name>.csv`` (code, value and, if need be, period) stands beside its declaration
``<name>.toml``. The values become observations like any others, so every method that needs all
municipalities finds them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import polars as pl
from pydantic import Field, ValidationError, field_validator

from ojmf.declarations import Declaration
from ojmf.declarations.catalogue import Catalogue
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import why
from ojmf.model import FILE_OF_VALUES, ObsStatus, Scenario, Sex
from ojmf.periods import parse_period
from ojmf.printed import decimals, figure
from ojmf.schema import OBSERVATIONS

_EMPTY = "tom i filen"


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """The values of a file in the schema ``OBSERVATIONS``.

    ``missing`` has the codes of the municipalities that it lacks, by period.
    """

    path: Path
    declaration: Reference
    observations: pl.DataFrame
    missing: dict[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """The id of the source that the file is."""
        return FILE_OF_VALUES + self.path.stem


def load_references(
    folder: Path, catalogue: Catalogue, geography: pl.DataFrame
) -> tuple[dict[str, ReferenceFile], list[str]]:
    """The files of a folder by the id of their source, and all faults found."""
    found: dict[str, ReferenceFile] = {}
    faults: list[str] = []
    declared = {path.stem for path in folder.glob("*.toml")}
    faults += [
        f"{path}: saknar sin deklaration {path.stem}.toml"
        for path in sorted(folder.glob("*.csv"))
        if path.stem not in declared
    ]
    for path in sorted(folder.glob("*.toml")):
        file, broken = _load(path, catalogue, geography)
        faults += broken
        if file is not None:
            found[file.id] = file
    return found, faults


def _load(
    path: Path, catalogue: Catalogue, geography: pl.DataFrame
) -> tuple[ReferenceFile | None, list[str]]:
    raw, faults = read_toml(path)
    if faults:
        return None, faults
    try:
        declaration = Reference.model_validate(raw)
    except ValidationError as error:
        return None, [f"{path}: {fault}" for fault in describe(error, raw)]
    faults = [f"{path}: {fault}" for fault in _declaration_faults(declaration, catalogue)]
    values = path.with_suffix(".csv")
    rows, broken = read_values(values, declaration)
    if rows is None:
        return None, [*faults, *broken]
    rows = normalised(rows, declaration)
    faults += [f"{values} {fault}" for fault in value_faults(rows, declaration, geography)]
    if faults:
        return None, faults
    return _file(values, declaration, catalogue, rows, geography), []


def _declaration_faults(declaration: Reference, catalogue: Catalogue) -> Iterator[str]:
    name = declaration.indicator
    if name not in catalogue:
        yield f"indikatorn ”{name}” finns inte i katalogen"
    elif catalogue.unit(name) != declaration.unit:
        yield (
            f"unit är ”{declaration.unit}” men indikatorn {name} har ”{catalogue.unit(name)}”; "
            "värden i olika enheter jämförs inte"
        )
    if declaration.period is not None and (fault := period_fault(declaration.period)):
        yield fault


def _file(
    path: Path,
    declaration: Reference,
    catalogue: Catalogue,
    rows: pl.DataFrame,
    geography: pl.DataFrame,
) -> ReferenceFile:
    name = declaration.indicator
    area, label = catalogue.frame().filter(indicator_id=name).select("area_id", "name").row(0)
    periods = pl.DataFrame(
        [_dates(period) for period in rows["period"].unique(maintain_order=True)], orient="row"
    )
    missing = pl.col("symbol").is_not_null()
    observations = (
        rows.join(periods, on="period", how="left", maintain_order="left")
        .join(
            geography.select(pl.col("code").alias("geo"), pl.col("name").alias("_name")),
            on="geo",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            source_id=pl.lit(FILE_OF_VALUES + path.stem),
            document=pl.lit(declaration.source),
            table=pl.lit(path.name),
            heading=pl.lit(""),
            row_label=pl.lit(label),
            column_label=pl.format("{} {}", "_name", "period"),
            raw=pl.col("value"),
            value=pl.when(~missing).then("number"),
            decimals=pl.when(~missing).then("decimals"),
            answer=pl.lit(None, pl.String),
            unit=pl.lit(declaration.unit),
            indicator_id=pl.lit(name),
            area_id=pl.lit(area),
            scenario=pl.lit(declaration.scenario.value),
            obs_status=pl.col("symbol").fill_null(ObsStatus.NORMAL.value),
            correction_id=pl.lit(None, pl.String),
            note=pl.when(pl.col("value") == "")
            .then(pl.lit(_EMPTY))
            .when(missing)
            .then(pl.format("”{}” i filen", "value")),
            place=pl.format("rad {}", "line"),
            sex=pl.lit(str(declaration.sex)),
        )
        .select(OBSERVATIONS.names())
        .cast(OBSERVATIONS)
    )
    return ReferenceFile(path, declaration, observations, _missing(rows, geography))


def _dates(period: str) -> dict[str, Any]:
    parsed = parse_period(period)
    return {
        "period": period,
        "period_start": parsed.start,
        "period_end": parsed.end,
        "period_kind": parsed.kind.value,
    }


def _missing(rows: pl.DataFrame, geography: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    everyone: Iterable[str] = geography.filter(level="municipality")["code"]
    present = rows.group_by("period", maintain_order=True).agg("geo")
    lacking = {
        period: tuple(sorted(set(everyone) - set(geos))) for period, geos in present.iter_rows()
    }
    return {period: codes for period, codes in lacking.items() if codes}


_COLUMNS = ("code", "value", "period")


_SHOWN = 10


class Reference(Declaration):
    """The declaration of a file of values.

    ``source`` says where the values come from and is cited as their document. ``period`` is that of
    all values, unless the file has a column ``period``. ``separator`` stands between the columns
    and ``decimal`` in the figures. ``pad_codes`` restores the leading zeros that codes have lost
    when they were stored as numbers (999 for 0999). ``symbols`` gives marks for a missing figure
    and the status of each. ``public`` says that the values are published as they are.
    """

    indicator: str
    unit: str
    source: str = Field(min_length=1)
    period: str | None = None
    scenario: Scenario = Scenario.OUTCOME
    sex: Sex = Sex.TOTAL
    separator: Annotated[str, Field(pattern=r"^[,;\t]$")] = ","
    decimal: Annotated[str, Field(pattern=r"^[.,]$")] = "."
    pad_codes: bool = False
    public: bool = False
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
            raise_if_empty=False,
        )
    except OSError as error:
        return None, [f"{path}: kan inte läsas ({why(error)}). Kontrollera filen."]
    except pl.exceptions.PolarsError:
        return None, [_unread(path, declaration.separator)]
    names = set(frame.columns)
    if not {"code", "value"} <= names <= set(_COLUMNS):
        return None, [
            f"{path}: kolumnerna är {', '.join(frame.columns) or 'inga'}; väntade code, value och, "
            f"om perioderna skiljer, period (åtskilda av ”{declaration.separator}”)"
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


def _unread(path: Path, separator: str) -> str:
    """Why a file could not be read: the first row with too many fields, or its encoding."""
    with suppress(OSError, UnicodeDecodeError, csv.Error), path.open(encoding="utf-8-sig") as file:
        rows = csv.reader(file, delimiter=separator)
        width = len(next(rows, []))
        for row in rows:
            if len(row) > width > 0:
                return (
                    f"{path} rad {rows.line_num}: kan inte läsas som CSV; {len(row)} fält, väntade "
                    f"{width} (åtskilda av ”{separator}”)"
                )
    return f"{path}: kan inte läsas som CSV i UTF-8. Spara filen på nytt."


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
