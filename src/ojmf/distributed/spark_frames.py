"""References, quarters and colours of every figure in Spark's own functions.

The figures of each county and group are gathered in a list of at most some hundred, sorted, and the
quantiles read off it by the same arithmetic as in the dense table: what ties, ties in both. The
lists never leave the workers, and the rows are moved once, to meet what they are compared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everyone who writes Spark calls it
from pyspark.sql.types import NullType, NumericType

from ojmf.compare.members import FEWEST
from ojmf.compare.national.terms import (
    ADDED,
    NO_PLACE,
    STATISTICS,
    TWICE,
    WEIGHT,
    no_municipality,
)
from ojmf.compare.quarters import FEWEST_FOR_COLOUR
from ojmf.geography import COUNTY_CODE_LENGTH
from ojmf.model import COUNTRY, Statistic, Status

_OWN = "_ojmf_"
"""Before the names of our own columns beside those of the values, which may have any name."""
_VALUE, _COUNTY, _WEIGHED = f"{_OWN}value", f"{_OWN}county", f"{_OWN}weight"
_GEO, _LIST = f"{_OWN}geo", f"{_OWN}list"
_INFINITE = float("inf")
_SUMS = ("total", "counted", "weighted", "weights", "with_weight")


def numeric(values: DataFrame, name: str) -> bool:
    """Whether a column of a frame is of numbers; a column of nothing but nulls is."""
    return isinstance(values.schema[name].dataType, NumericType | NullType)


def added(
    values: DataFrame,
    rules: pl.DataFrame,
    keys: Sequence[str],
    partition: str | None,
    sizes: Mapping[str, int],
    *,
    weighted: bool,
) -> DataFrame:
    """The values with the columns ``ADDED``.

    ``rules`` has direction, statistic and fewest of each indicator_id; ``keys`` keep figures apart,
    within each ``partition``; ``sizes`` are how many municipalities the counties have, by code.
    """
    values = values.drop(*ADDED)
    names = values.columns
    apart = [partition] if partition is not None else []
    # Groups are told apart by the values' own columns, under names of ours.
    own = {
        name: f"{_OWN}key_{number}" for number, name in enumerate(dict.fromkeys([*keys, *apart]))
    }
    rows = _prepared(values, weighted=weighted)
    used = [_VALUE, _COUNTY, *([_WEIGHED] if weighted else [])]
    narrow = rows.select(
        *(_column(name).alias(key) for name, key in own.items()), *used, _column("geo").alias(_GEO)
    )
    groups, apart = list(own.values()), [own[name] for name in apart]
    counties = _of_counties(narrow, groups, weighted=weighted)
    country = _of_country(counties, groups)
    members = _members(narrow, apart, sizes)
    compared = _joined(counties.drop(_LIST), country, {key: key for key in groups})
    compared = _joined(compared, members, {key: key for key in [*apart, _COUNTY]})
    declared = values.sparkSession.createDataFrame(
        rules.select("indicator_id", "direction", "statistic", "fewest").rows(),
        "id string, direction int, statistic int, fewest bigint",
    )
    indicator = F.col(own["indicator_id"]).cast("string")
    compared = compared.join(declared, indicator == F.col("id"), "left")
    references = _referred(compared, [*groups, _COUNTY], weighted=weighted)
    return _joined(rows, references, {**own, _COUNTY: _COUNTY}).select(
        *map(_column, names), *_found(F.col(_VALUE))
    )


def _column(name: str) -> Column:
    """A column by its name, which may hold a full stop."""
    quoted = name.replace("`", "``")
    return F.col(f"`{quoted}`")


def _prepared(values: DataFrame, *, weighted: bool) -> DataFrame:
    """The rows with figure (null where missing), county and maybe weight (null where none)."""
    value, geo = _finite(_column("value").cast("double")), _column("geo").cast("string")
    right = geo.rlike("^[0-9]{4}$") & ~geo.startswith(COUNTRY)
    before, after = no_municipality("\0").split("\0")
    wrong = F.concat(F.lit(before), geo, F.lit(after))
    county = (
        F.when(geo.isNull(), F.raise_error(F.lit(NO_PLACE)).cast("string"))
        .when(right, F.substring(geo, 1, COUNTY_CODE_LENGTH))
        .otherwise(F.raise_error(wrong).cast("string"))
    )
    # Adding zero makes a negative zero an ordinary one.
    rows = values.withColumns({_VALUE: value + F.lit(0.0), _COUNTY: county})
    if not weighted:
        return rows
    weight = _column(WEIGHT).cast("double")
    return rows.withColumn(_WEIGHED, F.when(~F.isnan(weight) & (weight > 0), weight))


def _finite(figure: Column) -> Column:
    wrong = F.isnan(figure) | (F.abs(figure) == F.lit(_INFINITE))
    return F.when(~wrong, figure)


def _of_counties(rows: DataFrame, groups: Sequence[str], *, weighted: bool) -> DataFrame:
    """The list of figures, sums and median of each county and group.

    Two rows of one municipality in a group are an error.
    """
    figure = F.col(_VALUE)
    sums = {"total": F.sum(figure), "counted": F.count(figure)}
    if weighted:
        weight = F.when(figure.isNotNull(), F.col(_WEIGHED))
        sums |= {
            "weighted": F.sum(figure * weight),
            "weights": F.sum(weight),
            "with_weight": F.count(weight),
        }
    once = F.count(F.lit(1)) == F.size(F.collect_set(_GEO))
    figures = F.when(once, F.collect_list(figure)).otherwise(
        F.raise_error(F.lit(TWICE)).cast("array<double>")
    )
    found = rows.groupBy(*groups, _COUNTY).agg(
        figures.alias(_LIST), *(sum_.alias(f"county_{name}") for name, sum_ in sums.items())
    )
    middle = _quantile(F.sort_array(F.col(_LIST)), F.col("county_counted"), 0.5)
    return found.withColumn("county_median", middle)


def _of_country(counties: DataFrame, groups: Sequence[str]) -> DataFrame:
    """The sums, median and outer quarters of each group."""
    sums = [name for name in _SUMS if f"county_{name}" in counties.columns]
    found = counties.groupBy(*groups).agg(
        F.sort_array(F.flatten(F.collect_list(_LIST))).alias(_LIST),
        *(F.sum(f"county_{name}").alias(f"national_{name}") for name in sums),
    )
    quantiles = {"national_median": 0.5, "lower": 0.25, "upper": 0.75}
    return found.withColumns(
        {
            name: _quantile(F.col(_LIST), F.col("national_counted"), p)
            for name, p in quantiles.items()
        }
    ).drop(_LIST)


def _quantile(ordered: Column, counted: Column, p: float) -> Column:
    """The p-quantile of a sorted list by linear interpolation; null of an empty one."""
    position = F.greatest(counted - 1, F.lit(0)) * F.lit(p)
    low = F.floor(position).cast("int")
    rest = position - low
    below = F.get(ordered, low)
    above = F.get(ordered, low + (rest > 0).cast("int"))
    return below + (above - below) * rest


def _members(rows: DataFrame, apart: Sequence[str], sizes: Mapping[str, int]) -> DataFrame:
    """How many municipalities each county and the country have, in each partition."""
    places = rows.select(*apart, _COUNTY, _GEO).distinct()
    here = places.groupBy(*apart, _COUNTY).agg(F.count(F.lit(1)).alias("members"))
    if not sizes:
        everyone = here.groupBy(*apart).agg(F.sum("members").alias("everyone"))
        return _joined(here, everyone, {key: key for key in apart})
    declared = rows.sparkSession.createDataFrame(list(sizes.items()), "code string, size bigint")
    return (
        here.join(declared, F.col(_COUNTY) == F.col("code"), "left")
        .withColumn("members", F.coalesce("size", "members"))
        .withColumn("everyone", F.lit(sum(sizes.values())))
        .drop("code", "size")
    )


def _joined(rows: DataFrame, others: DataFrame, on: Mapping[str, str]) -> DataFrame:
    """The rows with what others have of the same keys; a null is a key as any other.

    ``on`` are the keys' names in the rows, and in the others.
    """
    there = {name: f"{_OWN}other_{number}" for number, name in enumerate(on.values())}
    same = F.lit(True)
    for name, other in on.items():
        same &= _column(name).eqNullSafe(F.col(there[other]))
    return rows.join(others.withColumnsRenamed(there), same, "left").drop(*there.values())


def _referred(compared: DataFrame, keys: Sequence[str], *, weighted: bool) -> DataFrame:
    """What the rows of each county and group are compared with, in columns of our own."""
    county = _reference("county", F.col("members"), weighted=weighted)
    country = _reference("national", F.col("everyone"), weighted=weighted)
    enough = F.col("national_counted") >= FEWEST_FOR_COLOUR
    direction = F.when(enough, F.col("direction")).otherwise(0)
    found = {
        "county_reference": county,
        "national_reference": country,
        "lower": F.col("lower"),
        "upper": F.col("upper"),
        "direction": F.coalesce(direction, F.lit(0)),
    }
    return compared.select(*keys, *(what.alias(f"{_OWN}{name}") for name, what in found.items()))


def _reference(place: str, members: Column, *, weighted: bool) -> Column:
    """The declared statistic of a place; null of too few."""
    total, counted = F.col(f"{place}_total"), F.col(f"{place}_counted")
    statistic = F.coalesce("statistic", F.lit(0))
    is_ = {name: statistic == number for number, name in enumerate(STATISTICS)}
    mean, whole = is_[Statistic.MEAN.value], is_[Statistic.SUM.value] & (counted == members)
    found = F.when(is_[Statistic.MEDIAN.value], F.col(f"{place}_median"))
    found = found.when(mean & (counted > 0), total / counted).when(whole, total)
    if weighted:
        of_weights, weights = is_[Statistic.WEIGHTED.value], F.col(f"{place}_weights")
        found = found.when(of_weights & (weights > 0), F.col(f"{place}_weighted") / weights)
        counted = F.when(of_weights, F.col(f"{place}_with_weight")).otherwise(counted)
    fewest = F.coalesce("fewest", F.lit(0))
    declared = fewest > 0
    few = F.least(F.when(declared, fewest).otherwise(FEWEST), members)
    enough = (counted >= few) & (declared | (counted * 2 >= members))
    return F.when(enough & ~F.isnan(found), found)


def _found(figure: Column) -> list[Column]:
    """The columns ``ADDED`` of rows that have met what they are compared with."""
    county, country = F.col(f"{_OWN}county_reference"), F.col(f"{_OWN}national_reference")
    lower, upper = F.col(f"{_OWN}lower"), F.col(f"{_OWN}upper")
    direction = F.col(f"{_OWN}direction")
    # Where both limits are the same figure, that figure is in neither quarter.
    top, bottom = (figure >= upper) & (figure > lower), (figure <= lower) & (figure < upper)
    status = (
        F.when(figure.isNull() | (direction == 0), Status.GREY.value)
        .when(F.when(direction > 0, top).otherwise(bottom), Status.GREEN.value)
        .when(F.when(direction > 0, bottom).otherwise(top), Status.RED.value)
        .otherwise(Status.YELLOW.value)
    )
    found: dict[str, Any] = {
        "county_reference": county,
        "national_reference": country,
        "gap_county": figure - county,
        "gap_national": figure - country,
        "status": status,
    }
    return [found[name].alias(name) for name in ADDED]
