"""Which gaps of a row are coloured as worse: those that a verdict says it of, and no others."""

from __future__ import annotations

import polars as pl
import pytest

from ojmf.present.annex.worse import worse_gaps

GAPS = ("gap_county", "gap_country", "gap_beside")


@pytest.mark.parametrize(
    ("method", "verdict", "kind", "gaps", "worse"),
    [
        ("answer", None, None, (-10.0, 5.0, None), (True, False, False)),
        ("neutral", "lower", None, (-10.0, -5.0, None), (False, False, False)),
        ("reference", "worse", None, (3.0, 5.0, None), (True, False, False)),  # lower is better
        ("reference", "better", None, (-3.0, -5.0, None), (False, False, False)),
        ("reference", "worse", None, (None, -5.0, None), (False, True, False)),
        ("reference", "worse", "earlier", (-3.0, None, -1.0), (True, False, False)),
        ("target", "worse", "target", (-3.0, None, 2.0), (False, False, True)),
        ("target", "worse", "earlier", (-3.0, None, -1.0), (False, False, False)),
        ("neutral", "lower", "budget", (None, None, -1.0), (False, False, False)),
    ],
)
def test_a_gap_is_worse_by_its_verdict(method, verdict, kind, gaps, worse):
    row = pl.DataFrame(
        [[method, verdict, kind, *gaps]],
        {
            **dict.fromkeys(("method", "verdict", "beside_kind"), pl.String),
            **dict.fromkeys(GAPS, pl.Float64),
        },
        orient="row",
    )
    assert row.select(worse_gaps()).row(0) == worse
