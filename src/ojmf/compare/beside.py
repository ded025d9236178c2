"""The figures of municipalities, and beside each one that of other places or of earlier."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.against import municipal, of_places
from ojmf.compare.basis import denominator_of
from ojmf.compare.figures import (
    FACTS,
    KEY,
    LACKING,
    PERIOD,
    as_reference,
    figures,
    latest,
    left_out,
    one_per_key,
    subgroups,
    withheld,
    without_yet_to_come,
)
from ojmf.compare.frame import PLACES, Request, origin
from ojmf.compare.members import computed
from ojmf.compare.quarters import placed
from ojmf.declarations.registers import REBASE
from ojmf.model import FILE_OF_VALUES, IndicatorKind, Reason, ReferenceKind, Statistic, Status


def own_figures(
    request: Request, methods: Collection[str], scenarios: Sequence[str] = FACTS
) -> pl.DataFrame:
    """The latest figure of each series of the municipalities, in ``own``, with ``conflict``.

    Those of every period where the selection says so. A missing figure is there too, where nothing
    stands in its place; what was yet to come is missing only among every period. Otherwise the
    columns of :func:`~ojmf.compare.figures.figures`.
    """
    everything = figures(
        request.observations,
        request.indicators,
        methods,
        area=request.selection.area,
        scenarios=scenarios,
        missing=True,
    ).filter(*request.own())
    series = [*KEY, *subgroups(everything), "period_kind", "geo"]
    if not request.selection.every:
        # Nothing before the last figure of a series can be the latest: a country is not held in
        # memory.
        known = everything.filter(pl.col("value").is_not_null())
        last = known.group_by(*series, "unit").agg(pl.col("period_end").max().alias("_last"))
        everything = (
            everything.join(last, on=[*series, "unit"], how="left", nulls_equal=True)
            .filter(pl.col("_last").is_null() | (pl.col("period_end") >= pl.col("_last")))
            .drop("_last")
        )
    cells = everything.collect()
    if not request.selection.every:
        cells = without_yet_to_come(cells, request.observations)
    there = pl.col("value").is_not_null()
    same_cell = there.any().over([*series, *PERIOD, "unit"])
    other_unit = there.any().over(series) & ~there.any().over([*series, "unit"])
    if cells.select(there.not_().any()).item():
        cells = cells.filter(there | ~(same_cell | other_unit))
    kept = cells if request.selection.every else latest(cells)
    own = one_per_key(kept, [*KEY, *subgroups(cells), *PERIOD, "unit", "geo"])
    return own.with_columns(
        pl.coalesce("name", "label").alias("label"),
        pl.col("value").alias("own"),
        pl.lit(None, pl.String).alias("_colourless"),
    ).drop("value", "name")


@dataclass(frozen=True, slots=True)
class Placed:
    """The figures of the municipalities with their colours, among those of all municipalities.

    ``own`` has ``_group``, the number of its key, which ``groups`` have with their rules;
    ``values`` has the figure of each municipality and group, and ``everyone`` all cells of them.
    """

    own: pl.DataFrame
    groups: pl.DataFrame
    values: pl.DataFrame
    everyone: pl.LazyFrame


def placed_figures(request: Request, methods: Collection[str], own: pl.DataFrame) -> Placed:
    """Give the figures judged by quartile their colour and place among all municipalities."""
    key = [*KEY, *subgroups(own), *PERIOD, "unit"]
    # A number for each group spares a column of texts for each of its keys.
    groups = own.select(key).unique(maintain_order=True).with_row_index("_group")
    rules = request.indicators.select(*KEY, "method", "statistic", "fewest")
    groups = groups.join(rules, on=KEY, how="left", maintain_order="left")
    everyone = (
        figures(
            request.observations,
            request.indicators,
            methods,
            area=request.selection.area,
            missing=True,
        )
        .filter(pl.col("period_end").is_in(own["period_end"].unique().implode()))
        .join(groups.lazy().select(*key, "_group"), on=key, nulls_equal=True)
    )
    values = _one_each(everyone, groups)
    numbered = groups.select(*key, "_group")
    placed = _coloured(own.join(numbered, on=key, nulls_equal=True), values)
    return Placed(placed, groups, values, everyone)


def beside_places(request: Request, placed: Placed) -> pl.DataFrame:
    """The figures beside those of counties, the country, groups and other municipalities.

    What a source has comes first, then what a file of values declares, then what the municipalities
    of the place give.
    """
    pairs = request.against.kinds(*PLACES)
    groups, everyone = placed.groups, placed.everyone
    printed = _printed(everyone, pairs["reference_geo"].unique())
    together = computed(_weighted(request, placed.values, groups), ["_group"], request.against)
    on = ["_group", "reference_geo"]
    rows = (
        placed.own.join(pairs.drop("own_order", "reference_order"), on="geo")
        .join(printed, on=on, how="left")
        .join(together, on=on, how="left")
        .join(_sums(placed.values), on=on, how="left")
        .join(groups.select("_group", "statistic"), on="_group", how="left")
    )
    there = pl.col("reference").is_not_null()
    worked_out = ~there & pl.col("_conflict").is_null() & pl.col("computed").is_not_null()
    lacking = pl.col("reference").is_null() & pl.col("computed").is_null()
    # What holds all of several municipalities' counts is their sum, and no one's like.
    counts = (pl.col("kind") == IndicatorKind.COUNT.value) & (pl.col("method") != "reference")
    whole = there & counts & (pl.col("_several") > 1) & (pl.col("reference") >= pl.col("_sum"))
    # The municipality itself is no one to compare with.
    few = lacking & (pl.col("counted") > pl.col("own").is_not_null().cast(pl.Int64))
    return rows.with_columns(
        _reason(
            pl.when(pl.col("_conflict").is_not_null())
            .then(pl.lit(Reason.REFERENCE_CONFLICT.value))
            .when(lacking & pl.col("left_out"))
            .then(pl.lit(Reason.SMALL_LEFT_OUT.value))
            .when(few)
            .then(pl.lit(Reason.TOO_FEW.value))
            .when(lacking)
            .then(pl.lit(Reason.NO_REFERENCE.value))
            .when(whole)
            .then(pl.lit(Reason.WHOLE_AMOUNTS.value))
        ),
        _detail(),
        pl.when(worked_out).then("computed").otherwise("reference").alias("reference"),
        origin(there, worked_out),
        pl.when(worked_out)
        .then(pl.col("statistic").fill_null(Statistic.MEDIAN.value))
        .alias("statistic"),
        *(pl.col(f"period_{end}").alias(f"reference_period_{end}") for end in ("start", "end")),
        # How many there were is told also where they were too few.
        *(
            pl.when(worked_out | few).then(name).alias(f"reference_{name}")
            for name in ("counted", "members")
        ),
        pl.when(~whole.fill_null(value=False)).then(1.0).alias("_alike"),
    ).with_columns(((pl.col("own") - pl.col("reference")) * pl.col("_alike")).alias("gap"))


def _sums(values: pl.DataFrame) -> pl.DataFrame:
    """What the municipalities of each county and the country have together, and how many have."""
    known = values.filter(pl.col("value").is_not_null()).select("_group", "geo", "value")
    return (
        of_places(known)
        .group_by("_group", "reference_geo")
        .agg(pl.col("value").sum().alias("_sum"), pl.len().alias("_several"))
    )


def earlier_figures(request: Request, methods: Collection[str], own: pl.DataFrame) -> pl.DataFrame:
    """The figure of the same part of an earlier year for each of ``own``, the latest of them.

    The later figure's key and geo, with ``reference`` and ``reference_*``, ``_conflict``, and
    ``_rebased``, the declared rebase on account of which an earlier figure is none to compare with.
    """
    series = [*KEY, *subgroups(own), "period_kind", "unit", "geo"]
    months = [pl.col(f"period_{end}").dt.month().alias(f"_{end}") for end in ("start", "end")]
    part = [*series, "_start", "_end"]
    later = own.select(*series, *PERIOD[:2], *months).unique()
    there = (
        figures(request.observations, request.indicators, methods, area=request.selection.area)
        .filter(pl.col("geo").is_in(request.geos), request.selection.before)
        .with_columns(months)
    )
    last = (
        there.select(*part, "period_end")
        .join(later.lazy(), on=part, nulls_equal=True, suffix="_later")
        .filter(pl.col("period_end") < pl.col("period_end_later"))
        .group_by(*part, pl.col("period_start").alias("period_start_later"), "period_end_later")
        .agg(pl.col("period_end").max())
    )
    before = there.join(last, on=[*part, "period_end"], nulls_equal=True).collect()
    cells = one_per_key(before, [*series, "period_start_later", "period_end_later"])
    known = pl.col("_rebased").is_null()
    return _with_rebases(cells, request.basis.charts).select(
        *series,
        *(pl.col(f"period_{end}_later").alias(f"period_{end}") for end in ("start", "end")),
        *(pl.col(f"period_{end}").alias(f"reference_period_{end}") for end in ("start", "end")),
        pl.when(known).then("value").alias("reference"),
        pl.when(known).then("conflict").alias("_conflict"),
        "_rebased",
        *as_reference(known & pl.col("value").is_not_null()),
    )


def _with_rebases(earlier: pl.DataFrame, charts: pl.DataFrame | None) -> pl.DataFrame:
    """Add ``_rebased``, the last declared rebase after a figure begins until the later one ends.

    A figure that a rebase lies within is of neither level.
    """
    if charts is None:
        return earlier.with_columns(pl.lit(None, pl.String).alias("_rebased"))
    of = ["indicator_id", "geo"]
    pair = [*of, "period_start", "period_end_later"]
    rebases = charts.filter(kind=REBASE).select(*of, "date", _reason="reason")
    between = (
        earlier.select(pair)
        .unique()
        .join(rebases, on=of)
        .filter(pl.col("date") > pl.col("period_start"))
        .filter(pl.col("date") <= pl.col("period_end_later"))
        .sort("date")
        .unique(pair, keep="last")
        .select(*pair, pl.format("{}: {}", "date", "_reason").alias("_rebased"))
    )
    return earlier.join(between, on=pair, how="left", maintain_order="left")


def beside_earlier(
    request: Request, methods: Collection[str], own: pl.DataFrame, earlier: pl.DataFrame
) -> pl.DataFrame:
    """The figures beside those of the period before, where that is asked for."""
    pairs = request.against.kinds(ReferenceKind.EARLIER).drop("own_order", "reference_order")
    key = [*KEY, *subgroups(own), *PERIOD, "unit", "geo"]
    coloured = earlier if pairs.is_empty() else _with_colours(request, methods, own, earlier)
    return (
        own.join(pairs, on="geo")
        .join(coloured, on=key, how="left", nulls_equal=True)
        .with_columns(
            _reason(
                pl.when(pl.col("_conflict").is_not_null())
                .then(pl.lit(Reason.REFERENCE_CONFLICT.value))
                .when(pl.col("_rebased").is_not_null())
                .then(pl.lit(Reason.REBASED.value))
                .when(pl.col("reference").is_null())
                .then(pl.lit(Reason.NO_EARLIER.value))
            ),
            pl.coalesce(_detail(), "_rebased").alias("detail"),
            origin(pl.col("reference").is_not_null(), pl.lit(value=False)),
            (pl.col("own") - pl.col("reference")).alias("gap"),
            pl.lit(None, pl.String).alias("statistic"),
        )
    )


def _with_colours(
    request: Request, methods: Collection[str], own: pl.DataFrame, earlier: pl.DataFrame
) -> pl.DataFrame:
    """Add ``reference_status``: the colour that an earlier figure had in its period, or null."""
    series = [*KEY, *subgroups(own), "period_kind", "unit", "geo"]
    dates = ["period_start", "period_end"]
    then = earlier.select(
        *series,
        *(pl.col(f"reference_{name}").alias(name) for name in dates),
        pl.lit(None, pl.String).alias("_colourless"),
    ).unique()
    rules = own.select(*KEY, "method", "polarity").unique()
    found = placed_figures(request, methods, then.join(rules, on=KEY)).own.select(
        *series,
        *(pl.col(name).alias(f"reference_{name}") for name in dates),
        pl.col("status").replace(Status.GREY.value, None).alias("reference_status"),
    )
    on = [*series, *(f"reference_{name}" for name in dates)]
    return earlier.join(found, on=on, how="left", nulls_equal=True, maintain_order="left")


def _reason(of_reference: pl.Expr) -> pl.Expr:
    """Why a row lacks its figure, else its reference, else its colour."""
    return pl.coalesce(
        pl.when(pl.col("conflict").is_not_null()).then(pl.lit(Reason.CONFLICT.value)),
        pl.when(pl.col("own").is_null()).then(
            pl.col("obs_status").replace_strict(LACKING, default=Reason.MISSING.value)
        ),
        of_reference,
        "_colourless",
    ).alias("reason_code")


def _detail() -> pl.Expr:
    """The figures that disagree, else what stands in the place of a suppressed one."""
    lacking = pl.when(pl.col("own").is_null()).then(withheld())
    return pl.coalesce("conflict", lacking, "_conflict").alias("detail")


def _one_each(everyone: pl.LazyFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """One figure for each municipality and group; none where its sources disagree."""
    shown = pl.col("value").is_not_null()
    cells = (
        everyone.with_columns(left_out())
        .filter(municipal(), shown | pl.col("left_out"))
        .select("_group", "geo", "value", "left_out")
        .collect()
    )
    if cells.select(pl.struct("_group", "geo").is_duplicated().any()).item():
        known = pl.col("value").drop_nulls()
        cells = cells.group_by("_group", "geo").agg(
            pl.when(known.n_unique() == 1).then(known.first()).alias("value"),
            pl.col("left_out").all(),
        )
    return cells.join(groups.select("_group", *KEY), on="_group")


def _coloured(own: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """The figures with the colour and place that each has among the municipalities."""
    by_quartile = own.filter(pl.col("method") == "quartile").select("_group", "polarity").unique()
    found = (
        placed(values.join(by_quartile, on="_group"), ["_group"])
        .select(
            *("_group", "geo", "status", "rank", "compared", "lower", "upper"),
            pl.col("reason_code").alias("_colourless"),
            pl.lit("quartiles").alias("interval"),
        )
        .collect()
    )
    return (
        own.drop("_colourless")
        .join(found, on=["_group", "geo"], how="left")
        .with_columns(pl.col("status").fill_null(Status.GREY.value))
    )


def _printed(everyone: pl.LazyFrame, places: pl.Series) -> pl.DataFrame:
    """The figures that sources have for the places, else those that files of values declare."""
    there = pl.col("value").is_not_null()
    found = everyone.filter(there, pl.col("geo").is_in(places.implode())).collect()
    declared = pl.col("source_id").str.starts_with(FILE_OF_VALUES).fill_null(value=False)
    key = ["_group", "geo"]
    printed = found.filter(~declared)
    cells = pl.concat([printed, found.filter(declared).join(printed, on=key, how="anti")])
    return one_per_key(cells, key).select(
        "_group",
        pl.col("geo").alias("reference_geo"),
        pl.col("value").alias("reference"),
        pl.col("conflict").alias("_conflict"),
        *as_reference(pl.col("value").is_not_null()),
    )


def _weighted(request: Request, values: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """The figures with the statistic of their group, and the weight where that needs one."""
    rules = groups.select("_group", "statistic", "fewest")
    ruled = values.join(rules, on="_group", maintain_order="left")
    if not (rules["statistic"] == Statistic.WEIGHTED.value).any():
        return ruled
    periods = groups.select(pl.exclude(*KEY, "method", "statistic", "fewest"))
    rows = ruled.join(periods, on="_group", maintain_order="left")
    weight = denominator_of(rows, request.basis.denominators)
    return ruled.with_columns(weight.alias("weight"))
