"""A figure against the budget or a decided target, in the sign convention of the tables."""

from __future__ import annotations

import polars as pl

from ojmf.compare.figures import (
    KEY,
    PERIOD,
    PRINTED,
    REFERENCE_PRINTED,
    as_reference,
    latest,
    number,
    one_per_key,
    subgroups,
)
from ojmf.compare.verdicts import side
from ojmf.model import (
    Origin,
    PeriodKind,
    Polarity,
    Reason,
    ReferenceKind,
    Scenario,
    Sex,
    Status,
    Verdict,
)

MARKED = ("raw", "obs_status", "correction_id")
RESULTS = (Scenario.OUTCOME.value, Scenario.SHARE.value, Scenario.FORECAST.value)
SCENARIOS = (*RESULTS, *(s.value for s in (Scenario.BUDGET, Scenario.TARGET, Scenario.DEVIATION)))
"""What :func:`judge_by_target` reads."""
SAME_WITHIN = 1e-9


def judge_by_target(
    cells: pl.DataFrame,
    targets: pl.DataFrame | None = None,
    *,
    only: ReferenceKind | None = None,
    every: bool = False,
) -> pl.DataFrame:
    """Judge the figures of each municipality against the target of exactly the same period.

    The latest period of each series that has a target counts, or ``every`` period.

    The result is the outcome, or the forecast where the period is not over; the target is the
    decided one where ``targets`` (indicator_id, geo, period_start, period_end, target) has it, then
    a printed target, else the budget; ``only`` takes targets or the budget alone. ``gap`` is the
    printed deviation against the budget, else ``own - target``. A year to date never meets a year's
    budget; where only its deviation is printed, that is the gap and ``reference`` is null.

    A positive gap is better by the method ``target``, which declares that costs are negative, and
    by the polarity ``higher``, and worse by ``lower``. A printed deviation is turned where it is
    ``target - own``: then plus is better, and a polarity judges ``own - target``. Without any of
    these the sign is not known, and the verdict is ``higher`` or ``lower`` by the figures alone.

    ``targets`` may also have ``source``, where the target was decided, which is then ``detail``.
    ``cells`` are ``figures`` with the scenarios ``SCENARIOS``; what is left of a budget at a point
    in time is no deviation and is left out. ``reference`` is the target and ``reference_geo`` the
    municipality.
    """
    series = [*KEY, *subgroups(cells), "unit", "geo"]
    key = [*series, *PERIOD]
    scenario = pl.col("scenario")
    cells = cells.filter(pl.col("period_kind") != PeriodKind.POINT.value)
    if only is ReferenceKind.TARGET:
        budgeted_cells = [Scenario.BUDGET.value, Scenario.DEVIATION.value]
        cells = cells.filter(~scenario.is_in(budgeted_cells))
    elif only is ReferenceKind.BUDGET:
        cells, targets = cells.filter(scenario != Scenario.TARGET.value), None
    results = one_per_key(cells.filter(scenario.is_in(RESULTS)), [*key, "scenario"])
    deviations = one_per_key(
        cells.filter(scenario == Scenario.DEVIATION.value).join(
            results, on=key, how="anti", nulls_equal=True
        ),
        [*key, "scenario"],
    ).with_columns(pl.lit(None, dtype=pl.Float64).alias("value"))
    aims = _single(cells, key, Scenario.TARGET, "aim")
    budgets = _single(cells, key, Scenario.BUDGET, "budget")
    printed = _single(cells, key, Scenario.DEVIATION, "printed").select(
        pl.exclude(PRINTED.names()),
        *(pl.col(name).alias(f"deviation_{name}") for name in MARKED),
    )
    against = budgets.join(aims, on=key, how="full", coalesce=True, nulls_equal=True, suffix="_aim")
    aimed = pl.col("aim").is_not_null()
    against = against.with_columns(
        pl.when(aimed).then(f"{name}_aim").otherwise(name).alias(name) for name in PRINTED
    ).select(
        pl.exclude(*PRINTED, *(f"{name}_aim" for name in PRINTED)),
        *as_reference(aimed | pl.col("budget").is_not_null()),
    )
    beside = (
        pl.concat([results, deviations])
        .join(against, on=key, how="left", nulls_equal=True)
        .join(printed, on=key, how="left", nulls_equal=True)
        .pipe(_with_decided, targets)
        .with_columns(
            pl.coalesce("decided", "aim", "budget").alias("reference"),
            (scenario == Scenario.FORECAST.value).alias("_forecast"),
        )
    )
    with_target = beside.filter(pl.any_horizontal(pl.col("reference", "printed").is_not_null()))
    by_kind = with_target.sort("_forecast", maintain_order=True)
    chosen = (by_kind if every else latest(by_kind)).unique(
        subset=key, keep="first", maintain_order=True
    )
    once = key if every else series
    alone = beside.join(chosen, on=once, how="anti", nulls_equal=True)
    rest = (alone if every else latest(alone)).unique(
        subset=once, keep="first", maintain_order=True
    )
    aimed_at = pl.coalesce("decided", "aim").is_not_null()
    budgeted = ~aimed_at & pl.col("printed").is_not_null()
    difference = pl.col("value") - pl.col("reference")
    gap = pl.when(budgeted).then("printed").otherwise(difference)
    kind = ReferenceKind.BUDGET if only is None else only
    unclear = pl.when(pl.col("reference").is_null() & pl.col("printed").is_null()).then(
        pl.coalesce("aim_conflict", "budget_conflict", "printed_conflict")
    )
    return (
        pl.concat([chosen, rest])
        .with_columns(gap.alias("gap"))
        .with_columns(
            # A decided target is printed nowhere, and only a gap that is a printed deviation
            # takes that deviation's mark along.
            *(
                pl.when(pl.col("decided").is_null()).then(name).alias(name)
                for name in REFERENCE_PRINTED
            ),
            *(
                pl.when(budgeted).then(name).alias(name)
                for name in (f"deviation_{name}" for name in MARKED)
            ),
            _verdict(pl.col("gap"), difference),
            pl.lit(Status.GREY.value).alias("status"),
            pl.col("value").alias("own"),
            pl.col("geo").alias("reference_geo"),
            pl.coalesce("name", "label").alias("label"),
            pl.when(aimed_at)
            .then(pl.lit(ReferenceKind.TARGET.value))
            .otherwise(pl.lit(kind.value))
            .alias("reference_kind"),
            pl.when(pl.col("decided").is_not_null())
            .then(pl.lit(Origin.DECLARED.value))
            .when(pl.col("reference").is_not_null())
            .then(pl.lit(Origin.PRINTED.value))
            .alias("reference_origin"),
            pl.when(pl.col("conflict").is_not_null())
            .then(pl.lit(Reason.CONFLICT.value))
            .when(unclear.is_not_null())
            .then(pl.lit(Reason.REFERENCE_CONFLICT.value))
            .otherwise(_described(aimed_at))
            .alias("reason_code"),
            pl.coalesce("conflict", unclear, "decided_in").alias("detail"),
        )
        .drop("value", "budget", "aim", "printed", "decided", "decided_in", "conflict", "scenario")
        .drop("name", "_forecast", "aim_conflict", "budget_conflict", "printed_conflict")
    )


