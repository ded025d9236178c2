"""Reference values from files: one indicator for all municipalities, as ``data/references`` holds.

A file of values ``<name>.csv`` (code, value and, if need be, period) stands beside its declaration
``<name>.toml``. The values become observations like any others, so every method that needs all
municipalities finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from ojmf.declarations.catalogue import Catalogue, describe, read_toml
from ojmf.model import ObsStatus
from ojmf.periods import parse_period
from ojmf.reference_values import Reference, normalised, period_fault, read_values, value_faults
from ojmf.schema import OBSERVATIONS

SOURCE_PREFIX = "referens."
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
        return SOURCE_PREFIX + self.path.stem


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
        return None, [f"{path}: {fault}" for fault in describe(error)]
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
            geography.select(pl.col("code").alias("geo"), pl.col("name").alias("place")),
            on="geo",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            source_id=pl.lit(SOURCE_PREFIX + path.stem),
            document=pl.lit(declaration.source),
            table=pl.lit(path.name),
            heading=pl.lit(""),
            row_label=pl.lit(label),
            column_label=pl.format("{} {}", "place", "period"),
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
