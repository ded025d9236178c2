"""One source from document to observations, with its findings and its account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import CorrectionError
from ojmf.findings import finding, findings_frame
from ojmf.ingest import corrections
from ojmf.ingest.document import Document
from ojmf.ingest.identities import judge
from ojmf.ingest.layouts.locate import Reading
from ojmf.ingest.reading import ReadDocument, open_source, read
from ojmf.model import Severity
from ojmf.printed import squeeze, tokens
from ojmf.schema import OBSERVATIONS

if TYPE_CHECKING:
    from ojmf.declarations.loading import Declarations

_FIGURE = re.compile(r"[-−–]?\d[\d\s]*(?:[.,]\d+)?\s?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_A_ROW = 3

ACCOUNT = pl.Schema(
    {
        "source_id": pl.String,
        "document": pl.String,
        "table": pl.String,
        "heading": pl.String,
        "first_line": pl.Int32,
        "last_line": pl.Int32,
        "cells": pl.UInt32,
        "mapped": pl.UInt32,
        "corrected": pl.UInt32,
        "unreliable": pl.UInt32,
        "blank": pl.UInt32,
        "blank_reasons": pl.String,
        "ignored": pl.UInt32,
        "unexplained": pl.UInt32,
    }
)
"""One row per table. ``cells`` = ``mapped`` + ``unreliable`` + ``blank``; ``corrected`` of the
mapped ones. ``ignored`` counts figures and answers in text that is passed over on purpose, as in
comments, ``unexplained`` those in lines, columns of text and headers that nothing has claimed."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What documents gave: ``OBSERVATIONS``, ``FINDINGS``, and the ``ACCOUNT`` of their tables."""

    observations: pl.DataFrame
    findings: pl.DataFrame
    account: pl.DataFrame


@dataclass(frozen=True)
class IngestedDocument:
    """What one document gave, and how.

    ``cells`` are its cells with the declared corrections applied (``corrections.apply``),
    ``verdicts`` what each declared identity says of them (``identities.VERDICTS``), so that nobody
    has to correct or judge them again; ``judged`` are the cells with their status
    (``corrections.with_status``), ``read`` is the document before that.
    """

    observations: pl.DataFrame
    findings: pl.DataFrame
    read: ReadDocument
    cells: pl.DataFrame
    verdicts: pl.DataFrame
    judged: pl.DataFrame

    @cached_property
    def account(self) -> pl.DataFrame:
        """The account of the document's tables, in the schema ``ACCOUNT``."""
        return account(self.read, self.judged)


def ingest_source(declarations: Declarations, source_id: str) -> IngestedDocument:
    """The observations of a declared source, from the extract in its folder.

    Raises ``SelectionError`` for an unknown source, ``InputError``, ``TableError`` or
    ``CorrectionError`` where extract and declaration do not fit.
    """
    return resolve(read(declarations, *open_source(declarations, source_id)))


def resolve(document: ReadDocument, *, ignore_corrections: bool = False) -> IngestedDocument:
    """Apply and prove the corrections, judge the identities, and give every cell its status.

    Raises ``CorrectionError`` where a correction matches nothing or its proof does not hold. In
    another edition than the declared one these are findings: a correction that matches nothing is
    left out, and a figure whose proof fails is carried without a value.
    """
    source, terms = document.source, document.terms
    if ignore_corrections:
        source = source.model_copy(update={"correction": (), "unreadable": ()})
    cells, source, unmatched = corrections.apply(source, document.cells)
    verdicts = judge(terms, cells)
    unproved = corrections.prove(source, cells, terms, verdicts)
    if (unmatched or unproved) and not document.other_edition:
        raise CorrectionError([*unmatched, *unproved])
    told = [
        finding(
            severity,
            "correction",
            fault,
            source,
            key=fault.detail,
            line=fault.line,
            table=fault.table,
        )
        for severity, faults in ((Severity.CRITICAL, unmatched), (Severity.WARNING, unproved))
        for fault in faults
    ]
    judged = corrections.with_status(source, cells, terms, verdicts)
    observations = judged.with_columns(
        source_id=pl.lit(source.id), document=pl.lit(source.document)
    ).select(OBSERVATIONS.names())
    return IngestedDocument(
        observations.cast(OBSERVATIONS),
        pl.concat([document.findings, findings_frame(told)]),
        document,
        cells,
        verdicts,
        judged,
    )


