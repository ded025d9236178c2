"""What the status methods need beyond the printed figures: denominators, tolerances, targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from os import PathLike
from pathlib import Path

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.compare.figures import FACTS, Frame, number, of_both_sexes
from ojmf.errors import ArgumentError, FrameError
from ojmf.frames import as_given, entered
from ojmf.frames.kinds import CHARTED, DENOMINATED, TARGETED
from ojmf.model import Sex

WHO = ["indicator_id", "geo", "sex", "period_start", "period_end"]
"""What a denominator belongs to; without period_start it holds for every period with that end."""
DENOMINATORS = pl.Schema(
    {
        "indicator_id": pl.String,
        "geo": pl.String,
        "sex": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "denominator": pl.Float64,
    }
)
"""One row per figure to be divided."""
POPULATION_WORD = "population"
"""The catalogue's name for the denominator in ``data/population.csv``."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the methods need beyond the printed figures.

    ``denominators``: indicator_id, geo, period_end, denominator (persons asked for a share, the
    population for a count), and period_start where periods of several kinds end together.
    ``tolerances``: indicator_id to the difference, in the indicator's unit, that still counts as
    similar where denominators are missing. ``targets``: indicator_id, geo, period_start,
    period_end, target (a decided target, which takes the budget's place) and maybe source (where
    it was decided). ``charts``: indicator_id, geo, kind, date, reason (a declared rebase, over
    which a figure is not held against an earlier one).

    >>> import ojmf
    >>> basis = ojmf.compare.Basis(tolerances={"a.share": 0.5})  # half a unit counts as similar
    >>> basis.tolerances["a.share"]
    0.5
    """

    denominators: pl.DataFrame | None = None
    tolerances: Mapping[str, float] = field(default_factory=dict)
    targets: pl.DataFrame | None = None
    charts: pl.DataFrame | None = None


def sound(basis: Basis) -> Basis:
    """A basis that is given from Python, checked.

    Raises ``FrameError`` with every fault of the first frame that has some, and for a tolerance
    that is negative or no finite number.
    """
    if not isinstance(basis, Basis):
        raise ArgumentError(f"basis: väntade compare.Basis, inte {type(basis).__name__}")
    if not isinstance(basis.tolerances, Mapping):
        raise ArgumentError(f"toleranserna: väntade dict, inte {type(basis.tolerances).__name__}")
    wrong = {
        name: tolerance
        for name, tolerance in basis.tolerances.items()
        if not (isinstance(tolerance, int | float) and isfinite(tolerance) and tolerance >= 0)
    }
    if wrong:
        told = ", ".join(f"{name} har {tolerance}" for name, tolerance in wrong.items())
        raise FrameError(f"toleranserna: {told}; väntade ändliga tal, 0 eller mer")
    known, decided, charts = basis.denominators, basis.targets, basis.charts
    return Basis(
        None if known is None else as_given(known, DENOMINATED),
        basis.tolerances,
        None if decided is None else as_given(decided, TARGETED),
        None if charts is None else as_given(charts, CHARTED),
    )


@as_annotated
def load_basis(data: str | PathLike[str], observations: Frame, indicators: pl.DataFrame) -> Basis:
    """The basis that a workspace's folder ``data`` declares.

    The catalogue gives each indicator's ``tolerance`` and ``denominator``: ``population``, or the
    id of the indicator that counts those asked. ``population.csv``, ``targets.csv`` and
    ``charts.csv`` may be missing.

    Raises ``DeclarationError`` for a file that cannot be read or does not fit the catalogue, and
    ``FrameError`` for unsound frames.

    >>> import ojmf
    >>> workspace = ojmf.Workspace.open()
    >>> rows, asked = workspace.observations(), workspace.indicators
    >>> basis = ojmf.compare.load_basis(workspace.root / "data", rows, asked)
    >>> {"indicator_id", "geo", "period_end", "denominator"} <= set(basis.denominators.columns)
    True
    """
    from ojmf.declarations.registers import known_population, load_charts, load_targets

    observations, indicators, _ = entered(observations, indicators, None)
    decided, charts = (Path(data) / name for name in ("targets.csv", "charts.csv"))
    return make_basis(
        observations,
        indicators,
        known_population(data),
        load_targets(decided, indicators) if decided.is_file() else None,
        load_charts(charts, indicators) if charts.is_file() else None,
    )


def make_basis(
    observations: Frame,
    indicators: pl.DataFrame,
    population: pl.DataFrame,
    targets: pl.DataFrame | None,
    charts: pl.DataFrame | None,
) -> Basis:
    """The basis of observations; the registers as ``Declarations`` holds them."""
    tolerances = indicators.select("indicator_id", "tolerance").drop_nulls()
    return Basis(
        denominators=denominators(observations, indicators, population),
        tolerances=dict(tolerances.iter_rows()),
        targets=targets,
        charts=charts,
    )


def denominators(
    observations: Frame, indicators: pl.DataFrame, population: pl.DataFrame
) -> pl.DataFrame:
    """The denominator of every place and period that has a figure to be divided.

    The population is the one counted nearest to the period's end, of both sexes; the figure of
    another indicator is that of the same place, sex and period. Returns ``DENOMINATORS``.
    """
    declared = indicators.select("indicator_id", "denominator").drop_nulls()
    if declared.is_empty():
        return pl.DataFrame(schema=DENOMINATORS)
    concerned = {*declared["indicator_id"], *declared["denominator"]}
    key = ["geo", "sex", "period_start", "period_end"]
    printed = (
        with_sex(observations.lazy())
        .filter(pl.col("indicator_id").is_in(concerned), pl.col("scenario").is_in(FACTS))
        .select("indicator_id", *key, number())
        .filter(pl.col("value").is_not_null())
    )
    needed = printed.join(declared.lazy(), on="indicator_id").drop("value").unique()
    people = (
        of_both_sexes(needed)
        .filter(pl.col("denominator") == POPULATION_WORD)
        .sort("period_end")
        .join_asof(
            population.lazy().select("geo", "date", "population").sort("date"),
            left_on="period_end",
            right_on="date",
            by="geo",
            strategy="nearest",
            check_sortedness=False,  # it cannot be checked beside "by", and says so
        )
        .select(*WHO, value=pl.col("population").cast(pl.Float64))
    )
    counted = needed.join(
        printed.rename({"indicator_id": "denominator"}), on=["denominator", *key]
    ).select(*WHO, "value")
    return (
        pl.concat([people, counted])
        .drop_nulls()
        .group_by(WHO)
        .agg(pl.col("value").unique())
        .filter(pl.col("value").list.len() == 1)
        .with_columns(pl.col("value").list.first().alias("denominator"))
        .drop("value")
        .collect()
    )


def with_sex(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with ``sex``, both sexes where they do not say."""
    known = "sex" in rows.collect_schema().names()
    sex = pl.col("sex") if known else pl.lit(None, pl.String)
    return rows.with_columns(sex=sex.fill_null(Sex.TOTAL.value))


def denominator_of(
    rows: pl.DataFrame, denominators: pl.DataFrame | None, side: str = ""
) -> pl.Series:
    """The denominator of each row for the place in ``<side>geo``; the first of several.

    The period is that of ``<side>period_start`` and ``<side>period_end`` where rows have these,
    else the row's own.
    """
    if denominators is None or denominators.is_empty():
        return pl.Series("denominator", [None] * rows.height, dtype=pl.Float64)
    who = [name for name in WHO if name in denominators.columns]
    theirs = {"geo", *(name for name in who if name.startswith("period"))}
    wanted = (with_sex(rows.lazy()).collect() if "sex" in who else rows).select(
        pl.col(f"{side}{name}").alias(name)
        if name in theirs and f"{side}{name}" in rows.columns
        else pl.col(name)
        for name in who
    )
    known = denominators.select(*who, number("denominator")).unique(
        subset=who, keep="first", maintain_order=True
    )
    return wanted.join(known, on=who, how="left", maintain_order="left")["denominator"]
