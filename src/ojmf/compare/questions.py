"""The cells of the questions in Öppna jämförelser, and the shares of JA computed from them."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import FACTS, KEY, PERIOD, Frame, number, of_both_sexes, printed
from ojmf.errors import TableError
from ojmf.geography import COUNTY_CODE_LENGTH, MUNICIPALITY_CODE_LENGTH, resolve_area
from ojmf.model import COUNTRY, Answer
from ojmf.printed import number as swedish

ANSWER_METHOD = "answer"
QUESTION = [*KEY, "period_end"]
"""A question of one period; that of another period is another question."""
POINTS = {Answer.YES.value: 100.0, Answer.PARTLY.value: 50.0, Answer.NO.value: 0.0}
FEWEST_ANSWERS = 3
"""A share of fewer answers is not computed, unless the area has no more municipalities; nor is one
of fewer than half of them."""


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
    where = pl.format("{} i {} {}", said, "document", pl.col("place").fill_null("rad –"))
    first = distinct.group_by(key, maintain_order=True).agg(
        pl.exclude(key).first(),
        pl.when(pl.len() > 1)
        .then(pl.format("olika uppgifter för samma period: {}", where.str.join(", ")))
        .alias("conflict"),
    )
    return first.with_columns(
        pl.when(pl.col("conflict").is_null()).then(name).alias(name)
        for name in ("answer", "points", "share")
    )


def computed_shares(cells: pl.DataFrame, geography: pl.DataFrame | None) -> pl.DataFrame:
    """The share of JA among the municipalities of each county and the country that answered."""
    shares = (
        _in_each_area(_answered(cells))
        .group_by("reference_geo", *QUESTION)
        .agg(
            ((pl.col("answer") == Answer.YES.value).mean() * 100).alias("_share"),
            pl.len().cast(pl.Int64).alias("_counted"),
        )
    )
    # A question that nobody has answered still has its members, for the reason to tell.
    questions = _in_each_area(cells).select("reference_geo", *QUESTION).unique()
    return questions.join(
        shares, on=["reference_geo", *QUESTION], how="left", nulls_equal=True
    ).join(_members(geography), on="reference_geo", how="left")


def area_references(cells: pl.DataFrame, geography: pl.DataFrame | None) -> pl.DataFrame:
    """The mean of the municipalities' shares of JA in an area, computed as each one's own is.

    The mean of the questions' shares would be another figure where some have not answered all, and
    the gaps of all municipalities would not cancel out.
    """
    area = ["area_id", "period_end"]
    each = (
        _answered(cells)
        .group_by("geo", *area)
        .agg(((pl.col("answer") == Answer.YES.value).mean() * 100).alias("_own"))
    )
    return (
        _in_each_area(each)
        .group_by("reference_geo", *area)
        .agg(pl.col("_own").mean().alias("_mean"), pl.len().cast(pl.Int64).alias("_answering"))
        .join(_members(geography), on="reference_geo", how="left")
        .select(
            "reference_geo",
            *area,
            pl.when(enough("_answering")).then("_mean").alias("area_reference"),
        )
    )


def _answered(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells of municipalities that hold an answer."""
    municipal = pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH
    return cells.filter(pl.col("points").is_not_null(), municipal)


def _in_each_area(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows twice: as part of their county and of the country, in ``reference_geo``."""
    county = pl.col("geo").str.head(COUNTY_CODE_LENGTH)
    return pl.concat(
        rows.with_columns(place.alias("reference_geo")) for place in (county, pl.lit(COUNTRY))
    )


def _members(geography: pl.DataFrame | None) -> pl.DataFrame:
    """How many municipalities each county and the country has; none known without a geography."""
    if geography is None:
        return pl.DataFrame(schema={"reference_geo": pl.String, "_members": pl.Int64})
    codes = geography.filter(pl.col("level") == "municipality").select(pl.col("code").alias("geo"))
    return (
        _in_each_area(codes)
        .group_by("reference_geo")
        .agg(pl.len().cast(pl.Int64).alias("_members"))
    )


def enough(counted: str) -> pl.Expr:
    """Whether so many of an area's municipalities speak for it."""
    number_of, members = pl.col(counted), pl.col("_members")
    few = number_of < pl.min_horizontal(pl.lit(FEWEST_ANSWERS), members)
    return (~few & (number_of * 2 >= members.fill_null(0))).fill_null(value=False)


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