def _verdict(gap: pl.Expr, difference: pl.Expr) -> pl.Expr:
    """The verdict by the sign that is declared, or that the printed deviation itself shows."""
    polarity = pl.col("polarity")
    directed = polarity.is_in([Polarity.HIGHER.value, Polarity.LOWER.value])
    # Three rounded figures; without decimals the figures are exact.
    rounding = 1.5 / pl.lit(10.0).pow(pl.col("decimals"))
    turned = (
        (gap * difference < 0) & ((gap + difference).abs() <= rounding.fill_null(0.0) + SAME_WITHIN)
    ).fill_null(value=False)
    plus_is_better = turned | (pl.col("method") == "target")
    judged = (
        pl.when(directed & turned)
        .then(difference)
        .when(directed | plus_is_better)
        .then(gap)
        .otherwise(difference)
    )
    direction = (
        pl.when(directed)
        .then(polarity)
        .when(plus_is_better)
        .then(pl.lit(Polarity.HIGHER.value))
        .otherwise(pl.lit(Polarity.NEUTRAL.value))
    )
    return side(judged, pl.lit(SAME_WITHIN), direction, same=Verdict.EQUAL).alias("verdict")


def _single(cells: pl.DataFrame, key: list[str], scenario: Scenario, name: str) -> pl.DataFrame:
    chosen = cells.filter(pl.col("scenario") == scenario.value)
    return one_per_key(chosen, key).select(
        *key, pl.col("value").alias(name), pl.col("conflict").alias(f"{name}_conflict"), *PRINTED
    )


def _with_decided(results: pl.DataFrame, targets: pl.DataFrame | None) -> pl.DataFrame:
    """Add the decided target of the same municipality and period, and where it was decided."""
    if targets is None:
        return results.with_columns(
            pl.lit(None, pl.Float64).alias("decided"), pl.lit(None, pl.String).alias("decided_in")
        )
    on = ["indicator_id", "geo", "period_start", "period_end"]
    source = pl.col("source") if "source" in targets.columns else pl.lit(None, pl.String)
    wanted = targets.select(*on, number("target").alias("decided"), source.alias("decided_in"))
    # A deviation that stands alone is from the budget, whatever else was decided.
    applies = pl.col("value").is_not_null()
    if "sex" in results.columns:
        # A target is decided for both sexes together.
        applies &= pl.col("sex").fill_null(Sex.TOTAL.value) == Sex.TOTAL.value
    return results.join(wanted, on=on, how="left", maintain_order="left").with_columns(
        pl.when(applies).then(pl.col(name)).alias(name) for name in ("decided", "decided_in")
    )


def _described(aimed_at: pl.Expr) -> pl.Expr:
    """What was held against what."""
    forecast, printed = pl.col("_forecast"), pl.col("printed").is_not_null()
    lacking = pl.col("reference").is_null()
    code = (
        pl.when(lacking & printed)
        .then(pl.lit(Reason.PRINTED_DEVIATION.value))
        .when(lacking)
        .then(pl.lit(Reason.NO_TARGET.value))
    )
    for there, forecasts, outcomes in (
        (aimed_at, Reason.FORECAST_TARGET, Reason.OUTCOME_TARGET),
        (~aimed_at, Reason.FORECAST_BUDGET, Reason.OUTCOME_BUDGET),
    ):
        code = code.when(there & forecast).then(pl.lit(forecasts.value))
        code = code.when(there).then(pl.lit(outcomes.value))
    return code
