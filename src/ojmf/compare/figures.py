"""The figures of a municipality and of those it is compared with, like beside like."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from ojmf.geography import resolve_area
from ojmf.model import (
    EXACT_UNITS,
    SEX_WORDS,
    IndicatorKind,
    ObsStatus,
    PeriodKind,
    Reason,
    Scenario,
    Sex,
)
from ojmf.printed import needed_decimals
from ojmf.printed import number as swedish

Frame = pl.DataFrame | pl.LazyFrame

FACTS = (Scenario.OUTCOME.value, Scenario.SHARE.value)
NUMERIC_METHODS = ("quartile", "reference", "target", "neutral")
KEY = ["area_id", "indicator_id"]
PERIOD = ["period_start", "period_end", "period_kind"]
_SERIES = ["period_kind", "geo"]
LACKING = {
    ObsStatus.MISSING.value: Reason.MISSING.value,
    ObsStatus.NOT_COLLECTED.value: Reason.NOT_COLLECTED.value,
    ObsStatus.SUPPRESSED.value: Reason.SUPPRESSED.value,
    ObsStatus.UNRELIABLE.value: Reason.UNRELIABLE.value,
}
"""Why a cell that should have a figure has none, by its status."""
PARTS_OF_A_YEAR = [
    PeriodKind.MONTH.value,
    PeriodKind.QUARTER.value,
    PeriodKind.TERTIAL.value,
    PeriodKind.HALF_YEAR.value,
    PeriodKind.YEAR_TO_DATE.value,
]
"""The kinds of period that a table has one after the other, as far as the year has come."""
PRINTED = pl.Schema(
    {
        "source_id": pl.String,
        "document": pl.String,
        "table": pl.String,
        "column_label": pl.String,
        "line": pl.Int32,
        "place": pl.String,
        "raw": pl.String,
        "decimals": pl.Int8,
        "obs_status": pl.String,
        "correction_id": pl.String,
    }
)
"""What rides along with a figure into a comparison: where it is printed, under which heading, as
what, and whether it is a correction (``correction_id``) or has nothing that confirms it
(``obs_status`` V)."""
REFERENCE_PRINTED = pl.Schema({f"reference_{name}": kind for name, kind in PRINTED.items()})
"""The same of the figure that it is compared with."""
SUBGROUPS = ("sex", "age")
"""Columns that a frame may carry; figures for different groups are never compared."""


def number(column: str = "value") -> pl.Expr:
    """A figure that is finite (null instead) and no negative zero."""
    figure = pl.col(column).cast(pl.Float64)
    return pl.when(figure == 0).then(0.0).when(figure.is_finite()).then(figure).alias(column)


def printed(frame: Frame) -> list[pl.Expr]:
    """The columns of ``PRINTED``; a frame from before ``place`` was one has the line as place."""
    # Not pl.format: it panics on an empty frame in the streaming engine (polars 2.1).
    line = pl.lit("rad ") + pl.col("line").cast(pl.String)
    known = "place" in frame.lazy().collect_schema().names()
    place = pl.coalesce("place", line) if known else line
    return [place.alias(name) if name == "place" else pl.col(name) for name in PRINTED]


def as_reference(there: pl.Expr) -> list[pl.Expr]:
    """``PRINTED`` as ``REFERENCE_PRINTED``, null where ``there`` does not hold."""
    return [pl.when(there).then(name).alias(f"reference_{name}") for name in PRINTED]


def subgroups(frame: Frame) -> list[str]:
    """The sub-group columns that a frame has."""
    names = frame.lazy().collect_schema().names()
    return [name for name in SUBGROUPS if name in names]


def withheld() -> pl.Expr:
    """What stands in the place of a figure that is suppressed; null of one that is not.

    For rows with ``value`` under any name as null, ``raw`` and ``obs_status``.
    """
    suppressed = pl.col("obs_status") == ObsStatus.SUPPRESSED.value
    return pl.when(suppressed).then("raw")


def left_out() -> pl.Expr:
    """Whether a count is held back: it is small, so what is left of a group is too large.

    For rows with ``unit``, ``kind`` and ``obs_status``. A mean of days is no count.
    """
    suppressed = pl.col("obs_status") == ObsStatus.SUPPRESSED.value
    count = pl.col("unit").is_in(EXACT_UNITS) & (pl.col("kind") == IndicatorKind.COUNT.value)
    return (suppressed & count).fill_null(value=False).alias("left_out")


def of_both_sexes(frame: Frame) -> pl.LazyFrame:
    """The rows that are not about one sex alone; all of a frame that does not tell sexes apart."""
    rows = frame.lazy()
    if "sex" not in rows.collect_schema().names():
        return rows
    return rows.filter(pl.col("sex").fill_null(Sex.TOTAL.value) == Sex.TOTAL.value)


def figures(
    observations: Frame,
    indicators: pl.DataFrame,
    methods: Collection[str],
    *,
    area: str | None = None,
    scenarios: Collection[str] = FACTS,
    missing: bool = False,
) -> pl.LazyFrame:
    """Every numeric cell of the indicators with one of the methods.

    Cells without a figure are left out; with ``missing`` those stay that should have had one (not
    a month that is yet to come), with a null ``value``.

    Columns: area_id, indicator_id, the sub-groups, period_start, period_end, period_kind, unit,
    geo, scenario, value, those of ``PRINTED``, label, name, polarity, kind and method. The name of
    a figure about one sex says which.
    """
    wanted = indicators.lazy().filter(pl.col("method").is_in(list(methods)))
    if area is not None:
        wanted = wanted.filter(pl.col("area_id") == resolve_area(area, indicators))
    groups = subgroups(observations)
    rows = observations.lazy()
    if "sex" in groups:
        sex = pl.col("sex").cast(pl.String).replace_strict(SEX_WORDS, default=None)
        named = pl.concat_str("name", sex, separator=", ", ignore_nulls=True)
    else:
        named = pl.col("name")
    return (
        rows.filter(pl.col("scenario").is_in(list(scenarios)))
        .select(
            *KEY,
            *groups,
            *PERIOD,
            "unit",
            "geo",
            "scenario",
            number(),
            *printed(observations),
            pl.col("row_label").alias("label"),
        )
        .join(
            wanted.select(*KEY, "name", "polarity", "kind", "method"),
            on=KEY,
            maintain_order="left",
        )
        .with_columns(pl.when(pl.col("name").is_not_null()).then(named).alias("name"))
        .filter(
            pl.col("value").is_not_null() | (pl.lit(missing) & pl.col("obs_status").is_in(LACKING))
        )
    )


def one_per_key(cells: pl.DataFrame, key: Collection[str]) -> pl.DataFrame:
    """One row per key: the first printed, with ``conflict`` where figures disagree.

    A figure that disagrees with another of the same key becomes null, and ``conflict`` names each
    of them with its place.
    """
    keys = list(key)
    if not cells.select(pl.struct(keys).is_duplicated().any()).item():
        return cells.select(*keys, pl.exclude(keys), pl.lit(None, pl.String).alias("conflict"))
    ordered = cells.sort("document", "line", nulls_last=True)
    first = ordered.group_by(keys, maintain_order=True).agg(
        pl.exclude(keys).first(), pl.col("value").n_unique().alias("_different")
    )
    disagreeing = first.filter(pl.col("_different") > 1)
    value = pl.col("value")
    said = swedish(value, needed_decimals(value, 6))
    places = said_where(said).unique(maintain_order=True)
    conflicts = (
        ordered.join(disagreeing, on=keys, how="semi", nulls_equal=True)
        .group_by(keys)
        .agg(places.str.join(", ").alias("conflict"))
    )
    return (
        first.join(conflicts, on=keys, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.when(pl.col("conflict").is_null()).then("value").alias("value"))
        .drop("_different")
    )


def said_where(said: pl.Expr) -> pl.Expr:
    """What is said, and in which document and place, as far as these are known."""
    return pl.concat_str(
        said, pl.format(" i {}", "document"), pl.format(" {}", "place"), ignore_nulls=True
    )


def latest(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of the latest period of each indicator, sub-group, kind of period and place."""
    series = [*KEY, *subgroups(cells), *_SERIES]
    end = ["period_end", "period_start"]
    last = cells.sort(end).group_by(series).agg(pl.col(end).last())
    return cells.join(last, on=[*series, *end], nulls_equal=True, maintain_order="left")


