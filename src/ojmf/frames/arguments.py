"""Arguments that are given from Python beside frames: numbers, columns, days and paths."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path

from ojmf.errors import ArgumentError, SelectionError
from ojmf.geography import as_text


def as_number_of_rows(top: object) -> int | None:
    """How many rows are kept, None for all; ``SelectionError`` below 1, else ``ArgumentError``."""
    if top is None:
        return None
    if not isinstance(top, int) or isinstance(top, bool):
        raise ArgumentError(f"Antalet rader är ett heltal, inte {type(top).__name__}: {top!r}")
    if top < 1:
        raise SelectionError(f"Antalet rader måste vara minst 1, inte {top}.")
    return top


def as_columns(by: object) -> list[str]:
    """The names of one column or several; raises ``ArgumentError`` for what is no text."""
    if isinstance(by, str) or not isinstance(by, Sequence):
        return [as_text(by, "en kolumn")]
    return [as_text(name, "en kolumn") for name in by]


def as_path(given: object) -> Path:
    """A path of a text or a ``PathLike``; raises ``ArgumentError`` for anything else."""
    if isinstance(given, str | PathLike):
        return Path(given)
    raise ArgumentError(
        f"en sökväg anges som text eller Path, inte som {type(given).__name__}: {given!r}"
    )


def as_day(given: object) -> date:
    """A day; raises ``ArgumentError`` for a text and anything else."""
    if isinstance(given, date):
        return given
    raise ArgumentError(
        f"en dag anges som datetime.date, inte som {type(given).__name__}: {given!r}"
    )
