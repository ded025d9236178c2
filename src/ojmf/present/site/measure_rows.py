"""The measures of an area as rows: their figures by period, what they are compared with, and how.

What is worse stands first, the largest difference of a unit before the others; so does what is
better after what is alike. What says the same of every row is said once, and a column in which no
row has anything is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from ojmf.compare.figures import withheld as suppressed
from ojmf.model import PeriodKind, ReferenceKind, Scenario, Status, Verdict
from ojmf.present.annex.views import status_label
from ojmf.present.formats import period_in_words
from ojmf.present.marks import mark_of
from ojmf.present.reasons import withheld
from ojmf.present.site import drawing
from ojmf.present.site.provenance import Cited, Provenance
from ojmf.present.units import unit_word
from ojmf.present.view_columns import shown_decimals
from ojmf.present.words import POINTS_OF_SHARES, UNIT_WORDS, listed
from ojmf.printed import number

_FEWEST_POINTS = 3
_MOST_PERIODS = 5
"""So many periods of a measure stand as columns, the latest ones."""
_SERIES = ["area_id", "indicator_id", "sex", "unit", "period_kind"]
WORSE, BETTER, UNJUDGED = 0, 4, 5
_STANDING = {
    Status.RED.value: WORSE,
    Verdict.WORSE.value: WORSE,
    Status.YELLOW.value: 1,
    Verdict.LOWER.value: 2,
    Verdict.HIGHER.value: 2,
    Verdict.SIMILAR.value: 3,
    Verdict.EQUAL.value: 3,
    Status.GREEN.value: BETTER,
    Verdict.BETTER.value: BETTER,
}
"""The order of consequence: what is worse first, and what cannot be judged last."""
_AIMED_AT = (ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value)
NONE = ("–", "")
"""A figure that there is none of: its text and its mark."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, as texts: its figures by period, and how the latest one stands.

    A figure is its text and its mark; ``rounded`` tells that the figures shown do not give the
    difference shown.
    """

    anchor: str
    label: str
    unit: str
    figures: Sequence[tuple[str, str]]
    spark: Markup | None
    compared_with: str
    reference: tuple[str, str]
    gap: tuple[str, str]
    rounded: bool
    kind: str
    standing: str
    reason: str
    order: int
    size: float
    cited: Cited
    when: str
    """The period of the difference, where that is not that of the last figure of the row."""

    @property
    def marked(self) -> bool:
        """Whether a figure of the row is corrected or unconfirmed."""
        return any(mark for _, mark in (*self.figures, self.reference, self.gap))

    def instead_of(self, beside: str) -> str:
        """What it is compared with, if that is something else than most rows of its table."""
        return "" if self.reference == NONE or self.compared_with == beside else self.compared_with

    @property
    def compared(self) -> bool:
        """Whether there is a difference to what it is held against."""
        return self.gap != NONE


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The measures that have the same kinds of periods, the columns of which are ``periods``."""

    periods: Sequence[str]
    rows: Sequence[MeasureRow]

    @property
    def span(self) -> str:
        """The periods, from the first to the last one, as a heading says it."""
        return listed(self.periods)

    @property
    def compared(self) -> bool:
        """Whether any row has a difference from something."""
        return any(row.reference != NONE or row.gap != NONE for row in self.rows)

    @property
    def with_reference(self) -> bool:
        """Whether any row has the figure that it is compared with."""
        return any(row.reference != NONE for row in self.rows)

    @property
    def beside(self) -> str:
        """What more than half of the rows are compared with; each of the others says its own."""
        told = Counter(row.compared_with for row in self.rows if row.reference != NONE)
        name, count = max(told.items(), key=lambda one: one[1], default=("", 0))
        return name if 2 * count > told.total() else ""

    @property
    def basis(self) -> str:
        """What every verdict rests on, where it is the same."""
        return _same(row.reason for row in self.rows if row.compared)

    @property
    def when(self) -> str:
        """The period of every difference, where it is the same and no figure of it is shown."""
        return _same(row.when for row in self.rows if row.compared)

    @property
    def notes(self) -> str:
        """What is said once of all rows, in sentences."""
        said = []
        if {row.order for row in self.rows} >= {WORSE}:
            said.append("Det som är sämre står först, med den största skillnaden överst.")
        if self.basis:
            said.append(f"Grund för bedömningen: {self.basis}.")
        if self.when:
            said.append(f"Skillnaderna gäller {self.when}.")
        if self.beside and any(row.instead_of(self.beside) for row in self.rows):
            said.append(f"Jämfört med {self.beside} där inget annat står.")
        if any(row.unit == UNIT_WORDS["percent"] and row.compared for row in self.rows):
            said.append(POINTS_OF_SHARES)
        if any(row.rounded for row in self.rows):
            said.append("Skillnaderna är räknade på tal som inte är avrundade.")
        return " ".join(said)


