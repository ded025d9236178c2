"""What is validated: a source, a whole document or a file of observations, read without trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import CorrectionError, Fault, TableError
from ojmf.findings import finding, finding_id
from ojmf.ingest.document import Document, read_document, read_extract
from ojmf.ingest.source import EXTRACT, Read, identify, read, settle
from ojmf.model import Severity
from ojmf.validate.files import SUFFIXES, read_file
from ojmf.validate.outcomes import not_run

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

DECLARED = {"not-read"}
"""Findings of ingest that only repeat what the source declares."""


@dataclass(slots=True)
class Part:
    """One thing that is validated: its observations, where they can be had, and its findings.

    ``file`` is the file that findings lead to; ``lines`` maps its lines: a document's line to that
    of the file, or for a file of observations the row to the line. ``kinds`` are the kinds of table
    that must be there.
    """

    name: str
    file: str
    observations: pl.DataFrame | None = None
    read: Read | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)
    lines: Mapping[int, int] | Sequence[int] | None = None
    kinds: frozenset[str] = frozenset()

    def place(self, row: Mapping[str, Any]) -> tuple[str, int | None]:
        """The file and line that a finding leads to."""
        if self.lines is None:
            return self.file, row["line"]
        if isinstance(self.lines, Mapping):
            return self.file, self.lines.get(row["line"])
        return self.file, None if row.get("row") is None else self.lines[row["row"]]


def part_of(workspace: Workspace, given: str, source_id: str | None = None) -> Part:
    """Read what a command line names: a source id, a whole document, a file of observations.

    Faults of a document become findings. Raises ``SelectionError`` for an unknown source,
    ``InputError`` for a file that can't be read, ``UnknownDocumentError`` for a document that no
    source declares.
    """
    path = Path(given)
    if not names_file(workspace, given):
        return of_source(workspace, given)
    if path.suffix.lower() in SUFFIXES:
        return of_file(path)
    return of_document(workspace, path, source_id)


def names_file(workspace: Workspace, given: str) -> bool:
    """Whether a word of the command line names a file and not a source."""
    path = Path(given)
    looks_like_file = len(path.parts) > 1 or bool(path.suffix)
    return path.is_file() or (looks_like_file and given not in workspace.sources)


def of_source(workspace: Workspace, source_id: str) -> Part:
    """A declared source, read from the extract in its folder; raises as ``part_of``."""
    source = workspace.source(source_id)
    path = workspace.source_folder(source_id) / EXTRACT
    document = read_extract(path, source.document)
    lines = {
        int(text.partition("\t")[0]): number
        for number, text in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1)
        if text
    }
    return _of_lines(workspace, source, document, Part(source_id, shown(path), lines=lines))


def of_document(workspace: Workspace, path: Path, source_id: str | None = None) -> Part:
    """A whole document, by its SHA-256 or as the source named; raises as ``part_of``."""
    source = workspace.source(source_id) if source_id is not None else identify(workspace, path)
    return _of_lines(workspace, source, read_document(path), Part(source.id, shown(path)))


def _of_lines(workspace: Workspace, source: Source, document: Document, part: Part) -> Part:
    part.kinds = frozenset(table.kind for table in source.table if table.rows != 0)
    try:
        part.read = read(workspace, source, document)
        part.findings += _identity_findings(part.read)
        settled = settle(part.read)
    except (TableError, CorrectionError) as error:
        check = "table" if isinstance(error, TableError) else "correction"
        part.findings += [_fault(source, check, fault) for fault in error.faults]
        part.findings.append(
            not_run(
                f"{source.id}: sviterna",
                "dokumentet kan inte läsas som det är deklarerat; rätta felen ovan först",
                source_id=source.id,
                document=source.document,
            )
        )
        return part
    part.findings += [row for row in settled.findings.to_dicts() if row["check"] not in DECLARED]
    part.observations = settled.observations
    return part


def _identity_findings(read: Read) -> list[dict[str, Any]]:
    try:
        from ojmf.validate.identities import findings
    except ImportError:
        return []
    return findings(read).to_dicts()


def _fault(source: Source, check: str, fault: str) -> dict[str, Any]:
    detail, line, table = fault, None, None
    if isinstance(fault, Fault):
        detail, line, table = fault.detail, fault.line, fault.table
    row = finding(Severity.CRITICAL, check, detail, source, line=line, table=table)
    return row | {"finding_id": finding_id(check, source.id, detail), "row": None}


def of_file(path: Path) -> Part:
    """A ``.csv`` or ``.parquet`` file of observations; raises as ``part_of``."""
    file = read_file(path)
    lines: Sequence[int] | Mapping[int, int] = file.lines or {}
    return Part(path.name, shown(path), file.frame, findings=file.findings, lines=lines)


def shown(path: Path) -> str:
    """A path as it is shown: relative to the current folder where it is below it."""
    resolved = path.resolve()
    here = Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()
