"""The municipalities that are most like one, by indicators of one's own choice."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from ojmf.arguments import as_annotated, as_list, at_least_one
from ojmf.compare.against import municipal
from ojmf.compare.figures import (
    KEY,
    NUMERIC_METHODS,
    PERIOD,
    Frame,
    figures,
    latest,
    of_both_sexes,
    one_per_key,
)
from ojmf.compare.questions import QUESTION, question_cells
from ojmf.errors import SelectionError
from ojmf.frames import entered
from ojmf.geography import resolve_municipality
from ojmf.schema import SIMILAR
from ojmf.suggestions import WHERE_ALL_ARE, did_you_mean


@as_annotated
def similar(
    observations: Frame,
    indicators: pl.DataFrame,
    geo: str,
    by: str | Sequence[str],
    *,
    weights: Sequence[float] = (),
    nearest: int = 7,
    geography: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The ``nearest`` municipalities to one by the indicators ``by``, in ``SIMILAR``.

    Every indicator is standardised: divided by its standard deviation among all municipalities, so
    that kronor do not outweigh percent. The municipality's latest figure about both sexes meets
    those of the same period and unit; an answer counts 100, 50 or 0. A municipality that lacks one
    of them has no distance. ``weights`` are in the order of ``by``, 1 where none are given. Source:
    the Euclidean distance of Kolada's and RKA's similar municipalities.

    Raises ``SelectionError`` for an unknown or repeated indicator, one that the municipality has no
    figure of or all have the same, other numbers of weights, and where nobody else has them all.

    >>> from datetime import date
    >>> import ojmf
    >>> import polars as pl
    >>> row = {"area_id": "a", "indicator_id": "a.x", "unit": "percent", "scenario": "outcome"}
    >>> row |= {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    >>> figures = {"2901": 10.0, "2902": 30.0, "2903": 11.0}
    >>> rows = pl.DataFrame(
    ...     [row | {"geo": geo, "value": value} for geo, value in figures.items()]
    ... ).with_columns(pl.lit("year").alias("period_kind"))
    >>> asked = pl.DataFrame(
    ...     {"area_id": ["a"], "indicator_id": ["a.x"], "unit": ["percent"]}
    ...     | {"kind": ["share"], "method": ["neutral"], "polarity": ["neutral"]}
    ... )
    >>> ojmf.compare.similar(rows, asked, "2901", ["a.x"])["geo"].to_list()
    ['2903', '2902']
    """
    observations, indicators, geography = entered(observations, indicators, geography)
    own, most = resolve_municipality(geo, geography), at_least_one(nearest)
    names = list(as_list(by))
    if twice := [name for name in names if names.count(name) > 1]:
        raise SelectionError(
            f"”{twice[0]}” står flera gånger. Ange varje indikator en gång; väg dem med vikter."
        )
    known = indicators["indicator_id"].to_list()
    if not names:
        raise SelectionError("by är tom; ange minst en indikator.")
    if unknown := [name for name in names if name not in known]:
        near = did_you_mean(unknown[0], known, otherwise=WHERE_ALL_ARE)
        raise SelectionError(f"Okänd indikator: ”{unknown[0]}”. {near}")
    if weights and (
        len(weights) != len(names) or not all(0 < weight < math.inf for weight in weights)
    ):
        raise SelectionError(
            f"Ange en ändlig vikt över 0 för var och en av de {len(names)} indikatorerna, inte "
            f"{', '.join(map(str, weights))}."
        )
    chosen = indicators.filter(pl.col("indicator_id").is_in(names))
    values = _values(observations, chosen, own)
    spread = values.group_by("indicator_id").agg(pl.col("value").std(ddof=0).alias("_spread"))
    mine = values.filter(geo=own).select("indicator_id", pl.col("value").alias("own"))
    for name in names:
        if name not in mine["indicator_id"]:
            raise SelectionError(f"Det finns ingen uppgift om {name} för {own}.")
        if not spread.filter(indicator_id=name)["_spread"][0]:
            raise SelectionError(f"{name} skiljer inga kommuner åt: alla har samma värde.")
    order = pl.DataFrame(
        {"indicator_id": names, "weight": [float(w) for w in weights] or [1.0] * len(names)}
    ).with_row_index("_order")
    steps = (
        values.join(mine, on="indicator_id")
        .join(spread, on="indicator_id")
        .join(order, on="indicator_id")
        .with_columns(steps=(pl.col("value") - pl.col("own")) / pl.col("_spread"))
        .filter(pl.len().over("geo") == len(names), pl.col("geo") != own)
    )
    if steps.is_empty():
        raise SelectionError("Ingen annan kommun har uppgifter om alla indikatorer för perioden.")
    weight = pl.col("weight")
    squared = (weight * pl.col("steps") ** 2).sum() / weight.sum()
    ranked = (
        steps.group_by("geo")
        .agg(squared.sqrt().alias("distance"))
        .sort("distance", "geo")
        .with_row_index("place", offset=1)
        .with_columns(pl.len().alias("of"))
        .head(most)
    )
    return (
        ranked.join(steps, on="geo", how="left")
        .sort("place", "_order")
        .select(SIMILAR.names())
        .cast(SIMILAR)
    )


def _values(observations: Frame, chosen: pl.DataFrame, own: str) -> pl.DataFrame:
    """The figures of all municipalities in the period of the municipality's latest one."""
    rows = of_both_sexes(observations)
    cells = (
        figures(rows, chosen, NUMERIC_METHODS, scenarios=["outcome"]).filter(municipal()).collect()
    )
    now = latest(cells.filter(geo=own)).unique("indicator_id", keep="last", maintain_order=True)
    alike = [*KEY, *PERIOD, "unit"]
    numeric = one_per_key(
        cells.join(now.select(alike).unique(), on=alike, how="semi"), [*alike, "geo"]
    )
    answers = question_cells(rows, chosen, None).filter(municipal())
    asked = answers.filter(pl.col("geo") == own, pl.col("points").is_not_null())
    newest = asked.sort("period_end").unique("indicator_id", keep="last").select(QUESTION)
    answered = answers.join(newest, on=QUESTION, how="semi").select(
        "indicator_id",
        "geo",
        "period_end",
        label="row_label",
        unit=pl.lit("answer"),
        value="points",
    )
    named = numeric.select(
        "indicator_id",
        "geo",
        "period_end",
        pl.coalesce("name", "label").alias("label"),
        "unit",
        "value",
    )
    return pl.concat([named, answered]).drop_nulls("value")
