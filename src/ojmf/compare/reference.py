"""Better, similar or worse than a reference value, judged by confidence interval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from math import exp, lgamma, log
from statistics import NormalDist

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.basis import denominator_of
from ojmf.compare.verdicts import side
from ojmf.errors import SelectionError
from ojmf.model import COUNT_UNITS, Origin, Reason, Statistic, Verdict


def judge_by_reference(
    rows: pl.DataFrame, denominators: pl.DataFrame | None, tolerances: Mapping[str, float]
) -> pl.DataFrame:
    """Add verdict, confidence, lower and upper to figures that stand beside a reference.

    A share (unit percent) is held in a Wilson interval, with the denominator as the number
    asked. A count is held in a Poisson interval, and ``reference`` becomes the count that the
    reference area's rate gives with the municipality's denominator. The figure is similar when
    the reference lies within the 95 % limits; ``confidence`` is 99.8 where it also lies outside
    the 99.8 % limits, else 95. Without denominators the declared ``tolerance`` decides, and
    ``reason_code`` says so. A computed median or mean of counts has no denominator of its own.
    Source: the Fingertips profiles' comparison with a benchmark.

    ``denominators`` has indicator_id, geo, period_end and denominator, and maybe period_start.
    """
    share = pl.col("unit") == "percent"
    count = pl.col("unit").is_in(COUNT_UNITS)
    # A median or a mean of counts is that of one municipality, which no denominator converts.
    per_place = (pl.col("reference_origin") == Origin.COMPUTED.value) & (
        pl.col("statistic") != Statistic.SUM.value
    )
    known = rows.with_columns(
        denominator_of(rows, denominators).alias("_n"),
        denominator_of(rows, denominators, "reference_").alias("_m"),
        pl.col("indicator_id")
        .replace_strict(dict(tolerances), default=None, return_dtype=pl.Float64)
        .alias("_tolerance"),
    )
    known = known.with_columns(
        pl.when(~per_place.fill_null(value=False)).then("_m").alias("_m")
    ).with_columns(
        pl.when(share)
        .then(pl.col("_n") > 0)
        .when(count)
        .then((pl.col("_n") > 0) & (pl.col("_m") > 0))
        .otherwise(False)
        .fill_null(False)
        .alias("_counted")
    )
    expected = pl.col("reference") / pl.col("_m") * pl.col("_n")
    limits = known.with_columns(
        pl.when(pl.col("_counted") & count).then(expected).otherwise("reference").alias("reference")
    ).with_columns((pl.col("own") - pl.col("reference")).alias("gap"))
    limit_names = [f"_{end}{level}" for level in CONFIDENCE_LEVELS for end in ("lower", "upper")]
    for confidence in CONFIDENCE_LEVELS:
        p_low, p_high = wilson(pl.col("own") / 100 * pl.col("_n"), pl.col("_n"), confidence)
        c_low, c_high = poisson(pl.col("own"), confidence)
        limits = limits.with_columns(
            pl.when("_counted").then(pl.when(share).then(100 * low).otherwise(plain)).alias(name)
            for name, low, plain in (
                (f"_lower{confidence}", p_low, c_low),
                (f"_upper{confidence}", p_high, c_high),
            )
        )
    ordinary, strict = (_outside(confidence) for confidence in CONFIDENCE_LEVELS)
    low, high = (f"_{end}{CONFIDENCE_LEVELS[0]}" for end in ("lower", "upper"))
    by_interval = pl.when(ordinary).then(pl.col("gap")).when(~ordinary).then(0.0)
    polarity = pl.col("polarity")
    verdict = pl.coalesce(
        side(by_interval, pl.lit(0.0), polarity, same=Verdict.SIMILAR),
        pl.when(~pl.col("_counted")).then(
            side(pl.col("gap"), pl.col("_tolerance"), polarity, same=Verdict.SIMILAR)
        ),
    )
    return limits.with_columns(
        verdict.alias("verdict"),
        pl.when(strict).then(99.8).when(ordinary).then(95.0).alias("confidence"),
        pl.col(low).alias("lower"),
        pl.col(high).alias("upper"),
        pl.coalesce("reason_code", _basis(ordinary)).alias("reason_code"),
        pl.col("_tolerance").alias("tolerance"),
        pl.when(ordinary.is_not_null()).then(pl.lit("confidence")).alias("interval"),
    ).drop("_n", "_m", "_tolerance", "_counted", *limit_names)


def _outside(confidence: float) -> pl.Expr:
    reference = pl.col("reference")
    return (reference < pl.col(f"_lower{confidence}")) | (reference > pl.col(f"_upper{confidence}"))


def _basis(outside: pl.Expr) -> pl.Expr:
    """What the verdict rests on without an interval, or why there is none."""
    return (
        pl.when(outside.is_not_null())
        .then(None)
        .when((pl.col("_n") <= 0) | (pl.col("_m") <= 0))
        .then(pl.lit(Reason.DENOMINATOR_NOT_POSITIVE.value))
        .when(pl.col("_counted"))
        .then(pl.lit(Reason.OUTSIDE_DENOMINATOR.value))
        .when(pl.col("_tolerance").is_not_null())
        .then(pl.lit(Reason.TOLERANCE.value))
        .otherwise(pl.lit(Reason.NO_DENOMINATOR.value))
    )


CONFIDENCE_LEVELS = (0.95, 0.998)
"""The two levels of the Fingertips profiles: ordinary and strict."""


def normal_quantile(confidence: float) -> float:
    """The two-sided standard normal quantile: 1.96 for 0.95, 3.09 for 0.998.

    Raises ``SelectionError`` for a confidence that is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise SelectionError(f"confidence är {confidence}; väntade mellan 0 och 1, som 0.95.")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


