"""A document read by its declaration, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.declarations import Source
from ojmf.declarations.catalogue import Catalogue
from ojmf.errors import (
    DeclarationError,
    Fault,
    InputError,
    TableError,
    UnknownDocumentError,
)
from ojmf.findings import finding, findings_frame
from ojmf.geography import Gazetteer
from ojmf.ingest.document import Document, file_sha256, read_extract, write_extract
from ojmf.ingest.harmonise import NO_FIGURE, cells_frame, literal, spellings
from ojmf.ingest.identities import terms
from ojmf.ingest.layouts.locate import REDACTED, Reading, Window, leftovers, passages, windows
from ojmf.ingest.layouts.scanned import read_pinned, read_tail
from ojmf.ingest.layouts.tabbed import read_grid, read_list, read_months
from ojmf.ingest.other_document import another_period, another_place, strange_times
from ojmf.ingest.otherwise_shown import shown_otherwise
from ojmf.ingest.stated_figures import not_stated, unstated_findings
from ojmf.model import Severity

if TYPE_CHECKING:
    from ojmf.declarations.loading import Declarations

EXTRACT = "extract.txt"


_OPENING = 60  # lines: a title page and what is before the first table


def extract_text(read: ReadDocument, *, comments: bool = False) -> str:
    """The text of an extract that ingests to the same observations as the whole document.

    Labels and figures are kept; footnotes and other text in the tables are not, nor is anything
    outside them but the line that each table is found by. Comments are kept only where asked for.
    """
    kept = {number: text for reading in read.readings for number, text in reading.kept.items()}
    if comments:
        for reading in read.readings:
            places = [i for i, c in enumerate(reading.table.columns) if c.content == "comment"]
            for number in reading.kept:
                kept[number] = _with_comments(
                    kept[number].split("\t"), read.document.line(number).split("\t"), places
                )
    return write_extract(kept, read.document)


def _with_comments(kept: list[str], printed: list[str], places: list[int]) -> str:
    """A kept line with what the document has in the columns of comments."""
    for place in places:
        if place < min(len(kept), len(printed)) and kept[place] == REDACTED:
            kept[place] = printed[place]
    return "\t".join(kept)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that has been read but not yet judged: literal cells, readings and findings."""

    source: Source
    document: Document
    readings: list[Reading]
    cells: pl.DataFrame
    terms: pl.DataFrame
    findings: pl.DataFrame
    catalogue: Catalogue

    @property
    def other_edition(self) -> bool:
        """Whether this is a whole document, but not the one that the source declares."""
        return self.document.sha256 not in {None, self.source.sha256}


def read_whole(
    declarations: Declarations, path: Path, source_id: str | None = None
) -> ReadDocument:
    """Read a whole document without judging it.

    The declaration is found by the file's SHA-256, or is the one named: then another hash is a
    finding. Raises as ``identify`` and ``read``.
    """
    return read(declarations, *_open_file(declarations, path, source_id))


def read_given(
    declarations: Declarations, given: str, source_id: str | None = None
) -> ReadDocument:
    """Read what a command line names without judging it; raises as ``open_given`` and ``read``."""
    return read(declarations, *open_given(declarations, given, source_id))


def names_file(declarations: Declarations, given: str) -> bool:
    """Whether a word of the command line names a file and not a source."""
    path = Path(given)
    looks_like_file = len(path.parts) > 1 or bool(path.suffix)
    return path.is_file() or (looks_like_file and given not in declarations.sources)


def open_given(
    declarations: Declarations, given: str, source_id: str | None = None
) -> tuple[Source, Document]:
    """The source and the document that a word of the command line names: a file, or a source.

    A file's source is found by its SHA-256, or is the one named. Raises ``SelectionError`` for an
    unknown source and otherwise as ``identify`` does.
    """
    if names_file(declarations, given):
        return _open_file(declarations, Path(given), source_id)
    return open_source(declarations, given)


