"""The areas of figures: how many stand better and worse, and which gap is the largest."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import KEY, PERIOD
from ojmf.compare.frame import with_lacking
from ojmf.model import DIMENSION_WORDS, TYPE_WORDS, Reason, ReferenceKind, Status, Verdict
from ojmf.schema import FIGURE_AREAS

_SERIES = ["geo", *KEY, "sex", *PERIOD, "unit"]
BETTER_OR_WORSE = {
    "better": Verdict.BETTER.value,
    "similar": Verdict.SIMILAR.value,
    "equal": Verdict.EQUAL.value,
    "worse": Verdict.WORSE.value,
    "above": Verdict.HIGHER.value,
    "below": Verdict.LOWER.value,
}

_WITHOUT_FIGURE = {
    "unreadable": Reason.UNRELIABLE.value,
    "withheld": Reason.SUPPRESSED.value,
    "contradicted": Reason.CONFLICT.value,
}
ALIKE = 1e-9
"""Two gaps that are no further apart are as large."""
UNPLACED = "utan"
KINDS = {
    "dimension": {**DIMENSION_WORDS, UNPLACED: "Utan kvalitetsområde"},
    "type": {**TYPE_WORDS, UNPLACED: "Utan typ"},
}
"""What the catalogue places indicators in besides areas: the areas of quality and the types, in
their order, and what has none."""


def by_kind(
    rows: pl.DataFrame, indicators: pl.DataFrame, kind: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of ``frame.TRACED`` and the indicators with a kind of ``KINDS`` in the area's place.

    What has none is an area of its own. A municipality's share in an area is no share in a
    dimension, so its shares are to be compared question by question.
    """
    moved = in_kinds(rows, indicators, kind).with_columns(area_id=kind).select(rows.columns)
    placed = pl.col(kind).fill_null(UNPLACED)
    return moved, indicators.with_columns(
        area_id=placed, area_name=placed.replace_strict(KINDS[kind])
    )


