"""Whether two figures, of so many each, differ by more than chance."""

from __future__ import annotations

import polars as pl

from ojmf.compare.reference import CONFIDENCE_LEVELS, poisson, wilson
from ojmf.model import COUNT_UNITS, RATE_BASES, SHARE_BASES

_ORDINARY = CONFIDENCE_LEVELS[0]
_PARTS = {**SHARE_BASES, **RATE_BASES}


def limits_of_difference(
    first: pl.Expr, first_n: pl.Expr, second: pl.Expr, second_n: pl.Expr
) -> tuple[pl.Expr, pl.Expr]:
    """The 95 % limits of ``first − second``, for rows with ``unit`` and so many each.

    With the limits ``l`` and ``u`` of each figure ``p``, those of the difference ``d`` are
    ``d − √((p₁ − l₁)² + (u₂ − p₂)²)`` and ``d + √((u₁ − p₁)² + (p₂ − l₂)²)``: Wilson's for a share
    (Newcombe (1998), Statistics in Medicine 17:873–890, method 10), Poisson's for a rate (Zou and
    Donner (2008), Statistics in Medicine 27:1693–1702). Null for other units.
    """
    of = pl.col("unit").replace_strict(_PARTS, default=None, return_dtype=pl.Float64)
    share = pl.col("unit").is_in(list(SHARE_BASES))
    (low_1, high_1), (low_2, high_2) = (
        _limits(figure, n, of, share) for figure, n in ((first, first_n), (second, second_n))
    )
    below = ((first - low_1).pow(2) + (high_2 - second).pow(2)).sqrt()
    above = ((high_1 - first).pow(2) + (second - low_2).pow(2)).sqrt()
    return first - second - below, first - second + above


def _limits(figure: pl.Expr, n: pl.Expr, of: pl.Expr, share: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    events = figure / of * n
    there = n > 0
    of_share = wilson(pl.when(share).then(events), n, _ORDINARY)
    of_rate = poisson(pl.when(~share & there).then(events), _ORDINARY)
    low, high = (
        pl.when(share).then(part * of).otherwise(count / n * of)
        for part, count in zip(of_share, of_rate, strict=True)
    )
    return low, high


def beyond_chance(first: pl.Expr, first_n: pl.Expr, second: pl.Expr, second_n: pl.Expr) -> pl.Expr:
    """Whether they differ by more than chance, for rows with ``unit``; null where it is not known.

    Shares and rates do where :func:`limits_of_difference` leave out 0. Two counts do where the
    first one's part of both does not have its part of both denominators within Wilson's limits:
    given their sum a Poisson count is binomial (Przyborowski and Wilenski (1940), Biometrika
    31:313–323).
    """
    low, high = limits_of_difference(first, first_n, second, second_n)
    part_low, part_high = wilson(first, first + second, _ORDINARY)
    expected = first_n / (first_n + second_n)
    counted = pl.col("unit").is_in(COUNT_UNITS) & (first_n > 0) & (second_n > 0)
    return (
        pl.when(counted)
        .then((expected < part_low) | (expected > part_high))
        .otherwise((low > 0) | (high < 0))
    )
