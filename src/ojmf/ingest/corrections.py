"""Declared corrections: applied to the cells they name, and proved again every time.

A correction is accepted where each identity it names holds with the corrected figure, and the
printed text is either no figure at all or breaks one of them. Anything else is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.declarations import CellFix, Source
from ojmf.errors import Fault
from ojmf.ingest.identities import confirming, judge
from ojmf.model import ObsStatus
from ojmf.printed import decimals, figure, shifted

NOT_CONFIRMED = "inte styrkt av något räknesamband"
CONTRADICTED = "motsägs av ett räknesamband"


Rejected = tuple[CellFix, Fault]
"""A correction or unreadable cell that the document does not bear out, and why."""


def _fault(source: Source, fix: CellFix, line: int | None, text: str) -> Fault:
    return Fault(source.id, f"rad ”{fix.row}”, kolumn ”{fix.column}”: {text}", line, fix.table)


def _found(
    source: Source, cells: pl.DataFrame, fixes: Sequence[CellFix]
) -> tuple[pl.DataFrame, list[Rejected]]:
    """The cells that fixes name, with the index of each fix; those fixes that match no cell."""
    wanted = pl.DataFrame(
        [
            {"fix": i, "table_id": f.table, "row_label": f.row, "column_label": f.column}
            for i, f in enumerate(fixes)
        ],
        schema={
            "fix": pl.UInt32,
            "table_id": pl.String,
            "row_label": pl.String,
            "column_label": pl.String,
        },
    )
    matched = wanted.join(
        cells.select(
            "cell", "table_id", "row_label", "column_label", "raw", "line", "missing_status"
        ),
        on=["table_id", "row_label", "column_label"],
        how="left",
        maintain_order="left",
    )
    faults: list[Rejected] = []
    for index, cell, raw, line, missing in matched.select(
        "fix", "cell", "raw", "line", "missing_status"
    ).iter_rows():
        fix = fixes[index]
        if cell is None:
            faults.append((fix, _fault(source, fix, None, "rättelsen träffar ingen cell")))
        elif missing == ObsStatus.SUPPRESSED:
            text = "cellen är undertryckt i källan; en undertryckt siffra fylls inte i"
            faults.append((fix, _fault(source, fix, line, text)))
        elif raw != fix.expect:
            text = f"rättelsen väntade ”{fix.expect}”, dokumentet har ”{raw}”"
            faults.append((fix, _fault(source, fix, line, text)))
    twice = matched.filter(pl.col("cell").is_duplicated() & pl.col("cell").is_not_null())
    faults += [
        (fixes[index], _fault(source, fixes[index], line, "cellen rättas mer än en gång"))
        for index, line in twice.select("fix", "line").iter_rows()
    ]
    return matched, faults


def apply(source: Source, cells: pl.DataFrame) -> pl.DataFrame:
    """Put the declared figures in place of what the scan left.

    ``cells`` are literal cells; returns them with ``value``, ``decimals`` and ``fault`` replaced
    where corrected, and with ``correction_id``, ``literal_value`` and ``literal_decimals`` (what
    the printed text says), ``low`` and ``high`` (bounds of cells declared unreadable).

    Every fix must match its cell: see ``sift``.
    """
    corrected, _ = _found(source, cells, source.correction)
    bounded, _ = _found(source, cells, source.unreadable)
    fixes = corrected.select(
        "cell",
        correction_id=pl.Series([c.id for c in source.correction], dtype=pl.String),
        corrected=pl.Series([c.value for c in source.correction], dtype=pl.String),
        why=pl.Series([c.reason for c in source.correction], dtype=pl.String),
    )
    bounds = bounded.select(
        "cell",
        low=pl.Series(
            [u.between[0] if u.between else None for u in source.unreadable], dtype=pl.Float64
        ),
        high=pl.Series(
            [u.between[1] if u.between else None for u in source.unreadable], dtype=pl.Float64
        ),
        unreadable=pl.Series([u.reason for u in source.unreadable], dtype=pl.String),
    )
    joined = cells.join(fixes, on="cell", how="left", maintain_order="left").join(
        bounds, on="cell", how="left", maintain_order="left"
    )
    is_fixed, is_lost = pl.col("correction_id").is_not_null(), pl.col("unreadable").is_not_null()
    return joined.with_columns(
        literal_value="value",
        literal_decimals="decimals",
        value=pl.when(is_fixed)
        .then(shifted(figure(pl.col("corrected")), pl.col("shift")))
        .when(~is_lost)
        .then("value"),
        decimals=pl.when(is_fixed)
        .then(decimals(pl.col("corrected")) - pl.col("shift"))
        .when(~is_lost)
        .then("decimals"),
        fault=pl.when(~is_fixed).then(pl.coalesce("unreadable", "fault")),
        literal_fault="fault",
    )


def sift(source: Source, cells: pl.DataFrame) -> tuple[Source, list[Fault]]:
    """Leave out the corrections and unreadable cells that match no cell of this document.

    ``cells`` are literal cells. Returns the source with those that match, and a fault for each one
    left out.
    """
    rejected = [
        rejected
        for fixes in (source.correction, source.unreadable)
        for rejected in _found(source, cells, fixes)[1]
    ]
    out = [fix for fix, _ in rejected]
    kept = {
        "correction": tuple(c for c in source.correction if c not in out),
        "unreadable": tuple(u for u in source.unreadable if u not in out),
    }
    return source.model_copy(update=kept), [fault for _, fault in rejected]


def prove(source: Source, cells: pl.DataFrame, terms: pl.DataFrame) -> list[Fault]:
    """The faults of corrections whose proof does not hold; ``cells`` as ``apply`` returns them."""
    if not source.correction:
        return []
    corrected = cells.drop_nulls("correction_id")
    no_figure = corrected.filter(pl.col("value").is_null())["correction_id"].to_list()
    by_id = {correction.id: correction for correction in source.correction}
    lines = dict(corrected.select("correction_id", "line").iter_rows())
    faults = [
        _fault(
            source,
            by_id[name],
            lines[name],
            f"rättelsen {name} har värdet ”{by_id[name].value}”, som inte är ett tal",
        )
        for name in no_figure
    ]
    tried = _proofs(source, corrected).join(
        terms.drop_nulls("cell").select("identity_id", "instance", "cell").unique(),
        on=["identity_id", "cell"],
        how="left",
        maintain_order="left",
    )
    judged = tried.join(
        judge(terms, cells).select("instance", "verdict"),
        on="instance",
        how="left",
        maintain_order="left",
    )
    sound = pl.col("verdict").is_in(["exact", "within_rounding"])
    for name, proof, instance in (
        judged.filter(~sound.fill_null(value=False))
        .select("correction_id", "identity_id", "instance")
        .unique(["correction_id", "identity_id"], maintain_order=True)
        .iter_rows()
    ):
        correction = by_id[name]
        what = (
            f"beviset {proof} gäller inte cellen"
            if instance is None
            else f"beviset {proof} håller inte med värdet {correction.value}"
        )
        faults.append(_fault(source, correction, lines[name], what))
    return faults + _needless(source, cells, terms)


def _proofs(source: Source, corrected: pl.DataFrame) -> pl.DataFrame:
    """One row per correction and identity named as its proof, with the corrected cell."""
    named = pl.DataFrame(
        [
            {"correction_id": correction.id, "identity_id": proof}
            for correction in source.correction
            for proof in correction.proof
        ],
        schema={"correction_id": pl.String, "identity_id": pl.String},
    )
    return named.join(
        corrected.select("correction_id", "cell"), on="correction_id", maintain_order="left"
    )


def _needless(source: Source, cells: pl.DataFrame, terms: pl.DataFrame) -> list[Fault]:
    """Corrections of texts that are sound figures and agree with every identity named as proof.

    One frame judges all: each correction's instances, with the literal figure in its own cell only.
    """
    sound = cells.filter(pl.col("correction_id").is_not_null() & pl.col("literal_fault").is_null())
    if sound.is_empty():
        return []
    proofs = _proofs(source, sound).rename({"cell": "own"})
    instances = terms.drop_nulls("cell").select("identity_id", "instance", own="cell").unique()
    trials = proofs.join(instances, on=["identity_id", "own"]).join(
        terms, on=["identity_id", "instance"]
    )
    shift = 1 << 20
    own = pl.col("cell") == pl.col("own")
    renamed = trials.with_columns(
        instance=pl.format("{} | {}", "correction_id", "instance"),
        cell=pl.when(own).then(pl.col("cell") + shift).otherwise("cell"),
    )
    literal = sound.select(
        pl.col("cell") + shift, "unit", value="literal_value", decimals="literal_decimals"
    )
    figures = pl.concat(
        [cells.select("cell", "unit", "value", "decimals", "low", "high"), literal], how="diagonal"
    )
    verdicts = judge(renamed, figures).join(
        renamed.select("instance", "correction_id").unique(), on="instance"
    )
    broken = set(verdicts.filter(pl.col("verdict") == "violated")["correction_id"])
    by_id = {correction.id: correction for correction in source.correction}
    return [
        _fault(
            source,
            by_id[name],
            line,
            f"den tryckta texten ”{by_id[name].expect}” motsägs inte av beviset; rättelsen behövs "
            "inte eller är inte bevisad",
        )
        for name, line in sound.select("correction_id", "line").iter_rows()
        if name not in broken
    ]


def settle(source: Source, cells: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Give every cell its status and note, and take the value from cells that can't be trusted.

    In a scan a figure keeps its value where a relation that holds confirms it; it loses the value
    where only relations that fail know it; else it is unvalidated.
    """
    is_figure = (pl.col("content") == "figure") & pl.col("missing_status").is_null()
    if source.scanned:
        verdicts = judge(terms, cells)
        confirmed = confirming(terms, verdicts, cells)["cell"].implode()
        violated = verdicts.filter(pl.col("verdict") == "violated")["cells"].explode().implode()
        unsure = is_figure & ~pl.col("cell").is_in(confirmed)
        refuted = unsure & pl.col("cell").is_in(violated)
    else:
        unsure = refuted = pl.lit(value=False)
    return cells.with_columns(
        lost=pl.col("fault").is_not_null() | refuted,
        reason=pl.when(pl.col("missing_status").is_not_null())
        .then("missing_note")
        .when(pl.col("fault").is_not_null())
        .then(pl.format("oläslig: {}", "fault"))
        .when(refuted)
        .then(pl.lit(CONTRADICTED))
        .when(pl.col("correction_id").is_not_null())
        .then(pl.format("rättad: {}", "why"))
        .when(unsure)
        .then(pl.lit(NOT_CONFIRMED)),
    ).with_columns(
        obs_status=pl.when(pl.col("missing_status").is_not_null())
        .then("missing_status")
        .when(pl.col("lost"))
        .then(pl.lit(str(ObsStatus.UNRELIABLE)))
        .when(unsure)
        .then(pl.lit(str(ObsStatus.UNVALIDATED)))
        .otherwise(pl.coalesce("declared_status", pl.lit(str(ObsStatus.NORMAL)))),
        value=pl.when(~pl.col("lost")).then("value"),
        decimals=pl.when(~pl.col("lost")).then("decimals"),
        note=pl.concat_str("reason", "declared_note", separator="; ", ignore_nulls=True).replace(
            "", None
        ),
    )
