"""Files of observations, read without trusting them: what cannot be read becomes a finding."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from ojmf.errors import InputError, why
from ojmf.findings import MOST_TOLD, Finding, finding_id
from ojmf.ingest.document import refuse_strange
from ojmf.model import Severity
from ojmf.schema import OBSERVATIONS, complete
from ojmf.validate.outcomes import not_run, plain, remaining

SUFFIXES = (".csv", ".parquet")
_TEXTS = ("heading", "raw")


@dataclass(slots=True)
class ObservationFile:
    """A file of observations: the frame in ``OBSERVATIONS``, or None where there is none to judge.

    ``lines`` holds the line of the file on
    which each row of the frame ends, and is empty for a file without lines.
    """

    path: Path
    frame: pl.DataFrame | None
    findings: list[Finding] = field(default_factory=list)
    lines: Sequence[int] = ()


def read_file(path: Path) -> ObservationFile:
    """Read a ``.csv`` or ``.parquet`` file of observations.

    Missing, extra and mistyped columns, rows of the wrong length and cells that are not of their
    column's type become findings. Raises ``InputError`` where the file is missing, empty, damaged,
    or not UTF-8.
    """
    try:
        refuse_strange(path)
        if path.suffix.lower() == ".parquet":
            return _judge_columns(ObservationFile(path, pl.read_parquet(path)))
        return _read_csv(path)
    except OSError as error:
        reason = why(error) if error.errno else "filen är skadad eller avbruten"
        raise InputError(f"{path}: filen kan inte läsas ({reason}). Kontrollera den.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: filen är inte UTF-8. Spara den på nytt som UTF-8.") from error
    except (pl.exceptions.PolarsError, csv.Error) as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            f"{path}: filen är ingen hel {path.suffix}-fil ({reason}). Hämta eller spara den igen."
        ) from error


def _read_csv(path: Path) -> ObservationFile:
    lines, ragged = array("I"), []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, None)
        if not header:
            raise InputError(f"{path}: filen är tom. Ange en fil med observationer.")
        for cells in reader:
            if len(cells) != len(header):
                ragged.append((len(lines), reader.line_num, len(cells)))
            lines.append(reader.line_num)
    frame = pl.read_csv(
        path,
        infer_schema=False,
        truncate_ragged_lines=True,
        raise_if_empty=False,
        encoding="utf8",
    )
    result = ObservationFile(path, frame, lines=lines)
    if frame.height != len(lines):
        raise InputError(
            f"{path}: {len(lines)} rader kan läsas som {frame.height}; filen har citattecken som "
            "inte stängs. Spara den på nytt."
        )
    for row, line, count in ragged[:MOST_TOLD]:
        result.findings.append(
            plain(
                Severity.CRITICAL,
                "row-length",
                f"filens rad {line} har {count} fält, väntade {len(header)}; raden är avbruten "
                "eller har fel avgränsare",
                raw=f"rad {line}",
                expected=f"{len(header)} fält",
                row=row,
            )
        )
    _rest(result, len(ragged) - MOST_TOLD, "row-length")
    return _judge_columns(result)


def _rest(result: ObservationFile, count: int, check: str) -> None:
    if count > 0:
        result.findings.append(remaining(Severity.CRITICAL, check, count))


def _judge_columns(result: ObservationFile) -> ObservationFile:
    frame = result.frame
    assert frame is not None
    if "line" in frame.columns:
        frame = complete(frame)
    missing = [name for name in OBSERVATIONS if name not in frame.columns]
    extra = [name for name in frame.columns if name not in OBSERVATIONS]
    hint = ""
    if len(frame.columns) == 1 and ";" in frame.columns[0]:
        hint = " Filen verkar ha semikolon som avgränsare; spara den med kommatecken."
    for name in missing:
        result.findings.append(
            plain(
                Severity.CRITICAL,
                "column-missing",
                f"{result.path.name}: kolumnen {name} saknas.{hint}",
                raw=name,
                expected=", ".join(OBSERVATIONS),
            )
        )
    for name in extra:
        result.findings.append(
            plain(
                Severity.WARNING,
                "column-extra",
                f"{result.path.name}: kolumnen {name} är okänd och lämnas utanför.",
                raw=name,
                expected=", ".join(OBSERVATIONS),
            )
        )
    if not missing:
        result.frame = _typed(result, frame.select(OBSERVATIONS.names()))
    if missing or result.frame is None:
        result.frame = None
        result.findings.append(
            not_run(
                f"{result.path.name}: sviterna",
                "filens kolumner är inte de som en fil med observationer har",
            )
        )
    return result


def _typed(result: ObservationFile, frame: pl.DataFrame) -> pl.DataFrame | None:
    """The frame in ``OBSERVATIONS``; None where a column is of a type that can't be read as its."""
    from_text = {name for name, kind in frame.schema.items() if kind == pl.String}
    wrong = [
        (name, kind)
        for name, kind in frame.schema.items()
        if name not in from_text and not _alike(kind, OBSERVATIONS[name])
    ]
    if result.path.suffix.lower() == ".parquet":
        wrong += [
            (name, frame.schema[name])
            for name in frame.columns
            if name in from_text and OBSERVATIONS[name] != pl.String
        ]
    for name, kind in wrong:
        result.findings.append(
            plain(
                Severity.CRITICAL,
                "column-type",
                f"{result.path.name}: kolumnen {name} har typen {kind}, väntade "
                f"{OBSERVATIONS[name]}.",
                raw=name,
                expected=str(OBSERVATIONS[name]),
            )
        )
    if wrong:
        return None
    typed = frame.with_columns(
        pl.col(name).str.to_date(strict=False)
        if name in from_text and kind == pl.Date
        else pl.col(name).cast(kind, strict=False)
        for name, kind in OBSERVATIONS.items()
    )
    _lost_cells(result, frame, typed)
    return typed.with_columns(pl.col(_TEXTS).fill_null(""))


def _alike(found: pl.DataType, wanted: pl.DataType) -> bool:
    """Whether a column can be read as the wanted type without loss worth a finding."""
    if wanted.is_integer():
        return found.is_integer() or found == pl.Null
    if wanted.is_float():
        return found.is_numeric() or found == pl.Null
    if wanted == pl.String:
        return isinstance(found, pl.Categorical | pl.Enum) or found == pl.Null
    return found in {wanted, pl.Null}


def _lost_cells(result: ObservationFile, frame: pl.DataFrame, typed: pl.DataFrame) -> None:
    """A finding for every cell that holds something, but nothing of its column's type."""
    lost = [
        (name, row)
        for name in OBSERVATIONS
        for row in (frame[name].is_not_null() & typed[name].is_null()).arg_true()
    ]
    places = typed.select("source_id", "document", "line", "table", "row_label")
    for name, row in lost[:MOST_TOLD]:
        raw = str(frame[name][row])
        finding = plain(
            Severity.CRITICAL,
            "cell-type",
            f"{name} är ”{raw[:60]}”, väntade {OBSERVATIONS[name]}",
            **places.row(row, named=True),
            column_label=name,
            raw=raw,
            expected=str(OBSERVATIONS[name]),
            row=row,
        )
        key = finding_id("cell-type", result.path.name, name, str(row))
        result.findings.append(replace(finding, finding_id=key))
    _rest(result, len(lost) - MOST_TOLD, "cell-type")