@as_annotated
def wilson(x: pl.Expr, n: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Wilson's score interval for the share ``x / n``, as numbers from 0 to 1.

    ``(2x + z² ∓ z·√(z² + 4x(1 − x/n))) / (2(n + z²))``. Null where ``n`` is not positive or
    ``x`` lies outside 0..n; exactly 0 at ``x = 0`` and 1 at ``x = n``. Source: Wilson (1927),
    JASA 22:209–212, as recommended by Newcombe (1998), Statistics in Medicine 17:857–872.

    >>> import polars as pl
    >>> from ojmf.compare import wilson
    >>> lower, upper = wilson(pl.lit(45.0), pl.lit(60.0), 0.95)
    >>> pl.select(lower.round(3).alias("lower"), upper.round(3).alias("upper")).row(0)
    (0.628, 0.842)
    """
    z = normal_quantile(confidence)
    defined = (n > 0) & (x >= 0) & (x <= n)
    middle = 2 * x + z**2
    spread = z * (z**2 + 4 * x * (1 - x / n)).sqrt()
    scale = 2 * (n + z**2)
    lower = pl.when(x == 0).then(0.0).otherwise((middle - spread) / scale)
    upper = pl.when(x == n).then(1.0).otherwise((middle + spread) / scale)
    return pl.when(defined).then(lower), pl.when(defined).then(upper)


FEW_EVENTS = 10
"""From so many events on Byar's approximation is as good as the exact limits."""


@as_annotated
def poisson(x: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """The interval of a Poisson count ``x``; divide by the denominator for a rate.

    Exact under ``FEW_EVENTS`` (:func:`exact`), otherwise Byar's: ``x(1 − 1/(9x) − z/(3√x))³`` and,
    with ``y = x + 1``, ``y(1 − 1/(9y) + z/(3√y))³``. Null where ``x`` is negative. Source: Breslow
    and Day (1987), Statistical Methods in Cancer Research II, p. 69, with the exact limits for
    small counts as the Fingertips profiles have them.

    >>> import polars as pl
    >>> from ojmf.compare import poisson
    >>> lower, upper = poisson(pl.lit(100.0), 0.95)
    >>> pl.select(lower.round(1).alias("lower"), upper.round(1).alias("upper")).row(0)
    (81.4, 121.6)
    """
    z = normal_quantile(confidence)
    y = x + 1
    byar = (
        x * (1 - 1 / (9 * x) - z / (3 * x.sqrt())) ** 3,
        y * (1 - 1 / (9 * y) + z / (3 * y.sqrt())) ** 3,
    )
    few = x < FEW_EVENTS
    lower, upper = (
        pl.when(few)
        .then(
            pl.when(few & (x >= 0))
            .then(x)
            .map_elements(partial(_exact_end, confidence, end), pl.Float64)
        )
        .otherwise(approximate)
        for end, approximate in enumerate(byar)
    )
    return pl.when(x >= 0).then(lower), pl.when(x >= 0).then(upper)


@cache
def exact(count: float, confidence: float) -> tuple[float, float]:
    """The exact limits of a Poisson count: those means that make it just as rare as allowed.

    The quantile of the gamma distribution with shape ``count`` at ``α/2`` (0 for none) and with
    shape ``count + 1`` at ``1 − α/2``, which for whole numbers are halves of chi-square quantiles.
    Source: Garwood (1936), Biometrika 28:437–442.
    """
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else _gamma_quantile(count, tail)
    return lower, _gamma_quantile(count + 1, 1 - tail)


def _exact_end(confidence: float, end: int, count: float) -> float:
    return exact(count, confidence)[end]


def _gamma_quantile(shape: float, probability: float) -> float:
    """Where the gamma distribution function of a shape up to 11 reaches a probability."""
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _gamma_below(shape, middle) < probability else (low, middle)
    return (low + high) / 2


def _gamma_below(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by its series."""
    term = total = 1 / shape
    step = 0
    while term > total * 1e-16:
        step += 1
        term *= x / (shape + step)
        total += term
    return total * exp(shape * log(x) - x - lgamma(shape))
