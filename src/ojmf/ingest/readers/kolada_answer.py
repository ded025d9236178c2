"""An answer of Kolada's interface saved as a file: a row per figure; other JSON is a cube."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers import pxweb_answer
from ojmf.ingest.readers.lines import MAX_LINES, clean
from ojmf.ingest.readers.pxweb import plain

_KEYS = ("kpi", "municipality", "period")
_HEADER = "nyckeltal\tkommunkod\tår\tkön\tvärde"
_MISSING = ".."


def read(path: Path) -> Document:
    """Read an answer with its figures as a table; raises as ``pxweb.read`` for what is no cube."""
    data = path.read_bytes()
    try:
        rows = json.loads(data.decode("utf-8-sig"))["values"]
        figures = [_line(row, figure) for row in rows for figure in row["values"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return pxweb_answer.read(path)
    if len(figures) > MAX_LINES:
        raise InputError(f"{path}: mer än {MAX_LINES} tal. Hämta färre i taget.")
    lines = ["Kolada", "", _HEADER, *figures]
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(str(path), lines, sha256, wrapped=False)


def _line(row: dict[str, Any], figure: dict[str, Any]) -> str:
    """What an answer says of a figure; a deleted one is missing."""
    value = None if figure.get("isdeleted") else figure["value"]
    printed = _MISSING if value is None else plain(value)
    key = [clean(str(row[name])) for name in _KEYS]
    return "\t".join((*key, clean(str(figure["gender"])), printed))
