"""The status methods: each indicator is judged by the one that it declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ojmf.compare.answers import ANSWERED, traced_status
from ojmf.compare.basis import Basis
from ojmf.compare.figures import (
    FACTS,
    KEY,
    LACKING,
    PERIOD,
    PRINTED,
    REFERENCE_PRINTED,
    Frame,
    as_reference,
    figures,
    latest,
    one_per_key,
    subgroups,
)
from ojmf.compare.quartiles import quartiles
from ojmf.compare.questions import ANSWER_METHOD
from ojmf.compare.reference import judge_by_reference
from ojmf.compare.target import RESULTS, judge_by_target
from ojmf.compare.verdicts import missing_reference, side
from ojmf.errors import DeclarationError, SelectionError
from ojmf.geography import (
    MUNICIPALITY_CODE_LENGTH,
    resolve_area,
    resolve_municipality,
    resolve_reference,
)
from ojmf.model import Scenario, Status, Verdict
from ojmf.schema import COMPARISONS

JUDGED = pl.Schema(
    [
        *COMPARISONS.items(),
        ("unit", pl.String),
        ("period_start", pl.Date),
        ("period_end", pl.Date),
        ("period_kind", pl.String),
        ("verdict", pl.String),
        ("confidence", pl.Float64),
        ("lower", pl.Float64),
        ("upper", pl.Float64),
        ("rank", pl.Int32),
        ("compared", pl.Int32),
        ("reason", pl.String),
    ]
)
"""COMPARISONS and what the method adds.

``status`` is a colour for the methods answer and quartile and grey for the others, which say
``verdict`` (a ``Verdict``) instead. ``lower`` and ``upper`` are the quartile limits, or the 95 %
confidence limits of the municipality's figure; ``confidence`` is the strictest level at which the
verdict holds; ``reason`` says in Swedish why a colour or a verdict is missing or how it was found.
"""


TRACED = pl.Schema(
    [
        *JUDGED.items(),
        ("answer", pl.String),
        *((name, kind) for name, kind in PRINTED.items() if name not in JUDGED),
        *REFERENCE_PRINTED.items(),
        ("reference_value", pl.Float64),
        ("deviation_raw", pl.String),
        ("deviation_obs_status", pl.String),
        ("deviation_correction_id", pl.String),
    ]
)
"""JUDGED with all that an output cites. ``reference_value`` is the reference as printed, before it
was converted to the municipality's denominator; a decided target is printed nowhere. The columns
``deviation_*`` are of the printed deviation from the budget where that is the gap."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call: what is compared with what."""

    observations: Frame
    indicators: pl.DataFrame
    geo: str
    reference_geo: str
    area: str | None
    basis: Basis


def by_method(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    basis: Basis | None = None,
) -> pl.DataFrame:
    """Judge every indicator of a municipality by the method that the catalogue declares for it.

    One row per (area, indicator, sub-group, kind of period), the latest period of each; the
    reference is of exactly the same period, kind of period, unit, sex and age. Returns ``JUDGED``
    (followed by sex and age where the observations carry them), areas in printed order, then by
    line. The methods are described in docs/metoder.md.

    Raises ``DeclarationError`` for a method that does not exist, and ``SelectionError`` for an
    unknown place or area, a municipality against itself and one without any figure.
    """
    rows = traced_methods(
        observations,
        indicators,
        geo,
        against=against,
        area=area,
        geography=geography,
        basis=basis,
    )
    return rows.select(*JUDGED, *subgroups(observations))


