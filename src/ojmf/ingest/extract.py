"""The extract of a document: what its declared tables print, on the document's own lines."""

from __future__ import annotations

from ojmf.ingest.document import write_extract
from ojmf.ingest.source import Read


def extract_text(read: Read) -> str:
    """The text of an extract that ingests to the same observations as the whole document.

    Labels and figures are kept; comments, footnotes and other text in the tables are not, nor is
    anything outside them but the line that each table is found by.
    """
    return write_extract(
        {number: text for reading in read.readings for number, text in reading.kept.items()},
        read.document.places,
    )