def _same(texts: Iterable[str]) -> str:
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def _outcomes(own: pl.DataFrame) -> pl.DataFrame:
    """The outcomes of each measure and period; none where two sources differ on it.

    One that is suppressed has no value, and in ``instead`` what is said in its place.
    """
    known = own.filter(
        pl.col("scenario") == Scenario.OUTCOME.value,
        pl.col("value").is_not_null() | suppressed().is_not_null(),
        pl.col("period_kind") != PeriodKind.MONTH.value,
    )
    return (
        known.with_columns(
            mark_of().alias("mark"),
            period_in_words().alias("period"),
            suppressed().alias("instead"),
        )
        .group_by(*_SERIES, "period_end", "period", maintain_order=True)
        .agg(
            pl.col("value").n_unique().alias("unlike"),
            pl.col("value", "decimals", "mark", "instead").first(),
        )
        .filter(pl.col("unlike") == 1)
        .sort("period_end")
    )


def _forecasts(own: pl.DataFrame) -> pl.DataFrame:
    """The figures of periods of which there is a forecast and no outcome."""
    key = [*_SERIES, "period_end"]
    known = own.filter(pl.col("scenario") == Scenario.FORECAST.value).select(*key, own="value")
    there = own.filter(pl.col("scenario") == Scenario.OUTCOME.value, pl.col("value").is_not_null())
    return known.join(there, on=key, how="anti", maintain_order="left").unique()


def measure_tables(
    rows: pl.DataFrame, own: pl.DataFrame, provenance: Provenance
) -> list[MeasureTable]:
    """The measures of one area, in a table for each set of kinds of periods that they have.

    ``rows`` are of ``compare.frame.TRACED`` with marks and reasons, ``own`` the observations.
    """
    if rows.is_empty():
        return []
    before = _figures(own)
    measures: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in _texts(rows, own).iter_rows(named=True):
        measures.setdefault((row["indicator_id"], row["sex"], row["unit"]), []).append(row)
    by_kinds: dict[tuple[str, ...], list[list[dict[str, Any]]]] = {}
    for found in measures.values():
        kinds = tuple(sorted({str(row["period_kind"]) for row in found}))
        by_kinds.setdefault(kinds, []).append(found)
    return [_table(found, before, provenance) for found in by_kinds.values()]