def open_source(declarations: Declarations, source_id: str) -> tuple[Source, Document]:
    """A declared source and the extract in its folder; raises as ``open_given``."""
    source = declarations.source(source_id)
    path = declarations.source_folder(source_id) / EXTRACT
    if not path.is_file():
        raise InputError(
            f"{path}: utdraget saknas. Gör det av dokumentet: ojmf extract FIL --source "
            f"{source_id} --output {path}"
        )
    return source, read_extract(path, source.document)


def _open_file(
    declarations: Declarations, path: Path, source_id: str | None
) -> tuple[Source, Document]:
    source = declarations.source(source_id) if source_id else identify(declarations, path)
    from ojmf.ingest.readers import read_file

    return source, read_file(path)


def identify(declarations: Declarations, path: Path) -> Source:
    """The source that declares the file, by its SHA-256.

    Raises ``InputError`` for a file that can't be read, ``UnknownDocumentError`` where no
    declaration has the hash, ``DeclarationError`` where only a draft has it.
    """
    digest = file_sha256(path)
    source = next((s for s in declarations.sources.values() if s.sha256 == digest), None)
    if source is None:
        draft = next((d for d in declarations.drafts.values() if d.sha256 == digest), None)
        if draft is not None:
            raise DeclarationError(draft.faults)
        from ojmf.ingest.readers import read_file

        read_file(path)
        known = ", ".join(declarations.sources)
        raise UnknownDocumentError(
            f"{path}: filen hör inte till någon källa i {declarations.root / 'data' / 'sources'} "
            f"(sha256 {digest[:12]}…). Är den en ny version av en källa, ange --source ID "
            f"({known}). Är den ny, kör ojmf source new FIL."
        )
    return source


def read(declarations: Declarations, source: Source, document: Document) -> ReadDocument:
    """Find and read every declared table of a document.

    Raises ``TableError`` with all faults: tables that are missing, changed or there twice, rows
    with too many cells, unknown labels, lines that look like a table but are not declared. A
    document of another period or municipality than the declared one is not read at all.
    """
    found, faults = windows(document, source)
    before_tables = min((window.anchor for window in found if window.anchor), default=_OPENING)
    opening = min(before_tables, _OPENING)
    another = another_period(source, document, opening)
    places = Gazetteer.of(declarations.geography, source.groups)
    if another := another or another_place(source, document, places):
        raise TableError(document.placed([another]))
    readings = [read_table(declarations, source, document, window) for window in found]
    used = {number for reading in readings for number in reading.kept}
    faults += [
        Fault(
            document.name,
            "raden har tabbar men hör inte till någon deklarerad tabell "
            f"(”{document.line(number).strip()[:60]}”). Deklarera den, eller skriv den under "
            "not_read.",
            number,
        )
        for number in leftovers(document, source, used)
        if not any(reading.faults for reading in readings)
    ]
    try:
        cells = literal(cells_frame(source, declarations.catalogue, readings, document))
    except TableError as error:
        raise TableError(document.placed([*faults, *error.faults])) from None
    if not source.scanned:
        faults += [
            Fault(
                document.name,
                f"”{raw}” är {fault}{_cause(source, table, raw, fault)} (rad ”{row}”, kolumn "
                f"”{column}”). Rätta det i dokumentet, eller säg vad det betyder i source.toml.",
                line,
                table,
                place=place,
            )
            for line, place, table, raw, fault, row, column in cells.drop_nulls("fault")
            .filter(pl.col("refused").is_null())
            .select("line", "place", "table", "raw", "fault", "row_label", "column_label")
            .iter_rows()
        ]
        read_off = sorted(
            {cell.line for reading in readings for cell in reading.cells} & document.scanned
        )
        if read_off:
            faults.append(
                Fault(
                    document.name,
                    "sidan är en skannad bild, och texten under den är tolkad av ett program. "
                    "Deklarera scanned = true, så att siffrorna prövas mot summorna.",
                    read_off[0],
                )
            )
    unstated = not_stated(source, document)
    if document.sha256 == source.sha256:
        faults += [fault for _, fault in unstated]
    if faults:
        raise TableError(document.placed(faults))
    # In another edition a line may have moved; what it is a part of is then told and not judged.
    moved = {name for name, _ in unstated}
    held = tuple(one for one in source.identity if one.id not in moved)
    relations, broken = terms(source.model_copy(update={"identity": held}), cells)
    if broken:
        raise TableError([f"{source.id}/source.toml: {fault}" for fault in broken])
    rows = pl.concat(
        [
            _findings(source, document),
            _refused(source, document, cells),
            unstated_findings(source, unstated),
            strange_times(source, document, opening),
            shown_otherwise(source, document, readings, cells),
        ]
    )
    return ReadDocument(source, document, readings, cells, relations, rows, declarations.catalogue)


