"""The one checked entrance for frames that are given from Python.

The command line reads declarations and documents that were checked when they were read. A frame
of one's own was not: here it is made a frame that the comparisons can read, or refused with every
fault at once, by column and row (counted from 0).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from ojmf.declarations.catalogue import INDICATORS, METHODS
from ojmf.declarations.registers import POPULATION
from ojmf.errors import FrameError
from ojmf.geography import GEOGRAPHY
from ojmf.model import (
    Answer,
    IndicatorKind,
    ObsStatus,
    PeriodKind,
    Polarity,
    Scenario,
    Sex,
    Statistic,
)
from ojmf.schema import OBSERVATIONS, complete
from ojmf.suggestions import did_you_mean

Frame = pl.DataFrame | pl.LazyFrame

_SHOWN = 5
_ZONE = "CET"
"""Swedish time, summer time included."""
_PLACE = r"^(?:[0-9]{2}|[0-9]{4})$"
_REGION = r"^00[0-9]{2}$"
_INDICATOR = ("indicator_id", "area_id")
_PERIOD = ("period_start", "period_end", "period_kind")


@dataclass(frozen=True, slots=True)
class _Rule:
    """What makes a row of a column wrong, and the Swedish text behind the value that stands there.

    ``over`` are the columns that the rule reads; it is passed over where one of them is missing.
    """

    column: str
    over: tuple[str, ...]
    wrong: pl.Expr
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of frame: its name in Swedish, its columns, those it must have, and its rules."""

    name: str
    schema: pl.Schema
    required: tuple[str, ...]
    rules: tuple[_Rule, ...]


def _word(column: str, words: Iterable[str], *, null: bool = True) -> _Rule:
    known = [str(word) for word in words]
    wrong = ~pl.col(column).is_in(known)
    if not null:
        wrong = wrong.fill_null(value=True)
    return _Rule(column, (column,), wrong, f"väntade {_either(known)}")


def _where_said(column: str) -> _Rule:
    """A cell that says something belongs to a period and a scenario; words in a table need not."""
    said = pl.any_horizontal(pl.col("value", "answer").is_not_null())
    text = "väntade ett värde på varje rad som har ett tal eller ett svar"
    return _Rule(column, (column, "value", "answer"), pl.col(column).is_null() & said, text)


