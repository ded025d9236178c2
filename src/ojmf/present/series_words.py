"""What a monthly series shows, in sentences that promise no more than the method holds."""

from __future__ import annotations

from datetime import date

import polars as pl

from ojmf.model import MONTHS, Signal, Variation
from ojmf.present.units import figure_with
from ojmf.printed import swedish

_SIGNS = {
    Variation.IMPROVEMENT.value: "Tecken på förbättring",
    Variation.DETERIORATION.value: "Tecken på försämring",
    Variation.CHANGE.value: "Tecken på förändring",
}
BETTER = {Variation.IMPROVEMENT.value: "bättre", Variation.DETERIORATION.value: "sämre"}
BEYOND = "större än månaderna brukar variera"


def with_limits_shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Series or their points without limits of no width, which nothing lies within."""
    wide = pl.col("upper") > pl.col("lower")
    return rows.with_columns(pl.when(wide).then(end).alias(end) for end in ("lower", "upper"))


def variation_sentence(variation: str, signalled: str) -> str:
    """What the latest months show; ``signalled`` is what :func:`signal_words` says."""
    if variation == Variation.TOO_SHORT.value:
        return "Det går inte att bedöma om något har ändrats."
    if variation == Variation.COMMON_CAUSE.value:
        return "Ingen tydlig förändring de senaste månaderna."
    return f"{_SIGNS[variation]}: {signalled}."


def signal_words(points: pl.DataFrame, mean: str) -> str:
    """What the latest signal of a series says, and when; empty without one.

    ``points`` are those of ``compare.control_charts``. Points in a row on one side of the mean
    belong together, and so do those that rise or fall.
    """
    rows = list(points.select("signal", "side", "period_end").iter_rows())
    last = max((at for at, (signal, *_) in enumerate(rows) if signal), default=None)
    if last is None:
        return ""
    first = last
    while first and _together(rows[first - 1], rows[last]):
        first -= 1
    when = _when(rows[first][2], rows[last][2], ends=last == len(rows) - 1)
    signals = {signal for signal, *_ in rows[first : last + 1]}
    up, many = (rows[last][1] or 0) > 0, first < last
    if Signal.TREND.value in signals:
        return f"{'stiger' if up else 'sjunker'} {when}"
    if Signal.SHIFT.value in signals:
        return f"{'över' if up else 'under'} medelvärdet {mean} {when}"
    how = "höga" if up else "låga"
    return f"ovanligt {how} värden {when}" if many else f"ett ovanligt {how[:-1]}t värde {when}"


def _together(one: tuple[str | None, int, date], other: tuple[str | None, int, date]) -> bool:
    trends = [signal == Signal.TREND.value for signal, *_ in (one, other)]
    return one[0] is not None and one[1] == other[1] and trends[0] == trends[1]


def _when(first: date, last: date, *, ends: bool) -> str:
    """Since a month where the series ends there, else from one month to another."""
    start, end = (f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    if first == last:
        return f"i {end}"
    if ends:
        return f"sedan {start}"
    start = start.removesuffix(f" {last.year}")
    return f"{start}–{end}"


def since_last_year_sentence(
    verdict: str | None, means: tuple[float, float], last: date, unit: str
) -> str | None:
    """The year so far beside the same months of the year before, both named.

    ``means`` are those of this year and of the year before; ``last`` is the end of the latest
    month. None where nothing was judged.
    """
    if verdict is None or verdict == Variation.TOO_SHORT.value:
        return None
    now, before = (_months(last.month, last.year - back) for back in (0, 1))
    if verdict == Variation.COMMON_CAUSE.value:
        return f"Ingen tydlig skillnad mot {before}."
    way = BETTER.get(verdict, "högre" if means[0] > means[1] else "lägre")
    this_year, last_year = (swedish(mean, 1) for mean in means)
    return (
        f"{now[0].upper()}{now[1:]} mot {before}: {way}, i snitt {this_year} mot "
        f"{figure_with(last_year, unit)} per månad, och skillnaden är {BEYOND}."
    )


def _months(last: int, year: int) -> str:
    first = MONTHS[0] if last == 1 else f"{MONTHS[0]}–{MONTHS[last - 1]}"
    return f"{first} {year}"
