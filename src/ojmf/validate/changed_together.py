"""How much of an import has changed together: an area, a municipality's answers, a table."""

from __future__ import annotations

import polars as pl

from ojmf.model import Answer, Scenario

SERIES = ["area_id", "indicator_id", "geo", "sex", "scenario", "period_kind"]
SERIES_OF_PLACES = ["area_id", "indicator_id", "sex", "scenario", "period_kind"]
LEVELS = ("county", "country")

_DERIVED = (str(Scenario.SHARE), "deviation", "change")
"""Figures that may well change sign or size: shares are bounded, the others are differences."""

_NO_STEP = 1e-6
"""Less is no distance between printed figures, but how floats round."""
_OFTEN = 0.2
"""A figure that more than this share of all have tells nothing of whether they moved."""


def groups(
    told: pl.DataFrame, others: pl.DataFrame, before: pl.DataFrame, edition: pl.DataFrame
) -> pl.DataFrame:
    """How much has changed in each area, at each place and in each table; ``what`` names which.

    ``there``: how much of the latest period other sources already have. ``answers``: of one
    municipality, also of all its areas together; ``revised`` the same beside the answers that the
    source's earlier ``edition`` has for the same period. ``columns``: how much better the shares of
    county and country fit the other's column (``ratio`` under 1). ``figures``: of a table.
    ``rows``: how much better the figures of a column fit those one row above or below. ``unmoved``:
    how many of the figures but noughts, and but those that many share, are those of the period
    before.
    """
    latest = told.filter(pl.col("period_end") == pl.col("period_end").max().over("area_id"))
    key = [*SERIES, "period_start", "period_end"]
    held = others.select(*key, there="source_id", there_raw="raw").unique(key, keep="last")
    there = (
        latest.join(held, key, "left", nulls_equal=True)
        .group_by("area_id", maintain_order=True)
        .agg(
            count=pl.len(),
            there=pl.col("there").count(),
            other=(pl.col("there_raw") != pl.col("raw")).sum(),
            sources=pl.col("there").drop_nulls().unique().sort().str.join(", "),
            until=pl.col("period_end").first(),
            earlier=pl.col("area_id").is_in(before["area_id"].implode()).any(),
        )
        .with_columns(what=pl.lit("there"), share=pl.col("there") / pl.col("count"))
    )
    again = told.drop("answer_before", "period_before").join(
        edition.select(*key, answer_before="answer", period_before=pl.lit(None, pl.Date)).unique(
            key, keep="none"
        ),
        key,
        nulls_equal=True,
    )
    answers = _answers(told).with_columns(what=pl.lit("answers"))
    revised = _answers(again).with_columns(what=pl.lit("revised"))
    shares = told.filter(pl.col("scenario") == str(Scenario.SHARE)).drop_nulls("value_before")
    county, country = (
        shares.filter(geo_level=level).select(
            "area_id", "indicator_id", "value", "value_before", "period_end"
        )
        for level in LEVELS
    )
    kept = (pl.col("value") - pl.col("value_before")).abs()
    kept += (pl.col("value_country") - pl.col("value_before_country")).abs()
    crossed = (pl.col("value") - pl.col("value_before_country")).abs()
    crossed += (pl.col("value_country") - pl.col("value_before")).abs()
    columns = (
        county.join(country, ["area_id", "indicator_id", "period_end"], suffix="_country")
        .group_by("area_id", maintain_order=True)
        .agg(count=pl.len(), kept=kept.sum(), crossed=crossed.sum())
        # Shares that have not moved at all are in their own column.
        .filter(pl.col("kept") > 0)
        .with_columns(what=pl.lit("columns"), ratio=pl.col("crossed") / pl.col("kept"))
    )
    tables = (
        told.filter(
            (pl.col("value") != 0) & (pl.col("value_before") != 0),
            ~pl.col("scenario").is_in(_DERIVED),
        )
        .group_by("area_id", "table", maintain_order=True)
        .agg(
            count=pl.len(),
            turned=pl.col("turned").mean(),
            powers=(pl.col("value") / pl.col("value_before")).abs().log(10).median().round(2),
        )
        .with_columns(what=pl.lit("figures"), row_label="table")
    )
    rows = [
        _shifted(shares, ["area_id", "geo"]),
        _shifted(told.filter(scenario=str(Scenario.OUTCOME)), [*SERIES_OF_PLACES, "table"]),
    ]
    # Where many figures are alike, most may well be what they were.
    figures_before = (
        told.filter(pl.col("value") != 0)
        .drop_nulls("value_before")
        .filter(pl.len().over("value_before") <= _OFTEN * pl.len())
    )
    unmoved = figures_before.select(
        pl.lit("unmoved").alias("what"),
        count=pl.len(),
        unmoved=(pl.col("value") == pl.col("value_before")).sum(),
        until=pl.col("period_before").max(),
        document_before=pl.col("document_before").last(),
    ).with_columns(share=pl.col("unmoved") / pl.col("count"))
    return pl.concat(
        [there, answers, revised, columns, tables, *rows, unmoved], how="diagonal_relaxed"
    )


def _answers(told: pl.DataFrame) -> pl.DataFrame:
    """How many answers are others than before, of each municipality's area and of all its areas."""
    both = told.drop_nulls(["answer", "answer_before"])
    rank = {str(answer): n for n, answer in enumerate((Answer.NO, Answer.PARTLY, Answer.YES))}
    step = pl.col("answer").replace_strict(rank, default=None) - pl.col(
        "answer_before"
    ).replace_strict(rank, default=None)
    figures = [
        pl.len().alias("count"),
        (step != 0).sum().alias("changed"),
        (step > 0).sum().alias("up"),
        (step < 0).sum().alias("down"),
        pl.col("answer").unique_counts().max().alias("alike"),
        pl.col("answer_before").unique_counts().max().alias("alike_before"),
        pl.col("period_before").max().alias("until"),
    ]
    return pl.concat(
        [
            both.group_by("area_id", "geo", maintain_order=True).agg(figures),
            both.group_by("geo", maintain_order=True).agg(figures),
        ],
        how="diagonal",
    ).with_columns(
        share=pl.col("changed") / pl.col("count"),
        one_way=pl.max_horizontal("up", "down") / pl.col("changed"),
        alike=pl.col("alike") / pl.col("count"),
        alike_before=pl.col("alike_before") / pl.col("count"),
    )


def _shifted(figures: pl.DataFrame, column: list[str]) -> pl.DataFrame:
    """How much better the figures down a column fit the row above or below, a year before.

    ``count`` are those nearer to that row's figure than to their own; ``ratio`` is how far the
    figures are from it in all, to how far from their own when the step that they take alike is
    left out: ranked figures that all rise come near the next row's too.
    """
    now, before = pl.col("value"), pl.col("value_before")
    ordered = figures.drop_nulls(["value", "value_before"]).sort("line_before", "row")
    ways = []
    for by in (1, -1):
        beside = before.shift(by)
        step = (now - before).filter(beside.is_not_null())
        kept, moved = (step - step.median()).abs().sum(), (now - beside).abs()
        nearer = (moved < (now - before).abs()).sum()
        way = ordered.group_by(column, maintain_order=True).agg(
            count=nearer, ratio=pl.when(kept > _NO_STEP).then(moved.sum() / kept)
        )
        ways.append(way)
    return (
        pl.concat(ways)
        .group_by(column, maintain_order=True)
        .agg(pl.col("count", "ratio").sort_by("ratio", nulls_last=True).first())
        .with_columns(what=pl.lit("rows"))
    )