def traced_methods(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    *,
    against: str = "lan",
    area: str | None = None,
    geography: pl.DataFrame | None = None,
    basis: Basis | None = None,
) -> pl.DataFrame:
    """:func:`by_method` in ``TRACED`` (and sex and age). Raises as :func:`by_method`."""
    unknown = indicators.filter(~pl.col("method").is_in(list(METHODS)))
    if not unknown.is_empty():
        raise DeclarationError(
            [
                f"{row['indicator_id']}: metoden ”{row['method']}” finns inte; "
                f"väntade någon av {', '.join(METHODS)}"
                for row in unknown.to_dicts()
            ]
        )
    own_geo = resolve_municipality(geo, geography)
    reference_geo = resolve_reference(against, own_geo, geography)
    request = Request(observations, indicators, own_geo, reference_geo, area, basis or Basis())
    declared = set(indicators["method"])
    parts = [judge(request) for name, judge in METHODS.items() if name in declared]
    groups = subgroups(observations)
    schema = pl.Schema([*TRACED.items(), *((group, pl.String()) for group in groups)])
    judged = pl.concat([pl.DataFrame(schema=schema), *parts], how="diagonal_relaxed")
    if judged.is_empty():
        raise SelectionError(f"Det finns inga uppgifter för {own_geo} att bedöma.")
    order = ["document", "line", "indicator_id", "period_kind"]
    return (
        judged.select(list(schema))
        .cast(schema)
        .sort(order, nulls_last=True)
        .with_row_index("_place")
        .sort(pl.col("_place").min().over("area_id"), "_place")
        .drop("_place")
    )


def _by_answer(request: Request) -> pl.DataFrame:
    questions = request.indicators.lazy().filter(pl.col("method") == ANSWER_METHOD)
    if request.area is not None:
        area_id = resolve_area(request.area, request.indicators)
        questions = questions.filter(pl.col("area_id") == area_id)
    asked = (
        request.observations.lazy()
        .filter(pl.col("geo") == request.geo, pl.col("scenario") == Scenario.OUTCOME.value)
        .join(questions.select(KEY), on=KEY, how="semi")
    )
    if asked.head(1).collect().is_empty():
        return pl.DataFrame(schema=ANSWERED)
    return traced_status(
        request.observations,
        request.indicators,
        request.geo,
        against=[request.reference_geo],
        area=request.area,
    ).with_columns(
        # JUDGED shows no period for a question: the latest of each area is always meant.
        pl.lit(None).alias("period_start"),
        pl.lit(None).alias("period_end"),
        pl.lit(None).alias("period_kind"),
    )


def _own(request: Request, method: str) -> pl.DataFrame:
    own = latest(_with_missing(request, method, FACTS))
    return one_per_key(own, [*KEY, *subgroups(own), *PERIOD, "unit", "geo"])


def _with_missing(request: Request, method: str, scenarios: Sequence[str]) -> pl.DataFrame:
    """The municipality's figures, and the missing ones that nothing stands in the place of."""
    cells = (
        figures(
            request.observations,
            request.indicators,
            [method],
            area=request.area,
            scenarios=scenarios,
            missing=True,
        )
        .filter(pl.col("geo") == request.geo)
        .collect()
    )
    series = [*KEY, *subgroups(cells), "period_kind"]
    there = pl.col("value").is_not_null()
    same_cell = there.any().over([*series, *PERIOD, "unit"])
    other_unit = there.any().over(series) & ~there.any().over([*series, "unit"])
    return cells.filter(there | ~(same_cell | other_unit))


def _with_reference(request: Request, method: str, own: pl.DataFrame) -> pl.DataFrame:
    """The municipality's latest figures, ``reference`` beside them and ``reason`` where it lacks.

    The same columns as :func:`figures`, with ``own`` for ``value``.
    """
    key = [*KEY, *subgroups(own), *PERIOD, "unit"]
    cells = figures(request.observations, request.indicators, [method], area=request.area)
    reference = one_per_key(
        cells.filter(pl.col("geo") == request.reference_geo).collect(), key
    ).select(
        *key,
        pl.col("value").alias("reference"),
        pl.col("conflict").alias("_conflict"),
        *as_reference(pl.col("value").is_not_null()),
    )
    return own.join(reference, on=key, how="left", nulls_equal=True).select(
        pl.exclude("value", "conflict", "_conflict", "label", "name"),
        pl.coalesce("name", "label").alias("label"),
        pl.col("value").alias("own"),
        (pl.col("value") - pl.col("reference")).alias("gap"),
        pl.lit(request.reference_geo).alias("reference_geo"),
        pl.lit(Status.GREY.value).alias("status"),
        pl.coalesce(
            "conflict",
            pl.when(pl.col("value").is_null()).then(_why_missing()),
            "_conflict",
            missing_reference(pl.col("reference"), request.reference_geo),
        ).alias("reason"),
    )


