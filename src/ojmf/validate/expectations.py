"""Expectations that the core of Great Expectations lacks, as Polars expressions.

Each is known to suites by its name in snake case. Rows or groups for which the question does not
arise are not judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import polars as pl

from ojmf.model import ObsStatus, PeriodKind, Scenario
from ojmf.validate.gx_polars import PolarsGroupExpectation, PolarsRowExpectation

_WITHOUT_VALUE = [
    str(status)
    for status in (
        ObsStatus.NOT_COLLECTED,
        ObsStatus.CANNOT_EXIST,
        ObsStatus.MISSING,
        ObsStatus.SUPPRESSED,
    )
]
_MAY_LACK_VALUE = [*_WITHOUT_VALUE, str(ObsStatus.UNRELIABLE)]
_CATEGORY = "category"


def _has_figure() -> pl.Expr:
    return pl.col("value").is_not_null() | pl.col("answer").is_not_null()


class ExpectStatusToFitValue(PolarsRowExpectation):
    """A figure or answer has a status of one that exists, and an empty place one of one missing.

    A category is kept as printed text; it exists where the text does.
    """

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002 - the columns are fixed
        """Status and value contradict each other."""
        exists = _has_figure() | ((pl.col("unit") == _CATEGORY) & (pl.col("raw") != ""))
        status = pl.col("obs_status")
        return (
            pl.when(exists)
            .then(status.is_in(_WITHOUT_VALUE))
            .otherwise(~status.is_in(_MAY_LACK_VALUE))
        )

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """What contradicts what."""
        return ["obs_status", "value", "answer"]


class ExpectMissingToHaveReason(PolarsRowExpectation):
    """An empty place has a reason first in ``note``; ``unexplained`` are those that give none."""

    unexplained: list[str]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """No note, or one that only says that the place is empty."""
        note = pl.col("note").fill_null("").str.split("; ").list.first().str.strip_chars()
        empty = ~_has_figure() & pl.col("obs_status").is_in(_MAY_LACK_VALUE)
        return pl.when(empty).then(note.is_in(["", *self.unexplained]))

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """Status and note."""
        return ["obs_status", "note"]


class ExpectValueToBeAsPrinted(PolarsRowExpectation):
    """A value that no correction has replaced is the figure that the printed text stands for."""

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Value and printed figure differ by more than the noise of a binary fraction."""
        printed, value = pl.col("printed"), pl.col("value")
        differs = (value - printed).abs() > 1e-9 * pl.max_horizontal(printed.abs(), pl.lit(1.0))
        judged = pl.col("correction_id").is_null() & value.is_not_null()
        return pl.when(judged).then(differs | printed.is_null())

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The two figures."""
        return ["raw", "value"]


class ExpectAnswerToBeAsPrinted(PolarsRowExpectation):
    """An answer is the printed word."""

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Answer and printed word differ."""
        return pl.when(pl.col("unit") == "answer").then(
            pl.col("answer").fill_null("") != pl.col("raw").fill_null("").str.to_uppercase()
        )

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The two words."""
        return ["raw", "answer"]


class ExpectPeriodToFitKind(PolarsRowExpectation):
    """First and last day of a period are those that its kind has.

    ``year`` ends with a calendar year and lies in it; ``year_to_date`` is shorter than a year;
    ``rolling_12_months`` is twelve whole months; ``month`` is a calendar month; ``point`` a day.
    """

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """The days do not fit the kind, are in the wrong order, or only one of them is there."""
        start, end, kind = pl.col("period_start"), pl.col("period_end"), pl.col("period_kind")
        whole_months = (start.dt.day() == 1) & (end.dt.month_end() == end)
        months = 12 * (end.dt.year() - start.dt.year()) + end.dt.month() - start.dt.month() + 1
        fits: dict[PeriodKind, pl.Expr] = {
            PeriodKind.MONTH: whole_months & (months == 1),
            PeriodKind.YEAR: whole_months
            & (start.dt.year() == end.dt.year())
            & (end.dt.month() == 12),
            PeriodKind.YEAR_TO_DATE: (months < 12) & (start <= end),
            PeriodKind.ROLLING_12_MONTHS: whole_months & (months == 12),
            PeriodKind.POINT: start == end,
        }
        verdict = pl.lit(value=False)
        for name, fit in fits.items():
            verdict = pl.when(kind == str(name)).then(fit.fill_null(value=False)).otherwise(verdict)
        bare = start.is_null() & end.is_null() & kind.is_null()
        return pl.when(~bare).then(~verdict)

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The period."""
        return ["period_start", "period_end", "period_kind"]