def without_yet_to_come(cells: pl.DataFrame, observations: Frame) -> pl.DataFrame:
    """The cells (of :func:`figures`) without the empty ones of periods that were yet to come.

    A table that is drawn during a year has its other months, and the year itself, empty. How far
    it had come is the last part of a year that any of its rows about the place has a figure for:
    what is empty while others have a figure is missing. So is a cell that has a mark of its own,
    and one of a series without any figure, in whose place nothing older stands.
    """
    table = ["source_id", "table", "geo"]
    empty = pl.col("raw").fill_null("").str.strip_chars() == ""
    blank = empty & (pl.col("obs_status") == ObsStatus.MISSING.value)
    tables = cells.filter(blank).select(table).unique()
    if tables.is_empty():
        return cells
    come = (
        observations.lazy()
        .filter(number().is_not_null(), pl.col("period_kind").is_in(PARTS_OF_A_YEAR))
        .join(tables.lazy(), on=table, how="semi", nulls_equal=True)
        .group_by(table)
        .agg(pl.col("period_end").max().alias("_come"))
        .collect()
    )
    known = pl.col("value").is_not_null().any().over([*KEY, *subgroups(cells), *_SERIES])
    later = (pl.col("period_end") > pl.col("_come")).fill_null(value=False)
    return (
        cells.join(come, on=table, how="left", nulls_equal=True, maintain_order="left")
        .filter(~(blank & later & known))
        .drop("_come")
    )
