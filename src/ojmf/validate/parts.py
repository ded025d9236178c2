"""What is validated: a source, a whole document or a file of observations, read without trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import CorrectionError, Fault, TableError
from ojmf.findings import finding, finding_id
from ojmf.ingest import readers
from ojmf.ingest.document import Document, read_extract
from ojmf.ingest.reading import Read, identify, read
from ojmf.ingest.source import EXTRACT, settle
from ojmf.model import Severity
from ojmf.validate import consistency as identities
from ojmf.validate.observation_files import SUFFIXES, read_file
from ojmf.validate.outcomes import not_run, plain

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

CORRECTION = "correction"
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


def source_of(workspace: Workspace, given: str) -> str:
    """The source whose folder a path leads into, or the word as it was given."""
    path = Path(given).resolve()
    if path.exists():
        for folder in (path, path.parent):
            if folder.name in workspace.sources and folder.samefile(
                workspace.source_folder(folder.name)
            ):
                return folder.name
    return given


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
        int(text.partition("\t")[0].partition(" ")[0]): number
        for number, text in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1)
        if text
    }
    return of_lines(workspace, source, document, Part(source_id, shown(path), lines=lines))


def of_document(workspace: Workspace, path: Path, source_id: str | None = None) -> Part:
    """A whole document, by its SHA-256 or as the source named; raises as ``part_of``."""
    source = workspace.source(source_id) if source_id is not None else identify(workspace, path)
    return of_lines(workspace, source, readers.read_file(path), Part(source.id, shown(path)))


def of_lines(workspace: Workspace, source: Source, document: Document, part: Part) -> Part:
    """Fill in a part from the lines of its document; faults of the document become findings."""
    part.kinds = frozenset(table.kind for table in source.table if table.rows != 0)
    try:
        part.read = read(workspace, source, document)
    except TableError as error:
        part.findings += [_fault(source, fault) for fault in error.faults]
        part.findings.append(
            not_run(
                f"{source.id}: räknesamband och sviter",
                "dokumentet kan inte läsas som det är deklarerat; rätta felen ovan först",
                source_id=source.id,
                document=source.document,
            )
        )
        return part
    try:
        settled = settle(part.read)
    except CorrectionError:
        part.read = _as_other_edition(part.read)
        settled = settle(part.read)
        worse = pl.when(pl.col("check") == CORRECTION).then(pl.lit(str(Severity.CRITICAL)))
        graver = settled.findings.with_columns(severity=worse.otherwise("severity"))
        part.findings += graver.to_dicts()
    else:
        part.findings += settled.findings.to_dicts()
    part.findings = [row for row in part.findings if row["check"] not in DECLARED]
    part.findings += identities.findings(part.read).to_dicts()
    part.observations = settled.observations
    return part


def _as_other_edition(read: Read) -> Read:
    """The same document, read without trust in the corrections that it does not bear out.

    As in a later edition these become findings, so that the rest is judged too.
    """
    return replace(read, document=replace(read.document, sha256=""))


def _fault(source: Source, fault: str) -> dict[str, Any]:
    detail, line, table = fault, None, None
    if isinstance(fault, Fault):
        detail, line, table = fault.detail, fault.line, fault.table
    row = finding(Severity.CRITICAL, "table", detail, source, line=line or None, table=table)
    return row | {"finding_id": finding_id("table", source.id, detail), "row": None}


def of_file(path: Path) -> Part:
    """A ``.csv`` or ``.parquet`` file of observations; raises as ``part_of``."""
    file = read_file(path)
    if file.frame is not None:
        file.findings.append(
            plain(
                Severity.INFO,
                "identities-not-judged",
                f"{path.name}: räknesamband mellan tryckta siffror prövas bara på dokument och "
                "källor, inte på filer med observationer",
                raw=path.name,
            )
        )
    lines: Sequence[int] | Mapping[int, int] = file.lines or {}
    return Part(path.name, shown(path), file.frame, findings=file.findings, lines=lines)


def shown(path: Path) -> str:
    """A path as it is shown: relative to the current folder where it is below it."""
    resolved = path.resolve()
    here = Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()
