"""When a document was last saved, as the program that wrote it says in the document itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_PARTS = ("docProps/core.xml", "meta.xml")
_DAY = rb"\s*(\d{4})-(\d\d)-(\d\d)([^<]*)"
_MODIFIED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>" + _DAY)
_CREATED = re.compile(rb"<(?:dcterms:created|meta:creation-date)\b[^>]*>" + _DAY)
_IN_PDF = re.compile(rb"/(?:ModDate|CreationDate)\s*\(D:(\d{4})(\d\d)(\d\d)")
_MOST = 256 * 1024
_OF_TEMPLATES = {
    *(date(1970, 1, 1), date(1980, 1, 1), date(2000, 1, 1)),  # where clocks begin
    *(date(2006, 9, 16), date(2013, 12, 23)),  # Excel's blank workbook, python-docx's blank text
}
"""Days that programs write in what they make of nothing."""
_NO_TIME = 1980
"""The first year that an archive can tell, which programs that tell none write."""


def saved_by_program(path: Path) -> date | None:
    """The day that an Excel, Word, OpenDocument or PDF file says that it was changed; or None.

    A template's day is none: that of a document which nobody has changed since it was made, but
    which was written later, nor are the days that programs write in what they make of nothing.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_MOST)
            if head.startswith(b"%PDF"):
                file.seek(max(path.stat().st_size - _MOST, 0))
                days = _days(_IN_PDF, head + file.read(_MOST))
            else:
                days = _changed(path) if head.startswith(b"PK") else iter(())
            today = datetime.now(UTC).date()
            return max((d for d in days if d not in _OF_TEMPLATES and d <= today), default=None)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None


def _changed(path: Path) -> Iterator[date]:
    """The days of change in an archive's properties, where it was not written of a template."""
    with zipfile.ZipFile(path) as parts:
        written = max((part.date_time[:3] for part in parts.infolist()), default=(_NO_TIME, 1, 1))
        named = set(_PARTS) & set(parts.namelist())
        content = b"".join(parts.open(name).read(_MOST) for name in named)
    changed, made = _MODIFIED.search(content), _CREATED.search(content)
    untouched = changed and made and changed.groups() == made.groups()
    for day in _days(_MODIFIED, content):
        later = written > (day + timedelta(days=1)).timetuple()[:3]
        if not (untouched and written[0] > _NO_TIME and later):
            yield day


def _days(form: re.Pattern[bytes], content: bytes) -> Iterator[date]:
    """What fits a form and is a day."""
    for found in form.finditer(content):
        try:
            yield date(*map(int, found.groups()[:3]))
        except ValueError:
            continue
