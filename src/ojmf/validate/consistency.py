"""Whether a document's figures agree with each other: what is judged, and what is found.

The declared arithmetic relations between cells (``ingest.identities``), those between series month
by month (``monthly``), counts that the text states, and answers beside their comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

import polars as pl

from ojmf.declarations import Source
from ojmf.findings import finding_id
from ojmf.ingest.reading import ReadDocument
from ojmf.ingest.source import IngestedDocument
from ojmf.ingest.stated_figures import states
from ojmf.model import Answer, Severity
from ojmf.printed import half_unit, swedish, with_minus
from ojmf.schema import FINDINGS
from ojmf.validate.judgements import EXACT, JUDGEMENTS, NOT_TESTABLE, VIOLATED, Judgement
from ojmf.validate.monthly import care_days, series

IDENTITY, STATED_COUNT, COMMENT = "identity", "stated-count", "comment"
_LEAST_EXPLAINED = 10

_PRINTED = pl.coalesce("raw", "stated_raw").alias("printed")
"""The texts of a relation: what is acknowledged are these, and no others in their place."""

_RESULT = ("line", "table", "row_label", "column_label", "raw")
_COUNTED = {"red": Answer.NO, "yellow": Answer.PARTLY, "green": Answer.YES}
_WORDS = {"rows": "rader", "red": "röda (NEJ)", "yellow": "gula (DELVIS)", "green": "gröna (JA)"}


def account(ingested: IngestedDocument) -> pl.DataFrame:
    """Every instance of every check with its verdict, in the schema ``JUDGEMENTS``."""
    read, cells = ingested.read, ingested.cells
    made = [
        *_identities(read, cells, ingested.verdicts),
        *care_days(read, cells),
        *series(read, cells),
        *_stated_counts(read, cells),
        *_commented(read, cells),
    ]
    values = attrgetter(*JUDGEMENTS)
    return pl.DataFrame([values(one) for one in made], schema=JUDGEMENTS, orient="row")


def findings(ingested: IngestedDocument, instances: pl.Series | None = None) -> pl.DataFrame:
    """What is violated, in the schema ``FINDINGS``; only of these instances, where given."""
    document = pl.lit(ingested.read.source.document)
    broken = account(ingested).filter(verdict=VIOLATED)
    if instances is not None:
        broken = broken.filter(pl.col("instance").is_in(instances.implode()))
    return broken.with_columns(document=document).select(FINDINGS.names())


def accepted_instances(source: Source, terms: pl.DataFrame, cells: pl.DataFrame) -> set[str]:
    """Those instances of identities whose violation a person has acknowledged, as printed."""
    accepted = {entry.finding_id for entry in source.accepted}
    involved = terms.join(cells.select("cell", "raw"), "cell", "left", maintain_order="left")
    printed = involved.group_by("instance", maintain_order=True).agg(_PRINTED)
    return {
        name
        for name, texts in printed.iter_rows()
        if finding_id(IDENTITY, source.id, name, *texts) in accepted
    }


def _identities(
    read: ReadDocument, cells: pl.DataFrame, judged: pl.DataFrame
) -> Iterator[Judgement]:
    source = read.source
    values = {fix.id: fix.value for fix in source.correction}
    corrected = pl.col("correction_id").replace_strict(
        list(values), list(values.values()), default=None, return_dtype=pl.String
    )
    figures = cells.select(
        "cell",
        "line",
        "table",
        "row_label",
        "column_label",
        "raw",
        "value",
        "decimals",
        "shift",
        half=half_unit(pl.col("decimals"), pl.lit(value=False)),
        # A corrected figure is shown with what is printed.
        shown=pl.when(corrected.is_not_null())
        .then(pl.format("{} (i dokumentet ”{}”)", with_minus(corrected), "raw"))
        .otherwise(with_minus(pl.col("raw"))),
    )
    involved = read.terms.join(figures, on="cell", how="left", maintain_order="left").with_columns(
        text=pl.when(pl.col("cell").is_null())
        .then(pl.format("texten: {} (rad {})", with_minus(pl.col("stated_raw")), "stated_line"))
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
        _PRINTED,
        pl.col("text").filter(pl.col("lost")).str.join("; ").alias("without"),
        # What is said of figures that are all in one scale is said in it.
        pl.when(pl.col("shift").n_unique() == 1).then(pl.col("shift").first()).alias("scale"),
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
    declared = {identity.id: identity for identity in source.identity}
    joined = judged.drop("cells").join(result, on="instance", maintain_order="left")
    for row in joined.iter_rows(named=True):
        identity, scale = declared[row["identity_id"]], row["scale"] or 0
        violated = row["verdict"] == VIOLATED
        testable = row["verdict"] != NOT_TESTABLE
        expected = None
        if violated and row["form"] != "ratio":  # with the decimals of the result
            moved = row["residual"]
            moved = -moved / row["factor"] if row["form"] == "equal" else moved
            expected = swedish((row["value"] + moved) / 10**scale, row["decimals"] + scale)
        yield Judgement(
            source_id=source.id,
            check=IDENTITY,
            instance=row["instance"],
            verdict=row["verdict"],
            reason=None if testable else f"utan säkert värde: {row['without']}",
            residual=row["residual"] if testable else None,
            tolerance=row["tolerance"] if testable else None,
            cells=row["cells"],
            expected=expected,
            severity=str(identity.severity) if violated else None,
            message=_broken(row, identity.over, expected) if violated else None,
            finding_id=finding_id(IDENTITY, source.id, row["instance"], *row["printed"]),
            **{name: row[name] for name in _RESULT},
        )


def _broken(row: Mapping[str, Any], over: str, expected: str | None) -> str:
    """What is said of a relation that does not hold."""
    match row["form"]:
        case "ratio":
            said = f"{row['row_label']}: divisionen ger inte det tal som texten anger"
        case "equal":
            said = f"{row['row_label']}, {row['column_label']} {row['shown']} "
            said += f"men motsvarande tal är {expected}"
        case _:
            own = "" if over == "rows" else f", {row['column_label']}"
            said = f"{row['row_label']}{own} {row['shown']} men delarna ger {expected}"
    one = 10 ** (row["scale"] or 0)
    residual, tolerance = (swedish(row[key] / one, most=3) for key in ("residual", "tolerance"))
    rounded = f"det skiljer {residual}, och högst {tolerance} kan vara avrundning"
    return f"{said} ({rounded}): {'; '.join(row['cells'])}"


def _stated_counts(read: ReadDocument, cells: pl.DataFrame) -> Iterator[Judgement]:
    """Counts that the document's text states, found again in its tables."""
    for check in read.source.stated_count:
        own = cells.filter(pl.col("table_id") == check.table)
        if check.what == "rows":
            found = own.select("line", "row_label").n_unique()
        else:
            answers = own.filter(pl.col("geo") == read.source.geo)["answer"]
            found = answers.to_list().count(str(_COUNTED[check.what]))
        holds = found == int(check.raw)
        stated = states(read.document.line(check.line), check.raw)
        unknown = read.document.sha256 is not None and not stated
        title = read.source.table_by_id(check.table).title
        yield Judgement(
            source_id=read.source.id,
            check=STATED_COUNT,
            instance=check.id,
            verdict=NOT_TESTABLE if unknown else EXACT if holds else VIOLATED,
            reason=f"rad {check.line} anger inte {check.raw} i det här dokumentet"
            if unknown
            else None,
            residual=float(found - int(check.raw)),
            tolerance=0.0,
            cells=[f"texten: {check.raw} (rad {check.line})", f"{title}: {found}"],
            line=check.line,
            table=title,
            raw=check.raw,
            expected=None if holds else str(found),
            severity=None if holds else str(check.severity),
            message=None
            if holds
            else f"texten på rad {check.line} anger {check.raw} {_WORDS[check.what]}, men tabellen "
            f"”{title}” har {found}",
            finding_id=finding_id(STATED_COUNT, read.source.id, check.id, check.raw, str(found)),
        )