def _texts(rows: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The rows with all that they show as texts."""
    decimals, shown, period = pl.col("decimals"), pl.col("shown"), period_in_words()
    coloured = pl.col("status") != Status.GREY.value
    printed = pl.col("deviation_raw").is_not_null()
    forecast = _forecasts(own).with_columns(forecast=pl.lit(value=True))
    known = rows.join(
        forecast, on=[*_SERIES, "period_end", "own"], how="left", maintain_order="left"
    ).with_columns(own_decimals=decimals)
    steps = known.with_columns(shown=shown_decimals(0)).with_columns(
        unlike=(_steps("own") - _steps("reference") != _steps("gap")).fill_null(value=False)
    )
    in_document = pl.when(pl.col("unlike") & printed).then(pl.lit("enligt dokumentet"))
    return steps.with_columns(
        pl.when("forecast")
        .then(pl.format("{} (prognos)", period))
        .otherwise(period)
        .alias("period"),
        unit_word(name="name").alias("unit_word"),
        pl.coalesce(number(pl.col("own"), decimals), withheld()).fill_null("–").alias("figure"),
        number(pl.col("reference"), shown).fill_null("–").alias("reference_figure"),
        number(pl.col("gap"), shown, signed=True).fill_null("–").alias("gap_figure"),
        pl.concat_str(in_document, mark_of("deviation_"), separator=", ", ignore_nulls=True).alias(
            "gap_mark"
        ),
        (pl.col("unlike") & ~printed).alias("rounded"),
        pl.when(coloured)
        .then("status")
        .otherwise(pl.coalesce("verdict", pl.lit("")))
        .alias("kind"),
        status_label().alias("standing"),
        pl.col("reason", "mark", "reference_mark", "_with").fill_null(""),
    )


def _steps(column: str) -> pl.Expr:
    """A figure in whole steps of the last decimal that is shown."""
    return (
        (pl.col(column) * pl.lit(10.0).pow(pl.col("shown"))).round(0).cast(pl.Int64, strict=False)
    )


def _figures(own: pl.DataFrame) -> Mapping[tuple[Any, ...], pl.DataFrame]:
    """The outcomes of each measure by period, with their texts and marks."""
    return (
        _outcomes(own)
        .with_columns(
            pl.coalesce(number(pl.col("value"), pl.col("decimals")), "instead").alias("figure"),
            pl.col("mark").fill_null(""),
        )
        .partition_by(_SERIES, as_dict=True)
    )


def _table(
    measures: Sequence[Sequence[Mapping[str, Any]]],
    before: Mapping[tuple[Any, ...], pl.DataFrame],
    provenance: Provenance,
) -> MeasureTable:
    ends: dict[str, date] = {}
    known: list[dict[str, tuple[str, str]]] = []
    for found in measures:
        figures: dict[str, tuple[str, str]] = {}
        for row in found:
            series = before.get(tuple(row[name] for name in _SERIES))
            if series is not None:
                for past in series.iter_rows(named=True):
                    figures[past["period"]] = (past["figure"], past["mark"])
                    ends[past["period"]] = past["period_end"]
        for row in found:
            if row["figure"] != NONE[0]:
                figures[str(row["period"])] = (row["figure"], row["mark"])
                ends[str(row["period"])] = row["period_end"]
        known.append(figures)
    periods = sorted(ends, key=lambda one: (ends[one], one))[-_MOST_PERIODS:]
    rows = [
        _row(found, figures, periods, before, provenance)
        for found, figures in zip(measures, known, strict=True)
    ]
    units = list(dict.fromkeys(row.unit for row in rows))
    rows.sort(key=lambda row: (row.order, units.index(row.unit), -row.size))
    return MeasureTable(periods, rows)


def _row(
    found: Sequence[Mapping[str, Any]],
    figures: Mapping[str, tuple[str, str]],
    periods: Sequence[str],
    before: Mapping[tuple[Any, ...], pl.DataFrame],
    provenance: Provenance,
) -> MeasureRow:
    """One measure; what is judged is its latest figure that can be compared, if so by a target."""
    told = max(
        found,
        key=lambda row: (
            row["gap"] is not None,
            row["period_end"],
            row["reference_kind"] in _AIMED_AT,
        ),
    )
    kind = str(told["kind"])
    order = _STANDING.get(kind, UNJUDGED)
    series = before.get(tuple(told[name] for name in _SERIES))
    past = [] if series is None else series["value"].drop_nulls().to_list()
    shown = [name for name in periods if figures.get(name, NONE) != NONE]
    period = str(told["period"])
    return MeasureRow(
        f"{told['indicator_id']}-{told['sex']}-{told['unit']}",
        str(told["name"]),
        str(told["unit_word"]),
        [figures.get(name, NONE) for name in periods],
        drawing.spark(past) if len(past) >= _FEWEST_POINTS else None,
        str(told["_with"]),
        (str(told["reference_figure"]), str(told["reference_mark"])),
        (str(told["gap_figure"]), str(told["gap_mark"])),
        rounded=bool(told["rounded"]),
        kind=kind or "none",
        standing=str(told["standing"]),
        reason=str(told["reason"]),
        order=order,
        size=abs(told["gap"] or 0.0) if order in (WORSE, BETTER) else 0.0,
        cited=provenance.cited(
            told["source_id"], told["document"], told["line"], str(told["indicator_id"])
        ),
        when="" if shown[-1:] == [period] else period,
    )
