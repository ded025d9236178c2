"""Declared corrections: applied to the cells they name, and proved again every time.

A correction is accepted where each identity it names holds with the corrected figure, and the
printed text is either no figure at all or breaks one of them. Anything else is refused.
"""

from __future__ import annotations

import polars as pl

from ojmf.declarations import CellFix, Correction, Source, Unreadable
from ojmf.errors import Fault
from ojmf.ingest.identities import confirming, judge
from ojmf.model import ObsStatus
from ojmf.printed import decimals, figure, shifted

_CELL = ("table_id", "row_label", "column_label")
_FIXES = pl.Schema(
    {
        "fix": pl.UInt32,
        **dict.fromkeys(_CELL, pl.String),
        "why": pl.String,
        "correction_id": pl.String,
        "corrected": pl.String,
        "low": pl.Float64,
        "high": pl.Float64,
    }
)
NOT_CONFIRMED = "inte styrkt av något räknesamband"
CONTRADICTED = "motsägs av ett räknesamband"


def _fault(source: Source, fix: CellFix, line: int | None, text: str) -> Fault:
    return Fault(source.id, f"rad ”{fix.row}”, kolumn ”{fix.column}”: {text}", line, fix.table)


def apply(source: Source, cells: pl.DataFrame) -> tuple[pl.DataFrame, Source, list[Fault]]:
    """Put the declared figures in place of what the scan left.

    ``cells`` are literal cells; returns them with ``value``, ``decimals`` and ``fault`` replaced
    where corrected, and with ``correction_id``, ``literal_value``, ``literal_decimals`` and
    ``literal_fault`` (what the printed text says), ``low`` and ``high`` (bounds of cells declared
    unreadable). A correction or unreadable cell that matches no cell of this document is a fault,
    and is left out of the source that comes with them.
    """
    fixes: list[CellFix] = [*source.correction, *source.unreadable]
    wanted = pl.DataFrame(
        [
            (
                number,
                fix.table,
                fix.row,
                fix.column,
                fix.reason,
                fix.id if isinstance(fix, Correction) else None,
                fix.value if isinstance(fix, Correction) else None,
                *(fix.between if isinstance(fix, Unreadable) and fix.between else (None, None)),
            )
            for number, fix in enumerate(fixes)
        ],
        schema=_FIXES,
        orient="row",
    )
    matched = wanted.join(
        cells.select(*_CELL, "cell", "raw", "line", "missing_status"),
        on=_CELL,
        how="left",
        maintain_order="left",
    ).with_columns(twice=pl.col("cell").is_duplicated() & pl.col("cell").is_not_null())
    rejected: dict[int, Fault] = {}
    for number, cell, raw, line, missing, twice in matched.select(
        "fix", "cell", "raw", "line", "missing_status", "twice"
    ).iter_rows():
        fix, text = fixes[number], None
        if cell is None:
            text = "rättelsen träffar ingen cell"
        elif missing == ObsStatus.SUPPRESSED:
            text = "cellen är skyddad av sekretess i källan; en sådan uppgift fylls inte i"
        elif raw != fix.expect:
            text = f"rättelsen väntade ”{fix.expect}”, dokumentet har ”{raw}”"
        elif twice:
            text = "cellen rättas mer än en gång"
        if text is not None:
            rejected[number] = _fault(source, fix, line, text)
    left = [fix for number, fix in enumerate(fixes) if number not in rejected]
    kept = {
        "correction": tuple(fix for fix in left if isinstance(fix, Correction)),
        "unreadable": tuple(fix for fix in left if isinstance(fix, Unreadable)),
    }
    made = matched.filter(~pl.col("fix").is_in(list(rejected)))
    is_fixed = pl.col("correction_id").is_not_null()
    is_lost = pl.col("why").is_not_null() & ~is_fixed
    applied = (
        cells.join(
            made.drop(*_CELL, "missing_status"), on="cell", how="left", maintain_order="left"
        )
        .with_columns(unreadable=pl.when(is_lost).then("why"))
        .with_columns(
            literal_value="value",
            literal_decimals="decimals",
            literal_fault="fault",
            value=pl.when(is_fixed)
            .then(shifted(figure(pl.col("corrected")), pl.col("shift")))
            .when(~is_lost)
            .then("value"),
            decimals=pl.when(is_fixed)
            .then(decimals(pl.col("corrected")) - pl.col("shift"))
            .when(~is_lost)
            .then("decimals"),
            fault=pl.when(~is_fixed).then(pl.coalesce("unreadable", "fault")),
        )
    )
    return (
        applied,
        source.model_copy(update=kept),
        list(rejected.values()),
    )


def prove(
    source: Source, cells: pl.DataFrame, terms: pl.DataFrame, verdicts: pl.DataFrame
) -> list[Fault]:
    """The faults of corrections whose proof does not hold; ``cells`` as ``apply`` returns them.

    ``verdicts`` are those of ``identities.judge`` over the cells.
    """
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
            f"rättelsen {name} har värdet ”{by_id[name].value}”, som inte är ett tal. "
            "Skriv ett tal med decimalkomma i value.",
        )
        for name in no_figure
    ]
    proofs = pl.DataFrame(
        [(correction.id, proof) for correction in source.correction for proof in correction.proof],
        schema={"correction_id": pl.String, "identity_id": pl.String},
        orient="row",
    ).join(corrected.select("correction_id", "cell"), on="correction_id", maintain_order="left")
    tried = proofs.join(
        terms.drop_nulls("cell").select("identity_id", "instance", "cell").unique(),
        on=["identity_id", "cell"],
        how="left",
        maintain_order="left",
    )
    judged = tried.join(
        verdicts.select("instance", "verdict"),
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
    return faults + _needless(source, cells, terms, proofs)


def _needless(
    source: Source, cells: pl.DataFrame, terms: pl.DataFrame, proofs: pl.DataFrame
) -> list[Fault]:
    """Corrections of texts that are sound figures and agree with every identity named as proof.

    One frame judges all: each correction's instances, with the literal figure in its own cell only.
    """
    sound = cells.filter(pl.col("correction_id").is_not_null() & pl.col("literal_fault").is_null())
    if sound.is_empty():
        return []
    instances = terms.drop_nulls("cell").select("identity_id", "instance", own="cell").unique()
    trials = (
        proofs.rename({"cell": "own"})
        .join(sound.select(own="cell"), on="own")
        .join(instances, on=["identity_id", "own"])
        .join(terms, on=["identity_id", "instance"])
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
            "inte eller är inte bevisad. Ta bort den, eller ange ett bevis som motsäger texten.",
        )
        for name, line in sound.select("correction_id", "line").iter_rows()
        if name not in broken
    ]


def with_status(
    source: Source, cells: pl.DataFrame, terms: pl.DataFrame, verdicts: pl.DataFrame
) -> pl.DataFrame:
    """Give every cell its status and note, and take the value from cells that can't be trusted.

    In a scan a figure keeps its value where a relation that holds confirms it; it loses the value
    where only relations that fail know it; else it is unvalidated.
    """
    is_figure = (pl.col("content") == "figure") & pl.col("missing_status").is_null()
    if source.scanned:
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
