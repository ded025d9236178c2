"""Plain text: the file's own lines, or the records of a delimited file with another name."""

from __future__ import annotations

import re
from pathlib import Path

from ojmf.ingest.document import Document, read_document
from ojmf.ingest.readers import delimited

_QUOTED = re.compile(r'"[^"\t]*"(?:\t(?:"[^"\t]*"|[^"\t]*))+')
_FEWEST = 2


def read(path: Path) -> Document:
    """Read a text; one whose cells are quoted between tabs is read as a delimited file is."""
    document = read_document(path)
    tabbed = [line for line in document.lines if "\t" in line]
    quoted = len(tabbed) >= _FEWEST and all(map(_QUOTED.fullmatch, tabbed))
    return delimited.read(path) if quoted else document