def account(read: ReadDocument, judged: pl.DataFrame) -> pl.DataFrame:
    """The account of a document that has been read, in the schema ``ACCOUNT``."""
    source, document, readings = read.source, read.document, read.readings
    blank = pl.col("missing_status").is_not_null()
    per_table = judged.group_by("table_id", maintain_order=True).agg(
        cells=pl.len(),
        mapped=(~blank & ~pl.col("lost")).sum(),
        corrected=(pl.col("correction_id").is_not_null() & ~pl.col("lost")).sum(),
        unreliable=(~blank & pl.col("lost")).sum(),
        blank=blank.sum(),
    )
    reasons = (
        judged.filter(blank)
        .group_by("table_id", "missing_note", maintain_order=True)
        .len()
        .group_by("table_id", maintain_order=True)
        .agg(blank_reasons=pl.format("{}: {}", "missing_note", "len").str.join(", "))
    )
    lines = pl.DataFrame(
        [
            {
                "table_id": reading.table.id,
                "table": reading.table.title,
                "heading": reading.table.heading,
                "first_line": min(reading.kept, default=0),
                "last_line": max(reading.kept, default=0),
            }
            for reading in readings
        ]
    )
    passed = pl.DataFrame(
        [
            {"table_id": reading.table.id, "ignored_text": text, "unclaimed": unclaimed}
            for reading in readings
            for unclaimed, texts in (
                (False, [text for _, text in reading.ignored]),
                (True, [*unclaimed_lines(document, reading), *reading.unclaimed]),
                (True, figures_in_header(document, reading)),
            )
            for text in texts
        ],
        schema={"table_id": pl.String, "ignored_text": pl.String, "unclaimed": pl.Boolean},
    )
    counted = (
        passed.with_columns(n=tokens(pl.col("ignored_text")))
        .group_by("table_id")
        .agg(
            ignored=pl.col("n").filter(~pl.col("unclaimed")).sum(),
            unexplained=pl.col("n").filter(pl.col("unclaimed")).sum(),
        )
    )
    return (
        lines.join(per_table, on="table_id", how="left", maintain_order="left")
        .join(reasons, on="table_id", how="left", maintain_order="left")
        .join(counted, on="table_id", how="left", maintain_order="left")
        .with_columns(
            pl.lit(source.id).alias("source_id"),
            pl.lit(source.document).alias("document"),
            pl.col("blank_reasons").fill_null(""),
            pl.col("cells", "mapped", "corrected", "unreliable", "blank").fill_null(0),
            pl.col("ignored", "unexplained").fill_null(0),
        )
        .select(ACCOUNT.names())
        .cast(ACCOUNT)
    )


def unclaimed_lines(document: Document, reading: Reading) -> list[str]:
    """The lines between a table's first and last that neither its rows nor its declaration know."""
    if not reading.kept:
        return []
    claimed = set(reading.kept) | {number for number, _ in reading.ignored}
    # The anchor may stand far above its table; the table begins with the next line kept.
    first = sorted(reading.kept)[min(1, len(reading.kept) - 1)]
    return [
        text
        for number in range(first, max(reading.kept) + 1)
        if number not in claimed and (text := document.line(number)).strip()
    ]


def figures_in_header(document: Document, reading: Reading) -> list[str]:
    """The cells of a header that are figures, as where it has swallowed a row of them.

    Years are none, nor are numbers in a row (of months, questions or columns), nor what stands over
    a column whose declaration says why it is passed over.
    """
    columns = reading.table.columns
    found: list[str] = []
    for number in reading.header:
        cells = [squeeze(cell) for cell in document.line(number).split("\t")]
        figures = [
            text
            for index, text in enumerate(cells)
            if _FIGURE.fullmatch(text)
            and not _YEAR.fullmatch(text)
            and not (index < len(columns) and columns[index].ignore)
        ]
        counted = [int(text) for text in figures if text.isdecimal() and len(text) <= _IN_A_ROW]
        rising = all(after - before == 1 for before, after in pairwise(counted))
        if len(counted) < len(figures) or not rising or len(counted) == 1:
            found += figures
    return found
