"""Time the suites on synthetic answers and shares, beside the same rules in Polars alone.

    python tests/benchmarks/validate.py            10**4 and 10**6 observations
    python tests/benchmarks/validate.py --rows N

Every run has a process of its own, so that its peak memory is its own. The seconds leave imports
out; the first line is what the import of Great Expectations costs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from ojmf.schema import OBSERVATIONS
from ojmf.validate import context as frames
from ojmf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
ROUTES = ("context", "suites", "raw polars")
KEY = [
    "source_id",
    "heading",
    "table",
    "area_id",
    "indicator_id",
    "geo",
    "scenario",
    "period_start",
    "period_end",
]


def observations(workspace: Workspace, rows: int) -> pl.DataFrame:
    """A source per municipality: an answer and two shares for questions of the catalogue."""
    asked = workspace.indicators.filter(kind="answer").select("area_id", "indicator_id", "name")
    codes = workspace.geography.filter(level="municipality")["code"]
    n = pl.int_range(rows, eager=True)
    question, role = n // 3, n % 3
    place = question // asked.height
    number = place.cast(pl.String)
    share = (question * 7919) % 101
    answer = pl.select(
        pl.lit(pl.Series(["JA", "NEJ", "DELVIS"])).gather(pl.lit(question % 3))
    ).to_series()
    frame = asked[(question % asked.height).to_list()].with_columns(
        source_id="kommun-" + number,
        document="Svar " + number,
        line=(n % 1_000_000 + 1).cast(pl.Int32),
        table=pl.lit("Svar"),
        heading=pl.lit(""),
        row_label="name",
        column_label=pl.lit("Svar"),
        role=role,
        share=share,
        own=codes[(place % codes.len()).to_list()],
        said=answer,
    )
    own = pl.col("role") == 0
    figure = pl.col("share").cast(pl.Float64)
    return frame.with_columns(
        raw=pl.when(own).then("said").otherwise(pl.col("share").cast(pl.String)),
        value=pl.when(~own).then(figure),
        decimals=pl.when(~own).then(pl.lit(0)),
        answer=pl.when(own).then("said"),
        unit=pl.when(own).then(pl.lit("answer")).otherwise(pl.lit("percent")),
        geo=pl.when(own)
        .then("own")
        .when(pl.col("role") == 1)
        .then(pl.col("own").str.head(2))
        .otherwise(pl.lit("00")),
        scenario=pl.when(own).then(pl.lit("outcome")).otherwise(pl.lit("share")),
        period_start=pl.lit(date(2024, 1, 1)),
        period_end=pl.lit(date(2024, 12, 31)),
        period_kind=pl.lit("year"),
        obs_status=pl.lit("A"),
        correction_id=pl.lit(None),
        note=pl.lit(None),
    ).select(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items())


def raw(frame: pl.DataFrame) -> int:
    """The number of failures of the weightier rules, in one query of Polars."""
    own, share = pl.col("scenario") == "outcome", pl.col("scenario") == "share"
    lazy = frame.lazy()
    cells = lazy.select(
        *(pl.col(name).is_null().sum().alias(f"no {name}") for name in (*KEY, "unit", "line")),
        (~pl.col("unit").is_in(["answer", "percent"])).sum().alias("unit"),
        pl.col("geo_level").is_null().sum().alias("place"),
        pl.col("label").is_null().sum().alias("indicator"),
        (pl.col("area_id") != pl.col("indicator_area")).sum().alias("area"),
        (own & ~pl.col("answer").is_in(["JA", "NEJ", "DELVIS"])).sum().alias("answer"),
        (share & ~pl.col("value").is_between(0, 100)).sum().alias("share"),
        (pl.col("value") != pl.col("printed")).sum().alias("printed"),
        (pl.col("obs_status") != "A").sum().alias("status"),
        (pl.col("period_end") < pl.col("period_start")).sum().alias("period"),
        pl.col("not_finite").is_not_null().sum().alias("finite"),
    )
    twice = lazy.group_by(KEY).len().filter(pl.col("len") > 1).select(pl.len())
    asked = (
        lazy.group_by("source_id", "table", "area_id", "indicator_id", "period_end")
        .agg(
            answers=pl.col("answer").count(),
            counties=pl.col("value").filter(pl.col("geo_level") == "county").count(),
            countries=pl.col("value").filter(pl.col("geo_level") == "country").count(),
        )
        .filter((pl.col("answers") > 0) & ((pl.col("counties") == 0) | (pl.col("countries") == 0)))
        .select(pl.len())
    )
    found = pl.collect_all([cells, twice, asked])
    return sum(int(part.sum_horizontal().item()) for part in found)


def measure(route: str, rows: int) -> dict[str, float]:
    """Seconds and peak megabytes of one way, and the failures that it finds."""
    workspace = Workspace.open(ROOT)
    observed = observations(workspace, rows)
    if route == "context":
        start = time.perf_counter()
        frames.with_context(workspace, observed)
        return _told(start, 0)
    framed = frames.with_context(workspace, observed)
    if route == "raw polars":
        start = time.perf_counter()
        return _told(start, raw(framed))
    start = time.perf_counter()
    from ojmf.validate import suites
    from ojmf.validate.validation import suite_folder

    imported = time.perf_counter() - start
    names = {"observations", "oj-answers", "reference-shares"}
    loaded = [suite for suite in suites.load(suite_folder(workspace)) if suite.name in names]
    start = time.perf_counter()
    outcomes = suites.run([(s, frames.subject(framed, s.applies_to)) for s in loaded])
    grave = [o for o in outcomes if o.check.severity == "critical"]
    assert not any(outcome.error for outcome in outcomes)
    failures = sum(outcome.failures for outcome in grave)
    return _told(start, failures) | {"import": imported, "rules": len(outcomes)}


def _told(start: float, failures: int) -> dict[str, float]:
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "failures": failures, "peak_mb": _peak()}


def _peak() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Print a row per way and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one[0], int(given.one[1]))))
        return
    print("| rows | way | seconds | peak MB | failures |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for rows in given.rows or (10**4, 10**6):
        for route in ROUTES:
            command = [sys.executable, __file__, "--one", route, str(rows)]
            done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
            found = json.loads(done.stdout.splitlines()[-1])
            way = f"{route} ({found['rules']} rules)" if "rules" in found else route
            print(
                f"| {rows:,} | {way} | {found['seconds']:.2f} | {found['peak_mb']:.0f} "
                f"| {found['failures']:.0f} |",
                flush=True,
            )
            if "import" in found:
                print(f"| | import of Great Expectations | {found['import']:.2f} | | |", flush=True)


if __name__ == "__main__":
    main()
