"""The columns that the views of several frames share."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ojmf.compare.areas_of_figures import KINDS
from ojmf.model import EXACT_UNITS, Origin, PeriodKind, ReferenceKind, Signal, Variation
from ojmf.present.formats import earlier_period
from ojmf.present.marks import HEADING, all_marks, line_or_place
from ojmf.present.tables import Column
from ojmf.present.units import unit_word
from ojmf.present.words import APART, REFERENCE_WORDS, SIGNAL_WORDS
from ojmf.printed import needed_decimals, number

LINE_HEADING = "Rad"
GAP_UNIT_HEADING = "Skillnadens enhet"
_MOST = 3
_NOISE = 1e-6
_UNSIGNALLED = (Variation.COMMON_CAUSE.value, Variation.TOO_SHORT.value)


def word(column: str, words: Mapping[str, str]) -> pl.Expr:
    """The word for each value; a value without one stands as it is."""
    return pl.col(column).replace(words) if words else pl.col(column)


def plain(heading: str, column: str) -> Column:
    """The values as text."""
    return Column(heading, pl.col(column).cast(pl.String))


def shown_decimals(least: int, of: str = "") -> pl.Expr:
    """How many decimals the figures of a row of ``compare.frame.FRAME`` are shown with.

    Those of the own figure as printed, ``least`` where none are; one more where the reference
    needs it, and three where a gap would else be shown as none. A reference that is computed of
    others, as a median, is not finer than the own figure as printed, if the gap does not vanish.
    The columns begin with ``of``.
    """
    fewest = pl.when(pl.col("unit").is_in(EXACT_UNITS)).then(0).otherwise(least)
    own = pl.col(f"{of}own_decimals").fill_null(fewest).cast(pl.Int64).clip(0, _MOST)
    reference, gap = pl.col(f"{of}reference"), pl.col(f"{of}gap").abs()
    exact = needed_decimals(reference, _MOST)
    both = pl.max_horizontal(own, pl.min_horizontal(exact, own + 1))
    hidden = (gap > _NOISE) & (gap < 0.5 * pl.lit(10.0).pow(-both.cast(pl.Float64)))
    shown = pl.when(hidden).then(_MOST).otherwise(both)
    seen = (gap >= 0.5 * pl.lit(10.0).pow(-own.cast(pl.Float64))) | (gap == 0)
    computed = pl.col(f"{of}reference_origin") == Origin.COMPUTED.value
    as_own = pl.col(f"{of}own_decimals").is_not_null() & computed & seen
    return pl.when(reference.is_null() | as_own).then(own).otherwise(shown)


def decimals_of_share() -> pl.Expr:
    """How many decimals a place's share of JA and the gap to it are shown with.

    Those of a share that a document has, and one of a share that is computed.
    """
    printed = pl.col("reference_origin") == Origin.PRINTED.value
    return pl.when(printed).then(needed_decimals(pl.col("reference"), _MOST)).otherwise(1)


def when_signalled(judged: pl.Expr) -> pl.Expr:
    """A verdict that is not of the latest period says which one it is of."""
    since = pl.col("last_signal") < pl.col("last")
    told = since & ~pl.col("variation").is_in(_UNSIGNALLED)
    return pl.when(told).then(pl.format("{} (signal {})", judged, last_signal())).otherwise(judged)


def signal() -> pl.Expr:
    """What a signal is; beside limits that have no width there are none to be outside of."""
    apart = (pl.col("signal") == Signal.OUTSIDE.value) & pl.col("upper").is_null()
    return pl.when(apart).then(pl.lit(APART)).otherwise(word("signal", SIGNAL_WORDS))


def last_signal() -> pl.Expr:
    """The month or the year of the latest signal of a series."""
    yearly = pl.col("period_kind") == PeriodKind.YEAR.value
    month = pl.col("last_signal").dt.to_string("%Y-%m")
    return pl.when(yearly).then(month.str.head(4)).otherwise(month)


def unless_whole(column: str, decimals: int | pl.Expr) -> pl.Expr:
    """How many decimals a figure is shown with: none where it is a whole number of persons."""
    value, shown = pl.col(column), pl.lit(decimals) if isinstance(decimals, int) else decimals
    whole = (value - value.round()).abs() < _NOISE
    return pl.when(pl.col("unit").is_in(EXACT_UNITS) & whole).then(0).otherwise(shown)


def measured(
    heading: str, column: str, decimals: int | pl.Expr = 1, *, signed: bool = False
) -> Column:
    """A figure in the ``unit`` of its row, in Swedish."""
    return figure(heading, column, unless_whole(column, decimals), signed=signed)


def figure(
    heading: str, column: str, decimals: int | pl.Expr = 0, *, signed: bool = False
) -> Column:
    """A figure in Swedish."""
    text = number(pl.col(column), decimals, signed=signed)
    return Column(heading, text, figures=True, number=column)


def gap_unit(name: str = "label", *, answers: bool = False) -> Column:
    """The unit of a difference where it is another than that of the figures: between shares.

    With ``answers`` so is that between an answer and a share of JA.
    """
    codes = ["percent", *(["answer"] if answers else [])]
    points = pl.when(pl.col("unit").is_in(codes), pl.col("gap").is_not_null())
    return Column(GAP_UNIT_HEADING, points.then(unit_word(name=name, gap=True)), optional=True)


def line() -> Column:
    """The line, or the place in other terms."""
    return Column(LINE_HEADING, line_or_place(), figures=True)


def marked(*names: str) -> Column:
    """The marks of the figures of a row."""
    return Column(HEADING, all_marks(names), optional=True)


def explanation(*, shown: bool) -> tuple[Column, ...]:
    """How each row came about, if asked for."""
    return (plain("Så räknat", "explanation"),) if shown else ()


def lacking() -> Column:
    """Why most of an area's rows without a gap have none, how many those are and the rest."""
    told = pl.format("{} (gäller {})", "reason", "of_reason")
    rest = pl.col("lacking") - pl.col("of_reason")
    other = pl.when(rest > 0).then(
        pl.format(
            "; {} skäl (gäller {})",
            pl.when(rest == 1).then(pl.lit("annat")).otherwise(pl.lit("andra")),
            rest,
        )
    )
    said = pl.concat_str(told, other.fill_null(""))
    return Column("Skäl", pl.when(pl.col("lacking") > 0).then(said), optional=True)


