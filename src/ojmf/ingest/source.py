"""One source from document to observations, with its findings and its account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import (
    CorrectionError,
    InputError,
)
from ojmf.findings import finding, findings_frame
from ojmf.ingest import corrections
from ojmf.ingest.account import account
from ojmf.ingest.document import read_extract
from ojmf.ingest.identities import judge
from ojmf.ingest.reading import Read, read, read_whole
from ojmf.model import Severity
from ojmf.schema import OBSERVATIONS

if TYPE_CHECKING:
    from ojmf.declarations.loading import Declarations

EXTRACT = "extract.txt"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a document gave: ``OBSERVATIONS``, ``FINDINGS``, and the account per table."""

    observations: pl.DataFrame
    findings: pl.DataFrame
    account: pl.DataFrame


def names_file(declarations: Declarations, given: str) -> bool:
    """Whether a word of the command line names a file and not a source."""
    path = Path(given)
    looks_like_file = len(path.parts) > 1 or bool(path.suffix)
    return path.is_file() or (looks_like_file and given not in declarations.sources)


def read_given(declarations: Declarations, given: str, source_id: str | None = None) -> Read:
    """Read what a command line names, a source id or a whole document, without judging it.

    ``source_id`` is the declaration that a whole document is read by; else it is known by its
    SHA-256. Raises as ``ingest_source`` and ``ingest_document`` do.
    """
    if names_file(declarations, given):
        return read_whole(declarations, Path(given), source_id)
    return read_source(declarations, given)


def read_source(declarations: Declarations, source_id: str) -> Read:
    """Read a declared source from the extract in its folder; raises as ``ingest_source`` does."""
    source = declarations.source(source_id)
    path = declarations.source_folder(source_id) / EXTRACT
    if not path.is_file():
        raise InputError(
            f"{path}: utdraget saknas. Gör det av dokumentet: ojmf extract FIL --source "
            f"{source_id} --output {path}"
        )
    return read(declarations, source, read_extract(path, source.document))


def ingest_source(declarations: Declarations, source_id: str) -> Ingested:
    """The observations of a declared source, from the extract in its folder.

    Raises ``SelectionError`` for an unknown source, ``InputError``, ``TableError`` or
    ``CorrectionError`` where extract and declaration do not fit.
    """
    return settle(read_source(declarations, source_id))


def ingest_document(
    declarations: Declarations, path: Path, source_id: str | None = None
) -> Ingested:
    """The observations of a whole document.

    The declaration is found by the file's SHA-256, or is the one named: then another hash is a
    finding. Raises ``UnknownDocumentError`` where no declaration has the hash.
    """
    return settle(read_whole(declarations, path, source_id))


def settle(read: Read, *, ignore_corrections: bool = False) -> Ingested:
    """Apply and prove the corrections, and give every cell its status.

    Raises ``CorrectionError`` where a correction matches nothing or its proof does not hold. In
    another edition than the declared one these are findings: a correction that matches nothing is
    left out, and a figure whose proof fails is carried without a value.
    """
    source, cells, findings = _corrected(read, ignore_corrections=ignore_corrections)
    settled = corrections.settle(source, cells, read.terms)
    observations = settled.with_columns(
        source_id=pl.lit(source.id), document=pl.lit(source.document)
    ).select(OBSERVATIONS.names())
    return Ingested(
        observations.cast(OBSERVATIONS),
        findings,
        account(source, read.document, read.readings, settled),
    )


def verdicts(read: Read, *, ignore_corrections: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The corrected cells of a document and the verdict of every identity over them.

    Raises as ``settle`` does.
    """
    _, cells, _ = _corrected(read, ignore_corrections=ignore_corrections)
    return cells, judge(read.terms, cells)


def _corrected(
    read: Read, *, ignore_corrections: bool
) -> tuple[Source, pl.DataFrame, pl.DataFrame]:
    source = read.source
    if ignore_corrections:
        source = source.model_copy(update={"correction": (), "unreadable": ()})
    source, unmatched = corrections.sift(source, read.cells)
    cells = corrections.apply(source, read.cells)
    unproved = corrections.prove(source, cells, read.terms)
    if (unmatched or unproved) and not read.other_edition:
        raise CorrectionError([*unmatched, *unproved])
    rows = [
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
    return source, cells, pl.concat([read.findings, findings_frame(rows)])


__all__ = ["EXTRACT", "Ingested", "InputError", "ingest_document", "ingest_source"]