def in_kinds(rows: pl.DataFrame, indicators: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The rows with their dimension or type as a column of that name, one after the other."""
    placed = indicators.select("indicator_id", pl.col(kind).fill_null(UNPLACED))
    order = pl.col(kind).cast(pl.Enum(list(KINDS[kind])))
    return rows.join(
        placed.unique("indicator_id"), on="indicator_id", how="left", maintain_order="left"
    ).sort(order, maintain_order=True)


def figure_areas(
    rows: pl.DataFrame, indicators: pl.DataFrame, *, by_period: bool = False
) -> pl.DataFrame:
    """The areas of the rows of ``frame.TRACED`` in ``FIGURE_AREAS``, in their order.

    ``by_period`` keeps the periods of an area apart, and each row ends with its own.

    A figure that is compared with several counts once: with the county or its target, and with the
    country where neither gives a gap.
    """
    times = list(PERIOD) if by_period else []
    if rows.is_empty() and not times:
        return FIGURE_AREAS.to_frame()
    names = indicators.select("area_id", "area_name").unique(subset="area_id")
    by = ["geo", "area_id", *times]
    rows = nearest(rows)
    figure = pl.any_horizontal(pl.col("own", "gap").is_not_null())
    colours = [status.value for status in Status if status is not Status.GREY]
    counted = {
        name: (pl.col("verdict") == verdict).fill_null(value=False)
        for name, verdict in BETTER_OR_WORSE.items()
    }
    coloured = pl.col("status").is_in(colours).fill_null(value=False)
    unjudged = pl.col("gap").is_not_null() & pl.col("verdict").is_null() & ~coloured
    lacks = {
        name: ~figure & (pl.col("reason_code") == reason).fill_null(value=False)
        for name, reason in _WITHOUT_FIGURE.items()
    }
    missing = ~figure & ~pl.any_horizontal(lacks.values())
    return (
        rows.group_by(by, maintain_order=True)
        .agg(
            figure.sum().cast(pl.Int64).alias("figures"),
            *(
                there.sum().cast(pl.Int64).alias(name)
                for name, there in {"missing": missing, **lacks}.items()
            ),
            pl.col("gap").is_not_null().sum().cast(pl.Int64).alias("with_gap"),
            pl.col("_instead").sum().cast(pl.Int64).alias("with_country"),
            *(
                (pl.col("status") == colour).sum().cast(pl.Int64).alias(colour)
                for colour in colours
            ),
            *(there.sum().cast(pl.Int64).alias(name) for name, there in counted.items()),
            unjudged.sum().cast(pl.Int64).alias("unjudged"),
            pl.col("document").drop_nulls().unique().sort().str.join("; ").alias("document"),
        )
        .join(names, on="area_id", how="left", maintain_order="left")
        .join(
            _largest(rows, by),
            on=by,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .pipe(with_lacking, rows, by)
        .select(*(pl.col(name).cast(kind) for name, kind in FIGURE_AREAS.items()), *times)
    )


def _largest(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The largest gap of each area, the worst one where any is for the worse.

    Those of an area that have several units are held against each other in percent of the reference
    (of the own figure where only a deviation is printed); units of other areas change nothing.
    """
    gap, base = pl.col("gap").abs(), pl.coalesce("reference", "own").abs()
    worse = (pl.col("gap_better") < 0).fill_null(value=False)
    one_unit = pl.col("unit").n_unique().over([*by, "_worse"]) == 1
    size = pl.when(one_unit).then(gap).otherwise(gap / pl.when(base != 0).then(base))
    as_large = (pl.col("_size") - pl.col("_size").first()).abs() < ALIKE
    return (
        rows.filter(gap > 0)
        .with_columns(worse.alias("_worse"))
        .with_columns(size.alias("_size"))
        .sort("_worse", "_size", descending=True, nulls_last=True, maintain_order=True)
        .group_by(by, maintain_order=True)
        .agg(
            pl.col("unit").first(),
            pl.col("label").first().alias("largest_label"),
            pl.col("gap_better").first().alias("largest_better"),
            (as_large & (pl.col("_worse") == pl.col("_worse").first()))
            .fill_null(value=False)
            .slice(1)
            .sum()
            .cast(pl.Int64)
            .alias("largest_others"),
            pl.col("gap").first().alias("largest_gap"),
            pl.col("reference").first().alias("largest_reference"),
            pl.col("reference_origin").first().alias("largest_reference_origin"),
            pl.col("decimals").first().alias("largest_own_decimals"),
        )
    )


def with_others(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``frame.TRACED``, with those of ``others`` for figures that have no gap in them.

    ``others`` are the same figures beside something else, and say why they have no gap there.
    """
    lacking = rows.filter(pl.col("gap").is_null().all().over(_SERIES))
    instead = others.join(lacking, on=_SERIES, how="semi", nulls_equal=True, maintain_order="left")
    kept = rows.join(instead, on=_SERIES, how="anti", nulls_equal=True, maintain_order="left")
    order = rows.select(_SERIES).unique(maintain_order=True)
    return order.join(
        pl.concat([kept, instead]), on=_SERIES, nulls_equal=True, maintain_order="left_right"
    ).select(rows.columns)


def nearest(rows: pl.DataFrame) -> pl.DataFrame:
    """One row of each figure of ``frame.TRACED``: its target or budget, else the nearest place.

    ``_instead`` says that it is the country for want of a nearer one.
    """
    country = pl.col("reference_kind") == ReferenceKind.COUNTRY.value
    gap = pl.col("gap").is_not_null()
    aimed_at = pl.col("reference_kind").is_in(
        [ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value]
    )
    # Asked for alone, the country stands in for nothing.
    instead = (~country).any().over(_SERIES) & (~country & ~aimed_at).any()
    return (
        rows.with_columns((country & gap & instead).alias("_instead"))
        .with_row_index("_place")
        .sort(~gap, country, ~aimed_at, "_place")
        .unique(_SERIES, keep="first", maintain_order=True)
        .sort("_place")
        .drop("_place")
    )