def of_kind(kind: str) -> Column:
    """The area of quality, or the type, of a row."""
    headings = {"dimension": "Kvalitetsområde", "type": "Typ"}
    return Column(headings[kind], word(kind, KINDS[kind]))


def partly() -> Column:
    """That an answer counts for less in the gap of its area than in its own."""
    less = pl.col("own") != pl.col("counted_as")
    said = pl.lit("DELVIS räknas inte som JA i områdets skillnad")
    return Column("Förbehåll", pl.when(less).then(said), optional=True)


def municipality(places: Mapping[str, str]) -> Column:
    """The municipality of each row, where there are several."""
    several = pl.col("geo").n_unique() > 1
    return Column("Kommun", pl.when(several).then(word("geo", places)), optional=True)


def compared_with(places: Mapping[str, str]) -> pl.Expr:
    """What a row's figure is compared with: a place by its name, an earlier figure by its period.

    Null where there is nothing.
    """
    kind = pl.col("reference_kind")
    return (
        pl.when(kind == ReferenceKind.EARLIER.value)
        .then(earlier_period())
        .when(kind.is_in([ReferenceKind.TARGET.value, ReferenceKind.BUDGET.value]))
        .then(pl.when(pl.col("gap").is_not_null()).then(kind.replace(REFERENCE_WORDS)))
        .otherwise(pl.col("reference_geo").replace(places))
    )
