"""Confidence intervals for shares (Wilson) and for counts and rates (Byar), as expressions."""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

CONFIDENCE_LEVELS = (0.95, 0.998)
"""The two levels of the Fingertips profiles: ordinary and strict."""


def normal_quantile(confidence: float) -> float:
    """The two-sided standard normal quantile: 1.96 for 0.95, 3.09 for 0.998."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(x: pl.Expr, n: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Wilson's score interval for the share ``x / n``, as numbers from 0 to 1.

    ``(2x + z² ∓ z·√(z² + 4x(1 − x/n))) / (2(n + z²))``. Null where ``n`` is not positive or
    ``x`` lies outside 0..n; exactly 0 at ``x = 0`` and 1 at ``x = n``. Source: Wilson (1927),
    JASA 22:209–212, as recommended by Newcombe (1998), Statistics in Medicine 17:857–872.
    """
    z = normal_quantile(confidence)
    defined = (n > 0) & (x >= 0) & (x <= n)
    middle = 2 * x + z**2
    spread = z * (z**2 + 4 * x * (1 - x / n)).sqrt()
    scale = 2 * (n + z**2)
    lower = pl.when(x == 0).then(0.0).otherwise((middle - spread) / scale)
    upper = pl.when(x == n).then(1.0).otherwise((middle + spread) / scale)
    return pl.when(defined).then(lower), pl.when(defined).then(upper)


def byar(x: pl.Expr, confidence: float) -> tuple[pl.Expr, pl.Expr]:
    """Byar's interval for a Poisson count ``x``; divide by the denominator for a rate.

    ``x(1 − 1/(9x) − z/(3√x))³`` and, with ``y = x + 1``, ``y(1 − 1/(9y) + z/(3√y))³``. The lower
    limit of 0 is 0, and is never negative. Null where ``x`` is negative. Source: Breslow and Day
    (1987), Statistical Methods in Cancer Research II, p. 69.
    """
    z = normal_quantile(confidence)
    y = x + 1
    root = (1 - 1 / (9 * x) - z / (3 * x.sqrt())).clip(lower_bound=0.0)
    lower = pl.when(x > 0).then(x * root**3).otherwise(0.0)
    upper = y * (1 - 1 / (9 * y) + z / (3 * y.sqrt())) ** 3
    return pl.when(x >= 0).then(lower), pl.when(x >= 0).then(upper)
