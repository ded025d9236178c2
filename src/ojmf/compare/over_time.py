"""Change over time told from chance: statistical process control of regular series."""

from __future__ import annotations

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.figures import (
    KEY,
    NUMERIC_METHODS,
    PERIOD,
    PRINTED,
    Frame,
    figures,
    one_per_key,
    subgroups,
)
from ojmf.compare.like_months import follows_seasons, since_last_year
from ojmf.compare.limits import step
from ojmf.compare.signals import RUN_LENGTH, SHORTEST, charted
from ojmf.errors import NOTHING_YET, SelectionError
from ojmf.frames import checked, entered
from ojmf.frames.kinds import CHARTED
from ojmf.geography import listed_places, resolve_municipality
from ojmf.model import PeriodKind, Polarity, Variation

UNSCREENED = "alla skillnader ingår i gränserna, också de stora"
"""What is said of the limits of an XmR chart that are not screened."""
REGULAR = (PeriodKind.MONTH.value, PeriodKind.YEAR.value)
_DECLARED = ("based_on", "counted", "rebased", "rebase_reason", "baseline", "baseline_reason")


@as_annotated
def control_charts(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    charts: pl.DataFrame | None = None,
    screened: bool = True,
) -> pl.DataFrame:
    """Every point of every regular series (months or years) of a municipality, with its limits.

    The limits are those of :func:`~ojmf.compare.limits.with_limits`, ``screened`` or not. Signals:
    a point outside the limits; 7 in a row on one side of the mean (points on it left out); 7 in a
    row rising or falling (ties left out); 2 of 3 in a row between the outer third and the limit,
    all three on one side. Every point of a run is marked. A month that is missing breaks the
    series, and no run reaches over it, nor over a rebase of ``charts`` (``registers.CHARTS``).
    Fewer than 12 points have a mean but neither limits nor signals. Source: Provost and Murray
    (2011), The Health Care Data Guide, with the rules of NHS England's Making Data Count as
    NHSRplotthedots has them; leaving out ties and points on the mean is Anhøj's, as in qicharts2.

    Columns: area_id, indicator_id, the sub-groups, label, geo, unit, polarity, period_start,
    period_end, period_kind, value, mean, lower, upper, width, chart (xmr or c), points, those of
    :func:`~ojmf.compare.signals.charted` about baseline and rebase, signal (a ``Signal`` or null),
    side (1 above the mean, -1 below, for a trend 1 rising and -1 falling), document, line. Sorted
    by area, indicator and time.

    Raises ``SelectionError`` where the municipality has no such series.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> points = ojmf.compare.control_charts(rows, asked, geo)
    >>> points.group_by("chart").len().sort("chart").rows()
    [('c', 615), ('xmr', 458)]
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    charts = None if charts is None else checked(charts, CHARTED)
    points = traced_points(
        observations,
        indicators,
        geo,
        area=area,
        geography=geography,
        charts=charts,
        screened=screened,
    )
    return points.drop(name for name in PRINTED if name not in ("document", "line"))


def traced_points(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str | list[str],
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    charts: pl.DataFrame | None = None,
    screened: bool = True,
) -> pl.DataFrame:
    """:func:`control_charts` and ``PRINTED`` of every point, of one or several municipalities.

    Municipality by municipality, in the order that they are given.
    """
    given = geo if isinstance(geo, list) else [geo]
    geos = list(dict.fromkeys(resolve_municipality(name, geography) for name in given))
    cells = (
        figures(observations, indicators, NUMERIC_METHODS, area=area, scenarios=["outcome"])
        .filter(pl.col("geo").is_in(geos), pl.col("period_kind").is_in(REGULAR))
        .collect()
    )
    groups = subgroups(cells)
    series = ["geo", *KEY, *groups, "unit", "period_kind"]
    known = one_per_key(cells, [*series, "period_start", "period_end"])
    known = known.filter(pl.col("value").is_not_null())
    if known.is_empty():
        raise SelectionError(
            NOTHING_YET
            if observations.lazy().limit(1).collect().is_empty()
            else f"{listed_places(geos, geography)} har inga serier av månader eller år."
        )
    order = pl.col("geo").cast(pl.Enum(geos))
    known = known.sort(order, *series[1:], "period_start", nulls_last=True).with_columns(
        pl.coalesce("name", "label").alias("label")
    )
    return charted(known, series, charts, screened=screened).select(
        *KEY,
        *groups,
        "label",
        "geo",
        "unit",
        "polarity",
        *PERIOD,
        "value",
        "mean",
        "lower",
        "upper",
        "width",
        "chart",
        "points",
        *_DECLARED,
        "signal",
        "side",
        "document",
        "line",
        *(name for name in PRINTED if name not in ("document", "line")),
    )


@as_annotated
def trends(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    charts: pl.DataFrame | None = None,
    screened: bool = True,
) -> pl.DataFrame:
    """What each regular series shows: one row per series, from :func:`control_charts`.

    ``signal``, ``side`` and ``last_signal`` (a period end) are of the latest point that carries
    a signal. Where that point is among the last 7, ``variation`` (a ``Variation``) is an
    improvement or a deterioration by the polarity, or a change where it is neutral; else it is
    common cause. A series of months that follows the seasons
    (:func:`~ojmf.compare.like_months.follows_seasons`) is judged against the same months of last
    year instead, where that can be told. ``since_last_year`` says the same of the change since
    last year, common cause where it is no larger than chance makes it. ``gaps`` is the number of
    missing periods inside the series, and ``reason`` says in Swedish what limits the verdicts.

    Columns: area_id, indicator_id, the sub-groups, label, geo, unit, polarity, period_kind,
    points, gaps, first, last (period ends), latest (value), mean, lower, upper, width, chart,
    those about baseline and rebase (of the latest part), variation,
    signal, side, last_signal, those of :func:`~ojmf.compare.like_months.since_last_year`,
    inputs (document and lines of every point), since_last_year, reason, document, line (of the
    latest point).

    Raises as :func:`control_charts`.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> geo = rows.filter(unit="answer")["geo"][0]
    >>> series = ojmf.compare.trends(rows, asked, geo)
    >>> series["variation"].value_counts(sort=True).row(0)
    ('too_short', 29)
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    charts = None if charts is None else checked(charts, CHARTED)
    rows = traced_trends(
        observations,
        indicators,
        geo,
        area=area,
        geography=geography,
        charts=charts,
        screened=screened,
    )
    return rows.drop(name for name in ("printed", *PRINTED) if name not in ("document", "line"))


