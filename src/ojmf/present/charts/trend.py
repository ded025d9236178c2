"""The control chart of one series: what is chance, and what is not."""

from __future__ import annotations

import altair as alt
import polars as pl

from ojmf.compare.figures import KEY, subgroups
from ojmf.compare.over_time import UNSCREENED
from ojmf.errors import SelectionError
from ojmf.model import PeriodKind
from ojmf.present.charts import style
from ojmf.present.formats import period, period_in_words
from ojmf.present.marks import mark_of
from ojmf.present.series_words import with_limits_shown
from ojmf.present.units import unit_unless_named, unit_word_of
from ojmf.present.view_columns import signal
from ojmf.present.words import capital
from ojmf.printed import number

_SHAPES = {
    "outside": "diamond",
    "shift": "square",
    "trend": "triangle-up",
    "outer_third": "triangle-down",
}
"""The shape of each signal of ``model.Signal``."""
_LEVELS = (
    ("upper", "övre gräns", "5 4"),
    ("mean", "medelvärde", "1 0"),
    ("lower", "nedre gräns", "5 4"),
)
_HEIGHT = 260
_ABOVE_PLOT = 34.0
_BELOW_PLOT = 36.0  # the labels of the time axis
_WORDS, _WORDS_NARROW = 150.0, 124.0  # room for the words of the levels
_LEAST_APART = 15.0  # pixels between the words of two levels


@style.unchecked
def trend_chart(
    points: pl.DataFrame, *, title: str | None = None, screened: bool = True, width: int = 760
) -> alt.LayerChart:
    """A control chart: the series, its mean and, where it is long enough, its limits.

    ``points`` is one series of ``compare.control_charts`` or ``trends.traced_points`` (one
    indicator, unit and kind of period). Points with a signal have a shape of their own, corrected
    and unconfirmed ones of ``traced_points`` are hollow, and the legend explains both; a missing
    period breaks the line. A rebase and the end of a baseline are upright lines, with the reason
    under the plot, and each part has its own levels; limits that are not ``screened`` are told
    there too. ``title`` is the series' label unless given.

    Raises ``SelectionError`` for fewer than two points, and for points of several series
    (:func:`series_of`).
    """
    if points.is_empty():
        raise SelectionError("Det finns inga punkter att rita.")
    style.refuse_mixed(points, ["geo", *_series(points)], "Flera serier")
    if points.height == 1:
        only = points.select(period_in_words()).item()
        raise SelectionError(
            f"”{points['label'][0]}” har bara en uppgift ({only}), och en serie behöver uppgifter "
            "för minst två månader eller två år. Läs in fler år, eller visa den bredvid "
            "det den jämförs med: ojmf chart gaps --kommun NAMN --output FIL.svg."
        )
    title = title or str(points["label"][0])
    unit = unit_word_of(points["unit"][0], points["label"][0])
    decimals = 0 if (points["value"] == points["value"].round()).all() else 1
    points = with_limits_shown(points)
    marked = mark_of() if "correction_id" in points.columns else pl.lit(None, pl.String)
    words = points.with_columns(
        marked.alias("mark"),
        period().alias("when"),
        period_in_words().alias("said"),
        number(pl.col("value"), decimals).alias("figure"),
    )
    told = [capital(UNSCREENED)] if not screened and words["upper"].count() else []
    chart = _drawing(words, unit, told, width)
    cells = words.select(
        pl.col("when").alias("Period"),
        pl.col("figure").alias(f"Värde ({unit})" if unit else "Värde"),
        signal().alias("Signal"),
        *([pl.col("mark").alias("Märkning")] if words["mark"].count() else []),
    )
    return style.finished(chart, title, _text(words, title, unit, told), cells, width)


def series_of(points: pl.DataFrame) -> list[pl.DataFrame]:
    """Each series of ``compare.control_charts`` as a frame of its own, in their order."""
    return points.partition_by(_series(points), maintain_order=True)


def _series(points: pl.DataFrame) -> list[str]:
    """What keeps series apart."""
    return [*KEY, *subgroups(points), "unit", "period_kind"]


