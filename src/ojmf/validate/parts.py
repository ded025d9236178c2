"""What is validated: a source, a whole document or a file of observations, read without trust."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.errors import CorrectionError, Fault, InputError, TableError
from ojmf.findings import LOCATED, Finding, finding, located, without_row
from ojmf.ingest.document import Document
from ojmf.ingest.reading import EXTRACT, names_file, open_given, read
from ojmf.ingest.source import IngestedDocument, resolve
from ojmf.model import Severity
from ojmf.validate import consistency
from ojmf.validate.gone import rested_on
from ojmf.validate.outcomes import not_run, plain
from ojmf.validate.review import REVIEWED, against_edition, against_review
from ojmf.validate.suite_files import REGISTERS

if TYPE_CHECKING:
    from ojmf.validate.kept import Kept
    from ojmf.workspace import Workspace

CORRECTION = "correction"
NOT_READ = "not-read"
_OWN_FILE = re.compile(
    r"data/(concepts|indicators|language|references|sources)/.+|data/[^/]+\.(csv|toml)"
    r"|expectations/[^/]+\.json"
)
"""The files of a workspace that it reads by itself; a document may be kept beside them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is validated: its observations, where they can be had, and its findings.

    ``findings`` are ``LOCATED``. ``file`` is the file that findings lead to; ``lines`` its lines,
    as ``file_line`` by the ``line`` of the document or the ``row`` of the observations; None where
    the lines are those of the document. ``kinds`` are the kinds of table that must be there.
    ``subject`` is that of the suites that judge the part; a register has its rows in the workspace.
    ``prose`` says that the findings hold those of its sentences too.
    """

    name: str
    file: str
    observations: pl.DataFrame | None = None
    ingested: IngestedDocument | None = None
    findings: pl.DataFrame = field(default_factory=LOCATED.to_frame)
    lines: pl.DataFrame | None = None
    kinds: frozenset[str] = frozenset()
    subject: str = "observations"
    prose: bool = False

    @property
    def source_id(self) -> str | None:
        """The source that it is, where it is one."""
        return None if self.ingested is None else self.ingested.read.source.id

    def told(self, *more: pl.DataFrame) -> Part:
        """The same part with further findings."""
        return replace(self, findings=pl.concat([self.findings, *more]))


def part_of(workspace: Workspace, given: str, source_id: str | None = None) -> Part:
    """Read what a command line names: a source of any kind, a register, a document, observations.

    Faults of a document become findings. Raises ``SelectionError`` for an unknown source,
    ``InputError`` for a file that can't be read, ``UnknownDocumentError`` for a document that no
    source declares.
    """
    path = Path(given)
    if given in workspace.fetched or given in workspace.references:
        return of_values(workspace, given)
    if given in REGISTERS and given not in workspace.sources:
        told = rested_on(workspace) if given == "catalogue" else LOCATED.to_frame()
        return Part(REGISTERS[given], shown(workspace.root / "data"), findings=told, subject=given)
    if not names_file(workspace, given):
        return of_source(workspace, given)
    from ojmf.validate.observation_files import SUFFIXES

    if path.suffix.lower() in SUFFIXES:
        return of_file(path)
    return of_document(workspace, path, source_id)


def everything(workspace: Workspace) -> list[str]:
    """The ids of all that can be validated: reports, fetched figures, references, registers."""
    return [*workspace.sources, *workspace.fetched, *workspace.references, *REGISTERS]


def held_by(workspace: Workspace, given: str) -> list[str]:
    """What a word of the command line is about: itself, or what its file in the workspace changes.

    A file of a source stands for it, one that other sources may rest on for all of them; it need
    not be there any more.
    """
    path = Path(given).resolve()
    root = workspace.root.resolve()
    if given in everything(workspace) or not path.is_relative_to(root):
        return [given]
    if not _OWN_FILE.fullmatch(path.relative_to(root).as_posix()):
        return [given]
    for name in (*workspace.sources, *workspace.fetched):
        if path.is_relative_to(workspace.source_folder(name).resolve()):
            return [name]
    for name, file in workspace.references.items():
        if path.with_suffix("") == file.path.resolve().with_suffix(""):
            return [name]
    return everything(workspace)


def of_source(workspace: Workspace, source_id: str) -> Part:
    """A declared source, read from the extract in its folder; raises as ``part_of``."""
    path = workspace.source_folder(source_id) / EXTRACT
    try:
        source, document = open_given(workspace, source_id)
    except InputError as error:
        told = not_run(f"{source_id}: räknesamband och sviter", str(error), source_id=source_id)
        return Part(source_id, shown(path), findings=located([told]))
    return _reviewed(of_lines(workspace, source, document, _of_extract(path, document)), path)


def beside_edition(workspace: Workspace, part: Part) -> Part:
    """A document's part with what differs from the edition that the workspace has of its source."""
    if part.ingested is None or not part.ingested.read.other_edition:
        return part
    source = part.ingested.read.source
    if not (workspace.source_folder(source.id) / EXTRACT).is_file():
        return part
    held = of_source(workspace, source.id).observations
    if held is None:
        return part
    return part.told(against_edition(source, part.ingested.observations, held))


