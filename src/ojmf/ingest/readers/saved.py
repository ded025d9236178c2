"""When a document was last saved, as the program that wrote it says in the document itself."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

_PARTS = ("docProps/core.xml", "meta.xml")
_IN_XML = re.compile(
    rb"<(?:dcterms:modified|dc:date)[^>]*>\s*(\d{4})-(\d\d)-(\d\d)|"
    rb"<(?:dcterms:created|meta:creation-date)[^>]*>\s*(\d{4})-(\d\d)-(\d\d)"
)
_IN_PDF = re.compile(rb"/(?:ModDate|CreationDate)\s*\(D:(\d{4})(\d\d)(\d\d)")
_MOST = 256 * 1024


def saved_by_program(path: Path) -> date | None:
    """The day that an Excel, Word, OpenDocument or PDF file says that it was changed; or None."""
    try:
        with path.open("rb") as file:
            head = file.read(_MOST)
            if head.startswith(b"%PDF"):
                file.seek(max(path.stat().st_size - _MOST, 0))
                return _day(_IN_PDF, head + file.read(_MOST))
        return _day(_IN_XML, _properties(path)) if head.startswith(b"PK") else None
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None


def _properties(path: Path) -> bytes:
    with zipfile.ZipFile(path) as parts:
        for name in set(_PARTS) & set(parts.namelist()):
            with parts.open(name) as part:
                return part.read(_MOST)
    return b""


def _day(form: re.Pattern[bytes], content: bytes) -> date | None:
    """The latest day that fits a form and is one."""
    days = []
    for found in form.finditer(content):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return max(days, default=None)