def _drawing(points: pl.DataFrame, unit: str, told: list[str], width: int) -> alt.LayerChart:
    keys = [
        style.Key("circle", style.OWN, "utan signal"),
        *(style.Key(_SHAPES[name], style.SIGNAL, word) for name, word in _signals(points).items()),
    ]
    if points["mark"].count():
        keys.append(style.Key("circle", style.OWN, "rättad eller obekräftad", filled=False))
    layers, legend = style.legend(keys, width)
    top = legend + _ABOVE_PLOT
    right = width - (_WORDS if width >= style.SIDE_BY_SIDE else _WORDS_NARROW)
    monthly = points["period_kind"][0] == PeriodKind.MONTH.value
    x = _time(points, right, monthly=monthly, wide=width >= style.SIDE_BY_SIDE)
    y = _value(points, unit, top)
    layers.append(
        alt.Chart(_with_gaps(points, monthly=monthly))
        .mark_line(stroke=style.OWN, strokeWidth=2, strokeJoin="round", opacity=1)
        .encode(x=x, y=y)
    )
    signalled, hollow = pl.col("signal").is_not_null(), pl.col("mark").is_not_null()
    colour = pl.when(signalled).then(pl.lit(style.SIGNAL)).otherwise(pl.lit(style.OWN))
    marks = points.select(
        pl.col("period_start").cast(pl.String).alias("date"),
        "value",
        pl.col("signal").replace(_SHAPES).fill_null("circle").alias("shape"),
        pl.when(signalled).then(95).otherwise(45).alias("size"),
        pl.when(hollow).then(pl.lit(style.PAPER)).otherwise(colour).alias("fill"),
        pl.when(hollow).then(colour).otherwise(pl.lit(style.PAPER)).alias("stroke"),
    )
    layers.append(style.mark_layer(marks, x, y, edge=1.6 if points["mark"].count() else 1))
    parts = _parts(points)
    for part in parts:
        layers.append(_lines(part, x, y, right, whole=len(parts) == 1))
    layers.append(_words(parts[-1], points, top, right))
    declared = _declared(parts)
    if declared:
        layers.append(_upright([day for day, _ in declared], x, top))
    if notes := [*(words for _, words in declared), *told]:
        layers.append(_notes(notes, top, width))
    return alt.LayerChart(layer=layers).properties(width=width, height=top + _HEIGHT)


def _time(points: pl.DataFrame, right: float, *, monthly: bool, wide: bool) -> alt.X:
    step = (1 if wide else 2) * (6 if points.height > 18 else 3)
    interval = {"interval": "month", "step": step} if monthly else {"interval": "year", "step": 1}
    return alt.X(
        "date:T",
        scale=alt.Scale(type="utc", range=[0, right]),
        axis=alt.Axis(
            title=None,
            format="%b %Y" if monthly else "%Y",
            tickCount=interval,
            grid=False,
            labelOverlap="greedy",
        ),
    )


def _value(points: pl.DataFrame, unit: str, top: float) -> alt.Y:
    return alt.Y(
        "value:Q",
        scale=alt.Scale(domain=_domain(points), range=[top + _HEIGHT, top], nice=False, zero=False),
        axis=alt.Axis(
            title=unit or None,
            tickCount=5,
            tickMinStep=1,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=0,
            titleY=top - 12,
            titleBaseline="bottom",
        ),
    )


def _domain(points: pl.DataFrame) -> tuple[float, float]:
    columns = ["value", "mean", "upper", "lower"]
    low, high = points.select(
        pl.min_horizontal(pl.col(columns).min()).alias("low"),
        pl.max_horizontal(pl.col(columns).max()).alias("high"),
    ).row(0)
    if low >= 0 and low < 0.5 * high:
        low = 0.0
    margin = (high - low) * 0.06 or max(1.0, abs(high) * 0.1)
    return (0.0 if low == 0 else low - margin), high + margin


def _with_gaps(points: pl.DataFrame, *, monthly: bool) -> pl.DataFrame:
    """The points with a null for each missing period, so that the line breaks there."""
    every = pl.date_range(
        pl.col("period_start").min(), pl.col("period_start").max(), "1mo" if monthly else "1y"
    )
    return (
        points.select(every.alias("period_start"))
        .join(points.select("period_start", "value"), on="period_start", how="left")
        .sort("period_start")
        .select(pl.col("period_start").cast(pl.String).alias("date"), "value")
    )


def _signals(points: pl.DataFrame) -> dict[str, str]:
    """The signals of the points and what they are called, in the order of ``_SHAPES``."""
    found = dict(points.select("signal", signal().alias("_word")).drop_nulls("signal").iter_rows())
    return {name: found[name] for name in _SHAPES if name in found}


