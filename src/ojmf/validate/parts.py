"""What is validated: a source, a whole document or a file of observations, read without trust."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import CorrectionError, Fault, TableError
from ojmf.findings import LOCATED, Finding, finding, located, without_row
from ojmf.ingest.document import Document
from ojmf.ingest.reading import EXTRACT, names_file, open_given, read
from ojmf.ingest.source import IngestedDocument, resolve
from ojmf.model import Severity
from ojmf.validate import consistency
from ojmf.validate.outcomes import not_run, plain

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

CORRECTION = "correction"
NOT_READ = "not-read"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is validated: its observations, where they can be had, and its findings.

    ``findings`` are ``LOCATED``. ``file`` is the file that findings lead to; ``lines`` its lines,
    as ``file_line`` by the ``line`` of the document or the ``row`` of the observations; None where
    the lines are those of the document. ``kinds`` are the kinds of table that must be there.
    """

    name: str
    file: str
    observations: pl.DataFrame | None = None
    ingested: IngestedDocument | None = None
    findings: pl.DataFrame = field(default_factory=LOCATED.to_frame)
    lines: pl.DataFrame | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def source_id(self) -> str | None:
        """The source that it is, where it is one."""
        return None if self.ingested is None else self.ingested.read.source.id

    def told(self, *more: pl.DataFrame) -> Part:
        """The same part with further findings."""
        return replace(self, findings=pl.concat([self.findings, *more]))


def part_of(workspace: Workspace, given: str, source_id: str | None = None) -> Part:
    """Read what a command line names: a source id, a whole document, a file of observations.

    Faults of a document become findings. Raises ``SelectionError`` for an unknown source,
    ``InputError`` for a file that can't be read, ``UnknownDocumentError`` for a document that no
    source declares.
    """
    path = Path(given)
    if not names_file(workspace, given):
        return of_source(workspace, given)
    from ojmf.validate.observation_files import SUFFIXES

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


def of_source(workspace: Workspace, source_id: str) -> Part:
    """A declared source, read from the extract in its folder; raises as ``part_of``."""
    source, document = open_given(workspace, source_id)
    path = workspace.source_folder(source_id) / EXTRACT
    lines = pl.DataFrame(
        list(document.extract_lines.items()),
        schema={"line": pl.Int32, "file_line": pl.Int64},
        orient="row",
    )
    return of_lines(workspace, source, document, Part(source_id, shown(path), lines=lines))


def of_document(workspace: Workspace, path: Path, source_id: str | None = None) -> Part:
    """A whole document, by its SHA-256 or as the source named; raises as ``part_of``."""
    source, document = open_given(workspace, str(path), source_id)
    return of_lines(workspace, source, document, Part(source.id, shown(path)))


def of_lines(workspace: Workspace, source: Source, document: Document, part: Part) -> Part:
    """Fill in a part from the lines of its document; faults of the document become findings."""
    part = replace(part, kinds=frozenset(t.kind for t in source.table if t.rows != 0))
    try:
        found = read(workspace, source, document)
    except TableError as error:
        return part.told(
            located(
                [
                    *(_fault(source, fault) for fault in error.faults),
                    not_run(
                        f"{source.id}: räknesamband och sviter",
                        "dokumentet kan inte läsas som det är deklarerat; rätta felen ovan först",
                        source_id=source.id,
                        document=source.document,
                    ),
                ]
            )
        )
    try:
        ingested = resolve(found)
        told = ingested.findings
    except CorrectionError:
        # Corrections that the document does not bear out become findings, as in a later edition,
        # so that the rest is judged too.
        ingested = resolve(replace(found, document=replace(document, sha256="")))
        worse = pl.when(pl.col("check") == CORRECTION).then(pl.lit(str(Severity.CRITICAL)))
        told = ingested.findings.with_columns(severity=worse.otherwise("severity"))
    # What is not read only repeats the declaration.
    told = pl.concat([told.filter(pl.col("check") != NOT_READ), consistency.findings(ingested)])
    return replace(
        part.told(without_row(told)),
        ingested=ingested,
        observations=ingested.observations,
    )


def _fault(source: Source, fault: str) -> Finding:
    if not isinstance(fault, Fault):
        return finding(Severity.CRITICAL, "table", fault, source, key=fault)
    return finding(
        Severity.CRITICAL,
        "table",
        fault.detail,
        source,
        key=fault.detail,
        line=fault.line or None,
        table=fault.table,
    )


def of_file(path: Path) -> Part:
    """A ``.csv`` or ``.parquet`` file of observations; raises as ``part_of``."""
    from ojmf.validate.observation_files import read_file

    file = read_file(path)
    found = [*file.findings]
    if file.frame is not None:
        found.append(
            plain(
                Severity.INFO,
                "identities-not-judged",
                f"{path.name}: räknesamband mellan tryckta siffror prövas bara på dokument och "
                "källor, inte på filer med observationer",
                raw=path.name,
            )
        )
    lines = pl.DataFrame({"file_line": file.lines}, schema={"file_line": pl.Int64})
    return Part(
        path.name,
        shown(path),
        file.frame,
        findings=located(found),
        lines=lines.with_row_index("row"),
    )


def shown(path: Path) -> str:
    """A path as it is shown: relative to the current folder where it is below it."""
    resolved = path.resolve()
    here = Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()
