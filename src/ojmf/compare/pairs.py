"""Two municipalities side by side, concept by concept: like with like, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.basis import with_sex
from ojmf.compare.figures import PRINTED, Frame
from ojmf.compare.formulas import Cell, Figure, Figures, named_inputs
from ojmf.declarations.concepts import Concept, Formula
from ojmf.errors import SelectionError
from ojmf.frames import PEOPLE, PLACES, checked, checked_observations
from ojmf.geography import called, resolve_municipality
from ojmf.model import SEX_WORDS, Grade, PeriodKind, Scenario, Status
from ojmf.periods import Period, in_words
from ojmf.schema import COMPARED

METHOD = "concept"
PER_INHABITANT = {"MSEK": (1_000_000.0, "SEK"), "SEK": (1.0, "SEK")}
"""Unit to the factor and unit of its figure per inhabitant; other units go per 1 000."""
PER_THOUSAND = 1_000.0
SIDES = ("own", "reference")


TRACED = pl.Schema(
    [
        *COMPARED.items(),
        *(
            (f"{side}_printed", pl.List(pl.Struct({"value": pl.Float64, **PRINTED})))
            for side in SIDES
        ),
    ]
)
"""COMPARED and the printed figures (``figures.PRINTED``) that each side was worked out from."""
SIDE = pl.Schema(
    [
        ("value", pl.Float64),
        ("document", pl.String),
        ("line", pl.Int32),
        *((name.removeprefix("own_"), kind) for name, kind in TRACED.items() if "own_" in name),
    ]
)
"""The fields of ``Side``."""


@dataclass(frozen=True, slots=True)
class Side:
    """One municipality's part of a row; null where a figure, period or population is missing."""

    value: float | None = None
    inputs: str | None = None
    document: str | None = None
    line: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_kind: str | None = None
    per_inhabitant: float | None = None
    population: int | None = None
    population_date: date | None = None
    population_days: int | None = None
    printed: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """The inhabitants that a figure is divided by: geo, date and population, and which they are.

    ``group`` is empty for all of them.
    """

    counted: pl.DataFrame
    group: str = ""

    def per(self, unit: str) -> tuple[float, str]:
        """What a figure is multiplied by, and the unit of the result."""
        whom = f"invånare ({self.group})" if self.group else "invånare"
        factor, single = PER_INHABITANT.get(unit, (PER_THOUSAND, None))
        return factor, f"{single} per {whom}" if single else f"{unit} per 1 000 {whom}"


@dataclass(frozen=True, slots=True)
class Pair:
    """One concept of two municipalities: how far it can be compared, why, and both sides."""

    concept: Concept
    grade: Grade
    reason: str
    own: Side = Side()
    reference: Side = Side()


