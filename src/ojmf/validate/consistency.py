"""Whether a document's figures agree with each other: what is judged, and what is found.

Three checks: the declared arithmetic relations (``ingest.identities``), care days beside persons
in care, and counts that the text states. A contradiction that a person has acknowledged in
``source.toml`` is still told, as information.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import polars as pl

from ojmf.declarations import Accepted, Source
from ojmf.findings import finding_id
from ojmf.ingest.reading import Read
from ojmf.ingest.source import verdicts
from ojmf.model import Severity
from ojmf.printed import half_unit, swedish
from ojmf.schema import FINDINGS
from ojmf.validate.care_days import care_days
from ojmf.validate.stated_counts import JUDGEMENTS, NOT_TESTABLE, VIOLATED, stated_counts

CHECK = "identity"
UNUSED_ACCEPTANCE = "acceptance"


def account(read: Read) -> pl.DataFrame:
    """Every instance of every check with its verdict, in the schema ``JUDGEMENTS``.

    Raises ``CorrectionError`` as ``ingest.source.verdicts`` does.
    """
    cells, judged = verdicts(read)
    return pl.concat(
        [_identities(read, cells, judged), care_days(read, cells), stated_counts(read, cells)]
    )


def findings(read: Read) -> pl.DataFrame:
    """What is violated, in the schema ``FINDINGS``; acknowledged where ``accepted`` says so.

    Raises as ``account``.
    """
    source = read.source
    judged = account(read)
    accepted = {entry.finding_id: entry for entry in source.accepted}
    rows = [
        _acknowledged(row, accepted.get(row["finding_id"]))
        for row in judged.filter(pl.col("verdict") == VIOLATED).to_dicts()
    ]
    return _frame(source, rows)


def unused_acceptances(source: Source, finding_ids: Collection[str]) -> pl.DataFrame:
    """A critical finding per entry of ``accepted`` that is none of the source's finding ids.

    ``finding_ids`` are those of every check, acknowledged findings included; ``FINDINGS``.
    """
    return _frame(
        source,
        [_unused(source, e) for e in source.accepted if e.finding_id not in finding_ids],
    )


def _frame(source: Source, rows: list[dict[str, Any]]) -> pl.DataFrame:
    found = [{n: row.get(n) for n in FINDINGS} | {"document": source.document} for row in rows]
    return pl.DataFrame(found, schema=FINDINGS, orient="row")


def accepted_instances(source: Source, instances: Iterable[str]) -> set[str]:
    """Those instances of identities whose violation a person has acknowledged."""
    accepted = {entry.finding_id for entry in source.accepted}
    return {name for name in instances if finding_id(CHECK, source.id, name) in accepted}


def _acknowledged(row: dict[str, Any], entry: Accepted | None) -> dict[str, Any]:
    if entry is None:
        return row
    return row | {
        "severity": str(Severity.INFO),
        "message": f"{row['message']}. Kvitterat {entry.date}: {entry.reason}",
    }


def _unused(source: Source, entry: Accepted) -> dict[str, Any]:
    return {
        "severity": str(Severity.CRITICAL),
        "check": UNUSED_ACCEPTANCE,
        "message": f"kvitteringen {entry.finding_id} ({entry.date}: {entry.reason}) motsvarar "
        "inget fynd; ta bort den ur source.toml eller rätta finding_id",
        "source_id": source.id,
        "raw": entry.finding_id,
        "finding_id": finding_id(UNUSED_ACCEPTANCE, source.id, entry.finding_id),
    }


def _identities(read: Read, cells: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    source = read.source
    figures = cells.select(
        "cell",
        "line",
        "table",
        "row_label",
        "column_label",
        "raw",
        "value",
        "decimals",
        half=half_unit(pl.col("decimals"), pl.lit(value=False)),
        shown=_shown(source),
    )
    involved = read.terms.join(figures, on="cell", how="left", maintain_order="left").with_columns(
        text=pl.when(pl.col("cell").is_null())
        .then(pl.format("texten: {} (rad {})", "stated_raw", "stated_line"))
        .otherwise(
            pl.format(
                "{}, {}: {} (rad {})", "row_label", "column_label", pl.col("shown"), pl.col("line")
            )
        ),
        lost=pl.col("cell").is_not_null() & pl.col("value").is_null(),
    )
    # The result is the last term of a sum or a change, else the first.
    ends = pl.col("form").is_in(["sum", "percent_change"])
    result = involved.group_by("instance", maintain_order=True).agg(
        pl.col("text").alias("cells"),
        pl.col("text").filter(pl.col("lost")).str.join("; ").alias("without"),
        *(
            pl.when(ends.first()).then(pl.col(name).last()).otherwise(pl.col(name).first())
            for name in (
                "line",
                "table",
                "row_label",
                "column_label",
                "raw",
                "shown",
                "value",
                "decimals",
                "factor",
            )
        ),
    )
    forms = {identity.id: identity.over for identity in source.identity}
    rows = [
        _judgement(source, row, forms[row["identity_id"]])
        for row in judged.drop("cells")
        .join(result, on="instance", maintain_order="left")
        .to_dicts()
    ]
    return pl.DataFrame(rows, schema=JUDGEMENTS, orient="row")


def _shown(source: Source) -> pl.Expr:
    """A cell's figure as it is read: as printed, or as corrected with what is printed."""
    values = {c.id: c.value for c in source.correction}
    corrected = pl.col("correction_id").replace_strict(
        list(values), list(values.values()), default=None, return_dtype=pl.String
    )
    return (
        pl.when(corrected.is_not_null())
        .then(pl.format("{} (tryckt ”{}”)", corrected, "raw"))
        .otherwise("raw")
    )


def _judgement(source: Source, row: dict[str, Any], over: str) -> dict[str, Any]:
    violated = row["verdict"] == VIOLATED
    testable = row["verdict"] != NOT_TESTABLE
    expected = _expected(row) if violated and row["form"] != "ratio" else None
    return {
        "source_id": source.id,
        "check": CHECK,
        "reason": None if testable else f"utan säkert värde: {row['without']}",
        "residual": row["residual"] if testable else None,
        "tolerance": row["tolerance"] if testable else None,
        "expected": expected,
        "severity": str(Severity.CRITICAL) if violated else None,
        "message": _message(row, over, expected) if violated else None,
        "finding_id": finding_id(CHECK, source.id, row["instance"]),
        **{
            name: row[name]
            for name in (
                "instance",
                "verdict",
                "cells",
                "line",
                "table",
                "row_label",
                "column_label",
                "raw",
            )
        },
    }


def _expected(row: dict[str, Any]) -> str:
    """What the other terms say that the result is, with the result's decimals."""
    residual = row["residual"] if row["form"] != "equal" else -row["residual"] / row["factor"]
    return swedish(row["value"] + residual, row["decimals"])


def _message(row: dict[str, Any], over: str, expected: str | None) -> str:
    tolerance = swedish(row["tolerance"], most=3)
    involved = "; ".join(row["cells"])
    label = row["row_label"] if over == "rows" else f"{row['row_label']}, {row['column_label']}"
    match row["form"]:
        case "ratio":
            said = f"{row['row_label']}: kvoten är inte den som texten anger"
        case "equal":
            said = f"{row['row_label']}, {row['column_label']} {row['shown']} "
            said += f"men motsvarande tal är {expected}"
        case _:
            said = f"{label} {row['shown']} men delarna ger {expected}"
    residual = swedish(row["residual"], most=3)
    return f"{said} (rest {residual}, tolerans {tolerance}): {involved}"