def _parts(points: pl.DataFrame) -> list[pl.DataFrame]:
    """The parts that rebases make of the series, each with levels of its own."""
    if "rebased" not in points.columns:
        return [points]
    return points.partition_by("rebased", maintain_order=True)


def _lines(part: pl.DataFrame, x: alt.X, y: alt.Y, right: float, *, whole: bool) -> alt.Chart:
    """The mean and the limits of a part, over the plot where it is the whole series."""
    first, last = (str(part["period_start"][at]) for at in (0, -1))
    levels = [
        {"value": part[column][0], "dash": dash, "date": first, "to": last}
        for column, _, dash in _LEVELS
        if part[column][0] is not None
    ]
    across = (
        {"x": alt.value(0), "x2": alt.value(right)} if whole else {"x": x, "x2": alt.X2("to:T")}
    )
    lines: alt.Chart = (
        alt.Chart(pl.DataFrame(levels).select("value", "dash", *(() if whole else ("date", "to"))))
        .mark_rule(stroke=style.INK, opacity=1)
        .encode(y=y, strokeDash=alt.StrokeDash("dash", scale=None), **across)
    )
    return lines


def _words(part: pl.DataFrame, points: pl.DataFrame, top: float, right: float) -> alt.Chart:
    """The word and the figure of each level of the latest part, to the right of the plot."""
    low, high = _domain(points)
    levels, last = [], top - _LEAST_APART
    for column, word, _ in _LEVELS:
        value = part[column][0]
        if value is None:
            continue
        last = max(top + (high - value) / (high - low) * _HEIGHT, last + _LEAST_APART)
        levels.append({"value": value, "word": word, "word_y": last - 6})
    frame = pl.DataFrame(levels).with_columns(
        pl.format("{} {}", "word", number(pl.col("value"), 1)).alias("text")
    )
    return style.text_layer(frame, "text", "word_y", right + 8)


def _declared(parts: list[pl.DataFrame]) -> list[tuple[str, str]]:
    """The day of each declared rebase and end of a baseline, and what is said of it."""
    return [
        (str(day), f"{words} {day}: {part[reason][0]}")
        for part in parts
        for column, reason, words in (
            ("rebased", "rebase_reason", "Ombaserad från"),
            ("baseline", "baseline_reason", "Baslinje till och med"),
        )
        if column in part.columns and (day := part[column][0]) is not None
    ]


def _upright(days: list[str], x: alt.X, top: float) -> alt.Chart:
    """An upright line for the day of each declaration."""
    lines: alt.Chart = (
        alt.Chart(pl.DataFrame({"date": days}))
        .mark_rule(stroke=style.MUTED, strokeDash=[2, 3], opacity=1)
        .encode(x=x, y=alt.value(top), y2=alt.value(top + _HEIGHT))
    )
    return lines


def _notes(notes: list[str], top: float, width: int) -> alt.Chart:
    """What is said under the plot."""
    text = "\n".join(style.wrap(words, width) for words in notes)
    frame = pl.DataFrame({"text": [text], "text_y": [top + _HEIGHT + _BELOW_PLOT]})
    return style.text_layer(frame, "text", "text_y", 0.0)


def _text(points: pl.DataFrame, title: str, unit: str, told: list[str]) -> str:
    first, last = points.row(0, named=True), points.row(-1, named=True)
    mean, lower, upper = (
        points.select(number(pl.col(name), 1)).to_series()[-1]
        for name in ("mean", "lower", "upper")
    )
    limits = (
        f"Medelvärde {mean}, styrgränser {lower} till {upper}."
        if upper is not None
        else f"Medelvärde {mean}. Serien har inga styrgränser."
    )
    signals = points["signal"].drop_nulls()
    said = "Inga signaler."
    if len(signals):
        named = ", ".join(_signals(points).values())
        count = "1 punkt" if len(signals) == 1 else f"{len(signals)} punkter"
        said = f"{count} med signal ({named})."
    elif upper is None:
        said = ""
    if corrected := points["mark"].count():
        said += f" {corrected} av {points.height} värden är rättade eller obekräftade."
    notes = [*(words for _, words in _declared(_parts(points))), *told]
    said += "".join(f" {words}." for words in notes)
    after = unit_unless_named(unit, title)
    named = f"{title} ({after})" if after else title
    return (
        f"{named}, {first['said']}–{last['said']}. Senaste värde {last['figure']}. {limits} {said}"
    ).strip()
