"""Concepts: what two municipalities print in different ways, declared so that it can be compared.

A concept is one file, ``data/concepts/<id>.toml``. For each municipality it holds a formula over
observations: terms that are added, each with a factor that turns sign and unit, divided by the
sum of ``divided_by`` where there is one. ``grade`` says how far the results can be compared, and
``reason`` why, in Swedish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Literal, Self

import polars as pl
from pydantic import Field, ValidationError, model_validator

from ojmf.arguments import as_annotated, as_folder, columns_of
from ojmf.declarations import Declaration, GeoCode, IsoPeriod, Slug
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError
from ojmf.model import COUNT_UNITS, UNITS, Grade, Scenario, Sex
from ojmf.periods import Period, parse_period
from ojmf.suggestions import did_you_mean


class Term(Declaration):
    """One indicator in a formula.

    ``over`` says how a figure is found for the period: ``period`` takes the figure printed for
    exactly that period; ``mean`` and ``sum`` take every month of it. ``times`` multiplies each
    month by another monthly series before that. ``scenario`` and ``period`` replace those of the
    formula for this term.
    """

    indicator: Slug
    factor: float = 1.0
    over: Literal["period", "mean", "sum"] = "period"
    times: Slug | None = None
    scenario: Scenario | None = None
    period: IsoPeriod | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.times is not None and self.over == "period":
            raise ValueError('times kräver månader: ange over = "mean" eller over = "sum"')
        return self


class Formula(Declaration):
    """How one municipality's figure is found: the sum of ``terms`` over that of ``divided_by``.

    ``per_day`` divides by the days of the period (care days to an average number placed).
    Without ``period`` the latest period that both municipalities have is used.
    """

    geo: GeoCode
    terms: tuple[Term, ...] = Field(min_length=1)
    divided_by: tuple[Term, ...] = ()
    per_day: bool = False
    scenario: Scenario = Scenario.OUTCOME
    period: IsoPeriod | None = None
    note: str = ""

    def parsed_period(self) -> Period | None:
        """The declared period, if any."""
        return parse_period(self.period) if self.period else None


class Concept(Declaration):
    """One concept and its formulas.

    ``denominator = "population"`` also gives the figures per inhabitant, and the indicator of a
    group of ages, as ``befolkning.0-20``, per inhabitant of those ages, maybe of one
    ``denominator_sex``; another denominator is
    named in ``denominator_note``. ``period_conversion`` is the Swedish reason that lets unlike
    periods meet; without it they are refused.
    """

    id: Slug
    name: str
    area: Slug
    unit: str
    grade: Grade
    reason: str = Field(min_length=1)
    denominator: Literal["population", "none"] | Slug = "none"
    denominator_sex: Sex = Sex.TOTAL
    denominator_note: str = ""
    period_conversion: str | None = None
    formula: tuple[Formula, ...] = ()

    @property
    def counts_group(self) -> bool:
        """Whether the denominator is an indicator that counts a group of the inhabitants."""
        return self.denominator not in ("population", "none")

    @model_validator(mode="after")
    def _sex_of_a_group(self) -> Self:
        if self.denominator_sex is not Sex.TOTAL and not self.counts_group:
            raise ValueError(
                "denominator_sex hör ihop med en folkmängd efter ålder, som "
                'denominator = "befolkning.0-20"'
            )
        return self

    @model_validator(mode="after")
    def _one_formula_per_municipality(self) -> Self:
        geos = [formula.geo for formula in self.formula]
        if len(set(geos)) < len(geos):
            raise ValueError("varje kommun får ha högst en formel")
        return self

    def formula_for(self, geo: str) -> Formula | None:
        """The formula of a municipality, ``None`` when it has no counterpart."""
        return next((formula for formula in self.formula if formula.geo == geo), None)


@as_annotated
def load_concepts(
    folder: str | PathLike[str], indicators: pl.DataFrame | None = None
) -> tuple[Concept, ...]:
    """Read every concept of a folder, sorted by id.

    With ``indicators`` (the catalogue) every indicator of a formula must be in it, in the unit of
    the concept or with a factor that converts it. Raises
    ``DeclarationError`` with all faults, each naming its file.

    >>> import ojmf
    >>> concepts = ojmf.compare.load_concepts(ojmf.Workspace.open().root / "data" / "concepts")
    >>> (concepts[0].unit, concepts[0].grade.value)
    ('MSEK', 'partly')
    """
    units = (
        None if indicators is None else dict(columns_of(indicators, "indicator_id", "unit").rows())
    )
    concepts: list[Concept] = []
    faults: list[str] = []
    for path in sorted(as_folder(folder).glob("*.toml")):
        raw, broken = read_toml(path)
        faults += broken
        if broken:
            continue
        try:
            concept = Concept.model_validate(raw)
        except ValidationError as error:
            faults += [f"{path}: {fault}" for fault in describe(error, raw)]
            continue
        if concept.id != path.stem:
            faults.append(f"{path}: id är ”{concept.id}”, väntade filens namn ”{path.stem}”")
        if units is not None:
            faults += [f"{path}: {fault}" for fault in _term_faults(concept, units)]
        concepts.append(concept)
    if faults:
        raise DeclarationError(faults)
    return tuple(concepts)


def _term_faults(concept: Concept, units: Mapping[str, str]) -> Iterator[str]:
    """Terms that the catalogue lacks, or in a unit that nothing turns into the concept's known one.

    Units that count are alike.
    """
    terms = [term for formula in concept.formula for term in (*formula.terms, *formula.divided_by)]
    if concept.counts_group and units.get(concept.denominator) != "persons":
        yield (
            f"denominator är ”{concept.denominator}”, som inte är någon indikator i personer i "
            "katalogen; folkmängd efter ålder hämtas med ojmf fetch scb --year ÅR"
        )
    for name in dict.fromkeys(name for term in terms for name in (term.indicator, term.times)):
        if name and name not in units:
            yield f"indikatorn ”{name}” finns inte i katalogen"
    if concept.unit not in (known := dict.fromkeys([*UNITS, *units.values()])):
        yield f"enheten ”{concept.unit}” är okänd. {did_you_mean(concept.unit, list(known))}"
    for formula in concept.formula:
        if formula.divided_by or formula.per_day:
            continue
        for term in formula.terms:
            unit = units.get(term.indicator, concept.unit)
            alike = unit == concept.unit or {unit, concept.unit} <= {*COUNT_UNITS}
            if not alike and term.times is None and abs(term.factor) == 1:
                yield (
                    f"{term.indicator} för {formula.geo} har enheten {unit}, men begreppet "
                    f"{concept.unit}; ange en factor som räknar om den"
                )
