"""Markdown: the file's own lines, with the cells of pipe tables set off by tabs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ojmf.ingest.document import Document, read_document

_ROW = re.compile(r"\s*\|(.+)\|\s*")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")


def _line(text: str) -> str:
    if "|" in text and _RULE.fullmatch(text):
        return ""
    row = _ROW.fullmatch(text)
    if row is None:
        return text
    cells = (_EMPHASIS.sub(r"\2", cell).replace(r"\|", "|").strip() for cell in _PIPE.split(row[1]))
    return "\t".join(cells)


def read(path: Path) -> Document:
    """Read a Markdown text in UTF-8; raises as ``read_document`` does."""
    document = read_document(path)
    return replace(document, lines=[_line(line) for line in document.lines])