def read_table(
    declarations: Declarations, source: Source, document: Document, window: Window
) -> Reading:
    """Read one table by its layout; what is wrong with it are the reading's faults."""
    match window.table.layout:
        case "grid":
            known = spellings(window.table, declarations.catalogue)
            reading = read_grid(document, window, source, known)
        case "months":
            reading = read_months(document, window, source)
        case "list":
            reading = read_list(document, window, source)
        case "tail":
            reading = read_tail(document, window)
        case "pinned":
            reading = read_pinned(document, window)
        case "places":
            from ojmf.ingest.layouts.place_rows import read_places

            reading = read_places(document, window, source, declarations.geography)
        case "long":
            from ojmf.ingest.layouts.long import read_long

            reading = read_long(document, window, source, declarations.geography)
    if window.table.withheld:
        # Its lines are accounted for, so that no other table takes them for its own.
        reading.cells.clear()
        reading.faults.clear()
    return reading


def _refused(source: Source, document: Document, cells: pl.DataFrame) -> pl.DataFrame:
    """A finding for each cell that the reader refused: it has no value, the others are read."""
    columns = ("line", "table", "row_label", "column_label", "raw")
    return findings_frame(
        [
            finding(
                Severity.CRITICAL,
                "refused-cell",
                f"{document.name} {place or f'rad {at[0]}'}: rad ”{at[2]}”, kolumn ”{at[3]}” "
                f"läses inte, för {why}. Rätta filen så att cellen är ett enda tal.",
                source,
                **dict(zip(columns, at, strict=True)),
            )
            for place, why, *at in cells.drop_nulls("refused")
            .select("place", "refused", *columns)
            .iter_rows()
        ]
    )


def _cause(source: Source, title: str, raw: str, fault: str) -> str:
    """Why a text is no figure, where that can be told."""
    table = next(table for table in source.table if table.title == title)
    cause = source.notation(table).cause(raw) if fault == NO_FIGURE else ""
    return f": {cause}" if cause else ""


def _findings(source: Source, document: Document) -> pl.DataFrame:
    rows = []
    if document.sha256 is not None:
        if document.sha256 != source.sha256:
            rows.append(
                finding(
                    Severity.WARNING,
                    "document-hash",
                    f"{document.name} är inte det dokument som {source.id} deklarerar "
                    "(fingeravtrycket skiljer); det har lästs som en senare utgåva.",
                    source,
                    raw=document.sha256,
                    expected=source.sha256,
                )
            )
        rows += [
            finding(
                Severity.INFO,
                "not-read",
                ("" if last > first else "från ")
                + f"{document.where(first, last)} läses inte: {passage.what}",
                source,
                line=first,
            )
            for first, last, passage in passages(document, source)
        ]
    rows += [
        finding(
            Severity.WARNING,
            "withheld",
            f"{what} läses inte förrän frågorna om {'den' if table.unanswered else 'det'} är "
            f"besvarade; se ojmf source questions {source.id}",
            source,
            table=table.title,
        )
        for table in source.table
        if (what := table.unread)
    ]
    rows += [
        finding(
            Severity.INFO,
            "not-read",
            f"tabellen ”{table.title}” läses inte, enligt ditt svar (withheld i source.toml)",
            source,
            table=table.title,
        )
        for table in source.table
        if table.withheld and not table.unanswered
    ]
    rows += [
        finding(Severity.INFO, "reader", f"{document.name}: {remark}", source)
        for remark in document.remarks
    ]
    return findings_frame(rows)