def traced_trends(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str | list[str],
    *,
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    charts: pl.DataFrame | None = None,
    screened: bool = True,
) -> pl.DataFrame:
    """:func:`trends` of one or several municipalities, with ``PRINTED`` of the latest point.

    ``printed`` has that of every point, a list of structs with the names of ``PRINTED``.
    """
    points = traced_points(
        observations,
        indicators,
        geo,
        area=area,
        geography=geography,
        charts=charts,
        screened=screened,
    )
    series = ["geo", *KEY, *subgroups(points), "unit", "period_kind"]
    signalled = pl.col("signal").is_not_null()
    steps = step(pl.col("period_start"), pl.col("period_kind"))
    summary = points.group_by(series, maintain_order=True).agg(
        pl.col("label", "polarity", "mean", "lower", "upper", "width", "chart").last(),
        pl.col("points", *(name for name in _DECLARED if name != "counted")).last(),
        (steps.max() - steps.min() + 1 - pl.len()).cast(pl.Int32).alias("gaps"),
        pl.col("period_end").min().alias("first"),
        pl.col("period_end").max().alias("last"),
        pl.col("value").last().alias("latest"),
        pl.col("signal").filter(signalled).last(),
        pl.col("side").filter(signalled).last(),
        pl.col("period_end").filter(signalled).last().alias("last_signal"),
        signalled.tail(RUN_LENGTH).any().alias("_recent"),
        pl.col(PRINTED.names()).last(),
        pl.struct(PRINTED.names()).alias("printed"),
    )
    short = pl.col("based_on") < SHORTEST
    unlimited = ~short & pl.col("upper").is_null()
    variation = (
        pl.when(short | unlimited)
        .then(pl.lit(Variation.TOO_SHORT.value))
        .when(~pl.col("_recent"))
        .then(pl.lit(Variation.COMMON_CAUSE.value))
        .otherwise(_towards(pl.col("side")))
    )
    of = (
        pl.when(pl.col("baseline").is_not_null())
        .then(pl.lit("baslinje"))
        .when(pl.col("rebased").is_not_null())
        .then(pl.lit("serie sedan ombaseringen"))
        .otherwise(pl.lit("serie"))
    )
    change = pl.col("change")
    # The level before a rebase is another one, and so is a year of which it is a part.
    across = pl.col("rebased") > pl.date(pl.col("last").dt.year() - 1, 1, 1)
    changed = (
        pl.when(change.abs() > pl.col("change_limit"))
        .then(_towards(change.sign()))
        .when(pl.col("change_limit").is_not_null())
        .then(pl.lit(Variation.COMMON_CAUSE.value))
    )
    reasons = (
        pl.when(short).then(
            pl.format(f"för kort {{}}: {{}} punkter, minst {SHORTEST} behövs", of, "based_on")
        ),
        pl.when(unlimited & (pl.col("width") == 0)).then(
            pl.lit("serien ändras för sällan för att gränser ska kunna räknas")
        ),
        pl.when(unlimited & pl.col("width").is_null()).then(
            pl.lit("inga perioder i följd att räkna gränser av")
        ),
        pl.when((not screened) & (pl.col("chart") == "xmr") & pl.col("upper").is_not_null()).then(
            pl.lit(UNSCREENED)
        ),
        pl.format("ombaserad {}: {}", "rebased", "rebase_reason"),
        pl.when(across).then(pl.lit("året före jämförs inte, för ombaseringen ligger emellan")),
        pl.format("baslinje till och med {}: {}", "baseline", "baseline_reason"),
        pl.when(pl.col("gaps") == 1)
        .then(pl.lit("1 period saknas inom serien"))
        .when(pl.col("gaps") > 1)
        .then(pl.format("{} perioder saknas inom serien", "gaps")),
        pl.when(
            change.is_null()
            & ~across.fill_null(value=False)
            & (pl.col("first").dt.year() < pl.col("last").dt.year())
        ).then(pl.lit("det finns inga uppgifter för samma månader året före")),
        pl.when((pl.col("unit") == "days") & (change.abs() > pl.col("change_limit"))).then(
            pl.lit("en enda lång placering ger många dygn; jämför också med antalet personer")
        ),
    )
    yearly = pl.col("seasonal") & changed.is_not_null() & (variation != Variation.TOO_SHORT.value)
    seasonal = "serien följer årstiden, så den bedöms mot samma månader året före"
    reason = pl.concat_str(
        *reasons, pl.when(yearly).then(pl.lit(seasonal)), separator="; ", ignore_nulls=True
    ).replace("", None)
    beside = (
        since_last_year(points, series),
        follows_seasons(points, series),
        _inputs(points, series),
    )
    for more in beside:
        summary = summary.join(more, on=series, how="left", nulls_equal=True, maintain_order="left")
    summary = summary.with_columns(
        pl.when(~across.fill_null(value=False)).then(name).alias(name)
        for name in ("last_year", "change", "change_limit")
    )
    return summary.with_columns(
        pl.when(yearly).then(changed).otherwise(variation).alias("variation"),
        changed.alias("since_last_year"),
        reason.alias("reason"),
    ).select(*series[1:], "label", "geo", pl.exclude(*series, "label", "_recent", "seasonal"))


