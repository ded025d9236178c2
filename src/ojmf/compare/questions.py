"""The cells of the questions in Öppna jämförelser, and the shares of JA computed from them."""

from __future__ import annotations

import polars as pl

from ojmf.compare.against import Against, municipal
from ojmf.compare.figures import (
    FACTS,
    KEY,
    PERIOD,
    Frame,
    number,
    of_both_sexes,
    printed,
    said_where,
)
from ojmf.compare.members import computed
from ojmf.errors import TableError
from ojmf.geography import resolve_area
from ojmf.model import Answer, Statistic
from ojmf.printed import number as swedish

ANSWER_METHOD = "answer"
QUESTION = [*KEY, "period_end"]
"""A question of one period; that of another period is another question."""
POINTS = {Answer.YES.value: 100.0, Answer.PARTLY.value: 50.0, Answer.NO.value: 0.0}


def question_cells(observations: Frame, indicators: pl.DataFrame, area: str | None) -> pl.DataFrame:
    """Every answer and share of the questions, one cell per question, period and place.

    Adds points, share and conflict.
    """
    questions = indicators.lazy().filter(pl.col("method") == ANSWER_METHOD)
    if area is not None:
        questions = questions.filter(pl.col("area_id") == resolve_area(area, indicators))
    points = pl.col("answer").replace_strict(POINTS, default=None, return_dtype=pl.Float64)
    cells = (
        of_both_sexes(observations)
        .filter(pl.col("scenario").is_in(FACTS))
        .join(questions.select(KEY), on=KEY, how="semi")
        .select(
            *KEY, "geo", *PERIOD, "row_label", "answer", "value", *printed(observations), "note"
        )
        .with_columns(points.alias("points"), number().alias("share"))
        .drop("value")
        .collect()
    )
    return _one_cell_per_key(cells)


def _one_cell_per_key(cells: pl.DataFrame) -> pl.DataFrame:
    """The same figure printed twice is one cell; different figures are none, with ``conflict``.

    A cell without a figure contradicts nothing, and counts only where there is no other.
    """
    key = [*QUESTION, "geo"]
    said = pl.coalesce("answer", swedish(pl.col("share"), pl.col("decimals")))
    distinct = cells.sort(said.is_null(), "document", "line", nulls_last=True).unique(
        subset=[*key, "answer", "share"], keep="first", maintain_order=True
    )
    distinct = distinct.filter(said.is_not_null() | said.is_null().all().over(key))
    if not distinct.select(pl.struct(key).is_duplicated().any()).item():
        return distinct.with_columns(pl.lit(None, pl.String).alias("conflict"))
    where = said_where(said)
    first = distinct.group_by(key, maintain_order=True).agg(
        pl.exclude(key).first(),
        pl.when(pl.len() > 1).then(where.str.join(", ")).alias("conflict"),
    )
    return first.with_columns(
        pl.when(pl.col("conflict").is_null()).then(name).alias(name)
        for name in ("answer", "points", "share")
    )


def computed_shares(
    cells: pl.DataFrame, indicators: pl.DataFrame, against: Against
) -> pl.DataFrame:
    """The share of JA among the municipalities of each reference that answered (%).

    Columns: those of ``QUESTION``, reference_geo, computed, counted and members.
    """
    yes = pl.when(pl.col("points").is_not_null()).then(_yes())
    values = cells.filter(municipal()).join(
        indicators.select(*KEY, "fewest"), on=KEY, how="left", maintain_order="left"
    )
    return computed(
        values.select(
            *QUESTION,
            "geo",
            yes.alias("value"),
            pl.lit(Statistic.MEAN.value).alias("statistic"),
            "fewest",
        ),
        QUESTION,
        against,
    )


def area_references(cells: pl.DataFrame, against: Against) -> pl.DataFrame:
    """The mean of the municipalities' shares of JA in an area, computed as each one's own is.

    The mean of the questions' shares would be another figure where some have not answered all, and
    the gaps of all municipalities would not cancel out. Columns: reference_geo, area_id,
    period_end and area_reference (%).
    """
    area = ["area_id", "period_end"]
    each = (
        cells.filter(pl.col("points").is_not_null(), municipal())
        .group_by("geo", *area, maintain_order=True)
        .agg(_yes().mean().alias("value"))
        .with_columns(
            pl.lit(Statistic.MEAN.value).alias("statistic"),
            pl.lit(None, pl.Int64).alias("fewest"),
        )
    )
    return computed(each, area, against).select(
        "reference_geo", *area, pl.col("computed").alias("area_reference")
    )


def _yes() -> pl.Expr:
    """100 for JA and 0 for another answer."""
    return (pl.col("answer") == Answer.YES.value).cast(pl.Float64) * 100


def refuse_unknown_answers(cells: pl.DataFrame) -> None:
    """Raise ``TableError`` for answers outside the vocabulary, each with its place."""
    unknown = cells.filter(pl.col("answer").is_not_null() & ~pl.col("answer").is_in(list(POINTS)))
    if not unknown.is_empty():
        raise TableError(
            [
                f"{row['document']} rad {row['line']}: svaret ”{row['answer']}” är inget av "
                f"{', '.join(POINTS)}. Rätta tabellen eller dess deklaration."
                for row in unknown.to_dicts()
            ]
        )
