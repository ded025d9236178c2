"""The one checked entrance for frames that are given from Python.

The command line reads declarations and documents that were checked when they were read. A frame
of one's own was not: here it is made a frame that the comparisons can read, or refused with every
fault at once, by column and row (counted from 0).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, overload

import polars as pl

from ojmf.arguments import as_annotated
from ojmf.errors import FrameError
from ojmf.frames.converting import SHOWN, UnfitError, converted, more
from ojmf.frames.kinds import CATALOGUE, COMPARED, OBSERVED, PLACES, Kind
from ojmf.model import UNITS, Scenario
from ojmf.printed import folded
from ojmf.schema import complete
from ojmf.suggestions import did_you_mean

Frame = pl.DataFrame | pl.LazyFrame
Ran = TypeVar("Ran")
_INDICATOR = ["area_id", "indicator_id"]
_SAME_UNIT = "räkna om talen till katalogens enhet, eller rätta enheten där den är fel"
_IN_ITS_UNIT = [Scenario.OUTCOME.value, Scenario.BUDGET.value, Scenario.FORECAST.value]
"""Scenarios whose figures are in the unit of the indicator, as the suites hold too."""


def checked_observations(frame: Frame, *, cast: bool = False) -> pl.DataFrame:
    """Observations in the columns of ``OBSERVATIONS``, those of the frame's own behind them.

    Columns beside the required ones may be missing and are then null; ``place`` and ``sex`` are
    filled in as by :func:`~ojmf.schema.complete`. Text may be Enum or Categorical, and figures of
    any type of number. With ``cast`` codes as numbers get their zeros back, figures as text are
    read with decimal point, and dates with a time zone become Swedish dates.

    Raises ``FrameError`` with every fault, also for shares between 0 and 1 (a share is in
    percent).
    """
    found = complete(checked(frame, OBSERVED, cast=cast))
    if (fault := fractions(found)) is not None:
        raise FrameError([f"observationer, kolumnen value: {fault}"])
    return found


@overload
def entered(
    observations: Frame, indicators: Frame, geography: Frame, *, cast: bool = ...
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]: ...


@overload
def entered(
    observations: Frame, indicators: Frame, geography: Frame | None, *, cast: bool = ...
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame | None]: ...


def entered(
    observations: Frame, indicators: Frame, geography: Frame | None, *, cast: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame | None]:
    """The three frames of a comparison, checked one by one and against each other.

    Rows about places that the geography has not are left out, or an unknown code would count as a
    municipality. Raises as :func:`checked_observations`, and ``FrameError`` for what no comparison
    can read (``kinds.COMPARED``), for a unit that neither ojmf nor the catalogue has, for another
    unit than the indicator's, for an indicator of the catalogue in another area or spelling, and
    for observations of which none is about an indicator of the catalogue.
    """
    observed = checked_observations(observations, cast=cast)
    catalogue = checked(indicators, CATALOGUE, cast=cast)
    places = None if geography is None else checked(geography, PLACES, cast=cast)
    units = [*_strange_units(observed, catalogue), *_other_units(observed, catalogue)]
    faults = [*_row_faults(observed, COMPARED), *units, *_unknown(observed, catalogue)]
    if faults:
        raise FrameError(faults)
    if places is not None:
        # Regions and groups stand in no geography.
        known = pl.col("geo").is_in(places["code"].implode()) | pl.col("geo").str.contains("^[RG]")
        observed = observed.filter(known)
    return observed, catalogue, places


@as_annotated
def checked(frame: Frame, kind: Kind, *, cast: bool = False) -> pl.DataFrame:
    """A frame of a kind, its columns in the kind's types and order, others behind them.

    Raises ``FrameError`` with every fault.
    """
    rows = ran(frame.lazy().collect, kind.name)
    faults = [
        f"{kind.name}: kolumnen {name} saknas. {did_you_mean(name, rows.columns)}".rstrip()
        for name in kind.required
        if name not in rows.columns
    ]
    columns: dict[str, pl.Series] = {}
    for name, wanted in kind.schema.items():
        if name not in rows.columns:
            if name in kind.required:
                continue
            columns[name] = pl.Series(name, [None] * rows.height, dtype=wanted)
            continue
        try:
            columns[name] = converted(rows[name], wanted, cast=cast)
        except UnfitError as unfit:
            faults.append(f"{kind.name}, kolumnen {name}: {unfit}")
    others = [rows[name] for name in rows.columns if name not in kind.schema]
    typed = pl.DataFrame([*columns.values(), *others])
    faults += _row_faults(typed, kind)
    if rows.is_empty() and not kind.may_be_empty:
        faults.append(f"{kind.name} har inga rader")
    if faults:
        raise FrameError(faults)
    return typed


def ran(query: Callable[[], Ran], name: str) -> Ran:
    """What a query over a frame of a name gives; ``FrameError`` where it cannot be run."""
    try:
        return query()
    except (pl.exceptions.PolarsError, OSError) as error:
        said = str(error).strip().partition("\n")[0]
        raise FrameError(
            [f"{name}: frågan (LazyFrame) går inte att köra. Polars säger: {said}"]
        ) from error


def of_catalogue(
    frame: Frame, kind: Kind, indicators: pl.DataFrame, *, method: str = "", cast: bool = False
) -> pl.DataFrame:
    """:func:`checked`, where every row is about an indicator of the catalogue (judged by a method).

    Raises as that function, also for other indicators.
    """
    rows = checked(frame, kind, cast=cast)
    known = indicators if not method else indicators.filter(method=method)
    names = known["indicator_id"].to_list()
    strange = rows.filter(~pl.col("indicator_id").is_in(names))["indicator_id"]
    wanted = f" med metoden {method}" if method else ""
    if faults := [
        f"{kind.name}, kolumnen indicator_id: katalogen har ingen indikator ”{name}”{wanted}. "
        f"{did_you_mean(name, names)}".rstrip()
        for name in strange.unique(maintain_order=True)
    ]:
        raise FrameError(faults)
    return rows


def of_places(
    frame: Frame, kind: Kind, places: pl.DataFrame, *, cast: bool = False
) -> pl.DataFrame:
    """:func:`checked`, where rows are about places (``geo``) of the geography, and maybe others.

    Raises as that function, also where every row is about another place.
    """
    rows = checked(frame, kind, cast=cast)
    if rows.is_empty() or rows["geo"].is_in(places["code"].implode()).any():
        return rows
    raise FrameError(
        f"{kind.name}, kolumnen geo: ingen rad gäller en plats i geografin; den första är "
        f"”{rows['geo'][0]}”. {did_you_mean(rows['geo'][0], places['code'].to_list())}".rstrip()
    )


def as_given(frame: Frame, kind: Kind) -> pl.DataFrame:
    """A frame of a kind in the kind's types, with the columns and the order that it came with.

    Raises as :func:`checked`.
    """
    found = checked(frame, kind)
    return found.select(frame.lazy().collect_schema().names())


def _row_faults(rows: pl.DataFrame, kind: Kind) -> list[str]:
    """What each rule of the kind finds, with the first rows and their values."""
    rules = [rule for rule in kind.rules if set(rule.over).issubset(rows.columns)]
    if not rules or rows.is_empty():
        return []
    found = rows.select(
        rule.wrong.fill_null(value=False).arg_true().implode().alias(str(number))
        for number, rule in enumerate(rules)
    ).row(0)
    return [
        f"{kind.name}, kolumnen {rule.column}: "
        + ", ".join(f"rad {row} har {_shown(rows[rule.column][row])}" for row in wrong[:SHOWN])
        + f"{more(len(wrong))}; {rule.text}"
        for rule, wrong in zip(rules, found, strict=True)
        if len(wrong)
    ]


def _shown(value: object) -> str:
    return "inget värde" if value is None else f"”{value}”"


def fractions(rows: pl.DataFrame) -> str | None:
    """What is wrong where all shares of JA lie between 0 and 1: a share is in percent."""
    answered = rows.filter(pl.col("answer").is_not_null())["indicator_id"].unique()
    asked = pl.col("indicator_id").is_in(answered.implode())
    asked |= pl.col("scenario") == Scenario.SHARE.value
    shares = rows.filter(asked, pl.col("answer").is_null())["value"].drop_nulls()
    between = shares.is_between(0, 1, closed="none").sum()
    if between < SHOWN or not shares.is_between(0, 1).all():
        return None
    return (
        f"alla {len(shares)} andelar av JA ligger mellan 0 och 1, men en andel anges i procent; "
        "multiplicera med 100"
    )


def _units(catalogue: pl.DataFrame) -> list[str]:
    return [*UNITS, *catalogue["unit"].unique().sort()]


def _strange_units(observed: pl.DataFrame, catalogue: pl.DataFrame) -> list[str]:
    """A fault for each unit that neither ojmf nor the catalogue knows."""
    known = _units(catalogue)
    strange = observed.with_row_index("row").filter(~pl.col("unit").is_in(known))
    return [
        f"observationer, kolumnen unit: rad {row} har ”{unit}”, som varken är en känd enhet eller "
        f"står i katalogen. {did_you_mean(unit, known)}"
        for row, unit in strange.unique("unit", maintain_order=True)
        .select("row", "unit")
        .iter_rows()
    ]


def _other_units(observed: pl.DataFrame, catalogue: pl.DataFrame) -> list[str]:
    """A fault for each unit that stands where the catalogue has another, with the first rows."""
    unit = pl.col("unit").alias("_wanted")
    wrong = (
        observed.with_row_index("row")
        .filter(pl.col("scenario").is_in(_IN_ITS_UNIT))
        .join(catalogue.select(*_INDICATOR, unit), on=_INDICATOR, maintain_order="left")
        .filter(pl.col("unit") != pl.col("_wanted"), pl.col("unit").is_in(_units(catalogue)))
    )
    told = wrong.group_by("unit", "_wanted", maintain_order=True).agg(
        pl.col("row").head(SHOWN), pl.len(), pl.col("indicator_id").first()
    )
    return [
        f"observationer, kolumnen unit: {', '.join(f'rad {row}' for row in rows)}{more(count)} har "
        f"”{unit}”, men katalogen har ”{wanted}” för {indicator}; "
        + ("en andel av JA har scenariot share" if wanted == "answer" else _SAME_UNIT)
        for unit, wanted, rows, count, indicator in told.iter_rows()
    ]


def _unknown(observed: pl.DataFrame, catalogue: pl.DataFrame) -> list[str]:
    """A fault for each indicator that the catalogue has in another area or spelling, or for all.

    Others may be unknown to the catalogue, as long as some are known.
    """
    about = observed.drop_nulls("indicator_id").select(_INDICATOR).unique(maintain_order=True)
    strange = about.join(catalogue, on=_INDICATOR, how="anti", maintain_order="left")
    names = catalogue["indicator_id"].to_list()
    spelled = {folded(name): name for name in names}
    faults = []
    for area, indicator in strange.iter_rows():
        if (meant := spelled.get(folded(indicator))) is not None:
            its_area = catalogue.row(names.index(meant), named=True)["area_id"]
            faults.append(
                f"observationer, kolumnen indicator_id: ”{indicator}” i området ”{area}” står i "
                f"katalogen som ”{meant}” i området ”{its_area}”"
            )
    if faults or strange.is_empty() or strange.height < about.height:
        return faults
    area, indicator = about.row(0)
    return [
        f"observationer, kolumnen indicator_id: ingen rad gäller en indikator i katalogen; den "
        f"första är ”{indicator}” i området ”{area}”. {did_you_mean(indicator, names)}"
    ]
