"""Which red answers weigh most, which carry an area's gap, and what returns in several areas."""

from __future__ import annotations

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.answered import reference_yes
from ojmf.compare.answers import traced_status
from ojmf.compare.figures import KEY, Frame
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.frames import entered
from ojmf.geography import COUNTRY_WORD, COUNTY_OF_OWN, resolve_area
from ojmf.model import COUNTRY, Answer, Status
from ojmf.schema import COMPARISONS


def largest_gaps(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame.TRACED`` that have a gap, the most negative first.

    Those of figures are turned so that the worst comes first; those without a good direction come
    last.
    """
    there = rows.filter(pl.col("gap").is_not_null())
    if there["method"].eq(ANSWER_METHOD).all():
        return there.sort("gap", maintain_order=True)
    return there.sort(goodness(there), maintain_order=True, nulls_last=True)


def goodness(rows: pl.DataFrame) -> pl.Expr:
    """What orders the gaps of rows of ``frame.TRACED``, the worst first.

    Where their units differ it is in percent of the reference (of the own figure where only a
    deviation is printed); the gaps of answers are in percentage points already.
    """
    better = pl.col("gap_better")
    if rows["unit"].n_unique() < 2:
        return better
    base = pl.coalesce("reference", "own").abs()
    in_percent = pl.when(base != 0).then(better / base * 100)
    return pl.when(pl.col("method") == ANSWER_METHOD).then(better).otherwise(in_percent)


@as_annotated
def priorities(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The red indicators of a municipality, those most common among its peers first.

    ``priority`` is the share (%) of the county's municipalities that answered JA, and where the
    county has none the country's; the country decides between equal counties. To lack what 89 %
    of the county has thus weighs more than to lack what no one has.

    Returns the columns of ``status`` against the county, then ``national`` (%), ``priority``
    and ``basis`` (the code of the area that the priority comes from). Rows without any
    reference come last. Raises as ``status``.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> ojmf.compare.priorities(rows, asked, geo)["priority"].to_list()[:3]
    [89.0, 86.0, 74.0]
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = traced_status(
        observations,
        indicators,
        geo,
        against=[COUNTY_OF_OWN, COUNTRY_WORD],
        area=area,
        geography=geography,
    )
    return priorities_of(rows).select(*COMPARISONS, "national", "priority", "basis")


def priorities_of(rows: pl.DataFrame) -> pl.DataFrame:
    """:func:`priorities` of the rows of ``traced_status`` against the county and the country."""
    country = pl.col("reference_geo") == COUNTRY
    national = rows.filter(country).select(*KEY, pl.col("reference").alias("national"))
    return (
        rows.filter(~country, pl.col("status") == Status.RED.value)
        .join(national, on=KEY, how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("reference", "national").alias("priority"),
            pl.when(pl.col("reference").is_not_null())
            .then("reference_geo")
            .when(pl.col("national").is_not_null())
            .then(pl.lit(COUNTRY))
            .alias("basis"),
        )
        .sort("priority", "national", descending=True, nulls_last=True, maintain_order=True)
    )


@as_annotated
def contributions(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Which indicators carry an area's gap: each one's part of it, the most negative first.

    ``contribution`` is 100 for JA, else 0, minus the reference, over ``n``, in percentage points;
    ``n`` is the number of the area's indicators with both an answer and a reference. Like that of
    the area it counts only JA, as the reference does, so that the contributions of an area add up
    to ``area_gap``, its gap in ``areas``. Returns the columns of ``status`` for those
    indicators, then ``area_gap``, ``contribution`` and ``counted_as`` (100 or 0, what of ``own``
    counts there), area by area in printed order. Raises as ``status``.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> carried = ojmf.compare.contributions(rows, asked, geo)
    >>> carried.select("contribution", "area_gap").row(0)
    (-2.28, 1.4)
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = traced_status(
        observations, indicators, geo, against=[against], area=area, geography=geography
    )
    return contributions_of(rows).select(*COMPARISONS, "area_gap", "contribution", "counted_as")


def contributions_of(rows: pl.DataFrame) -> pl.DataFrame:
    """:func:`contributions` of the rows of ``traced_status``."""
    yes = (pl.col("answer") == Answer.YES.value).cast(pl.Float64) * 100
    alike = yes - reference_yes()
    return (
        rows.filter(pl.col("gap").is_not_null())
        .with_columns(
            alike.mean().over("area_id").alias("area_gap"),
            (alike / pl.len().over("area_id")).alias("contribution"),
            yes.alias("counted_as"),
        )
        .with_row_index("_place")
        .sort(pl.col("_place").min().over("area_id"), "contribution", "_place")
        .drop("_place")
    )


@as_annotated
def shared_questions(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The questions that are asked in several areas, side by side; with ``area`` those of it.

    The catalogue says which they are: their ids are the same after the area. (Their printed labels
    may differ by a letter or a word.) Returns the columns of ``status``, then ``areas`` (how many
    areas ask it) and ``same_status`` (whether the colour is the same in all of them), question by
    question. Raises as ``status``.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> ojmf.compare.shared_questions(rows, asked, geo).select("areas", "same_status").row(0)
    (3, False)
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    rows = traced_status(observations, indicators, geo, against=[against], geography=geography)
    area_id = None if area is None else resolve_area(area, indicators)
    return shared_of(rows, area_id).select(*COMPARISONS, "areas", "same_status")


def shared_of(rows: pl.DataFrame, area_id: str | None) -> pl.DataFrame:
    """:func:`shared_questions` of the rows of ``traced_status`` for all areas."""
    question = pl.col("indicator_id").str.split(".").list.slice(1).list.join(".")
    wanted = []
    if area_id is not None:
        wanted = [(pl.col("area_id") == area_id).any().over("_question")]
    return (
        rows.with_columns(question.alias("_question"))
        .with_columns(
            pl.col("area_id").n_unique().over("_question").cast(pl.Int64).alias("areas"),
            (pl.col("status").n_unique().over("_question") == 1).alias("same_status"),
        )
        .filter(pl.col("areas") > 1, *wanted)
        .with_row_index("_place")
        .sort(pl.col("_place").min().over("_question"), "_place")
        .drop("_question", "_place")
    )
