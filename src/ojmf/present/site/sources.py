"""The page of the sources: a table of all that the figures come from, and every correction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from ojmf.declarations import Source
from ojmf.present.annex.documents import Document, document_of
from ojmf.present.formats import iso_in_words
from ojmf.present.site import pages
from ojmf.present.site.claims import CLAIMS
from ojmf.present.site.provenance import CORRECTED, correction_text
from ojmf.present.words import capital, count_word, whole
from ojmf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the table; ``claims`` leads to the page of its claims, where it has one."""

    document: Document
    period: str
    figures: str
    tables: str
    claims: str | None
    corrections: tuple[tuple[str, str, str], ...]


def sources_page(workspace: Workspace, cells: pl.DataFrame, audited: Collection[str]) -> bytes:
    """The page of the sources that the figures come from, reports first."""
    counts = cells.group_by("source_id", maintain_order=True).len()
    # A correction of a figure that is held back would tell it.
    corrected_cells = cells.drop_nulls("correction_id")
    rows = [
        _row(workspace, document, count, audited, corrected_cells.filter(source_id=source_id))
        for source_id, count in counts.iter_rows()
        if source_id and (document := document_of(workspace, source_id))
    ]
    rows.sort(key=lambda row: row.document.id not in workspace.documents)
    corrected = sum(len(row.corrections) for row in rows)
    return pages.page(
        "sources",
        "Källor och rättelser",
        [("Start", "index.html"), ("Källor och rättelser", None)],
        "",
        lead=_lead(len(rows), corrected),
        about="",
        sources=rows,
        with_claims=any(row.claims for row in rows),
    )


def _lead(documents: int, corrected: int) -> str:
    if not documents:
        return "Inga dokument används."
    noun = "källa" if documents == 1 else "källor"
    said = f"Uppgifterna kommer från {count_word(documents, 'en')} {noun}."
    if not corrected:
        return f"{said} Inget tal är rättat."
    if corrected == 1:
        return f"{said} Ett tal är rättat, och skälet står vid det."
    number = capital(count_word(corrected))
    return f"{said} {number} tal är rättade, vart och ett med skäl."


def _row(
    workspace: Workspace,
    document: Document,
    count: int,
    audited: Collection[str],
    corrected: pl.DataFrame,
) -> SourceRow:
    source = workspace.sources.get(document.id)
    titles = dict.fromkeys(table.title for table in source.table) if source else {}
    here = corrected.select("table", "row_label").unique(maintain_order=True)
    return SourceRow(
        document,
        iso_in_words(document.reporting_period) if document.reporting_period else "",
        whole(count),
        ", ".join(titles),
        f"{CLAIMS}/{document.id}.html" if document.id in audited else None,
        _corrections(source, {*corrected["correction_id"]})
        if source
        else tuple((table or "", row or "", CORRECTED) for table, row in here.iter_rows()),
    )


def _corrections(source: Source, told: Collection[str]) -> tuple[tuple[str, str, str], ...]:
    """Table, row and what was done, of each correction of a figure that is shown."""
    return tuple(
        (
            source.table_by_id(correction.table).title,
            correction.row,
            correction_text(source, correction.id),
        )
        for correction in source.correction
        if correction.id in told
    )
