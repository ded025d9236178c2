"""An answer of PxWeb's older interface saved as JSON: a row per key, whose texts are codes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers import pxweb
from ojmf.ingest.readers.lines import MAX_LINES, clean

_KEYS = {"d", "t"}
"""The types of the columns that keys have, dimensions and times; the others are measured."""


def read(path: Path) -> Document:
    """Read an answer with its measures across; raises as ``pxweb.read`` for what is no cube."""
    data = path.read_bytes()
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        columns, rows = raw["columns"], raw["data"]
        keys = [column for column in columns if column["type"] in _KEYS]
        header = [clean(str(c["text"])) for c in (*keys, *(c for c in columns if c not in keys))]
        lines = ["\t".join(_cells(row, keys)) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return pxweb.read(path)
    if len(lines) > MAX_LINES:
        raise InputError(f"{path}: mer än {MAX_LINES} rader. Hämta färre i taget.")
    told: dict[str, Any] = next(iter(raw.get("metadata") or ()), {})
    title, source = (clean(str(told.get(name) or "")) for name in ("label", "source"))
    lines = [title, "", "\t".join(header), *lines, *(["", f"Källa: {source}"] if source else [])]
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(str(path), lines, sha256, wrapped=False)


def _cells(row: dict[str, Any], keys: list[dict[str, Any]]) -> list[str]:
    """The key and the figures of a row; a code of anything but a place or time is no figure."""
    said = zip(keys, map(str, row["key"]), strict=True)
    named = [clean(code if _is_known(key) else f"{key['text']} {code}") for key, code in said]
    return [*named, *(clean(str(value)) for value in row["values"])]


def _is_known(key: dict[str, Any]) -> bool:
    return key["type"] == "t" or str(key["text"]).casefold() in pxweb.PLACES