def of_ingested(workspace: Workspace, ingested: IngestedDocument, kept: Kept) -> Part:
    """A declared source whose extract has been ingested already; what is kept is not judged."""
    source, document = ingested.read.source, ingested.read.document
    path = workspace.source_folder(source.id) / EXTRACT
    part = replace(_of_extract(path, document), kinds=_kinds(source))
    digest = _digest(workspace, source, path, path.with_name(REVIEWED))
    if digest not in kept.entries:
        whole = _reviewed(_judged(part, ingested, ingested.findings), path)
        kept.keep(digest, [list(row) for row in whole.findings.iter_rows()])
    found = pl.DataFrame(kept.entries[digest], schema=LOCATED, orient="row")
    return replace(part.told(found), ingested=ingested, observations=ingested.observations)


def _digest(workspace: Workspace, source: Source, *files: Path) -> str:
    """The SHA-256 of all that a source's own findings depend on."""
    told = hashlib.sha256(f"source {source.model_dump_json()}".encode())
    for frame in (workspace.indicators, workspace.geography):
        told.update(frame.write_json().encode())
    for path in files:
        told.update(path.read_bytes() if path.is_file() else b"")
        told.update(b"\x00")
    return told.hexdigest()


def _of_extract(path: Path, document: Document) -> Part:
    lines = pl.DataFrame(
        list(document.extract_lines.items()),
        schema={"line": pl.Int32, "file_line": pl.Int64},
        orient="row",
    )
    return Part(path.parent.name, shown(path), lines=lines)


def _reviewed(part: Part, extract: Path) -> Part:
    """The part with what differs from the observations that a person has reviewed."""
    path = extract.with_name(REVIEWED)
    if part.ingested is None or not path.is_file():
        return part
    return part.told(against_review(part.ingested.read.source, part.ingested.observations, path))


def _kinds(source: Source) -> frozenset[str]:
    """The kinds of table that must be there."""
    return frozenset(table.kind for table in source.table if table.rows != 0)


def of_values(workspace: Workspace, source_id: str) -> Part:
    """A source that no report prints: fetched figures, or the values of all municipalities."""
    if source_id in workspace.fetched:
        fetched = workspace.fetched[source_id]
        return Part(source_id, shown(fetched.figures), fetched.observations())
    file = workspace.references[source_id]
    return Part(source_id, shown(file.path), file.observations)


def of_document(workspace: Workspace, path: Path, source_id: str | None = None) -> Part:
    """A whole document, by its SHA-256 or as the source named; raises as ``part_of``."""
    source, document = open_given(workspace, str(path), source_id)
    return of_lines(workspace, source, document, Part(source.id, shown(path)))


def of_lines(workspace: Workspace, source: Source, document: Document, part: Part) -> Part:
    """Fill in a part from the lines of its document; faults of the document become findings."""
    part = replace(part, kinds=_kinds(source))
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
    return _judged(part, ingested, told)


def _judged(part: Part, ingested: IngestedDocument, told: pl.DataFrame) -> Part:
    """A part with its observations, what was told of them, and whether they agree."""
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
                f"{path.name}: summor prövas bara på dokument och "
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
