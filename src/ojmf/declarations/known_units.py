"""The units that declarations and the catalogue give: each is one that ojmf knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ojmf.declarations.base import Attributes
from ojmf.declarations.source import Source
from ojmf.model import UNITS
from ojmf.suggestions import did_you_mean


def unit_faults(path: Path, source: Source) -> list[str]:
    """One fault for each place in a declaration that names a unit which nothing knows.

    A figure in such a unit would meet no other figure and no check, without a word.
    """
    return [f"{path}: {where}: {unknown_unit(u)}" for where, u in _given(source) if u not in UNITS]


def unknown_unit(unit: str) -> str:
    """What is wrong with a unit that nothing knows, and what it may mean."""
    return (
        f"enheten ”{unit}” är okänd. {_meant(unit)}Rätta unit; kända enheter är {', '.join(UNITS)}."
    )


def _given(source: Source) -> Iterator[tuple[str, str]]:
    """Every unit of a declaration, with where it stands."""
    yield from _of_printing("källan", source.symbols, source.marks, source.approximations)
    for table in source.table:
        where = f"tabellen {table.id}"
        for column in table.columns:
            if column.unit is not None:
                yield f"{where}, kolumnen ”{column.label}”", column.unit
        for override in table.override:
            if override.unit is not None:
                yield f"{where}, override", override.unit
        yield from ((f"{where}, figures", unit) for unit in table.figures)
        yield from _of_printing(where, table.marks or {})


def _of_printing(where: str, *printed: dict[str, Attributes]) -> Iterator[tuple[str, str]]:
    """The units that symbols and marks give."""
    for marks in printed:
        for text, said in marks.items():
            if said.unit is not None:
                yield f"{where}, ”{text}”", said.unit


def _meant(unit: str) -> str:
    """What an unknown unit may mean: a unit with its shift for a printed word, or one like it."""
    from ojmf.unit_words import unit_of  # deferred: only a fault needs the words

    said = unit_of(unit)
    if said is not None:
        shift = f" med shift = {said[1]}" if said[1] else ""
        return f"Menade du {said[0]}{shift}? "
    near = did_you_mean(unit, UNITS, briefly=True)
    return f"{near} " if near else ""
