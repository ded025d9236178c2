"""Errors that a person can act on, each with the exit code of its kind.

The message is Swedish and says what was found, where, what was expected and what to do. The
command line prints it without a traceback and ends with ``exit_code``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self


class Fault(str):
    """The text of a fault that knows its place: ``line`` and ``table`` (title), null where none.

    ``detail`` is the text without the place. ``place`` says where it stands in a file that is not
    made of lines, and is told instead of the line.
    """

    line: int | None
    table: str | None
    detail: str
    place: str | None

    def __new__(
        cls,
        document: str,
        detail: str,
        line: int | None = None,
        table: str | None = None,
        *,
        place: str | None = None,
    ) -> Self:
        """Join the document's name, the place and ``detail`` to the text."""
        spot = f" {place}" if place else f" rad {line}" if line else ""
        where = document + spot + (f", tabell ”{table}”" if table else "")
        fault = super().__new__(cls, f"{where}: {detail}")
        fault.line, fault.table, fault.detail, fault.place = line, table, detail, place
        return fault


class OjmfError(Exception):
    """The base of every error that ojmf raises on purpose."""

    exit_code = 1


class InputError(OjmfError):
    """A file that cannot be read: missing, empty, binary, wrong encoding, too large."""

    exit_code = 3


class FetchError(InputError):
    """An answer from a server that can't be used: none, late, broken, or from another host."""


class UnknownDocumentError(OjmfError):
    """A document that no source declares."""

    exit_code = 4


class TableError(OjmfError):
    """A document that does not look as its declaration says; holds every fault found."""

    exit_code = 5

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class DeclarationError(OjmfError):
    """A fault in ``data/`` or ``expectations/``; holds every fault found, each naming its file."""

    exit_code = 6

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class CorrectionError(OjmfError):
    """A declared correction that matches nothing or whose proof does not hold."""

    exit_code = 7

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class OutputError(OjmfError):
    """A result that cannot be written where it was asked for."""

    exit_code = 8


class SelectionError(OjmfError):
    """A municipality, area, indicator or source that is not known, or that has no data."""

    exit_code = 9