class ExpectOutcomeToHaveHappened(PolarsRowExpectation):
    """A figure that is an outcome lies in the time that its source reports on."""

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """An outcome with a value whose period ends behind what the source reports on."""
        happened = pl.col("scenario").is_in([str(Scenario.OUTCOME), str(Scenario.SHARE)])
        return pl.when(happened & _has_figure()).then(
            pl.col("period_end") > pl.col("reported_until")
        )

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The two days."""
        return ["period_end", "reported_until"]


class ExpectSignAsDeclared(PolarsRowExpectation):
    """A figure has the sign that its table is declared to print; zero has both."""

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """The other sign."""
        value = pl.col("value")
        return (
            pl.when(pl.col("sign") == "negative")
            .then(value > 0)
            .when(pl.col("sign") == "positive")
            .then(value < 0)
        )

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """Figure and sign."""
        return ["value", "sign"]


class ExpectSourceToBeDeclared(PolarsGroupExpectation):
    """A source has a declaration in the workspace; one failure per source."""

    def keys(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The source."""
        return ["source_id"]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Named, but with nothing known about it."""
        return pl.col("source_id").is_not_null().any() & pl.col("published").is_null().all()


class ExpectEveryMonth(PolarsGroupExpectation):
    """A series has each of the twelve months of a year once, with a figure or a status."""

    def keys(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """A row of a table: one series, one year."""
        return ["source_id", "heading", "table", "indicator_id", "geo", "row_label"]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Not twelve rows, not twelve months, or not one year."""
        start = pl.col("period_start")
        return (
            (pl.len() != 12)
            | (start.dt.month().n_unique() != 12)
            | (start.dt.year().n_unique() != 1)
        )

    def figures(self, schema: pl.Schema) -> Mapping[str, pl.Expr]:  # noqa: ARG002
        """How many months there are."""
        return {"months": pl.col("period_start").n_unique()}


class ExpectReferencesForAnswers(PolarsGroupExpectation):
    """A question that a municipality has answered has a share for the county and the country."""

    def keys(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """A question in a source."""
        return ["source_id", "table", "area_id", "indicator_id", "period_end"]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Answered, without one of the shares."""
        return pl.when(pl.col("answer").is_not_null().any()).then(
            (_shares("county") == 0) | (_shares("country") == 0)
        )

    def figures(self, schema: pl.Schema) -> Mapping[str, pl.Expr]:  # noqa: ARG002
        """How many shares of each kind there are."""
        return {"county_shares": _shares("county"), "country_shares": _shares("country")}


class ExpectAnswerWhereReferences(PolarsGroupExpectation):
    """A question with a share for the county or the country has an answer from a municipality."""

    def keys(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """A question in a source."""
        return ["source_id", "table", "area_id", "indicator_id", "period_end"]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """A share, but no answer."""
        return pl.when((_shares("county") + _shares("country")) > 0).then(
            ~pl.col("answer").is_not_null().any()
        )

    def figures(self, schema: pl.Schema) -> Mapping[str, pl.Expr]:  # noqa: ARG002
        """How many answers there are."""
        return {"answers": pl.col("answer").count()}


def _shares(level: str) -> pl.Expr:
    return pl.col("value").filter(pl.col("geo_level") == level).count()


class ExpectPlausibleChange(PolarsRowExpectation):
    """A figure is not far out of line with those next to it in its series.

    A series is one indicator in one table, place, unit and scenario, in the order of its periods;
    next are the two figures before and the two behind. A figure is implausible where it is more
    than ``factor`` times the largest of them, or the smallest is more than ``factor`` times it,
    and the difference is more than ``least``. With fewer than two neighbours it is not judged.
    """

    factor: float
    least: float

    series: ClassVar[list[str]] = [
        "source_id",
        "heading",
        "table",
        "indicator_id",
        "geo",
        "unit",
        "scenario",
    ]

    def failing(self, schema: pl.Schema) -> pl.Expr:  # noqa: ARG002
        """Out of line with the neighbours, by factor and by amount."""
        size = pl.col("value").abs()
        near = [
            size.shift(by).over(self.series, order_by=["period_start", "period_end"])
            for by in (-2, -1, 1, 2)
        ]
        known = pl.sum_horizontal(figure.is_not_null() for figure in near)
        largest, smallest = pl.max_horizontal(near), pl.min_horizontal(near)
        above = (size > self.factor * largest) & (size - largest > self.least)
        below = (smallest > self.factor * size) & (smallest - size > self.least)
        return pl.when(known >= 2).then(above | below)

    def shown(self, schema: pl.Schema) -> Sequence[str]:  # noqa: ARG002
        """The figure and when it is from."""
        return ["value", "period_start"]
