"""Readers: a file of any known format to a ``Document`` whose tables are lines set off by tabs.

One module per format, each with ``read(path) -> Document``, imported when a file needs it. What a
line or cell is called in the file's own terms travels in ``Document.places``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import check_content, is_page
from ojmf.ingest.readers.guard import read_guarded

READERS = {
    ".csv": "delimited",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".json": "kolada_answer",
    ".md": "markdown",
    ".ods": "ods",
    ".pdf": "pdf",
    ".px": "pxweb",
    ".tsv": "delimited",
    ".txt": "text",
    ".xls": "xls",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
"""The reader's module by the file's suffix; a file with any other suffix is read as text."""

_PLAIN = {"delimited", "text"}


class _Reader(Protocol):
    def read(self, path: Path) -> Document: ...


def read_file(path: Path) -> Document:
    """Read a whole document by the format that its suffix names.

    Raises ``InputError`` for a file that is missing, empty, too large, broken, locked by a
    password, or of another format than its suffix says; a web page may be called ``.xls``, as some
    systems call what they export. What is not plain text is read in a
    process of its own, and ends in the same error where it takes too much time or memory.
    """
    suffix = ".html" if is_page(path) else path.suffix.lower()
    check_content(path, suffix, READERS)
    reader = READERS.get(suffix, "text")
    module = f"{__name__}.{reader}"
    if reader not in _PLAIN:
        return read_guarded(path, module)
    return cast(_Reader, import_module(module)).read(path)


def opened(file: Path | Document) -> Document:
    """A document, read where only its path is given, so that a command reads a file once."""
    return file if isinstance(file, Document) else read_file(file)