@as_annotated
def compare(
    observations: Frame,
    concepts: Sequence[Concept],
    population: pl.DataFrame,
    geo_a: str,
    geo_b: str,
    *,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every concept for two municipalities, one row each, in the order of ``concepts``.

    ``own`` is ``geo_a`` and ``reference`` ``geo_b``, both in the concept's unit; ``gap`` is
    their difference. Only equal periods are compared: the one that the formulas declare,
    else the latest that both have; others are refused unless the concept names its conversion. A
    concept that cannot be compared, or that a municipality has no counterpart to, has no figures
    but a reason. The population is the one nearest to the end of the period; a missing one is said.

    ``population`` is ``registers.POPULATION``. Returns ``COMPARED``.

    Raises ``SelectionError`` for an unknown municipality and for one against itself, and
    ``FrameError`` for unsound frames.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, concepts = workspace.observations(), workspace.concepts
    >>> own, other = (formula.geo for formula in concepts[0].formula)
    >>> beside = ojmf.compare.compare(rows, concepts, workspace.population, own, other)
    >>> beside["grade"].value_counts(sort=True).row(0)
    ('partly', 13)
    """
    observations = checked_observations(observations)
    population = checked(population, PEOPLE)
    geography = None if geography is None else checked(geography, PLACES)
    rows = traced_pairs(observations, concepts, population, geo_a, geo_b, geography=geography)
    return rows.select(COMPARED.names())


def traced_pairs(
    observations: Frame,
    concepts: Sequence[Concept],
    population: pl.DataFrame,
    geo_a: str,
    geo_b: str,
    *,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """:func:`compare` in ``TRACED``: also every figure that a side was worked out from."""
    own_geo = resolve_municipality(geo_a, geography)
    other_geo = resolve_municipality(geo_b, geography)
    if own_geo == other_geo:
        raise SelectionError(
            f"{called(own_geo, geography)} kan inte jämföras med sig självt. Välj två kommuner."
        )
    formulas = [formula for concept in concepts for formula in concept.formula]
    figures = (
        Figures(observations, own_geo, formulas, called(own_geo, geography)),
        Figures(observations, other_geo, formulas, called(other_geo, geography)),
    )
    declared = {formula.geo for formula in formulas}
    strangers = [side.name for side in figures if side.geo not in declared]
    people = [_people(concept, observations, population) for concept in concepts]
    pairs = [
        _pair(concept, figures, counted, strangers)
        for concept, counted in zip(concepts, people, strict=True)
    ]
    found = pl.DataFrame(
        [
            (
                pair.concept.area,
                pair.concept.id,
                pair.concept.name,
                pair.concept.unit,
                pair.grade.value,
                pair.reason,
                counted.per(pair.concept.unit)[1] if counted and pair.own.period_start else None,
            )
            for pair, counted in zip(pairs, people, strict=True)
        ],
        schema=[
            (name, pl.String)
            for name in ("area_id", "indicator_id", "label", "unit", "grade", "reason")
        ]
        + [("per_inhabitant_unit", pl.String)],
        orient="row",
    )
    own = _sides([pair.own for pair in pairs], "own").rename(
        {"own_document": "document", "own_line": "line"}
    )
    other = _sides([pair.reference for pair in pairs], "reference")
    return (
        pl.concat([found, own, other], how="horizontal")
        .with_columns(
            pl.lit(own_geo).alias("geo"),
            pl.lit(other_geo).alias("reference_geo"),
            pl.lit(Status.GREY.value).alias("status"),
            pl.lit(METHOD).alias("method"),
            (pl.col("own") - pl.col("reference")).alias("gap"),
        )
        .select(TRACED.names())
        .cast(TRACED)
    )


def _sides(sides: Sequence[Side], name: str) -> pl.DataFrame:
    """The sides of one municipality as columns: ``name`` is the figure, ``<name>_*`` the rest."""
    frame = pl.DataFrame([asdict(side) for side in sides], schema=SIDE, orient="row")
    return frame.rename({column: f"{name}_{column}" for column in SIDE} | {"value": name})


def _pair(
    concept: Concept,
    figures: tuple[Figures, Figures],
    people: Inhabitants | None,
    strangers: Sequence[str],
) -> Pair:
    """One concept; ``strangers`` are those of the two that no concept has a formula for."""
    if strangers:
        reason = f"inget jämförelsemått är angivet för {' och '.join(strangers)}"
        return Pair(concept, Grade.NOT_COMPARABLE, reason)
    if concept.grade is Grade.NOT_COMPARABLE or not concept.formula:
        return Pair(concept, concept.grade, concept.reason)
    reasons = [concept.reason]
    own_formula, other_formula = (concept.formula_for(side.geo) for side in figures)
    if own_formula is None or other_formula is None:
        lacking = [side.name for side in figures if concept.formula_for(side.geo) is None]
        reasons.append(f"ingen formel för {' och '.join(lacking)}")
        return Pair(concept, Grade.NOT_COMPARABLE, "; ".join(reasons))
    formulas = (own_formula, other_formula)
    try:
        periods = _periods(concept, formulas, figures)
    except SelectionError as refusal:
        return Pair(concept, concept.grade, "; ".join([*reasons, str(refusal)]))
    if concept.period_conversion and periods[0] != periods[1]:
        reasons.append(concept.period_conversion)
    results = [
        side.work_out(formula, period)
        for side, formula, period in zip(figures, formulas, periods, strict=True)
    ]
    reasons += [formula.note for formula in formulas if formula.note]
    reasons += [result.reason for result in results if result.reason]
    sides = []
    for result, source in zip(results, figures, strict=True):
        side, missing = _side(concept, result, source, people)
        reasons += missing
        sides.append(side)
    if concept.denominator_note:
        reasons.append(concept.denominator_note)
    return Pair(concept, concept.grade, "; ".join(reasons), *sides)


def _periods(
    concept: Concept, formulas: tuple[Formula, Formula], figures: tuple[Figures, Figures]
) -> tuple[Period, Period]:
    """The period of each side; raises ``SelectionError`` where they do not mean the same."""
    declared = tuple(formula.parsed_period() for formula in formulas)
    available = tuple(
        {period} if period else side.periods(formula)
        for period, formula, side in zip(declared, formulas, figures, strict=True)
    )
    shared = _shared(available, formulas, figures)
    if shared:
        latest = max(shared, key=lambda period: (period.end, period.start))
        return latest, latest
    own, other = (
        max(periods, key=lambda period: (period.end, period.start)) if periods else None
        for periods in available
    )
    if own is None or other is None:
        lacking = [
            side.geo for side, period in zip(figures, (own, other), strict=True) if not period
        ]
        raise SelectionError(f"uppgifter saknas för {' och '.join(lacking)}")
    if own != other and not concept.period_conversion:
        # A year to date never meets a full year, nor a month the last day of it.
        each = [
            f"{side.name} {in_words(period)}"
            for side, period in zip(figures, (own, other), strict=True)
        ]
        raise SelectionError(f"perioderna är olika: {', '.join(each)}")
    return own, other


def _shared(
    available: tuple[set[Period] | None, ...],
    formulas: tuple[Formula, Formula],
    figures: tuple[Figures, Figures],
) -> set[Period]:
    """The periods that both sides have; months can make up any period that they fill."""
    own, other = available
    if own is not None and other is not None:
        return own & other
    if own is None and other is None:
        ends = [side.last_month(formula) for side, formula in zip(figures, formulas, strict=True)]
        common = min((end for end in ends if end is not None), default=None)
        return set() if common is None or None in ends else {_to_date(common)}
    return own if own is not None else (other or set())


def _to_date(end: date) -> Period:
    whole_year = end.month == 12
    kind = PeriodKind.YEAR if whole_year else PeriodKind.YEAR_TO_DATE
    return Period(date(end.year, 1, 1), end, kind)


def _people(concept: Concept, observations: Frame, population: pl.DataFrame) -> Inhabitants | None:
    """The inhabitants that a concept is divided by: all, or a group of ages and maybe one sex."""
    if concept.denominator == "none":
        return None
    if not concept.counts_group:
        return Inhabitants(population.select("geo", "date", "population"))
    sex = concept.denominator_sex
    found = (
        with_sex(observations.lazy())
        .filter(
            pl.col("indicator_id") == concept.denominator,
            pl.col("sex") == sex.value,
            pl.col("scenario") == Scenario.OUTCOME.value,
            pl.col("value") > 0,
        )
        .select(
            "geo",
            pl.col("period_end").alias("date"),
            pl.col("value").round().cast(pl.Int64).alias("population"),
            "row_label",
        )
        .collect()
    )
    label = found["row_label"][0] if found.height else concept.denominator
    group = ", ".join(filter(None, [label, SEX_WORDS.get(sex.value)]))
    # Of two sources that count otherwise on one day nothing says which is right.
    alone = pl.col("population").n_unique().over("geo", "date") == 1
    return Inhabitants(found.filter(alone).drop("row_label").unique(maintain_order=True), group)


def _side(
    concept: Concept, result: Figure, figures: Figures, people: Inhabitants | None
) -> tuple[Side, list[str]]:
    """A side with the population nearest to the end of its period, and what was missing."""
    period, used = result.period, result.used
    found = Side(
        value=result.value,
        inputs=named_inputs(used),
        document=used[0].document if used else None,
        line=used[0].line if used else None,
        period_start=period.start,
        period_end=period.end,
        period_kind=period.kind.value,
        printed=used,
    )
    if people is None:
        return found, []
    dated = (
        people.counted.filter(pl.col("geo") == figures.geo, pl.col("population") > 0)
        .with_columns((pl.col("date") - pl.lit(period.end)).dt.total_days().alias("days"))
        .sort(pl.col("days").abs(), "date")
        .head(1)
    )
    if dated.is_empty():
        return found, [f"{people.group or 'folkmängd'} för {figures.name} saknas"]
    number_of, counted, days = dated.select("population", "date", "days").row(0)
    factor = people.per(concept.unit)[0]
    return replace(
        found,
        per_inhabitant=None if result.value is None else result.value * factor / number_of,
        population=number_of,
        population_date=counted,
        population_days=days,
    ), []
