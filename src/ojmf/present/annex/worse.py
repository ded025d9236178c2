"""Which gaps of a table's rows may be coloured as worse."""

from __future__ import annotations

import polars as pl

from ojmf.compare.questions import ANSWER_METHOD
from ojmf.model import ReferenceKind, Verdict


def worse_gaps() -> list[pl.Expr]:
    """Which of the gaps of a row says that it is worse: of figures the one that is judged alone.

    A figure is judged by its target or budget, else by the county, else by the country.
    """
    answer = pl.col("method") == ANSWER_METHOD
    worse = pl.col("verdict") == Verdict.WORSE.value
    decided = [ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value]
    by_own = pl.col("beside_kind").is_in(decided) & pl.col("gap_beside").is_not_null()
    by_own = by_own.fill_null(value=False)
    near = worse & ~by_own & (pl.col("method") != "target")
    county = pl.col("gap_county").is_not_null()
    judged = {"county": near & county, "country": near & ~county, "beside": worse & by_own}
    return [
        pl.when(answer)
        .then(pl.col(f"gap_{name}") < 0)
        .otherwise(of)
        .fill_null(value=False)
        .alias(f"gap_{name}")
        for name, of in judged.items()
    ]
