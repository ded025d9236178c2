"""Comments to the rows of a table: from a CSV file of the user's, or from the whole document."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ojmf.errors import InputError, columns_lacking
from ojmf.ingest.document import read_document
from ojmf.ingest.layouts.locate import REDACTED
from ojmf.ingest.reading import open_source, read_whole
from ojmf.ingest.source import resolve
from ojmf.printed import plain
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from ojmf.declarations import Source
    from ojmf.present.annex.shown_rows import Comments
    from ojmf.workspace import Workspace

COLUMNS = ("area_id", "indicator_id", "kommentar")
LONGEST = 10_000
"""Characters in a comment; a spreadsheet cell holds three times as many."""


def given_comments(comments: Comments) -> pl.DataFrame:
    """Comments as a frame: area_id, indicator_id and given."""
    return pl.DataFrame(
        [(*key, text) for key, text in comments.items()],
        schema={"area_id": pl.String, "indicator_id": pl.String, "given": pl.String},
        orient="row",
    )


def read_comments(path: Path, indicators: pl.DataFrame) -> Comments:
    """Read ``kommentarer.csv``: UTF-8, comma or semicolon, the columns of ``COLUMNS``.

    Raises ``InputError`` with all faults: a missing column, an unknown or doubled indicator, a
    comment that is too long.
    """
    text = "\n".join(read_document(path).lines)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            f"{path}: {columns_lacking(missing)}; väntade {', '.join(COLUMNS)} på första "
            "raden, åtskilda av komma eller semikolon."
        )
    known = set(indicators.select("area_id", "indicator_id").iter_rows())
    comments: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    for row in reader:
        area_id, indicator_id, comment = ((row[name] or "").strip() for name in COLUMNS)
        where = f"{path} rad {reader.line_num}"
        if (area_id, indicator_id) not in known:
            near = did_you_mean(indicator_id, indicators["indicator_id"], briefly=True)
            faults.append(
                f"{where}: indikatorn ”{indicator_id}” finns inte i området ”{area_id}”."
                f"{f' {near}' if near else ''} Alla visas av ojmf indicators."
            )
        elif (area_id, indicator_id) in comments:
            faults.append(f"{where}: indikatorn ”{indicator_id}” har redan en kommentar i filen.")
        elif len(comment) > LONGEST:
            faults.append(
                f"{where}: kommentaren är {len(comment)} tecken, högst {LONGEST} får plats."
            )
        elif comment:
            comments[area_id, indicator_id] = comment
    if faults:
        raise InputError("\n".join(faults))
    return comments


def kept_comments(workspace: Workspace, rows: pl.DataFrame) -> pl.DataFrame:
    """The comments that the extracts of a workspace have kept, for rows of answers.

    ``rows`` have source_id, table and line. Returns source_id, line and ``kept``.
    """
    comments = {}
    columns = ("source_id", "table", "line")
    for (source_id, *_), own in rows.select(columns).drop_nulls().group_by("source_id"):
        if source_id not in workspace.sources:
            continue
        places = _comment_columns(workspace.sources[str(source_id)])
        if not places:
            continue
        _, document = open_source(workspace, str(source_id))
        for _, table, line in own.iter_rows():
            cells = document.line(line).split("\t")
            place = places.get(table, len(cells))
            if place < len(cells) and (text := plain(cells[place])) and text != REDACTED:
                comments[source_id, line] = text
    return pl.DataFrame(
        [(*place, text) for place, text in comments.items()],
        schema={"source_id": pl.String, "line": pl.Int32, "kept": pl.String},
        orient="row",
    )


def _comment_columns(source: Source) -> dict[str, int]:
    """The place of the column of comments in each table that has one, by the table's title."""
    return {
        table.title: found[0]
        for table in source.table
        if (found := [i for i, c in enumerate(table.columns) if c.content == "comment"])
    }


def document_comments(workspace: Workspace, path: Path) -> Comments:
    """The comment cells of a whole document that a source declares, found by its fingerprint.

    Raises as ``reading.read_whole``; ``InputError`` where no table of it has comments.
    """
    read = read_whole(workspace, path)
    columns = _comment_columns(read.source)
    if not columns:
        raise InputError(
            f"{path}: tabellerna i {read.source.id} har ingen kommentarkolumn. Ange dokumentet "
            "med Öppna jämförelser, eller kommentarerna i en fil med --comments."
        )
    places = (
        resolve(read)
        .observations.select("area_id", "indicator_id", "table", "line")
        .unique(maintain_order=True)
    )
    comments = {}
    for area_id, indicator_id, table, line in places.iter_rows():
        cells = read.document.line(line).split("\t")
        if (
            table in columns
            and columns[table] < len(cells)
            and (text := plain(cells[columns[table]]))
        ):
            comments[area_id, indicator_id] = text
    return comments
