"""Plain text: the file's own lines."""

from __future__ import annotations

from pathlib import Path

from ojmf.ingest.document import Document, read_document


def read(path: Path) -> Document:
    """Read a text; raises as ``read_document`` does."""
    return read_document(path)
