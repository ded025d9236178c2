"""Monthly series as year-to-date figures."""

from __future__ import annotations

from datetime import date

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.figures import KEY, Frame, number, one_per_key, printed, subgroups
from ojmf.errors import SelectionError
from ojmf.frames import PLACES, checked, checked_observations
from ojmf.geography import called, resolve_municipality
from ojmf.model import MONTHS, PeriodKind, Scenario
from ojmf.periods import Period
from ojmf.suggestions import did_you_mean

AVERAGED = ("persons", "households", "placements", "SEK")
SUMMED = ("days", "cases", "MSEK")


@as_annotated
def year_to_date(
    observations: Frame,
    geo: str,
    last_month: int,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """January to ``last_month`` of every year that a municipality has monthly figures for.

    Persons, households, placements and kronor per month are averaged over the months, days,
    cases and million kronor summed. A year with a month that is missing, or printed with different
    figures, has a null ``value`` and those months in ``reason`` (Swedish), never a figure made of
    fewer months.

    Columns: area_id, indicator_id, the sub-groups, unit, geo, year, value, months (with a
    figure), aggregation (mean or sum), reason, period_start, period_end, period_kind
    (year_to_date, or year for December), document, line (of the first month). Sorted by area,
    indicator and year.

    ``area`` is an ``area_id``; a name of the municipality needs ``geography``. Raises
    ``SelectionError`` for a month outside 1–12, an unknown area and a municipality that is none or
    has no monthly figures; ``FrameError`` for unsound observations.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> so_far = ojmf.compare.year_to_date(rows, geo, 8)
    >>> so_far.select("year", "value", "aggregation", "months").row(0)
    (2023, 320.0, 'sum', 8)
    """
    if not 1 <= last_month <= 12:
        raise SelectionError(f"Månaden är ett tal från 1 till 12, inte {last_month!r}.")
    observations = checked_observations(observations)
    geography = None if geography is None else checked(geography, PLACES)
    geo = resolve_municipality(geo, geography)
    areas = observations["area_id"].drop_nulls().unique().sort().to_list()
    if area is not None and area not in areas:
        raise SelectionError(f"Okänt område: ”{area}”. {did_you_mean(area, areas)}")
    groups = subgroups(observations)
    monthly = observations.lazy().filter(
        pl.col("geo") == geo,
        pl.col("period_kind") == PeriodKind.MONTH.value,
        pl.col("scenario") == Scenario.OUTCOME.value,
        pl.col("unit").is_in([*AVERAGED, *SUMMED]),
        pl.col("indicator_id").is_not_null(),
    )
    if area is not None:
        monthly = monthly.filter(pl.col("area_id") == area)
    series = [*KEY, *groups, "unit", "geo"]
    cells = monthly.select(
        *series,
        pl.col("period_start").dt.year().alias("year"),
        pl.col("period_start").dt.month().alias("month"),
        number(),
        *printed(observations),
    ).collect()
    if cells.is_empty():
        raise SelectionError(f"Det finns inga månadsuppgifter för {called(geo, geography)}.")
    key = [*series, "year"]
    clear_months = one_per_key(
        cells.filter(pl.col("value").is_not_null(), pl.col("month") <= last_month), [*key, "month"]
    )
    clear = pl.col("value").is_not_null()
    months = pl.col("month").cast(pl.Int64)
    none = pl.lit([], dtype=pl.List(pl.Int64))
    years = (
        cells.select(key)
        .unique()
        .join(
            clear_months.group_by(key).agg(
                clear.sum().cast(pl.Int32).alias("months"),
                pl.col("value").sum().alias("_sum"),
                months.filter(~clear).alias("_unclear"),
                months.alias("_printed"),
                pl.col("document").sort_by("month").first(),
                pl.col("line").sort_by("month").first(),
            ),
            on=key,
            how="left",
            nulls_equal=True,
        )
        .with_columns(
            pl.col("months").fill_null(0),
            pl.col("_unclear").fill_null(none),
            pl.lit(list(range(1, last_month + 1)))
            .list.set_difference(pl.col("_printed").fill_null(none))
            .alias("_missing"),
        )
    )
    summed = pl.col("unit").is_in(SUMMED)
    complete = pl.col("months") == last_month
    reasons = (
        pl.when(pl.col(column).list.len() > 0).then(pl.format(text, _named(column)))
        for column, text in (("_missing", "saknas: {}"), ("_unclear", "olika uppgifter: {}"))
    )
    return years.select(
        *series,
        "year",
        pl.when(complete)
        .then(pl.when(summed).then("_sum").otherwise(pl.col("_sum") / last_month))
        .alias("value"),
        "months",
        pl.when(summed).then(pl.lit("sum")).otherwise(pl.lit("mean")).alias("aggregation"),
        pl.concat_str(*reasons, separator="; ", ignore_nulls=True)
        .replace("", None)
        .alias("reason"),
        pl.date(pl.col("year"), 1, 1).alias("period_start"),
        pl.date(pl.col("year"), last_month, 1).dt.month_end().alias("period_end"),
        pl.lit((PeriodKind.YEAR if last_month == 12 else PeriodKind.YEAR_TO_DATE).value).alias(
            "period_kind"
        ),
        "document",
        "line",
    ).sort(*KEY, *groups, "year")


def _named(months: str) -> pl.Expr:
    """The Swedish names of a list of months."""
    names = pl.element().replace_strict(
        dict(enumerate(MONTHS, start=1)), default=None, return_dtype=pl.String
    )
    return pl.col(months).list.sort().list.eval(names).list.join(", ")


def days_in(period: Period) -> int:
    """The number of days of a period, both ends counted."""
    return (period.end - period.start).days + 1


def months_between(start: date, end: date) -> list[tuple[int, int]]:
    """Every (year, month) from the month of ``start`` to that of ``end``."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]
