"""The kinds of frames that are given from Python: their columns, and what makes a row wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from ojmf.declarations.base import GROUP_ID
from ojmf.declarations.catalogue import INDICATORS, METHODS
from ojmf.declarations.registers import CHARTS, PEERS, POPULATION
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
from ojmf.periods import MONTHS_OF
from ojmf.schema import OBSERVATIONS

_PLACE = r"^(?:[0-9]{2}|[0-9]{4})$"
_FETCHED = rf"^(?:[0-9]{{2}}|[0-9]{{4}}|R[0-9]{{2}}|{GROUP_ID})$"  # also a region and a group
_REGION = r"^00[0-9]{2}$"
_INDICATOR = ("indicator_id", "area_id")
_PERIOD = ("period_start", "period_end", "period_kind")


@dataclass(frozen=True, slots=True)
class Rule:
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
    rules: tuple[Rule, ...] = ()
    may_be_empty: bool = True


def word(column: str, words: Iterable[str], *, null: bool = True) -> Rule:
    """The values of a column are some of these words."""
    known = [str(word) for word in words]
    wrong = ~pl.col(column).is_in(known)
    if not null:
        wrong = wrong.fill_null(value=True)
    return Rule(column, (column,), wrong, f"väntade {_either(known)}")


def _where_said(column: str) -> Rule:
    """A cell that says something belongs to a period and a scenario; words in a table need not."""
    said = pl.any_horizontal(pl.col("value", "answer").is_not_null())
    text = "väntade ett värde på varje rad som har ett tal eller ett svar"
    return Rule(column, (column, "value", "answer"), pl.col(column).is_null() & said, text)


def _either(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last


def there(*columns: str) -> tuple[Rule, ...]:
    """The columns have a value in every row."""
    return tuple(
        Rule(column, (column,), pl.col(column).is_null(), "väntade ett värde på varje rad")
        for column in columns
    )


def once(*columns: str) -> Rule:
    """No two rows have the same values in the columns."""
    text = f"väntade en rad för varje {' och '.join(columns)}"
    return Rule(columns[0], columns, pl.struct(columns).is_duplicated(), text)


def code(column: str, form: str = _PLACE) -> tuple[Rule, ...]:
    """The values of a column are codes of places as SCB has them."""
    return (
        Rule(
            column,
            (column,),
            ~pl.col(column).str.contains(form).fill_null(value=False),
            "väntade SCB:s kod som text: 00 för riket, två siffror för ett län, fyra för en kommun",
        ),
        Rule(
            column,
            (column,),
            pl.col(column).str.contains(_REGION),
            "koden är en regions eller rikets i andra register, ingen kommuns; ta bort raden eller "
            "skriv 00 för riket",
        ),
    )


def municipality(column: str, *, null: bool = False) -> tuple[Rule, ...]:
    """The rules of a column with codes of municipalities."""
    right = pl.col(column).str.contains(r"^[0-9]{4}$") & ~pl.col(column).str.contains(_REGION)
    text = "väntade en kommuns kod som text: fyra siffror"
    return (Rule(column, (column,), ~right.fill_null(value=null), text),)


def _bare(column: str) -> Rule:
    """An id begins and ends with a mark of its own."""
    text = "ta bort blanksteget före eller efter"
    return Rule(column, (column,), pl.col(column) != pl.col(column).str.strip_chars(), text)


def _finite(column: str) -> Rule:
    return Rule(column, (column,), ~pl.col(column).is_finite(), "väntade ett ändligt tal")


_REVERSED = Rule(
    "period_end",
    ("period_start", "period_end"),
    pl.col("period_end") < pl.col("period_start"),
    "perioden slutar innan den börjar",
)
_MONTHS = (
    12 * (pl.col("period_end").dt.year().cast(pl.Int32) - pl.col("period_start").dt.year())
    + pl.col("period_end").dt.month().cast(pl.Int32)
    - pl.col("period_start").dt.month()
    + 1
)
_LENGTHS = {
    **dict.fromkeys((PeriodKind.MONTH, PeriodKind.POINT), (1, 1)),
    **{kind: (months, months) for kind, months in MONTHS_OF.items()},
    PeriodKind.YEAR_TO_DATE: (1, 12),
    # A year that was counted from some day on, and twelve months from within one month.
    PeriodKind.YEAR: (2, 13),
    PeriodKind.SCHOOL_YEAR: (9, 13),
    PeriodKind.SEVERAL_YEARS: (24, 1200),
    PeriodKind.ROLLING_12_MONTHS: (12, 13),
}
"""The least and the most months that a period of each kind begins and ends in."""
_OF_ANOTHER_LENGTH = Rule(
    "period_kind",
    ("period_kind", "period_start", "period_end"),
    pl.any_horizontal(
        (pl.col("period_kind") == kind.value) & ~_MONTHS.is_between(least, most)
        for kind, (least, most) in _LENGTHS.items()
    ),
    "perioden har en annan längd mellan period_start och period_end",
)
_OF_NO_YEAR = Rule(
    "period_kind",
    ("period_kind", "period_start", "period_end"),
    (pl.col("period_kind") == PeriodKind.YEAR.value)
    & (pl.col("period_start").dt.year() != pl.col("period_end").dt.year()),
    "ett år börjar och slutar samma år; tolv månader över ett årsskifte är rolling_12_months",
)
_TO_THE_NEXT = Rule(
    "period_end",
    ("period_start", "period_end"),
    pl.all_horizontal(pl.col("period_start", "period_end").dt.day() == 1)
    & (pl.col("period_start") < pl.col("period_end")),
    "väntade periodens sista dag, inte den första efter den",
)
_SHORT_YEAR = Rule(
    "period_start",
    ("period_start",),
    pl.col("period_start").dt.year() < 1000,
    "ett år har fyra siffror",
)
OBSERVED = Kind(
    "observationer",
    OBSERVATIONS,
    ("unit", *_INDICATOR, "geo", "scenario", *_PERIOD),
    (
        *map(_where_said, ("unit", *_INDICATOR, "scenario", *_PERIOD)),
        *code("geo", _FETCHED),
        word("answer", Answer),
        word("scenario", Scenario),
        word("period_kind", PeriodKind),
        word("obs_status", ObsStatus),
        word("sex", Sex),
        _REVERSED,
        _SHORT_YEAR,
        _OF_ANOTHER_LENGTH,
        _OF_NO_YEAR,
        _TO_THE_NEXT,
        *map(_bare, _INDICATOR),
    ),
)
_MISSING = [
    ObsStatus.NOT_COLLECTED,
    ObsStatus.CANNOT_EXIST,
    ObsStatus.MISSING,
    ObsStatus.SUPPRESSED,
]
COMPARED = Kind(
    OBSERVED.name,
    OBSERVED.schema,
    OBSERVED.required,
    (
        Rule(
            "answer",
            ("answer", "value"),
            pl.all_horizontal(pl.col("answer", "value").is_not_null()),
            "raden har också ett tal i value; väntade ett svar eller ett tal",
        ),
        Rule(
            "unit",
            ("unit", "value", "answer"),
            (pl.col("unit") == "answer")
            & pl.col("value").is_not_null()
            & pl.col("answer").is_null(),
            "raden har ett tal; skriv svaret som JA, DELVIS eller NEJ i answer",
        ),
        Rule(
            "obs_status",
            ("obs_status", "value", "answer"),
            pl.col("obs_status").is_in(_MISSING)
            & pl.any_horizontal(pl.col("value", "answer").is_not_null()),
            "uppgiften saknas eller är skyddad, men raden har ett tal eller ett svar",
        ),
    ),
)
"""Observations that a comparison can read; of those that can't, ``Data.validate`` finds more."""
CATALOGUE = Kind(
    "katalogen",
    INDICATORS,
    (*_INDICATOR, "unit", "kind", "method", "polarity"),
    (
        *there(*_INDICATOR, "unit"),
        word("polarity", Polarity, null=False),
        word("method", METHODS, null=False),
        word("kind", IndicatorKind, null=False),
        word("statistic", Statistic),
        once("indicator_id"),
        *map(_bare, _INDICATOR),
        Rule(
            "method",
            ("method", "unit"),
            pl.col("method").is_in([str(method) for method in METHODS])
            & ((pl.col("method") == "answer") != (pl.col("unit") == "answer")),
            "metoden answer hör till enheten answer, och andra metoder till tal",
        ),
        _finite("tolerance"),
        Rule("tolerance", ("tolerance",), pl.col("tolerance") < 0, "väntade 0 eller mer"),
    ),
    may_be_empty=False,
)
PLACES = Kind(
    "geografin",
    GEOGRAPHY,
    tuple(GEOGRAPHY),
    (
        *code("code"),
        *there("name"),
        word("level", ("country", "county", "municipality"), null=False),
        once("code"),
    ),
    may_be_empty=False,
)
PEOPLE = Kind(
    "folkmängden",
    POPULATION,
    ("geo", "date", "population"),
    (
        *code("geo"),
        *there("date"),
        Rule(
            "population",
            ("population",),
            ~(pl.col("population") > 0).fill_null(value=False),
            "väntade ett antal större än 0",
        ),
        once("geo", "date"),
    ),
)
_POLARITY = (
    *there("indicator_id"),
    word("polarity", Polarity),
    Rule(
        "polarity",
        ("indicator_id", "polarity"),
        pl.col("polarity").n_unique().over("indicator_id") > 1,
        "väntade en riktning för varje indikator",
    ),
)
DIRECTIONS = Kind(
    "katalogen",
    pl.Schema({name: INDICATORS[name] for name in (*_INDICATOR, "polarity")}),
    (*_INDICATOR, "polarity"),
    (*_POLARITY, once(*_INDICATOR)),
)
"""The catalogue where only the directions are read."""
NATIONAL_RULES = Kind(
    "katalogen",
    pl.Schema(
        {name: INDICATORS[name] for name in ("indicator_id", "polarity", "statistic", "fewest")}
    ),
    ("indicator_id", "polarity"),
    (
        *_POLARITY,
        word("statistic", Statistic),
        Rule(
            "statistic",
            ("indicator_id", "statistic", "fewest"),
            pl.struct("statistic", "fewest").n_unique().over("indicator_id") > 1,
            "väntade ett sätt att räkna för varje indikator",
        ),
    ),
)
"""The same without areas, with how references are computed; without a direction no colour."""
MEMBERS = Kind(
    "kommungrupperna",
    PEERS,
    ("group_id", "member_id"),
    (
        *there("group_id"),
        *municipality("member_id"),
        *municipality("of", null=True),
        once("group_id", "member_id"),
    ),
)
CHARTED = Kind(
    "styrdiagrammens baslinjer",
    CHARTS,
    ("indicator_id", "geo", "kind", "date"),
    (
        *there("indicator_id", "date"),
        *code("geo"),
        word("kind", ("rebase", "baseline"), null=False),
    ),
)
_DATED = pl.Schema(
    {
        "indicator_id": pl.String,
        "geo": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
    }
)
DENOMINATED = Kind(
    "nämnarna",
    pl.Schema({**_DATED, "sex": pl.String(), "denominator": pl.Float64()}),
    ("indicator_id", "geo", "period_end", "denominator"),
    (*there("indicator_id", "period_end"), *code("geo", _FETCHED), word("sex", Sex)),
)
TARGETED = Kind(
    "målen",
    pl.Schema({**_DATED, "target": pl.Float64(), "source": pl.String()}),
    ("indicator_id", "geo", "period_start", "period_end", "target"),
    (
        *there("indicator_id", "period_start", "period_end"),
        *municipality("geo"),
        _REVERSED,
        once("indicator_id", "geo", "period_start", "period_end"),
    ),
)
JUDGED = Kind(
    "de bedömda raderna",
    pl.Schema(
        {
            **dict.fromkeys(("area_id", "indicator_id", "method", "unit", "verdict"), pl.String()),
            **dict.fromkeys(("own", "reference", "gap", "lower", "upper"), pl.Float64()),
        }
    ),
    (*_INDICATOR, "method", "unit", "verdict", "own", "reference", "gap", "lower", "upper"),
    (*there(*_INDICATOR), word("method", METHODS, null=False)),
)
"""What ``by_method`` gives, as far as the distances read it."""


def ranked(by: Collection[str]) -> Kind:
    """Figures of municipalities that are ranked within each group of the columns ``by``."""
    return Kind(
        "värdena",
        pl.Schema({"geo": pl.String, "value": pl.Float64, "polarity": pl.String}),
        (*by, "geo", "value", "polarity"),
        (
            *municipality("geo"),
            word("polarity", Polarity, null=False),
            Rule(
                "polarity",
                (*by, "polarity"),
                pl.col("polarity").n_unique().over(by) > 1,
                "väntade en riktning för varje grupp",
            ),
            once(*by, "geo"),
        ),
    )
