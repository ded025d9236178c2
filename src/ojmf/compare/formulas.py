"""A concept's formula worked out for one municipality and one period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

import polars as pl

from ojmf.compare.figures import Frame, number, of_both_sexes, printed
from ojmf.compare.series import days_in, months_between
from ojmf.declarations.concepts import Formula, Term
from ojmf.model import PeriodKind, Scenario
from ojmf.periods import Period, in_words, month_period, parse_period

SCENARIO_WORDS = {
    Scenario.BUDGET: "budget",
    Scenario.FORECAST: "prognos",
    Scenario.DEVIATION: "avvikelse",
}

Key = tuple[str, str, Period]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it is printed (``figures.PRINTED``), with its value in the declared unit."""

    value: float
    source_id: str | None
    document: str
    table: str | None
    column_label: str | None
    line: int | None
    place: str | None
    raw: str | None
    decimals: int | None
    obs_status: str | None
    correction_id: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A formula's result from the cells used: ``value``, or the Swedish ``reason`` for none."""

    value: float | None
    period: Period
    reason: str
    used: tuple[Cell, ...]


class Figures:
    """The printed figures of one municipality, found by indicator, scenario and period."""

    def __init__(
        self, observations: Frame, geo: str, formulas: Iterable[Formula], name: str
    ) -> None:
        self.geo = geo
        self.name = name
        terms = [term for formula in formulas for term in (*formula.terms, *formula.divided_by)]
        wanted = sorted({name for term in terms for name in (term.indicator, term.times) if name})
        rows = (
            of_both_sexes(observations)
            .filter(
                pl.col("geo") == geo,
                pl.col("indicator_id").is_in(wanted),
                pl.col("period_start").is_not_null(),
                pl.col("scenario").is_not_null(),
            )
            .select(
                "indicator_id",
                "scenario",
                "period_start",
                "period_end",
                "period_kind",
                number(),
                *printed(observations),
                _row_label(observations),
            )
            .filter(pl.col("value").is_not_null())
            .sort("document", "line", nulls_last=True)
            .collect()
        )
        self._labels: dict[str, str] = {
            indicator: label for indicator, *_, label in rows.iter_rows() if label
        }
        self._cells: dict[Key, Cell] = {}
        self._conflicts: set[Key] = set()
        for indicator, scenario, start, end, kind, *cell, _ in rows.iter_rows():
            key = (indicator, scenario, Period(start, end, PeriodKind(kind)))
            found = Cell(*cell)
            if self._cells.setdefault(key, found).value != found.value:
                self._conflicts.add(key)

    def _label(self, indicator: str) -> str:
        """What the municipality's own document calls the indicator, or its id."""
        return self._labels.get(indicator, indicator)

    def periods(self, formula: Formula) -> set[Period] | None:
        """The periods that every printed term of the formula has; ``None`` when all are months."""
        printed = [
            {key[2] for key in self._cells if key[:2] == (term.indicator, scenario)}
            for term in (*formula.terms, *formula.divided_by)
            if term.over == "period" and term.period is None
            for scenario in [(term.scenario or formula.scenario).value]
        ]
        return set.intersection(*printed) if printed else None

    def last_month(self, formula: Formula) -> date | None:
        """The last day of the latest month of the formula's monthly terms."""
        months = [
            key[2].end
            for term in (*formula.terms, *formula.divided_by)
            for key in self._cells
            if key[0] == term.indicator and key[2].kind is PeriodKind.MONTH
        ]
        return max(months, default=None)

    def work_out(self, formula: Formula, period: Period) -> Figure:
        """The formula's figure for the period, or the reason why there is none."""
        faults: list[str] = []
        places: list[Cell] = []
        top = self._sum(formula, formula.terms, period, faults, places)
        bottom = self._sum(formula, formula.divided_by, period, faults, places)
        if formula.per_day:
            bottom = days_in(period) * (bottom if formula.divided_by else 1.0)
        elif not formula.divided_by:
            bottom = 1.0
        if not faults and bottom == 0:
            faults.append("nämnaren är noll")
        if faults:
            return Figure(None, period, "; ".join(dict.fromkeys(faults)), tuple(places))
        return Figure(top / bottom + 0.0, period, "", tuple(places))

    def _sum(
        self,
        formula: Formula,
        terms: Iterable[Term],
        period: Period,
        faults: list[str],
        places: list[Cell],
    ) -> float:
        total = 0.0
        for term in terms:
            scenario = (term.scenario or formula.scenario).value
            meant = parse_period(term.period) if term.period else period
            if term.over == "period":
                total += term.factor * self._printed(
                    (term.indicator, scenario, meant), faults, places
                )
                continue
            months = [month_period(*month) for month in months_between(meant.start, meant.end)]
            monthly = self._monthly(term, scenario, months, faults, places)
            divisor = len(months) if term.over == "mean" else 1
            total += term.factor * sum(monthly) / divisor
        return total

    def _monthly(
        self,
        term: Term,
        scenario: str,
        months: list[Period],
        faults: list[str],
        places: list[Cell],
    ) -> list[float]:
        """Each month's figure, times that of another series; what is missing is one fault."""
        names = [term.indicator] if term.times is None else [term.indicator, term.times]
        complete = True
        for name in names:
            lacking = [month for month in months if (name, scenario, month) not in self._cells]
            if lacking:
                complete = False
                listed = ", ".join(in_words(month) for month in lacking)
                kind = SCENARIO_WORDS.get(Scenario(scenario), "utfall")
                faults.append(f"{kind} för {self._label(name)} saknas för {self.name}: {listed}")
        if not complete:
            return []
        return [
            prod(self._printed((name, scenario, month), faults, places) for name in names)
            for month in months
        ]

    def _printed(self, key: Key, faults: list[str], places: list[Cell]) -> float:
        indicator, scenario, period = key
        what = f"{self._label(indicator)} {in_words(period)}"
        if key in self._conflicts:
            faults.append(f"olika uppgifter om {what} för {self.name}")
        if key not in self._cells:
            kind = SCENARIO_WORDS.get(Scenario(scenario), "utfall")
            faults.append(f"{kind} för {what} saknas för {self.name}")
            return 0.0
        places.append(self._cells[key])
        return self._cells[key].value


def _row_label(observations: Frame) -> pl.Expr:
    known = "row_label" in observations.lazy().collect_schema()
    return pl.col("row_label") if known else pl.lit(None, pl.String).alias("row_label")


def named_inputs(used: Sequence[Cell]) -> str | None:
    """The documents and places of the figures used, in the order of use: ``Rapport rad 7, 9``."""
    places: dict[str, dict[str, None]] = {}
    for cell in used:
        places.setdefault(cell.document, {})[cell.place or "rad –"] = None
    named = []
    for document, found in places.items():
        on_lines = all(place.startswith("rad ") for place in found)
        lines = "rad " + ", ".join(place.removeprefix("rad ") for place in found)
        named.append(f"{document} {lines if on_lines else ', '.join(found)}")
    return "; ".join(named) or None
