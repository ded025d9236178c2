"""How every chart looks: colours, shapes, Swedish numbers and months, and room for long labels."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import polars as pl
import vl_convert
from altair.utils import schemapi

from ojmf.errors import SelectionError
from ojmf.model import COUNTRY, Status

PAPER = "#ffffff"
INK = "#1b1f24"
MUTED = "#57606a"
GRID = "#d0d7de"
OWN = "#0b5cad"
SIGNAL = "#b35900"
STATUS_COLOURS = {
    Status.GREEN.value: "#2da44e",
    Status.YELLOW.value: "#bf8700",
    Status.RED.value: "#82071e",
    Status.GREY.value: "#6b737c",
}
STATUS_SHAPES = {
    Status.GREEN.value: "circle",
    Status.YELLOW.value: "diamond",
    Status.RED.value: "square",
}
"""A figure without a colour is a cross, and an indicator without a figure has no mark at all."""
UNCOLOURED = "cross"
DARK = {
    PAPER: "#16191d",
    INK: "#f0f3f6",
    MUTED: "#b4bcc6",
    GRID: "#3d444d",
    OWN: "#6cb6ff",
    SIGNAL: "#ffa657",
    STATUS_COLOURS["green"]: "#b4f1b4",
    STATUS_COLOURS["yellow"]: "#c69026",
    STATUS_COLOURS["red"]: "#c93c37",
    STATUS_COLOURS["grey"]: "#a0a8b1",
}
"""The colour that takes the place of each colour on a dark page."""

DASH = "–"
"""What is shown for a figure that is missing."""


def refuse_mixed(frame: pl.DataFrame, columns: Sequence[str], what: str) -> None:
    """Raise ``SelectionError`` where rows that differ in a column would share one axis."""
    for column in columns:
        if column in frame.columns and frame[column].n_unique() > 1:
            found = ", ".join(map(str, frame[column].unique(maintain_order=True)))
            raise SelectionError(
                f"{what} kan inte visas på en axel: {column} är {found}. Välj en av dem med "
                f'frame.filter(pl.col("{column}") == …).'
            )


unchecked = schemapi.debug_mode(False)
"""Decorates what draws: Altair would else check each part against its schema, ten times slower."""

FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
FONT_SIZE = 12
LINE_HEIGHT = 15
SIDE_BY_SIDE = 560
"""From this width (pixels) labels stand beside the marks, in a narrower chart above them."""
_CHARACTER = 0.56  # of the font size: wider than the mean letter, so that lines never overflow
_GAP = 14
_ROW_GAP = 12
_NOTE = 15  # from the line of the marks to the text under them
_MARKS = _NOTE + LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each row of a chart stands, in pixels from the top.

    ``frame`` has one row per label: text (wrapped), label_y, mark_y and note_y. ``left`` and
    ``right`` bound the marks.
    """

    frame: pl.DataFrame
    left: float
    right: float
    width: int
    height: float


def characters(width: float, size: int = FONT_SIZE) -> int:
    """How many characters surely fit on a line of that many pixels."""
    return max(8, int(width / (size * _CHARACTER)))


def wrap(text: str, width: float, size: int = FONT_SIZE) -> str:
    """A text with line breaks, so that it is at most ``width`` pixels wide."""
    return "\n".join(textwrap.wrap(text, characters(width, size))) or " "


def rows(labels: Sequence[str], width: int, top: float) -> Rows:
    """Room for every label, however long, and for its marks beside or under it."""
    beside = width >= SIDE_BY_SIDE
    label_width = width * 0.44 if beside else float(width)
    texts = [wrap(label, label_width) for label in labels]
    placed, y = [], top + _GAP
    for text in texts:
        height = LINE_HEIGHT * (text.count("\n") + 1)
        mark = y + 7 if beside else y + height + 13
        placed.append((text, y, mark, mark + _NOTE))
        y = max(y + height, mark + _MARKS) + _ROW_GAP
    frame = pl.DataFrame(
        placed,
        schema={
            "text": pl.String,
            "label_y": pl.Float64,
            "mark_y": pl.Float64,
            "note_y": pl.Float64,
        },
        orient="row",
    )
    left = label_width + _GAP * 2 if beside else 10.0
    return Rows(frame, left, width - 10.0, width, y)


