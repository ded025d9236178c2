"""A figure that is printed with other decimals than its column: a decimal comma lost or gained."""

from __future__ import annotations

import polars as pl

_COLUMN = ("source_id", "heading", "table", "column_label", "unit", "scenario")
_LEAST_ALIKE = 8
"""So many figures of a column, all alike but for one in nine, say how it is printed."""

_TRAILING_ZERO = r"[.,]\d*0(?:\D|$)"


def usual_decimals() -> pl.Expr:
    """The decimals that the other figures of a column have, where a figure has others.

    A zero may be printed in any way. Fewer decimals are told only where the column prints a zero
    last (``5,0``): elsewhere they may be left out, as a spreadsheet does.
    """
    counted = pl.col("value").is_not_null() & (pl.col("value") != 0)
    own = pl.when(counted).then("decimals")
    usual = own.drop_nulls().mode().first().over(_COLUMN)
    alike = (own == usual).sum().over(_COLUMN)
    zeros = pl.col("raw").str.contains(_TRAILING_ZERO).any().over(_COLUMN)
    odd = (own > usual) | ((own < usual) & zeros)
    settled = (alike >= _LEAST_ALIKE) & (9 * alike >= 8 * own.count().over(_COLUMN))
    return pl.when(odd & settled).then(usual)
