"""Errors that a person can act on, each with the exit code of its kind.

The message is Swedish and says what was found, where, what was expected and what to do. The
command line prints it without a traceback and ends with ``exit_code``.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Sequence
from typing import Self

_WHY = {
    errno.ENOENT: "den finns inte",
    errno.EACCES: "rättighet saknas",
    errno.EPERM: "rättighet saknas",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "en fil står där en mapp väntades",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länken leder till sig själv",
    errno.EIO: "disken svarar inte som den ska",
    errno.EMFILE: "för många filer är öppna",
    errno.EROFS: "disken går bara att läsa",
    errno.EBUSY: "ett annat program använder den",
}


def why(error: OSError) -> str:
    """Why the system could not open, read or write something, in Swedish."""
    code = error.errno
    return _WHY.get(code or 0) or (f"systemets fel {code}" if code else "okänt fel")


def columns_lacking(names: Sequence[str]) -> str:
    """That a table lacks columns: ``kolumnen a saknas``, ``kolumnerna a och b saknas``."""
    listed = " och ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"{'kolumnen' if len(names) == 1 else 'kolumnerna'} {listed} saknas"


def why_no_json(error: Exception) -> str:
    """Why a file could not be read as JSON of the form that was expected, in Swedish.

    Reads what ``json`` raises, and the ``KeyError``, ``TypeError`` and their like of code that
    takes the parts of a value that is formed otherwise.
    """
    match error:
        case json.JSONDecodeError():
            return f"rad {error.lineno}, tecken {error.colno}: filen är inte rätt skriven (JSON)"
        case UnicodeDecodeError():
            return "filen är inte i UTF-8"
        case RecursionError():
            return "för djupt nästlad"
        case KeyError():
            return f"”{str(error.args[0])[:60]}” saknas"
        case _:
            return "delarna är ordnade på annat sätt"


class Fault(str):
    """The text of a fault that knows its place: ``line`` and ``table`` (title), null where none.

    ``detail`` is the text without the place. ``place`` says where it stands in a file that is not
    made of lines, and is told instead of the line.
    """

    line: int | None
    table: str | None
    detail: str
    place: str | None

    _document: str

    def __new__(
        cls,
        document: str,
        detail: str,
        line: int | None = None,
        table: str | None = None,
        place: str | None = None,
    ) -> Self:
        """Join the document's name, the place and ``detail`` to the text."""
        spot = f" {place}" if place else f" rad {line}" if line else ""
        where = document + spot + (f", tabell ”{table}”" if table else "")
        fault = super().__new__(cls, f"{where}: {detail}")
        fault.line, fault.table, fault.detail, fault.place = line, table, detail, place
        fault._document = document
        return fault

    def __getnewargs__(self) -> tuple[str, str, int | None, str | None, str | None]:  # type: ignore[override]
        """Pickle by the parts, so that a process pool hands the fault on with its place."""
        return self._document, self.detail, self.line, self.table, self.place


class OjmfError(Exception):
    """The base of every error that ojmf raises on purpose.

    ``faults`` holds every fault found, each a sentence or more in Swedish that names its place;
    ``str(error)`` has one on each line. ``code`` is a word for programs that stays the same when a
    wording changes, and ``exit_code`` what the command line ends with. Errors can be pickled, so
    that they come whole out of a process pool.
    """

    code = "ojmf"
    exit_code = 1

    def __init__(self, faults: str | Sequence[str]) -> None:
        self.faults: tuple[str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)


class InputError(OjmfError):
    """A file that cannot be read: missing, empty, binary, wrong encoding, too large."""

    code = "input"
    exit_code = 3


class FetchError(InputError):
    """An answer from a server that can't be used: none, late, broken, or from another host."""

    code = "fetch"


class UnknownDocumentError(OjmfError):
    """A document that no source declares."""

    code = "unknown-document"
    exit_code = 4


class TableError(OjmfError):
    """A document that does not look as its declaration says."""

    code = "table"
    exit_code = 5


class FrameError(TableError):
    """A frame given from Python that is not what the function reads; names column and row."""

    code = "frame"


class DeclarationError(OjmfError):
    """A fault in ``data/`` or ``expectations/``."""

    code = "declaration"
    exit_code = 6


class CorrectionError(OjmfError):
    """A declared correction that matches nothing or whose proof does not hold."""

    code = "correction"
    exit_code = 7


class OutputError(OjmfError):
    """A result that cannot be written where it was asked for."""

    code = "output"
    exit_code = 8


class SelectionError(OjmfError):
    """A municipality, area, indicator or source that is not known, or that has no data."""

    code = "selection"
    exit_code = 9


NOTHING_YET = (
    "Arbetsytan har inga uppgifter om någon kommun än. Ta in en fil med ojmf import FIL, "
    "eller gör ett påhittat land att pröva på med ojmf init --demo MAPP."
)


class UsageError(OjmfError):
    """Arguments or options that do not go together."""

    code = "usage"
    exit_code = 2


class ArgumentError(UsageError, TypeError):
    """An argument of another type than the function reads, such as a frame of another library."""

    code = "type"
