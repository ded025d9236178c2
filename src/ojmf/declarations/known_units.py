"""The units that declarations and the catalogue give: each is one that ojmf knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from ojmf.declarations.base import Attributes
from ojmf.declarations.source import Source
from ojmf.model import UNITS
from ojmf.suggestions import did_you_mean

OwnUnit = Annotated[str, StringConstraints(pattern=r"^[^\W\d]\S{0,19}( \S{1,20})?$")]
"""A unit that an area has of its own, as it is printed: ``MWh``, ``ton CO2e``."""


def unit_faults(path: Path, source: Source, own: Collection[str] = ()) -> list[str]:
    """One fault for each place in a declaration that names a unit which nothing knows.

    A figure in such a unit would meet no other figure and no check, without a word. ``own`` are the
    units of the catalogue's areas.
    """
    known = {*UNITS, *own}
    return [f"{path}: {where}: {unknown_unit(u)}" for where, u in _given(source) if u not in known]


def own_unit_faults(own: Collection[str]) -> list[str]:
    """One fault for each unit of an area that says what a known unit does."""
    from ojmf.unit_words import unit_of  # deferred: few areas have units of their own

    said = {unit: unit if unit in UNITS else (unit_of(unit) or ("",))[0] for unit in own}
    return [
        f"units: ”{unit}” är ojmf:s enhet {meant}. Ta bort den ur units, och skriv {meant} i unit."
        for unit, meant in said.items()
        if meant
    ]


def unknown_unit(unit: str) -> str:
    """What is wrong with a unit that nothing knows, and what it may mean."""
    return (
        f"enheten ”{unit}” är okänd. {_meant(unit)}Rätta unit; kända enheter är "
        f"{', '.join(UNITS)}. En egen enhet skrivs som den trycks, i units under [area] i områdets "
        "fil i data/indicators."
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