def _inputs(points: pl.DataFrame, series: list[str]) -> pl.DataFrame:
    """The documents and places of each series' figures: ``Rapport rad 7, 9``."""
    place = pl.col("place").fill_null("rad –").unique(maintain_order=True)
    lines = pl.format("rad {}", place.str.strip_prefix("rad ").str.join(", "))
    places = (
        pl.when(place.str.starts_with("rad ").all()).then(lines).otherwise(place.str.join(", "))
    )
    return (
        points.group_by([*series, "document"], maintain_order=True)
        .agg(pl.format("{} {}", pl.col("document").first(), places).alias("_in"))
        .group_by(series, maintain_order=True)
        .agg(pl.col("_in").str.join("; ").alias("inputs"))
    )


def _towards(side: pl.Expr) -> pl.Expr:
    """What a move up (1) or down (-1) is by the polarity."""
    higher, lower = (
        pl.col("polarity") == polarity.value for polarity in (Polarity.HIGHER, Polarity.LOWER)
    )
    return (
        pl.when((higher & (side > 0)) | (lower & (side < 0)))
        .then(pl.lit(Variation.IMPROVEMENT.value))
        .when(higher | lower)
        .then(pl.lit(Variation.DETERIORATION.value))
        .otherwise(pl.lit(Variation.CHANGE.value))
    )