def _by_quartile(request: Request) -> pl.DataFrame:
    own = _own(request, "quartile")
    paired = _with_reference(request, "quartile", own).rename({"reason": "_reason"}).drop("status")
    key = [*KEY, *subgroups(own), *PERIOD, "unit"]
    # A number for each group spares a column of texts for each of its keys.
    groups = own.select(*key, pl.int_range(pl.len(), dtype=pl.UInt32).alias("_group"))
    everyone = (
        figures(request.observations, request.indicators, ["quartile"], area=request.area)
        .filter(
            pl.col("geo").str.len_chars() == MUNICIPALITY_CODE_LENGTH,
            pl.col("period_end").is_in(own["period_end"].unique().implode()),
        )
        .join(groups.lazy(), on=key, nulls_equal=True)
        .select("_group", "geo", "value", "polarity", "document", "line", "place")
        .collect()
    )
    coloured = quartiles(one_per_key(everyone, ["_group", "geo"]), ["_group"]).collect()
    place = coloured.filter(pl.col("geo") == request.geo).select(
        "_group",
        "status",
        "rank",
        "compared",
        "lower",
        "upper",
        pl.coalesce("conflict", "reason").alias("reason"),
    )
    places = groups.join(place, on="_group", how="left").drop("_group")
    return paired.join(places, on=key, how="left", nulls_equal=True).with_columns(
        pl.col("status").fill_null(Status.GREY.value), pl.coalesce("reason", "_reason")
    )


def _by_reference(request: Request) -> pl.DataFrame:
    rows = _with_reference(request, "reference", _own(request, "reference"))
    return judge_by_reference(
        rows.with_columns(pl.col("reference").alias("reference_value")),
        request.basis.denominators,
        request.basis.tolerances,
    )


def _by_target(request: Request) -> pl.DataFrame:
    cells = figures(
        request.observations,
        request.indicators,
        ["target"],
        area=request.area,
        scenarios=[*FACTS, "forecast", "budget", "deviation"],
    )
    own = cells.filter(pl.col("geo") == request.geo).collect()
    rows = judge_by_target(own, request.basis.targets)
    series = [*KEY, *subgroups(own), "unit", "period_kind"]
    missing = latest(
        _with_missing(request, "target", RESULTS).join(
            rows, on=series, how="anti", nulls_equal=True
        )
    )
    return pl.concat([rows, _lacking(missing.unique(series, maintain_order=True))], how="diagonal")


def _lacking(missing: pl.DataFrame) -> pl.DataFrame:
    """Rows without a figure, with the reason why."""
    return missing.select(
        pl.exclude("value", "scenario", "label", "name"),
        pl.coalesce("name", "label").alias("label"),
        pl.col("value").alias("own"),
        pl.col("geo").alias("reference_geo"),
        pl.lit(Status.GREY.value).alias("status"),
        _why_missing().alias("reason"),
    )


def _why_missing() -> pl.Expr:
    return pl.col("obs_status").replace_strict(LACKING, default=None, return_dtype=pl.String)


def _by_direction(request: Request) -> pl.DataFrame:
    rows = _with_reference(request, "neutral", _own(request, "neutral"))
    return rows.with_columns(
        side(pl.col("gap"), pl.lit(0.0), pl.lit("neutral"), same=Verdict.EQUAL).alias("verdict")
    )


METHODS: Mapping[str, Callable[[Request], pl.DataFrame]] = {
    ANSWER_METHOD: _by_answer,
    "quartile": _by_quartile,
    "reference": _by_reference,
    "target": _by_target,
    "neutral": _by_direction,
}
"""Every status method by the name that the catalogue declares."""