def down(column: str) -> alt.Y:
    """A place in pixels from the top."""
    return alt.Y(f"{column}:Q", axis=None, scale=None)


def text_layer(
    frame: pl.DataFrame, column: str, y: str, x: float | str, *, colour: str = INK
) -> alt.Chart:
    """Texts, possibly of several lines, that begin ``x`` (pixels, or a column of them) in."""
    across = alt.value(x) if isinstance(x, float | int) else alt.X(f"{x}:Q", scale=None, axis=None)
    texts: alt.Chart = (
        alt.Chart(frame.select({column, y, *([x] if isinstance(x, str) else [])}))
        .mark_text(
            align="left", baseline="top", lineBreak="\n", lineHeight=LINE_HEIGHT, color=colour
        )
        .encode(x=across, y=down(y), text=alt.Text(f"{column}:N"))
    )
    return texts


def mark_layer(frame: pl.DataFrame, x: alt.X, y: alt.Y, *, edge: float = 1.6) -> alt.Chart:
    """A mark per row, which looks as the columns shape, size, fill and stroke say."""
    marks: alt.Chart = (
        alt.Chart(frame)
        .mark_point(filled=True, opacity=1, strokeWidth=edge)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
        )
    )
    return marks


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a mark and what it means."""

    shape: str
    colour: str
    text: str
    filled: bool = True


def legend(keys: Sequence[Key], width: int) -> tuple[list[alt.Chart], float]:
    """The legend as layers from the top of the chart, in as many lines as it needs; its height."""
    if not keys:
        return [], 0.0
    placed, x, y = [], 0.0, 8.0
    for key in keys:
        length = 22 + (len(key.text) + 1) * FONT_SIZE * _CHARACTER
        if x and x + length > width:
            x, y = 0.0, y + 20
        placed.append(
            {
                "x": x + 7,
                "y": y,
                "text_x": x + 18,
                "text_y": y - 6,
                "text": key.text,
                "shape": key.shape,
                "size": 90,
                "fill": key.colour if key.filled else PAPER,
                "stroke": key.colour,
            }
        )
        x += length + 6
    frame = pl.DataFrame(placed)
    marks = mark_layer(frame, alt.X("x:Q", scale=None, axis=None), down("y"))
    return [marks, text_layer(frame, "text", "text_y", "text_x")], y + 14


def reference_name(code: str, names: Mapping[str, str] | None = None) -> str:
    """What a reference area is called: Riket, Länet, or another municipality's name."""
    if names and code in names:
        return names[code]
    if code == COUNTRY:
        return "Riket"
    return "Länet" if len(code) == 2 else code


@cache
def swedish() -> dict[str, Any]:
    """Numbers and months of the axes in Swedish, as Vega-Embed's options."""
    months = vl_convert.get_time_format_locale("sv-SE")
    months["shortMonths"] = [month.lower() for month in months["shortMonths"]]
    numbers = {**vl_convert.get_format_locale("sv-SE"), "minus": "−"}
    return {"formatLocale": numbers, "timeFormatLocale": months}


def finished(
    chart: alt.LayerChart, title: str, alt_text: str, cells: pl.DataFrame, width: int
) -> alt.LayerChart:
    """The chart with its title, its text alternative and the common look.

    ``cells`` are its figures under Swedish headings, kept in the chart as texts for those who
    don't see it. The options of ``swedish`` lie beside them, so that a notebook that draws the
    chart itself writes numbers as the files do.
    """
    cells = cells.select(pl.all().cast(pl.String).fill_null(DASH))
    whole: alt.LayerChart = chart.properties(
        title=alt.TitleParams(wrap(title, width, 16).split("\n"), anchor="start", frame="bounds"),
        description=alt_text,
        background=PAPER,
        padding=8,
        usermeta={
            "table": [cells.columns, *(list(row) for row in cells.iter_rows())],
            "embedOptions": swedish(),
        },
    ).configure(**_LOOK)
    return whole


_LOOK: dict[str, Any] = {
    "aria": False,
    "font": FONT,
    "text": {"fontSize": FONT_SIZE, "font": FONT},
    "title": {"fontSize": 16, "lineHeight": 20, "color": INK, "offset": 10},
    "view": {"stroke": None},
    "axis": {
        "gridOpacity": 1,
        "labelColor": INK,
        "labelFontSize": FONT_SIZE,
        "titleColor": INK,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
    },
}
