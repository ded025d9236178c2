"""The account of a document: what became of every figure and answer in its declared tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ojmf.declarations import Source
from ojmf.ingest.document import Document
from ojmf.ingest.layouts.cells import Reading
from ojmf.printed import tokens

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
mapped ones. ``ignored`` and ``unexplained`` count figures and answers in text that is passed over
on purpose (comments, footnotes) and in lines of the table that nothing has claimed."""


def account(
    source: Source, document: Document, readings: Sequence[Reading], settled: pl.DataFrame
) -> pl.DataFrame:
    """The account of a document that has been read, in the schema ``ACCOUNT``."""
    blank = pl.col("missing_status").is_not_null()
    per_table = settled.group_by("table_id", maintain_order=True).agg(
        cells=pl.len(),
        mapped=(~blank & ~pl.col("lost")).sum(),
        corrected=(pl.col("correction_id").is_not_null() & ~pl.col("lost")).sum(),
        unreliable=(~blank & pl.col("lost")).sum(),
        blank=blank.sum(),
    )
    reasons = (
        settled.filter(blank)
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
                (True, unclaimed_lines(document, reading)),
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
