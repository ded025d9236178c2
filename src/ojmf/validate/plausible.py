"""Expectations on figures beside the others of their series, as Polars expressions.

What is unlike the rest of its series is seldom impossible: their bounds stand in the suites, with
their reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import polars as pl

from ojmf.model import DIFFERENCES, Scenario
from ojmf.validate.context import ANSWERS
from ojmf.validate.expectations import negative_count, outside
from ojmf.validate.gx_polars import PolarsGroupExpectation, PolarsRowExpectation
from ojmf.validate.levels import FAMILY

SERIES = ["source_id", "heading", "table", "indicator_id", "geo", "sex", "unit", "scenario"]
COLUMN = [*SERIES, "column_label", "period_start", "period_end"]
COLUMN.remove("geo")


class ExpectPlausibleStep(PolarsRowExpectation):
    """A figure of a new import is not far from that of the period before (``new_import.BEFORE``).

    A share is implausible where it has moved by more than ``share`` percentage points; another
    figure where it has grown or shrunk more than ``factor`` times or changed its sign, by more than
    ``least`` (for MSEK ``least_amount``). What is itself a difference is not judged, and neither is
    the share of a question that no share can be.
    """

    share: float
    factor: float
    least: float
    least_amount: float

    shown: ClassVar[Sequence[str]] = ["value", "value_before"]

    def failing(self) -> pl.Expr:
        difference, scenario = pl.col("difference"), pl.col("scenario")
        least = pl.when(pl.col("unit") == "MSEK").then(self.least_amount).otherwise(self.least)
        grown = (pl.col("times") > self.factor) | pl.col("turned")
        judged = difference.is_not_null() & ~scenario.is_in(DIFFERENCES)
        share = (scenario == str(Scenario.SHARE)) & (pl.col("kind") == ANSWERS)
        judged &= ~(share & ~pl.col("value").is_between(0, 100)).fill_null(value=False)
        return pl.when(judged).then(
            pl.when(scenario == str(Scenario.SHARE))
            .then(difference > self.share)
            .otherwise(grown & (difference > least))
        )


class ExpectPlausibleChange(PolarsRowExpectation):
    """A figure is not far out of line with those next to it in its series.

    A series is one indicator in one table, place, sex, unit and scenario, in the order of its
    periods; next are the two figures before and the two behind. A figure is implausible where it
    is more than ``factor`` times the largest of them, or the smallest is more than ``factor`` times
    it, and the difference is more than ``least``. With fewer than two neighbours it is not judged.
    A series with more than ``jumps`` such steps from one figure to the next varies by nature, as
    one with both signs does: there it is implausible only beside all others of the series.
    """

    factor: float
    least: float
    jumps: int = 3

    shown: ClassVar[Sequence[str]] = ["value", "period_start"]

    def failing(self) -> pl.Expr:
        value = pl.col("value")
        size = value.abs()
        before, *near = [
            size.shift(by).over(SERIES, order_by=["period_start", "period_end"])
            for by in (1, 2, -1, -2)
        ]
        near.append(before)
        known = pl.sum_horizontal(figure.is_not_null() for figure in near)
        above = self._far(size, pl.max_horizontal(near))
        below = self._far(pl.min_horizontal(near), size)
        steps = self._far(size, before) | self._far(before, size)
        varies = steps.sum().over(SERIES) > self.jumps
        signs = ((value > 0).any() & (value < 0).any()).over(SERIES)
        alone_above = size > self.factor * size.top_k(2).min().over(SERIES)
        alone_below = (self.factor * size < size.bottom_k(2).max().over(SERIES)) & ~signs
        alone = (above & alone_above) | (below & alone_below)
        return pl.when(known >= 2).then(alone | ((above | below) & ~varies & ~signs))

    def _far(self, larger: pl.Expr, smaller: pl.Expr) -> pl.Expr:
        return (larger > self.factor * smaller) & (larger - smaller > self.least)


class ExpectPlausibleLevel(PolarsRowExpectation):
    """The figures of a year are not all of another size than those of the table's other years.

    They are implausible where the smallest is more than ``factor`` times the largest of all other
    years, or the smallest of those that much larger than each of them, and the difference is more
    than ``least`` (``levels.year_sizes``). Of two years the later one fails.
    """

    factor: float
    least: float

    shown: ClassVar[Sequence[str]] = ["year_least", "year_most", "period_start"]

    def failing(self) -> pl.Expr:
        least, most = pl.col("year_least"), pl.col("year_most")
        years = most.count().over(FAMILY)
        top, bottom = most.max().over(FAMILY), least.min().over(FAMILY)
        largest = pl.when(most == top).then(most.top_k(2).min().over(FAMILY)).otherwise(top)
        next_least = least.bottom_k(2).max().over(FAMILY)
        smallest = pl.when(least == bottom).then(next_least).otherwise(bottom)
        above = (least > self.factor * largest) & (least - largest > self.least)
        below = (smallest > self.factor * most) & (smallest - most > self.least)
        start = pl.col("period_start")
        last = start == start.filter(most.is_not_null()).max().over(FAMILY)
        judged = most.is_not_null() & ((years > 2) | ((years == 2) & last))
        return pl.when(judged).then((above & (largest > 0)) | (below & (most > 0)))


class ExpectSignOfOthers(PolarsRowExpectation):
    """A figure has the sign that all others beside it have, where it is far from them.

    Beside it are those of a series in other ``periods``, or of a column at other ``places``. Of
    more than ``others`` a figure fails that alone has its sign, stands farther from the nearest
    than the others lie apart, and has a place among them with the other sign. A table that declares
    its signs is judged by those, and what can't be at all is told as that.
    """

    beside: Literal["periods", "places"]
    others: int

    shown: ClassVar[Sequence[str]] = ["value", "period_start", "geo"]

    def failing(self) -> pl.Expr:
        beside = SERIES if self.beside == "periods" else COLUMN
        value = pl.col("value")
        judged = pl.col("typed") & pl.col("sign").is_null() & value.is_not_null()
        judged &= ~pl.col("scenario").is_in(DIFFERENCES) & ~outside() & ~negative_count()
        odd = pl.lit(value=False)
        for sign in (-1, 1):
            turned = sign * value
            among = turned.filter(turned >= 0)
            least, most = among.min().over(beside), among.max().over(beside)
            apart = most - least
            alone = (turned < 0) & ((turned < 0).sum().over(beside) == 1)
            fits = (-turned).is_between(least - apart, most + apart)
            odd |= alone & fits & (least - turned > apart)
        return pl.when(judged & (value.count().over(beside) > self.others)).then(odd)


class ExpectPercentOfHundred(PolarsRowExpectation):
    """A figure in percent is no fraction of one where those of its measure are of a hundred.

    It lies between 0 and 1 and is printed with more decimals than any of them, of which there are
    at least two; a hundred times it lies among them, and ten times it below them all.
    """

    shown: ClassVar[Sequence[str]] = ["value", "period_start", "geo"]

    def failing(self) -> pl.Expr:
        measure = [name for name in SERIES if name != "geo"]
        size = pl.col("value").abs()
        between = size.is_between(0, 1, closed="none")
        whole = size.filter(~between & (size > 0))
        least, most = whole.min().over(measure), whole.max().over(measure)
        decimals = pl.col("decimals").filter(~between).max().over(measure)
        among = (100 * size).is_between(least / 2, 2 * most) & (10 * size < least)
        fraction = between & among & (pl.col("decimals") > decimals)
        judged = (pl.col("unit") == "percent") & ~pl.col("scenario").is_in(DIFFERENCES)
        return pl.when(judged & (whole.count().over(measure) >= 2)).then(fraction)


class ExpectYearsInOrder(PolarsGroupExpectation):
    """The rows of a series, one per year, stand in the order of the years, whichever way."""

    keys: ClassVar[Sequence[str]] = SERIES

    def failing(self) -> pl.Expr:
        days = pl.col("period_start").diff().dt.total_days()
        step = days.filter(pl.col("line").diff() != 0)
        return (step > 0).any() & (step < 0).any()