def _either(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last


def _there(*columns: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(column, (column,), pl.col(column).is_null(), "väntade ett värde på varje rad")
        for column in columns
    )


def _once(*columns: str) -> _Rule:
    text = f"väntade en rad för varje {' och '.join(columns)}"
    return _Rule(columns[0], columns, pl.struct(columns).is_duplicated(), text)


def _code(column: str) -> tuple[_Rule, ...]:
    return (
        _Rule(
            column,
            (column,),
            ~pl.col(column).str.contains(_PLACE).fill_null(value=False),
            "väntade SCB:s kod som text: 00 för riket, två siffror för ett län, fyra för en kommun",
        ),
        _Rule(
            column,
            (column,),
            pl.col(column).str.contains(_REGION),
            "koden är en regions eller rikets i andra register, ingen kommuns; ta bort raden eller "
            "skriv 00 för riket",
        ),
    )


def _finite(column: str) -> _Rule:
    return _Rule(column, (column,), pl.col(column).is_infinite(), "väntade ett ändligt tal")


OBSERVED = Kind(
    "observationer",
    OBSERVATIONS,
    ("indicator_id", "area_id", "geo", "scenario", *_PERIOD),
    (
        *map(_where_said, (*_INDICATOR, "scenario", *_PERIOD)),
        *_code("geo"),
        _word("answer", Answer),
        _word("scenario", Scenario),
        _word("period_kind", PeriodKind),
        _word("obs_status", ObsStatus),
        _word("sex", Sex),
        _Rule(
            "period_end",
            ("period_start", "period_end"),
            pl.col("period_end") < pl.col("period_start"),
            "perioden slutar innan den börjar",
        ),
    ),
)
CATALOGUE = Kind(
    "katalogen",
    INDICATORS,
    (*_INDICATOR, "unit", "kind", "method", "polarity"),
    (
        *_there(*_INDICATOR, "unit"),
        _word("polarity", Polarity, null=False),
        _word("method", METHODS, null=False),
        _word("kind", IndicatorKind, null=False),
        _word("statistic", Statistic),
        _once(*_INDICATOR),
        _finite("tolerance"),
        _Rule("tolerance", ("tolerance",), pl.col("tolerance") < 0, "väntade 0 eller mer"),
    ),
)
PLACES = Kind(
    "geografin",
    GEOGRAPHY,
    tuple(GEOGRAPHY),
    (
        *_code("code"),
        *_there("name"),
        _word("level", ("country", "county", "municipality"), null=False),
        _once("code"),
    ),
)
PEOPLE = Kind(
    "folkmängden",
    POPULATION,
    ("geo", "date", "population"),
    (
        *_code("geo"),
        *_there("date"),
        _Rule(
            "population",
            ("population",),
            ~(pl.col("population") > 0).fill_null(value=False),
            "väntade ett antal större än 0",
        ),
        _once("geo", "date"),
    ),
)


def checked_observations(frame: Frame, *, cast: bool = False) -> pl.DataFrame:
    """Observations in the columns of ``OBSERVATIONS``, those of the frame's own behind them.

    Columns beside the required ones may be missing and are then null; ``place`` and ``sex`` are
    filled in as by :func:`~ojmf.schema.complete`. Text may be Enum or Categorical, and figures of
    any type of number. With ``cast`` codes as numbers get their zeros back, figures as text are
    read with decimal point, and dates with a time zone become Swedish dates.

    Raises ``FrameError`` with every fault, also for shares between 0 and 1 (a share is in
    percent), and ``TypeError`` for what is no Polars frame.
    """
    found = complete(checked(frame, OBSERVED, cast=cast))
    if faults := _fractions(found):
        raise FrameError(faults)
    return found


def entered(
    observations: Frame, indicators: Frame, geography: Frame | None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame | None]:
    """The three frames of a comparison, checked; raises as :func:`checked_observations`."""
    return (
        checked_observations(observations),
        checked(indicators, CATALOGUE),
        None if geography is None else checked(geography, PLACES),
    )


def checked(frame: Frame, kind: Kind, *, cast: bool = False) -> pl.DataFrame:
    """A frame of a kind, its columns in the kind's types and order, others behind them.

    Raises ``FrameError`` with every fault, and ``TypeError`` for what is no Polars frame.
    """
    if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
        raise TypeError(
            f"{kind.name}: väntade en DataFrame eller LazyFrame ur Polars, inte "
            f"{type(frame).__module__}.{type(frame).__name__}; gör om med pl.DataFrame(…)"
        )
    rows = frame.lazy().collect()
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
            columns[name] = _converted(rows[name], wanted, cast=cast)
        except _UnfitError as unfit:
            faults.append(f"{kind.name}, kolumnen {name}: {unfit}")
    typed = pl.DataFrame([*columns.values()])
    faults += _row_faults(typed, kind)
    if faults:
        raise FrameError(faults)
    return typed.with_columns(rows.drop(columns, strict=False).get_columns())


class _UnfitError(Exception):
    """A column that can't become the type that is wanted; the text says what to do."""


def _converted(column: pl.Series, wanted: pl.DataType, *, cast: bool) -> pl.Series:
    """A column in the wanted type without loss, or with ``cast`` by the rules of the entrance."""
    given = column.dtype
    if given in (wanted, pl.Null):
        return column.cast(wanted)
    if wanted == pl.String:
        return _text(column, cast=cast)
    if wanted == pl.Date:
        return _dates(column, cast=cast)
    if given.is_numeric() and wanted.is_numeric():
        return _whole(column, column.cast(wanted, strict=False), "talen ryms inte")
    if given == pl.String and cast:
        found = column.str.strip_chars().cast(wanted, strict=False)
        return _whole(column, found, "texten är inget tal")
    raise _UnfitError(f"väntade {wanted}, inte {given}; gör om med .cast(pl.{wanted})")


def _text(column: pl.Series, *, cast: bool) -> pl.Series:
    if column.dtype in (pl.Categorical, pl.Enum):
        return column.cast(pl.String)
    if column.dtype.is_integer() and column.name in {"geo", "code", "county_code"}:
        if not cast:
            raise _UnfitError(
                "koderna är tal och har förlorat sina inledande nollor; läs dem som text"
            )
        # Two digits are a county and four a municipality, so three have lost one zero.
        digits = column.cast(pl.String).str.zfill(2)
        return digits.str.replace("^([0-9]{3})$", "0$1")
    raise _UnfitError(f"väntade text, inte {column.dtype}; gör om med .cast(pl.String)")


def _dates(column: pl.Series, *, cast: bool) -> pl.Series:
    given = column.dtype
    if isinstance(given, pl.Datetime):
        if given.time_zone is not None:
            if not cast:
                raise _UnfitError(
                    f"har klockslag och tidszon ({given.time_zone}), så att dagen kan bli en "
                    f"annan; gör om med .dt.convert_time_zone({_ZONE!r}).dt.date()"
                )
            column = column.dt.convert_time_zone(_ZONE)
        if (column != column.dt.truncate("1d")).any():
            raise _UnfitError("har klockslag; en period börjar och slutar med en dag")
        return column.dt.date()
    if given == pl.String and cast:
        found = column.str.to_date("%Y-%m-%d", strict=False)
        return _whole(column, found, "texten är inget datum (väntade 2024-12-31)")
    raise _UnfitError(f"väntade datum, inte {given}")


def _whole(column: pl.Series, loose: pl.Series, wrong: str) -> pl.Series:
    """The converted column; raises where a value was lost."""
    lost = (loose.is_null() & column.is_not_null()).arg_true()
    if len(lost):
        shown = ", ".join(f"rad {row}: ”{column[row]}”" for row in lost.head(_SHOWN))
        raise _UnfitError(f"{wrong} ({shown}{_more(len(lost))})")
    return loose


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
        + ", ".join(f"rad {row} har {_shown(rows[rule.column][row])}" for row in wrong[:_SHOWN])
        + f"{_more(len(wrong))}; {rule.text}"
        for rule, wrong in zip(rules, found, strict=True)
        if len(wrong)
    ]


def _shown(value: object) -> str:
    return "inget värde" if value is None else f"”{value}”"


def _more(count: int) -> str:
    return f" och {count - _SHOWN} till" if count > _SHOWN else ""


def _fractions(rows: pl.DataFrame) -> list[str]:
    """Shares of JA that lie between 0 and 1, all of them: a share is in percent."""
    answered = rows.filter(pl.col("answer").is_not_null())["indicator_id"].unique()
    asked = pl.col("indicator_id").is_in(answered.implode())
    shares = rows.filter(asked, pl.col("answer").is_null())["value"].drop_nulls()
    between = shares.is_between(0, 1, closed="none").sum()
    if between < _SHOWN or not shares.is_between(0, 1).all():
        return []
    return [
        f"observationer, kolumnen value: alla {len(shares)} andelar av JA ligger mellan 0 och 1, "
        "men en andel anges i procent; multiplicera med 100"
    ]
