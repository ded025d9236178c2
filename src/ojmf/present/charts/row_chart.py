"""Charts with a row per label: the label, marks on one scale, and the figures in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from ojmf.present.charts import style

ABOVE = ("triangle-down", -8.0)
BELOW = ("triangle-up", 8.0)
"""The shape of a reference and its distance from the line, so that two never hide each other."""
MARKS = (ABOVE, BELOW, ("square", -8.0), ("diamond", 8.0))
"""Those of the first reference, the second and so on."""
_PERCENT = (0.0, 100.0)
_AXIS = 22.0  # pixels for the labels of the scale


def row_chart(
    table: pl.DataFrame,
    figures: Sequence[str],
    shapes: Mapping[str, tuple[str, float]],
    keys: Sequence[style.Key],
    width: int,
    *,
    bars: bool = False,
    shares: bool = True,
) -> alt.LayerChart:
    """A row for each row of ``table``, under the legend ``keys``.

    ``table`` has label, status (null for bars), own, reference_<code> for each code of ``shapes``,
    and note, the words under the marks; maybe lower and upper, a band behind them. ``figures`` are
    the columns that the scale must hold. Of ``shares`` it is 0 to 100 % where that is enough.
    """
    layers, top = style.legend(keys, width)
    top += _AXIS
    placed = style.rows(table["label"].to_list(), width, top)
    table = pl.concat([table, placed.frame], how="horizontal")
    if table.is_empty():
        nothing = pl.DataFrame({"text": ["Inga uppgifter att visa."], "y": [top - 14]})
        layers.append(style.text_layer(nothing, "text", "y", 0, colour=style.MUTED))
        return alt.LayerChart(layer=layers).properties(width=width, height=top + 8)
    low, high = _domain(table, figures, shares=shares)
    scale = alt.Scale(domain=[low, high], range=[placed.left, placed.right], nice=False, zero=False)
    ticks = _ticks(low, high)
    axis = alt.Axis(
        orient="top",
        title=None,
        offset=-top,
        values=ticks,
        domain=False,
        ticks=False,
        grid=False,
        labelExpr="datum.label + ' %'" if shares and (low, high) == _PERCENT else "datum.label",
    )

    def across(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=scale, axis=axis)

    layers.append(
        alt.Chart(pl.DataFrame({"tick": ticks}))
        .mark_rule(stroke=style.GRID, opacity=1)
        .encode(x=across("tick"), y=alt.value(top), y2=alt.value(placed.height))
    )
    if "lower" in table.columns:
        layers.append(
            alt.Chart(table.select("lower", "upper", "mark_y").drop_nulls())
            .mark_rule(strokeWidth=12, stroke=style.GRID, opacity=1)
            .encode(x=across("lower"), x2=alt.X2("upper"), y=style.down("mark_y"))
        )
    held = ["own", *(f"reference_{code}" for code in shapes)]
    ends = [pl.min_horizontal(held).alias("from"), pl.max_horizontal(held).alias("to")]
    spans = table.with_columns(
        *([pl.lit(low).alias("from"), pl.col("own").alias("to")] if bars else ends)
    )
    layers.append(
        alt.Chart(spans.select("from", "to", "mark_y").drop_nulls())
        .mark_rule(
            strokeWidth=12 if bars else 2,
            stroke=style.OWN if bars else style.MUTED,
            opacity=1,
        )
        .encode(x=across("from"), x2=alt.X2("to"), y=style.down("mark_y"))
    )
    marks = [_references(table, code, *shape) for code, shape in shapes.items()]
    if not bars:
        marks.append(_own(table))
    drawn = pl.concat(marks).drop_nulls()
    layers.append(style.mark_layer(drawn, across("value"), style.down("mark_y")))
    layers.append(style.text_layer(table, "text", "label_y", 0))
    layers.append(style.text_layer(table, "note", "note_y", placed.left, colour=style.MUTED))
    return alt.LayerChart(layer=layers).properties(width=width, height=placed.height)


def _references(table: pl.DataFrame, code: str, shape: str, offset: float) -> pl.DataFrame:
    return table.select(
        pl.col(f"reference_{code}").alias("value"),
        pl.col("mark_y") + offset,
        *_look(pl.lit(shape), 70, style.PAPER, pl.lit(style.INK)),
    )


def _own(table: pl.DataFrame) -> pl.DataFrame:
    coloured = {status: style.STATUS_COLOURS[status] for status in style.STATUS_SHAPES}
    colour = pl.col("status").replace_strict(
        coloured, default=pl.lit(style.OWN), return_dtype=pl.String
    )
    shape = pl.col("status").replace_strict(
        style.STATUS_SHAPES, default=pl.lit(style.UNCOLOURED), return_dtype=pl.String
    )
    return table.select(pl.col("own").alias("value"), "mark_y", *_look(shape, 150, colour, colour))


def _look(shape: pl.Expr, size: int, fill: str | pl.Expr, stroke: pl.Expr) -> tuple[pl.Expr, ...]:
    filled = pl.lit(fill) if isinstance(fill, str) else fill
    return (
        shape.alias("shape"),
        pl.lit(size).alias("size"),
        filled.alias("fill"),
        stroke.alias("stroke"),
    )


def _domain(table: pl.DataFrame, figures: Sequence[str], *, shares: bool) -> tuple[float, float]:
    low, high = table.select(
        pl.min_horizontal(pl.col(figures).min()).alias("low"),
        pl.max_horizontal(pl.col(figures).max()).alias("high"),
    ).row(0)
    if low is None or (shares and low >= _PERCENT[0] and high <= _PERCENT[1]):
        return _PERCENT
    if low == high == 0:
        return 0.0, 1.0
    return min(0.0, low), max(0.0, high)


def _ticks(low: float, high: float) -> list[float]:
    """Round figures at even steps inside the scale, about five of them."""
    rough = (high - low or 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(size for size in (1, 2, 5, 10) if size * power >= rough * 0.99)
    first = math.ceil(low / step)
    return [place * step for place in range(first, math.floor(high / step) + 1)]