def _commented(read: ReadDocument, cells: pl.DataFrame) -> Iterator[Judgement]:
    """Each JA with a comment, in a document where comments explain why an answer is not JA.

    That is one where at least ten, and half, of the other answers have a comment, and at most one
    comment in twenty stands beside a JA.
    """
    own = cells.filter(pl.col("geo") == read.source.geo).drop_nulls("answer")
    yes = pl.col("answer") == str(Answer.YES)
    others, commented = own.filter(~yes), own.drop_nulls("comment_line")
    odd = commented.filter(yes)
    explained = commented.height - odd.height
    rare = 20 * odd.height <= commented.height
    if explained < max(_LEAST_EXPLAINED, others.height / 2) or not rare:
        return
    for row in odd.iter_rows(named=True):
        yield Judgement(
            source_id=read.source.id,
            check=COMMENT,
            instance=f"{row['row_label']} | {row['table']}",
            verdict=VIOLATED,
            cells=[f"{row['row_label']}: {row['raw']} (rad {row['line']})"],
            severity=str(Severity.WARNING),
            message=f"{row['row_label']}: svaret är {row['raw']}, men raden har en kommentar, och "
            f"i dokumentet förklarar kommentarer varför svaret inte är JA ({explained} av "
            f"{commented.height}). Läs kommentaren och kontrollera svaret",
            finding_id=finding_id(
                COMMENT, read.source.id, row["table"], row["row_label"], row["raw"]
            ),
            **{name: row[name] for name in _RESULT},
        )
