"""Expectations that the core of Great Expectations lacks, as Polars expressions.

Each is known to suites by its name in snake case. Rows or groups for which the question does not
arise are not judged. Those on figures beside others of their series are in ``plausible``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import polars as pl

from ojmf.model import (
    COUNT_UNITS,
    DIFFERENCES,
    EXACT_UNITS,
    Answer,
    ObsStatus,
    PeriodKind,
    Scenario,
)
from ojmf.periods import MONTHS_OF
from ojmf.validate.context import ANSWERS
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


_HAS_FIGURE = pl.col("value").is_not_null() | pl.col("answer").is_not_null()
_QUESTION = ["source_id", "table", "area_id", "indicator_id", "period_end"]
_ANSWERED = pl.col("answer").is_not_null().any()
_SHARES = {
    level: pl.col("value").filter(pl.col("geo_level") == level).count()
    for level in ("county", "country")
}
_WITHOUT_SHARES = (pl.col("of_county").fill_null(value=True).any() & (_SHARES["county"] == 0)) | (
    pl.col("of_country").fill_null(value=True).any() & (_SHARES["country"] == 0)
)
_SOME_SHARES = (_SHARES["county"] + _SHARES["country"]) > 0
_BLANK_ROW = (pl.len() > 1) & ~_HAS_FIGURE.any()


class ExpectStatusToFitValue(PolarsRowExpectation):
    """A figure or answer has a status of one that exists, and an empty place one of one missing.

    A category is kept as printed text; it exists where the text does.
    """

    shown: ClassVar[Sequence[str]] = ["obs_status", "value", "answer"]

    def failing(self) -> pl.Expr:
        exists = _HAS_FIGURE | ((pl.col("unit") == _CATEGORY) & (pl.col("raw") != ""))
        status = pl.col("obs_status")
        return (
            pl.when(exists)
            .then(status.is_in(_WITHOUT_VALUE))
            .otherwise(~status.is_in(_MAY_LACK_VALUE))
        )


class ExpectMissingToHaveReason(PolarsRowExpectation):
    """An empty place has a reason in ``note``; ``unexplained`` are the notes that give none.

    What a question lacks beside its answer or its shares is one finding, of those who judge it, and
    so is one whose every cell is empty where the note says only that.
    """

    unexplained: list[str]

    shown: ClassVar[Sequence[str]] = ["obs_status", "note"]

    def failing(self) -> pl.Expr:
        note = _note()
        empty = ~_HAS_FIGURE & pl.col("obs_status").is_in(_MAY_LACK_VALUE)
        beside = pl.when(_ANSWERED.over(_QUESTION)).then(_WITHOUT_SHARES.over(_QUESTION))
        told = (pl.col("kind") == ANSWERS) & beside.otherwise(
            ((pl.col("unit") == "answer") & _SOME_SHARES.over(_QUESTION))
            | (_BLANK_ROW.over(_QUESTION) & (note != ""))
        )
        unexplained = note.is_in(["", *self.unexplained])
        return pl.when(empty).then(unexplained & ~told.fill_null(value=False))


def _note() -> pl.Expr:
    return pl.col("note").fill_null("").str.strip_chars()


class ExpectValueToBeAsPrinted(PolarsRowExpectation):
    """A value that no correction has replaced is the figure that the printed text stands for."""

    shown: ClassVar[Sequence[str]] = ["raw", "value"]

    def failing(self) -> pl.Expr:
        printed, value = pl.col("printed"), pl.col("value")
        differs = (value - printed).abs() > 1e-9 * pl.max_horizontal(printed.abs(), pl.lit(1.0))
        judged = pl.col("correction_id").is_null() & value.is_not_null()
        return pl.when(judged).then(differs | printed.is_null())


class ExpectAnswerToBeAsPrinted(PolarsRowExpectation):
    """An answer is the printed word, or what its code is declared to stand for.

    A text that is none, such as a declared symbol, is a missing answer.
    """

    shown: ClassVar[Sequence[str]] = ["raw", "answer"]

    def failing(self) -> pl.Expr:
        printed = pl.col("printed_answer").fill_null("")
        missing = pl.col("answer").is_null() & pl.col("obs_status").is_in(_WITHOUT_VALUE)
        lost = printed.is_in(list(map(str, Answer)))
        return pl.when(pl.col("unit") == "answer").then(
            pl.when(missing).then(lost).otherwise(pl.col("answer").fill_null("") != printed)
        )


class ExpectFiguresAsDeclared(PolarsRowExpectation):
    """A figure has as many decimals as its table is declared to print; zero may have none."""

    shown: ClassVar[Sequence[str]] = ["raw", "decimals", "printed_decimals"]

    def failing(self) -> pl.Expr:
        return (pl.col("value") != 0) & (pl.col("decimals") != pl.col("printed_decimals"))


def outside() -> pl.Expr:
    """Whether a figure lies outside the bounds that its table declares for its unit."""
    value = pl.col("value")
    below, above = value < pl.col("least"), value > pl.col("most")
    return below.fill_null(value=False) | above.fill_null(value=False)


def negative_count() -> pl.Expr:
    """Whether a count that a person has set is below nought."""
    count = (pl.col("indicator_kind") == "count") & pl.col("unit").is_in([*COUNT_UNITS, "days"])
    typed = pl.col("typed") & ~pl.col("scenario").is_in(DIFFERENCES)
    return (count & typed & (pl.col("value") < 0)).fill_null(value=False)


class ExpectFiguresWithinBounds(PolarsRowExpectation):
    """A figure keeps the bounds that its table declares for its unit; a change has none."""

    shown: ClassVar[Sequence[str]] = ["value", "least", "most"]

    def failing(self) -> pl.Expr:
        return pl.when(~pl.col("scenario").is_in(DIFFERENCES)).then(outside())


class ExpectShareOfWhole(PolarsRowExpectation):
    """A share in percent that a person has set lies between 0 and 100; a change may be any.

    Figures that came as they are, from a service, are not judged.
    """

    shown: ClassVar[Sequence[str]] = ["value"]

    def failing(self) -> pl.Expr:
        share = (pl.col("indicator_kind") == "share") & (pl.col("unit") == "percent")
        typed = pl.col("typed") & ~pl.col("scenario").is_in(DIFFERENCES)
        return pl.when(share & typed).then(~pl.col("value").is_between(0, 100))


class ExpectCountOfThings(PolarsRowExpectation):
    """A count that a person has set is not negative; a change may be, and an index too.

    What lies outside its table's bounds is told as that.
    """

    shown: ClassVar[Sequence[str]] = ["value"]

    def failing(self) -> pl.Expr:
        return pl.when(~outside()).then(negative_count())


class ExpectPeriodToFitKind(PolarsRowExpectation):
    """First and last day of a period are those that its kind has.

    ``year`` ends with a calendar year and lies in it; ``year_to_date`` is shorter than a year;
    ``several_years`` is whole calendar years; ``quarter`` and ``tertial`` are three and four whole
    months;
    ``rolling_12_months`` is twelve whole months; ``month`` is a calendar month; ``point`` a day.
    """

    shown: ClassVar[Sequence[str]] = ["period_start", "period_end", "period_kind"]

    def failing(self) -> pl.Expr:
        start, end, kind = pl.col("period_start"), pl.col("period_end"), pl.col("period_kind")
        whole_months = (start.dt.day() == 1) & (end.dt.month_end() == end)
        months = 12 * (end.dt.year() - start.dt.year()) + end.dt.month() - start.dt.month() + 1
        fits: dict[PeriodKind, pl.Expr] = {
            PeriodKind.MONTH: whole_months & (months == 1),
            **{
                kind: whole_months & (months == count) & ((start.dt.month() - 1) % count == 0)
                for kind, count in MONTHS_OF.items()
            },
            PeriodKind.SCHOOL_YEAR: (months <= 12) & (start.dt.year() + 1 == end.dt.year()),
            PeriodKind.YEAR: whole_months
            & (start.dt.year() == end.dt.year())
            & (end.dt.month() == 12),
            PeriodKind.SEVERAL_YEARS: whole_months
            & (months > 12)
            & (months % 12 == 0)
            & (start.dt.month() == 1),
            PeriodKind.YEAR_TO_DATE: (months < 12) & (start <= end),
            PeriodKind.ROLLING_12_MONTHS: whole_months & (months == 12),
            PeriodKind.POINT: start == end,
        }
        verdict = pl.lit(value=False)
        for name, fit in fits.items():
            verdict = pl.when(kind == str(name)).then(fit.fill_null(value=False)).otherwise(verdict)
        bare = start.is_null() & end.is_null() & kind.is_null()
        return pl.when(~bare).then(~verdict)


class ExpectOutcomeToHaveHappened(PolarsRowExpectation):
    """A figure that is an outcome lies in the time that its source reports on."""

    shown: ClassVar[Sequence[str]] = ["period_end", "reported_until"]

    def failing(self) -> pl.Expr:
        happened = pl.col("scenario").is_in([str(Scenario.OUTCOME), str(Scenario.SHARE)])
        return pl.when(happened & _HAS_FIGURE).then(pl.col("period_end") > pl.col("reported_until"))


class ExpectSignAsDeclared(PolarsRowExpectation):
    """A figure has the sign that its table is declared to print; zero has both."""

    shown: ClassVar[Sequence[str]] = ["value", "sign"]

    def failing(self) -> pl.Expr:
        value = pl.col("value")
        return (
            pl.when(pl.col("sign") == "negative")
            .then(value > 0)
            .when(pl.col("sign") == "positive")
            .then(value < 0)
        )


class ExpectSourceToBeDeclared(PolarsGroupExpectation):
    """A source has a declaration in the workspace; one failure per source."""

    keys: ClassVar[Sequence[str]] = ["source_id"]

    def failing(self) -> pl.Expr:
        return pl.col("source_id").is_not_null().any() & ~pl.col("declared").any()


class ExpectEveryMonth(PolarsGroupExpectation):
    """A series has each of the twelve months of a year once, with a figure or a status."""

    keys: ClassVar[Sequence[str]] = [
        "source_id",
        "heading",
        "table",
        "indicator_id",
        "geo",
        "row_label",
    ]
    figures: ClassVar[Mapping[str, pl.Expr]] = {"months": pl.col("period_start").n_unique()}

    def failing(self) -> pl.Expr:
        start = pl.col("period_start")
        return (
            (pl.len() != 12)
            | (start.dt.month().n_unique() != 12)
            | (start.dt.year().n_unique() != 1)
        )


class ExpectReferencesForAnswers(PolarsGroupExpectation):
    """A question that a municipality has answered has a share for the county and the country.

    What the declared table has no column for is not missed.
    """

    keys: ClassVar[Sequence[str]] = _QUESTION
    figures: ClassVar[Mapping[str, pl.Expr]] = {
        "county_shares": _SHARES["county"],
        "country_shares": _SHARES["country"],
    }

    def failing(self) -> pl.Expr:
        return pl.when(_ANSWERED).then(_WITHOUT_SHARES)


class ExpectAnswerWhereReferences(PolarsGroupExpectation):
    """A question with a share for the county or the country has an answer from a municipality."""

    keys: ClassVar[Sequence[str]] = _QUESTION
    figures: ClassVar[Mapping[str, pl.Expr]] = {"answers": pl.col("answer").count()}

    def failing(self) -> pl.Expr:
        return pl.when(_SOME_SHARES).then(~_ANSWERED)


class ExpectQuestionNotBlank(PolarsGroupExpectation):
    """A question has an answer or a share, or a reason for each that it lacks.

    ``unexplained`` are the notes that give none; one cell alone is judged as a cell.
    """

    unexplained: list[str]

    keys: ClassVar[Sequence[str]] = _QUESTION
    figures: ClassVar[Mapping[str, pl.Expr]] = {"cells": pl.len()}

    def failing(self) -> pl.Expr:
        return _BLANK_ROW & _note().is_in(self.unexplained).any()


_ONE_FIGURE = (
    "area_id",
    "indicator_id",
    "geo",
    "sex",
    "subgroup",
    "scenario",
    "unit",
    "period_start",
    "period_end",
    "period_kind",
)


class ExpectOneFigurePerKey(PolarsGroupExpectation):
    """Rows about the same say the same answer, and figures that may be one before rounding."""

    keys: ClassVar[Sequence[str]] = _ONE_FIGURE

    def failing(self) -> pl.Expr:
        return _different()


class ExpectEachFigureOnce(PolarsGroupExpectation):
    """No two rows say the same about the same from one place; what differs is judged elsewhere."""

    keys: ClassVar[Sequence[str]] = (*_ONE_FIGURE, "document", "place")

    def failing(self) -> pl.Expr:
        return (_HAS_FIGURE.sum() > 1) & ~_different()


def _different() -> pl.Expr:
    """Whether the rows of a group have two answers, or figures whose printed intervals part."""
    rounded = ~pl.col("unit").is_in(sorted(EXACT_UNITS)) & pl.col("decimals").is_not_null()
    half = pl.when(rounded).then(0.5 * pl.lit(10.0).pow(-pl.col("decimals"))).otherwise(0.0)
    value = pl.col("value").filter(pl.col("value").is_not_null())
    half = half.filter(pl.col("value").is_not_null())
    answers = pl.col("answer").drop_nulls().n_unique()
    parted = (value - half).max() > (value + half).min() + 1e-9
    return parted.fill_null(value=False) | (answers > 1)
