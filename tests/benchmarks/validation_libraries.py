"""The ten rules of ``gx_engine`` in other validation libraries, each on Polars in its own way."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

KINDS = ["part", "total", "share"]
KEY = ["id", "municipality"]
FOUR_DIGITS = "^[0-9]{4}$"


def run_dataframely(path: Path) -> Callable[[], Any]:
    """A schema whose ``filter`` counts the failures of every rule."""
    dy = import_module("dataframely")

    def pattern(code: pl.Expr) -> pl.Expr:
        return code.str.contains(FOUR_DIGITS)

    columns = {
        "id": dy.Int64(primary_key=True),
        "municipality": dy.String(
            primary_key=True, min_length=4, max_length=4, check={"pattern": pattern}
        ),
        "year": dy.Int64(min=2000, max=2030),
        "low": dy.Float64(),
        "high": dy.Float64(check=lambda high: high > pl.col("low")),
        "kind": dy.String(check=lambda kind: kind.is_in(KINDS)),
        "share": dy.Float64(min=0, max=100, nullable=True),
    }
    schema: Any = type("Rows", (dy.Schema,), columns)

    def run() -> Any:
        return schema.filter(pl.scan_parquet(path).collect())[1].counts()

    return run


def run_pandera(path: Path) -> Callable[[], Any]:
    """A lazy validation that gathers every failure."""
    pa = import_module("pandera.polars")
    errors = import_module("pandera.errors")
    schema = pa.DataFrameSchema(
        {
            "municipality": pa.Column(
                str, [pa.Check.str_matches(FOUR_DIGITS), pa.Check.str_length(4, 4)]
            ),
            "kind": pa.Column(str, pa.Check.isin(KINDS)),
            "year": pa.Column(int, pa.Check.in_range(2000, 2030)),
            "share": pa.Column(float, pa.Check.in_range(0, 100), nullable=True),
        },
        checks=pa.Check(lambda data: data.lazyframe.select(pl.col("high") > pl.col("low"))),
        unique=KEY,
    )

    def run() -> Any:
        try:
            return schema.validate(pl.scan_parquet(path).collect(), lazy=True)
        except errors.SchemaErrors as found:
            return found

    return run


def run_pointblank(path: Path) -> Callable[[], Any]:
    """A plan of steps, interrogated as a whole."""
    pb = import_module("pointblank")

    def run() -> Any:
        return (
            pb.Validate(pl.scan_parquet(path).collect())
            .col_vals_not_null("municipality")
            .col_vals_regex("municipality", FOUR_DIGITS)
            .col_vals_expr(pl.col("municipality").str.len_chars() == 4)
            .col_vals_in_set("kind", KINDS)
            .col_vals_between("year", 2000, 2030)
            .col_vals_between("share", 0, 100, na_pass=True)
            .col_vals_not_null("share", thresholds=0.1)
            .col_vals_expr(pl.col("high") > pl.col("low"))
            .rows_distinct(KEY)
            .interrogate(collect_extracts=False)
        )

    return run


LIBRARIES: dict[str, tuple[str, Callable[[Path], Callable[[], Any]]]] = {
    "dataframely": ("dataframely", run_dataframely),
    "pandera": ("pandera", run_pandera),
    "pointblank": ("pointblank", run_pointblank),
}
