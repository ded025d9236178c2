"""The charts of the site: each as two SVG files, for wide and for narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import altair as alt

from ojmf.present import charts

WIDE, NARROW = 760, 328
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a page: file names beside the page, sizes in pixels, and its text."""

    wide: str
    narrow: str
    wide_size: tuple[int, int]
    narrow_size: tuple[int, int]
    title: str
    alt: str
    table: list[list[str]]


def draw(name: str, chart: Callable[[int], alt.LayerChart], files: dict[str, bytes]) -> Picture:
    """Draw a chart of a width twice, into ``files``; both follow the screen's colour scheme."""
    drawn = {width: chart(width) for width in (WIDE, NARROW)}
    texts = {width: charts.svg(picture, adaptive=True) for width, picture in drawn.items()}
    names = {WIDE: f"{name}.svg", NARROW: f"{name}-smal.svg"}
    files.update({names[width]: text.encode() for width, text in texts.items()})
    return Picture(
        names[WIDE],
        names[NARROW],
        _size(texts[WIDE]),
        _size(texts[NARROW]),
        charts.title_of(drawn[WIDE]),
        charts.alt_text(drawn[WIDE]),
        charts.table(drawn[WIDE]),
    )


def _size(svg: str) -> tuple[int, int]:
    match = _SIZE.search(svg)
    if match is None:
        raise ValueError("an SVG without width and height")
    return int(match[1]), int(match[2])
