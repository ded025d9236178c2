"""What of an indicator can be cited, where nothing of what was asked for can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ojmf.model import PeriodKind, Scenario
from ojmf.periods import Period, as_asked, parse_period
from ojmf.present.formats import period_in_words
from ojmf.present.words import listed

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_MOST_PERIODS = 4


def periods_there(
    workspace: Workspace, geo: str, indicator_id: str, period: str | None
) -> str | None:
    """For which periods a municipality has a figure, and how one is cited; None where for none.

    A question that is asked no longer has none of the year that the others of its area have.
    """
    own = workspace.observations().filter(
        pl.any_horizontal(pl.col("value", "answer").is_not_null()),
        pl.col("scenario").is_in([Scenario.OUTCOME.value, Scenario.FORECAST.value]),
        geo=geo,
        indicator_id=indicator_id,
    )
    if own.is_empty():
        return None
    sought = f"inom {period}" if period else "för den senaste perioden"
    times = own.select(
        period_in_words().alias("words"), "period_start", "period_end", "period_kind"
    ).unique()
    asked = None if period is None else parse_period(period, PeriodKind.POINT)
    near = (
        pl.lit(value=True)
        if asked is None
        else (pl.col("period_start") <= asked.end) & (pl.col("period_end") >= asked.start)
    )
    # What ends with the period that was asked for is the nearest of what it is a part of.
    apart = pl.lit(value=True) if asked is None else pl.col("period_end") == asked.end
    nearest = times.sort(near, apart, "period_end", "period_start", descending=True)
    words = nearest["words"].unique(maintain_order=True).to_list()
    first, last, kind = nearest.select("period_start", "period_end", "period_kind").row(0)
    one = as_asked(Period(first, last, PeriodKind(kind)))
    return (
        f" {sought}. Uppgifter finns för {listed(words[:_MOST_PERIODS])}"
        f"{' med flera' if len(words) > _MOST_PERIODS else ''}: "
        f"ojmf cite {indicator_id} --kommun {geo} --period {one}."
    )
